"""The sandbox sweep that faults are tried on: started, looked at, and compared with one that nothing disturbed."""
import os
import shutil
import sqlite3
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

from result_rows import Database, differences

SUITE = Path(__file__).resolve().parent / "faults.yaml"


class LeftOut(Exception):
    """A fault cannot be made on this machine."""


class Failure(Exception):
    """A fault was not met as it should be."""


class Bench:
    """The program, and what an undisturbed sweep gives."""

    def __init__(self, program: Path, folder: Path):
        self.program, self.folder = program, folder
        # The database of the undisturbed sweep.
        self.finished = folder / "alone.sqlite"
        expect_code(0, *self.run(self.finished))
        with Database(self.finished) as database:
            self.wanted = database.everything()

    def start(
            self, database: Path, *, suite=SUITE, before=None, environment=None, within=None) -> subprocess.Popen:
        command = [str(self.program), "run", str(suite), "--db", str(database), "--threads", "1"]
        return subprocess.Popen(
            command, cwd=within or self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            text=True, preexec_fn=before, env={**os.environ, **(environment or {})})

    def run(self, database: Path, **options) -> tuple[int, str]:
        process = self.start(database, **options)
        _, said = process.communicate(timeout=1200)
        return process.returncode, said

    def call(self, *arguments) -> tuple[int, str]:
        """Any command of the program: its exit code and what it said on standard error."""
        done = subprocess.run(
            [self.program, *arguments], cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, text=True, timeout=1200)
        return done.returncode, done.stderr

    def expect_whole(self, database: Path) -> None:
        with Database(database) as opened:
            damage = opened.damage()
        if damage:
            raise Failure(f"the database is damaged: {damage[:3]}")

    def recovered_copy(self, database: Path) -> Path:
        """A copy where SQLite has taken back what was cut short, so that the program itself meets what a kill left."""
        copy = self.folder / "looked-at.sqlite"
        for ending in ["", "-journal", "-wal"]:
            Path(f"{copy}{ending}").unlink(missing_ok=True)
            if Path(f"{database}{ending}").exists():
                shutil.copy(f"{database}{ending}", f"{copy}{ending}")
        connection = sqlite3.connect(copy)
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        connection.close()
        return copy

    def expect_finish(self, database: Path) -> None:
        """A run now that nothing is wrong any more ends with the undisturbed rows."""
        expect_code(0, *self.run(database))
        self.expect_whole(database)
        with Database(database) as opened:
            lines = differences(self.wanted, opened.everything())
        if lines:
            raise Failure(f"{len(lines)} rows differ, such as {lines[0]}")


def expect(said: str, *words: str) -> None:
    for word in words:
        if word not in said:
            raise Failure(f"'{word}' is not in what was said: {said[-1500:]}")


def expect_code(wanted: int, code: int, said: str) -> None:
    if code != wanted:
        raise Failure(f"exit code {code} instead of {wanted}: {said[-1500:]}")


@contextmanager
def mounted(folder: Path, options: str):
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


@contextmanager
def kill_in_the_middle(bench: Bench, database: Path):
    """A sweep that is stopped once it has committed steps."""
    process = bench.start(database)
    until = time.monotonic() + 120
    while time.monotonic() < until and committed_steps(database) < 5:
        time.sleep(0.05)
    process.kill()
    process.wait()
    time.sleep(1)
    bench.expect_whole(database)
    yield


def committed_steps(database: Path) -> int:
    try:
        with Database(database) as opened:
            return opened.connection.execute("SELECT count(*) FROM step").fetchone()[0]
    except sqlite3.Error:
        return 0


def has_journal(database: Path) -> bool:
    """Whether a transaction was cut short: its journal has pages that SQLite takes back."""
    journal = Path(f"{database}-journal")
    return journal.exists() and journal.stat().st_size > 0

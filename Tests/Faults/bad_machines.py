#!/usr/bin/env python3
"""Runs a sandbox sweep on machines that are out of something, and looks at what is said and what is kept.

    Tests/Faults/bad_machines.py --program .build/release/lezobench

For each fault: the exit code, the message, SQLite's checks of the database, and whether a run after the fault is mended
ends with the very rows of an undisturbed sweep. Needs Python's standard library; mounts need root.
"""
import argparse
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
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
        code, said = self.run(folder / "alone.sqlite")
        if code != 0:
            raise Failure(f"the undisturbed sweep ended with {code}: {said[-1500:]}")
        with Database(folder / "alone.sqlite") as database:
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

    def expect_whole(self, database: Path) -> None:
        with Database(database) as opened:
            damage = opened.damage()
        if damage:
            raise Failure(f"the database is damaged: {damage[:3]}")

    def expect_finish(self, database: Path) -> None:
        """A run now that nothing is wrong any more ends with the undisturbed rows."""
        code, said = self.run(database)
        if code != 0:
            raise Failure(f"the run after the fault ended with {code}: {said[-1500:]}")
        self.expect_whole(database)
        with Database(database) as opened:
            lines = differences(self.wanted, opened.everything())
        if lines:
            raise Failure(f"{len(lines)} rows differ, such as {lines[0]}")


def expect(said: str, *words: str) -> None:
    for word in words:
        if word not in said:
            raise Failure(f"'{word}' is not in what was said: {said[-1500:]}")


@contextmanager
def mounted(folder: Path, options: str):
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def disk_full(bench: Bench) -> str:
    """The database's file system runs full in the middle of the sweep."""
    with mounted(bench.folder / "small", "size=512k") as folder:
        filler = folder / "filler"
        filler.write_bytes(b"x" * (200 << 10))
        code, said = bench.run(folder / "db.sqlite")
        expect(said, "disk is full")
        if code != 2:
            raise Failure(f"exit code {code}")
        bench.expect_whole(folder / "db.sqlite")
        filler.unlink()
        subprocess.run(["mount", "-o", "remount,size=64m", folder], check=True)
        bench.expect_finish(folder / "db.sqlite")
    return "stopped with exit code 2 and the reason; finished after room was made"


def folder_not_writable(bench: Bench) -> str:
    """The database lies on a file system that is mounted read-only."""
    with mounted(bench.folder / "still", "size=64m") as folder:
        database = folder / "db.sqlite"
        with kill_in_the_middle(bench, database):
            pass
        subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
        code, said = bench.run(database)
        if code != 2:
            raise Failure(f"exit code {code}: {said[-500:]}")
        expect(said, "db.sqlite", "not be written")
        bench.expect_whole(database)
        subprocess.run(["mount", "-o", "remount,rw", folder], check=True)
        bench.expect_finish(database)
    return "refused with exit code 2 before any work; finished after it was writable"


def no_permission(bench: Bench) -> str:
    """The database and its folder belong to somebody else."""
    if os.geteuid() != 0:
        raise LeftOut("another user's folder takes root to make")
    folder = bench.folder / "theirs"
    folder.mkdir()
    database = folder / "db.sqlite"
    with kill_in_the_middle(bench, database):
        pass
    # Where the whole way can be gone by everybody, only the folder's own mode counts.
    bench.folder.chmod(0o755)
    folder.chmod(0o555)

    def become_nobody() -> None:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)

    def may_write() -> bool:
        # The shell, as a Python in somebody's home folder cannot be started by another user.
        return subprocess.run(
            ["/bin/sh", "-c", ': > "$0"', str(folder / "probe")], preexec_fn=become_nobody,
            stderr=subprocess.DEVNULL).returncode == 0

    if may_write():
        raise LeftOut("this system lets everybody write everywhere")
    if subprocess.run([bench.program, "--help"], preexec_fn=become_nobody, stdout=subprocess.DEVNULL,
                      stderr=subprocess.DEVNULL).returncode != 0:
        raise LeftOut("another user cannot start the program, which lies in a folder of its own")
    # The sandbox is written where the program runs, which is no part of this fault.
    within = bench.folder / "visitor"
    within.mkdir()
    os.chown(within, 65534, 65534)
    code, said = bench.run(database, before=become_nobody, within=within)
    if code != 2:
        raise Failure(f"exit code {code}: {said[-500:]}")
    expect(said, "db.sqlite", "not be written")
    bench.expect_whole(database)
    folder.chmod(0o755)
    bench.expect_finish(database)
    return "refused with exit code 2 before any work; finished as the owner"


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


def database_locked(bench: Bench) -> str:
    """Another program holds a transaction open for longer than a run waits."""
    database = bench.folder / "locked.sqlite"
    with kill_in_the_middle(bench, database):
        pass
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    code, said = bench.run(database)
    other.execute("ROLLBACK")
    other.close()
    bench.expect_whole(database)
    if code != 2:
        raise Failure(f"exit code {code}: {said[-500:]}")
    expect(said, "locked.sqlite", "another")
    bench.expect_finish(database)
    return "waited, then stopped with exit code 2 and the reason; finished when the lock was gone"


def locked_for_a_moment(bench: Bench) -> str:
    """Another program holds transactions of some seconds again and again while the sweep runs."""
    database = bench.folder / "moments.sqlite"
    ended = threading.Event()
    held = []

    def hold() -> None:
        while not ended.wait(0.5):
            if committed_steps(database) == 0:
                continue
            other = sqlite3.connect(database, isolation_level=None, timeout=5)
            try:
                other.execute("BEGIN IMMEDIATE")
                held.append(ended.wait(2))
                other.execute("ROLLBACK")
            except sqlite3.OperationalError:
                pass
            finally:
                other.close()

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        code, said = bench.run(database)
    finally:
        ended.set()
        holder.join()
    bench.expect_whole(database)
    if code != 0 or not held:
        raise Failure(f"exit code {code} after {len(held)} locks: {said[-500:]}")
    bench.expect_finish(database)
    return f"waited {len(held)} times for 2 s and finished"


def two_runs(bench: Bench) -> str:
    """A second run on the same database at the same time."""
    database = bench.folder / "two.sqlite"
    first = bench.start(database)
    until = time.monotonic() + 60
    while time.monotonic() < until and committed_steps(database) == 0:
        time.sleep(0.05)
    code, said = bench.run(database)
    if first.poll() is not None:
        raise Failure("the first run had ended before the second was tried")
    if code != 2:
        raise Failure(f"exit code {code}: {said[-500:]}")
    expect(said, "two.sqlite", f"process {first.pid}", "is writing to this database")
    if first.communicate()[0] is None and first.returncode != 0:
        raise Failure(f"the first run ended with {first.returncode}")
    bench.expect_whole(database)
    bench.expect_finish(database)
    return "refused with exit code 2, naming the process; the first one was not disturbed"


def little_memory(bench: Bench) -> str:
    """A child may have less memory than its model needs."""
    suite = bench.folder / "memory.yaml"
    suite.write_text(LARGE_MODEL)
    database = bench.folder / "memory.sqlite"

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (LITTLE_MEMORY, LITTLE_MEMORY))

    code, said = bench.run(database, suite=suite, before=limit, environment={"OPENBLAS_NUM_THREADS": "1"})
    if code != 1:
        raise Failure(f"exit code {code}: {said[-500:]}")
    expect(said, "out of memory: the system refused")
    bench.expect_whole(database)
    with Database(database) as opened:
        rounds = opened.connection.execute("SELECT count(*) FROM round").fetchone()[0]
    if rounds == 0:
        raise Failure("the small model was not timed either")
    return f"the large model's rounds failed with the reason, {rounds} of the small one were recorded; exit code 1"


# Enough for the program and the small model, not for the 5 GB of the large one.
LITTLE_MEMORY = 2 << 30
LARGE_MODEL = """\
suite: memory
title: One model that fits and one that does not
models:
  - {name: opt-125m, weights: random(1)}
  - {name: opt-1.3b, weights: random(1)}
shapes:
  - {batch: 1, tokens: 8}
methods:
  - {mezo: {learning_rate: [1.0e-6], perturbation_scale: 1.0e-3}}
  - {lezo: {sparsity: [0.75], learning_rate: [1.0e-6], perturbation_scale: 1.0e-3}}
plans: [fused]
timing: {rounds: 6, warmup_steps: 1, steps: 1}
"""


def clock_back(bench: Bench) -> str:
    """The clock is set back by a day between the parts of a sweep."""
    database = bench.folder / "clock.sqlite"
    with kill_in_the_middle(bench, database):
        pass
    # As if the rows so far had been written tomorrow: the clock went back for all that follows.
    day = 86_400 * 10**9
    other = sqlite3.connect(database)
    other.execute("UPDATE attempt SET begun_ns = begun_ns + ?, ended_ns = ended_ns + ?", (day, day))
    other.execute("UPDATE suite SET registered_ns = registered_ns + ?", (day,))
    other.commit()
    other.close()
    bench.expect_whole(database)
    bench.expect_finish(database)
    return "finished; durations come from another clock"


def child_killed(bench: Bench) -> str:
    """The system kills a child, as it does when memory runs out."""
    database = bench.folder / "child.sqlite"
    process = bench.start(database)
    killed = None
    until = time.monotonic() + 120
    while killed is None and time.monotonic() < until:
        try:
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        except FileNotFoundError:
            break
        if children and committed_steps(database) > 0:
            killed = int(children[0])
            os.kill(killed, signal.SIGKILL)
        time.sleep(0.02)
    _, said = process.communicate()
    bench.expect_whole(database)
    if process.returncode != 1 or killed is None:
        raise Failure(f"exit code {process.returncode}: {said[-500:]}")
    with Database(database) as opened:
        failures = [tuple(row) for row in opened.connection.execute(
            "SELECT failure_reason, failure_message FROM trial WHERE status = 'failed'")]
        done = opened.connection.execute("SELECT count(*) FROM trial WHERE status = 'done'").fetchone()[0]
    if len(failures) > 1 or (failures and failures[0][0] != "killed") or done == 0:
        raise Failure(f"failures {failures}, {done} trials done")
    bench.expect_finish(database)
    return f"recorded as {failures or 'a failed round'}; {done} other trials were done in the same run"


FAULTS = [disk_full, folder_not_writable, no_permission, database_locked, locked_for_a_moment, two_runs, little_memory,
          clock_back, child_killed]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--only", nargs="*", default=[], help="names of faults")
    arguments = parser.parse_args()
    failed, left_out = 0, []
    with tempfile.TemporaryDirectory(prefix="lezobench-faults-") as name:
        bench = Bench(arguments.program.resolve(), Path(name))
        print(f"undisturbed: {len(bench.wanted)} rows", flush=True)
        for fault in FAULTS:
            if arguments.only and fault.__name__ not in arguments.only:
                continue
            try:
                outcome = fault(bench)
            except (LeftOut, subprocess.CalledProcessError) as error:
                outcome = f"left out: {error}"
                left_out.append(fault.__name__)
            except (Failure, subprocess.TimeoutExpired) as error:
                outcome, failed = f"WRONG: {error}", failed + 1
            print(f"{fault.__name__}: {outcome}", flush=True)
    print(f"left out: {', '.join(left_out) or 'nothing'}; wrong: {failed}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

"""Faults of disks and folders: full, read-only, somebody else's."""
import errno
import os
import random
import shutil
import subprocess
import time
from pathlib import Path

from result_rows import Database
from sweep_bench import Bench, Failure, LeftOut, expect, expect_code, has_journal, kill_in_the_middle, mounted


def disk_full(bench: Bench) -> str:
    """The database's file system runs full in the middle of the sweep."""
    with mounted(bench.folder / "small", "size=512k") as folder:
        filler = folder / "filler"
        filler.write_bytes(b"x" * (200 << 10))
        code, said = bench.run(folder / "db.sqlite")
        expect(said, "disk is full")
        expect_code(2, code, said)
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
        expect_code(2, code, said)
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
    expect_code(2, code, said)
    expect(said, "db.sqlite", "not be written")
    bench.expect_whole(database)
    folder.chmod(0o755)
    bench.expect_finish(database)
    return "refused with exit code 2 before any work; finished as the owner"


def report_disk_full(bench: Bench) -> str:
    """The disk is full when a report is to take the place of an earlier one."""
    with mounted(bench.folder / "reports", "size=1m") as folder:
        outputs = [folder / "report.md", folder / "report.csv"]
        for output in outputs:
            expect_code(0, *bench.call("report", bench.finished, "-o", output))
        before = contents(folder)
        fill(folder)
        for output in outputs:
            code, said = bench.call("report", bench.finished, "-o", output)
            expect_code(2, code, said)
            expect(said, "cannot write", output.name.partition(".")[0], "No space left on device")
        (folder / "filler").unlink()
        if contents(folder) != before:
            raise Failure(f"files are not as before: {sorted(before)} and {sorted(contents(folder))}")
        for output in outputs:
            expect_code(0, *bench.call("report", bench.finished, "-o", output))
        if contents(folder) != before:
            raise Failure("the report that was made with room differs")
    return "exit code 2 and the reason; the earlier report and its plots stayed as they were"


def replay_disk_full(bench: Bench) -> str:
    """The disk has no room for all of the weights that a replay rebuilds."""
    with mounted(bench.folder / "weights", "size=1m") as folder:
        for output in [folder / "weights.safetensors", folder / "model"]:
            code, said = bench.call("replay", bench.finished, "2", "--weights-only", "-o", output)
            expect_code(2, code, said)
            expect(said, "cannot be written", "No space left on device")
            if left := [name for name in contents(folder) if "safetensors" in name or "json" in name]:
                raise Failure(f"left behind: {left}")
        subprocess.run(["mount", "-o", "remount,size=64m", folder], check=True)
        for output in [folder / "weights.safetensors", folder / "model"]:
            expect_code(0, *bench.call("replay", bench.finished, "2", "--weights-only", "-o", output))
    bench.expect_whole(bench.finished)
    return "exit code 2 and the reason, no part of a file was left; written after room was made"


def shared_file_system(bench: Bench) -> str:
    """The database lies on a file system in user space, as those are that machines share, and the sweep is killed there."""
    if shutil.which("bindfs") is None:
        raise LeftOut("needs bindfs")
    behind, folder = bench.folder / "behind", bench.folder / "shared"
    behind.mkdir()
    folder.mkdir()
    subprocess.run(["bindfs", behind, folder], check=True)
    database = folder / "db.sqlite"
    rng = random.Random(7)
    kills = within = 0
    try:
        for _ in range(12):
            process = bench.start(database)
            time.sleep(rng.uniform(0.3, 3))
            if process.poll() is None:
                process.kill()
                kills += 1
            process.communicate()
            if not database.exists() or database.stat().st_size == 0:
                continue
            within += has_journal(database)
            # On a copy, so that the program itself takes back what the kill left.
            bench.expect_whole(bench.recovered_copy(database))
        bench.expect_finish(database)
        with Database(database) as opened:
            mode = opened.connection.execute("PRAGMA journal_mode").fetchone()[0]
        if mode != "delete" or list(folder.glob("*-wal")):
            raise Failure(f"journal mode {mode}")
    finally:
        subprocess.run(["umount", folder], check=True)
    return f"kept whole by a journal, no log; killed {kills} times, {within} of them in a transaction, and finished the same"


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def fill(folder: Path) -> None:
    """Takes all the room that a folder's file system has left."""
    with open(folder / "filler", "wb", buffering=0) as filler:
        try:
            while True:
                filler.write(bytes(4096))
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise

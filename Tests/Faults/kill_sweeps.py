#!/usr/bin/env python3
"""Kills a sandbox sweep at random moments, resumes it, and compares it with one that was left alone.

    Tests/Faults/kill_sweeps.py --program .build/release/lezobench --kills 200

Each kill is SIGKILL of the parent, of its child, or of both at once, at a moment drawn evenly over half the time that
an undisturbed sweep takes; the next run goes on from there. After each kill the database must pass SQLite's checks and hold every row that it held before.
A sweep that reached its end must equal the undisturbed one in every loss, projected gradient, prediction and digest,
bit for bit. Needs nothing but Python's standard library and Linux's /proc.
"""
import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from result_rows import Database, differences

SUITE = Path(__file__).resolve().parent / "faults.yaml"


class Sweep:
    """One run of the program on a database."""

    def __init__(self, program: Path, folder: Path, database: Path):
        command = [str(program), "run", str(SUITE), "--db", str(database), "--threads", "1"]
        self.log = (folder / "sweep.log").open("ab")
        self.process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)

    def children(self) -> list[int]:
        try:
            text = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        except FileNotFoundError:
            return []
        return [int(word) for word in text.split()]

    def wait(self, seconds: float | None = None) -> int | None:
        """The exit code, or nothing when the sweep still runs after the given time."""
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None
        finally:
            self.log.flush()


def kill(process: int) -> bool:
    try:
        os.kill(process, signal.SIGKILL)
        return True
    except ProcessLookupError:
        return False


def wait_for_end(processes: list[int]) -> None:
    """Waits for orphans, which end when they find nobody to report to."""
    for process in processes:
        until = time.monotonic() + 60
        while Path(f"/proc/{process}").exists():
            if "Z" in Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]:
                break
            if time.monotonic() > until:
                sys.exit(f"process {process} goes on a minute after its parent was killed")
            time.sleep(0.01)


def check(path: Path, known: dict[tuple, tuple]) -> dict[tuple, tuple]:
    """The rows committed so far, after looking that none was damaged, lost or changed."""
    if not path.exists() or path.stat().st_size == 0:
        return known
    with Database(path) as database:
        tables = database.connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
        if tables == 0:
            return known
        damage = database.damage()
        if damage:
            sys.exit(f"{path} is damaged: {damage[:5]}")
        rows = database.committed()
    lost = [key for key, values in known.items() if rows.get(key) != values]
    if lost:
        sys.exit(f"{path} lost or changed {len(lost)} committed rows, such as {lost[0]}")
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    program = arguments.program.resolve()
    draw = random.Random(arguments.seed)
    kills, exits = Counter(), Counter()
    finished = 0
    with tempfile.TemporaryDirectory(prefix="lezobench-kills-") as name:
        folder = Path(name)
        start = time.monotonic()
        alone = folder / "alone.sqlite"
        code = Sweep(program, folder, alone).wait()
        duration = time.monotonic() - start
        if code != 0:
            sys.exit(f"the undisturbed sweep ended with {code}: {(folder / 'sweep.log').read_text()[-2000:]}")
        with Database(alone) as database:
            wanted = database.everything()
        print(f"undisturbed: {len(wanted)} rows in {duration:.1f} s", flush=True)

        while sum(kills.values()) < arguments.kills:
            path, known = folder / f"killed-{finished}.sqlite", {}
            here = 0
            while True:
                sweep = Sweep(program, folder, path)
                enough = sum(kills.values()) >= arguments.kills
                # A run that is near its end finishes before its moment, so that every part of the work is hit.
                moment = None if enough else draw.uniform(0, duration / 2)
                code = sweep.wait(moment)
                if code is None:
                    whom, children = draw.choice(["parent", "child", "both"]), sweep.children()
                    if whom != "parent" and not children:
                        whom = "parent"
                    victims = {"parent": [sweep.process.pid], "child": children,
                               "both": [sweep.process.pid, *children]}[whom]
                    if any([kill(victim) for victim in victims]):
                        kills[whom] += 1
                        here += 1
                    # A parent whose child was killed records that and goes on with the next trial.
                    exits[sweep.wait()] += 1
                    wait_for_end(children)
                    known = check(path, known)
                    continue
                known = check(path, known)
                if code == 0:
                    break
                exits[code] += 1
                if code != 1:
                    sys.exit(f"a resumed sweep ended with {code}: {(folder / 'sweep.log').read_text()[-2000:]}")
            with Database(path) as database:
                lines = differences(wanted, database.everything())
            if lines:
                sys.exit(f"after {here} kills {len(lines)} rows differ, such as:\n" + "\n".join(lines[:10]))
            finished += 1
            print(f"sweep {finished}: {here} kills, {len(wanted)} rows equal", flush=True)
    print(f"{sum(kills.values())} kills ({dict(kills)}) over {finished} sweeps; exit codes of killed runs {dict(exits)}; "
          f"nothing lost, nothing doubled, every row equal")


if __name__ == "__main__":
    main()

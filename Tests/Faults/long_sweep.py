#!/usr/bin/env python3
"""A sweep of thousands of tiny sandbox trials in one database: does it stay healthy?

    Tests/Faults/long_sweep.py --program .build/release/lezobench --trials 10000 --real 300

The first trials are run for real, while the parent's memory and the time of each trial are watched. The others, which the
program planned itself, then get the rows of finished ones, so that readers meet a database of full size without hours of
training: their identities and numbers of rows are those of a real sweep, their losses are copies. On that database it takes
the time and peak memory of a second run, report, diff, replay's list and an export. Needs Python's standard library.

What is promised: over the real trials the parent's memory grows by less than a tenth and the time of a trial changes by
less than a quarter; on the finished database a run takes less than 2 seconds and does nothing, a report and a diff less
than 10 seconds. A promise that does not hold is named at the end, and the exit code is 1.
"""
import argparse
import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SUITE = """suite: long
title: Thousands of tiny trials
claims: []
sandbox: true
models:
  - {{name: sandbox-opt}}
tasks:
  - {{name: sst2, archives: [SST-2.zip], train_examples: 8, dev_examples: 2, test_examples: 4}}
methods:
  - {{mezo: {{learning_rate: [1.0e-4], perturbation_scale: 1.0e-3}}}}
  - {{lezo: {{sparsity: [0.75], learning_rate: [1.0e-4], perturbation_scale: 1.0e-3}}}}
plans: [fused]
schedule: {{steps: 3, batch_size: 2, eval_every: 3}}
seeds: {{data: [0], noise: [{seeds}]}}
"""


def finished(database: Path) -> int:
    try:
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=30) as connection:
            return connection.execute("SELECT count(*) FROM trial WHERE status = 'done'").fetchone()[0]
    except sqlite3.Error:
        return 0


def resident_kilobytes(process: int) -> int:
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return 0


def sweep(program: Path, folder: Path, count: int, flags: list[str]) -> list[tuple[float, int, int]]:
    """Runs until so many more trials are done; seconds, finished trials and the parent's memory, ten times a second or so."""
    database = folder / "long.sqlite"
    process = subprocess.Popen(
        [program, "run", "long.yaml", "--db", database, "--threads", "1", *flags], cwd=folder, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    before, start, samples = finished(database), time.monotonic(), []
    while process.poll() is None:
        time.sleep(0.1)
        done = finished(database)
        if done and process.poll() is None:
            samples.append((time.monotonic() - start, done, resident_kilobytes(process.pid)))
        if done - before >= count:
            process.send_signal(signal.SIGINT)
            process.wait()
    return samples


def say_sweep(samples: list[tuple[float, int, int]]) -> list[str]:
    """Prints both ends of the sweep; the promises that it broke."""
    quarter, ends = max(1, len(samples) // 4), []
    for name, part in [("first", samples[:quarter]), ("last", samples[-quarter:])]:
        seconds = (part[-1][0] - part[0][0]) / max(1, part[-1][1] - part[0][1])
        print(f"{name} quarter of {samples[-1][1] - samples[0][1] + 1} real trials: {seconds:.3f} s a trial, the parent held "
              f"{max(row[2] for row in part) / 1024:.1f} MiB at most")
        ends.append((seconds, max(row[2] for row in part)))
    (first_seconds, first_memory), (last_seconds, last_memory) = ends
    broken = []
    if last_memory > 1.1 * first_memory:
        broken.append(f"the parent's memory grew from {first_memory} to {last_memory} KiB")
    if not 0.75 * first_seconds <= last_seconds <= 1.25 * first_seconds:
        broken.append(f"a trial took {first_seconds:.3f} s at first and {last_seconds:.3f} s at last")
    return broken


def fill(database: Path) -> int:
    """Gives every trial that is not done the rows of a done trial of its cell."""
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA foreign_keys = ON")
    ours = connection.execute
    models = dict(ours("SELECT cell_id, min(id) FROM trial WHERE status = 'done' GROUP BY cell_id"))
    columns = [row[1] for row in ours("PRAGMA table_info(trial)")]
    kept = {"id", "identity", "cell_id", "data_seed", "noise_seed", "planned_ns"}
    copied = [name for name in columns if name not in kept]

    def copy(table: str, key: str, old: int, new: int, without: str = "") -> int:
        names = [row[1] for row in ours(f"PRAGMA table_info({table})") if row[1] not in (key, without)]
        ours(f"INSERT INTO {table} ({key}, {', '.join(names)}) SELECT ?, {', '.join(names)} FROM {table} WHERE {key} = ?",
             (new, old))
        return ours("SELECT last_insert_rowid()").fetchone()[0]

    trials = ours("SELECT id, cell_id FROM trial WHERE status <> 'done'").fetchall()
    for trial, cell in trials:
        model = models[cell]
        for table in ["attempt", "step_row", "step_block", "evaluation"]:
            ours("DELETE FROM prediction WHERE evaluation_id IN (SELECT id FROM evaluation WHERE trial_id = ?)", (trial,))
            ours(f"DELETE FROM {table} WHERE trial_id = ?", (trial,))
        ours(f"UPDATE trial SET ({', '.join(copied)}) = (SELECT {', '.join(copied)} FROM trial WHERE id = ?) WHERE id = ?",
             (model, trial))
        copy("attempt", "trial_id", model, trial, "id")
        copy("step_block", "trial_id", model, trial)
        for evaluation, in ours("SELECT id FROM evaluation WHERE trial_id = ?", (model,)).fetchall():
            names = [row[1] for row in ours("PRAGMA table_info(evaluation)") if row[1] not in ("id", "trial_id")]
            ours(f"INSERT INTO evaluation (trial_id, {', '.join(names)}) SELECT ?, {', '.join(names)} FROM evaluation "
                 "WHERE id = ?", (trial, evaluation))
            copy("prediction", "evaluation_id", evaluation, ours("SELECT last_insert_rowid()").fetchone()[0])
    connection.commit()
    connection.close()
    return len(trials)


def timed(folder: Path, name: str, command: list, broken: list[str], limit: float | None = None) -> str:
    """Runs a command; what it took is printed, what it said on standard error is returned, a broken promise is added."""
    start = time.monotonic()
    process = subprocess.Popen(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.monotonic() - start
    if limit is not None and seconds >= limit:
        broken.append(f"{name} took {seconds:.2f} s, {limit:.0f} s are promised")
    print(f"{name}: {seconds:.2f} s, peak {usage.ru_maxrss / 1024:.0f} MiB, exit code {process.returncode}")
    if process.returncode not in (0, 1):
        sys.exit(said[-2000:])
    return said


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--trials", type=int, default=10_000)
    parser.add_argument("--real", type=int, default=300)
    parser.add_argument("--keep", type=Path, help="an empty folder in which the databases stay")
    options = parser.parse_args()
    program = options.program.resolve()
    with contextlib.ExitStack() as stack:
        folder = options.keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="lezobench-long-")))
        folder.mkdir(parents=True, exist_ok=True)
        seeds = ", ".join(map(str, range(options.trials // 2)))
        (folder / "long.yaml").write_text(SUITE.format(seeds=seeds))
        # A few of the second cell, which the suite's order has last; then the watched ones.
        sweep(program, folder, 3, ["--filter", "method=lezo"])
        samples = sweep(program, folder, options.real, [])
        if not samples:
            sys.exit("no trial was finished")
        broken = say_sweep(samples)
        database = folder / "long.sqlite"
        filled = fill(database)
        print(f"{filled} further trials got copied rows; {database.stat().st_size / 1e6:.1f} MB, {finished(database)} done")
        shutil.copy(database, folder / "other.sqlite")
        # A sweep that finished by itself has left its report; this one, whose rows were copied in, has not.
        timed(folder, "run that renders the report", [program, "run", "long.yaml", "--db", database], broken)
        said = timed(folder, "run on the finished database", [program, "run", "long.yaml", "--db", database], broken, 2)
        if "trial " in said:
            sys.exit(f"the run did something: {said[:500]}")
        timed(folder, "run --dry-run", [program, "run", "long.yaml", "--db", database, "--dry-run"],
              broken)
        timed(folder, "report", [program, "report", database, "--format", "markdown"], broken, 10)
        timed(folder, "diff with a copy", [program, "diff", database, folder / "other.sqlite"], broken, 10)
        timed(folder, "list of trials", [program, "replay", database], broken)
        timed(folder, "export csv", [program, "export", "csv", database, "-o", folder / "out"], broken)
        timed(folder, "merge with a copy", [program, "merge", "-o", folder / "all.sqlite", database,
                                            folder / "other.sqlite"], broken)
        for promise in broken:
            print(f"BROKEN: {promise}")
        sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()

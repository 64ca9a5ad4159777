"""Faults around a running sweep: locks, a second run, little memory, another clock, a killed child."""
import os
import resource
import signal
import sqlite3
import threading
import time
from pathlib import Path

from result_rows import Database
from sweep_bench import Bench, Failure, committed_steps, expect, expect_code, kill_in_the_middle


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
    expect_code(2, code, said)
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
    expect_code(2, code, said)
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
    expect_code(1, code, said)
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

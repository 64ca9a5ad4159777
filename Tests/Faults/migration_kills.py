"""Kills while a database of an older program is brought up to date."""
import random
import shutil
import sqlite3
import subprocess
import time
from pathlib import Path

from result_rows import Database, differences
from sweep_bench import Bench, Failure, expect_code, has_journal

OLD = Path(__file__).resolve().parent.parent / "ResultStoreTests" / "Fixtures" / "version-1.sql"
# What the first schema recorded; later ones have it under the same names.
RECORDED = {
    "trial": "id, data_seed, noise_seed, status, steps_done, best_step, weights_digest",
    "step": "trial_id, step, seed, loss_plus, loss_minus, projected_gradient, dropped_bits, perturb_ns, forward_ns",
    "evaluation": "id, trial_id, step, split, loss, metric, value",
    "prediction": "evaluation_id, position, example, chosen_option, gold_option, option_scores, score",
    "round_step": "round_id, step, seed, loss_plus, loss_minus, projected_gradient",
}
KILLS = 40


def killed_in_migration(bench: Bench) -> str:
    """The program is killed at random moments while it brings a database of its first version up to date."""
    source = bench.folder / "old-source.sqlite"
    make_old(source)
    wanted = recorded(source)
    rng = random.Random(20)
    database = bench.folder / "old.sqlite"
    duration = time_of_migration(bench, source, database)
    within = after = 0
    for _ in range(KILLS):
        copy_afresh(source, database)
        process = bench.start(database)
        wait_for_transaction(process, database)
        time.sleep(rng.uniform(0, 1.1) * duration)
        process.kill()
        process.communicate()
        is_within = has_journal(database)
        inspect(bench, database, wanted)
        if is_within:
            within += 1
        elif version(database) > 1:
            after += 1
        else:
            raise Failure("a kill came before the migration had begun")
    if within == 0:
        raise Failure(f"no kill of {KILLS} came within the migration's transaction")
    # The program takes back what the last kill left, brings the database up to date, and does its sweep beside the old rows.
    expect_code(0, *bench.run(database))
    inspect(bench, database, wanted)
    with Database(database) as opened:
        found = opened.everything()
    if lines := differences(bench.wanted, {key: row for key, row in found.items() if key in bench.wanted}):
        raise Failure(f"{len(lines)} rows of the sweep differ, such as {lines[0]}")
    return f"{within} kills within and {after} after the migration's transaction; every old row is there"


def make_old(path: Path) -> None:
    """A database of the first version with enough rows that bringing it up to date takes a moment."""
    connection = sqlite3.connect(path)
    connection.executescript(OLD.read_text())
    connection.executescript("""
        WITH RECURSIVE place (i) AS (VALUES (2) UNION ALL SELECT i + 1 FROM place WHERE i < 60000)
        INSERT INTO prediction (evaluation_id, position, example, chosen_option, gold_option, option_scores, score)
        SELECT 8, i, 'validation:' || i, i % 2, 0, '[-' || i || '.5,-2.25]', 1.0 - i % 2 FROM place;
        WITH RECURSIVE place (i) AS (VALUES (3) UNION ALL SELECT i + 1 FROM place WHERE i < 20000)
        INSERT INTO step SELECT trial_id, i, seed + i, loss_plus + i, loss_minus, projected_gradient, dropped_bits,
            dropped_bits_63, select_ns, perturb_ns, forward_ns, update_ns, NULL
        FROM step JOIN place WHERE trial_id = 3 AND step = 2;
        """)
    connection.commit()
    connection.close()


def recorded(path: Path) -> dict[str, set[tuple]]:
    connection = sqlite3.connect(path)
    try:
        return {table: set(connection.execute(f"SELECT {columns} FROM {table}")) for table, columns in RECORDED.items()}
    finally:
        connection.close()


def version(path: Path) -> int:
    """The schema's version as the file's header has it, without opening the database."""
    with open(path, "rb") as file:
        file.seek(60)
        return int.from_bytes(file.read(4), "big")


def copy_afresh(source: Path, database: Path) -> None:
    for ending in ["", "-journal", "-wal", "-shm"]:
        Path(f"{database}{ending}").unlink(missing_ok=True)
    shutil.copy(source, database)


def wait_for_transaction(process: subprocess.Popen, database: Path) -> None:
    """Returns once the transaction that changes the tables has begun."""
    while not Path(f"{database}-journal").exists() and version(database) == 1:
        if process.poll() is not None:
            raise Failure(f"the program ended before it brought the database up to date: {process.communicate()[1][-1500:]}")
        time.sleep(0.001)


def time_of_migration(bench: Bench, source: Path, database: Path) -> float:
    """Seconds from the transaction's begin until the database is that of the program's own version."""
    copy_afresh(source, database)
    process = bench.start(database)
    wait_for_transaction(process, database)
    start = time.monotonic()
    while version(database) == 1 and process.poll() is None:
        time.sleep(0.001)
    duration = time.monotonic() - start
    process.kill()
    _, said = process.communicate()
    if version(database) == 1:
        raise Failure(f"the database was not brought up to date: {said[-1500:]}")
    return duration


def inspect(bench: Bench, database: Path, wanted: dict[str, set[tuple]]) -> None:
    """SQLite's checks and every old row."""
    copy = bench.recovered_copy(database)
    with Database(copy) as opened:
        if damage := opened.damage():
            raise Failure(f"the database is damaged: {damage[:3]}")
    found = recorded(copy)
    for table, rows in wanted.items():
        if lost := rows - found[table]:
            raise Failure(f"{len(lost)} rows of {table} are gone, such as {next(iter(lost))}")

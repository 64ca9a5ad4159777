#!/usr/bin/env python3
"""Runs a sandbox sweep on machines that are out of something, and looks at what is said and what is kept.

    Tests/Faults/bad_machines.py --program .build/release/lezobench

For each fault: the exit code, the message, SQLite's checks of the database, and whether a run after the fault is mended
ends with the very rows of an undisturbed sweep. Needs Python's standard library; mounts need root.
"""
import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import disk_faults
import process_faults
from migration_kills import killed_in_migration
from sweep_bench import Bench, Failure, LeftOut

FAULTS = [
    disk_faults.disk_full, disk_faults.report_disk_full, disk_faults.replay_disk_full, disk_faults.folder_not_writable,
    disk_faults.no_permission, disk_faults.shared_file_system, killed_in_migration, process_faults.database_locked,
    process_faults.locked_for_a_moment, process_faults.two_runs, process_faults.little_memory, process_faults.clock_back,
    process_faults.child_killed,
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--only", nargs="*", default=[], help="names of faults")
    arguments = parser.parse_args()
    if unknown := set(arguments.only) - {fault.__name__ for fault in FAULTS}:
        parser.error(f"no such fault: {', '.join(sorted(unknown))}; there are {', '.join(f.__name__ for f in FAULTS)}")
    failed, left_out = 0, []
    with tempfile.TemporaryDirectory(prefix="lezobench-faults-") as name:
        bench = Bench(arguments.program.resolve(), Path(name))
        print(f"undisturbed: {len(bench.wanted)} rows", flush=True)
        for fault in FAULTS:
            if arguments.only and fault.__name__ not in arguments.only:
                continue
            start = time.monotonic()
            try:
                outcome = fault(bench)
            except (LeftOut, subprocess.CalledProcessError) as error:
                outcome = f"left out: {error}"
                left_out.append(fault.__name__)
            except (Failure, subprocess.TimeoutExpired) as error:
                outcome, failed = f"WRONG: {error}", failed + 1
            print(f"{fault.__name__}: {outcome} ({time.monotonic() - start:.0f} s)", flush=True)
    print(f"left out: {', '.join(left_out) or 'nothing'}; wrong: {failed}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

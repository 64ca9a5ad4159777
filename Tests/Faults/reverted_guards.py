#!/usr/bin/env python3
"""Takes the guards of guards.toml out of the source, one after another, and sees that a test fails for each.

    Tests/Faults/reverted_guards.py --scratch FOLDER [--only NAME...] [--at-once]

Works in a clone of the last commit in FOLDER, whose builds (debug) are kept for the next call. First the tests of every
guard must pass as they are. With --at-once all guards are out together, which takes one build instead of one for each; a
test may then fail for a guard other than its own.
"""
import argparse
import os
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# Without a guard a test may wait for what never ends.
PATIENCE_SECONDS = 300


def command(clone: Path, *words: str, patience: float | None = None) -> tuple[int | None, str]:
    """The exit code, none for a command that was stopped after its time, and what was printed."""
    with subprocess.Popen(
            words, cwd=clone, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
            start_new_session=True) as process:
        try:
            said, _ = process.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            end_session(process.pid)
            process.communicate()
            return None, ""
        return process.returncode, said


def end_session(leader: int) -> None:
    """Kills all processes of a session: swift test gives the test's process a group of its own."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            session = int(status.read_text().rpartition(")")[2].split()[3])
            if session == leader:
                os.kill(int(status.parent.name), signal.SIGKILL)
        except (FileNotFoundError, ProcessLookupError):
            continue


def build(clone: Path) -> None:
    code, said = command(clone, "swift", "build", "--build-tests")
    if code != 0:
        sys.exit(f"the tests do not build:\n{said[-3000:]}")


def outcome(clone: Path, guard: dict) -> tuple[bool, str]:
    """Whether the guard's tests passed, and how that showed."""
    code, said = command(
        clone, "swift", "test", "--skip-build", "--filter", guard["tests"], patience=PATIENCE_SECONDS)
    if code is None:
        return False, f"not done after {PATIENCE_SECONDS} s"
    if code == 0:
        if "Test run with 0 tests" in said:
            sys.exit(f"{guard['name']}: no test is named by {guard['tests']}")
        return True, "passed"
    failed = sorted({line.split(" Test ")[1].split(" failed")[0].split(" recorded")[0]
                     for line in said.splitlines() if " Test " in line and (" recorded an issue" in line)})
    return False, "; ".join(name[:110] for name in failed) or "the test's process ended: " + said.strip()[-160:]


def take_out(clone: Path, guard: dict) -> None:
    path = clone / guard["file"]
    text = path.read_text()
    if text.count(guard["old"]) != 1:
        sys.exit(f"{guard['name']}: {guard['file']} has its text {text.count(guard['old'])} times, not once; see guards.toml")
    path.write_text(text.replace(guard["old"], guard["new"]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scratch", type=Path, required=True)
    parser.add_argument("--only", nargs="*", default=[], help="names of guards")
    parser.add_argument("--at-once", action="store_true", help="all guards out together, in one build")
    arguments = parser.parse_args()
    guards = tomllib.loads((ROOT / "Tests" / "Faults" / "guards.toml").read_text())["guard"]
    if unknown := set(arguments.only) - {guard["name"] for guard in guards}:
        parser.error(f"no such guard: {', '.join(sorted(unknown))}")
    guards = [guard for guard in guards if not arguments.only or guard["name"] in arguments.only]

    clone = arguments.scratch.resolve() / "project"
    if not clone.exists():
        subprocess.run(["git", "clone", "-q", ROOT, clone], check=True)
    subprocess.run(["git", "fetch", "-q", "origin"], cwd=clone, check=True)

    def restore() -> None:
        subprocess.run(["git", "checkout", "-q", "--force", "--detach", "origin/HEAD"], cwd=clone, check=True)

    restore()
    build(clone)
    for guard in guards:
        passed, said = outcome(clone, guard)
        if not passed:
            sys.exit(f"{guard['name']}: its tests fail with the guard in place: {said}")
    print(f"with all guards in place the tests of {len(guards)} pass", flush=True)
    unseen = []

    def look(guard: dict) -> None:
        start = time.monotonic()
        passed, said = outcome(clone, guard)
        print(f"{guard['name']} ({guard['about']}): {'NO TEST FAILS' if passed else 'fails: ' + said} "
              f"({time.monotonic() - start:.0f} s)", flush=True)
        if passed:
            unseen.append(guard["name"])

    if arguments.at_once:
        for guard in guards:
            take_out(clone, guard)
        build(clone)
        for guard in guards:
            look(guard)
    else:
        for guard in guards:
            take_out(clone, guard)
            build(clone)
            look(guard)
            restore()
    restore()
    print(f"guards that no test misses: {', '.join(unseen) or 'none'}")
    sys.exit(1 if unseen else 0)


if __name__ == "__main__":
    main()

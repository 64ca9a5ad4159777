"""Times MeZO steps of lezobench beside PyTorch's in one interleaved run and reports ratios; see README.md.

    python compare_with_pytorch.py [--cases NAME ...] [--rounds N] [--quick] [--markdown FILE] [--json FILE]
    python compare_with_pytorch.py --self-test
"""
import argparse
import dataclasses
import datetime
import importlib.metadata
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time

import batches
import comparison_report
import machine
import our_steps
import paired_ratios
import self_tests

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PYTORCH = ("published", "in-place", "careful")
OURS = ("reference", "fused")
PACKAGES = ("torch", "transformers", "tokenizers", "numpy", "scipy")
# Freed memory stays with the process, and large blocks come from the heap too.
KEPT_MEMORY = {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": str(2**40), "MALLOC_TOP_PAD_": str(2**28)}
SAME_LOSS_WITHIN = 1e-4
# A process is run again when other processes took more than this share of the processors meanwhile.
QUIET_ENOUGH = 0.05
ATTEMPTS = 3


@dataclasses.dataclass
class Case:
    """Batches of one kind on one model; the slower a contender, the fewer steps of it are timed in a round."""

    title: str
    model: str
    shape: tuple | None
    rounds: int
    steps: dict


SOME_STEPS = {"published": 1, "in-place": 1, "careful": 2, "reference": 3, "fused": 3}
ONE_STEP = dict.fromkeys(SOME_STEPS, 1)
CASES = {
    "opt-125m-16x64": Case("opt-125m, 16 x 64 tokens", "opt-125m", (16, 64), 6, SOME_STEPS),
    "opt-125m-sst2": Case("opt-125m, SST-2, 16 examples", "opt-125m", None, 6, SOME_STEPS),
    "opt-125m-1x32": Case("opt-125m, 1 x 32 tokens", "opt-125m", (1, 32), 2, SOME_STEPS),
    "opt-125m-16x32": Case("opt-125m, 16 x 32 tokens", "opt-125m", (16, 32), 2, SOME_STEPS),
    "opt-1.3b-8x32": Case("opt-1.3b, 8 x 32 tokens", "opt-1.3b", (8, 32), 1, ONE_STEP),
}


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", nargs="+", choices=CASES, default=list(CASES))
    parser.add_argument("--contenders", nargs="+", choices=PYTORCH + OURS, default=["published", "careful", *OURS])
    parser.add_argument("--rounds", type=int, help="rounds of every case, in place of each case's own")
    parser.add_argument("--quick", action="store_true", help="one round of one timed step of every case named")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--lezobench", default=os.path.join(ROOT, ".build", "release", "lezobench"))
    parser.add_argument("--data", default=os.path.join(ROOT, "..", "shared", "data"), help="holds glue/SST-2.zip")
    parser.add_argument("--tokenizer", help="holds OPT's vocab.json and merges.txt (default: tokenizers/opt of --data)")
    parser.add_argument("--json", help="a file for every step's times")
    parser.add_argument("--markdown", help="a file for the report, which is printed in any case")
    parser.add_argument("--self-test", action="store_true", help="check the comparison itself and stop")
    arguments = parser.parse_args()
    arguments.tokenizer = arguments.tokenizer or os.path.join(arguments.data, "tokenizers", "opt")
    return arguments


def child_answer(command, environment=None):
    """The JSON object that a child process prints, and how busy the machine was with other work meanwhile.

    Of at most three attempts it is the first quiet one, or else the quietest.
    """
    attempts = []
    while len(attempts) < ATTEMPTS and not (attempts and attempts[-1][1]["otherLoad"] <= QUIET_ENOUGH):
        watch = machine.LoadWatch()
        child = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **(environment or {})})
        if child.returncode != 0:
            raise SystemExit(f"'{' '.join(command)}' ended with {child.returncode}:\n{child.stderr[-3000:]}")
        other, stolen = watch.finish()
        attempts.append((json.loads(child.stdout), {"otherLoad": other, "stolen": stolen}))
    answer, load = min(attempts, key=lambda attempt: attempt[1]["otherLoad"])
    return answer, {**load, "attempts": len(attempts)}


def measure(contender, case, batch_file, seed, arguments):
    """One round of one contender: its steps' times, phases, losses and memory."""
    steps = 1 if arguments.quick else case.steps[contender]
    if contender in OURS:
        command = our_steps.command(
            arguments.lezobench, case.model, contender, batch_file, case.shape, steps, arguments.threads)
        answer, load = child_answer(command)
        answer = our_steps.normalized(answer)
    else:
        script = os.path.join(HERE, "pytorch_steps.py")
        command = [sys.executable, script, contender, case.model, batch_file, "--steps", str(steps),
                   "--threads", str(arguments.threads), "--seed", str(seed)]
        answer, load = child_answer(command, KEPT_MEMORY if contender == "careful" else None)
    for one in [answer["warmUp"], *answer["steps"]]:
        if not (math.isfinite(one["lossPlus"]) and math.isfinite(one["lossMinus"])):
            raise SystemExit(f"{contender} on {case.title}: a loss is not finite: {one}")
    times = [sum(one["phases"].values()) for one in answer["steps"]]
    return {
        "stepNanoseconds": statistics.median(times),
        "phases": {phase: statistics.median(one["phases"][phase] for one in answer["steps"])
                   for phase in ("perturb", "forward", "update")},
        "timedSteps": len(times), "steps": answer["steps"],
        "firstLosses": [answer["warmUp"]["lossPlus"], answer["warmUp"]["lossMinus"]],
        "peakBytes": answer["peakBytes"], "aboveModelBytes": answer["peakBytes"] - answer["builtBytes"],
        "deviations": answer.get("deviations"), **load,
    }


def check_losses(case, measured):
    """PyTorch's contenders share weights, batch and seed, and so do our two plans: their first losses must agree.

    Returns the largest relative difference; ends the program above the limit.
    """
    largest = 0
    for family in (PYTORCH, OURS):
        pairs = [measured[name]["firstLosses"] for name in family if name in measured]
        for pair in pairs[1:]:
            largest = max(largest, *(abs(a - b) / abs(b) for a, b in zip(pair, pairs[0])))
    if largest > SAME_LOSS_WITHIN:
        losses = {name: entry["firstLosses"] for name, entry in measured.items()}
        raise SystemExit(f"{case.title}: losses of the first step differ by {largest:.1e} of their value: {losses}")
    return largest


def run_case(name, arguments, folder):
    """All rounds of one case, with ratios of every contender's time to each of our plans'."""
    case = CASES[name]
    rounds = 1 if arguments.quick else arguments.rounds or case.rounds
    sst2 = None if case.shape else batches.SST2Batches(arguments.data, arguments.tokenizer)
    contenders = list(arguments.contenders)
    collected = {contender: [] for contender in contenders}
    shapes, largest_difference = [], 0
    for number in range(rounds):
        batch = sst2.batch(number) if sst2 else batches.random_batch(*case.shape, seed=number + 1)
        shapes.append(batches.shape_of(batch))
        batch_file = os.path.join(folder, f"{name}-{number}.json")
        with open(batch_file, "w") as file:
            json.dump(batch, file)
        measured = {}
        for place in range(len(contenders)):
            contender = contenders[(place + number) % len(contenders)]
            entry = measured[contender] = measure(contender, case, batch_file, number + 1, arguments)
            collected[contender].append(entry)
            print(f"{case.title}, round {number + 1} of {rounds}, {contender}: {entry['stepNanoseconds'] / 1e6:.0f} ms",
                  file=sys.stderr, flush=True)
        largest_difference = max(largest_difference, check_losses(case, measured))
    times = {contender: [entry["stepNanoseconds"] for entry in entries] for contender, entries in collected.items()}
    return {
        "name": name, "title": case.title, "model": case.model, "batches": describe(shapes, sst2 is not None),
        "rounds": collected, "largestLossDifference": largest_difference,
        "ratios": {f"{contender}/{plan}": paired_ratios.ratio_of(times[contender], times[plan])
                   for plan in OURS if plan in times for contender in contenders if contender != plan},
    }


def describe(shapes, is_sst2):
    """What the rounds' batches were, in words."""
    rows, tokens, _ = shapes[0]
    if not is_sst2:
        return f"{rows} rows of {tokens} random tokens, new ones in each round, the last token scored"
    longest = ", ".join(str(longest) for _, longest, _ in shapes)
    mean = ", ".join(f"{mean:.1f}" for _, _, mean in shapes)
    return (
        f"real ones, the training examples that the protocol draws for data seed 0 in their order, a batch a round, two options "
        f"an example; longest rows of the rounds {longest} tokens, mean lengths {mean}")


def checks(cases):
    """What was asserted in every round, with the largest deviation seen."""
    entries = [entry for case in cases for rounds in case["rounds"].values() for entry in rounds]
    deviations = [max(entry["deviations"].values()) for entry in entries if entry["deviations"]]
    sentences = [
        f"Every loss is finite, in {len(entries)} processes.",
        "PyTorch's contenders share weights, batch and noise, and so do the two plans: within each group the losses of the first "
        f"step differ by at most {max(case['largestLossDifference'] for case in cases):.1e} of their value (limit {SAME_LOSS_WITHIN:.0e}).",
    ]
    if deviations:
        sentences.append(
            "In PyTorch's first steps the perturbation passes restore the parameters and the update moves them along z: every "
            f"1,009th element deviates by at most {max(deviations):.1e} (limit 1e-5).")
    return sentences


def main():
    arguments = parse_arguments()
    if arguments.self_test:
        self_tests.run(arguments.data, arguments.tokenizer)
        return
    start = time.monotonic()
    result = {
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "commands": ["swift build -c release --product lezobench", " ".join(["python", "Tests/Peers/compare_with_pytorch.py", *shown_arguments()])],
        "contenders": arguments.contenders, "loadBefore": os.getloadavg()[0],
        "machine": machine.facts(
            arguments.lezobench, {package: importlib.metadata.version(package) for package in PACKAGES}),
    }
    result["machine"]["threads"] = arguments.threads
    with tempfile.TemporaryDirectory() as folder:
        result["cases"] = [run_case(name, arguments, folder) for name in arguments.cases]
    result |= {"checks": checks(result["cases"]), "loadAfter": os.getloadavg()[0], "minutes": (time.monotonic() - start) / 60}
    report = comparison_report.markdown(result)
    print(report)
    for path, text in ((arguments.markdown, report), (arguments.json, json.dumps(result) + "\n")):
        if path:
            with open(path, "w") as file:
                file.write(text)


def shown_arguments():
    """This command's arguments; folders outside the checkout are given by the option's name alone."""
    words = sys.argv[1:]
    return [previous[2:].upper() if os.path.isabs(word) else word for previous, word in zip(["", *words], words)]


if __name__ == "__main__":
    main()

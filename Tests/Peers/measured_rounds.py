"""Runs the rounds of a case: every contender in a fresh process, in an order that rotates, with its losses checked."""
import json
import math
import os
import statistics
import subprocess
import sys

import batches
import machine
import our_steps
import paired_ratios
from cases import OURS, SAME_NOISE_IN_PYTORCH

SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "pytorch_steps.py")
# Freed memory stays with the process, and large blocks come from the heap too.
KEPT_MEMORY = {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": str(2**40), "MALLOC_TOP_PAD_": str(2**28)}
SAME_LOSS_WITHIN = 1e-4
# A process is run again when other processes took more than this share of the processors meanwhile.
QUIET_ENOUGH = 0.05
ATTEMPTS = 3


def child_answer(command, environment):
    """The JSON object that a child process prints, and how busy the machine was with other work meanwhile.

    Of at most three attempts it is the first quiet one, or else the quietest.
    """
    attempts = []
    while len(attempts) < ATTEMPTS and not (attempts and attempts[-1][1]["otherLoad"] <= QUIET_ENOUGH):
        watch = machine.LoadWatch()
        child = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment})
        if child.returncode != 0:
            raise SystemExit(f"'{' '.join(command)}' ended with {child.returncode}:\n{child.stderr[-3000:]}")
        other, stolen = watch.finish()
        attempts.append((json.loads(child.stdout), {"otherLoad": round(other, 4), "stolen": round(stolen, 4)}))
    answer, load = min(attempts, key=lambda attempt: attempt[1]["otherLoad"])
    return answer, {**load, "attempts": len(attempts)}


def measure(contender, case, batch_file, seed, arguments):
    """One round of one contender: its steps' times, phases, losses and memory."""
    steps = 1 if arguments.quick else case.steps[contender]
    if contender in OURS:
        command = our_steps.command(
            arguments.lezobench, case.model, contender, batch_file, case.shape, steps, arguments.threads)
        answer, load = child_answer(command, {})
        answer = our_steps.in_common_terms(answer)
    else:
        command = [sys.executable, SCRIPT, contender, case.model, batch_file, "--steps", str(steps),
                   "--threads", str(arguments.threads), "--seed", str(seed)]
        answer, load = child_answer(command, KEPT_MEMORY if contender.startswith("careful") else {})
    for step in [answer["warmUp"], *answer["steps"]]:
        if not (math.isfinite(step["lossPlus"]) and math.isfinite(step["lossMinus"])):
            raise SystemExit(f"{contender} on {case.title}: a loss is not finite: {step}")
    return {
        "stepNanoseconds": statistics.median(sum(step["phases"].values()) for step in answer["steps"]),
        "steps": answer["steps"],
        "firstLosses": [answer["warmUp"]["lossPlus"], answer["warmUp"]["lossMinus"]],
        "peakBytes": answer["peakBytes"], "aboveModelBytes": answer["peakBytes"] - answer["builtBytes"],
        "largestDeviation": answer.get("largestDeviation"), **load,
    }


def largest_loss_difference(case, measured):
    """Most of PyTorch's contenders share weights, batch and noise, and so do our two plans: first losses must agree.

    Returns the largest relative difference, and ends the program when that is above the limit.
    """
    largest = 0.0
    for family in (SAME_NOISE_IN_PYTORCH, OURS):
        pairs = [measured[name]["firstLosses"] for name in family if name in measured]
        for pair in pairs[1:]:
            largest = max(largest, *(abs(a - b) / abs(b) for a, b in zip(pair, pairs[0])))
    if largest > SAME_LOSS_WITHIN:
        losses = {name: entry["firstLosses"] for name, entry in measured.items()}
        raise SystemExit(f"{case.title}: losses of the first step differ by {largest:.1e} of their value: {losses}")
    return largest


def run_case(case, arguments, folder):
    """All rounds of one case, with ratios of every contender's time to each of our plans'."""
    rounds = 1 if arguments.quick else arguments.rounds or case.rounds
    sst2 = None if case.shape else batches.SST2Batches(arguments.data, arguments.tokenizer)
    contenders = arguments.contenders or case.contenders
    collected = {contender: [] for contender in contenders}
    shapes, largest = [], 0.0
    for number in range(rounds):
        batch = sst2.batch(number) if sst2 else batches.random_batch(*case.shape, seed=number + 1)
        shapes.append(batches.shape_of(batch))
        batch_file = os.path.join(folder, f"{case.name}-{number}.json")
        with open(batch_file, "w") as file:
            json.dump(batch, file)
        measured = {}
        for place in range(len(contenders)):
            contender = contenders[(place + number) % len(contenders)]
            entry = measured[contender] = measure(contender, case, batch_file, number + 1, arguments)
            collected[contender].append(entry)
            milliseconds = entry["stepNanoseconds"] / 1e6
            print(f"{case.title}, round {number + 1} of {rounds}, {contender}: {milliseconds:.0f} ms", file=sys.stderr)
        largest = max(largest, largest_loss_difference(case, measured))
    times = {contender: [entry["stepNanoseconds"] for entry in entries] for contender, entries in collected.items()}
    return {
        "name": case.name, "title": case.title, "batches": description(shapes, sst2 is not None),
        "rounds": collected, "largestLossDifference": largest,
        "ratios": {f"{contender}/{plan}": paired_ratios.ratio_of(times[contender], times[plan])
                   for plan in OURS if plan in times for contender in contenders if contender != plan},
    }


def description(shapes, is_sst2):
    """What the rounds' batches were, in words."""
    rows, tokens, _ = shapes[0]
    if not is_sst2:
        return (
            f"{rows} row{'s' * (rows > 1)} of {tokens} random tokens, the last one scored; new ones in each round, and "
            "from lezobench, which draws its own, in each step")
    longest = ", ".join(str(longest) for _, longest, _ in shapes)
    mean = ", ".join(f"{mean:.1f}" for _, _, mean in shapes)
    return (
        "the training examples that the protocol draws for data seed 0, in their order, 16 in a round, each with two "
        f"options; the rounds' longest rows {longest} tokens, mean lengths {mean}")

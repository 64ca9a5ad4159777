"""The comparison as Markdown: targets, machine, contenders, and a table a case."""
import statistics

from cases import DESCRIPTIONS, OURS, SAME_NOISE_IN_PYTORCH, TARGETS
from measured_rounds import SAME_LOSS_WITHIN
from step_watch import LOOKED_AT, RESTORED_WITHIN

METHOD = (
    "Each round runs every contender of a case in a fresh process, in an order that rotates from round to round. A "
    "process takes one step to warm up and is then timed; its value is the median of its timed steps. Ratios are "
    "paired by round: Hodges-Lehmann estimate of the log ratios with the exact 95% signed-rank interval, which takes "
    "at least six rounds. Memory above the model is the peak less what was resident once the model was built; of "
    "lezobench only its parameters' bytes are taken off.")


def markdown(result):
    """The whole report of a result as the comparison collects it."""
    contenders = {name for case in result["cases"] for name in case["rounds"]}
    return "\n".join([
        "# MeZO steps: lezobench beside PyTorch", "",
        "## In short", "", *targets(result), "",
        "## What was run, and on what", "", f"{result['date']}:", "", "```sh", *result["commands"], "```", "",
        *table(["property", "value"], [[key, str(value)] for key, value in result["machine"].items()]), "",
        load_remark(result), "", METHOD, "",
        *[f"- **{name}**: {text}" for name, text in DESCRIPTIONS.items() if name in contenders],
        *[line for case in result["cases"] for line in ("", f"## {case['title']}", "", *case_section(case))],
        "", "## What was checked on the way", "", *[f"- {sentence}" for sentence in checks(result["cases"])], "",
    ])


def targets(result):
    """How far each target is met, as a table."""
    cases = {case["name"]: case for case in result["cases"]}
    rows = []
    for target in TARGETS:
        case = cases.get(target.case, {"ratios": {}})
        ratio = case["ratios"].get(f"{target.contender}/{target.plan}")
        if ratio:
            sure = ratio["interval"] and ratio["interval"][0] >= target.speedup
            met = "met" if sure else "met, not for sure" if ratio["estimate"] >= target.speedup else "missed"
            subject = f"{target.plan} plan, next to {target.contender}"
            rows.append([case["title"], subject, shown(ratio), f"{target.speedup:.2f}x", met])
    header = ["case", "speedup of a step", "measured", "target", "result"]
    return table(header, rows) if rows else ["No case with a target was run."]


def case_section(case):
    """Times, phases, memory and ratios of one case."""
    rows = []
    for name, rounds in case["rounds"].items():
        times = [entry["stepNanoseconds"] / 1e6 for entry in rounds]
        phases = [median_phase(rounds, phase) / 1e6 for phase in ("perturb", "forward", "update")]
        memory = [statistics.median(entry[field] for entry in rounds) / 2**20
                  for field in ("peakBytes", "aboveModelBytes")]
        ratios = [shown(case["ratios"].get(f"{name}/{plan}")) for plan in ("reference", "fused")]
        rows.append([
            name, f"{len(rounds)} x {len(rounds[0]['steps'])}", f"{statistics.median(times):.0f}",
            f"{min(times):.0f} to {max(times):.0f}", *(f"{value:.0f}" for value in phases + memory), *ratios])
    header = [
        "contender", "rounds x steps", "step (ms)", "rounds' range", "perturb (ms)", "forward (ms)", "update (ms)",
        "peak memory (MiB)", "above the model (MiB)", "time over reference", "time over fused"]
    return [*table(header, rows, numbers=8), "", f"Batches: {case['batches']}."]


def median_phase(rounds, phase):
    """Nanoseconds of a phase: the median over rounds of each round's median."""
    return statistics.median(
        statistics.median(step["phases"][phase] for step in entry["steps"]) for entry in rounds)


def load_remark(result):
    """How quiet the machine was."""
    entries = [entry for case in result["cases"] for rounds in case["rounds"].values() for entry in rounds]
    others = [entry["otherLoad"] for entry in entries]
    stolen = [entry["stolen"] for entry in entries]
    return (
        f"While a contender ran, other processes took {statistics.median(others):.1%} of the processors (median; at "
        f"most {max(others):.1%}), other virtual machines {statistics.median(stolen):.1%} (at most {max(stolen):.1%}). "
        f"{sum(entry['attempts'] - 1 for entry in entries)} processes were run again for being disturbed. Load average "
        f"{result['loadBefore']:.2f} before the first round, {result['loadAfter']:.2f} after the last, contenders "
        f"included. {result['minutes']:.1f} minutes in all.")


def checks(cases):
    """What was asserted in every round, with the largest deviation seen."""
    entries = [entry for case in cases for rounds in case["rounds"].values() for entry in rounds]
    difference = max(case["largestLossDifference"] for case in cases)
    deviations = [entry["largestDeviation"] for entry in entries if entry["largestDeviation"] is not None]
    sentences = [f"Every loss is finite, in {len(entries)} processes."]
    for family in (SAME_NOISE_IN_PYTORCH, OURS):
        alike = [name for name in family if any(name in case["rounds"] for case in cases)]
        if len(alike) > 1:
            sentences.append(
                f"{' and '.join(alike)} share weights, batch and noise: their first step's losses differ by at most "
                f"{difference:.1e} of their value (limit {SAME_LOSS_WITHIN:.0e}).")
    if deviations:
        sentences.append(
            "In PyTorch's first steps the perturbation passes restore the parameters and the update moves them along "
            f"z: of every tensor one element in {LOOKED_AT:,} was looked at, and none deviates by more than "
            f"{max(deviations):.1e} (limit {RESTORED_WITHIN:.0e}).")
    return sentences


def shown(ratio):
    """A ratio with its interval, or with the number of its rounds where these are too few; empty for none."""
    if ratio is None:
        return ""
    if ratio["interval"]:
        return f"{ratio['estimate']:.2f}x ({ratio['interval'][0]:.2f} to {ratio['interval'][1]:.2f})"
    rounds = len(ratio["rounds"])
    return f"{ratio['estimate']:.2f}x ({rounds} round{'s' * (rounds > 1)})"


def table(header, rows, numbers=0):
    """A Markdown table; the `numbers` columns after the first are aligned to the right."""
    rules = ["---:" if 0 < column <= numbers else ":---" for column in range(len(header))]
    return ["| " + " | ".join(row) + " |" for row in [header, rules, *rows]]

"""The comparison as Markdown: targets, machine, contenders, and a table a case."""
import statistics

DESCRIPTIONS = {
    "published": (
        "PyTorch and transformers as installed, running the published algorithm: each of three perturbation passes and the "
        "update draws z anew with `torch.normal` and makes new tensors. Every option is a row of its own, padded on the left "
        "to a multiple of 8, and logits are computed at every position."),
    "in-place": (
        "PyTorch with additions in place, z still drawn in each of the four passes. Rows are padded on the right only as far "
        "as the longest one, options of one token share their prompt's row, and logits are computed at option tokens only."),
    "careful": (
        "The best careful PyTorch we know that keeps its generator: as `in-place`, and z is drawn once a step and kept, which "
        "takes a second copy of the parameters. The C library's allocator is told to keep freed memory, which saves page faults."),
    "reference": (
        "`lezobench`, reference plan: three perturbation passes and one update pass, padded rows, every option a row, logits at "
        "every position. This is what the papers' cost model counts."),
    "fused": (
        "`lezobench`, fused plan: one pass over the parameters a step, in which both probes are computed side by side and no "
        "perturbed parameter is stored. Nothing is padded, options share their prompt, and logits are computed at option tokens only."),
}

# Of which case, how many times faster than which contender a plan of ours is to be.
TARGETS = [
    ("opt-125m-16x64", "reference", "published", 2.2),
    ("opt-125m-16x64", "fused", "published", 3.7),
    ("opt-125m-16x64", "fused", "careful", 1.25),
    ("opt-125m-sst2", "fused", "published", 7.0),
]


def markdown(result):
    """The whole report of a result as the comparison collects it."""
    lines = ["# MeZO steps: lezobench beside PyTorch", ""]
    lines += ["## In short", ""] + targets(result)
    lines += ["", "## What was run, and on what", "", f"{result['date']}, with", "", "```sh", *result["commands"], "```", ""]
    lines += table(["property", "value"], [[key, str(value)] for key, value in result["machine"].items()], numbers=0)
    lines += ["", load_remark(result), ""]
    lines += ["Each round runs every contender of a case in a fresh process, in an order that rotates from round to round. "
              "A process takes one step to warm up and is then timed; its value is the median of its timed steps. "
              "Ratios are paired by round: Hodges-Lehmann estimate of the log ratios with the exact 95% signed-rank "
              "interval, which takes at least six rounds.", ""]
    lines += [f"- **{name}**: {DESCRIPTIONS[name]}" for name in DESCRIPTIONS if name in result["contenders"]]
    for case in result["cases"]:
        lines += ["", f"## {case['title']}", "", *case_table(case)]
    lines += ["", "## What was checked on the way", "", *[f"- {check}" for check in result["checks"]], ""]
    return "\n".join(lines)


def targets(result):
    """How far each target is met, as a table."""
    rows = []
    for case_name, plan, contender, target in TARGETS:
        for case in result["cases"]:
            ratio = case["ratios"].get(f"{contender}/{plan}") if case["name"] == case_name else None
            if ratio:
                low = ratio["interval"][0] if ratio["interval"] else None
                verdict = "met" if (low or 0) >= target else "met, by the estimate" if ratio["estimate"] >= target else "missed"
                rows.append([case["title"], f"{plan} plan, next to {contender}", shown(ratio), f"{target:.2f}x", verdict])
    header = ["case", "speedup of a step", "measured", "target", "result"]
    return table(header, rows, numbers=0) if rows else ["No case with a target was run."]


def case_table(case):
    """Times, phases, memory and ratios of one case."""
    rows = []
    for name, rounds in case["rounds"].items():
        times = [entry["stepNanoseconds"] for entry in rounds]
        phases = [statistics.median(entry["phases"][phase] for entry in rounds) / 1e6
                  for phase in ("perturb", "forward", "update")]
        ratios = ["" if name == plan else shown(case["ratios"].get(f"{name}/{plan}")) for plan in ("reference", "fused")]
        rows.append([
            name, f"{len(rounds)} x {rounds[0]['timedSteps']}", f"{statistics.median(times) / 1e6:.0f}",
            f"{min(times) / 1e6:.0f} to {max(times) / 1e6:.0f}", *(f"{value:.0f}" for value in phases),
            mebibytes(rounds, "peakBytes"), mebibytes(rounds, "aboveModelBytes"), *ratios])
    header = ["contender", "rounds x steps", "step (ms)", "rounds' range", "perturb (ms)", "forward (ms)", "update (ms)",
              "peak memory (MiB)", "above the model (MiB)", "time over reference", "time over fused"]
    notes = [f"Batches: {case['batches']}."]
    notes += [f"{name} was left out: {reason}." for name, reason in case.get("leftOut", {}).items()]
    return table(header, rows, numbers=8) + [""] + notes


def load_remark(result):
    """How quiet the machine was."""
    entries = [entry for case in result["cases"] for rounds in case["rounds"].values() for entry in rounds]
    others = [entry["otherLoad"] for entry in entries]
    stolen = [entry["stolen"] for entry in entries]
    again = sum(entry["attempts"] - 1 for entry in entries)
    return (
        f"While a contender ran, other processes took {statistics.median(others):.1%} of the processors (median; at most "
        f"{max(others):.1%}) and other virtual machines {statistics.median(stolen):.1%} (at most {max(stolen):.1%}). "
        f"Load average {result['loadBefore']:.2f} before the first round, {result['loadAfter']:.2f} after the last, "
        f"contenders included; {result['minutes']:.1f} minutes in all. "
        f"Processes run again for being disturbed: {again}.")


def shown(ratio):
    """A ratio with its interval, or with its rounds where these are too few."""
    if ratio is None:
        return ""
    if ratio["interval"]:
        return f"{ratio['estimate']:.2f}x ({ratio['interval'][0]:.2f} to {ratio['interval'][1]:.2f})"
    rounds = len(ratio["rounds"])
    return f"{ratio['estimate']:.2f}x ({rounds} round{'' if rounds == 1 else 's'})"


def mebibytes(rounds, field):
    """The median of a number of bytes over rounds, in MiB."""
    return f"{statistics.median(entry[field] for entry in rounds) / 2**20:.0f}"


def table(header, rows, numbers):
    """A Markdown table; the `numbers` columns after the first are aligned to the right."""
    rules = [":---"] + ["---:" if 0 < column <= numbers else ":---" for column in range(1, len(header))]
    return ["| " + " | ".join(row) + " |" for row in [header, rules, *rows]]

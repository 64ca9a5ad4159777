"""MeZO steps of lezobench: the command that times them in a process of its own, and its answer in common terms."""


def command(lezobench, model, plan, batch_file, shape, steps, threads):
    """The command line; `shape` is (batch, tokens) for random tokens, or None for the batch in the file."""
    work = ["--shape", "x".join(map(str, shape))] if shape else ["--batch", batch_file]
    return [
        lezobench, "bench", "steps", "--json", "--model", model, *work, "--sparsity", "0", "--plan", plan, "--steps",
        str(steps), "--rounds", "1", "--threads", str(threads),
    ]


def in_common_terms(answer):
    """The command's answer as pytorch_steps.py gives its own.

    The model's parameters alone count as the built model, so what is above it holds the program and its libraries too.
    """
    steps = answer["steps"]
    only_round = steps["cells"][0]["rounds"][0]
    return {
        "warmUp": common_step(only_round["warmup"][-1]),
        "steps": [common_step(record) for record in only_round["steps"]],
        "builtBytes": steps["parameterBytes"], "peakBytes": steps["peakResidentBytes"],
    }


def common_step(record):
    """A step's phases and losses."""
    phases = {phase: record["times"][f"{phase}Nanoseconds"] for phase in ("select", "perturb", "forward", "update")}
    return {"phases": phases, "lossPlus": record["lossPlus"], "lossMinus": record["lossMinus"]}

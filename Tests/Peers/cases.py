"""What is compared: the cases, the contenders, and how many steps of each are timed."""
import dataclasses

# These share weights, batch and noise, and so have the same losses.
SAME_NOISE_IN_PYTORCH = ("published", "in-place", "careful")
PYTORCH = (*SAME_NOISE_IN_PYTORCH, "careful-two-streams")
OURS = ("reference", "fused")
USUAL = ("published", "careful", *OURS)


@dataclasses.dataclass(frozen=True)
class Case:
    """Batches of one kind on one model. The slower a contender, the fewer steps of it are timed in a round."""

    name: str
    title: str
    model: str
    # (batch, tokens) of random tokens, or None for batches of SST-2.
    shape: tuple | None
    rounds: int
    steps: dict
    contenders: tuple = USUAL


SOME_STEPS = {"published": 1, "in-place": 1, "careful": 2, "careful-two-streams": 2, "reference": 2, "fused": 2}
ONE_STEP = dict.fromkeys(SOME_STEPS, 1)
CASES = {
    case.name: case
    for case in (
        Case(
            "opt-125m-16x64", "opt-125m, 16 x 64 tokens", "opt-125m", (16, 64), 6, SOME_STEPS,
            ("published", "careful", "careful-two-streams", *OURS)),
        Case("opt-125m-sst2", "opt-125m, SST-2, 16 examples", "opt-125m", None, 6, SOME_STEPS),
        Case("opt-125m-1x32", "opt-125m, 1 x 32 tokens", "opt-125m", (1, 32), 2, SOME_STEPS),
        Case("opt-125m-16x32", "opt-125m, 16 x 32 tokens", "opt-125m", (16, 32), 2, SOME_STEPS),
        Case("opt-1.3b-8x32", "opt-1.3b, 8 x 32 tokens", "opt-1.3b", (8, 32), 1, ONE_STEP),
    )
}


@dataclasses.dataclass(frozen=True)
class Target:
    """How many times faster than a contender a plan of ours is to be in a case."""

    case: str
    plan: str
    contender: str
    speedup: float


TARGETS = [
    Target("opt-125m-16x64", "reference", "published", 2.2),
    Target("opt-125m-16x64", "fused", "published", 3.7),
    Target("opt-125m-16x64", "fused", "careful", 1.25),
    Target("opt-125m-sst2", "fused", "published", 7.0),
]

DESCRIPTIONS = {
    "published": (
        "PyTorch and transformers as installed, running the published algorithm: each of three perturbation passes and "
        "the update draws z anew with `torch.normal` and makes new tensors. Every option is a row of its own, padded "
        "on the left to a multiple of 8, and logits are computed at every position."),
    "in-place": (
        "As `careful`, but z is drawn in each of the four passes and not kept, and the allocator is as installed."),
    "careful": (
        "PyTorch with additions in place; z is drawn once a step and kept, which takes a second copy of the "
        "parameters. Rows are padded on the right as far as the longest one, options of one token share their prompt's "
        "row, logits are computed at option tokens only, and the C library's allocator is told to keep freed memory."),
    "careful-two-streams": (
        "As `careful`, with z drawn by two generators in two threads, for one of PyTorch's generators keeps to one "
        "thread. These are not the numbers that PyTorch draws for a seed."),
    "reference": (
        "`lezobench`, reference plan: three perturbation passes and one update pass, padded rows, every option a row, "
        "logits at every position. This is what the papers' cost model counts."),
    "fused": (
        "`lezobench`, fused plan: one pass over the parameters a step, in which both probes are computed side by side "
        "and no perturbed parameter is stored; perturb and update are what its threads spend there on drawing z and "
        "adding it, on average. Nothing is padded, options share their prompt, and logits are computed at option "
        "tokens only."),
}

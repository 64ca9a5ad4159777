"""What is compared: the cases, the contenders, and how many steps of each are timed."""
import dataclasses

PYTORCH = ("published", "in-place", "careful")
OURS = ("reference", "fused")


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


SOME_STEPS = {"published": 1, "in-place": 1, "careful": 2, "reference": 3, "fused": 3}
ONE_STEP = dict.fromkeys(SOME_STEPS, 1)
CASES = {
    case.name: case
    for case in (
        Case("opt-125m-16x64", "opt-125m, 16 x 64 tokens", "opt-125m", (16, 64), 6, SOME_STEPS),
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
        "PyTorch with additions in place, z still drawn in each of the four passes. Rows are padded on the right, only "
        "as far as the longest one, options of one token share their prompt's row, and logits are computed at option "
        "tokens only."),
    "careful": (
        "The best careful PyTorch we know: as `in-place`, and z is drawn once a step and kept, which takes a second "
        "copy of the parameters. The C library's allocator is told to keep freed memory, which saves page faults."),
    "reference": (
        "`lezobench`, reference plan: three perturbation passes and one update pass, padded rows, every option a row, "
        "logits at every position. This is what the papers' cost model counts."),
    "fused": (
        "`lezobench`, fused plan: one pass over the parameters a step, in which both probes are computed side by side "
        "and no perturbed parameter is stored. Nothing is padded, options share their prompt, and logits are computed "
        "at option tokens only."),
}

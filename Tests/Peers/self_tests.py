"""Checks of the comparison itself: its statistics, its batches and the ways to compute a step in PyTorch."""
import json
import os
import zlib

import batches
import cases
import paired_ratios

HERE = os.path.dirname(os.path.abspath(__file__))
GOLDENS = os.path.join(HERE, "..", "TasksTests", "Fixtures", "task_goldens.json")


def check_sst2(data_folder, tokenizer_folder):
    """The first batch has the examples and tokens that TasksTests hold the tool's SST-2 task to."""
    ours = batches.SST2Batches(data_folder, tokenizer_folder)
    with open(GOLDENS) as file:
        goldens = {row["id"]: row for row in json.load(file)["tasks"]["sst2"]["encoded"]["opt"]}
    first = ours.batch(0)["examples"]
    found = [(f"train:{index}", example) for index, example in zip(ours.order, first) if f"train:{index}" in goldens]
    assert len(found) >= 10, f"only {len(found)} of the first batch's examples have golden values"
    for name, example in found:
        options = [[option["scored"], len(option["tokens"]), checksum(option["tokens"])]
                   for option in example["options"]]
        assert options == goldens[name]["options"], f"{name}: {options}, not {goldens[name]['options']}"
        assert [example["gold"]] == goldens[name]["gold"], f"{name}: gold {example['gold']}"


def checksum(tokens):
    """As the golden values have it: CRC-32 of the decimal ids with a space between two."""
    return zlib.crc32(" ".join(map(str, tokens)).encode())


def check_contenders():
    """On a tiny model all contenders restore the parameters and update them along z, and those of one noise agree."""
    import torch
    from transformers import OPTConfig, OPTForCausalLM

    from contenders import CONTENDERS, LEARNING_RATE, PERTURBATION_SCALE
    from pytorch_steps import projected_gradient, step
    from step_watch import StepWatch

    config = OPTConfig(
        vocab_size=97, hidden_size=32, ffn_dim=64, num_hidden_layers=3, num_attention_heads=4,
        max_position_embeddings=64, word_embed_proj_dim=32)
    text = batches.random_batch(5, 11, 3)
    several = {"examples": [
        {"gold": gold, "options": [{"tokens": [0, *range(5, 5 + length), *option], "scored": len(option)}
                                   for option in ([40], [41, 42], [43])]}
        for gold, length in [(0, 3), (2, 9), (1, 1)]]}
    for example in text["examples"]:
        example["options"][0]["tokens"] = [4 + token % 90 for token in example["options"][0]["tokens"]]
    for what, batch in (("text", text), ("options", several)):
        losses = {}
        for name, contender in CONTENDERS.items():
            torch.manual_seed(0)
            model = OPTForCausalLM(config).eval()
            watch = StepWatch(model)
            first = step(contender(model, batch), 7, watch)
            watch.check(projected_gradient(first), PERTURBATION_SCALE, LEARNING_RATE)
            if name in cases.SAME_NOISE_IN_PYTORCH:
                losses[name] = [first["lossPlus"], first["lossMinus"]]
        for name, pair in losses.items():
            for value, expected in zip(pair, losses["published"]):
                assert abs(value - expected) < 1e-5, f"{what}: losses {losses}"


def run(data_folder, tokenizer_folder):
    """Runs every check; the one on SST-2 only where its archive is."""
    paired_ratios.check_against_scipy()
    print("ok: Hodges-Lehmann estimate and signed-rank interval agree with SciPy")
    check_contenders()
    print("ok: the contenders agree on losses, restoring and updating")
    if os.path.exists(os.path.join(data_folder, "glue", "SST-2.zip")):
        check_sst2(data_folder, tokenizer_folder)
        print("ok: the SST-2 batch is the one that TasksTests describe")
    else:
        print("skipped: no SST-2 archive, see --data")

"""Times MeZO steps of one PyTorch contender in this process and prints one JSON object; run by the comparison.

    python pytorch_steps.py CONTENDER MODEL BATCH_FILE --steps N [--threads 2] [--seed 1]
"""
import argparse
import ctypes
import gc
import json
import os
import time

# The model is built from its configuration; nothing is fetched.
os.environ["HF_HUB_OFFLINE"] = "1"

import torch
from transformers import OPTConfig, OPTForCausalLM

from contenders import CONTENDERS, LEARNING_RATE, PERTURBATION_SCALE
from step_watch import StepWatch

SHAPES = {
    "opt-125m": dict(hidden_size=768, ffn_dim=3072, num_hidden_layers=12, num_attention_heads=12),
    "opt-1.3b": dict(hidden_size=2048, ffn_dim=8192, num_hidden_layers=24, num_attention_heads=32),
}


def build(name):
    """An OPT of the official shape with random weights, ready for evaluation."""
    shape = SHAPES[name]
    config = OPTConfig(
        vocab_size=50_272, max_position_embeddings=2048, word_embed_proj_dim=shape["hidden_size"], **shape)
    torch.manual_seed(0)
    return OPTForCausalLM(config).eval()


def memory_bytes(field):
    """A field of this process's memory in bytes: VmRSS, or VmHWM for the peak."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith(field + ":"))


def forget_peak():
    """Gives freed memory back to the system, then sets VmHWM to what is left resident."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    with open("/proc/self/clear_refs", "w") as switch:
        switch.write("5")


def projected_gradient(losses):
    """(L+ - L-) / (2 eps)."""
    return (losses["lossPlus"] - losses["lossMinus"]) / (2 * PERTURBATION_SCALE)


def step(contender, seed, watch=None):
    """One MeZO step: phase times in ns, and both losses."""
    look = watch.look if watch else lambda moment: None
    clock = time.perf_counter_ns
    spent = {"perturb": 0, "forward": 0, "update": 0}

    def timed(phase, work, *arguments):
        start = clock()
        result = work(*arguments)
        spent[phase] += clock() - start
        return result

    look("before")
    timed("perturb", contender.begin, seed)
    timed("perturb", contender.perturb, 1)
    look("raised")
    losses = {"lossPlus": timed("forward", contender.loss)}
    timed("perturb", contender.perturb, -2)
    look("lowered")
    losses["lossMinus"] = timed("forward", contender.loss)
    timed("perturb", contender.perturb, 1)
    look("restored")
    timed("update", contender.update, projected_gradient(losses))
    look("updated")
    return {"phases": spent, **losses}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("contender", choices=CONTENDERS)
    parser.add_argument("model", choices=SHAPES)
    parser.add_argument("batch")
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    with open(arguments.batch) as file:
        batch = json.load(file)
    model = build(arguments.model)
    forget_peak()
    built = memory_bytes("VmRSS")
    contender = CONTENDERS[arguments.contender](model, batch)
    watch = StepWatch(model)
    warm_up = step(contender, arguments.seed, watch)
    largest_deviation = watch.check(projected_gradient(warm_up), PERTURBATION_SCALE, LEARNING_RATE)
    steps = [step(contender, arguments.seed + 1 + number) for number in range(arguments.steps)]
    print(json.dumps({
        "warmUp": warm_up, "steps": steps, "largestDeviation": largest_deviation, "builtBytes": built,
        "peakBytes": memory_bytes("VmHWM"),
    }))


if __name__ == "__main__":
    main()

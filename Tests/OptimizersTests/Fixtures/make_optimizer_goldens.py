"""Writes golden trajectories of first-order optimizers, computed by torch.optim.

Usage: python make_optimizer_goldens.py   (needs torch and transformers; writes optimizers.json beside itself)

A matrix of 3 x 7 and a bias of 5 get the same sequence of gradients in every case; what is written are the elements
after each step. Weight decay acts on the matrix alone. Schedules are those of transformers, clipping is torch's.
"""
import json
import pathlib
import sys

import torch
import transformers

HERE = pathlib.Path(__file__).parent
STEPS = 12
CASES = [
    {"name": "sgd", "rule": "sgd", "learning_rate": 0.1, "schedule": "constant"},
    {"name": "sgd with momentum and decay", "rule": "sgd", "learning_rate": 0.05, "schedule": "linear",
     "momentum": 0.9, "weight_decay": 0.1},
    {"name": "adam with decay", "rule": "adam", "learning_rate": 0.02, "schedule": "constant", "weight_decay": 0.1},
    {"name": "adamw", "rule": "adamw", "learning_rate": 0.02, "schedule": "constant", "weight_decay": 0.1},
    {"name": "adamw, clipped, warmed up", "rule": "adamw", "learning_rate": 0.05, "schedule": "linear",
     "warmup_steps": 4, "weight_decay": 0.01, "maximum_norm": 2.0, "betas": [0.8, 0.95], "epsilon": 1e-6},
    {"name": "sgd, clipped, warmed up", "rule": "sgd", "learning_rate": 0.05, "schedule": "constant",
     "warmup_steps": 3, "maximum_norm": 1.0},
]


def draws():
    generator = torch.Generator().manual_seed(5)

    def pair(scale):
        return [scale * torch.randn(shape, generator=generator) for shape in ((3, 7), (5,))]

    # Norms between half and twice that of the start, so that clipping acts on some steps and not on others.
    return pair(1.0), [pair(0.1 + 0.15 * (step % 5)) for step in range(STEPS)]


def trajectory(case, start, gradients):
    matrix, bias = (torch.nn.Parameter(tensor.clone()) for tensor in start)
    groups = [{"params": [matrix], "weight_decay": case.get("weight_decay", 0.0)},
              {"params": [bias], "weight_decay": 0.0}]
    if case["rule"] == "sgd":
        optimizer = torch.optim.SGD(groups, lr=case["learning_rate"], momentum=case.get("momentum", 0.0))
    else:
        kind = torch.optim.AdamW if case["rule"] == "adamw" else torch.optim.Adam
        optimizer = kind(groups, lr=case["learning_rate"], betas=case.get("betas", [0.9, 0.999]),
                         eps=case.get("epsilon", 1e-8), foreach=False)
    if case["schedule"] == "linear":
        schedule = transformers.get_linear_schedule_with_warmup(optimizer, case.get("warmup_steps", 0), STEPS)
    else:
        schedule = transformers.get_constant_schedule_with_warmup(optimizer, case.get("warmup_steps", 0))
    rows, norms, rates = [], [], []
    for own in gradients:
        matrix.grad, bias.grad = (tensor.clone() for tensor in own)
        norms.append(torch.nn.utils.clip_grad_norm_([matrix, bias], case.get("maximum_norm", float("inf"))).item())
        rates.append(schedule.get_last_lr()[0])
        optimizer.step()
        schedule.step()
        rows.append(matrix.detach().flatten().tolist() + bias.detach().tolist())
    return {**case, "parameters": rows, "norms": norms, "rates": rates}


def main():
    start, gradients = draws()
    flat = lambda pair: [value for tensor in pair for value in tensor.flatten().tolist()]
    (HERE / "optimizers.json").write_text(json.dumps({
        "versions": {"python": sys.version.split()[0], "torch": torch.__version__.split("+")[0],
                     "transformers": transformers.__version__},
        "start": flat(start), "gradients": [flat(pair) for pair in gradients],
        "cases": [trajectory(case, start, gradients) for case in CASES],
    }) + "\n")


main()

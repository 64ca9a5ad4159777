"""Writes golden gradients of the output head alone, and a few steps of AdamW on it, computed by torch.

Usage: python make_head_goldens.py   (after make_gradient_goldens.py; needs torch, transformers, numpy)

As `OPTForCausalLM.forward` in `ht_opt.py` of MeZO's large-model code does it: the decoder runs under `no_grad`, then the
head is applied. Only the head's weight has a gradient; where it is the embeddings' too, these change with each step, but
their own use passes nothing back. For each model of models.json, on two losses of make_gradient_goldens.py, writes
NAME.LOSS.head.f32: the gradient of the head's weight, then the weight after the steps, as little-endian float32; and
heads.json with the losses and gradient norms of all steps and the versions used. Computed in float64.

The steps are those of the published trainer: AdamW without weight decay, gradients clipped to norm 1, a learning rate that
falls to 0 in a straight line. All on the same batch.
"""
import json
import pathlib
import sys

import numpy
import torch
import transformers

from make_gradient_goldens import batches, loss_of
from make_half_goldens import build, load

HERE = pathlib.Path(__file__).parent
LEARNING_RATE, STEPS = 0.01, 6


class HeadAlone:
    """The model with everything before its head under no_grad."""

    def __init__(self, model):
        self.model = model
        self.before = model.model.decoder if model.config.model_type == "opt" else model.model

    def __call__(self, input_ids, use_cache):
        with torch.no_grad():
            hidden = self.before(input_ids=input_ids, use_cache=use_cache).last_hidden_state
        return transformers.modeling_outputs.CausalLMOutput(logits=self.model.lm_head(hidden))


def head_of(model):
    """The name and tensor of the one parameter that is tuned."""
    weight = model.lm_head.weight
    names = [name for name, parameter in model.named_parameters() if parameter is weight]
    assert len(names) == 1, names
    return names[0], weight


def train(entry, loss_name, batch):
    model = build(entry["config"]).double().eval()
    load(model, entry, torch.float32)
    name, weight = head_of(model)
    for other, parameter in model.named_parameters():
        parameter.requires_grad_(other == name)
    start = {other: parameter.detach().clone() for other, parameter in model.named_parameters()}
    optimizer = torch.optim.AdamW([weight], lr=LEARNING_RATE, weight_decay=0.0)
    schedule = transformers.get_linear_schedule_with_warmup(optimizer, 0, STEPS)
    first, losses, norms = None, [], []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = loss_of(HeadAlone(model), loss_name, *batch)
        loss.backward()
        if first is None:
            first = weight.grad.clone()
        losses.append(loss.item())
        norms.append(torch.nn.utils.clip_grad_norm_([weight], 1.0).item())
        optimizer.step()
        schedule.step()
    for other, parameter in model.named_parameters():
        assert torch.equal(parameter, start[other]) == (other != name), other
    flat = numpy.concatenate([tensor.detach().numpy().ravel() for tensor in (first, weight)])
    flat.astype("<f4").tofile(HERE / f"{entry['name']}.{loss_name}.head.f32")
    return {"name": loss_name, "head": name, "losses": losses, "norms": norms}


def main():
    result = {
        "python": sys.version.split()[0], "torch": torch.__version__.split("+")[0],
        "transformers": transformers.__version__, "numpy": numpy.__version__,
        "learning_rate": LEARNING_RATE, "models": [],
    }
    for entry in json.loads((HERE / "models.json").read_text())["models"]:
        batch = batches(entry["config"]["vocab_size"])
        result["models"].append({
            "name": entry["name"], "cases": [train(entry, name, batch[name]) for name in ("options", "answers")]})
    (HERE / "heads.json").write_text(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()

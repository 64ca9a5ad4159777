"""Writes golden losses and gradients of the small models, computed by torch autograd on transformers' models.

Usage: python make_gradient_goldens.py   (after make_model_goldens.py; needs torch, transformers, numpy)

Reads models.json and the weights beside it. For each model and each of three losses writes the gradient of every
parameter: NAME.LOSS.gradient.f32, tensors in the order of models.json as little-endian float32; and gradients.json with
the batches, the losses and the versions used. The losses are those of training:

- "options": cross-entropy over the options of each example, by the mean log-probability of each option's last tokens;
- "answers": the mean negative log-probability of all answer tokens of the batch;
- "next-token": the same with every token but the first scored.

Sequences run one by one without padding, in float64, so that what is written is exact to float32.
"""
import json
import pathlib
import sys

import numpy
import torch
import transformers

from make_half_goldens import build, load

HERE = pathlib.Path(__file__).parent
torch.set_num_threads(1)


def batches(vocabulary):
    """Sequences, how many of their last tokens are scored, and the options of each example."""
    generator = torch.Generator().manual_seed(11)

    def tokens(count):
        return torch.randint(3, vocabulary, (count,), generator=generator).tolist()

    options, counts, examples = [], [], []
    # Examples whose options share most of the prompt, little of it, and options of several tokens.
    for prompt, tails in ((14, (1, 1)), (9, (2, 3, 1)), (1, (9, 8)), (21, (1, 1))):
        beginning = tokens(prompt)
        examples.append({"options": len(tails), "gold": len(options) % len(tails)})
        for tail in tails:
            options.append(beginning + tokens(tail))
            counts.append(tail)
    answers = [tokens(17), tokens(6), tokens(30)]
    texts = [tokens(40), tokens(2), tokens(23)]
    return {
        "options": (options, counts, examples),
        "answers": (answers, [5, 1, 9], []),
        "next-token": (texts, [len(text) - 1 for text in texts], []),
    }


def scores(model, sequence, count):
    logits = model(input_ids=torch.tensor([sequence]), use_cache=False).logits[0]
    rows = torch.log_softmax(logits, dim=-1)[-count - 1:-1]
    return rows[torch.arange(count), torch.tensor(sequence[-count:])]


def loss_of(model, name, sequences, counts, examples):
    values = [scores(model, sequence, count) for sequence, count in zip(sequences, counts)]
    if name != "options":
        return -torch.cat(values).mean()
    means, losses, first = torch.stack([value.mean() for value in values]), [], 0
    for example in examples:
        own = means[first:first + example["options"]]
        losses.append(torch.logsumexp(own, 0) - own[example["gold"]])
        first += example["options"]
    return torch.stack(losses).mean()


def main():
    result = {
        "python": sys.version.split()[0], "torch": torch.__version__.split("+")[0],
        "transformers": transformers.__version__, "numpy": numpy.__version__, "models": [],
    }
    for entry in json.loads((HERE / "models.json").read_text())["models"]:
        model = build(entry["config"]).double().eval()
        load(model, entry, torch.float32)
        cases = []
        for name, (sequences, counts, examples) in batches(entry["config"]["vocab_size"]).items():
            model.zero_grad()
            loss = loss_of(model, name, sequences, counts, examples)
            loss.backward()
            parameters = dict(model.named_parameters())
            gradients = [parameters[tensor["name"]].grad for tensor in entry["tensors"]]
            flat = numpy.concatenate([gradient.numpy().ravel() for gradient in gradients]).astype("<f4")
            flat.tofile(HERE / f"{entry['name']}.{name}.gradient.f32")
            cases.append({
                "name": name, "sequences": sequences, "scored": counts, "examples": examples,
                "loss": loss.item(),
            })
        result["models"].append({"name": entry["name"], "cases": cases})
    (HERE / "gradients.json").write_text(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()

"""Writes golden losses and gradients of adapters on the small models, computed by torch autograd.

Usage: python make_adapter_goldens.py   (after make_gradient_goldens.py; needs torch, transformers, numpy)

The adapters are stated here anew, on transformers' models whose own weights are frozen: low-rank ones as a module
around a projection, `W x + alpha / r * B (A x)`; prefixes as a cache of keys and values before the tokens, whose
positions stay as they are. For each model and adapter writes NAME.ADAPTER.adapter.f32: all its parameters one after
another, layer by layer, then their gradients in the same order, as little-endian float32; and adapters.json with
names, shapes, the batch, its log-probabilities, its loss and the versions used. Computed in float64.

For each model also NAME.prefix-start.f32: the keys and values that its untouched attention gives for a few tokens from
position 0 on, layer by layer, one row a token, as transformers caches them (keys rotated where the model rotates them).
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
ADAPTERS = {
    "low-rank": {"rank": 3, "alpha": 6.0, "projections": ["query", "value"]},
    "low-rank-keys": {"rank": 2, "alpha": 5.0, "projections": ["query", "key", "value"]},
    "prefix": {"pairs": 3},
}
# What `DecoderModel.prefixTokens` draws for four tokens and seed 9, by the size of the vocabulary.
PREFIX_TOKENS = {90: [18, 8, 2, 61], 96: [19, 8, 2, 65], 101: [20, 9, 3, 68]}
MODULES = {"query": "q_proj", "key": "k_proj", "value": "v_proj"}


class LowRank(torch.nn.Module):
    def __init__(self, inner, rank, alpha, draw):
        super().__init__()
        self.inner, self.scale = inner, alpha / rank
        self.down = torch.nn.Parameter(draw(rank, inner.in_features))
        self.up = torch.nn.Parameter(draw(inner.out_features, rank))

    def forward(self, x):
        return self.inner(x) + self.scale * (x @ self.down.T @ self.up.T)


class WithPrefix(torch.nn.Module):
    """The model with keys and values before those of the tokens."""

    def __init__(self, model, pairs, draw):
        super().__init__()
        self.model, self.config = model, model.config
        heads = getattr(model.config, "num_key_value_heads", None) or model.config.num_attention_heads
        size = model.config.hidden_size // model.config.num_attention_heads
        self.heads, self.size, self.pairs = heads, size, pairs
        layers = range(model.config.num_hidden_layers)
        self.prefixes = torch.nn.ParameterList(
            torch.nn.Parameter(draw(pairs, heads * size)) for _ in layers for _ in range(2))

    def forward(self, input_ids, use_cache):
        cache = transformers.DynamicCache()
        split = lambda rows: rows.view(1, self.pairs, self.heads, self.size).transpose(1, 2)
        for layer in range(self.config.num_hidden_layers):
            cache.update(split(self.prefixes[2 * layer]), split(self.prefixes[2 * layer + 1]), layer)
        count = input_ids.shape[1]
        return self.model(
            input_ids=input_ids, past_key_values=cache, use_cache=True,
            attention_mask=torch.ones(1, self.pairs + count, dtype=torch.long),
            position_ids=torch.arange(count)[None])


def scores(model, sequence, count):
    logits = model(input_ids=torch.tensor([sequence]), use_cache=False).logits[0]
    return torch.log_softmax(logits, dim=-1)[-count - 1:-1][torch.arange(count), torch.tensor(sequence[-count:])]


def attach(model, settings, draw):
    """The model to call, and its adapters' names and parameters in order."""
    is_opt = model.config.model_type == "opt"
    layers = model.model.decoder.layers if is_opt else model.model.layers
    name = "model.decoder.layers.{}.self_attn." if is_opt else "model.layers.{}.self_attn."
    if "pairs" in settings:
        wrapped = WithPrefix(model, settings["pairs"], draw)
        names = [name.format(layer) + kind for layer in range(len(layers)) for kind in ("prefix_keys", "prefix_values")]
        return wrapped, list(zip(names, wrapped.prefixes))
    found = []
    for index, layer in enumerate(layers):
        for projection in settings["projections"]:
            module = MODULES[projection]
            adapter = LowRank(getattr(layer.self_attn, module), settings["rank"], settings["alpha"], draw)
            setattr(layer.self_attn, module, adapter)
            found += [(name.format(index) + module + ".lora_A.weight", adapter.down),
                      (name.format(index) + module + ".lora_B.weight", adapter.up)]
    return model, found


def prefix_start(entry):
    """Keys and values of the tokens that a prefix begins as, [tokens, heads x size], layer by layer."""
    model = build(entry["config"]).double().eval()
    load(model, entry, torch.float32)
    tokens = PREFIX_TOKENS[entry["config"]["vocab_size"]]
    with torch.no_grad():
        cache = model(input_ids=torch.tensor([tokens]), use_cache=True).past_key_values
    rows = [part[0].transpose(0, 1).reshape(len(tokens), -1)
            for layer in cache.layers for part in (layer.keys, layer.values)]
    numpy.concatenate([row.numpy().ravel() for row in rows]).astype("<f4").tofile(
        HERE / f"{entry['name']}.prefix-start.f32")
    return tokens


def main():
    result = {
        "python": sys.version.split()[0], "torch": torch.__version__.split("+")[0],
        "transformers": transformers.__version__, "numpy": numpy.__version__, "models": [],
    }
    for entry in json.loads((HERE / "models.json").read_text())["models"]:
        sequences, counts, examples = batches(entry["config"]["vocab_size"])["options"]
        cases = []
        for adapter_name, settings in ADAPTERS.items():
            generator = torch.Generator().manual_seed(23)
            # Numbers that float32 holds, so that both sides start from the same ones.
            draw = lambda *shape: (0.4 * torch.randn(shape, generator=generator)).double()
            model = build(entry["config"]).double().eval()
            load(model, entry, torch.float32)
            model.requires_grad_(False)
            model, parameters = attach(model, settings, draw)
            loss = loss_of(model, "options", sequences, counts, examples)
            loss.backward()
            values = [scores(model, sequence, count).tolist() for sequence, count in zip(sequences, counts)]
            flat = [tensor.detach().numpy().ravel() for _, tensor in parameters]
            flat += [tensor.grad.numpy().ravel() for _, tensor in parameters]
            numpy.concatenate(flat).astype("<f4").tofile(HERE / f"{entry['name']}.{adapter_name}.adapter.f32")
            cases.append({
                "name": adapter_name, "settings": settings, "loss": loss.item(), "scores": values,
                "tensors": [{"name": name, "shape": list(tensor.shape)} for name, tensor in parameters],
            })
        result["models"].append({"name": entry["name"], "prefix_start": prefix_start(entry), "cases": cases})
    (HERE / "adapters.json").write_text(json.dumps(result) + "\n")


main()

"""Writes golden log-probabilities of the small models with weights rounded to 16 bits, computed by transformers.

Usage: python make_half_goldens.py   (after make_model_goldens.py; needs torch, transformers, numpy)

Reads models.json and the weights beside it, rounds the weights to bfloat16 and to float16, computes in float32, and
writes for each model NAME.bfloat16.expected.f32 and NAME.float16.expected.f32: the log-softmax rows of every real token
of the batch "padded"; and half_goldens.json with the versions used.
"""
import json
import pathlib
import sys

import numpy
import torch
import transformers
from transformers import LlamaConfig, LlamaForCausalLM, OPTConfig, OPTForCausalLM

HERE = pathlib.Path(__file__).parent
torch.set_num_threads(1)


def build(config):
    common = dict(
        vocab_size=config["vocab_size"], hidden_size=config["hidden_size"],
        num_hidden_layers=config["num_hidden_layers"], num_attention_heads=config["num_attention_heads"],
        max_position_embeddings=config["max_position_embeddings"], pad_token_id=1, bos_token_id=2, eos_token_id=2,
    )
    if config["model_type"] == "opt":
        return OPTForCausalLM(OPTConfig(
            **common, ffn_dim=config["ffn_dim"], word_embed_proj_dim=config["word_embed_proj_dim"],
            do_layer_norm_before=config["do_layer_norm_before"], activation_function="relu", dropout=0.0,
            attention_dropout=0.0, attn_implementation="eager"))
    return LlamaForCausalLM(LlamaConfig(
        **common, intermediate_size=config["ffn_dim"], num_key_value_heads=config["num_key_value_heads"],
        rms_norm_eps=config["norm_epsilon"], tie_word_embeddings=config["tie_word_embeddings"],
        rope_parameters={"rope_type": "default", "rope_theta": config["rope_theta"]}, attn_implementation="eager"))


def load(model, entry, kind):
    values = numpy.fromfile(HERE / f"{entry['name']}.f32", dtype="<f4")
    parameters, offset = dict(model.named_parameters()), 0
    assert set(parameters) == {tensor["name"] for tensor in entry["tensors"]}
    with torch.no_grad():
        for tensor in entry["tensors"]:
            count = int(numpy.prod(tensor["shape"]))
            exact = torch.from_numpy(values[offset:offset + count].copy()).reshape(tensor["shape"])
            parameters[tensor["name"]].copy_(exact.to(kind).float())
            offset += count
    assert offset == len(values)


def rows(model, sequence):
    with torch.no_grad():
        logits = model(input_ids=torch.tensor([sequence]), use_cache=False).logits[0]
    return torch.log_softmax(logits, dim=-1).numpy().astype("<f4")


def main():
    for entry in json.loads((HERE / "models.json").read_text())["models"]:
        sequences = next(batch["sequences"] for batch in entry["batches"] if batch["name"] == "padded")
        for name, kind in (("float32", torch.float32), ("bfloat16", torch.bfloat16), ("float16", torch.float16)):
            model = build(entry["config"]).float().eval()
            load(model, entry, kind)
            found = numpy.concatenate([rows(model, sequence) for sequence in sequences])
            if name == "float32":
                # Without rounding these must be the rows of make_model_goldens.py.
                skipped = sum(len(s) for b in entry["batches"] if b["name"] == "unpadded" for s in b["sequences"])
                known = numpy.fromfile(HERE / f"{entry['name']}.expected.f32", dtype="<f4")
                known = known.reshape(-1, found.shape[1])[skipped:skipped + len(found)]
                assert abs(known - found).max() < 1e-4, abs(known - found).max()
                exact = found
            else:
                print(entry["name"], name, "moves log-probabilities by up to", abs(found - exact).max())
                found.ravel().tofile(HERE / f"{entry['name']}.{name}.expected.f32")
    (HERE / "half_goldens.json").write_text(json.dumps({
        "python": sys.version.split()[0], "torch": torch.__version__.split("+")[0],
        "transformers": transformers.__version__, "numpy": numpy.__version__,
    }) + "\n")


if __name__ == "__main__":
    main()

"""Writes generation_goldens.json and opt-longer.f32: what transformers' generate gives as the published protocol asks.

Usage: python make_generation_goldens.py   (needs torch, transformers, numpy; writes beside itself)

Each prompt generates by itself, as the published code does it: greedy, with min(50, longest - prompt) new tokens and
two stop tokens. Prompts have very different lengths; some rows stop at one of the tokens or the other, some at 50,
some where the positions end. Weights of llama-untied.f32 are those of make_model_goldens.py, with more positions.
"""
import json
import pathlib
import sys

import numpy
import torch
import transformers
from transformers import LlamaConfig, LlamaForCausalLM, OPTConfig, OPTForCausalLM

HERE = pathlib.Path(__file__).parent
POSITIONS = 96
PROMPT_LENGTHS = [3, 46, 1, 17, 80, 29, 95, 96, 8, 11, 5, 60]
NEW_TOKENS = 50
torch.set_num_threads(1)


def opt():
    model = OPTForCausalLM(OPTConfig(
        vocab_size=80, hidden_size=24, ffn_dim=48, num_hidden_layers=2, num_attention_heads=3,
        max_position_embeddings=POSITIONS, word_embed_proj_dim=24, do_layer_norm_before=True, activation_function="relu",
        pad_token_id=1, bos_token_id=2, eos_token_id=2, dropout=0.0, attention_dropout=0.0, attn_implementation="eager"))
    generator = torch.Generator().manual_seed(3)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            if "norm" in name and name.endswith("weight"):
                parameter.copy_(1 + 0.2 * noise)
            elif name.endswith("bias"):
                parameter.copy_(0.1 * noise)
            elif "embed" in name:
                parameter.copy_((1.2 if "positions" in name else 0.6) * noise)
            else:
                parameter.copy_(1.6 * noise / parameter.shape[-1] ** 0.5)
    numpy.concatenate([p.detach().numpy().astype("<f4").ravel() for _, p in model.named_parameters()]).tofile(HERE / "opt-longer.f32")
    return model


def llama():
    entry = next(m for m in json.loads((HERE / "models.json").read_text())["models"] if m["name"] == "llama-untied")
    sizes = entry["config"]
    model = LlamaForCausalLM(LlamaConfig(
        vocab_size=sizes["vocab_size"], hidden_size=sizes["hidden_size"], intermediate_size=sizes["ffn_dim"],
        num_hidden_layers=sizes["num_hidden_layers"], num_attention_heads=sizes["num_attention_heads"],
        num_key_value_heads=sizes["num_key_value_heads"], max_position_embeddings=POSITIONS,
        rms_norm_eps=sizes["norm_epsilon"], tie_word_embeddings=sizes["tie_word_embeddings"],
        rope_parameters={"rope_type": "default", "rope_theta": sizes["rope_theta"]}, pad_token_id=1, bos_token_id=2,
        eos_token_id=2, attn_implementation="eager"))
    weights, offset = numpy.fromfile(HERE / "llama-untied.f32", dtype="<f4"), 0
    parameters = dict(model.named_parameters())
    with torch.no_grad():
        for tensor in entry["tensors"]:
            count = int(numpy.prod(tensor["shape"]))
            parameters[tensor["name"]].copy_(torch.from_numpy(weights[offset:offset + count].reshape(tensor["shape"])))
            offset += count
    return model


def generate(model, prompt, stops):
    count = min(NEW_TOKENS, POSITIONS - len(prompt))
    if count == 0:
        return []
    with torch.no_grad():
        out = model.generate(
            input_ids=torch.tensor([prompt]), attention_mask=torch.ones(1, len(prompt), dtype=torch.long), do_sample=False,
            max_new_tokens=count, eos_token_id=stops, pad_token_id=1)
    return out[0, len(prompt):].tolist()


def main():
    models = []
    for name, weights, model in [("opt-longer", "opt-longer", opt()), ("llama-longer", "llama-untied", llama())]:
        model = model.float().eval()
        config = model.config
        generator = numpy.random.default_rng(5)
        prompts = [[int(t) for t in generator.integers(3, config.vocab_size, length)] for length in PROMPT_LENGTHS]
        free = [generate(model, prompt, [100_000]) for prompt in prompts]
        # Two tokens that many rows meet, but not all of them, and at different places.
        ends = lambda token: (min(sum(token in row for row in free), len(free) - 4), len({row.index(token) for row in free if token in row}))
        stops = sorted(range(config.vocab_size), key=ends)[-2:]
        models.append({
            "name": name, "weights": weights,
            "config": {
                "model_type": config.model_type, "vocab_size": config.vocab_size, "hidden_size": config.hidden_size,
                "ffn_dim": config.ffn_dim if config.model_type == "opt" else config.intermediate_size,
                "num_hidden_layers": config.num_hidden_layers, "num_attention_heads": config.num_attention_heads,
                "num_key_value_heads": getattr(config, "num_key_value_heads", config.num_attention_heads),
                "max_position_embeddings": POSITIONS,
                "word_embed_proj_dim": getattr(config, "word_embed_proj_dim", config.hidden_size),
                "do_layer_norm_before": getattr(config, "do_layer_norm_before", True),
                "norm_epsilon": getattr(config, "rms_norm_eps", 1e-5),
                "rope_theta": (getattr(config, "rope_parameters", None) or {}).get("rope_theta", 10000.0),
                "tie_word_embeddings": config.tie_word_embeddings},
            "tensors": [{"name": n, "shape": list(p.shape)} for n, p in model.named_parameters()],
            "prompts": prompts, "newTokens": NEW_TOKENS, "stops": stops, "free": free,
            "stopped": [generate(model, prompt, stops) for prompt in prompts]})
        print(name, stops, [len(row) for row in free], [len(row) for row in models[-1]["stopped"]])
    versions = {"python": sys.version.split()[0], "torch": torch.__version__, "transformers": transformers.__version__,
                "numpy": numpy.__version__}
    (HERE / "generation_goldens.json").write_text(json.dumps({"versions": versions, "models": models}) + "\n")


main()

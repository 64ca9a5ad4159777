"""Writes the golden log-probabilities and generations of small random models, computed by Hugging Face transformers.

Usage: python make_model_goldens.py   (needs torch, transformers, numpy; writes beside itself)

For each kind of model: NAME.f32, the weights one after another as little-endian float32, NAME.expected.f32, the log-softmax rows
of every real token, and models.json with the index of both, the inputs, greedy generations, and the versions used.
"""
import copy
import json
import pathlib
import sys

import numpy
import torch
import transformers
from transformers import LlamaConfig, LlamaForCausalLM, OPTConfig, OPTForCausalLM

HERE = pathlib.Path(__file__).parent
torch.manual_seed(0)
torch.set_num_threads(1)


def opt(**changes):
    sizes = dict(
        vocab_size=96, hidden_size=32, ffn_dim=64, num_hidden_layers=2, num_attention_heads=4,
        max_position_embeddings=48, word_embed_proj_dim=32, do_layer_norm_before=True, activation_function="relu",
        pad_token_id=1, bos_token_id=2, eos_token_id=2, dropout=0.0, attention_dropout=0.0,
    )
    sizes.update(changes)
    return OPTForCausalLM(OPTConfig(**sizes, attn_implementation="eager"))


def llama(**changes):
    sizes = dict(
        vocab_size=96, hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=4,
        num_key_value_heads=2, max_position_embeddings=48, rms_norm_eps=1e-5, tie_word_embeddings=True,
        pad_token_id=1, bos_token_id=2, eos_token_id=2,
    )
    sizes.update(changes)
    return LlamaForCausalLM(LlamaConfig(**sizes, attn_implementation="eager"))


MODELS = {
    "opt-before": opt(),
    "opt-after-projected": opt(hidden_size=40, word_embed_proj_dim=24, do_layer_norm_before=False, vocab_size=90),
    "llama-grouped-tied": llama(num_hidden_layers=3, hidden_size=36, num_attention_heads=6),
    "llama-untied": llama(
        tie_word_embeddings=False, num_key_value_heads=4, vocab_size=101, rms_norm_eps=1e-6,
        rope_parameters={"rope_type": "default", "rope_theta": 100000.0},
    ),
}
# One batch without padding, one with rows of very different lengths, one single token.
BATCHES = {"unpadded": [16, 16, 16], "padded": [23, 7, 1, 12], "single": [1]}
PROMPT_LENGTHS = [3, 11, 1, 7]
NEW_TOKENS = 14
# A token id beyond every vocabulary, so that generation runs to its limit.
UNREACHABLE = 100_000


def randomize(model):
    generator = torch.Generator().manual_seed(7)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            if "norm" in name and name.endswith("weight"):
                parameter.copy_(1 + 0.2 * noise)
            elif name.endswith("bias"):
                parameter.copy_(0.1 * noise)
            elif "embed_positions" in name:
                parameter.copy_(1.2 * noise)
            elif "embed" in name or "lm_head" in name:
                parameter.copy_(0.6 * noise)
            else:
                parameter.copy_(1.6 * noise / parameter.shape[-1] ** 0.5)


def padded(sequences, length):
    tokens = torch.full((len(sequences), length), 1, dtype=torch.long)
    mask = torch.zeros((len(sequences), length), dtype=torch.long)
    for row, sequence in enumerate(sequences):
        tokens[row, length - len(sequence):] = torch.tensor(sequence)
        mask[row, length - len(sequence):] = 1
    return tokens, mask


def log_probability_rows(model, sequences):
    length = (max(map(len, sequences)) + 7) // 8 * 8
    tokens, mask = padded(sequences, length)
    positions = (mask.cumsum(-1) - 1).clamp(min=0)
    arguments = {} if model.config.model_type == "opt" else {"position_ids": positions}
    with torch.no_grad():
        logits = model(input_ids=tokens, attention_mask=mask, use_cache=False, **arguments).logits
    rows = torch.log_softmax(logits, dim=-1)
    return [rows[row, length - len(sequence):].numpy() for row, sequence in enumerate(sequences)]


def generations(model, prompts, stop):
    tokens, mask = padded(prompts, max(map(len, prompts)))
    with torch.no_grad():
        out = model.generate(
            input_ids=tokens, attention_mask=mask, do_sample=False, max_new_tokens=NEW_TOKENS,
            eos_token_id=stop if stop is not None else UNREACHABLE, pad_token_id=1,
        )
    results = []
    for row in out[:, tokens.shape[1]:].tolist():
        end = next((i + 1 for i, token in enumerate(row) if token == stop), len(row))
        results.append(row[:end])
    return results


def main():
    index = {
        "versions": {
            "python": sys.version.split()[0], "torch": torch.__version__,
            "transformers": transformers.__version__, "numpy": numpy.__version__,
        },
        "models": [],
    }
    for name, model in MODELS.items():
        model = model.float().eval()
        randomize(model)
        config = model.config
        tensors, weights = [], []
        for tensor_name, parameter in model.named_parameters():
            tensors.append({"name": tensor_name, "shape": list(parameter.shape)})
            weights.append(parameter.detach().numpy().astype("<f4").ravel())
        numpy.concatenate(weights).tofile(HERE / f"{name}.f32")
        generator = numpy.random.default_rng(11)
        draw = lambda length: [int(t) for t in generator.integers(3, config.vocab_size, length)]
        batches, expected, rounding = [], [], 0.0
        for batch_name, lengths in BATCHES.items():
            sequences = [draw(length) for length in lengths]
            batches.append({"name": batch_name, "sequences": sequences})
            rows = log_probability_rows(model, sequences)
            expected += [row.astype("<f4").ravel() for row in rows]
            exact = log_probability_rows(copy.deepcopy(model).double(), sequences)
            rounding = max([rounding] + [abs(a - b).max() for a, b in zip(rows, exact)])
        numpy.concatenate(expected).tofile(HERE / f"{name}.expected.f32")
        prompts = [draw(length) for length in PROMPT_LENGTHS]
        free = generations(model, prompts, stop=None)
        # The token that makes rows stop at the most different lengths.
        ends = lambda token: len({row.index(token) if token in row else len(row) for row in free})
        stop = max(range(config.vocab_size), key=ends)
        index["models"].append({
            "name": name,
            "config": {
                "model_type": config.model_type, "vocab_size": config.vocab_size,
                "hidden_size": config.hidden_size,
                "ffn_dim": config.ffn_dim if config.model_type == "opt" else config.intermediate_size,
                "num_hidden_layers": config.num_hidden_layers,
                "num_attention_heads": config.num_attention_heads,
                "num_key_value_heads": getattr(config, "num_key_value_heads", config.num_attention_heads),
                "max_position_embeddings": config.max_position_embeddings,
                "word_embed_proj_dim": getattr(config, "word_embed_proj_dim", config.hidden_size),
                "do_layer_norm_before": getattr(config, "do_layer_norm_before", True),
                "norm_epsilon": getattr(config, "rms_norm_eps", 1e-5),
                "rope_theta": (getattr(config, "rope_parameters", None) or {}).get("rope_theta", 10000.0),
                "tie_word_embeddings": config.tie_word_embeddings,
            },
            "tensors": tensors,
            "batches": batches,
            # How far float32 in torch itself is from float64: what a fair tolerance must allow for.
            "torch_float32_rounding": float(rounding),
            "generation": {
                "prompts": prompts, "new_tokens": NEW_TOKENS, "free": free, "stop": stop,
                "stopped": generations(model, prompts, stop=stop),
            },
        })
    (HERE / "models.json").write_text(json.dumps(index) + "\n")


main()

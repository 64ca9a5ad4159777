"""Writes the small models that ModelFilesTests reads, and what must be read from them.

Needs torch, transformers, safetensors, tokenizers, gguf; expected.json records their versions. Weights are random
with a fixed seed. Expected digests are SHA-256 of the float32 bytes of each tensor, row-major, as those libraries
read or dequantise them.
"""
import hashlib
import json
import os
import shutil
from importlib.metadata import version
from pathlib import Path

import gguf
import numpy as np
import safetensors
import tokenizers
import torch
import transformers
from gguf import GGMLQuantizationType as Q
from safetensors.torch import save_file
from transformers import LlamaConfig, LlamaForCausalLM, OPTConfig, OPTForCausalLM
from transformers.modeling_gguf_pytorch_utils import LlamaTensorProcessor

HERE = Path(__file__).parent
EXPECTED = {"made_by": {"script": "make_models.py", "torch": torch.__version__,
                        "transformers": transformers.__version__, "safetensors": safetensors.__version__,
                        "tokenizers": tokenizers.__version__,
                        "numpy": np.__version__, "gguf": version("gguf")},
            "models": {}}


def digest(array):
    array = np.ascontiguousarray(np.asarray(array, dtype=np.float32))
    return hashlib.sha256(array.tobytes()).hexdigest()


def record(name, tensors):
    EXPECTED["models"][name] = {
        key: {"shape": list(value.shape), "sha256": digest(value)} for key, value in sorted(tensors.items())}


def folder(name):
    path = HERE / name
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir()
    return path


def numbers(state, tied=True):
    return {k: v.detach().to(torch.float32).numpy() for k, v in state.items()
            if not (tied and k == "lm_head.weight")}


def opt(post=False):
    torch.manual_seed(7)
    model = OPTForCausalLM(OPTConfig(
        vocab_size=20, hidden_size=8, ffn_dim=16, num_hidden_layers=2, num_attention_heads=2,
        max_position_embeddings=6, word_embed_proj_dim=4 if post else 8, do_layer_norm_before=not post,
        bos_token_id=2, pad_token_id=1, eos_token_id=2))
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter, std=0.5)
    return model


def write_config(model, path):
    config = model.config.to_dict()
    (path / "config.json").write_text(json.dumps(config, indent=1, sort_keys=True) + "\n")


def hugging_face():
    model = opt()
    for name, dtype in [("opt-f32", torch.float32), ("opt-f16", torch.float16), ("opt-bf16", torch.bfloat16)]:
        path = folder(name)
        typed = {k: v.to(dtype).contiguous().clone() for k, v in model.state_dict().items() if k != "lm_head.weight"}
        save_file(typed, str(path / "model.safetensors"), metadata={"format": "pt"})
        write_config(model, path)
        record(name, numbers(typed))
    path = folder("opt-sharded")
    model.save_pretrained(path, max_shard_size="2KB")
    (path / "generation_config.json").unlink(missing_ok=True)
    record("opt-sharded", numbers(model.state_dict()))
    # PyTorch's own form, with the tied copy of the head in it.
    for name, dtype in [("opt-bin", torch.float32), ("opt-bin-bf16", torch.bfloat16)]:
        path = folder(name)
        torch.save({k: v.to(dtype) for k, v in model.state_dict().items()} if dtype != torch.float32
                   else model.state_dict(), path / "pytorch_model.bin")
        write_config(model, path)
        record(name, numbers({k: v.to(dtype) for k, v in model.state_dict().items()}))
    # The first published names: no leading "model.", former names of the final norm; half precision, sharded.
    path = folder("opt-bin-old-names")
    old = {k.removeprefix("model.").replace("decoder.final_layer_norm", "decoder.layer_norm"): v.to(torch.float16)
           for k, v in model.state_dict().items()}
    keys = sorted(old)
    files = {"pytorch_model-00001-of-00002.bin": keys[:20], "pytorch_model-00002-of-00002.bin": keys[20:]}
    for file, part in files.items():
        torch.save({k: old[k].clone() for k in part}, path / file)
    (path / "pytorch_model.bin.index.json").write_text(json.dumps(
        {"metadata": {"total_size": 1}, "weight_map": {k: f for f, part in files.items() for k in part}}))
    write_config(model, path)
    record("opt-bin-old-names", numbers({k: v.to(torch.float16) for k, v in model.state_dict().items()}))
    # Strided views and tensors that share one storage.
    path = folder("opt-bin-strided")
    state = dict(model.state_dict())
    flat = torch.cat([state["model.decoder.layers.0.fc1.bias"], state["model.decoder.layers.1.fc1.bias"]])
    state["model.decoder.layers.0.fc1.bias"], state["model.decoder.layers.1.fc1.bias"] = flat[:16], flat[16:]
    wide = torch.stack([state["model.decoder.layers.0.fc2.bias"], state["model.decoder.layers.1.fc2.bias"]], dim=1)
    state["model.decoder.layers.0.fc2.bias"], state["model.decoder.layers.1.fc2.bias"] = wide[:, 0], wide[:, 1]
    state["model.decoder.layers.0.fc1.weight"] = state["model.decoder.layers.0.fc1.weight"].t().contiguous().t()
    torch.save(state, path / "pytorch_model.bin")
    write_config(model, path)
    record("opt-bin-strided", numbers(model.state_dict()))
    post = opt(post=True)
    path = folder("opt-post")
    post.save_pretrained(path)
    (path / "generation_config.json").unlink(missing_ok=True)
    record("opt-post", numbers(post.state_dict()))
    for name, tied in [("llama-tied", True), ("llama-untied", False)]:
        torch.manual_seed(8)
        llama = LlamaForCausalLM(LlamaConfig(
            vocab_size=20, hidden_size=8, intermediate_size=12, num_hidden_layers=2, num_attention_heads=4,
            num_key_value_heads=2, max_position_embeddings=32, rms_norm_eps=1e-5, rope_theta=5000.0,
            tie_word_embeddings=tied))
        path = folder(name)
        llama.save_pretrained(path)
        (path / "generation_config.json").unlink(missing_ok=True)
        record(name, numbers(llama.state_dict(), tied))


def random_blocks(rng, count, quant):
    """Random quants under random scales: all finite halves, subnormal and negative ones too."""
    block, size = gguf.GGML_QUANT_SIZES[quant]
    raw = rng.integers(0, 256, (count, size), dtype=np.uint8)
    halves = {Q.Q4_0: 1, Q.Q4_1: 2, Q.Q5_0: 1, Q.Q5_1: 2, Q.Q8_0: 1, Q.F16: size // 2, Q.BF16: 0}[quant]
    for index in range(halves):
        raw[:, 2 * index + 1] &= 0xfb  # never the exponent of infinity
    if quant == Q.BF16:
        raw[:, 1] &= 0xbf
    return raw


def gguf_model():
    rng = np.random.default_rng(9)
    hidden, feed, heads, kv, vocab, layers = 32, 64, 2, 1, 40, 2
    writer = gguf.GGUFWriter(HERE / "Tiny-Llama.Q4_1.gguf", "llama")
    writer.add_name("A tiny llama")
    writer.add_block_count(layers)
    writer.add_context_length(64)
    writer.add_embedding_length(hidden)
    writer.add_feed_forward_length(feed)
    writer.add_head_count(heads)
    writer.add_head_count_kv(kv)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_freq_base(20000.0)
    writer.add_rope_dimension_count(hidden // heads)
    writer.add_vocab_size(vocab)
    for kind, value in [("uint8", 200), ("int8", -100), ("uint16", 60000), ("int16", -30000), ("uint32", 4000000000),
                        ("int32", -2000000000), ("uint64", 2**63 + 5), ("int64", -2**60), ("float32", 0.5),
                        ("float64", 1e300), ("bool", True)]:
        getattr(writer, "add_" + kind)("test." + kind, value)
    writer.add_array("test.floats", [0.5, 1.5])
    writer.add_array("test.bools", [True, False])
    tokens = ["<|end|>", "<|start|>"] + list("abcdefghijklmnopqrstuvwxyz") + ["Ġ", "ab", "abc"]
    tokens += [f"<unused{i}>" for i in range(vocab - len(tokens))]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("smollm")
    writer.add_token_list(tokens)
    writer.add_token_types([3, 3] + [1] * 29 + [4] * (vocab - 31))
    writer.add_token_merges(["a b", "ab c"])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(0)
    writer.add_add_bos_token(True)
    expected = {}

    def add(ours, theirs, shape, quant, permuted_heads=None):
        if quant == Q.F32:
            raw = values = rng.standard_normal(shape).astype(np.float32)
        else:
            block, size = gguf.GGML_QUANT_SIZES[quant]
            raw = random_blocks(rng, shape[0] * shape[1] // block, quant).reshape(shape[0], -1)
            with np.errstate(all="ignore"):
                values = gguf.quants.dequantize(raw, quant)
            assert values.shape == shape and values.dtype == np.float32 and np.isfinite(values).all(), (ours, quant)
        writer.add_tensor(ours, raw, raw_shape=raw.shape, raw_dtype=quant)
        if permuted_heads:
            processor = LlamaTensorProcessor({"num_attention_heads": heads, "num_key_value_heads": kv})
            values = processor._reverse_permute_weights(values, heads, None if permuted_heads == heads else kv)
        expected[theirs] = values

    add("token_embd.weight", "model.embed_tokens.weight", (vocab, hidden), Q.Q8_0)
    add("output_norm.weight", "model.norm.weight", (hidden,), Q.F32)
    add("output.weight", "lm_head.weight", (vocab, hidden), Q.BF16)
    types = [[Q.Q4_0, Q.Q4_1, Q.Q5_0, Q.Q5_1, Q.Q8_0, Q.F16, Q.BF16], [Q.Q5_1, Q.Q8_0, Q.F16, Q.Q4_0, Q.Q4_1, Q.Q5_0, Q.F32]]
    for layer in range(layers):
        q, k, v, o, gate, up, down = types[layer]
        ours, theirs = f"blk.{layer}.", f"model.layers.{layer}."
        add(ours + "attn_norm.weight", theirs + "input_layernorm.weight", (hidden,), Q.F32)
        add(ours + "ffn_norm.weight", theirs + "post_attention_layernorm.weight", (hidden,), Q.F32)
        add(ours + "attn_q.weight", theirs + "self_attn.q_proj.weight", (hidden, hidden), q, heads)
        add(ours + "attn_k.weight", theirs + "self_attn.k_proj.weight", (hidden // heads * kv, hidden), k, kv)
        add(ours + "attn_v.weight", theirs + "self_attn.v_proj.weight", (hidden // heads * kv, hidden), v)
        add(ours + "attn_output.weight", theirs + "self_attn.o_proj.weight", (hidden, hidden), o)
        add(ours + "ffn_gate.weight", theirs + "mlp.gate_proj.weight", (feed, hidden), gate)
        add(ours + "ffn_up.weight", theirs + "mlp.up_proj.weight", (feed, hidden), up)
        add(ours + "ffn_down.weight", theirs + "mlp.down_proj.weight", (hidden, feed), down)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    record("Tiny-Llama.Q4_1.gguf", expected)


class Evil:
    def __reduce__(self):
        return (os.system, ("echo this must never run",))


def refused():
    torch.save({"a": Evil()}, HERE / "evil.bin")
    torch.save({"model.decoder.embed_tokens.weight": torch.zeros(2)}, HERE / "legacy.bin",
               _use_new_zipfile_serialization=False)
    torch.save({"a": torch.zeros(2), "step": 3}, HERE / "not-only-tensors.bin")
    torch.save([torch.zeros(2)], HERE / "not-a-dict.bin")


def tokenizer_files():
    path = folder("tokenizer")
    tokens = ["<s>", "<pad>", "</s>", "<unk>", "l", "o", "w", "e", "r", "Ġ", "lo", "low", "er", "Ġlow"]
    (path / "vocab.json").write_text(json.dumps({t: i for i, t in enumerate(tokens)}))
    (path / "merges.txt").write_text("#version: 0.2\nl o\nlo w\ne r\nĠ low\n")
    from tokenizers import Tokenizer, models, pre_tokenizers, decoders, AddedToken
    vocabulary = {t: i + 2 for i, t in enumerate(tokens[4:])}
    tokenizer = Tokenizer(models.BPE(vocab={"<|end|>": 0, "<|start|>": 1, **vocabulary},
                                     merges=[("l", "o"), ("lo", "w"), ("e", "r"), ("Ġ", "low")]))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken("<|end|>", special=True), AddedToken("<|start|>", special=True)])
    tokenizer.save(str(path / "tokenizer.json"))


hugging_face()
gguf_model()
refused()
tokenizer_files()
(HERE / "expected.json").write_text(json.dumps(EXPECTED, sort_keys=True).replace("}, ", "},\n") + "\n")

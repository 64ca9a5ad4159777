"""Loads a written sandbox with safetensors and transformers, and says how long its texts are in tokens.

Run by hand: lezobench sandbox make DIR; python check_with_transformers.py DIR
Fails when a weight is missing, unexpected or of another shape, when the tokenizer splits differently than its
files say, or when the random model's loss is far from that of a uniform guess.
"""

import json
import math
import pathlib
import sys
import zipfile

import safetensors
import safetensors.torch
import torch
import transformers

folder = pathlib.Path(sys.argv[1])
model_folder = folder / "models" / "sandbox-opt"
print("transformers", transformers.__version__, "safetensors", safetensors.__version__, "torch", torch.__version__)

tensors = safetensors.torch.load_file(model_folder / "model.safetensors")
weights = torch.cat([t.flatten() for n, t in tensors.items() if n.endswith("weight") and "norm" not in n])
print(len(tensors), "tensors,", sum(t.numel() for t in tensors.values()), "elements")
print(f"weights: mean {weights.mean():.6f}, standard deviation {weights.std():.6f}")
assert abs(weights.mean()) < 1e-4 and abs(weights.std() - 0.02) < 2e-4

model, loading = transformers.OPTForCausalLM.from_pretrained(model_folder, output_loading_info=True)
print({key: value for key, value in loading.items()})
assert not loading["missing_keys"] and not loading["unexpected_keys"] and not loading["mismatched_keys"]
model.eval()

tokenizer = transformers.GPT2Tokenizer.from_pretrained(model_folder)
vocabulary = json.loads((model_folder / "vocab.json").read_text())
assert tokenizer.get_vocab() == vocabulary and len(vocabulary) == 512
assert tokenizer.convert_tokens_to_ids(["<s>", "<pad>", "</s>", "<unk>"]) == [0, 1, 2, 3]


def lengths(name, texts):
    words = sorted(len(t.split()) for t in texts)
    counts = sorted(len(tokenizer(t, add_special_tokens=False)["input_ids"]) for t in texts)
    for text in texts[:200]:
        assert tokenizer.decode(tokenizer(text, add_special_tokens=False)["input_ids"]) == text, text
    middle = len(texts) // 2
    print(f"{name}: words median {words[middle]}, most {words[-1]}; tokens median {counts[middle]}, most {counts[-1]}")


def jsonl(archive, entry):
    text = zipfile.ZipFile(folder / "data" / "superglue" / archive).read(entry).decode("ascii")
    return [json.loads(line) for line in text.splitlines()]


reviews = zipfile.ZipFile(folder / "data" / "glue" / "SST-2.zip").read("SST-2/train.tsv").decode("ascii")
sentences = [line.split("\t")[0].strip() for line in reviews.splitlines()[1:]]
lengths("SST-2 sentence", sentences)
boolq = jsonl("BoolQ.zip", "BoolQ/train.jsonl")
lengths("BoolQ passage", [row["passage"].split(" -- ", 1)[1] for row in boolq])
lengths("BoolQ prompt", [f"{row['passage'].split(' -- ', 1)[1]} {row['question'].capitalize()}?\nYes" for row in boolq])
lengths("COPA premise + choice", [row["premise"] + " " + row["choice1"] for row in jsonl("COPA.zip", "COPA/train.jsonl")])
squad = json.loads((folder / "data" / "squad" / "train-v1.1.json").read_text())
prompts = [
    f"Title: {article['title']}\nContext: {p['context']}\nQuestion: {qa['question']}\nAnswer: {qa['answers'][0]['text']}\n"
    for article in squad["data"]
    for p in article["paragraphs"]
    for qa in p["qas"]
]
lengths("SQuAD prompt", prompts)

with torch.no_grad():
    losses = []
    for text in sentences[:100]:
        ids = torch.tensor([[2] + tokenizer(text, add_special_tokens=False)["input_ids"]])
        losses.append(model(input_ids=ids, labels=ids).loss.item())
loss = sum(losses) / len(losses)
print(f"mean loss {loss:.4f}, uniform guess {math.log(512):.4f}")
assert abs(loss - math.log(512)) < 0.1
print("all well")

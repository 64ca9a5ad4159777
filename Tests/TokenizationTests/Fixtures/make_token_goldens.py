"""Makes token_goldens.json: token ids of the reference implementations, for TokenizationTests.

    python make_token_goldens.py DATA_FOLDER GGUF_OR_WHEEL [UNPACKED_TRANSFORMERS_4_28]

Reference for OPT: transformers' GPT2Tokenizer (fast) and the rules of its former slow tokenizer, restated below;
where the two differ the slow one decides and the difference is recorded. Given the unpacked wheel of transformers
4.28.1 (the last argument), the restatement is checked against the real slow tokenizer on every text.
Reference for SmolLM2: tokenizers.BPE over the GGUF's vocabulary with Digits and ByteLevel. Texts of data sets are
not written, only digests of their ids.
"""

import functools
import hashlib
import importlib
import json
import os
import random
import struct
import sys
import tempfile
import types
import zipfile

import regex
import tokenizers
import transformers
from gguf import GGUFReader
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

from hard_strings import hard_strings

HERE = os.path.dirname(os.path.abspath(__file__))
PATTERN = regex.compile(r"""'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+""")


def byte_alphabet():
    printable = list(range(33, 127)) + list(range(161, 173)) + list(range(174, 256))
    table, extra = {}, 0
    for byte in range(256):
        if byte in printable:
            table[byte] = chr(byte)
        else:
            table[byte], extra = chr(256 + extra), extra + 1
    return table


class SlowTokenizer:
    """The slow tokenizer's rules: special tokens split off, the pattern, then greedy merges by rank."""

    def __init__(self, vocabulary, merges, specials):
        self.vocabulary, self.specials = vocabulary, specials
        self.ranks = {pair: rank for rank, pair in enumerate(merges)}
        self.alphabet = byte_alphabet()
        self.split = regex.compile("(" + "|".join(map(regex.escape, sorted(specials, key=len, reverse=True))) + ")")

    @functools.lru_cache(maxsize=None)
    def merge(self, piece):
        word = [self.alphabet[b] for b in piece.encode()]
        while len(word) > 1:
            best = min(zip(word, word[1:]), key=lambda pair: self.ranks.get(pair, float("inf")))
            if best not in self.ranks:
                break
            merged, index = [], 0
            while index < len(word):
                if tuple(word[index : index + 2]) == best:
                    merged.append(best[0] + best[1])
                    index += 2
                else:
                    merged.append(word[index])
                    index += 1
            word = merged
        return [self.vocabulary[token] for token in word]

    def encode(self, text):
        ids = []
        for part in self.split.split(text):
            if part in self.specials:
                ids.append(self.specials[part])
            elif part:
                for piece in PATTERN.findall(part):
                    ids += self.merge(piece)
        return ids


def real_slow_tokenizer(folder, vocabulary_file, merges_file):
    """The slow GPT2Tokenizer of transformers 4.28.1 itself, imported from an unpacked wheel."""
    saved = {name: module for name, module in sys.modules.items() if name.split(".")[0] == "transformers"}
    for name in saved:
        del sys.modules[name]
    sys.path.insert(0, folder)
    checks = types.ModuleType("transformers.dependency_versions_check")
    checks.dep_version_check = lambda *arguments: None
    sys.modules["transformers.dependency_versions_check"] = checks
    base = types.ModuleType("transformers.pipelines.conversational")
    base.Conversation = object
    sys.modules["transformers.pipelines.conversational"] = base
    module = importlib.import_module("transformers.models.gpt2.tokenization_gpt2")
    version = importlib.import_module("transformers").__version__
    tokenizer = module.GPT2Tokenizer(
        vocabulary_file, merges_file, unk_token="</s>", bos_token="</s>", eos_token="</s>", pad_token="<pad>",
        add_bos_token=True)
    tokenizer.sanitize_special_tokens()  # as from_pretrained does: only then are they kept whole in text
    sys.path.remove(folder)
    for name in [n for n in sys.modules if n.split(".")[0] == "transformers"]:
        del sys.modules[name]
    sys.modules.update(saved)
    return tokenizer, version


def gguf_fields(path):
    if not path.endswith(".gguf"):
        archive = zipfile.ZipFile(path)
        name = next(n for n in archive.namelist() if n.endswith(".gguf"))
        path = archive.extract(name, tempfile.mkdtemp())
    fields = GGUFReader(path).fields
    return {key: fields["tokenizer.ggml." + key].contents() for key in ["tokens", "merges", "token_type"]}


def byte_level(vocabulary, merges, digits, specials):
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=merges))
    level = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    steps = [pre_tokenizers.Digits(individual_digits=True), level] if digits else [level]
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(steps)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(text, normalized=False, special=True) for text in specials])
    return tokenizer


def ranges(pattern):
    """Code points that the pattern engine of `tokenizers` takes for a class, as inclusive ranges."""
    split = pre_tokenizers.Split(Regex(pattern), "removed")
    return to_ranges(lambda text: {ord(c) for piece, _ in split.pre_tokenize_str(text) for c in piece}, inverted=True)


def digit_ranges():
    digits = pre_tokenizers.Digits(individual_digits=True)
    found = []
    for code in scalars():
        if len(digits.pre_tokenize_str("a" + chr(code) + "a")) == 3:
            found.append(code)
    return join(found)


def scalars():
    return [code for code in range(0x110000) if not 0xD800 <= code < 0xE000]


def to_ranges(kept, inverted):
    codes, found = scalars(), []
    for start in range(0, len(codes), 20000):
        chunk = codes[start : start + 20000]
        inside = kept("".join(map(chr, chunk)))
        found += [code for code in chunk if (code not in inside) == inverted]
    return join(found)


def join(codes):
    result = []
    for code in codes:
        if result and result[-1][1] == code - 1:
            result[-1][1] = code
        else:
            result.append([code, code])
    return result


def texts_of(data):
    sst2 = zipfile.ZipFile(f"{data}/glue/SST-2.zip").read("SST-2/dev.tsv").decode().split("\n")[1:]
    boolq = zipfile.ZipFile(f"{data}/superglue/BoolQ-subset.zip").read("BoolQ/val.jsonl").decode().split("\n")
    squad = json.load(open(f"{data}/squad/dev-v1.1.json"))["data"]
    records = [json.loads(line) for line in boolq if line]
    return {
        "sst2-dev": [line.split("\t")[0] for line in sst2 if line],
        "boolq-val": [text for record in records for text in (record["passage"], record["question"])],
        "squad-dev": [
            text for article in squad for paragraph in article["paragraphs"]
            for text in [paragraph["context"]] + [question["question"] for question in paragraph["qas"]]],
    }


def digest(id_lists):
    """SHA-256 over, for each text, the count of ids and the ids, all as little-endian 32-bit integers."""
    data = hashlib.sha256()
    for ids in id_lists:
        data.update(struct.pack(f"<{len(ids) + 1}i", len(ids), *ids))
    return data.hexdigest()


def summary(id_lists):
    return {
        "texts": len(id_lists),
        "tokens": sum(map(len, id_lists)),
        "sha256": digest(id_lists),
        "perHundred": [digest(id_lists[i : i + 100])[:8] for i in range(0, len(id_lists), 100)],
    }


def small_vocabulary(strings):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(
        vocab_size=420, show_progress=False, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), special_tokens=["</s>", "<pad>"])
    tokenizer.train_from_iterator(strings * 2, trainer)
    model = json.loads(tokenizer.to_str())["model"]
    tokens = [token for token, _ in sorted(model["vocab"].items(), key=lambda item: item[1])]
    return tokens, [tuple(merge) for merge in model["merges"]]


def main():
    data, gguf = sys.argv[1], sys.argv[2]
    strings = hard_strings()
    vocabulary = json.load(open(f"{data}/tokenizers/opt/vocab.json"))
    lines = open(f"{data}/tokenizers/opt/merges.txt").read().split("\n")[1:]
    merges = [tuple(line.split(" ")) for line in lines if line]
    opt_fast = transformers.GPT2Tokenizer(
        vocabulary, merges, unk_token="</s>", bos_token="</s>", eos_token="</s>",
        pad_token="<pad>")
    opt_slow = SlowTokenizer(vocabulary, merges, {"</s>": 2, "<pad>": 1})
    fields = gguf_fields(gguf)
    smol_specials = [t for t, kind in zip(fields["tokens"], fields["token_type"]) if kind == 3]
    smol_merges = [tuple(merge.split(" ")) for merge in fields["merges"]]
    smol_ids = {token: index for index, token in enumerate(fields["tokens"])}
    smol = byte_level(smol_ids, smol_merges, True, smol_specials)
    small_tokens, small_merges = small_vocabulary(strings)
    small_ids = {token: index for index, token in enumerate(small_tokens)}
    small = {name: byte_level(small_ids, small_merges, digits, ["</s>", "<pad>"]) for name, digits in [("gpt2", False), ("digits", True)]}

    texts = texts_of(data)
    differences = []
    for name, group in [("hard", strings)] + list(texts.items()):
        for index, text in enumerate(group):
            if opt_fast(text, add_special_tokens=False)["input_ids"] != opt_slow.encode(text):
                differences.append([name, index])
    checked = None
    if len(sys.argv) > 3:
        real, version = real_slow_tokenizer(sys.argv[3], f"{data}/tokenizers/opt/vocab.json", f"{data}/tokenizers/opt/merges.txt")
        groups = [("hard", strings)] + list(texts.items())
        wrong = [(name, i) for name, group in groups for i, text in enumerate(group)
                 if real.encode(text, add_special_tokens=False) != opt_slow.encode(text)]
        leading = [(name, i) for name, group in groups for i, text in enumerate(group)
                   if real.encode(text) != [2] + opt_slow.encode(text)]
        checked = {"transformers": version, "texts": sum(len(group) for _, group in groups), "different": wrong, "differentWithLeadingToken": leading}

    generator = random.Random(7)
    decodings = []
    for size, reference, key in [(len(small_tokens), small["gpt2"], "small")]:
        for length in [1, 1, 1, 2, 2, 3, 3, 4, 5, 6, 8, 10] * 12:
            ids = [generator.randrange(size) for _ in range(length)]
            decodings.append({"vocabulary": key, "ids": ids, "all": reference.decode(ids, skip_special_tokens=False),
                              "plain": reference.decode(ids, skip_special_tokens=True)})
    result = {
        "made_by": "make_token_goldens.py",
        "versions": {"transformers": transformers.__version__, "tokenizers": tokenizers.__version__, "regex": regex.__version__,
                     "python": sys.version.split()[0]},
        "fastAndSlowDifferForOPT": differences,
        "restatementAgainstRealSlowTokenizer": checked,
        "classes": {"letter": ranges(r"\p{L}"), "number": ranges(r"\p{N}"), "whiteSpace": ranges(r"\s"), "isolatedDigit": digit_ranges()},
        "small": {"tokens": small_tokens, "merges": [list(merge) for merge in small_merges]},
        "hard": [{"text": text, "opt": opt_slow.encode(text), "smollm2": smol.encode(text, add_special_tokens=False).ids,
                  "smallGPT2": small["gpt2"].encode(text).ids, "smallDigits": small["digits"].encode(text).ids} for text in strings],
        "decodings": decodings,
        "data": {name: {"opt": summary([opt_slow.encode(text) for text in group]),
                        "smollm2": summary([e.ids for e in smol.encode_batch(group, add_special_tokens=False)])}
                 for name, group in texts.items()},
    }
    with open(f"{HERE}/token_goldens.json", "w") as file:
        json.dump(result, file, separators=(",", ":"))
        file.write("\n")
    print(len(strings), "hard strings;", {name: (v["opt"]["texts"], v["opt"]["tokens"], v["smollm2"]["tokens"]) for name, v in result["data"].items()})
    print("fast != slow:", differences, "restatement check:", checked)


main()

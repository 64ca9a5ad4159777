"""Makes context_goldens.json and small_context_goldens.json, for TasksTests and TrainingTests.

    python make_context_goldens.py DATA_FOLDER GGUF_OR_WHEEL

context_goldens.json: which demonstrations NumPy draws, and examples after their demonstrations as Hugging Face's
tokenizers encode them, from the data sets; ids, counts and checksums only, and the last tokens of a few examples.
small_context_goldens.json: the same of the hand-written records under records/ and of texts made to be hard, under
small vocabularies that are trained here and written too, so that the tests need nothing else.
"""

import json
import sys

import tokenizers
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers

import context_protocol as context
import published_protocol as protocol
from make_task_goldens import HERE, TASKS, checksum, opt_tokenizer, smollm2_tokenizer, split_examples, write

COUNTS = [2, 32]
EXAMPLES_OF_A_TASK = 4
LAST_TOKENS = 48
SMALL_SIZES = [(300, 40, 8), (5, 12, 32), (1000, 3, 32)]


def draws_of(train_size, test_count, count):
    draws = []
    for fixed in (False, True):
        for seed in (0, 1, 2**32 - 1):
            indices = context.demonstration_indices(train_size, test_count, count, seed, fixed)
            draws.append({"trainSize": train_size, "testCount": test_count, "count": count, "seed": seed, "fixed": fixed,
                          "first": indices[0][:8], "last": indices[-1][:8],
                          "crc32": checksum([i for row in indices for i in row])})
    return draws


def encoded(name, example, demonstrations, tokenize, leading, maximum):
    options, prompt = context.encode(example, demonstrations, tokenize, leading, maximum, name in protocol.GENERATION)
    calibration = [] if name in protocol.GENERATION else context.encode_calibration(name, example, tokenize, leading, maximum)
    return {"options": [[count, len(ids), checksum(ids)] for count, ids in options],
            "goldTail": options[example[2][0]][1][-LAST_TOKENS:], "prompt": [len(prompt), checksum(prompt)],
            "calibration": [[count] + ids for count, ids in calibration]}


def task_goldens(name, data, encoders):
    path = f"{data}/{TASKS[name][0]}"
    train, test = split_examples(name, path, "train"), split_examples(name, path, "validation")
    drawn = protocol.draw(len(test), 0, TASKS[name][2][2])
    rows = {key: [] for key in encoders}
    for count in COUNTS:
        indices = context.demonstration_indices(len(train), len(drawn), count, 0, False)
        for place in range(EXAMPLES_OF_A_TASK):
            demonstrations = [train[i] for i in indices[place]]
            for key, (tokenize, leading) in encoders.items():
                rows[key].append({"count": count, "place": place, "id": f"validation:{drawn[place]}",
                                  **encoded(name, test[drawn[place]], demonstrations, tokenize, leading, 2048)})
    return {"draws": draws_of(len(train), len(drawn), 32), "encoded": rows}


def hard_examples():
    """Prompt and options that make a blank line before them part of something longer, and some that do not."""
    texts = ["7 wonders were", " indented", "\ttabbed", "\nafter a line", "<mark>special", "x <mark> y", "\u2460 circled",
             "\u00bd half", "\u0967\u0968", "\u3000wide", "\u1680ogham", "\x1cseparated", "'s contracted", "\u0301mark", "plain", "!bang",
             "\u00a0hard", "\u200bzero", "- dash", "\"quoted\"", "  two", "end with space ", "end with line\n", "\n", " "]
    return [(text + " so ", [text + " so a", text + " so b c "], [0], None) for text in texts]


def small_vocabulary(texts, digits):
    tokenizer = Tokenizer(models.BPE())
    byte_level = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.pre_tokenizer = (
        pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), byte_level]) if digits else byte_level)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(texts, trainers.BpeTrainer(
        vocab_size=600, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), special_tokens=[], show_progress=False))
    # "\n\n" is a token of its own, so that it matters where a blank line is cut.
    state = json.loads(tokenizer.to_str())["model"]
    vocabulary, merges = state["vocab"], [tuple(m) if isinstance(m, list) else tuple(m.split(" ")) for m in state["merges"]]
    line = "\u010a"
    if line * 2 not in vocabulary:
        vocabulary[line * 2] = len(vocabulary)
        merges.append((line, line))
    special = len(vocabulary)
    tokens = [token for token, _ in sorted(vocabulary.items(), key=lambda item: item[1])] + ["<mark>"]
    final = Tokenizer(models.BPE(vocab=vocabulary, merges=merges))
    final.pre_tokenizer, final.decoder = tokenizer.pre_tokenizer, decoders.ByteLevel()
    final.add_special_tokens([AddedToken("<mark>", normalized=False, special=True)])
    assert final.token_to_id("<mark>") == special
    return final, {"digits": digits, "tokens": tokens, "merges": [list(m) for m in merges], "special": special}


def plain(name, example, demonstrations, tokenize, leading, maximum):
    options, prompt = context.encode(example, demonstrations, tokenize, leading, maximum, name in protocol.GENERATION)
    calibration = [] if name in protocol.GENERATION else context.encode_calibration(name, example, tokenize, leading, maximum)
    return {"leading": leading, "maximum": maximum, "options": [[count] + ids for count, ids in options], "prompt": prompt,
            "calibration": [[count] + ids for count, ids in calibration]}


def small_goldens():
    records = {}
    for name, (_, folder, _) in TASKS.items():
        train = split_examples(name, f"{HERE}/records/{folder}", "train")
        records[name] = (train, split_examples(name, f"{HERE}/records/{folder}", "validation")[0])
    texts = [full for train, test in records.values() for example in train + [test] for full in example[1]]
    hard = hard_examples()
    vocabularies = []
    for digits in (False, True):
        tokenizer, vocabulary = small_vocabulary(texts, digits)
        tokenize = lambda text: tokenizer.encode(text, add_special_tokens=False).ids
        cases = []
        for name, (train, test) in records.items():
            cases += [{"task": name, **plain(name, test, train, tokenize, leading, maximum)}
                      for leading, maximum in [(None, 2048), (0, 2048), (0, 130)]]
        # Every hard text as the example, and every one among the demonstrations.
        for place, example in enumerate(hard):
            others = [hard[(place + step) % len(hard)] for step in (3, 7, 8)]
            cases += [{"hard": place, "demonstrations": [(place + step) % len(hard) for step in (3, 7, 8)],
                       **plain("copa-like", example, others, tokenize, None, maximum)} for maximum in (2048, 14)]
        vocabularies.append({**vocabulary, "cases": cases})
    return {"draws": [draw for sizes in SMALL_SIZES for draw in draws_of(*sizes)],
            "hard": [{"prompt": prompt, "fullTexts": fulls} for prompt, fulls, _, _ in hard], "vocabularies": vocabularies}


def main():
    data, gguf = sys.argv[1], sys.argv[2]
    write("small_context_goldens.json", small_goldens(), made_by="make_context_goldens.py")
    encoders = {"opt": (opt_tokenizer(data), 0), "smollm2": (smollm2_tokenizer(gguf), None)}
    # The archive of DROP at hand has no train split to draw from.
    tasks = {name: task_goldens(name, data, encoders) for name in TASKS if name != "drop"}
    write("context_goldens.json", {"tasks": tasks}, made_by="make_context_goldens.py")


if __name__ == "__main__":
    main()

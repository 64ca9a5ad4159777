"""Batches that both implementations are timed on, in the JSON form that `lezobench bench steps --batch` reads.

A batch is {"examples": [{"gold": 0, "options": [{"tokens": [...], "scored": 1}, ...]}, ...]}: an option's last
`scored` tokens carry the loss. One option an example means teacher forcing, several mean a classification.
"""
import os
import zipfile

import numpy

BATCH_SIZE = 16
# The published code puts this id in front of OPT's texts.
LEADING_TOKEN = 0
FIRST_ORDINARY_TOKEN = 4


def random_batch(rows, tokens, seed):
    """`rows` examples of one option with `tokens` uniformly random ids, of which the last one is scored."""
    ids = numpy.random.default_rng(seed).integers(FIRST_ORDINARY_TOKEN, 50_000, (rows, tokens))
    return {"examples": [{"gold": 0, "options": [{"tokens": row.tolist(), "scored": 1}]} for row in ids]}


class SST2Batches:
    """Batches of the training examples that the published protocol draws from SST-2 for data seed 0, in that order.

    1,500 of the training split are drawn with NumPy's legacy permutation; the first 1,000 are for training.
    """

    def __init__(self, data_folder, tokenizer_folder):
        from tokenizers import ByteLevelBPETokenizer

        self.tokenizer = ByteLevelBPETokenizer(
            os.path.join(tokenizer_folder, "vocab.json"), os.path.join(tokenizer_folder, "merges.txt"))
        with zipfile.ZipFile(os.path.join(data_folder, "glue", "SST-2.zip")) as archive:
            lines = archive.read("SST-2/train.tsv").decode().split("\n")[1:]
        self.records = [line.split("\t") for line in lines if line]
        self.order = numpy.random.RandomState(0).permutation(len(self.records))[:1000]

    def batch(self, number):
        """The batch with this number, counted from 0."""
        chosen = self.order[number * BATCH_SIZE:(number + 1) * BATCH_SIZE]
        return {"examples": [self._example(*self.records[index]) for index in chosen]}

    def _example(self, sentence, label):
        prompt = sentence.strip() + " It was"
        count = len(self._tokens(prompt))
        options = []
        for word in ("terrible", "great"):
            tokens = self._tokens(f"{prompt} {word}")
            options.append({"tokens": tokens, "scored": len(tokens) - count})
        return {"gold": int(label), "options": options}

    def _tokens(self, text):
        return [LEADING_TOKEN] + self.tokenizer.encode(text.strip(" ")).ids


def shape_of(batch):
    """How many rows and tokens a batch has when every option is a row: (rows, longest, mean length)."""
    lengths = [len(option["tokens"]) for example in batch["examples"] for option in example["options"]]
    return len(lengths), max(lengths), sum(lengths) / len(lengths)

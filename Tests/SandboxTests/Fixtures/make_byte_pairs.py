"""Trains a small byte-level BPE with Hugging Face's tokenizers; the result is the oracle of BytePairTrainer.

Run by hand: python make_byte_pairs.py, writes byte_pairs.json beside itself. The texts are our own.
"""

import json
import pathlib

import tokenizers
from tokenizers import Tokenizer, models, pre_tokenizers, trainers

TEXTS = [
    "Mira lives in Ashfield. She doesn't sell 12 loaves; she'll sell 120.",
    "the play is warm , and the ending isn't cold .",
    "Title: Ben\nContext: Ben has a grey cat named Pip.\nQuestion: What's Ben's cat called?\nAnswer: Pip\n",
    "the river rose , so the carts had to go around   the old stone bridge",
    "They've said: \"we're late\", and I'd say so too ...",
    "one of the best tales of the year ! it is the best of the best",
    "  two spaces, then\n\n  a line; and a tab\tin it \n",
]

tokenizer = Tokenizer(models.BPE())
tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
trainer = trainers.BpeTrainer(
    vocab_size=360,
    special_tokens=["<s>", "<pad>", "</s>", "<unk>"],
    initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    show_progress=False,
)
tokenizer.train_from_iterator(TEXTS, trainer)
model = json.loads(tokenizer.to_str())["model"]
tokens = [token for token, _ in sorted(model["vocab"].items(), key=lambda item: item[1])]
result = {
    "versions": {"tokenizers": tokenizers.__version__},
    "texts": TEXTS,
    "vocabulary_size": 360,
    "tokens": tokens,
    "merges": [pair if isinstance(pair, list) else pair.split(" ") for pair in model["merges"]],
}
path = pathlib.Path(__file__).with_name("byte_pairs.json")
path.write_text(json.dumps(result, indent=1) + "\n")
print(path, len(tokens), "tokens")

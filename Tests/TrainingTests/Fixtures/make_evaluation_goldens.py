"""Writes golden losses of evaluated examples and golden decoded answers.

Usage: python make_evaluation_goldens.py   (needs torch, numpy, transformers)

evaluation_losses.json: the log-probabilities of the gold option's tokens of each example, and the loss that the published
code has on them. It is restated here from `forward_wrap_with_option_len` of MeZO's large-model code (cross-entropy over a
batch whose labels are -100 for all but option tokens) and from `evaluation_loop` of transformers 4.28 (batches of
`per_device_eval_batch_size` = 8 in order, each batch's loss repeated `eval_batch_size` times, cut to the number of
examples, and averaged).

closed_gaps.json: texts and what `clean_up_tokenization` of transformers makes of them.
"""
import json
import pathlib
import sys

import numpy
import torch
import transformers

HERE = pathlib.Path(__file__).parent
BATCH = 8
VOCABULARY = 11
TEXTS = [
    "It is late . Is it ? It is ! Yes , it is .",
    "do n't , I 'm , it 's , they 've , we 're",
    "the ' quoted ' word", "a ' s b", " ' ' ", "  .  ", " . . ,", "he said 'm and n't", "x n'ts", "5 . 5 ,000",
    "e .\u0301 f", "caf\u00e9 , na\u00efve !", "tab\t. line\n.", "\u3000. \u00a0,", "", " ", ".", " .", "can n't 're ' 's",
    "'s 's  's", " '\u00e9 ' ", "1 , 2 ' , ' 3", "no change here.",
]


def loss_of_batch(logits, labels):
    shifted, wanted = logits[:, :-1].contiguous(), labels[:, 1:].contiguous()
    return torch.nn.CrossEntropyLoss(ignore_index=-100)(shifted.view(-1, VOCABULARY), wanted.view(-1))


def evaluation(count, generator):
    lengths = torch.randint(1, 7, (count,), generator=generator).tolist()
    examples, values = [], []
    for length in lengths:
        logits = 2 * torch.randn(12, VOCABULARY, generator=generator, dtype=torch.float64)
        labels = torch.full((12,), -100)
        labels[-length:] = torch.randint(0, VOCABULARY, (length,), generator=generator)
        examples.append((logits, labels))
        rows = torch.log_softmax(logits, dim=-1)[-length - 1:-1]
        values.append(rows[torch.arange(length), labels[-length:]].tolist())
    losses = []
    for start in range(0, count, BATCH):
        batch = examples[start:start + BATCH]
        loss = loss_of_batch(torch.stack([x for x, _ in batch]), torch.stack([y for _, y in batch]))
        losses.append(loss.repeat(BATCH))
    return {"logProbabilities": values, "loss": torch.cat(losses)[:count].mean().item()}


def main():
    versions = {
        "python": sys.version.split()[0], "torch": torch.__version__.split("+")[0], "numpy": numpy.__version__,
        "transformers": transformers.__version__,
    }
    generator = torch.Generator().manual_seed(5)
    cases = [evaluation(count, generator) for count in (1, 2, 7, 8, 9, 16, 19)]
    (HERE / "evaluation_losses.json").write_text(json.dumps({**versions, "cases": cases}) + "\n")
    clean = transformers.PreTrainedTokenizerBase.clean_up_tokenization
    pairs = [{"text": text, "closed": clean(None, text)} for text in TEXTS]
    (HERE / "closed_gaps.json").write_text(json.dumps({**versions, "cases": pairs}) + "\n")


main()

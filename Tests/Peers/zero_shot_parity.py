"""Holds lezobench's zero-shot predictions against transformers' on the same weights and the same test examples.

    lezobench run zero-shot --data DATA --models GGUF_OR_WHEEL --db zero-shot.sqlite
    python Tests/Peers/zero_shot_parity.py zero-shot.sqlite DATA GGUF_OR_WHEEL [--tasks sst2,rte] [--first 300] [--markdown FILE]

The model is SmolLM2-135M-Instruct, its weights dequantised by the gguf package; prompts, options and the draw of test
examples are restated in Tests/TasksTests/Fixtures/published_protocol.py; tokens are Hugging Face's. As in the published
code each option is a row by itself and scored by its tokens' mean log-probability, in float32; rows of like length are padded
on the right and run together, which changes no row's own positions. Answers are generated greedily, one prompt at a time, at
most 50 tokens, up to a newline or the end of the text. Of a generation task --first is best small. Exit code 1 when a task agrees on less than 99.5% of its examples.

Needs numpy, torch, transformers, tokenizers, gguf, and accelerate, which the reader of GGUF files in transformers asks for.
"""

import argparse
import json
import os
import sqlite3
import sys
import tempfile
import time
import zipfile

import numpy
import torch
import transformers

FIXTURES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "TasksTests", "Fixtures")
sys.path.insert(0, FIXTURES)
import make_task_goldens as tasks  # noqa: E402
import published_protocol as protocol  # noqa: E402

LEAST_AGREEMENT = 0.995
NEW_TOKENS, LONGEST = 50, 2048
BATCH_TOKENS = 1024
END_OF_TEXT = 2


def model_file(path):
    if path.endswith(".gguf"):
        return path
    archive = zipfile.ZipFile(path)
    return archive.extract(next(n for n in archive.namelist() if n.endswith(".gguf")), tempfile.mkdtemp())


def load_model(path):
    folder, name = os.path.split(os.path.abspath(path))
    model = transformers.AutoModelForCausalLM.from_pretrained(folder, gguf_file=name, dtype=torch.float32)
    return model.eval()


def stored(database):
    """By task: data seed, seconds of the test evaluation, its accuracy or F1, and its predictions in the order drawn."""
    connection = sqlite3.connect(f"file:{os.path.abspath(database)}?mode=ro", uri=True)
    rows = connection.execute(
        """SELECT cell.task, trial.data_seed, evaluation.id, evaluation.value, evaluation.evaluation_ns, cell.test_examples
           FROM evaluation JOIN trial ON trial.id = trial_id JOIN cell ON cell.id = cell_id
           WHERE split = 'test' AND method = 'zero-shot' AND calibrated = 0 AND model = 'smollm2-135m-instruct'
           AND storage = 'float32' AND trial.status = 'done' ORDER BY trial.id""").fetchall()
    result = {}
    for task, seed, identity, value, nanoseconds, asked in rows:
        predictions = connection.execute(
            "SELECT example, chosen_option, option_scores, generated_text, score FROM prediction WHERE evaluation_id = ? "
            "ORDER BY position", (identity,)).fetchall()
        result[task] = {"seed": seed, "value": value, "seconds": nanoseconds / 1e9, "asked": asked, "predictions": predictions}
    return result


def batches(rows):
    """Indices of rows with much the same length, longest first, so many that padded they have some thousand tokens."""
    order = sorted(range(len(rows)), key=lambda index: -len(rows[index][1]))
    while order:
        size = max(1, BATCH_TOKENS // len(rows[order[0]][1]))
        yield order[:size]
        order = order[size:]


@torch.inference_mode()
def row_scores(model, rows):
    """The mean log-probability of the last tokens of each row, of as many as stand before its token ids."""
    scores = [0.0] * len(rows)
    for indices in batches(rows):
        longest = len(rows[indices[0]][1])
        ids = torch.tensor([rows[i][1] + [END_OF_TEXT] * (longest - len(rows[i][1])) for i in indices])
        hidden = model.model(ids, use_cache=False).last_hidden_state
        for place, index in enumerate(indices):
            count, tokens = rows[index]
            end = len(tokens)
            logits = model.lm_head(hidden[place, end - count - 1:end - 1])
            values = torch.log_softmax(logits, dim=-1)[torch.arange(count), torch.tensor(tokens[end - count:])]
            scores[index] = values.mean().item()
    return scores


def all_option_scores(model, encoded):
    """The scores of the options of each example."""
    rows = iter(row_scores(model, [option for options in encoded for option in options]))
    return [[next(rows) for _ in options] for options in encoded]


@torch.inference_mode()
def answer(model, prompt, decode, newline):
    output = model.generate(
        torch.tensor([prompt]), attention_mask=torch.ones(1, len(prompt), dtype=torch.long), do_sample=False,
        max_new_tokens=min(NEW_TOKENS, LONGEST - len(prompt)), eos_token_id=[newline, END_OF_TEXT], pad_token_id=END_OF_TEXT)
    return decode(output[0, len(prompt):].tolist()).strip()


def compare(name, found, data, model, tokenize, decode, first):
    examples = tasks.split_examples(name, f"{data}/{tasks.TASKS[name][0]}", "validation")
    drawn = protocol.draw(len(examples), found["seed"], found["asked"])
    ids = [f"validation:{index}" for index in drawn]
    assert ids == [row[0] for row in found["predictions"]], f"{name}: other test examples were drawn"
    generation = name in protocol.GENERATION
    newline = tokenize("\n")[-1]
    count = min(first or len(drawn), len(drawn))
    same, ours, theirs, largest, differing = 0, [], [], 0.0, []
    start = time.monotonic()
    encoded = [
        protocol.encode(examples[index], tokenize, None, LONGEST, generation) for index in drawn[:count]]
    all_scores = [] if generation else all_option_scores(model, [options for options, _ in encoded])
    for position in range(count):
        example = examples[drawn[position]]
        _, chosen, scores, text, score = found["predictions"][position]
        ours.append(score)
        if generation:
            reply = answer(model, encoded[position][1], decode, newline)
            theirs.append(protocol.f1(reply, example[3]))
            agrees, detail = reply == text, {"lezobench": text, "python": reply}
        else:
            expected = all_scores[position]
            choice, scores = int(numpy.argmax(expected)), json.loads(scores)
            theirs.append(float(choice in example[2]))
            largest = max([largest] + [abs(a - b) for a, b in zip(scores, expected)])
            gap = sorted(expected)[-1] - sorted(expected)[-2]
            agrees = choice == chosen
            detail = {"lezobench": chosen, "python": choice, "gap of the two best scores": gap,
                      "largest score difference": max(abs(a - b) for a, b in zip(scores, expected))}
        same += agrees
        if not agrees:
            differing.append({"task": name, "example": ids[position], **detail})
    return {"task": name, "examples": count, "of": len(drawn), "lezobench": sum(ours) / count, "python": sum(theirs) / count,
            "same": same, "largest": largest, "lezobenchSeconds": found["seconds"] * count / len(drawn),
            "pythonSeconds": time.monotonic() - start, "differing": differing}


def table(rows):
    yield "| task | examples | lezobench (%) | Python (%) | same predictions | largest score difference | lezobench (s) | Python (s) |"
    yield "| :--- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for row in rows:
        examples = f"{row['examples']}" if row["examples"] == row["of"] else f"first {row['examples']} of {row['of']}"
        yield (f"| {row['task']} | {examples} | {100 * row['lezobench']:.2f} | {100 * row['python']:.2f} | "
               f"{row['same']}/{row['examples']} ({100 * row['same'] / row['examples']:.2f}%) | {row['largest']:.1e} | "
               f"{row['lezobenchSeconds']:.1f} | {row['pythonSeconds']:.1f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("database")
    parser.add_argument("data")
    parser.add_argument("model")
    parser.add_argument("--tasks", help="comma-separated; all that are in the database when left out")
    parser.add_argument("--first", type=int, help="how many of a task's test examples")
    parser.add_argument("--markdown", help="where to write the table")
    arguments = parser.parse_args()
    path = model_file(arguments.model)
    model = load_model(path)
    tokenizer = tasks.smollm2_tokenizer(path)
    decoder = transformers.AutoTokenizer.from_pretrained(os.path.dirname(path), gguf_file=os.path.basename(path))
    decode = lambda ids: decoder.decode(ids, skip_special_tokens=True, clean_up_tokenization_spaces=False)
    found = stored(arguments.database)
    names = arguments.tasks.split(",") if arguments.tasks else [name for name in tasks.TASKS if name in found]
    rows = []
    for name in names:
        rows.append(compare(name, found[name], arguments.data, model, tokenizer, decode, arguments.first))
        print(list(table(rows[-1:]))[-1], flush=True)
        for difference in rows[-1]["differing"]:
            print("  ", json.dumps(difference), flush=True)
    text = "\n".join(table(rows)) + "\n"
    print("\n" + text)
    if arguments.markdown:
        versions = f"transformers {transformers.__version__}, torch {torch.__version__}, numpy {numpy.__version__}"
        lines = "".join(f"- {json.dumps(d)}\n" for row in rows for d in row["differing"])
        with open(arguments.markdown, "w") as file:
            file.write(f"{text}\n{versions}\n\n{lines}")
    sys.exit(any(row["same"] < LEAST_AGREEMENT * row["examples"] for row in rows))


if __name__ == "__main__":
    main()

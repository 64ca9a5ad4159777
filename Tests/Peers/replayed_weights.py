"""Holds weights that lezobench rebuilt from a database against PyPI's safetensors and transformers.

    python Tests/Peers/replayed_weights.py --program .build/release/lezobench runs/smoke.sqlite [--trials 2,5]
        [--data DATA] [--models MODELS]

Each finished trial is replayed into a folder of its own. The file must open with safetensors, hold every parameter of the
model that transformers makes of the folder, under its name, shape and number format, and give transformers the
log-probabilities that `lezobench inspect logprobs` prints for the same folder. Exit code 1 when one of them does not.

Needs numpy, torch, transformers, tokenizers and safetensors.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import safetensors
import safetensors.torch
import torch
import transformers

TEXTS = ["a film that is very good .", "The town is small and the people are kind."]
# Of log-probabilities; both sides compute in float32, in other orders of summation.
TOLERANCE = 2e-4
TYPES = {"float32": torch.float32, "bfloat16": torch.bfloat16, "float16": torch.float16}


def answer(program, *arguments):
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, arguments))} ended with {done.returncode}: {done.stderr}{done.stdout}")
    return json.loads(done.stdout)


@torch.inference_mode()
def log_probabilities(model, ids):
    logits = model(torch.tensor([ids])).logits[0, :-1].float()
    return torch.log_softmax(logits, dim=-1)[torch.arange(len(ids) - 1), torch.tensor(ids[1:])]


def check(program, folder, storage):
    """The largest difference of log-probabilities; stops at anything that does not fit."""
    path = folder / "model.safetensors"
    tensors = safetensors.torch.load_file(path)
    with safetensors.safe_open(path, "pt") as opened:
        origin = opened.metadata()
    assert origin["format"] == "pt" and origin["origin"] == "lezobench replay", origin
    assert all(tensor.dtype == TYPES[storage] for tensor in tensors.values()), storage
    # In the file's own format, so that nothing is rounded on the way in.
    model = transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=TYPES[storage]).eval()
    parameters = dict(model.named_parameters())
    assert parameters.keys() == tensors.keys(), parameters.keys() ^ tensors.keys()
    for name, parameter in parameters.items():
        assert torch.equal(parameter, tensors[name]), name
    model = model.float()
    largest = 0.0
    for text in TEXTS:
        ours = answer(program, "inspect", "logprobs", "--model", folder, "--text", text)
        theirs = log_probabilities(model, ours["tokens"])
        largest = max(largest, (theirs - torch.tensor(ours["logprobs"])).abs().max().item())
    assert largest <= TOLERANCE, largest
    return largest, len(tensors)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("database", type=Path)
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--trials", help="numbers, joined by commas (default: all that are done)")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--models", type=Path)
    options = parser.parse_args()
    program = options.program.resolve()
    inputs = [word for name in ("data", "models") if (path := getattr(options, name)) for word in (f"--{name}", path)]
    listed = answer(program, "replay", options.database, "--json")
    wanted = [int(number) for number in options.trials.split(",")] if options.trials else [
        row["trial"] for row in listed if row["status"] == "done"]
    print(f"safetensors {safetensors.__version__}, transformers {transformers.__version__}, torch {torch.__version__}")
    for trial in wanted:
        with tempfile.TemporaryDirectory() as folder:
            said = answer(program, "replay", options.database, trial, "-o", folder, "--json", *inputs)
            replay = said["replay"]
            assert said["isConfirmed"], said
            largest, count = check(program, Path(folder), replay["storage"])
        print(f"trial {trial}: {count} tensors as {replay['storage']}, step {replay['rebuiltStep']} of {replay['steps']}; "
              f"log-probabilities within {largest:.1e}: {replay['label']}")


if __name__ == "__main__":
    main()

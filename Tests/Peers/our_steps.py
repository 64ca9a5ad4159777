"""Times MeZO steps of lezobench in a process of its own, in the form in which pytorch_steps.py answers."""
import json
import subprocess


def command(lezobench, model, plan, batch_file, shape, steps, threads):
    """The command line; `shape` is (batch, tokens) for random tokens, or None for the batch in the file."""
    subject = ["--shape", "x".join(map(str, shape))] if shape else ["--batch", batch_file]
    return [
        lezobench, "bench", "steps", "--json", "--model", model, *subject, "--plan", plan, "--steps", str(steps),
        "--rounds", "1", "--threads", str(threads),
    ]

"""Writes sandbox_rounds.csv: the step times of a program against itself that RecordedRoundsSlowTests draws gates from.

Run: python3 make_sandbox_rounds.py busy=FOLDER quiet=FOLDER
with the folders that this left, once beside builds on all processors of a machine (load averages of 5 to 8 on 2 processors)
and once on the same machine when it did nothing else; 15 gates of the first record, 25 of the second:
    lezobench gate --against-itself 15 --suite smoke --filter task=sst2 --filter plan=reference --filter sparsity=0 \
        --filter sparsity=0.75 --threads 1 --policy g0.yaml --folder FOLDER      # g0.yaml: timing: {rounds: 12}
"""
import csv, pathlib, sqlite3, statistics, sys

QUERY = """SELECT cell.method || ' ' || coalesce(cell.sparsity, 0), round.round,
    round_step.select_ns + round_step.perturb_ns + round_step.forward_ns + round_step.update_ns
    FROM round JOIN cell ON cell.id = round.cell_id JOIN round_step ON round_step.round_id = round.id"""


def medians(path):
    steps = {}
    for cell, number, nanoseconds in sqlite3.connect(f"file:{path}?mode=ro", uri=True).execute(QUERY):
        steps.setdefault((cell, number), []).append(nanoseconds)
    return {key: statistics.median(values) for key, values in steps.items()}


with open(pathlib.Path(__file__).with_name("sandbox_rounds.csv"), "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["machine", "cell", "round", "baseline_ns", "candidate_ns"])
    for machine, folder in (argument.split("=", 1) for argument in sys.argv[1:]):
        baseline = medians(f"{folder}/baseline.sqlite")
        candidate = medians(f"{folder}/candidate.sqlite")
        for cell, number in sorted(baseline.keys() & candidate.keys()):
            writer.writerow([machine, cell, number, int(baseline[cell, number]), int(candidate[cell, number])])

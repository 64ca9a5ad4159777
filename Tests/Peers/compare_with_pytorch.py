"""Times MeZO steps of lezobench beside PyTorch's in one interleaved run and reports ratios; see README.md.

    python compare_with_pytorch.py [--cases NAME ...] [--rounds N] [--quick] [--markdown FILE] [--json FILE]
    python compare_with_pytorch.py --self-test
"""
import argparse
import datetime
import json
import os
import sys
import tempfile
import time

import comparison_report
import machine
import self_tests
from cases import CASES, OURS, PYTORCH
from measured_rounds import run_case

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def parse_arguments():
    """The command line's arguments."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", nargs="+", choices=CASES, default=list(CASES))
    parser.add_argument("--contenders", nargs="+", choices=PYTORCH + OURS, help="in place of each case's own")
    parser.add_argument("--rounds", type=int, help="rounds of every case, in place of each case's own")
    parser.add_argument("--quick", action="store_true", help="one round of one timed step of every case named")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--lezobench", default=os.path.join(ROOT, ".build", "release", "lezobench"))
    parser.add_argument(
        "--data", default=os.path.join(ROOT, "..", "shared", "data"), help="a folder with glue/SST-2.zip")
    parser.add_argument(
        "--tokenizer", help="a folder with OPT's vocab.json and merges.txt (default: tokenizers/opt of --data)")
    parser.add_argument("--json", help="a file for every step's times")
    parser.add_argument("--markdown", help="a file for the report, which is printed in any case")
    parser.add_argument("--self-test", action="store_true", help="check the comparison itself, and stop")
    arguments = parser.parse_args()
    arguments.tokenizer = arguments.tokenizer or os.path.join(arguments.data, "tokenizers", "opt")
    return arguments


def shown_command():
    """This command for the report; of a folder outside the checkout only its option's name is shown."""
    words = ["python", "Tests/Peers/compare_with_pytorch.py", *sys.argv[1:]]
    return " ".join(
        previous[2:].upper() if os.path.isabs(word) else word for previous, word in zip(["", *words], words))


def main():
    """Runs all cases and reports them."""
    arguments = parse_arguments()
    if arguments.self_test:
        self_tests.run(arguments.data, arguments.tokenizer)
        return
    start = time.monotonic()
    result = {
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "commands": ["swift build -c release --product lezobench", shown_command()],
        "machine": {**machine.facts(arguments.lezobench), **machine.python_facts(), "threads": arguments.threads},
        "loadBefore": os.getloadavg()[0],
    }
    with tempfile.TemporaryDirectory() as folder:
        result["cases"] = [run_case(CASES[name], arguments, folder) for name in arguments.cases]
    result["loadAfter"] = os.getloadavg()[0]
    result["minutes"] = (time.monotonic() - start) / 60
    report = comparison_report.markdown(result)
    print(report)
    samples = json.dumps(result, separators=(",", ":")) + "\n"
    for path, text in ((arguments.markdown, report), (arguments.json, samples)):
        if path:
            with open(path, "w") as file:
                file.write(text)


if __name__ == "__main__":
    main()

"""Writes numpy_legacy.json: what NumPy's legacy generator draws, for NumPyLegacyGeneratorTests.

Run in this folder with any NumPy: the stream of numpy.random.RandomState is frozen (NEP 19).
"""

import json
import platform

import numpy as np

SEEDS = [0, 1, 13, 42, 123456789, 2**32 - 1]
COUNTS = [0, 1, 2, 3, 10, 100, 277, 400, 1000, 9427, 67349, 87599]
# Official sizes of the train and validation splits of the eleven tasks, but for those above.
SPLIT_SIZES = [56, 104, 250, 554, 638, 872, 2490, 3270, 4848, 5428, 9535, 10000, 10570, 27243, 77400, 100730]
DATA_SEEDS = [0, 1, 2, 42]
RANGES = [(0, 1), (0, 2), (-5, 6), (0, 1000), (0, 2**32), (0, 2**40), (10, 10 + 2**31)]


def checksum(values):
    """The sum of (place + 1) * value modulo 2^64, so that a swap is seen."""
    return sum((place + 1) * int(value) for place, value in enumerate(values)) % 2**64


permutations = []
for seed, count in [(s, c) for s in SEEDS for c in COUNTS] + [(s, c) for s in DATA_SEEDS for c in SPLIT_SIZES]:
    np.random.seed(seed)
    order = np.random.permutation(count)
    permutations.append(
        {
            "seed": seed,
            "count": count,
            "first": order[:12].tolist(),
            "checksum": checksum(order),
            # What comes next shows that the same number of words was taken.
            "next": np.random.random_sample(),
        }
    )

shuffles = []
for seed in SEEDS:
    np.random.seed(seed)
    values = [letter for letter in "abcdefghijklmnopqrstuvwxyz"]
    np.random.shuffle(values)
    numbers = np.arange(50) * 3
    np.random.shuffle(numbers)
    shuffles.append({"seed": seed, "letters": values, "thenTriples": numbers.tolist()})

integers = []
for seed in SEEDS:
    np.random.seed(seed)
    integers.append(
        {
            "seed": seed,
            "draws": [
                {"low": low, "high": high, "value": int(np.random.randint(low, high, dtype=np.int64))}
                for _ in range(6)
                for low, high in RANGES
            ],
        }
    )

doubles = []
for seed in SEEDS:
    np.random.seed(seed)
    doubles.append({"seed": seed, "values": np.random.random_sample(700)[::35].tolist()})

with open("numpy_legacy.json", "w") as file:
    json.dump(
        {
            "versions": {"numpy": np.__version__, "python": platform.python_version()},
            "permutations": permutations,
            "shuffles": shuffles,
            "integers": integers,
            "doubles": doubles,
        },
        file,
        separators=(",", ":"),
    )
    file.write("\n")

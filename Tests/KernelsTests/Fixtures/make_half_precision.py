"""Writes what PyTorch and NumPy round float32 numbers to in 16 bits.

Usage: python make_half_precision.py   (needs torch and numpy; writes half_precision.json beside itself)

Numbers: those that a format has, midpoints between neighbours (ties), the float32 numbers next to those midpoints,
subnormal ones, the edges of the range, infinities, and random bit patterns. NaN is left out: PyTorch gives one fixed
pattern for all, so only its being NaN is comparable.
"""
import json
import pathlib
import sys

import numpy
import torch

HERE = pathlib.Path(__file__).parent


def widened(patterns, kind):
    stored = torch.tensor(patterns.astype(numpy.int64)).to(torch.uint16).view(kind)
    return stored.double().numpy()


def around(values):
    """Each finite number with the float32 numbers next to it."""
    values = values[numpy.isfinite(values)]
    values, infinity = values.astype(numpy.float32), numpy.float32(numpy.inf)
    return numpy.concatenate([values, numpy.nextafter(values, infinity), numpy.nextafter(values, -infinity)])


def cases():
    generator = numpy.random.default_rng(3)
    numbers = []
    for kind, largest in ((torch.bfloat16, 0x7F7F), (torch.float16, 0x7BFF)):
        edges = [0, 1, 2, 3, 0x7F, 0x80, 0x81, 0x3FE, 0x3FF, 0x400, 0x401, largest - 1, largest]
        patterns = numpy.concatenate([edges, generator.integers(0, largest, 60)])
        lower, upper = widened(patterns, kind), widened(patterns + 1, kind)
        # The one above the largest is infinite; the tie is where the next number would be.
        upper = numpy.where(numpy.isinf(upper), 2 * lower - widened(patterns - 1, kind), upper)
        numbers += [lower, around((lower + upper) / 2)]
    bits = generator.integers(0, 1 << 32, 300, dtype=numpy.uint32).view(numpy.float32)
    numbers += [
        bits[~numpy.isnan(bits)], generator.standard_normal(200).astype(numpy.float32),
        (generator.standard_normal(200) * 2.0 ** -16).astype(numpy.float32),
        numpy.array([numpy.inf, 65504, 65519.996, 65520, 65536, 3.4028235e38, 1e-45, 2.0 ** -25, 2.0 ** -24]),
    ]
    numbers = numpy.concatenate(numbers).astype(numpy.float32)
    numbers = numpy.concatenate([numbers, -numbers])
    return numpy.unique(numbers.view(numpy.uint32)).view(numpy.float32)


values = cases()
bfloat16 = torch.tensor(values).to(torch.bfloat16).view(torch.uint16).numpy()
with numpy.errstate(over="ignore"):
    float16 = values.astype(numpy.float16).view(numpy.uint16)
assert (float16 == torch.tensor(values).to(torch.float16).view(torch.uint16).numpy()).all()
(HERE / "half_precision.json").write_text(json.dumps({
    "versions": {
        "python": sys.version.split()[0], "torch": torch.__version__.split("+")[0], "numpy": numpy.__version__,
    },
    "float32": values.view(numpy.uint32).tolist(),
    "bfloat16": bfloat16.tolist(),
    "float16": float16.tolist(),
}) + "\n")
print(len(values))

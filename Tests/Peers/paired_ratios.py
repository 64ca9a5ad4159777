"""Ratios of step times that were measured round by round, with the Hodges-Lehmann estimate and its exact interval."""
import math

import numpy
from scipy import stats

CONFIDENCE = 0.95


def walsh_averages(differences):
    """All (a + b) / 2 of two differences, each also with itself, in order."""
    values = numpy.asarray(differences, dtype=float)
    first, second = numpy.triu_indices(len(values))
    return numpy.sort((values[first] + values[second]) / 2)


def excluded_at_each_end(count):
    """How many Walsh averages the signed-rank interval leaves out at each end, plus one; 0 when there is no interval.

    It is the number of sums k with P(W+ <= k) <= (1 - confidence) / 2, W+ being the signed-rank statistic of `count`
    differences without ties.
    """
    masses = numpy.array([1.0])
    for rank in range(1, count + 1):
        masses = numpy.concatenate([masses, numpy.zeros(rank)]) + numpy.concatenate([numpy.zeros(rank), masses])
    return int((masses.cumsum() / 2.0**count <= (1 - CONFIDENCE) / 2).sum())


def ratio_of(numerators, denominators):
    """The centre of the ratios of two lists paired by round: estimate, interval and the rounds' own ratios.

    The logarithms of the ratios are taken to be independent and symmetric about their centre. `interval` is None when
    the rounds are too few for one of 95%: fewer than six.
    """
    logarithms = [math.log(a / b) for a, b in zip(numerators, denominators, strict=True)]
    averages = walsh_averages(logarithms)
    excluded = excluded_at_each_end(len(logarithms))
    return {
        "estimate": math.exp(float(numpy.median(averages))),
        "interval": [math.exp(averages[excluded - 1]), math.exp(averages[-excluded])] if excluded else None,
        "rounds": [math.exp(value) for value in logarithms],
    }


def check_against_scipy():
    """Checks a worked example by hand and the interval's ends by SciPy's exact signed-rank test.

    Raises: AssertionError naming what differs.
    """
    assert walsh_averages([1, 2, 4]).tolist() == [1, 1.5, 2, 2.5, 3, 4], "Walsh averages of 1, 2, 4"
    worked = ratio_of([math.exp(1), math.exp(2), math.exp(4)], [1, 1, 1])
    assert abs(math.log(worked["estimate"]) - 2.25) < 1e-12, f"estimate {worked['estimate']}"
    assert worked["interval"] is None and ratio_of([1] * 5, [1] * 5)["interval"] is None, "interval of few rounds"
    # P(W+ <= 0) = 1/64 for six, below 2.5%; P(W+ <= 3) = 5/256 and P(W+ <= 4) = 7/256 for eight.
    assert [excluded_at_each_end(count) for count in (5, 6, 8)] == [0, 1, 4], "excluded Walsh averages"
    generator = numpy.random.default_rng(20240524)
    for count in (6, 7, 8, 10, 13, 20):
        logarithms = generator.normal(0.4, 0.1, count)
        averages = walsh_averages(logarithms)
        low, high = numpy.log(ratio_of(numpy.exp(logarithms), numpy.ones(count))["interval"])
        for shift in (averages[:-1] + averages[1:]) / 2:
            rejected = stats.wilcoxon(logarithms - shift, mode="exact").pvalue <= 1 - CONFIDENCE
            assert rejected == (not low < shift < high), f"shift {shift} of {count} rounds, interval {low} to {high}"

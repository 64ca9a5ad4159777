"""Writes comparison_values.json: values of SciPy and statsmodels that StatisticsTests compares with.

Run: python make_comparison_values.py   (needs numpy, scipy and statsmodels; their versions are recorded in the file)
"""
import json
import pathlib

import numpy
import scipy
import statsmodels
from scipy import optimize, stats
from statsmodels.stats.proportion import confint_proportions_2indep, test_proportions_2indep

generator = numpy.random.default_rng(20261121)


def fieller():
    """Ends of the set {r: (y - r x)^2 <= h_y^2 + r^2 h_x^2}, found as roots instead of by the closed form."""
    rows = []
    for n, m, mean, other, deviation in [(6, 6, 100, 90, 4), (20, 12, 5, 15, 0.5), (2, 3, 10, 10, 0.2), (8, 8, 1, 0, 0.3),
                                         (5, 5, 0.1, 1, 1), (10, 10, -4, 2, 0.4)]:
        x = numpy.round(generator.normal(mean, deviation, n), 6)
        y = numpy.round(generator.normal(other, deviation, m), 6)
        half_x = stats.t.ppf(0.975, n - 1) * stats.sem(x)
        half_y = stats.t.ppf(0.975, m - 1) * stats.sem(y)
        ratio = y.mean() / x.mean()
        interval = None
        if x.mean() ** 2 > half_x ** 2:
            excess = lambda r: (y.mean() - r * x.mean()) ** 2 - half_y ** 2 - (r * half_x) ** 2
            reach = 1.0
            while excess(ratio - reach) <= 0 or excess(ratio + reach) <= 0:
                reach *= 2
            interval = [optimize.brentq(excess, ratio - reach, ratio, xtol=1e-14, rtol=1e-14),
                        optimize.brentq(excess, ratio, ratio + reach, xtol=1e-14, rtol=1e-14)]
        rows.append(dict(denominators=x.tolist(), numerators=y.tolist(), estimate=float(ratio), interval=interval))
    return rows


def signed_rank():
    """Exact p-values by all sign flips, with ties and zeros."""
    rows = []
    cases = [numpy.round(generator.normal(0.3, 1, n), d) for n, d in [(3, 4), (6, 4), (9, 1), (12, 1), (14, 0)]]
    for values in cases + [numpy.array([1.0, 1.0, -1.0, 2.0]), numpy.array([0.0, 0.0, 1.0, 3.0, -2.0])]:
        method = stats.PermutationMethod(n_resamples=numpy.inf)
        p = {side: float(stats.wilcoxon(values[values != 0], alternative=side, method=method).pvalue)
             for side in ("greater", "less")}
        rows.append(dict(values=values.tolist(), above=p["greater"], below=p["less"]))
    return rows


def bootstrap():
    """SciPy's percentile and BCa intervals with the replicates that they came from."""
    rows = []
    one = numpy.round(generator.exponential(1, 15), 6)
    groups = (numpy.round(generator.exponential(1, 9), 6), numpy.round(generator.exponential(2, 14), 6))
    for name, data, statistic in [("mean", (one,), lambda x, axis: x.mean(axis=axis)),
                                  ("difference", groups, lambda x, y, axis: y.mean(axis=axis) - x.mean(axis=axis)),
                                  ("deviation", (one,), lambda x, axis: x.std(axis=axis, ddof=1))]:
        row = dict(statistic=name, strata=[part.tolist() for part in data])
        for method in ("percentile", "BCa"):
            result = stats.bootstrap(data, statistic, n_resamples=499, method=method,
                                     rng=numpy.random.default_rng(7), vectorized=True)
            row[method.lower()] = [float(result.confidence_interval.low), float(result.confidence_interval.high)]
            row["replicates"] = [float(value) for value in result.bootstrap_distribution]
        rows.append(row)
    return rows


def welch():
    rows = []
    for n, m, shift in [(6, 6, 0.5), (2, 9, 1.0), (20, 12, 0.0)]:
        x = numpy.round(generator.normal(0, 1, n), 6)
        y = numpy.round(generator.normal(shift, 2, m), 6)
        test = stats.ttest_ind(y, x, equal_var=False)
        ends = test.confidence_interval(0.95)
        rows.append(dict(first=x.tolist(), second=y.tolist(), pValue=float(test.pvalue),
                         interval=[float(ends.low), float(ends.high)]))
    return rows


def independent_proportions():
    rows = []
    for k, n, l, m in [(56, 70, 48, 80), (10, 10, 0, 20), (0, 10, 0, 10), (610, 872, 655, 872), (5, 56, 0, 29)]:
        low, high = confint_proportions_2indep(l, m, k, n, method="newcomb", compare="diff")
        equal = k / n == l / m
        p = 1.0 if equal else test_proportions_2indep(l, m, k, n, method="score", compare="diff", correction=False).pvalue
        rows.append(dict(first=[k, n], second=[l, m], interval=[float(low), float(high)], pValue=float(p)))
    return rows


def spread():
    rows = []
    for n in (2, 5, 12, 30):
        values = numpy.round(generator.standard_t(3, n), 6)
        deviation = float(stats.median_abs_deviation(values, scale="normal"))
        limit = float(numpy.median(values) + stats.t.ppf(0.99, n - 1) * deviation * numpy.sqrt(1 + 1 / n))
        rows.append(dict(values=values.tolist(), deviation=deviation, limit=limit))
    return rows


def change_points():
    """Pettitt's statistic by its definition, the sum of signs over all pairs across the change."""
    rows = []
    for n, at, size in [(12, 6, 2.0), (30, 20, 1.0), (30, 1, 0.0), (8, 3, 9.0)]:
        values = numpy.round(generator.normal(0, 1, n), 1)
        values[at:] += size
        sums = [abs(numpy.sign(values[:t, None] - values[None, t:]).sum()) for t in range(1, n)]
        best = int(numpy.argmax(sums)) + 1
        p = min(1.0, 2 * numpy.exp(-6 * sums[best - 1] ** 2 / (n ** 3 + n ** 2)))
        rows.append(dict(values=values.tolist(), position=best, pValue=float(p),
                         shift=float(numpy.median(values[best:]) - numpy.median(values[:best]))))
    return rows


document = dict(
    madeBy="make_comparison_values.py", scipy=scipy.__version__, numpy=numpy.__version__,
    statsmodels=statsmodels.__version__, fieller=fieller(), signedRank=signed_rank(), bootstrap=bootstrap(),
    welch=welch(), independentProportions=independent_proportions(), spread=spread(), changePoints=change_points())
path = pathlib.Path(__file__).with_name("comparison_values.json")
path.write_text(json.dumps(document, indent=1) + "\n")

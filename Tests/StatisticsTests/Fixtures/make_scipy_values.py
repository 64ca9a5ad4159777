"""Writes scipy_values.json: values of SciPy and NumPy that StatisticsTests compares with.

Run: python make_scipy_values.py   (needs scipy and numpy; their versions are recorded in the file)
"""
import json
import pathlib

import numpy
import scipy
from scipy import special, stats

generator = numpy.random.default_rng(20241013)


def binomial_intervals():
    rows = []
    for k, n in [(0, 1), (1, 1), (0, 20), (20, 20), (7, 20), (135, 200), (1, 872), (610, 872), (871, 872), (503, 1000)]:
        for confidence in (0.9, 0.95, 0.99):
            result = stats.binomtest(k, n)
            exact = result.proportion_ci(confidence, "exact")
            wilson = result.proportion_ci(confidence, "wilson")
            rows.append(dict(successes=k, trials=n, confidence=confidence, exact=[exact.low, exact.high],
                             wilson=[wilson.low, wilson.high]))
    return rows


def binomial_cumulative():
    return [dict(trials=n, probability=p, count=k, cumulative=stats.binom.cdf(k, n, p), mass=stats.binom.pmf(k, n, p))
            for n, p, k in [(10, 0.5, 3), (20, 0.3, 0), (872, 0.9, 780), (1000, 0.5, 470), (5, 0.01, 4)]]


def incomplete_beta():
    return [dict(a=a, b=b, x=x, value=special.betainc(a, b, x), inverse=special.betaincinv(a, b, x))
            for a, b in [(0.5, 0.5), (1, 3), (7, 14), (610, 263), (0.5, 40), (5000, 5000)]
            for x in (0.025, 0.3, 0.5, 0.7, 0.975)]


def student():
    return [dict(degrees=d, x=x, cumulative=stats.t.cdf(x, d), probability=p, quantile=stats.t.ppf(p, d))
            for d in (1, 2, 4, 9, 19, 200) for x, p in [(-2.5, 0.025), (0.3, 0.4), (1.7, 0.95), (6, 0.999)]]


def normal():
    return [dict(x=x, cumulative=stats.norm.cdf(x), probability=p, quantile=stats.norm.ppf(p))
            for x, p in [(-8, 1e-12), (-1.96, 0.025), (0, 0.5), (0.5, 0.6), (3, 0.9999)]]


def samples():
    rows = []
    for n in (1, 2, 5, 6, 8, 10, 12, 15, 20, 31):
        values = numpy.round(generator.normal(0.4, 0.2, n), 6)
        pairs = [(a + b) / 2 for i, a in enumerate(values) for b in values[i:]]
        rows.append(dict(
            values=values.tolist(), median=float(numpy.median(values)), hodgesLehmann=float(numpy.median(pairs)),
            quantiles={str(p): float(numpy.quantile(values, p)) for p in (0, 0.1, 0.5, 0.77, 1)},
            mean=float(values.mean()), deviation=float(values.std(ddof=1)) if n > 1 else None,
            tInterval=list(stats.t.interval(0.95, n - 1, values.mean(), stats.sem(values))) if n > 1 else None))
    return rows


def signed_rank_consistency():
    """Shifts near the ends of the interval, and whether SciPy's exact test rejects them at 5 %."""
    rows = []
    for n in (6, 8, 10, 12, 20):
        values = numpy.round(generator.normal(-0.3, 0.1, n), 6)
        walsh = sorted((a + b) / 2 for i, a in enumerate(values) for b in values[i:])
        shifts = []
        for middle in [(a + b) / 2 for a, b in zip(walsh, walsh[1:])]:
            p = stats.wilcoxon(values - middle, mode="exact").pvalue
            shifts.append([float(middle), bool(p <= 0.05)])
        rows.append(dict(values=values.tolist(), shifts=shifts))
    return rows


def signed_rank_cumulative():
    rows = []
    for n in (1, 3, 6, 12, 20):
        counts = numpy.array([1.0])
        for r in range(1, n + 1):
            counts = numpy.concatenate([counts, numpy.zeros(r)]) + numpy.concatenate([numpy.zeros(r), counts])
        rows.append(dict(count=n, cumulative=(counts.cumsum() / 2**n).tolist()))
    return rows


def spearman():
    rows = []
    for n in (3, 7, 12, 20):
        x = numpy.round(generator.normal(size=n), 1)
        y = numpy.round(0.5 * x + generator.normal(size=n), 1)
        rows.append(dict(x=x.tolist(), y=y.tolist(), correlation=float(stats.spearmanr(x, y).statistic),
                         ranks=stats.rankdata(x).tolist()))
    return rows


def mcnemar():
    return [dict(first=b, second=c, pValue=float(stats.binomtest(min(b, c), b + c, 0.5).pvalue) if b + c else 1.0)
            for b, c in [(0, 0), (0, 1), (3, 9), (9, 3), (12, 12), (40, 61)]]


def non_inferiority():
    rows = []
    for n, shift in [(2, 0.5), (5, 0.2), (9, -0.4), (10, -1.5)]:
        d = numpy.round(generator.normal(shift, 0.8, n), 4)
        margin = 1.0
        flips = stats.permutation_test((d + margin,), numpy.mean, permutation_type="samples", alternative="greater",
                                       n_resamples=numpy.inf)
        rows.append(dict(differences=d.tolist(), margin=margin,
                         lowerBound=float(d.mean() - stats.t.ppf(0.95, n - 1) * stats.sem(d)),
                         signFlipPValue=float(flips.pvalue)))
    return rows


document = dict(
    madeBy="make_scipy_values.py", scipy=scipy.__version__, numpy=numpy.__version__,
    binomialIntervals=binomial_intervals(), binomialCumulative=binomial_cumulative(), incompleteBeta=incomplete_beta(),
    student=student(), normal=normal(), samples=samples(), signedRankConsistency=signed_rank_consistency(),
    signedRankCumulative=signed_rank_cumulative(), spearman=spearman(), mcNemar=mcnemar(),
    nonInferiority=non_inferiority())
path = pathlib.Path(__file__).with_name("scipy_values.json")
path.write_text(json.dumps(document, indent=1) + "\n")

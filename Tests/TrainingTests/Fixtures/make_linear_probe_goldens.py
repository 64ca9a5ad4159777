"""Makes linear_probes.json: logistic regressions as the published linear probe fits them.

Versions: scikit-learn 1.7.2, scipy 1.17.1, numpy 2.4.6. Run: python make_linear_probe_goldens.py
scikit-learn chooses the strength and gives the mean accuracies of the folds. The weights of each strength are those that
scipy finds for the same objective, to a tighter tolerance.
"""

import json
import warnings
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.special import logsumexp
from sklearn.linear_model import LogisticRegressionCV
from sklearn.model_selection import StratifiedKFold

warnings.simplefilter("ignore")


def weights(features, labels, classes, strength):
    """argmin of C sum of -ln softmax(W x)[y] + |W|^2 / 2."""

    def objective(flat):
        matrix = flat.reshape(classes, -1)
        scores = features @ matrix.T
        logs = scores - logsumexp(scores, axis=1, keepdims=True)
        value = -strength * logs[np.arange(len(labels)), labels].sum() + 0.5 * flat @ flat
        slopes = np.exp(logs)
        slopes[np.arange(len(labels)), labels] -= 1
        return value, strength * (slopes.T @ features).ravel() + flat

    start = np.zeros(classes * features.shape[1])
    found = minimize(objective, start, jac=True, method="L-BFGS-B",
                     options={"maxiter": 100_000, "maxfun": 200_000, "gtol": 1e-11, "ftol": 1e-16, "maxcor": 60})
    return found.x.reshape(classes, -1)


def case(seed, examples, width, classes, spread):
    generator = np.random.default_rng(seed)
    centres = generator.normal(size=(classes, width))
    labels = generator.choice(classes, size=examples, p=np.arange(1, classes + 1) / np.arange(1, classes + 1).sum())
    # Features that hang together, so that a strong penalty is not the best; float32, as a model has them.
    mixing = generator.normal(size=(width, width)) * np.geomspace(3, 0.02, width)
    features = ((spread * centres[labels] + generator.normal(size=(examples, width))) @ mixing.T).astype(np.float32)
    wide = features.astype(np.float64)
    folds = np.empty(examples, dtype=int)
    for fold, (_, held) in enumerate(StratifiedKFold(5).split(wide, labels)):
        folds[held] = fold
    search = LogisticRegressionCV(
        max_iter=100_000, fit_intercept=False, multi_class="multinomial", random_state=0, tol=1e-10)
    search.fit(wide, labels)
    accuracies = next(iter(search.scores_.values())).mean(axis=0)
    return {
        "features": features.astype(float).round(9).tolist(), "labels": labels.tolist(), "classes": classes,
        "folds": folds.tolist(), "accuracies": accuracies.tolist(), "inverseStrength": float(search.C_[0]),
        "strengths": [1e-2, 1.0, 1e2],
        "weights": [weights(wide, labels, classes, strength).tolist() for strength in (1e-2, 1.0, 1e2)],
    }


cases = [case(4, 60, 9, 2, 0.8), case(5, 75, 11, 3, 0.8), case(9, 40, 50, 2, 0.4)]
Path(__file__).with_name("linear_probes.json").write_text(json.dumps(cases))

# SPDX-License-Identifier: Apache-2.0
"""The figures of groups by fairlearn and scikit-learn on the people of tests/bench/people.hpp, as one line of JSON.

    fairness.py DRAWS MEASURED

Rates, predictive values and area of ten groups of a million people, with intervals from DRAWS bootstrap draws. MEASURED
draws are made, and the time of the others is taken to be the same: each is a draw of the same size.
"""

import importlib.metadata
import json
import sys
import time
import warnings

import numpy as np
from fairlearn.metrics import MetricFrame, false_negative_rate, false_positive_rate, selection_rate
from sklearn.metrics import precision_score, roc_auc_score

PEOPLE = 1_000_000


def uniform(first, step):
    """The numbers of SplitMix64 at places first, first + step ... as doubles from 0 to 1."""
    with np.errstate(over="ignore"):
        place = np.arange(PEOPLE, dtype=np.uint64) * np.uint64(step) + np.uint64(first + 1)
        z = np.uint64(20_260_302) + place * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    return (z >> np.uint64(11)).astype(np.float64) * 2.0**-53


def main() -> None:
    draws, measured = int(sys.argv[1]), int(sys.argv[2])
    warnings.simplefilter("ignore")
    scores = uniform(0, 3)
    outcomes = (uniform(1, 3) < 0.1 + 0.6 * scores).astype(int)
    groups = (uniform(2, 3) * 10).astype(int)
    metrics = {
        "base": lambda y, s: y.mean(),
        "selected": lambda y, s: selection_rate(y, s >= 0.5),
        "false_positive": lambda y, s: false_positive_rate(y, s >= 0.5),
        "false_negative": lambda y, s: false_negative_rate(y, s >= 0.5),
        "positive_predictive": lambda y, s: precision_score(y, s >= 0.5),
        "expected_by_observed": lambda y, s: s.sum() / y.sum(),
        "area": roc_auc_score,
    }

    def frame(**more):
        start = time.thread_time()
        made = MetricFrame(metrics=metrics, y_true=outcomes, y_pred=scores, sensitive_features=groups, **more)
        return made, time.thread_time() - start

    once, plain = frame()
    _, with_draws = frame(n_boot=measured, ci_quantiles=[0.025, 0.975], random_state=1)
    seconds = plain + (with_draws - plain) / measured * draws
    version = importlib.metadata.version
    print(json.dumps({
        "subject": "validation",
        "peer": f"fairlearn {version('fairlearn')} + scikit-learn {version('scikit-learn')}, {measured} draws measured",
        "nanoseconds": seconds * 1e9,
        "people": PEOPLE,
        "area": {str(group): area for group, area in once.by_group["area"].items()},
        "false_positive": {str(group): rate for group, rate in once.by_group["false_positive"].items()},
    }))


if __name__ == "__main__":
    main()

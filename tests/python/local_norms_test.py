# SPDX-License-Identifier: Apache-2.0
"""Local norms, recalibration, drift, agreement of raters and overrides, each against a slow count of its own."""

import datetime
import math
import random

import pytest

import tutela


def test_a_local_norm_counts_people():
    draw = random.Random(4)
    scores = [draw.randint(0, 20) for _ in range(211)]
    norm = tutela.LocalNorm(scores)
    assert norm.people == 211 and "211" in repr(norm)
    for score in range(-1, 22):
        lower, equal = sum(one < score for one in scores), sum(one == score for one in scores)
        assert norm.percentile(score) == pytest.approx(100 * (lower + equal / 2) / 211)
    for percent in (0, 10, 33.3, 50, 90, 100):
        value = norm.score_at(percent)
        assert sum(one <= value for one in scores) >= percent / 100 * 211
        assert not any(sum(one <= smaller for one in scores) >= percent / 100 * 211 for smaller in scores if smaller < value)
    with pytest.raises(tutela.InputError):
        tutela.LocalNorm([])


def test_recalibration_meets_the_local_outcomes():
    draw = random.Random(8)
    given = [draw.uniform(0.05, 0.6) for _ in range(400)]
    outcomes = [int(draw.random() < 0.6 * one) for one in given]
    level = tutela.recalibrate(given, outcomes)
    assert level.slope == 1 and level.intercept < 0
    assert sum(map(level.apply, given)) == pytest.approx(sum(outcomes), abs=1e-6)  # the score equation of the intercept
    both = tutela.recalibrate(given, outcomes, kind="intercept_and_slope")
    log_odds = [math.log(one / (1 - one)) for one in given]
    assert sum(map(both.apply, given)) == pytest.approx(sum(outcomes), abs=1e-5)
    assert sum(both.apply(p) * x for p, x in zip(given, log_odds)) == pytest.approx(sum(y * x for y, x in zip(outcomes, log_odds)), abs=1e-4)
    with pytest.raises(tutela.ContractViolation):
        tutela.recalibrate(given, outcomes, kind="spread")
    with pytest.raises(tutela.InputError):
        tutela.recalibrate([0.5, 2.0], [0, 1])
    with pytest.raises(ValueError):
        tutela.recalibrate([0.5, 0.5], [0, 3])


def test_drift_is_found_and_false_alarms_are_rare():
    draw = random.Random(1)
    alarms = 0
    for _ in range(200):
        right = tutela.DriftMonitor(false_alarms=0.05)
        for _ in range(300):
            right.add(0.3, draw.random() < 0.3)
        alarms += right.alarm is not None
    assert alarms <= 20  # at most 0.05 of 200 is 10 on average; 20 is beyond three standard deviations
    wrong = tutela.DriftMonitor(false_alarms=0.05)
    for _ in range(3_000):
        wrong.add(0.3, draw.random() < 0.45)
    assert wrong.alarm is not None and wrong.outcomes_are_more_frequent and wrong.evidence > 20 and wrong.cases == 3_000
    assert "alarm" in repr(wrong)
    with pytest.raises(tutela.ContractViolation):
        tutela.DriftMonitor(false_alarms=0)
    with pytest.raises(tutela.ContractViolation):
        wrong.add(1.5, True)


def test_agreement_of_raters_by_hand():
    first, second = [0, 1, 2, 1, 0, 2, 2, 1], [0, 1, 2, 2, 0, 1, 2, 0]
    found = tutela.rater_agreement(first, second, 3)
    weight = [[1 - abs(a - b) / 2 for b in range(3)] for a in range(3)]
    seen = sum(weight[a][b] for a, b in zip(first, second)) / 8
    chance = sum(weight[a][b] * first.count(a) * second.count(b) for a in range(3) for b in range(3)) / 64
    assert found["cases"] == 8 and found["exact"] == 5 / 8
    assert found["kappa"] == pytest.approx((seen - chance) / (1 - chance))
    assert found["low"] < found["kappa"] < found["high"] and found["standard_error"] > 0
    plain = tutela.rater_agreement(first, second, 3, weights="none")["kappa"]
    assert plain == pytest.approx((5 / 8 - 21 / 64) / (1 - 21 / 64))
    with pytest.raises(tutela.InputError):
        tutela.rater_agreement([0, 3], [0, 1], 3)


def test_stability_of_a_population():
    before, now = [1, 1, 2, 3] * 25, [1, 2, 3, 3] * 25
    found = tutela.population_stability(before, now, [2, 3])
    shares = [[(sum(b <= one < t for one in sample) + 0.5) / (100 + 1.5) for b, t in ((0, 2), (2, 3), (3, 9))] for sample in (before, now)]
    assert found["before"] == pytest.approx(shares[0]) and found["now"] == pytest.approx(shares[1])
    assert found["index"] == pytest.approx(sum((n - b) * math.log(n / b) for b, n in zip(*shares)))


ANSWERS = {
    "person.sex": "female", "person.birth_date": "1972-09-09", "probation.first_sanction_date": "1986-09-09",
    "probation.conviction_date": "2009-09-09", "probation.risk_start_date": "2015-09-15", "probation.previous_sanctions": 3,
    "probation.offence_group": "criminal_damage",
}


def override(**changes):
    given = dict(kind="discretionary", reason_code="R1", text="moved in with the victim", author="w-1", approver="w-2", on="2026-03-02",
                 expires="2026-09-02", before="low", after="medium")
    return tutela.ScoreOverride(**{**given, **changes})


def test_an_override_stands_beside_the_score():
    scale = tutela.load_instrument("uk/ogrs3")
    score = scale.score(ANSWERS, jurisdiction="GB-EAW")
    one = override()
    assert one.check(score, scale) == () and one == override() and one.on == datetime.date(2026, 3, 2)
    wrong = override(reason_code="", approver="w-1", before="high", after="no band", expires="2026-03-02").check(score, scale)
    assert sorted(diagnostic.pointer for diagnostic in wrong) == ["/after", "/approver", "/before", "/expires", "/reason_code"]
    assert tutela.effective_band(score, [one], "2026-03-01") == "low"
    assert tutela.effective_band(score, [one], "2026-03-02") == "medium"
    assert tutela.effective_band(score, [one], "2026-09-02") == "low" and score.band == "low"
    assert "w-1" not in repr(one)
    found = tutela.override_statistics(scale, 40, [one, override(reason_code="R2", before="medium", after="low"), one])
    assert found == {"scores": 40, "raised": 2, "lowered": 1, "by_reason": {"R1": 2, "R2": 1}}
    with pytest.raises(tutela.ContractViolation):
        override(kind="whim")

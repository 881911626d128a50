# SPDX-License-Identifier: Apache-2.0
"""`tutela.validate`: lists, arrays and series alike, the figures of a slow independent count, refusals in words."""

import json
import random

import pytest

import tutela


def sample(people=600):
    draw = random.Random(3)
    scores = [draw.randint(1, 10) for _ in range(people)]
    outcomes = [int(draw.random() < 0.08 * score) for score in scores]
    court = [draw.choice(["north", "south", "east"]) for _ in range(people)]
    return scores, outcomes, court


def test_small_groups_and_fitted_curves_have_the_form_of_the_schema(validator):
    scores, outcomes, court = sample()
    court[:3] = ["tiny", "tiny", "tiny"]
    figures = tutela.validate(scores, outcomes, groups={"court": court}, threshold=6).to_dict()
    validator.validate(figures)
    groups = figures["groupings"][0]["groups"]
    assert figures["calibration"]["refitted"] and {group["suppressed"] for group in groups} == {True, False}
    hidden = next(group for group in groups if group["suppressed"])
    hidden["counts"] = {"true_positive": 1, "false_positive": 1, "false_negative": 1, "true_negative": 0}
    assert list(validator.iter_errors(figures)), "a hidden group has no counts"


def test_figures_equal_a_slow_count():
    scores, outcomes, court = sample()
    report = tutela.validate(scores, outcomes, groups={"court": court}, threshold=6).to_dict()
    pairs = [(a, b) for a, y in zip(scores, outcomes) if y for b, z in zip(scores, outcomes) if not z]
    assert report["area"]["value"] == pytest.approx(sum((a > b) + (a == b) / 2 for a, b in pairs) / len(pairs), abs=1e-12)
    for group in report["groupings"][0]["groups"]:
        own = [(score >= 6, y) for score, y, name in zip(scores, outcomes, court) if name == group["group"]]
        without = [selected for selected, y in own if not y]
        assert group["figures"]["false_positive"]["value"] == pytest.approx(sum(without) / len(without), abs=1e-12)
        assert group["counts"]["true_positive"] == sum(1 for selected, y in own if selected and y)
    for row in report["thresholds"]:
        assert row["counts"]["true_positive"] == sum(1 for score, y in zip(scores, outcomes) if y and score >= row["threshold"])


def test_columns_of_every_kind_give_the_same_report():
    numpy = pytest.importorskip("numpy")
    scores, outcomes, court = sample()
    plain = tutela.validate(scores, outcomes, groups={"court": court}, draws=20).to_json()
    assert tutela.validate(numpy.array(scores), numpy.array(outcomes, dtype=bool), groups={"court": numpy.array(court)}, draws=20).to_json() == plain
    assert tutela.validate(numpy.array(scores, dtype="float32")[::1], numpy.array(outcomes), groups={"court": court}, draws=20).to_json() == plain
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"score": scores, "outcome": outcomes, "court": court})
    assert tutela.validate(frame.score, frame.outcome, groups={"court": frame.court}, draws=20).to_json() == plain


@pytest.fixture(scope="module")
def validator(root):
    jsonschema = pytest.importorskip("jsonschema")
    return jsonschema.Draft202012Validator(json.loads((root / "docs/schemas/validation.schema.json").read_text(encoding="utf-8")))


def test_every_part_is_reached(validator):
    scores, outcomes, court = sample()
    report = tutela.validate(
        [score / 10 for score in scores], outcomes, groups={"court": court, "half": [k % 2 for k in range(600)]}, probabilities=True,
        cuts=[0.35, 0.75], bands=["low", "medium", "high"], other_scores=[-score for score in scores], times=[k + 1 for k in range(600)],
        periods=[2024 + k // 300 for k in range(600)], earlier_scores=[0.1, 0.9], ratings=([0, 1, 2, 1], [0, 1, 2, 2]),
        items={"housing": [None if k % 10 == 0 else 1 for k in range(600)]}, clusters=[k // 3 for k in range(600)], strata=court,
        left_out=[("moved away", 4)], draws=30, seed=5, subject="made up", outcome="made up")
    figures = report.to_dict()
    validator.validate(figures)
    assert set(validator.schema["properties"]) == set(figures)  # every part stands in this report
    for part in figures:
        assert list(validator.iter_errors({**figures, part: "something else"})) or isinstance(figures[part], str), part
    assert list(validator.iter_errors({**figures, "no_such_key": 1}))
    assert [band["band"] for band in figures["bands"]] == ["low", "medium", "high"]
    assert figures["comparison"]["value"] > 0 and figures["survival"] and figures["stability"]["index"] > 0
    assert figures["agreement"]["exact"] == 0.75 and figures["missing"]["housing"]["count"] == 60
    assert figures["draws"] == {"number": 30, "seed": 5, "clustered": True, "stratified": True}
    assert len(figures["groupings"]) == 3 and figures["left_out"] == [{"reason": "moved away", "people": 4}]
    assert not figures["calibration"]["refitted"] and len(figures["periods"]) == 2
    assert report.to_markdown().startswith("# Validation: made up")
    assert report.to_html().count("<svg") >= 5 and report._repr_html_().startswith("<iframe")
    assert all(finding.what for finding in report.findings) and "600 people" in repr(report)
    json.loads(report.to_json())


def test_refusals():
    scores, outcomes, court = sample()
    with pytest.raises(tutela.InputError, match="another length"):
        tutela.validate(scores, outcomes, groups={"court": court[1:]})
    with pytest.raises(tutela.InputError, match="outside 0 to 1"):
        tutela.validate(scores, outcomes, probabilities=True)
    with pytest.raises(tutela.InputError, match="nothing can be said"):
        tutela.validate(scores, [0] * len(scores))
    with pytest.raises(tutela.InputError, match="finite"):
        tutela.validate([float("nan"), *scores[1:]], outcomes)
    with pytest.raises(ValueError, match="0 or 1"):
        tutela.validate(scores, [2, *outcomes[1:]])
    with pytest.raises(ValueError, match="missing"):
        tutela.validate([None, *scores[1:]], outcomes)

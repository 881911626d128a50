# SPDX-License-Identifier: Apache-2.0
import json
import pathlib

import pytest

import tutela

# A published check case: rsr-calculator, test/data/ogrs3.json.
ANSWERS = {
    "person.sex": "female",
    "person.birth_date": "1972-09-09",
    "probation.first_sanction_date": "1986-09-09",
    "probation.conviction_date": "2009-09-09",
    "probation.risk_start_date": "2015-09-15",
    "probation.previous_sanctions": 3,
    "probation.offence_group": "criminal_damage",
}


@pytest.fixture(scope="module")
def ogrs3():
    return tutela.load_instrument("uk/ogrs3")


def test_a_published_case(ogrs3):
    score = ogrs3.score(ANSWERS, jurisdiction="GB-EAW")
    assert score.state == "known"
    probability = score.outputs["two_years"].value
    assert probability.is_settled
    assert probability.lowest == pytest.approx(0.20180313320047938, abs=1e-12)
    assert score.band == "low" and score.possible_bands == ("low",)
    assert sum(item.value.lowest for item in score.contributions) == pytest.approx(score.total.lowest, abs=1e-12)
    assert score.norm and score.missing == ()


def test_a_missing_answer_gives_bounds_that_hold(ogrs3):
    missing = {name: value for name, value in ANSWERS.items() if name != "person.sex"}
    score = ogrs3.score(missing, jurisdiction="GB-EAW")
    assert score.state == "open" and score.missing == ("person.sex",)
    low, high = score.outputs["two_years"].value
    found = [ogrs3.score(missing | {"person.sex": sex}, jurisdiction="GB-EAW").outputs["two_years"].value.lowest for sex in ("female", "male")]
    assert (low, high) == (min(found), max(found))


def test_another_country_is_research_only(ogrs3):
    assert ogrs3.score(ANSWERS, jurisdiction="MD").state == "not_applicable"
    score = ogrs3.score(ANSWERS, jurisdiction="MD", purpose="research")
    assert score.state == "known" and score.research


def test_a_score_without_a_conviction_is_refused(ogrs3):
    without = {name: value for name, value in ANSWERS.items() if name != "probation.conviction_date"}
    score = ogrs3.score(without, jurisdiction="GB-EAW")
    assert score.state == "not_applicable" and score.reason


def test_wrong_answers_are_a_finding_about_the_facts(ogrs3):
    score = ogrs3.score(ANSWERS | {"person.sex": "other"}, jurisdiction="GB-EAW")
    assert score.state == "error"
    assert "person.sex" in " ".join(str(diagnostic) for diagnostic in score.diagnostics)


def test_a_score_is_no_truth_value(ogrs3):
    score = ogrs3.score(ANSWERS, jurisdiction="GB-EAW")
    with pytest.raises(TypeError, match="score.state"):
        bool(score)
    assert score.to_dict()["state"] == "known"
    assert "0.2" not in repr(score) and repr(score.total) == "<tutela.Bounds: settled>"
    with pytest.raises(tutela.ContractViolation):
        ogrs3.score(ANSWERS, purpose="curiosity")


def test_what_an_instrument_says_about_itself(ogrs3):
    assert ogrs3.id == "uk/ogrs3" and ogrs3.title and ogrs3.norm
    assert ogrs3.rights["licence"] and ogrs3.sources
    assert ogrs3.facts["person.birth_date"]["type"] == "date"


def test_what_would_decide_and_what_would_lower_the_band():
    lds = tutela.load_instrument("uk/ovp")
    names = [name for name in lds.facts]
    assert any(lds.facts[name]["type"] == "string" for name in names)
    answers = {
        "person.sex": "male", "person.birth_date": "1990-05-04", "probation.conviction_date": "2024-11-02", "probation.risk_start_date": "2025-01-10",
    }
    found = lds.settle(answers, jurisdiction="GB-EAW")
    score = lds.score(answers, jurisdiction="GB-EAW")
    assert score.state == "open"
    assert [effect["fact"] for effect in found["effects"]] == list(score.missing)
    assert found["smallest"] == [] or all(set(one) <= set(score.missing) for one in found["smallest"])
    assert lds.smallest_changes(answers, jurisdiction="GB-EAW") == []  # the band is open


def test_a_misspelt_answer(ogrs3):
    misspelt = {("person.sexx" if name == "person.sex" else name): value for name, value in ANSWERS.items()}
    assert ogrs3.score(misspelt, jurisdiction="GB-EAW").missing == ("person.sex",)
    refused = ogrs3.score(misspelt, jurisdiction="GB-EAW", answers_only=True)
    assert refused.state == "error" and "no such item" in str(refused.diagnostics[0])


def test_a_fact_from_an_expression(ogrs3):
    import json
    import pathlib

    path = pathlib.Path(__file__).resolve().parents[2] / "src/packs/uk/ogrs3/ogrs3.instrument.json"
    described = json.loads(path.read_text(encoding="utf-8"))
    fact = next(one for one in described["facts"] if one["id"] == "previous_sanctions")
    del fact["fact"]
    fact["feel"] = "record.sanctions - 1"
    fed = tutela.parse_instrument(json.dumps(described))
    answers = {name: value for name, value in ANSWERS.items() if name != "probation.previous_sanctions"} | {"record.sanctions": 4}
    same = fed.score(answers, jurisdiction="GB-EAW")
    assert same.state == "known" and same.total == ogrs3.score(ANSWERS, jurisdiction="GB-EAW").total


@pytest.fixture(scope="module")
def cut_by_sex(tmp_path_factory):
    """OGRS3 with invented norms: until 2020 women and men are cut otherwise, from then on everybody alike."""
    source = pathlib.Path(__file__).parents[2] / "src/packs/uk/ogrs3/ogrs3.instrument.json"
    scale = json.loads(source.read_text(encoding="utf-8"))

    def bands(cut):
        return [{"id": "less", "label": "less", "below": cut}, {"id": "more", "label": "more", "from": cut}]

    del scale["bands"], scale["cases"]
    source = scale["sources"][:1]
    scale["norms"] = [
        {"id": sex, "label": sex, "until": "2020-01-01", "when": {"sex": sex}, "bands": bands(cut), "sources": source}
        for sex, cut in (("female", "19"), ("male", "50"))
    ]
    scale["norms"].append({"id": "later", "label": "later", "from": "2020-01-01", "bands": bands("60"), "sources": source})
    path = tmp_path_factory.mktemp("norms") / "cut.instrument.json"
    path.write_text(json.dumps(scale), encoding="utf-8")
    return tutela.load_instrument(path)


def test_the_norm_of_place_and_day_gives_the_band(cut_by_sex):
    where = {"jurisdiction": "GB-EAW", "on": "2019-06-01"}
    assert cut_by_sex.bands == () and cut_by_sex.normed(**where).bands == ("less", "more")
    assert cut_by_sex.score(ANSWERS, **where).band == "more"
    assert cut_by_sex.score(ANSWERS, jurisdiction="GB-EAW", on="2020-06-01").band == "less"
    without = {name: value for name, value in ANSWERS.items() if name != "person.sex"}
    assert cut_by_sex.score(without, **where).possible_bands == ("less", "more")
    assert cut_by_sex.score_batch({name: [value] for name, value in ANSWERS.items()}, **where)["band"] == ["more"]
    with pytest.raises(tutela.InputError, match="no day is given"):
        cut_by_sex.normed("GB-EAW")
    assert cut_by_sex.score(ANSWERS, jurisdiction="GB-EAW").state == "error"

# SPDX-License-Identifier: Apache-2.0
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

import tutela


def test_a_missing_fact_is_asked_for_and_never_read_as_no(swimming):
    verdict = swimming.decide({"child.height": Decimal("1.20")})["may_swim"]
    assert verdict.outcome == "unknown"
    assert verdict.value is None
    assert verdict.missing == ("child.guardian_agrees",)
    assert set(verdict.possible.values) == {True, False}


def test_what_cannot_change_the_answer_is_not_asked(swimming):
    verdict = swimming.decide({"child.height": "1.19"})["may_swim"]
    assert (verdict.outcome, verdict.value, verdict.missing) == ("known", False, ())


def test_none_means_not_known(swimming):
    verdict = swimming.decide({"child.height": 2, "child.guardian_agrees": None})["may_swim"]
    assert verdict.missing == ("child.guardian_agrees",)


def test_what_cannot_be_known_goes_to_a_human(swimming):
    verdict = swimming.decide({"child.height": 2, "child.guardian_agrees": tutela.UNCERTAIN})["may_swim"]
    assert verdict.outcome == "undeterminable"
    assert verdict.missing == ()
    assert verdict.uncertain == ("child.guardian_agrees",)


def test_partly_known_facts_can_settle_an_answer(swimming):
    assert swimming.decide({"child.height": tutela.between("0.90", "1.10")})["may_swim"].value is False
    assert swimming.decide({"child.height": tutela.between("1.10", "1.30"), "child.guardian_agrees": True})["may_swim"].outcome == "unknown"
    lane = swimming.decide({"child": {"birth_date": "2017-01-01", "group": tutela.one_of("otters", "herons")}})["lane"]
    assert lane.outcome == "unknown"
    assert set(lane.possible.values) == {"shallow", "middle"}


def test_verdicts_are_a_mapping(swimming):
    verdicts = swimming.decide({})
    assert isinstance(verdicts, Mapping)
    assert list(verdicts) == ["lane", "may_swim"] == verdicts.keys()
    assert len(verdicts) == 2 and "lane" in verdicts and 7 not in verdicts
    assert [name for name, verdict in verdicts.items() if verdict.outcome == "unknown"] == ["lane", "may_swim"]
    assert dict(verdicts).keys() == {"lane", "may_swim"}
    assert verdicts.get("flying") is None
    with pytest.raises(KeyError):
        verdicts["flying"]


def test_a_verdict_is_no_truth_value(swimming):
    verdict = swimming.decide({"child.height": 1})["may_swim"]
    with pytest.raises(TypeError, match="verdict.outcome"):
        bool(verdict)
    with pytest.raises(TypeError):
        assert verdict


def test_one_decision_is_enough(swimming):
    assert list(swimming.decide({}, decisions="lane")) == ["lane"]
    with pytest.warns(UserWarning, match="no decision 'flying'"):
        assert swimming.decide({}, decisions=["flying"])["flying"].outcome == "rule_not_available"


def test_dated_law_needs_a_day(child_protection):
    assert child_protection.dated
    with pytest.raises(tutela.ContractViolation):
        child_protection.decide({})
    by_text = child_protection.decide({"person.birth_date": date(2025, 1, 10)}, on="2026-03-02")
    by_date = child_protection.decide({"person.birth_date": "2025-01-10"}, date(2026, 3, 2))
    assert [v.to_json() for v in by_text.values()] == [v.to_json() for v in by_date.values()]


def test_the_answer_says_from_which_article(child_protection):
    verdict = child_protection.decide({"person.birth_date": "2025-01-10"}, on="2026-03-02")["is_child"]
    assert verdict.value is True
    assert verdict.citations and all(citation.act and citation.grade in "AB" for citation in verdict.citations)
    assert verdict.reasons and verdict.reasons[0].applies == "yes"
    assert verdict.categories
    assert verdict.pack == "md/child-protection" and len(verdict.pack_digest) == 64
    assert verdict.pack_digest == child_protection.digest


def test_the_interview_gets_shorter_with_each_answer(child_protection):
    facts = {"person.birth_date": "2025-01-10"}
    first = child_protection.decide(facts, on="2026-03-02")["day_service"]
    assert (first.outcome, first.missing) == ("unknown", ("family.vulnerable",))
    settled = child_protection.decide(facts | {"family.vulnerable": True}, on="2026-03-02")["day_service"]
    assert (settled.outcome, settled.value) == ("known", True)


@pytest.mark.parametrize("lang", ["en", "ro", "uk", "ru"])
def test_explanations_in_four_languages(child_protection, lang):
    verdict = child_protection.decide({"person.birth_date": "2025-01-10"}, on="2026-03-02")["day_service"]
    text = verdict.explain(lang)
    assert child_protection.decisions["day_service"]["label"] != "" and len(text.splitlines()) > 10
    assert "2025" in text  # the officer sees the values
    with pytest.raises(tutela.ContractViolation):
        verdict.explain("la")


def test_explanations_for_three_readers(child_protection):
    facts = {
        "person.protection_status": "temporarily_without_parental_care",
        "person.status_ground": "article_14_1_c",
        "family.visit_requested_by": "parent",
        "family.court_action": tutela.Fact("deprivation_of_parental_rights", source="court file", recorded="2026-02-01"),
    }
    verdict = child_protection.decide(facts, on="2026-03-02")["quarterly_parent_visit"]
    assert verdict.value is False
    assert "deprivation of parental rights (court file, recorded on 1 February 2026)" in verdict.explain()
    for page in (verdict.explain(view="family"), verdict.explain(view="child", age=12)):
        assert "deprivation" not in page and "court file" not in page and "Rule" not in page
    assert "Ana, room 5" in verdict.explain("ru", view="child", age=9, contact="Ana, room 5")
    page = json.loads(verdict.explain(view="family", format="json"))
    assert page["view"] == "family" and "proof" not in page
    for wrong in ({"view": "child"}, {"view": "child", "age": 18}, {"view": "judge"}, {"format": "pdf"}):
        with pytest.raises(tutela.ContractViolation):
            verdict.explain(**wrong)


def test_a_proof_leads_from_the_decision_to_the_facts(child_protection):
    facts = {"person.birth_date": tutela.Fact("2025-01-10", source="register"), "family.vulnerable": False}
    proof = child_protection.decide(facts, on="2026-03-02")["day_service"].prove(why_not=True)
    assert proof["steps"][0]["decision"] == "day_service"
    states = [rule["state"] for rule in proof["steps"][0]["rules"]]
    assert states == ["out", "out", "out", "out", "out", "applies"]
    assert {fact["name"]: fact["source"] for fact in proof["facts"]}["person.birth_date"] == "register"
    assert proof["minimal_reasons"] == {"sets": [["family.vulnerable"]], "truncated": False}
    assert [[c["input"] for c in found["conditions"]] for found in proof["why_not"]["sets"]] == [["family.vulnerable"]]
    assert "why_not" not in child_protection.decide({}, on="2026-03-02")["day_service"].prove(minimal_reasons=False)


def test_a_verdict_as_plain_values(swimming):
    plain = swimming.decide({"child.height": 1})["may_swim"].to_dict()
    assert plain["outcome"] == "known" and plain["value"] is False and plain["decision"] == "may_swim"


def test_conformance_reads_missing_as_null(swimming):
    verdict = swimming.decide({"child.height": 2}, mode="conformance")["may_swim"]
    assert verdict.outcome != "unknown"


def test_what_a_pack_says_about_itself(child_protection, swimming):
    assert child_protection.jurisdiction == "MD"
    assert "person.birth_date" in child_protection.facts
    assert child_protection.facts["person.birth_date"]["type"] == "date"
    assert len(child_protection.decisions) >= 10
    for decision in child_protection.decisions.values():
        assert decision["texts"] and decision["label"]
    assert "md/child-protection" in tutela.shipped_packs()
    assert swimming.facts["child.group"]["allowed"] == ("otters", "herons")
    assert not swimming.dated


def test_a_pack_from_memory(root):
    pack = tutela.parse_pack((root / "tests" / "c" / "swimming.dmn").read_bytes(), file="swimming.dmn")
    assert pack.decide({"child.height": 1})["may_swim"].value is False


def test_test_cases_of_a_pack(root):
    report = tutela.test_cases(root / "src" / "packs" / "md" / "child-protection")
    assert report.failed == 0 and report.passed > 0
    assert str(report) == f"{report.passed} passed, 0 failed"
    assert all(case.passed for case in report.cases)

# SPDX-License-Identifier: Apache-2.0
"""What may be told, pseudonyms, the history of a record and checks of exports, from Python."""

import hashlib
import struct
from datetime import date
from pathlib import Path

import pytest

import tutela

ROOT = Path(__file__).resolve().parents[2]
NETWORK = ROOT / "examples/data/demo/network.json"
CASE = {
    "format": "tutela-case/1", "id": "case-17", "synthetic": True, "jurisdiction": "MD", "kind": "child_protection",
    "held_by": "demo-directorate", "facts": {"person.birth_date": "2016-05-01", "unheard.of": "secret"},
}
OFFICER = {"by": "data_protection_officer", "reason": "request of the person"}


def keys(*names):
    return tutela.PseudonymKeys([(name, bytes(range(32))) for name in names])


def test_pseudonyms_are_keyed_blake2b():
    digest = hashlib.blake2b(key=bytes(range(32)), digest_size=20)
    for text in (b"tutela-pseudonym/1 referral", "copil-ș".encode()):
        digest.update(struct.pack("<Q", len(text)) + text)
    made = keys("2026").pseudonym("referral", "copil-ș")
    assert made == "2026." + digest.hexdigest()
    assert keys("2027", "2026").stands_for(made, "referral", "copil-ș") is True
    assert keys("2027", "2026").stands_for(made, "research", "copil-ș") is False
    assert keys("2027").stands_for(made, "referral", "copil-ș") is None
    assert keys("2027", "2026").is_outdated(made) and not keys("2026").is_outdated(made)


def test_the_secret_is_in_no_text():
    assert "keys" in repr(keys("a")) and "\\x01" not in repr(keys("a"))
    with pytest.raises(tutela.InputError) as refused:
        tutela.PseudonymKeys([("a", b"too short")])
    assert "too short" not in str(refused.value)
    with pytest.raises(TypeError):
        __import__("pickle").dumps(keys("a"))


def ask(**more):
    question = {"to": "demo-harbour", "purpose": "protection", "on": "2026-03-02", "networks": NETWORK,
                "packs": "md/child-protection", "facts": ["person.birth_date"]}
    return tutela.what_may_be_told(more.pop("case", CASE), **{**question, **more})


def test_what_is_not_known_stays_until_there_is_consent():
    facts = {fact["fact"]: fact for fact in ask().to_dict()["facts"]}
    assert facts["person.birth_date"]["telling"] == "unknown"
    assert facts["person.birth_date"]["grounds"][0]["ask"] == ["consent.identity"]
    given = {"category": "identity", "answer": "given", "given_by": "guardian", "valid_until": date(2026, 3, 3)}
    assert ask(consents=[given]).told == ("person.birth_date",)
    assert ask(consents=[given], on="2026-03-03").told == (), "it has ended"
    assert ask(consents=[given, {**given, "answer": "refused"}]).told == ()


def test_what_is_told_and_the_entry_of_the_log():
    finding = ask(consents=[{"category": "identity", "answer": "given"}])
    (case,) = tutela.parse_cases(__import__("json").dumps(CASE))
    ring = keys("2026")
    told = finding.redact(case, ring.pseudonym("protection", case.id))
    assert set(told.facts) == {"person.birth_date"}
    assert "case-17" not in told.to_json() and "secret" not in told.to_json()
    assert tutela.parse_cases(told.to_json())[0].to_json() == told.to_json()
    entry = finding.entry(told, by="case_manager", keys=ring)
    assert entry["categories"] == ["identity"] and entry["key"] == "2026" and "2016" not in str(entry)
    assert entry["grounds"][0]["agreement"] == "demo-agreement-directorate-harbour"


def test_a_decision_names_what_is_needed():
    finding = ask(facts=(), decisions="is_child")
    assert finding.minimum_known
    assert finding.of_result("person.birth_date") == "unknown" and finding.of_result(["no.such"]) == "withhold"
    assert not ask(facts=()).minimum_known
    with pytest.raises(tutela.InputError):
        ask(decisions="no_such")


def test_lapsed_facts_are_as_if_they_had_never_been():
    facts = {"person.birth_date": "2012-05-01", "person.protection_status": "none"}
    kept = tutela.KeptRecord(facts).lapse("person.protection_status", kind="sealed", on="2026-03-02", by="court", reason="sealed")
    pack = tutela.load_pack("md/child-protection")
    after = pack.decide(kept.readable("2026-03-02"), on="2026-03-02")
    never = pack.decide({"person.birth_date": "2012-05-01"}, on="2026-03-02")
    assert {name: verdict.to_dict() for name, verdict in after.items()} == {name: verdict.to_dict() for name, verdict in never.items()}
    assert set(kept.readable("2026-03-01")) == set(facts)
    assert [entry["done"] for entry in kept.history] == ["sealed"]


def test_rectify_restrict_erase():
    kept = tutela.KeptRecord({"a": 1, "b": 2})
    kept = kept.rectify("a", 3, source="court", on="2026-03-02", **OFFICER)
    assert kept.readable("2026-03-02")["a"][0].value == 3 and kept.readable("2026-03-01")["a"][0].value == 1
    kept = kept.restrict("b", on="2026-03-03", **OFFICER)
    assert set(kept.readable("2026-03-03")) == {"a"}
    kept = kept.release("b", on="2026-03-04", **OFFICER)
    hold = {"reason": "complaint", "categories": ["identity"], "valid_until": "2026-03-06"}
    with pytest.raises(tutela.InputError):
        kept.erase("a", on="2026-03-05", categories={"a": "identity"}, holds=[hold], **OFFICER)
    kept = kept.erase("a", on="2026-03-06", categories={"a": "identity"}, holds=[hold], **OFFICER)
    assert set(kept.readable("2026-03-02")) == {"b"}
    assert [entry["done"] for entry in kept.history] == ["rectified", "restricted", "released", "erased"]


def test_terms_of_keeping():
    kept = tutela.KeptRecord({"a": 1, "b": 2, "c": 3})
    rules = [{"category": "health", "keep": "5 years", "from": "case_closed", "act": "Act", "article": "art. 5"}, {"category": "identity"}]
    read = kept.retention(categories={"a": "health", "b": "identity"}, rules=rules, events={"case_closed": "2020-03-01"}, on="2026-03-02")
    assert [(one["fact"], one["state"]) for one in read] == [("a", "due"), ("b", "not_set"), ("c", "category_unknown")]
    assert read[0]["erase_on"] == "2025-03-02" and read[0]["citation"]["article"] == "art. 5"


def test_exports():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"age": [13, 13, 14], "village": ["x", "x", None]})
    found = tutela.review_anonymity(frame, people=2)
    assert found["failing"] == [2] and found["smallest"] == 1 and not found["passes"]
    assert tutela.review_anonymity({"age": [1, 1]}, sensitive=["x", "x"], people=2)["least_values"] == 1
    shown = tutela.suppress_small_cells([[2, 20, 30], [40, 50, 60]], smallest=5, width=1)
    assert shown[0][0] is None and shown[2][3] == 202
    assert sum(cell is None for row in shown for cell in row) == 4


def test_a_child_in_the_household_of_a_monitored_person():
    review = {"review": {"order": "M-1", "tasks": ["tell_childrens_service", "set_retention"]}, "notices": [], "erase": None}
    asked = {"to": "demo-harbour", "purpose": "protection", "on": "2026-03-02", "networks": NETWORK, "packs": "md/child-protection"}
    task = tutela.household_child_task(review, CASE, facts=["person.birth_date"], **asked)
    assert task["order"] == "M-1" and task["telling"] == "unknown"
    assert task["finding"].to_dict() == ask().to_dict(), "the same finding as for every other telling"
    given = {"category": "identity", "answer": "given", "given_by": "guardian"}
    assert tutela.household_child_task(review, CASE, facts="person.birth_date", consents=[given], **asked)["telling"] == "tell"
    refused = {**given, "answer": "refused"}
    assert tutela.household_child_task(review, CASE, facts=["person.birth_date"], consents=[refused], **asked)["telling"] != "tell"
    nothing = {**review, "review": {"order": "M-1", "tasks": ["ask_about_children"]}}
    assert tutela.household_child_task(nothing, CASE, facts=["person.birth_date"], **asked) is None
    with pytest.raises(tutela.InputError) as wrong:
        tutela.household_child_task(review, CASE, facts=[], **asked)
    assert [finding.code for finding in wrong.value.diagnostics] == ["TUT-705"]

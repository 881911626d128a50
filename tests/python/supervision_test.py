# SPDX-License-Identifier: Apache-2.0
"""Clocks, probation, monitoring, child protection, papers and drafts in Python."""

import datetime
import json
import pathlib

import pytest

import tutela

DEMO = pathlib.Path(__file__).resolve().parents[2] / "examples/data/demo"


def by(rows, key):
    return {row[key]: row for row in rows}


def test_what_is_due_when_why_and_by_which_article():
    rows = by(tutela.clocks("md", {"removal_decision": "2026-03-05T16:20"}, on="2026-03-06"), "id")
    assert rows["MD-006"]["last"] == "2026-03-06T16:20" and rows["MD-006"]["state"] == "due"
    assert rows["MD-007"]["last"] == "2026-03-10" and rows["MD-007"]["marks"] == ["holidays_unknown"]
    assert rows["MD-007"]["citation"]["article"] == "art. 71(3)" and rows["MD-007"]["on_miss"] == "child_is_returned"
    assert rows["MD-046"]["state"] == "no_event" and "MD-043" not in rows
    moment = datetime.datetime(2026, 3, 5, 16, 20)
    done = tutela.clocks("md", {"removal_decision": moment}, on="2026-03-09", records={"MD-006": {"done": ["2026-03-06T16:21"]}})
    assert by(done, "id")["MD-006"]["state"] == "met_late"
    asked = by(tutela.clocks("md", {}, on="2026-03-09", include_unverified=True), "id")
    assert asked["MD-043"]["by_default"] is False
    assert by(tutela.clocks("ua", {"removal_decision": "2026-03-05"}, on="2026-03-06"), "id")["UA-003"]["last"] == "2026-03-12"
    with pytest.raises(tutela.InputError, match="/events/birth"):
        tutela.clocks("md", {"birth": "soon"}, on="2026-03-09")


def test_the_account_of_community_work():
    found = tutela.review_probation(DEMO / "supervision.json", on="2026-03-31")
    account = found["reviews"][0]["community_work"][0]
    assert (account["counted"], account["over"], account["undecided"]) == (660, 60, 0)
    assert account["remaining"] == {"least": 2940, "most": 2940} and account["hours_lawful"] is True
    assert found["reviews"][1]["regime"]["state"] == "adult"
    assert by(found["texts"], "id")["MD-060"]["citation"]["grade"] == "A"
    assert by(found["texts"], "id")["MD-062"]["by_default"] is False
    records = json.loads((DEMO / "supervision.json").read_text(encoding="utf-8"))
    records["jurisdiction"] = "RO"
    elsewhere = tutela.review_probation(records, on="2026-03-31")["reviews"]
    assert elsewhere[0]["community_work"][0]["counted"] == 0, "the rules of one country never stand in for another's"
    assert elsewhere[1]["regime"]["state"] == "rule_not_available"
    with pytest.raises(tutela.ContractViolation):
        tutela.review_probation(records, on="2026-03-31", law="md")


def test_only_what_is_certain_is_an_alert_and_the_hidden_place_is_nowhere():
    start = 1767571200 + 9 * 3600  # 2026-01-05T09:00Z
    columns = {
        "at": [start, start + 300, start + 600, start + 900],
        "latitude": [46.5432, 46.5432, 46.5, 46.5],
        "longitude": [27.5678, 27.5678, 27.5, 27.5],
        "accuracy": [10, 0, 10, 10],
    }
    bounds = {"start": start, "end": start + 901}
    places = DEMO / "protected_places.json"
    found = tutela.check_positions(DEMO / "monitoring.json", "M-1", **columns, **bounds, protected_places=places, on="2026-04-06")
    assert [alert["kind"] for alert in found["review"]["alerts"]] == ["no_approach"]
    assert found["notices"] == [] and found["erase"] == 4
    assert {each["reason"] for each in found["review"]["unsaid"]} == {"imprecise"}
    assert found["review"]["tasks"] == ["tell_childrens_service"]
    without = tutela.check_positions(DEMO / "monitoring.json", "M-1", **columns, **bounds)
    assert without["review"]["alerts"] == [] and without["erase"] is None
    assert "place_not_there" in {each["reason"] for each in without["review"]["unsaid"]}
    assert "5432" not in json.dumps(found) and "place-1" not in json.dumps(found)
    with pytest.raises(ValueError):
        tutela.check_positions(DEMO / "monitoring.json", "M-1", **{**columns, "accuracy": [1]}, **bounds)
    with pytest.raises(ValueError):
        tutela.check_positions(DEMO / "monitoring.json", "M-1", **{**columns, "latitude": [float("nan")] * 4}, **bounds)
    with pytest.raises(tutela.ContractViolation):
        tutela.check_positions(DEMO / "monitoring.json", "M-2", **columns, **bounds)


def test_equipment_is_counted():
    assert tutela.count_equipment(DEMO / "monitoring.json", on="2026-02-01") == {"available": 1, "applied": 1, "in_repair": 1, "lost": 0}


def test_children_in_protection():
    found = tutela.review_child_protection(DEMO / "child_protection.json", on="2026-03-31")
    first, second = found["reviews"]
    assert first["removals"][0]["rule_not_available"] is True
    assert [each["preference"] for each in first["placements"]] == ["in_order", "in_order"]
    assert first["placements"][1]["plan"] == "reviewed_in_time"
    findings = by(second["leaving"]["findings"], "text")
    assert findings["RO-002"]["holds"] is True and findings["RO-002"]["until"] == "2033-11-03"
    assert findings["RO-004"]["holds"] is None and findings["RO-004"]["missing"] == ["lump_sum_received"]
    assert second["leaving"]["left_out"] == ["RO-003"]
    records = json.loads((DEMO / "child_protection.json").read_text(encoding="utf-8"))
    records["jurisdiction"] = "MD"
    duties = tutela.review_child_protection(records, on="2026-03-31")["reviews"][0]["removals"][0]["duties"]
    assert [(duty["clock"], duty["reading"]["state"], duty["on_miss"]) for duty in duties] == [
        ("MD-006", "overdue", "breach"),
        ("MD-007", "overdue", "child_is_returned"),
    ]


def test_papers_stand_apart_from_facts():
    verdict = tutela.load_pack("md/child-protection").decide({"person.birth_date": "2023-05-01"}, on="2026-03-02")["crisis_placement_section"]
    found = tutela.needed_papers(DEMO / "documents.json", "C-0001", law="md", on="2026-03-02", verdict=verdict, facts=["person.birth_date", "x"])
    assert [(paper["kind"], paper["state"]) for paper in found["papers"]] == [
        ("demers", "valid"),
        ("dispozitie", "validity_unknown"),
        ("aviz_comisie", "missing"),
    ]
    assert found["unproved"] == ["x"] and found["complete"] is True
    assert found["outcome"] == "unknown" and found["missing_facts"] == list(verdict.missing)
    nothing = tutela.needed_papers({"format": "tutela-documents/1", "cases": []}, "C", law="ua", on="2026-03-02", decision="y")
    assert nothing["rule_not_available"] is True and nothing["complete"] is False
    with pytest.raises(ValueError):
        tutela.needed_papers(DEMO / "documents.json", "C-0001", law="md", on="2026-03-02")


@pytest.mark.parametrize("lang", ["en", "ro", "uk", "ru"])
def test_a_draft_leaves_blank_what_is_not_known(lang):
    verdict = tutela.load_pack("md/child-protection").decide({"person.birth_date": "2023-05-01"}, on="2026-03-02")["crisis_placement_section"]
    draft = tutela.draft(
        "request", case="C-0001", verdict=verdict, documents=DEMO / "documents.json", law="md", values={"authority": "DGPDC"}, lang=lang
    )
    lines = {line["key"]: line["value"] for part in draft["parts"] for line in part["lines"]}
    assert draft["signed"] is False and lines["signature"] is None and lines["place_and_date"] is None
    assert lines["authority"] == "DGPDC" and lines["case"] == "C-0001" and lines["person.birth_date"]
    assert all(lines[fact] is None for fact in verdict.missing)
    assert draft["markdown"].count("**\\[") == draft["blanks"] > 3


def test_nobody_but_who_signs_can_sign():
    with pytest.raises(tutela.ContractViolation):
        tutela.draft("application", case="C", values={"signature": "x"})
    with pytest.raises(tutela.ContractViolation):
        tutela.draft("letter", case="C")

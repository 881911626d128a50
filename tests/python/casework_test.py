# SPDX-License-Identifier: Apache-2.0
"""Reports of services and decisions of people in Python."""

import json
import pathlib

import pytest

import tutela

DATA = pathlib.Path(__file__).resolve().parents[2] / "examples/data"
REPORTS = (DATA / "chisinau/service_reports.json").read_bytes()


def test_story_of_chisinau_four_reports_with_their_missing_parts_named():
    reports = tutela.parse_service_reports(REPORTS)
    assert [len(report.missing) for report in reports] == [0, 2, 2, 6]
    assert reports[1].missing == ("statistics", "proposals")
    assert reports[0].to_dict()["computed"] == {"start": 2, "entered": 3, "left": 2, "end": 3, "served": 4}
    assert "## 7. Propunerile" in reports[0].to_markdown(lang="ro")
    assert reports[0]._repr_html_() == reports[0].to_html() and reports[0].to_html().count("<h3>") == 7
    with pytest.raises(tutela.ContractViolation):
        reports[0].to_html(lang="xx")


def test_a_wrong_report_is_refused_with_its_place():
    content = json.loads(REPORTS)
    content["reports"][0]["cost"] = 1
    with pytest.raises(tutela.InputError, match="/reports/0/cost"):
        tutela.parse_service_reports(json.dumps(content), file="r.json")


def test_what_a_decision_lacks():
    decision = {"id": "d", "finding": "score", "stance": "departs", "concerns_child": False, "agency": "a", "role": "counsellor"}
    text = json.dumps({"format": "tutela-decisions/1", "decisions": [decision]})
    places = {found.pointer for found in tutela.check_decisions(text, file="d.json")}
    assert "/decisions/0/reason" in places and "/decisions/0/contest_until" in places
    assert "/decisions/0/best_interest" not in places and "/decisions/0/role" not in places

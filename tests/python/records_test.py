# SPDX-License-Identifier: Apache-2.0
"""Books of records, indicators, joint plans and the states of agreements in Python."""

import json
import pathlib

import pytest

import tutela

DATA = pathlib.Path(__file__).resolve().parents[2] / "examples/data"
CHISINAU = DATA / "chisinau/records.json"
AGENDA = DATA / "pokrovsk/agenda.json"


def test_figures_of_services_are_computed_from_records():
    book = tutela.load_records(CHISINAU)
    values = {value["indicator"]: value.get("value") for value in book.indicators()}
    assert values["carers_recruited"] == 7 and values["children_placed"] == 13 and values["children_per_carer"] == 1.86
    assert (values["young_people_housed"], values["refugees_housed"], values["refugee_share"]) == (22, 3, 13.6)
    assert (values["pairs_capacity"], values["pairs_flow"]) == (7, 5)
    homes = book.indicator("family_type_home_children")
    assert homes["state"] == "missing" and "value" not in homes
    assert {result["holds"] for result in book.identities()} == {"yes"}
    assert len(book) == len(book.records()) and len(book.records("carer")) == 7


def test_the_question_names_the_days_and_small_numbers_are_suppressed():
    book = tutela.load_records(CHISINAU)
    assert book.indicator("pairs_flow", start="2022-11-01", end="2022-12-01")["value"] == 1
    assert book.indicator("refugees_housed", smallest=5)["state"] == "suppressed"
    assert all("value" not in value for value in book.indicators(smallest=5) if value["state"] == "suppressed")
    with pytest.raises(tutela.ContractViolation):
        book.indicator("pairs_flow", start="2022-11-01")
    with pytest.raises(tutela.ContractViolation):
        book.indicator("nothing")


def test_nothing_is_lost_on_the_way():
    book = tutela.load_records(CHISINAU)
    assert book.to_dict() == json.loads(CHISINAU.read_bytes())
    assert tutela.parse_records(book.to_json()).to_json() == book.to_json()
    assert "meeting" in tutela.load_records("casework").kinds


def test_a_wrong_record_is_refused_with_its_place():
    content = json.loads(CHISINAU.read_bytes())
    content["records"][1]["details"]["value"] = -1
    content["records"][2]["details"]["cost"] = 1
    with pytest.raises(tutela.InputError) as refused:
        tutela.parse_records(json.dumps(content), file="r.json")
    assert {found.pointer for found in refused.value.diagnostics} == {"/records/1/details/value", "/records/2/details/cost"}


def test_a_goal_of_an_agreement_has_its_indicators():
    book = tutela.load_records(DATA / "chisinau/probation_records.json")
    assert book.goals(["social_reintegration", "offence_prevention"]) == {
        "social_reintegration": ("social_reintegration_share",),
        "offence_prevention": (),
    }
    assert tutela.may_follow("debated", "signed") and not tutela.may_follow("ended", "in_force")
    with pytest.raises(tutela.ContractViolation):
        tutela.may_follow("debated", "begun")


def test_people_of_a_voluntary_programme_are_never_listed():
    book = tutela.load_records(DATA / "bacau/prevention_records.json")
    with pytest.raises(tutela.ContractViolation):
        book.records("prevention_participation")
    assert book.records() == [] and len(book.shareable()) == 0 and len(book) > 0
    states = {value["indicator"]: value["state"] for value in book.indicators()}
    assert states["professional_reintegration"] == "suppressed" and states["social_reintegration"] == "known"


def test_a_joint_plan_on_a_day():
    plan = tutela.joint_plans(AGENDA, on="2025-06-18")[0]
    assert plan["members"][0]["statuses"] == ["difficult_life_circumstances", "conflict_with_law"]
    assert plan["coordinator"]["profile"] == "social_worker"
    assert {one["id"]: one["state"] for one in plan["measures"]}["school"] == "overdue"
    week = tutela.agenda(AGENDA, on="2025-06-18")
    assert "synthetic-interim-plan/school" in {row["reference"] for row in tutela.agenda_rows(week) if row["part"] == "overdue"}
    content = json.loads(AGENDA.read_bytes())
    content["plans"][0]["measures"][2]["condition"] = True
    with pytest.raises(tutela.InputError, match="/plans/0/measures/2/condition"):
        tutela.joint_plans(content, on="2025-06-18")

# SPDX-License-Identifier: Apache-2.0
from datetime import date

import pytest

import tutela


@pytest.fixture(scope="module")
def demo(data):
    return tutela.load_network(data / "demo" / "network.json")


def test_a_debated_agreement_blocks_and_says_so(chisinau):
    answer = chisinau.route("probation-office", "2015-07-10", agency="lumos", purposes="reoffending_prevention")
    assert answer.state == "blocked" and answer.best is None
    obstacles = [obstacle for hop in answer.blocked for obstacle in hop.obstacles]
    debated = [obstacle for obstacle in obstacles if obstacle.kind == "agreement_not_in_force"]
    assert debated and debated[0].detail == "debated" and debated[0].since == date(2015, 7, 10)
    assert "debated" in answer.explain()


def test_a_path_names_its_grounds(demo):
    answer = demo.route("demo-probation", "2026-03-02", kind="probation_programme", purposes=["reoffending_prevention"])
    assert answer.state in ("certain", "possible")
    assert answer.best.hops[0].from_ == "demo-probation"
    assert answer.best.service
    assert all(hop.kind for hop in answer.best.hops)


def test_what_is_left_out_is_asked(demo):
    asked = demo.route("demo-directorate", "2026-03-02", agency="demo-harbour", purposes="assistance", data=["health"])
    assert asked.state == "possible" and asked.best.ask
    given = demo.route("demo-directorate", "2026-03-02", agency="demo-harbour", purposes="assistance", data={"health": True})
    assert given.state == "certain"
    refused = demo.route("demo-directorate", "2026-03-02", agency="demo-harbour", purposes="assistance", data={"health": False})
    assert refused.state == "blocked"


def test_emergency_waits_for_nothing(demo):
    answer = demo.route("demo-police", "2026-03-02", service="demo-placement-centre", danger=True, birth_date="2015-05-04")
    assert answer.state == "certain" and answer.best.days.upper is not None


def test_an_act_opens_the_way(demo):
    without = demo.route("demo-court", "2026-03-02", agency="demo-juvenile-unit")
    assert without.state != "certain"
    act = {"issuer": "court", "reference": "synthetic", "valid_from": "2026-01-01", "services": ["probation_supervision"]}
    assert demo.route("demo-court", "2026-03-02", agency="demo-juvenile-unit", acts=["court"]).state == "certain"
    assert demo.route("demo-court", "2026-03-02", service="demo-probation-supervision", acts=[act]).state != "blocked"


def test_a_kind_that_nobody_offers_is_a_gap(demo):
    answer = demo.route("demo-directorate", "2026-03-02", kind="observatory")
    assert answer.state == "blocked" and not answer.goal_exists


def test_duties_are_always_shown(demo):
    answer = demo.route("demo-directorate", "2026-03-02", kind="observatory")
    assert answer.duties_to_report and not answer.duties_unknown
    assert all(duty.who and duty.to_whom for duty in answer.duties_to_report)


def test_misuse(demo):
    with pytest.raises(tutela.ContractViolation):
        demo.route("demo-police", "2026-03-02")
    with pytest.raises(tutela.ContractViolation):
        demo.route("demo-police", "2026-03-02", kind="shelter", agency="demo-court")
    with pytest.raises(tutela.ContractViolation):
        demo.route("demo-police", None, kind="shelter")
    with pytest.raises(tutela.InputError):
        demo.route("demo-nobody", "2026-03-02", kind="shelter")
    with pytest.raises(TypeError):
        demo.route("demo-police", "2026-03-02", kind="shelter", danger=1)
    with pytest.raises(tutela.ContractViolation):
        demo.route("demo-police", "2026-03-02", kind="shelter", acts=["mayor"])
    with pytest.raises(TypeError, match="answer.state"):
        bool(demo.route("demo-police", "2026-03-02", kind="shelter"))


def test_a_network_as_text(demo, chisinau):
    assert demo.synthetic and not chisinau.synthetic
    assert tutela.parse_network(demo.to_json()).to_dict() == demo.to_dict()
    assert demo.to_dot("2026-03-02", lang="ro").startswith("digraph")
    assert demo.agencies["demo-court"] and demo.services["demo-day-service"]
    assert "28 services" in repr(demo) or "services" in repr(demo)
    answer = demo.route("demo-directorate", "2026-03-02", kind="day_service")
    assert answer.to_dict()["state"] == answer.state

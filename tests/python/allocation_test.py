# SPDX-License-Identifier: Apache-2.0
import pytest

import tutela

NETWORK = """{
  "format": "tutela-network/1", "id": "test/homes", "name": "homes", "jurisdiction": "XX", "synthetic": true,
  "organizations": [{"id": "office", "name": "office", "kind": "directorate"}],
  "locations": [
    {"id": "at-near", "name": "near", "latitude": 47.0, "longitude": 28.0},
    {"id": "at-far", "name": "far", "latitude": 47.0, "longitude": 28.5}
  ],
  "services": [
    {"id": "near", "organization_id": "office", "name": "near", "kind": "home", "form": "residential", "location_ids": ["at-near"]},
    {"id": "far", "organization_id": "office", "name": "far", "kind": "home", "form": "residential", "location_ids": ["at-far"]}
  ],
  "capacities": [
    {"id": "c1", "service_id": "near", "unit": "child", "available": 1, "updated": "2026-03-02"},
    {"id": "c2", "service_id": "far", "unit": "child", "available": 2, "updated": "2026-03-02"}
  ]
}"""
ON = "2026-03-02"


@pytest.fixture(scope="module")
def homes():
    return tutela.parse_network(NETWORK)


def child(name, longitude, **more):
    return {"id": name, "needs": ["home"], "family_care": False, "home": (47.0, longitude), **more}


def test_a_proposal_with_its_reasons(homes):
    proposal = homes.allocate([child("a", 28.01), child("b", 27.9)], ON)
    assert [one.service for one in proposal.children] == ["far", "near"]
    assert proposal.is_best
    first = proposal.children[0]
    assert (first.reason, first.better, first.better_by, first.decided_by) == ("another_first", "near", "distance", "distance")
    assert "A person decides" in first.text and "Another child was placed there first" in str(first)
    assert {one.criterion: one.value for one in proposal.criteria}["placed"] == 0


def test_unknown_is_never_no(homes):
    waiting = homes.allocate([{"id": "a", "needs": ["home"]}], ON).children[0]
    assert waiting.service is None and waiting.reason == "family_care_first" and waiting.ask == ("child.family_care",)
    assert homes.allocate([child("a", 28)], "2026-05-01").children[0].reason == "places_unknown"


def test_siblings_rooms_and_method(homes):
    together = homes.allocate([child("a", 28, group="g"), child("b", 28, group="g")], ON)
    assert {one.service for one in together.children} == {"far"}
    rooms = {"far": [(["step_free"], 1)]}
    assert homes.allocate([child("a", 28, room_traits="step_free")], ON, rooms=rooms).children[0].service == "far"
    deferred = homes.allocate([child("a", 28.01), child("b", 27.9)], ON, method="deferred_acceptance")
    assert [one.service for one in deferred.children] == ["near", "far"]


def test_what_if(homes):
    children = [child("a", 28)]
    assert homes.allocate(children, ON, lang="ro").children[0].text.startswith("Aceasta este o propunere.")
    with pytest.raises(tutela.ContractViolation):
        homes.allocate(children, ON, lang="de")
    closed = homes.what_if(children, ON, closes="near")
    assert closed.children == (("a", "near", "far"),)
    assert homes.what_if(children, ON, rests="near") == closed
    assert homes.what_if(children, ON, places=("near", 1)).children == ()
    assert homes.what_if_each_closes(children, ON)["near"] == closed


def test_reach_is_what_the_router_says(data):
    demo = tutela.load_network(data / "demo" / "network.json")
    client = {"from_": "demo-directorate", "on": ON, "purposes": "assistance", "data": {"health": True}}
    table = demo.reach([client, {**client, "data": {"health": False}}])
    assert table.clients == 2
    for number, consent in enumerate((True, False)):
        for service in demo.services:
            answer = demo.route("demo-directorate", ON, service=service, purposes="assistance", data={"health": consent})
            assert table.state(number, service) == answer.state, service
    assert "demo-directorate" in table.reached(0)
    assert table.clients_at(least="possible")["demo-directorate"] == 2


def test_misuse(homes):
    with pytest.raises(tutela.ContractViolation, match="income"):
        homes.allocate([child("a", 28, income=3)], ON)
    with pytest.raises(tutela.ContractViolation, match="money"):
        homes.allocate([child("a", 28)], ON, order=["money"])
    with pytest.raises(tutela.InputError):
        homes.allocate([child("a", 28), child("a", 28)], ON)
    with pytest.raises(tutela.InputError):
        homes.allocate([child("a", 28)], ON, order=["care_form"])
    with pytest.raises(tutela.ContractViolation):
        homes.what_if([child("a", 28)], ON)
    with pytest.raises(tutela.ContractViolation):
        homes.reach([{"from_": "office"}])
    with pytest.raises(tutela.ContractViolation):
        homes.reach([]).state(0, "near")

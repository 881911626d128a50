# SPDX-License-Identifier: Apache-2.0
"""Places by day, rests, and networks as known on a day, in Python."""

from __future__ import annotations

import json

import pytest

import tutela

FILE = {
    "format": "tutela-network/1",
    "id": "test/small",
    "name": "Small",
    "jurisdiction": "XX",
    "synthetic": True,
    "organizations": [{"id": "house", "name": "House", "kind": "ngo"}],
    "services": [{"id": "centre", "organization_id": "house", "name": "Centre", "kind": "day_centre"}],
    "capacities": [
        {
            "id": "places",
            "service_id": "centre",
            "unit": "place",
            "maximum": 3,
            "available": 2,
            "updated": "2026-03-01",
            "fresh_days": 60,
            "days": [{"from": "2026-03-10", "until": "2026-03-12", "available": 0}],
            "withdrawn": "2026-04-01",
        }
    ],
    "out_of_service": [
        {"id": "works", "service_id": "centre", "valid_from": "2026-03-20", "reason": "repair", "recorded": "2026-03-15"}
    ],
}


def test_a_day_is_asked_with_the_knowledge_of_a_day() -> None:
    history = tutela.parse_network_history(json.dumps(FILE))
    known = history.known("2026-03-02")
    assert known.route("house", "2026-03-05", service="centre").state == "certain"
    assert known.route("house", "2026-03-10", service="centre").state == "blocked"
    assert known.route("house", "2026-03-21", service="centre").state == "certain"
    later = history.known("2026-03-15")
    assert later.route("house", "2026-03-21", service="centre").state == "blocked"
    assert history.known("2026-04-01").route("house", "2026-03-05", service="centre").state == "possible"
    day = history.snapshot("2026-03-11", "2026-03-15")
    assert day.route("house", "2026-03-11", service="centre").state == "blocked"
    assert "out_of_service" not in json.loads(day.to_json())
    assert json.loads(history.to_json())["capacities"] == FILE["capacities"]


def test_a_network_holds_nothing_withdrawn() -> None:
    with pytest.raises(tutela.InputError, match="withdrawn"):
        tutela.parse_network(json.dumps(FILE))

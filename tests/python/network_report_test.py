# SPDX-License-Identifier: Apache-2.0
"""A whole network on one page and as values."""

from pathlib import Path

import pytest

import tutela

DEMO = Path(__file__).resolve().parents[2] / "examples/data/demo/network.json"


@pytest.fixture(scope="module")
def network():
    return tutela.load_network(DEMO)


def demand(network, people):
    kind = next(iter(network.review("2026-03-01")["kinds"]))["kind"]
    return [{"area": "nowhere", "need": kind, "people": people, "minimum_age_months": 0, "maximum_age_months": 216}]


def test_review_and_gaps_say_the_same(network):
    rows = demand(network, 9)
    review = network.review("2026-03-01", rows)
    assert review["gaps"][0]["missing"] == network.gaps(rows, "2026-03-01")[0].missing == 9
    assert review["repair"] == [{"row": 0, "places": 9}]
    assert network.review("2026-03-01")["gaps"] == []


def test_report_is_a_page_that_notebooks_show(network):
    page = network.report("2026-03-01", demand(network, 9), synthetic_demand=True, about="an invented number", lang="en")
    assert page.startswith("<!DOCTYPE html>")
    assert "an invented number" in page
    shown = page._repr_html_()
    assert shown.startswith("<iframe sandbox")
    assert "<!DOCTYPE" not in shown  # escaped inside the attribute
    assert 'lang="ro"' in network.report("2026-03-01", lang="ro")


def test_what_is_wrong_is_said(network):
    with pytest.raises(tutela.InputError):
        network.report("2026-03-01", [{"area": "", "need": "x", "people": 1, "minimum_age_months": 0,
                                       "maximum_age_months": 12}])

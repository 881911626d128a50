# SPDX-License-Identifier: Apache-2.0
"""`uk/tier_v3` against its source, restated a second time: every cell of the table of predictors and every other rule.

Source: ministryofjustice/hmpps-tier at affac98a, service/calculation and domain/enums.
"""

import itertools

import pytest

import tutela

LOWEST = {
    "probation.supervised": True, "score.arp_percent": "0", "score.csrp_percent": "0", "score.dc_srp_band": "none", "score.dc_srp_percent": "0",
    "probation.rosh": "low", "probation.under_mappa": False, "probation.life_sentence": "none", "probation.domestic_abuse": False,
    "probation.stalking": False, "probation.child_protection": False, "probation.sexual_history": False,
    "probation.conviction_date": "2025-01-01",
}
ARP = ["90", "75", "50", "25", "15", "0"]
TABLE = {"6.9": "AABBBB", "3.0": "ABCCCC", "1.0": "BCDEEE", "0.5": "CDEEFF", "0.0": "DDEFFG"}


@pytest.fixture(scope="module")
def tier():
    scale = tutela.load_instrument("uk/tier_v3")

    def of(**facts):
        given = {name: facts.pop(name.split(".")[1], value) for name, value in LOWEST.items()}
        assert not facts, facts
        return scale.score({name: value for name, value in given.items() if value is not None}, jurisdiction="GB-EAW")

    return of


@pytest.mark.parametrize("csrp", TABLE)
def test_each_cell_of_the_table_of_predictors(tier, csrp):
    below = {"6.9": "100", "3.0": "6.89", "1.0": "2.99", "0.5": "0.99", "0.0": "0.49"}[csrp]
    for (arp, cell), end in itertools.product(zip(ARP, TABLE[csrp]), ("from", "below")):
        most = {"90": "100", "75": "89.99", "50": "74.99", "25": "49.99", "15": "24.99", "0": "14.99"}[arp]
        score = tier(arp_percent=arp if end == "from" else most, csrp_percent=csrp if end == "from" else below)
        assert score.band == f"tier_{cell.lower()}", (arp, csrp, end)


@pytest.mark.parametrize("band, percent, cell", [
    ("very_high", "9", "a"), ("high", "5", "b"), ("low", "0.1", "e"), ("none", "0", "g"),
    # Medium: by the percentage; from 0.60 to 2.10 lie those whose risk was reduced by years without offence.
    ("medium", "5", "c"), ("medium", "3.36", "c"), ("medium", "3.35", "d"), ("medium", "2.11", "d"), ("medium", "2.10", "c"),
    ("medium", "1.12", "c"), ("medium", "1.11", "d"), ("medium", "0.60", "d"),
])
def test_contact_sexual_reoffending(tier, band, percent, cell):
    assert tier(dc_srp_band=band, dc_srp_percent=percent).band == f"tier_{cell}"


def test_a_medium_below_its_range_is_refused_and_one_without_percentage_is_open(tier):
    refused = tier(dc_srp_band="medium", dc_srp_percent="0.59")
    assert refused.state == "error" and refused.diagnostics
    still_open = tier(dc_srp_band="medium", dc_srp_percent=None)
    assert still_open.state == "open" and still_open.possible_bands == ("tier_d", "tier_c")


@pytest.mark.parametrize("facts, cell", [
    *[({"rosh": rosh, "under_mappa": True}, cell) for rosh, cell in (("very_high", "a"), ("high", "c"), ("medium", "d"), ("low", "e"))],
    *[({"rosh": rosh}, cell) for rosh, cell in (("very_high", "c"), ("high", "d"), ("medium", "g"), ("low", "g"))],
    ({"life_sentence": "released_within_one_year"}, "b"), ({"life_sentence": "released_within_five_years"}, "d"),
    ({"life_sentence": "released_earlier"}, "e"), ({"domestic_abuse": True}, "e"), ({"stalking": True}, "f"),
    ({"child_protection": True}, "f"), ({"sexual_history": True}, "e"),
])
def test_each_other_rule_by_itself_and_under_a_higher_one(tier, facts, cell):
    assert tier(**facts).band == f"tier_{cell}"
    assert tier(**facts, arp_percent="90", csrp_percent="6.9").band == "tier_a"

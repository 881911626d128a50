# SPDX-License-Identifier: Apache-2.0
"""One FEEL expression from Python."""

import datetime
from decimal import Decimal

import pytest

import tutela


def test_values_go_in_and_out():
    assert tutela.feel("1.10 + x", {"x": 2}) == Decimal("3.1")
    assert tutela.feel('born + duration("P18Y")', {"born": "2008-03-14"}) == datetime.date(2026, 3, 14)
    assert tutela.feel("case.date of birth", {"case": {"date of birth": "2008-03-14"}}) == datetime.date(2008, 3, 14)
    assert tutela.feel("for x in list return x * 2", {"list": [1, 2]}) == [2, 4]


def test_a_missing_value_is_unknown():
    answer = tutela.feel("income > 3000", {"income": None})
    assert answer.facts == ("income",)
    assert tutela.feel("income > 3000 or true", {"income": None}) is True
    assert tutela.feel("income > 3000", {"income": None}, mode="conformance") is tutela.NONE


def test_there_is_no_clock():
    assert tutela.feel("today()", on="2026-03-02") == datetime.date(2026, 3, 2)
    assert "day" in tutela.feel("today()").what


def test_what_is_wrong_has_its_place():
    with pytest.raises(tutela.InputError) as caught:
        tutela.feel("1 +\n  unknown_name")
    assert [(each.line, each.column) for each in caught.value.diagnostics] == [(2, 3)]
    with pytest.raises(tutela.ContractViolation):
        tutela.feel("1", mode="strict")
    with pytest.raises(tutela.LimitError):
        tutela.feel("1 + 1", limits={"document_bytes": 3})

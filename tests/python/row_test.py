# SPDX-License-Identifier: Apache-2.0
"""`Row.answer`: what `Pack.decide` answers, for one person after another, without the reasons."""

import random
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

import tutela

DAY = date(2026, 3, 2)


def random_value(draw, declared):
    """A value of the kind that a fact declares, mostly; and sometimes one of the states that have none."""
    if draw.random() < 0.25:
        return None
    if draw.random() < 0.1:
        return tutela.UNCERTAIN
    if declared["optional"] and draw.random() < 0.2:
        return tutela.NONE
    if declared["allowed"]:
        return draw.choice(declared["allowed"])
    if declared["type"] == "boolean":
        return draw.random() < 0.5
    if declared["type"] == "date":
        day = date(2005, 1, 1) + timedelta(days=draw.randrange(7_700))
        return draw.choice([day, day.isoformat()])
    if declared["type"] == "number":
        number = draw.randrange(30)
        return draw.choice([number, str(number), Decimal(number)])
    return None


def findings(refused):
    return sorted((found.pointer, found.code) for found in refused.diagnostics)


def test_a_row_answers_as_the_pack_does(child_protection):
    draw = random.Random(20260302)
    names = list(child_protection.decisions)
    decisions = {name: child_protection.decision(name, DAY) for name in names}
    answered = refused = 0
    for _ in range(40):
        facts = draw.sample(sorted(child_protection.facts), draw.randrange(1, 25))
        row = child_protection.row(facts)
        for _ in range(5):  # one person after another in the same row
            values = [random_value(draw, child_protection.facts[fact]) for fact in facts]
            asked = draw.sample(names, 4)
            try:
                verdicts = child_protection.decide(dict(zip(facts, values)), DAY, decisions=asked)
            except tutela.InputError as wrong:  # a number outside what the pack declares
                refused += 1
                with pytest.raises(tutela.InputError) as caught:
                    row.answer(decisions[asked[0]], *values)
                assert findings(caught.value) == findings(wrong)
                continue
            for name in asked:
                answered += 1
                answer = row.answer(decisions[name], *values)
                assert (answer.outcome, answer.value) == (verdicts[name].outcome, verdicts[name].value), (name, facts, values)
                verdict = row.verdict(decisions[name])
                assert (verdict.missing, verdict.citations) == (verdicts[name].missing, verdicts[name].citations)
    assert answered > 500 and refused > 2


def test_unknown_is_an_answer_and_no_truth_value(swimming):
    may_swim = swimming.decision("may_swim")
    row = swimming.row(["child.height", "child.guardian_agrees"])
    assert row.answer(may_swim, 2, None) == ("unknown", None)
    assert row.verdict(may_swim).missing == ("child.guardian_agrees",)
    assert row.answer(may_swim, 2, True) == ("known", True)
    assert row.answer(may_swim, 1, None) == ("known", False)
    assert row.answer(may_swim, 2, tutela.UNCERTAIN).outcome == "undeterminable"
    assert row.answer(may_swim, 2, True).value is True  # nothing of the last person is left
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(row.answer(may_swim, 2, None))


def test_an_answer_that_is_no_boolean(swimming):
    row = swimming.row(["child.birth_date", "child.group"])
    whole = swimming.decide({"child.birth_date": "2017-01-01", "child.group": "otters"})["lane"]
    lane = swimming.decision("lane")
    assert row.answer(lane, date(2017, 1, 1), "otters") == ("known", whole.value)
    assert isinstance(whole.value, str)
    assert row.answer(lane, "2017-01-01", "otters") == ("known", whole.value)
    with pytest.warns(UserWarning, match="no decision 'flying'"):
        assert row.answer(swimming.decision("flying"), None, None).outcome == "rule_not_available"


def test_everything_that_is_wrong_is_said_at_once_and_nothing_is_kept(swimming):
    may_swim = swimming.decision("may_swim")
    row = swimming.row(["child.height", "child.guardian_agrees", "child.group"])
    assert row.answer(may_swim, 2, True, "otters").value is True
    with pytest.raises(tutela.InputError) as caught:
        row.answer(may_swim, 2, 1, "wolves")
    assert [found.pointer for found in caught.value.diagnostics] == ["child.group", "child.guardian_agrees"]
    assert row.verdict(may_swim).outcome == "unknown"
    for wrong in (1.5, 10**40, "tall", True, DAY, datetime(2026, 3, 2), object(), "\ud800", [1]):
        with pytest.raises(tutela.InputError):
            row.answer(may_swim, wrong, True, None)
    assert row.answer(may_swim, "2.00", True, None).value is True


def test_misuse_is_loud(swimming, child_protection):
    row = swimming.row(["child.height", "child.guardian_agrees"])
    may_swim = swimming.decision("may_swim")
    for values in ((), (2,), (2, True, True)):
        with pytest.raises(TypeError, match="a row of 2 facts"):
            row.answer(may_swim, *values)
    for wrong in ((), ("may_swim", 2, True), (None, 2, True)):
        with pytest.raises(TypeError):
            row.answer(*wrong)
    with pytest.raises(tutela.ContractViolation):
        row.answer(child_protection.decision("day_service", DAY), 2, True)
    with pytest.raises(tutela.ContractViolation):  # dated law without a day
        child_protection.row(["person.birth_date"]).answer(child_protection.decision("day_service"), DAY)
    with pytest.raises(TypeError):
        tutela.Row.answer(may_swim, may_swim, 2, True)
    with pytest.raises(TypeError):
        tutela.Row()
    for made in (tutela.Row.__new__(tutela.Row), row):  # what was never initialised holds nothing
        with pytest.raises(TypeError, match="made by Pack.row"):
            made.answer(tutela.Decision.__new__(tutela.Decision), 2, True)


def test_names_that_the_pack_does_not_read(swimming):
    with pytest.raises(tutela.InputError) as caught:
        swimming.row(["child.height", "child.weight", "child.height", "dog.name"])
    assert [found.pointer for found in caught.value.diagnostics] == ["child.weight", "child.height", "dog.name"]
    assert len(swimming.row("child.height")) == 1
    assert len(swimming.row([])) == 0


def test_neither_shows_what_it_holds(swimming):
    row = swimming.row(["child.height", "child.guardian_agrees"])
    answer = row.answer(swimming.decision("may_swim"), 2, True)
    assert repr(row) == "<tutela.Row: 2 facts>" and repr(answer) == "<tutela.Answer: known>"
    assert repr(swimming.decision("may_swim")) == "<tutela.Decision 'may_swim'>"

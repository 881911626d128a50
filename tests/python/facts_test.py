# SPDX-License-Identifier: Apache-2.0
"""How Python values become facts, and what is refused."""

import math
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

import tutela

TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="types" name="types" namespace="urn:test:types">
  <itemDefinition id="t" name="t">
    <itemComponent id="c1" name="text"><typeRef>string</typeRef></itemComponent>
    <itemComponent id="c2" name="amount"><typeRef>number</typeRef></itemComponent>
    <itemComponent id="c3" name="day"><typeRef>date</typeRef></itemComponent>
    <itemComponent id="c4" name="flag"><typeRef>boolean</typeRef></itemComponent>
  </itemDefinition>
  <inputData id="i" name="x"><variable id="iv" name="x" typeRef="t"/></inputData>
  {decisions}
</definitions>"""

DECISION = """<decision id="d_{name}" name="{name}"><variable id="v_{name}" name="{name}"/>
  <informationRequirement id="r_{name}"><requiredInput href="#i"/></informationRequirement>
  <literalExpression id="e_{name}"><text>x.{name}</text></literalExpression></decision>"""


@pytest.fixture(scope="module")
def echo():
    """Gives back each fact of x as the library understood it."""
    names = ("text", "amount", "day", "flag")
    pack = tutela.parse_pack(TYPES.format(decisions="".join(DECISION.format(name=name) for name in names)))

    def ask(name, value):
        verdict = pack.decide({f"x.{name}": value})[name]
        assert verdict.outcome == "known", verdict.outcome
        return verdict.value

    return ask


@pytest.mark.parametrize("given", [1250, "1250", Decimal(1250), "1250.00", "1.25e3"])
def test_numbers_are_decimal(echo, given):
    found = echo("amount", given)
    assert isinstance(found, Decimal) and found == 1250


def test_a_tenth_stays_a_tenth(echo):
    assert echo("amount", "0.1") == Decimal("0.1")
    assert echo("amount", 10**33) == Decimal(10) ** 33


def test_days(echo):
    assert echo("day", date(2026, 3, 1)) == date(2026, 3, 1)
    assert echo("day", "2026-03-01") == date(2026, 3, 1)
    assert echo("day", datetime(2026, 3, 1)) == date(2026, 3, 1)  # what pandas makes of a column of days


def test_text_stays_text_where_the_pack_says_so(echo):
    assert echo("text", "2026-03-01") == "2026-03-01"
    assert echo("text", "12") == "12"
    assert echo("text", "ă î ș ț") == "ă î ș ț"


def test_booleans(echo):
    assert echo("flag", True) is True


def findings(pack, facts):
    with pytest.raises(tutela.InputError) as refused:
        pack.decide(facts)
    return refused.value.diagnostics


def test_a_float_is_refused_and_told_why(swimming):
    (found,) = findings(swimming, {"child.height": 1.2})
    assert found.pointer == "child.height"
    assert "float" in found.what and "Decimal" in found.mend


def test_nan_is_missing(swimming):
    assert swimming.decide({"child.height": math.nan})["may_swim"].missing == ("child.guardian_agrees", "child.height")


def test_all_findings_at_once_and_no_personal_data(swimming):
    secret = "Ionescu-Popa"
    found = findings(
        swimming,
        {"child": {"height": 1.5, "group": secret, "birth_date": "2026-02-30", "guardian_agrees": secret}, 7: 1},
    )
    assert {diagnostic.pointer for diagnostic in found} >= {"child.height"}
    assert len(found) >= 2
    text = "\n".join(map(str, found))
    assert secret not in text and "2026-02-30" not in text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("height", "tall"),
        ("height", Decimal("NaN")),
        ("height", 10**40 + 1),
        ("height", True),
        ("height", object()),
        ("group", "sharks"),
        ("group", "\ud800"),
        ("birth_date", "30.02.2026"),
        ("birth_date", datetime(2026, 3, 1, 12, 30)),
        ("guardian_agrees", 1),
        ("guardian_agrees", "yes"),
        ("guardian_agrees", tutela.NONE),
        ("guardian_agrees", timedelta(days=1)),
        (" bad name", 1),
    ],
)
def test_wrong_values_are_located(swimming, name, value):
    found = findings(swimming, {"child": {name: value}})
    assert any(name in diagnostic.pointer for diagnostic in found)
    assert all(diagnostic.code.startswith("TUT-") for diagnostic in found)


def test_deep_and_wide_facts_end_with_a_limit(swimming):
    deep = {}
    for _ in range(1000):
        deep = {"a": deep}
    with pytest.raises(tutela.LimitError):
        swimming.decide(deep)
    endless = {}
    endless["a"] = endless
    with pytest.raises(tutela.LimitError):
        swimming.decide(endless)
    with pytest.raises(tutela.LimitError):
        swimming.decide({"child.group": "x" * (1 << 17)})
    with pytest.raises(tutela.LimitError):
        swimming.decide({f"a{number}": 1 for number in range(11)}, limits={"facts": 10})


@pytest.mark.parametrize("seed", [[1], {"a": 1}, {}])
def test_facts_that_share_their_parts_end_with_a_limit(swimming, seed):
    value = seed
    for _ in range(60):
        value = {"p": value, "q": value} if isinstance(seed, dict) else [value, value]
    with pytest.raises(tutela.LimitError, match="value_parts"):
        swimming.decide({"x": value}, limits={"value_parts": 1000})


def test_names_are_text(swimming):
    for wrong in (7, None, "\ud800", b"child.height"):
        (found,) = findings(swimming, {wrong: 1})
        assert "name of a fact" in found.what
    assert findings(swimming, {"child": {"group": [{7: 1}]}})


def test_only_mappings_are_facts(swimming):
    for wrong in ([], 3, "child", None):
        with pytest.raises(TypeError, match="mapping"):
            swimming.decide(wrong)


def test_the_latest_recording_counts_and_can_be_replayed(swimming):
    facts = {
        "child.guardian_agrees": True,
        "child.height": [
            tutela.Fact("1.19", source="school", recorded="2025-09-01"),
            tutela.Fact("1.21", source="school", recorded=date(2026, 1, 15)),
        ],
    }
    assert swimming.decide(facts)["may_swim"].value is True
    assert swimming.decide(facts, known_on="2025-12-31")["may_swim"].value is False


def test_sources_that_disagree_leave_a_fact_open(swimming):
    facts = {
        "child.guardian_agrees": True,
        "child.height": [
            tutela.Fact("1.19", source="school", recorded="2025-09-01"),
            tutela.Fact("1.21", source="club", recorded="2025-09-01"),
        ],
    }
    verdict = swimming.decide(facts)["may_swim"]
    assert verdict.outcome == "unknown"
    assert verdict.missing == ("child.height",)


def test_a_row_of_a_data_frame(swimming):
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(
        {
            "child.height": pandas.array([1, None], dtype="Int64"),
            "child.birth_date": pandas.to_datetime(["2010-05-04", None]),
            "child.guardian_agrees": [True, None],
        }
    )
    first, second = (swimming.decide(row) for _, row in frame.iterrows())
    assert first["may_swim"].value is False and first["lane"].value == "deep"
    assert second["may_swim"].missing == ("child.guardian_agrees", "child.height")


def test_repr_holds_no_personal_data(swimming):
    secret = "1999-12-31"
    objects = [
        tutela.Fact(secret, source="registry"),
        tutela.one_of(secret),
        tutela.between(secret, secret),
        swimming.decide({"child.birth_date": secret}),
        *swimming.decide({"child.birth_date": secret}).values(),
        *swimming.decide({"child.birth_date": secret})["lane"].reasons,
        swimming.decide({"child.birth_date": secret})["lane"].possible,
    ]
    for item in objects:
        assert secret not in repr(item) and "deep" not in repr(item)


def test_markers():
    assert repr(tutela.NONE) == "tutela.NONE"
    with pytest.raises(TypeError):
        bool(tutela.UNCERTAIN)
    with pytest.raises(ValueError):
        tutela.one_of()

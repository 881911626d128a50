# SPDX-License-Identifier: Apache-2.0
"""Pictures: the bars are the counts, and nobody needs Matplotlib who asks for none."""

import subprocess
import sys

import pytest

import tutela

pa = pytest.importorskip("pyarrow")

PASS = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="pass" name="pass" namespace="urn:pass">
<inputData id="age" name="age"><variable name="age" typeRef="number"/></inputData>
<inputData id="income" name="income"><variable name="income" typeRef="number"/></inputData>
<decision id="bus" name="bus"><variable name="bus" typeRef="boolean"/>
 <informationRequirement><requiredInput href="#age"/></informationRequirement>
 <decisionTable hitPolicy="FIRST"><input><inputExpression><text>age</text></inputExpression></input><output/>
  <rule><inputEntry><text>&lt; 10</text></inputEntry><outputEntry><text>true</text></outputEntry></rule>
  <rule><inputEntry><text>-</text></inputEntry><outputEntry><text>false</text></outputEntry></rule></decisionTable></decision>
<decision id="meal" name="meal"><variable name="meal" typeRef="boolean"/>
 <informationRequirement><requiredInput href="#income"/></informationRequirement>
 <decisionTable hitPolicy="FIRST"><input><inputExpression><text>income</text></inputExpression></input><output/>
  <rule><inputEntry><text>&lt; 500</text></inputEntry><outputEntry><text>true</text></outputEntry></rule>
  <rule><inputEntry><text>-</text></inputEntry><outputEntry><text>false</text></outputEntry></rule></decisionTable></decision>
</definitions>"""


@pytest.fixture
def compared():
    """Synthetic: the bus is free below 14 and no longer below 10; meals stay as they were."""
    table = pa.table({
        "town": ["a", "a", "a", "a", "b", "b", None, None],
        "age": [9, 12, 13, 15, 11, 15, 3, 12],
        "income": [100, 900, None, 400, 500, 600, 100, 100],
    })
    return tutela.compare_batch(table, tutela.parse_pack(PASS), tutela.parse_pack(PASS.replace("&lt; 10", "&lt; 14")), by="town")


@pytest.fixture
def pyplot(monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "agg")
    pyplot = pytest.importorskip("matplotlib.pyplot")
    yield pyplot
    pyplot.close("all")


def bars(axes):
    names = [label.get_text() for label in axes.get_yticklabels()]
    return {each.get_label(): dict(zip(names, (round(bar.get_width(), 6) for bar in each))) for each in axes.containers}


def test_bars_are_shares_of_the_rows(compared, pyplot):
    axes = compared.plot()
    assert compared.changes["bus"] == {"same": 4, "gains": 4}
    assert bars(axes) == {"gains": {"bus": 50.0}}  # meals do not change
    assert bars(compared.plot(decisions=["meal", "bus"])) == {"gains": {"meal": 0.0, "bus": 50.0}}
    assert axes.get_xlabel() == "per cent of the rows" and axes.yaxis_inverted()


def test_bars_of_groups_and_of_those_not_known(compared, pyplot):
    axes = compared.plot(decisions="bus", group="town")
    assert bars(axes) == {"gains": {"a": 50.0, "b": 50.0, "not known": 50.0}}
    assert axes.get_xlabel() == "per cent of the rows of each town"
    assert bars(compared.plot(group="town")) == bars(axes)  # the one decision that changes
    both = compared.plot(decisions=["bus", "meal"], group="town")
    assert set(bars(both)["gains"]) == {f"{decision}, {town}" for decision in ("bus", "meal") for town in ("a", "b", "not known")}


def test_several_kinds_of_change_stand_one_after_the_other(pyplot):
    table = pa.table({"age": [9, 12, None, None]})
    old, new = (tutela.parse_pack(PASS.replace("&lt; 10", text)) for text in ("&lt; 10", "&gt;= 10"))
    axes = tutela.compare_batch(table, old, new, decisions="bus").plot()
    assert bars(axes) == {"gains": {"bus": 25.0}, "loses": {"bus": 25.0}}
    assert [round(each[0].get_x(), 6) for each in axes.containers] == [0.0, 25.0]
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["gains", "loses"]


def test_axes_that_are_given_are_drawn_on(compared, pyplot):
    given = pyplot.subplots()[1]
    assert compared.plot(axes=given) is given and len(given.containers) == 1


def test_nothing_changes_is_said(compared, pyplot):
    assert compared.plot(decisions="meal").get_title() == "nothing changes"


def test_what_was_not_compared_is_refused(compared):
    with pytest.raises(tutela.ContractViolation, match="not compared: tram"):
        compared.plot(decisions=["bus", "tram"])
    with pytest.raises(tutela.ContractViolation, match="not among the columns of `by`: town"):
        compared.plot(group="county")


def test_matplotlib_is_not_imported_before_a_picture_is_asked_for():
    done = subprocess.run([sys.executable, "-c", "import sys, tutela, tutela.plots; print('matplotlib' in sys.modules)"], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"

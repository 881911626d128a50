# SPDX-License-Identifier: Apache-2.0
"""Scorecards of PMML: what is written has the elements and attributes of PMML 4.4 in their order, and reads back the same."""

import json
import re
import xml.etree.ElementTree as ElementTree

import pytest

import tutela

NAMESPACE = "{http://www.dmg.org/PMML-4_4}"

# The content (as a pattern over the names of children), required and further attributes of what is written, restated from
# the specification of PMML 4.4 (dmg.org, General Structure, Mining Schema, Output, Scorecard, Predicates).
PREDICATE = "(SimplePredicate |CompoundPredicate |SimpleSetPredicate |True |False )"
FORM = {
    "PMML": ("Header (MiningBuildTask )?DataDictionary (TransformationDictionary )?Scorecard ", {"version"}, set()),
    "Header": ("(Application )?(Annotation )*(Timestamp )?", set(), {"copyright", "description", "modelVersion"}),
    "Application": ("", {"name"}, {"version"}),
    "DataDictionary": ("(DataField )+", set(), {"numberOfFields"}),
    "DataField": ("((Interval )*|(Value )*)", {"name", "optype", "dataType"}, {"displayName"}),
    "Interval": ("", {"closure"}, {"leftMargin", "rightMargin"}),
    "Value": ("", {"value"}, {"displayValue", "property"}),
    "Scorecard": (
        "MiningSchema (Output )?Characteristics ", {"functionName"},
        {"modelName", "algorithmName", "initialScore", "useReasonCodes", "reasonCodeAlgorithm", "baselineScore", "baselineMethod", "isScorable"}),
    "MiningSchema": ("(Extension )*(MiningField )+", set(), set()),
    "Extension": ("", set(), {"extender", "name", "value"}),
    "MiningField": (
        "", {"name"},
        {"usageType", "optype", "importance", "outliers", "lowValue", "highValue", "missingValueReplacement", "missingValueTreatment",
         "invalidValueTreatment", "invalidValueReplacement"}),
    "Output": ("(OutputField )+", set(), set()),
    "OutputField": ("", {"name", "dataType"}, {"displayName", "optype", "targetField", "feature", "value", "rank"}),
    "Characteristics": ("(Characteristic )+", set(), set()),
    "Characteristic": ("(Attribute )+", set(), {"name", "reasonCode", "baselineScore"}),
    "Attribute": (PREDICATE + "(ComplexPartialScore )?", set(), {"reasonCode", "partialScore"}),
    "SimplePredicate": ("", {"field", "operator"}, {"value"}),
    "CompoundPredicate": (PREDICATE + "{2,}", {"booleanOperator"}, set()),
    "SimpleSetPredicate": ("Array ", {"field", "booleanOperator"}, set()),
    "Array": ("", {"type"}, {"n"}),
    "True": ("", set(), set()),
    "False": ("", set(), set()),
}
WORDS = {
    "closure": {"openClosed", "openOpen", "closedOpen", "closedClosed"},
    "optype": {"categorical", "ordinal", "continuous"},
    "dataType": {"string", "integer", "float", "double", "boolean", "date"},
    "operator": {"equal", "notEqual", "lessThan", "lessOrEqual", "greaterThan", "greaterOrEqual", "isMissing", "isNotMissing"},
    "functionName": {"regression"},
    "reasonCodeAlgorithm": {"pointsAbove", "pointsBelow"},
    "baselineMethod": {"max", "min", "mean", "neutral", "other"},
    "missingValueTreatment": {"asIs", "asMean", "asMode", "asMedian", "asValue", "returnInvalid"},
    "invalidValueTreatment": {"returnInvalid", "asIs", "asMissing", "asValue"},
    "usageType": {"active", "target", "predicted"},
    "feature": {"predictedValue", "reasonCode"},
}


def assert_has_the_form(element):
    assert element.tag.startswith(NAMESPACE)
    name = element.tag[len(NAMESPACE):]
    content, required, further = FORM[name]
    inside = "".join(f"{child.tag[len(NAMESPACE):]} " for child in element)
    assert re.fullmatch(content, inside), f"{name} holds {inside}"
    assert required <= set(element.attrib) <= required | further, name
    for key, value in element.attrib.items():
        if key in WORDS:
            assert value in WORDS[key], f"{name} {key}={value}"
    for child in element:
        assert_has_the_form(child)


def carried():
    for name in ("uk/ogrs3", "uk/ovp", "uk/lds", "uk/ogp", "uk/mst", "uk/pni_needs", "uk/iic_srp"):
        scale = tutela.load_instrument(name)
        try:
            yield name, scale, scale.to_pmml()
        except tutela.InputError as refused:
            assert all(diagnostic.pointer.startswith("/") for diagnostic in refused.diagnostics)


def test_some_shipped_scales_are_written_in_the_form_of_pmml():
    found = list(carried())
    assert {name for name, _, _ in found} == {"uk/lds", "uk/ogp", "uk/pni_needs", "uk/iic_srp"}
    for name, scale, text in found:
        root = ElementTree.fromstring(text)
        assert_has_the_form(root)
        assert root.get("version") == "4.4"
        card = root.find(f"{NAMESPACE}Scorecard")
        for one in card.iter(f"{NAMESPACE}Characteristic"):  # required where useReasonCodes is true
            assert one.get("reasonCode") and one.get("baselineScore") is not None
        again = tutela.parse_pmml(text)
        assert again.id == name and again.to_pmml() == text and again.norm == scale.norm


@pytest.fixture
def foreign(root):
    return root / "tests/fuzz/corpus/pmml/foreign.pmml"


def test_a_foreign_file(foreign):
    scale = tutela.load_instrument(foreign)
    assert_has_the_form(ElementTree.fromstring(foreign.read_text(encoding="utf-8")))
    assert scale.id == "pmml/made_up" and "no norm" in scale.norm
    charged = {"probation.charge_date": "2026-01-02"}
    assert scale.score({"home": "rented", "moves": 7, "work": False, **charged}).total == (9.5, 9.5)
    assert scale.score({"home": "rented", "moves": 6, **charged}).total == (4, 4)  # a missing answer is replaced by true
    still_open = scale.score({"home": "own", **charged})
    assert still_open.state == "open" and still_open.total == (3, 7) and still_open.missing == ("moves",)
    assert scale.score({"home": "own", "moves": 1}).state == "not_applicable"
    assert tutela.parse_instrument(scale.to_json()).to_pmml() == scale.to_pmml()
    assert json.loads(scale.to_json())["status"] == "demo"
    with pytest.raises(tutela.InputError, match="x.pmml:8"):
        tutela.parse_pmml(foreign.read_text(encoding="utf-8").replace("<Scorecard", '<Scorecard isScorable="false"'), file="x.pmml")


def test_what_a_scorecard_cannot_say():
    with pytest.raises(tutela.InputError) as refused:
        tutela.load_instrument("uk/ogrs3").to_pmml()
    assert "/items/0" in {diagnostic.pointer[:8] for diagnostic in refused.value.diagnostics}

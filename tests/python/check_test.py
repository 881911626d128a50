# SPDX-License-Identifier: Apache-2.0
"""The check of a pack from Python."""
import tutela

MODEL = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="m" namespace="urn:m">
<inputData id="a" name="age"><variable name="age" typeRef="number"/></inputData>
<decision id="d" name="d"><variable name="d"/>
<informationRequirement><requiredInput href="#a"/></informationRequirement>
<decisionTable><input><inputExpression><text>age</text></inputExpression></input><output/>
<rule><inputEntry><text>&lt; 14</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>
<rule><inputEntry><text>&gt; 14</text></inputEntry><outputEntry><text>2</text></outputEntry></rule>
</decisionTable></decision></definitions>"""


def test_a_gap_has_an_example():
    check = tutela.parse_pack(MODEL).check()
    (finding,) = check.findings
    assert finding.diagnostic.code == "TUT-320"
    assert finding.diagnostic.severity == "warning"
    assert finding.inputs == {"age": 14}
    assert finding.certain
    assert finding.on is None
    assert (check.tables, check.unchecked, check.separations, check.exact) == (1, 0, 0, True)


def test_the_shipped_law_has_no_errors():
    for pack in tutela.shipped_packs():
        for finding in tutela.load_pack(pack).check().findings:
            assert finding.diagnostic.severity != "error", finding


def test_two_versions_are_compared():
    before = tutela.parse_pack(MODEL)
    after = tutela.parse_pack(MODEL.replace("&gt; 14", "&gt;= 14"))
    comparison = before.compare(after)
    assert comparison.has_differences
    (decision,) = comparison.decisions
    assert (decision.decision, decision.change, decision.exact) == ("d", "different", True)
    assert decision.facts == {"age": 14}
    assert decision.before.value is tutela.NONE
    assert decision.after.value == 2
    assert not tutela.compare(before, before).has_differences


def test_who_gains_and_who_loses():
    before = tutela.parse_pack(MODEL)
    after = tutela.parse_pack(MODEL.replace("&gt; 14", "&gt;= 14"))
    cases = [
        {
            "format": "tutela-case/1",
            "jurisdiction": "MD",
            "kind": "child_protection",
            "synthetic": True,
            "id": f"of-{age}",
            "facts": {"age": age},
        }
        for age in (13, 14, 15)
    ]
    (movements,) = tutela.compare(before, after, cases=cases).cases
    assert movements.gained == ("of-14",)
    assert movements.same == 2


def test_a_separation_on_a_protected_fact_is_refused_and_found():
    pack = tutela.parse_pack(
        """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" xmlns:tutela="urn:tutela:dmn:1" id="m"
name="m" namespace="urn:m"><inputData id="p" name="poor"><extensionElements><tutela:fact protected="poverty"/>
</extensionElements><variable name="poor" typeRef="boolean"/></inputData>
<decision id="s" name="separate"><extensionElements><tutela:law effect="restrictive" separation="true"/>
</extensionElements><variable name="separate"/>
<informationRequirement><requiredInput href="#p"/></informationRequirement>
<literalExpression><text>poor</text></literalExpression></decision></definitions>"""
    )
    verdict = pack.decide({"poor": True})["separate"]
    assert (verdict.outcome, verdict.refusal, verdict.rests_on) == ("refused", "protected_facts", ("poor",))
    (finding,) = pack.check().findings
    assert finding.diagnostic.code == "TUT-329"
    assert finding.inputs == {"poor": True}
    assert pack.facts["poor"]["ground"] == "poverty"
    assert pack.decisions["separate"]["separation"]

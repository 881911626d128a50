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
    assert (check.tables, check.unchecked, check.exact) == (1, 0, True)


def test_the_shipped_law_has_no_errors():
    for pack in tutela.shipped_packs():
        for finding in tutela.load_pack(pack).check().findings:
            assert finding.diagnostic.severity != "error", finding

# SPDX-License-Identifier: Apache-2.0
"""What the page docs/columns.md takes for granted: a pack, a reform of it and a table."""

import polars

import tutela

MODEL = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="m" namespace="urn:m">
<inputData id="age" name="age"><variable name="age" typeRef="number"/></inputData>
<decision id="d" name="eligible"><variable name="eligible"/>
<informationRequirement><requiredInput href="#age"/></informationRequirement>
<decisionTable><input><inputExpression><text>age</text></inputExpression></input><output/>
<rule><inputEntry><text>&lt; 14</text></inputEntry><outputEntry><text>true</text></outputEntry></rule>
<rule><inputEntry><text>&gt;= 14</text></inputEntry><outputEntry><text>false</text></outputEntry></rule>
</decisionTable></decision></definitions>"""

pack = tutela.parse_pack(MODEL)
reform = tutela.parse_pack(MODEL.replace("14", "16"))
table = polars.DataFrame({"age": [row % 20 for row in range(5000)], "county": ["north" if row % 3 else "south" for row in range(5000)]})

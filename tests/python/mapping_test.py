# SPDX-License-Identifier: Apache-2.0
"""Tables of other systems by a mapping: the cases of the command line, and every mismatch at once."""

import pytest

import tutela

MAPPING = """{"format": "tutela-mapping/1", "name": "made up", "separator": ";",
"case": {"id_column": "no", "jurisdiction": "MD", "kind": "child_protection", "synthetic": true}, "ignored": ["remark"], "columns": [
{"column": "born", "fact": "person.birth_date", "type": "date", "date_form": "dd.mm.yyyy"},
{"column": "vulnerable", "fact": "family.vulnerable", "type": "code", "codes": {"da": true, "nu": false}, "uncertain": ["?"]}]}"""


@pytest.mark.parametrize("name", ["directorate", "primero_like"])
def test_an_export_is_decided_as_on_the_command_line(data, child_protection, name):
    mapping = tutela.load_mapping(data / "exports" / f"{name}.mapping.json")
    assert mapping.synthetic and mapping.check(child_protection) == ()
    path = data / "exports" / f"{name}.csv"
    cases = mapping.load_cases(path)
    assert len(cases) == 4 and len({case.id for case in cases}) == 4
    again = mapping.parse_cases(path.read_bytes(), file="export.csv")
    assert [case.facts for case in again] == [case.facts for case in cases]
    outcomes = [child_protection.decide(case.facts, on="2026-03-02")["day_service"].outcome for case in cases]
    assert outcomes[:3] == ["known", "known", "unknown"] or name == "directorate"


def test_what_cells_mean():
    mapping = tutela.parse_mapping(MAPPING)
    assert mapping.columns == {"born": "person.birth_date", "vulnerable": "family.vulnerable"}
    assert (mapping.name, mapping.jurisdiction, mapping.ignored) == ("made up", "MD", ("remark",))
    first, second, third = mapping.parse_cases("no;born;vulnerable;remark\n1;10.01.2025;da;x\n2;;nu;\n3;10.01.2025;?;\n")
    law = tutela.load_pack("md/child-protection")
    answers = [law.decide(case.facts, on="2026-03-02")["day_service"] for case in (first, second, third)]
    assert answers[0].value is True
    assert answers[1].value is False and answers[1].missing == ()
    assert answers[2].outcome == "undeterminable"


def test_every_mismatch_is_told_at_once_and_no_cell_is_shown():
    mapping = tutela.parse_mapping(MAPPING)
    with pytest.raises(tutela.InputError) as refused:
        mapping.parse_cases("no;born;colour\n1;31.02.2025;x\n1;10.1.25;x\n", file="t.csv")
    found = refused.value.diagnostics
    assert {"born", "vulnerable", "colour", "no"} <= {place for finding in found for place in ("born", "vulnerable", "colour", "no") if place in str(finding)}
    assert not any(cell in str(refused.value) for cell in ("31.02", "10.1.25"))


def test_what_a_pack_cannot_take():
    mapping = tutela.parse_mapping(MAPPING.replace("family.vulnerable", "family.shoe_size"))
    (finding,) = mapping.check(tutela.load_pack("md/child-protection"))
    assert finding.code == "TUT-203" and "vulnerable" in str(finding)
    assert {found.code for found in mapping.check(tutela.load_instrument("uk/ogrs3"))} == {"TUT-203"}
    with pytest.raises(TypeError):
        mapping.check("md/child-protection")


def test_bad_mappings_and_tables_are_refused():
    for text in ("{", '{"format": "tutela-mapping/1"}', MAPPING.replace("dd.mm.yyyy", "dd.mm.yy"), b"\xff"):
        with pytest.raises(tutela.InputError):
            tutela.parse_mapping(text)
    with pytest.raises(tutela.InputError):
        tutela.load_mapping("no/such.json")
    with pytest.raises(tutela.InputError):
        tutela.parse_mapping(MAPPING).load_cases("no/such.csv")
    with pytest.raises(tutela.LimitError):
        tutela.parse_mapping(MAPPING).parse_cases("no;born;vulnerable;remark\n" * 100, limits={"document_bytes": 10})
    with pytest.raises(TypeError):
        tutela.Mapping()

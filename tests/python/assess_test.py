# SPDX-License-Identifier: Apache-2.0
import json
from datetime import date

import pytest

import tutela

CASE = {
    "format": "tutela-case/1",
    "id": "synthetic-python-1",
    "synthetic": True,
    "jurisdiction": "MD",
    "kind": "child_protection",
    "held_by": "demo-directorate",
    "needs": ["day_service"],
    "purposes": ["assistance"],
    "facts": {"person.birth_date": "2025-01-10"},
}


@pytest.fixture(scope="module")
def parts(data):
    return {
        "packs": tutela.load_pack("md/child-protection"),
        "instruments": ["uk/ogrs3"],
        "networks": [data / "demo" / "network.json", tutela.load_network(data / "chisinau" / "network.json")],
        "on": "2026-03-02",
    }


def test_one_case_from_a_dictionary(parts):
    (found,) = tutela.assess(CASE, **parts)
    assert found.id == "synthetic-python-1" and found.on == date(2026, 3, 2) and found.synthetic
    assert found.network == "demo/zefiresti" and found.has_pack
    assert found.answers["is_child"] == "yes" and found.answers["day_service"] == "unknown"
    assert "family.vulnerable" in [question.fact for question in found.questions]
    assert found.routes["day_service"].state in ("certain", "possible")
    assert found.routes["day_service"].explain()
    assert found.scores == ()  # never on a child protection case
    verdict = {finding.decision: finding for finding in found.findings}["day_service"]
    assert verdict.pack == "md/child-protection" and verdict.pack_digest
    assert sum(found.counts.values()) == len(found.findings)
    assert found.duties_to_report and found.categories


def test_cases_from_a_file(parts, data):
    path = data / "cases" / "synthetic-300.ndjson"
    cases = tutela.load_cases(path)
    found = tutela.assess(path, **parts)
    assert [assessment.id for assessment in found] == [case.id for case in cases]
    assert len(found) == 300
    assert all(assessment.synthetic for assessment in found)
    probation = [assessment for assessment in found if assessment.kind == "probation"]
    assert probation and all(len(assessment.scores) == 1 for assessment in probation)
    for assessment in probation:
        assert assessment.scores[0].research or assessment.scores[0].state in ("not_applicable", "error")
    assert not any(assessment.scores for assessment in found if assessment.kind != "probation")


def test_threads_change_nothing(parts, data):
    cases = tutela.load_cases(data / "cases" / "synthetic-300.ndjson")[:60]
    alone = [assessment.to_json() for assessment in tutela.assess(cases, **parts)]
    assert [assessment.to_json() for assessment in tutela.assess(cases, threads=4, **parts)] == alone


def test_one_assessment_equals_the_parts_asked_alone(parts, data):
    for case in tutela.load_cases(data / "cases" / "synthetic-300.ndjson")[:20]:
        (found,) = tutela.assess(case, **parts)
        asked = parts["packs"].decide(case.facts, on=parts["on"])
        assert found.findings  # of a child, not those about probation
        for finding in found.findings:
            assert finding.to_json() == asked[finding.decision].to_json()


def test_plain_values(parts):
    (found,) = tutela.assess([CASE], **parts)
    plain = found.to_dict()
    assert plain == json.loads(found.to_json())
    assert plain["case"] == "synthetic-python-1"
    (case,) = tutela.parse_cases(json.dumps(CASE))
    assert case.to_dict()["facts"] == CASE["facts"]
    assert case.facts["person.birth_date"][0].value == date(2025, 1, 10)
    assert "synthetic-python-1" not in repr(case) and "synthetic-python-1" not in repr(found)


def test_dictionaries_are_read_as_strictly_as_files(parts):
    with pytest.raises(tutela.InputError) as refused:
        tutela.assess([CASE | {"colour": 1}, CASE | {"id": "b", "kind": "guess"}], **parts)
    assert len(refused.value.diagnostics) >= 2
    with pytest.raises(tutela.InputError):
        tutela.assess([CASE, CASE], **parts)  # one identifier twice
    with pytest.raises(TypeError):
        tutela.assess([CASE | {"facts": {"a": object()}}], **parts)
    with pytest.raises(TypeError):
        tutela.assess([CASE])
    with pytest.raises(tutela.ContractViolation):
        tutela.assess([CASE], on=None)


def test_without_a_pack_nothing_is_said(data):
    (found,) = tutela.assess(CASE, on="2026-03-02", networks=data / "demo" / "network.json")
    assert not found.has_pack and found.findings == ()
    with pytest.raises(TypeError, match="findings"):
        bool(found)

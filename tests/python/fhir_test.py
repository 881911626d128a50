# SPDX-License-Identifier: Apache-2.0
"""Resources of FHIR R4 in Python, and the official examples of the eight core types without loss."""

import collections
import json
import shutil
import subprocess
import tarfile

import pytest

import tutela

PACKAGE = "hl7.fhir.r4.examples@4.0.1"
CORE = {"ServiceRequest": 20, "Task": 12, "Consent": 12, "OrganizationAffiliation": 3, "HealthcareService": 1,
        "Group": 4, "RelatedPerson": 5, "CarePlan": 11}
TASK = '{"resourceType":"Task","id":"t","status":"in-progress","intent":"order","owner":{"display":"x"},"x":[null,1.50]}'


def test_a_resource_keeps_what_it_does_not_know():
    task = tutela.parse_fhir(TASK)
    assert (task.type, task.id, task.state) == ("Task", "t", "started")
    assert task.to_json() == TASK
    changed = task.replace("status", "completed").replace("owner.reference", "Organization/1")
    assert changed.state == "completed"
    assert changed.text("owner.reference") == "Organization/1"
    assert changed.to_dict()["owner"] == {"display": "x", "reference": "Organization/1"}
    assert task.check() == ()
    found = task.replace("status", "done").check()
    assert len(found) == 1
    assert found[0].pointer == "/status"


def test_bad_input():
    with pytest.raises(tutela.InputError):
        tutela.parse_fhir("{}")
    with pytest.raises(tutela.ContractViolation):
        tutela.parse_fhir('{"resourceType":"Patient"}').check()


@pytest.fixture(scope="session")
def examples(tmp_path_factory):
    """The official examples, fetched by npm."""
    if shutil.which("npm") is None:
        pytest.skip(f"there is no npm here to fetch {PACKAGE}")
    folder = tmp_path_factory.mktemp("fhir")
    try:
        done = subprocess.run(["npm", "pack", PACKAGE], cwd=folder, capture_output=True, text=True, timeout=300)
    except subprocess.TimeoutExpired:
        pytest.skip(f"npm did not give {PACKAGE} in five minutes")
    packages = list(folder.glob("*.tgz"))
    if done.returncode or not packages:
        pytest.skip(f"npm did not give {PACKAGE}")
    found = []
    with tarfile.open(packages[0]) as archive:
        for member in archive.getmembers():
            name = member.name.rsplit("/", 1)[-1]
            if name.split("-")[0] in CORE and name.endswith(".json"):
                found.append((name, archive.extractfile(member).read().decode("utf-8")))
    return found


@pytest.mark.heavy
def test_official_examples_come_through_without_a_difference(examples):
    counts = collections.Counter()
    exact = {"parse_float": str, "parse_int": str, "object_pairs_hook": list}  # digits and order of members count
    for name, text in examples:
        resource = tutela.parse_fhir(text, file=name)
        if resource.type not in CORE:
            continue
        counts[resource.type] += 1
        assert resource.check() == (), name
        for written in (resource.to_json(), resource._rewritten().to_json()):
            assert json.loads(written, **exact) == json.loads(text, **exact), name
    assert counts == CORE
    assert counts.total() == 68

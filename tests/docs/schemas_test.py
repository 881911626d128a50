# SPDX-License-Identifier: Apache-2.0
"""Every file that ships says what its JSON Schema allows; the schemas themselves are sound."""

import json
import pathlib
import re

import jsonschema
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def schema(name):
    return json.loads((ROOT / "docs" / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))


def shipped(name, *patterns):
    files = sorted(path for pattern in patterns for path in ROOT.glob(pattern))
    return [pytest.param(name, path, id=str(path.relative_to(ROOT))) for path in files]


NETWORKS = shipped("network", "examples/data/*/network.json", "tests/fuzz/corpus/network/*.json")
INSTRUMENTS = shipped("instrument", "src/packs/**/*.instrument.json")
CASES = shipped("case", "examples/data/cases/*.ndjson")
CLOCKS = shipped("clocks", "src/packs/*/law.clocks.json")
AGENDAS = shipped("agenda", "examples/data/*/agenda.json")
REPORTS = shipped("service-report", "examples/data/*/service_reports.json")
RECORDS = shipped("records", "examples/data/*/*records.json", "src/packs/records/*.records.json")
CASEWORK = [
    *shipped("probation-law", "src/packs/*/law.probation.json"),
    *shipped("protection-law", "src/packs/*/law.protection.json"),
    *shipped("paper-law", "src/packs/*/law.papers.json"),
    *shipped("probation", "examples/data/demo/supervision.json"),
    *shipped("monitoring", "examples/data/demo/monitoring.json"),
    *shipped("protected-places", "examples/data/demo/protected_places.json"),
    *shipped("child-protection", "examples/data/demo/child_protection.json"),
    *shipped("documents", "examples/data/demo/documents.json"),
    *shipped("mapping", "examples/data/exports/*.mapping.json"),
    *shipped("field-words", "src/packs/words/field.words.json"),
    *shipped("pack", "src/packs/*/*/pack.json"),
]


def documents(path):
    text = path.read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()] if path.suffix == ".ndjson" else [json.loads(text)]


NAMES = sorted(path.name.removesuffix(".schema.json") for path in (ROOT / "docs" / "schemas").glob("*.json"))


@pytest.mark.parametrize("name", NAMES)
def test_schema_is_sound_and_versioned(name):
    definition = schema(name)
    jsonschema.Draft202012Validator.check_schema(definition)
    assert definition["$id"] == f"urn:tutela:schema:{name}:1"


def test_nothing_that_ships_is_forgotten():
    assert len(NETWORKS) >= 4 and len(INSTRUMENTS) >= 20 and len(CASES) >= 1 and len(CLOCKS) >= 3 and len(AGENDAS) >= 2 and len(REPORTS) >= 1 and len(RECORDS) >= 5 and len(CASEWORK) >= 21 and len(NAMES) >= 31


@pytest.mark.parametrize(("name", "path"), NETWORKS + INSTRUMENTS + CASES + CLOCKS + AGENDAS + REPORTS + RECORDS + CASEWORK)
def test_file_validates(name, path):
    validator = jsonschema.Draft202012Validator(schema(name))
    wrong = [error for document in documents(path) for error in validator.iter_errors(document)]
    assert not wrong, wrong[0]


@pytest.mark.parametrize(("name", "path"), [group[0] for group in (NETWORKS, INSTRUMENTS, CASES, CLOCKS, AGENDAS, REPORTS, RECORDS)] + CASEWORK)
def test_schema_refuses_what_it_does_not_know(name, path):
    document = documents(path)[0]
    document["no_such_key"] = 1
    assert list(jsonschema.Draft202012Validator(schema(name)).iter_errors(document))


def test_the_lives_of_referrals():
    text = (ROOT / "tests/unit/io/referrals_test.cpp").read_text(encoding="utf-8")
    document = json.loads(text[text.index('R"(') + 3 : text.index(')";')])
    validator = jsonschema.Draft202012Validator(schema("referrals"))
    assert list(validator.iter_errors(document)) == []
    document["referrals"][0]["steps"][0]["state"] = "begun"
    assert list(validator.iter_errors(document))


def test_the_decisions_of_people():
    text = (ROOT / "tests/unit/casework/decision_files_test.cpp").read_text(encoding="utf-8")
    document = json.loads(text[text.index('R"(') + 3 : text.index(')";')])
    validator = jsonschema.Draft202012Validator(schema("decisions"))
    assert list(validator.iter_errors(document)) == []
    document["decisions"][0]["name"] = "?"
    assert list(validator.iter_errors(document))


def test_every_format_of_the_library_stands_on_the_page():
    """A format that a source names is on the page, with its schema where there is one; and the page names none that is gone."""
    used = set()
    for folder in ("src", "include", "bindings"):
        for path in (ROOT / folder).rglob("*.[ch]pp"):
            used |= set(re.findall(r'"(tutela-[a-z-]+/\d+)"', path.read_text(encoding="utf-8")))
    page = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    assert len(used) >= 25
    assert set(re.findall(r"`(tutela-[a-z-]+/\d+)`", page)) == used
    assert set(re.findall(r"\]\(schemas/([a-z-]+)\.schema\.json\)", page)) == set(NAMES)

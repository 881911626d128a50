# SPDX-License-Identifier: Apache-2.0
"""The table of docs/law-coverage.md names every verified row once, and only what is really there; nothing there is without a row."""

import csv
import json
import os
import pathlib
import re
import xml.etree.ElementTree as xml

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKS = ROOT / "src" / "packs"
ROWS = pathlib.Path(os.environ.get("TUTELA_SHARED", ROOT.parent / "shared")) / "domain" / "rules_verified.tsv"
COUNTRIES = {"MD": 62, "RO": 24, "UA": 46}
STATUSES = {"in_force_as_seen", "recheck", "partial", "conflict", "draft", "historic"}
DMN = "{https://www.omg.org/spec/DMN/20230324/MODEL/}"
TUTELA = "{urn:tutela:dmn:1}"

# What a note says about something else: of MD-017 an amendment is a draft; the sources of MD-021 differ on how long a child may
# stay, not on who may come.
CLEARED = {"MD-017", "md/child-protection:crisis_placement_section"}

# What the table calls it: the file of the country, and the list in it.
DATA = {
    "clock": ("clocks", "clocks"),
    "papers": ("papers", "needs"),
    "community work": ("probation", "community_work"),
    "measure": ("probation", "measures"),
    "programme": ("probation", "programmes"),
    "obligations": ("probation", "mandatory"),
    "order of placements": ("protection", "preference"),
    "hearing": ("protection", "hearings"),
    "leaving care": ("protection", "leaving"),
}


def table():
    """The rows of the page: id, places as (kind, name), grade, status."""
    found = []
    for line in (ROOT / "docs" / "law-coverage.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) != 5 or not re.fullmatch(r"[A-Z]{2}-\d{3}", cells[0]):
            continue
        row, short, lives, grade, status = cells
        assert short and grade in {"A", "B", "C", "D"} and status in STATUSES, line
        places = []
        if lives.startswith("not computable: "):
            assert len(lives) > len("not computable: "), line
        else:
            for part in lives.split("; "):
                kind, names = re.fullmatch(r"([a-z ]+) (`.+`)", part).groups()
                places += [(kind, name) for name in re.findall(r"`([^`]+)`", names)]
            assert places, line
        found.append((row, places, grade, status))
    return found


def data(country):
    """What the files of a country hold: (kind, id) -> entry."""
    found = {}
    for kind, (file, key) in DATA.items():
        document = json.loads((PACKS / country / f"law.{file}.json").read_text(encoding="utf-8"))
        for entry in document.get(key, []):
            assert (kind, entry["id"]) not in found
            found[kind, entry["id"]] = entry
    return found


def decisions(country):
    """What the packs of a country decide: `pack:name` -> its citations."""
    found = {}
    for description in sorted(PACKS.glob(f"{country}/*/pack.json")):
        pack = json.loads(description.read_text(encoding="utf-8"))["id"]
        for model in sorted(description.parent.glob("*.dmn")):
            for decision in xml.parse(model).getroot().iter(f"{DMN}decision"):
                found[f"{pack}:{decision.get('name')}"] = list(decision.iter(f"{TUTELA}citation"))
    return found


def facts(country):
    found = set()
    for description in PACKS.glob(f"{country}/*/pack.json"):
        pack = json.loads(description.read_text(encoding="utf-8"))["id"]
        for model in description.parent.glob("*.dmn"):
            root = xml.parse(model).getroot()
            inputs = {variable.get("typeRef"): variable.get("name") for variable in root.iter(f"{DMN}variable")}
            for item in root.findall(f"{DMN}itemDefinition"):
                found |= {f"{pack}:{inputs[item.get('name')]}.{part.get('name')}" for part in item.iter(f"{DMN}itemComponent")}
    return found


def test_every_row_stands_once_and_in_order():
    wanted = [f"{country}-{number:03d}" for country, count in COUNTRIES.items() for number in range(1, count + 1)]
    assert [row for row, *_ in table()] == wanted


@pytest.mark.parametrize("country", ["md", "ro", "ua"])
def test_every_place_exists_and_nothing_is_without_a_row(country):
    held, decided, known = data(country), decisions(country), facts(country)
    named = {"decision": set(), "fact": set(), "data": set()}
    for row, places, _, _ in table():
        if not row.startswith(country.upper()):
            continue
        for kind, name in places:
            if kind == "decision":
                assert name in decided, (row, name)
                named["decision"].add(name)
            elif kind == "fact":
                assert name in known, (row, name)
            else:
                assert (kind, name) in held, (row, kind, name)
                assert name.startswith(row), (row, name)
                named["data"].add((kind, name))
    assert named["decision"] == set(decided)
    assert named["data"] == set(held)


@pytest.mark.parametrize("country", ["md", "ro", "ua"])
def test_grade_and_status_are_those_of_the_data(country):
    held, decided = data(country), decisions(country)
    for row, places, grade, status in table():
        if not row.startswith(country.upper()):
            continue
        for kind, name in places:
            if kind in DATA:
                entry = held[kind, name]
                assert (entry["citation"]["grade"], entry["status"]) == (grade, status), (row, kind)
            elif kind == "decision" and name not in CLEARED:
                cited = {(citation.get("grade"), citation.get("status").split(":")[0]) for citation in decided[name]}
                assert (grade, status) in cited, (row, name, cited)


def test_the_rows_are_those_that_were_verified():
    if not ROWS.exists():
        pytest.skip("the verified rows are not beside the repository (TUTELA_SHARED)")
    with ROWS.open(encoding="utf-8") as lines:
        verified = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert sorted((row["id"], row["grade"]) for row in verified) == [(row, grade) for row, _, grade, _ in table()]
    states = {row: status for row, _, _, status in table()}
    for row in verified:
        told = {word for word in ("recheck", "draft", "conflict", "historic") if word in row["status_note"].lower()}
        if told and row["id"] not in CLEARED:
            assert states[row["id"]] in told, (row["id"], row["status_note"])

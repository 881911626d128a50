# SPDX-License-Identifier: Apache-2.0
"""What the program writes validates against the schema of its format, and what is broken does not."""

import copy
import hashlib
import json
import os
import subprocess
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("TUTELA_PROGRAM", str(ROOT / "build/release/bin/tutela"))


def test_shipped_cases() -> None:
    schema = json.loads((ROOT / "docs/schemas/assessment.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    data = ROOT / "examples/data"
    result = subprocess.run(
        [PROGRAM, "assess", "--network", data / "demo/network.json", "--network", data / "chisinau/network.json",
         "--pack", "md/child-protection", "--instrument", "uk/ogrs3", "--cases", data / "cases/synthetic-300.ndjson",
         "--on", "2026-03-02", "--json"], capture_output=True, timeout=60, check=True)
    lines = result.stdout.decode().splitlines()
    assert len(lines) >= 300
    for line in lines[::3]:
        validator.validate(json.loads(line))


def test_verdicts() -> None:
    validator = jsonschema.Draft202012Validator(json.loads((ROOT / "docs/schemas/verdict.schema.json").read_text(encoding="utf-8")))
    result = subprocess.run(
        [PROGRAM, "decide", "--pack", "md/child-protection", "--on", "2026-03-02", "--json", ROOT / "examples/data/cases/synthetic-300.ndjson"],
        capture_output=True, timeout=60, check=True)
    lines = [json.loads(line) for line in result.stdout.decode().splitlines()]
    assert len({(line["decision"], line["outcome"]) for line in lines}) > 50
    for line in lines[::7]:
        validator.validate(line)
    for key in lines[0]:
        without = {name: value for name, value in lines[0].items() if name != key}
        assert key == "case" or list(validator.iter_errors(without)), key
    assert list(validator.iter_errors({**lines[0], "no_such_key": 1}))


def schema(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads((ROOT / f"docs/schemas/{name}.schema.json").read_text(encoding="utf-8")))


def told(*words: object) -> list:
    done = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, timeout=60, check=True)
    text = done.stdout.decode()
    return [json.loads(text)] if text.startswith("{\n") else [json.loads(line) for line in text.splitlines()]


def objects_of(document):
    """Every object inside, with what holds it."""
    inside = document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, list) else ()
    if isinstance(document, dict):
        yield document
    for _, part in inside:
        yield from objects_of(part)


OPTIONAL = {"case", "decision", "proof"}  # of explanations, for some of their readers


def broken(document):
    """The document with one thing wrong: a key more in some object, a key less on top, another format."""
    for place, found in enumerate(objects_of(document)):
        if place % 7 == 0 and "no_such_key" not in found:
            found["no_such_key"] = 1
            yield f"a key more in {sorted(found)}", copy.deepcopy(document)
            del found["no_such_key"]
    for key in document:
        if key not in OPTIONAL:
            yield f"without {key}", {name: value for name, value in document.items() if name != key}
    yield "another format", {**document, "format": document["format"] + "0"}


def check(name: str, documents: list) -> None:
    validator = schema(name)
    for document in documents:
        wrong = list(validator.iter_errors(document))
        assert not wrong, wrong[0]
    for what, document in broken(documents[0]):
        assert list(validator.iter_errors(document)), what


@pytest.mark.parametrize("view", [["officer"], ["family"], ["child", "--age", "11"]])
def test_explanations(view: list) -> None:
    asked = ["explain", "--pack", "md/child-protection", "--on", "2026-03-02", "--lang", "ro", "--json", "--view", *view]
    lines = told(*asked, ROOT / "tests/golden/explanations/cases.ndjson")
    assert len(lines) > 50 and {line["view"] for line in lines} == {view[0]}
    check("explanation", lines)
    if view == ["officer"]:
        assert list(schema("explanation").iter_errors({**lines[0], "view": "family"})), "a proof is for the officer alone"
        assert list(schema("explanation").iter_errors({key: part for key, part in lines[0].items() if key != "decision"}))


def test_network_reviews(tmp_path: Path) -> None:
    data = ROOT / "examples/data"
    table = tmp_path / "demand.csv"
    kinds = told("network", data / "demo/network.json", "--on", "2026-03-01", "--json")[0]["kinds"]
    table.write_text(f"area,need,people,minimum_age_months,maximum_age_months\nnowhere,{kinds[0]['kind']},9,0,216\n", encoding="utf-8")
    network = json.loads((data / "demo/network.json").read_text(encoding="utf-8"))
    network["out_of_service"] = [{"id": "works", "service_id": network["services"][0]["id"], "reason": "repair"}]
    changed = tmp_path / "network.json"
    changed.write_text(json.dumps(network), encoding="utf-8")
    reviews = told("network", changed, "--on", "2026-03-01", "--json", "--closures", "3", "--demand", table)
    reviews += [review for name in ("demo", "chisinau", "bacau", "pokrovsk")
                for review in told("network", data / name / "network.json", "--on", "2026-03-01", "--json")]
    assert all(reviews[0][part] for part in ("kinds", "areas", "resting", "depended", "closures", "gaps", "repair"))
    check("network-review", reviews)


def test_log_reviews(tmp_path: Path) -> None:
    network = ROOT / "examples/data/demo/network.json"
    first = json.loads(network.read_text(encoding="utf-8"))["organizations"][0]["id"]
    rows = ["case,activity,timestamp,from,to,reason"]
    for number in range(20):
        declined = number % 3 == 0
        rows.append(f"r{number},sent,2026-01-{number + 1:02},{first},nobody,")
        rows.append(f"r{number},{'declined' if declined else 'accepted'},2026-01-{number + 2:02},,,{'no_capacity' if declined else ''}")
        if number % 3 == 1:
            rows.append(f"r{number},started,2026-02-{number + 1:02},,,")
    log = tmp_path / "log.csv"
    log.write_text("\n".join(rows) + "\n", encoding="utf-8")
    review = told("network", network, "--log", log, "--until", "2026-03-01")[0]
    assert all(review["summary"][part] for part in ("stages", "declines", "hops", "transitions", "time_to_service"))
    assert review["comparison"]["unfounded"] and review["comparison"]["bases"]
    check("log-review", [review])


def test_saved_packs(tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    subprocess.run([PROGRAM, "save", "md/child-protection", folder], timeout=60, check=True)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    validator = schema("manifest")
    assert not list(validator.iter_errors(manifest))
    assert manifest["files"] == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if path.name != "manifest.json"}
    for name, digest in (("sub/law.dmn", "0" * 64), ("notes.txt", "0" * 64), ("law.dmn", "0" * 63), ("law.dmn", "F" * 64)):
        assert list(validator.iter_errors({**manifest, "files": {name: digest}})), (name, digest)


def test_packs_as_one_text(tmp_path: Path) -> None:
    files = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "examples/pack").iterdir() if path.suffix in (".dmn", ".json")}
    document = {"format": "tutela-pack-files/1", "files": files}
    validator = schema("pack-files")
    assert not list(validator.iter_errors(document))
    for wrong in ({**document, "more": 1}, {"format": document["format"]}, {**document, "files": {}}, {**document, "format": "tutela-pack-files/2"},
                  {**document, "files": {"pack.json": files["pack.json"], "../law.dmn": "x"}}, {**document, "files": {"pack.json": 1, "law.dmn": ""}}):
        assert list(validator.iter_errors(wrong)), sorted(wrong)

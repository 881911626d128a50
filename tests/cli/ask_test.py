# SPDX-License-Identifier: Apache-2.0
"""`tutela ask` and `tutela timeline`: what they print, and what they refuse."""

import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("TUTELA_PROGRAM", str(ROOT / "build/release/bin/tutela"))
PACK = ["--pack", "md/child-protection"]


@pytest.fixture
def run(tmp_path):
    first = json.loads((ROOT / "examples/data/cases/synthetic-300.ndjson").read_text(encoding="utf-8").splitlines()[0])

    def call(verb, *words, facts):
        path = tmp_path / "case.ndjson"
        path.write_text(json.dumps({**first, "facts": facts}) + "\n", encoding="utf-8")
        return subprocess.run([PROGRAM, verb, *PACK, *words, path], capture_output=True, text=True, timeout=60, check=False)

    return call


def test_what_to_find_out_next(run):
    asked = run("ask", "--on", "2026-03-02", "--decision", "maternal_section", "--json", facts={"person.birth_date": "1998-04-01"})
    assert asked.returncode == 0, asked.stderr
    found = json.loads(asked.stdout)
    assert found["case"] and found["open"] == ["maternal_section"]
    assert found["ask"][0]["prior"] and found["ask"][0]["decisions"] == ["maternal_section"]
    assert [question["fact"] for question in found["referred"]] == ["person.victim_of_violence"]
    assert "estimates" in found["costs"]
    text = run("ask", "--on", "2026-03-02", "--decision", "maternal_section", "--lang", "en", facts={"person.birth_date": "1998-04-01"})
    assert "refer to a trained interviewer" in text.stdout and "?" in text.stdout
    held = run("ask", "--on", "2026-03-02", "--decision", "maternal_section", "--json", "--holding",
               "person.victim_of_violence=police", facts={"person.birth_date": "1998-04-01"})
    assert json.loads(held.stdout)["referred"] == []


def test_how_an_answer_runs_over_time(run):
    found = run("timeline", "--decision", "is_child", "--from", "2020-01-01", "--until", "2040-01-01", "--json",
                facts={"person.birth_date": "2010-05-17"})
    assert found.returncode == 0, found.stderr
    spans = json.loads(found.stdout)["spans"]
    assert [(span["from"], span["value"]) for span in spans] == [("2020-01-01", True), ("2028-05-17", False)]
    assert spans[1]["began_with"][0]["text"] == "person.birth_date: 18 years"
    text = run("timeline", "--decision", "is_child", "--from", "2020-01-01", "--until", "2040-01-01",
               facts={"person.birth_date": "2010-05-17"})
    assert "2028-05-17 to 2040-01-01: known false; person.birth_date: 18 years" in text.stdout


def test_another_legal_order_has_no_such_rule(tmp_path):
    first = json.loads((ROOT / "examples/data/cases/synthetic-300.ndjson").read_text(encoding="utf-8").splitlines()[0])
    path = tmp_path / "case.ndjson"
    path.write_text(json.dumps({**first, "jurisdiction": "UA", "facts": {"person.birth_date": "2010-05-17"}}) + "\n", encoding="utf-8")

    def call(*words):
        return subprocess.run([PROGRAM, *words, path], capture_output=True, text=True, timeout=60, check=False).stdout

    found = json.loads(call("ask", *PACK, "--on", "2026-03-02", "--decision", "is_child", "--json"))
    assert (found["ask"], found["settled"], found["not_available"], found["jurisdiction"]) == ([], [], ["is_child"], "UA")
    assert "rule_not_available(UA): is_child" in call("ask", *PACK, "--on", "2026-03-02", "--decision", "is_child")
    over = call("timeline", *PACK, "--decision", "is_child", "--from", "2026-01-01", "--until", "2026-02-01")
    assert "2026-01-01 to 2026-02-01: rule_not_available(UA)" in over


def test_protection_that_is_not_excluded_is_said_before_any_question(tmp_path):
    first = json.loads((ROOT / "examples/data/cases/synthetic-300.ndjson").read_text(encoding="utf-8").splitlines()[0])
    path = tmp_path / "case.ndjson"
    path.write_text(json.dumps({**first, "facts": {}}) + "\n", encoding="utf-8")
    model = tmp_path / "p.dmn"
    model.write_text("""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" xmlns:tutela="urn:tutela:dmn:1" id="t" name="t" namespace="urn:t">
<inputData id="in_a" name="a"><variable name="a" typeRef="boolean"/></inputData>
<decision id="d" name="p"><extensionElements><tutela:law effect="protective"/><tutela:citation act="x" grade="A"/></extensionElements>
<variable name="p"/><informationRequirement><requiredInput href="#in_a"/></informationRequirement>
<decisionTable hitPolicy="FIRST"><input><inputExpression><text>a</text></inputExpression></input><output/>
<rule><extensionElements><tutela:duty clock="24 hours" to="guardianship authority"/></extensionElements>
<inputEntry><text>true</text></inputEntry><outputEntry><text>true</text></outputEntry></rule>
<rule><inputEntry><text>-</text></inputEntry><outputEntry><text>false</text></outputEntry></rule></decisionTable></decision>
</definitions>""", encoding="utf-8")
    words = [PROGRAM, "ask", "--pack", model, "--on", "2026-01-01", "--lang", "en"]
    text = subprocess.run([*words, path], capture_output=True, text=True, timeout=60, check=False).stdout
    assert "24 hours" in text and text.index("24 hours") < text.index("adult: a")
    found = json.loads(subprocess.run([*words, "--json", path], capture_output=True, text=True, timeout=60, check=False).stdout)
    assert found["cautions"] == [{"decision": "p", "label": found["cautions"][0]["label"], "caution": "not_excluded",
                                  "safety_duties": [{"clock": "24 hours", "to": "guardianship authority"}]}]


@pytest.mark.parametrize("verb, words", [
    ("ask", []),
    ("ask", ["--on", "tomorrow"]),
    ("ask", ["--on", "2026-03-02", "--holding", "person.pregnant"]),
    ("ask", ["--on", "2026-03-02", "--decision", "flying"]),
    ("timeline", ["--decision", "is_child"]),
    ("timeline", ["--decision", "is_child", "--from", "2026-01-01", "--until", "2026-01-01"]),
    ("timeline", ["--from", "2026-01-01", "--until", "2027-01-01"]),
])
def test_bad_questions_are_refused(run, verb, words):
    asked = run(verb, *words, facts={})
    assert asked.returncode == 2 and asked.stderr and not asked.stdout

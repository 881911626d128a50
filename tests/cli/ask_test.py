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

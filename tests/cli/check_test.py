# SPDX-License-Identifier: Apache-2.0
"""`tutela check`: one pack, two versions, who gains and loses, and what is refused."""

import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("TUTELA_PROGRAM", str(ROOT / "build/release/bin/tutela"))
MODEL = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="m" namespace="urn:m">
<inputData id="a" name="age"><variable name="age" typeRef="number"/></inputData>
<decision id="d" name="granted"><variable name="granted"/>
<informationRequirement><requiredInput href="#a"/></informationRequirement>
<decisionTable><input><inputExpression><text>age</text></inputExpression></input>
<output><defaultOutputEntry><text>false</text></defaultOutputEntry></output>
<rule><inputEntry><text>&lt; 14</text></inputEntry><outputEntry><text>true</text></outputEntry></rule>
</decisionTable></decision></definitions>"""
CASE = {"format": "tutela-case/1", "jurisdiction": "MD", "kind": "child_protection", "synthetic": True}


@pytest.fixture
def versions(tmp_path):
    old, new = tmp_path / "old.dmn", tmp_path / "new.dmn"
    old.write_text(MODEL, encoding="utf-8")
    new.write_text(MODEL.replace("&lt; 14", "[7..16)"), encoding="utf-8")
    cases = [{**CASE, "id": name, "facts": {"age": age}} for name, age in (("baby", 1), ("pupil", 8), ("teenager", 15))]
    file = tmp_path / "cases.ndjson"
    file.write_text("".join(json.dumps(case) + "\n" for case in cases), encoding="utf-8")
    return str(old), str(new), str(file)


def check(*words: str) -> subprocess.CompletedProcess:
    return subprocess.run([PROGRAM, "check", *words], capture_output=True, text=True, timeout=120)


def test_a_pack_is_the_same_as_itself(versions):
    done = check(versions[0], versions[0])
    assert done.returncode == 0
    assert "0 of 1 decisions differ" in done.stdout


def test_two_versions_show_the_first_difference(versions):
    done = check(versions[0], versions[1])
    assert done.returncode == 1
    assert 'decision "granted": different' in done.stdout
    (line,) = [json.loads(line) for line in check(versions[0], versions[1], "--json").stdout.splitlines()]
    assert (line["decision"], line["change"], line["exact"], line["every_day"]) == ("granted", "different", True, True)
    age = float(line["facts"]["age"])
    assert (age < 14) != (7 <= age < 16)
    assert line["before"] == {"outcome": "known", "value": str(age < 14).lower()}
    assert line["after"] == {"outcome": "known", "value": str(7 <= age < 16).lower()}


def test_who_gains_and_who_loses(versions):
    text = check(*versions[:2], "--cases", versions[2])
    assert text.returncode == 1
    assert 'cases of "granted": 1 same; 1 gained (teenager); 1 lost (baby)' in text.stdout
    lines = [json.loads(line) for line in check(*versions[:2], "--cases", versions[2], "--json").stdout.splitlines()]
    assert lines[-1]["gained"] == {"count": 1, "cases": ["teenager"]}
    assert lines[-1]["lost"] == {"count": 1, "cases": ["baby"]}
    assert lines[-1]["became_unknown"] == {"count": 0, "cases": []}
    assert lines[-1]["same"] == 1


def test_the_shipped_law_counts_its_separations():
    done = check("md/child-protection")
    assert "3 separation decisions; 0 errors" in done.stdout
    assert "TUT-320" not in done.stdout and "TUT-329" not in done.stdout


@pytest.mark.parametrize(
    "words",
    [("nowhere.dmn", "nowhere.dmn"), ("md/child-protection", "--on", "2026-03-02"), ("a", "b", "c"), (),
     ("md/child-protection", "md/child-protection", "--decision", "nothing"),
     ("md/child-protection", "md/child-protection", "--cases", "cases.ndjson"),
     ("md/child-protection", "md/child-protection", "--on", "tomorrow")],
)
def test_what_cannot_be_checked_is_refused(words):
    done = check(*words)
    assert done.returncode == 2 and done.stdout == "" and done.stderr

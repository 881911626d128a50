# SPDX-License-Identifier: Apache-2.0
"""Slips of authors of packs and of those who write cases: each is told, with its place and how to mend it."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("TUTELA_PROGRAM", str(ROOT / "build/release/bin/tutela"))


@pytest.fixture
def office(tmp_path):
    return Path(shutil.copytree(ROOT / "examples/pack", tmp_path / "office"))


def run(*words, cwd):
    result = subprocess.run([PROGRAM, *words], capture_output=True, encoding="utf-8", cwd=cwd, timeout=60, check=False)
    return result.returncode, result.stdout, result.stderr


def change(file, before, after):
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")


@pytest.mark.parametrize(("before", "after", "told"), [
    ("<text>child.distance_km</text>", "<text>child.distance</text>", "has no component `distance`; use one of: at_school, distance_km"),
    ("<text>&lt; 3</text>", "<text>< 3</text>", "in a text, write less than as &lt;"),
    ('<outputEntry id="r2_o"><text>true', '<outputEntry id="r2_o"><text>True', "write true"),
    ('hitPolicy="UNIQUE"', 'hitPolicy="UNIQ"', "use one of: UNIQUE, FIRST,"),
])
def test_a_model_with_a_slip_does_not_load(office, before, after, told):
    change(office / "lunch.dmn", before, after)
    code, _, said = run("check", "office", cwd=office.parent)
    assert code == 2
    assert "office/lunch.dmn:" in said
    assert told in said


def test_a_decimal_comma_is_a_finding(office):
    change(office / "lunch.dmn", "&gt;= 3<", "&gt;= 3,5<")
    code, said, _ = run("check", "office", cwd=office.parent)
    assert code == 1
    assert "office/lunch.dmn:47:" in said
    assert "write 3.5 for one number" in said


@pytest.mark.parametrize(("before", "after", "told"), [
    ('tutela:on="2026-03-02"', 'tutela:on="02.03.2026"', "tutela:on is no date; write it as 2026-03-01"),
    ('name="distance_km"', 'name="distance"', "child.distance: warning TUT-203: nothing reads a fact of this name; is child.distance_km meant?"),
])
def test_a_test_case_with_a_slip_fails_and_says_why(office, before, after, told):
    change(office / "cases/lunch-test.xml", before, after)
    code, said, _ = run("test", "office", cwd=office.parent)
    assert code == 1
    assert told in said


def test_a_folder_without_test_cases_is_told_where_they_belong(office):
    shutil.rmtree(office / "cases")
    code, _, said = run("test", "office", cwd=office.parent)
    assert code == 2
    assert "no .xml file there has the root testCases" in said


def case(office, facts):
    file = office.parent / "case.json"
    file.write_text(json.dumps({"format": "tutela-case/1", "id": "c", "synthetic": True, "jurisdiction": "XX",
                                "kind": "child_protection", "facts": facts}), encoding="utf-8")
    return file.name


def test_a_misspelt_fact_is_told_and_the_answer_stays_open(office):
    name = case(office, {"child.at_school": True, "child.distance": 5})
    code, said, wrong = run("decide", "--pack", "office", "--on", "2026-03-02", name, cwd=office.parent)
    assert code == 0
    assert "unknown" in said
    assert "case.json /c/child.distance: warning TUT-203: nothing reads a fact of this name; is child.distance_km meant?" in wrong


@pytest.mark.parametrize(("value", "mend"), [("3,5", "digits and a point"), ("3 km", "without blanks and units")])
def test_a_number_as_text_is_told_how_to_write_it(office, value, mend):
    name = case(office, {"child.distance_km": value})
    code, _, wrong = run("decide", "--pack", "office", "--on", "2026-03-02", name, cwd=office.parent)
    assert code == 2
    assert mend in wrong
    assert value not in wrong


def test_a_misspelt_decision_is_told_with_the_one_that_is_meant(office):
    name = case(office, {})
    for words in ([name], ["--cases", name]):
        code, _, wrong = run("decide", "--pack", "office", "--on", "2026-03-02", "--decision", "free_lunc", *words, cwd=office.parent)
        assert code == 2
        assert "is free_lunch meant?" in wrong


def answer_table(office, content):
    (office.parent / "table.csv").write_bytes(content)
    return run("decide", "--pack", "office", "--on", "2026-03-02", "--cases", "table.csv", cwd=office.parent)


def test_a_misspelt_column_is_told(office):
    code, _, said = answer_table(office, b"child.at_school,child.distance\ntrue,3.5\n")
    assert code == 0
    assert 'the column "child.distance" is no fact and is not read; is child.distance_km meant?' in said


@pytest.mark.parametrize(("content", "told"), [
    (b"child.at_school;child.distance_km\ntrue;3.5\n", "stand between semicolons"),
    (b"child.at_school\tchild.distance_km\ntrue\t3.5\n", "stand between tabs"),
    ("child.at_school\ttrue\n".encode("utf-16"), "save the table as UTF-8"),
    (b"age,school\n7,true\n", "name the columns as facts"),
])
def test_a_table_of_which_nothing_is_read_is_refused(office, content, told):
    code, out, said = answer_table(office, content)
    assert code == 2
    assert out == ""
    assert told in said

# SPDX-License-Identifier: Apache-2.0
"""`tutela decide --mapping`: exports of other systems as they are, and every mismatch at once; `--csv` for a spreadsheet."""

import csv
import io
import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXPORTS = ROOT / "examples/data/exports"
PROGRAM = os.environ.get("TUTELA_PROGRAM", str(ROOT / "build/release/bin/tutela"))


def run(verb, *words, stdin=None):
    command = [PROGRAM, verb, "--pack", "md/child-protection", "--on", "2026-03-02", *words]
    return subprocess.run(command, input=stdin, capture_output=True, timeout=60, check=False)


def answers(name, *words):
    done = run("decide", "--decision", "day_service", "--json", "--mapping", EXPORTS / f"{name}.mapping.json", *words, EXPORTS / f"{name}.csv")
    assert done.returncode == 0, done.stderr.decode()
    return {line["case"]: line for line in map(json.loads, done.stdout.decode().splitlines())}


def test_an_export_in_the_manner_of_primero():
    found = answers("primero_like")
    assert [(case, line["outcome"]) for case, line in found.items()] == [
        ("a1b2c01", "known"), ("a1b2c02", "known"), ("a1b2c03", "unknown"), ("a1b2c04", found["a1b2c04"]["outcome"])]
    assert found["a1b2c01"]["value"] is True and found["a1b2c02"]["value"] is False
    assert found["a1b2c03"]["missing"] == ["family.vulnerable"]
    assert "family.vulnerable" not in found["a1b2c04"]["missing"], "what cannot be known is not asked again"


def test_semicolons_and_days_with_points():
    found = answers("directorate")
    assert list(found) == ["17/2026", "18/2026", "19/2026", "20/2026"]
    assert found["18/2026"]["value"] is False
    assert "person.birth_date" in found["20/2026"]["missing"]


@pytest.mark.parametrize("name", ["primero_like", "directorate"])
def test_the_answers_are_those_of_our_own_format(name, tmp_path):
    first = json.loads((ROOT / "examples/data/cases/synthetic-300.ndjson").read_text(encoding="utf-8").splitlines()[0])
    facts = {
        "primero_like": [("a1b2c01", {"person.birth_date": "2025-01-10", "person.is_parent": False, "family.vulnerable": True, "need.day_service_accepts_age": True}),
                         ("a1b2c04", {"person.is_parent": False, "family.vulnerable": {"state": "uncertain"}, "need.day_service_accepts_age": False})],
        "directorate": [("17/2026", {"person.birth_date": "2025-01-10", "family.vulnerable": True, "need.cash_help_amount": 1250.5}), ("20/2026", {})],
    }[name]
    cases = tmp_path / "cases.ndjson"
    keep = {key: first[key] for key in ("format", "synthetic")} | {"jurisdiction": "MD", "kind": "child_protection"}
    cases.write_text("".join(json.dumps({**keep, "id": case, "facts": known}) + "\n" for case, known in facts), encoding="utf-8")
    ours = run("decide", "--decision", "day_service", "--json", cases)
    assert ours.returncode == 0, ours.stderr.decode()
    mapped = answers(name)
    for line in map(json.loads, ours.stdout.decode().splitlines()):
        assert line == mapped[line["case"]]


def test_every_mismatch_at_once(tmp_path):
    mapping = json.loads((EXPORTS / "directorate.mapping.json").read_text(encoding="utf-8"))
    mapping["columns"].append({"column": "Sex", "fact": "person.no_such_fact"})
    path = tmp_path / "m.json"
    path.write_text(json.dumps(mapping), encoding="utf-8")
    table = "Nr. dosar;Data nașterii;Familie vulnerabilă;Suma cerută, lei;Telefon\n1;2019-09-03;poate;1.250.00;secret-value\n1;31.02.2019;da;;\n"
    done = run("decide", "--mapping", path, "-", stdin=table.encode())
    said = done.stderr.decode()
    assert done.returncode == 2 and not done.stdout
    for part in ("person.no_such_fact", "no column \"Sex\"", "\"Telefon\"", "2 cells, first here", "this code is none", "no number", "same identifier"):
        assert part in said, said
    assert "secret-value" not in said and "poate" not in said


def test_a_table_for_a_spreadsheet():
    done = run("decide", "--decision", "day_service", "--csv", "--mapping", EXPORTS / "primero_like.mapping.json", EXPORTS / "primero_like.csv")
    assert done.returncode == 0 and done.stdout.startswith(b"\xef\xbb\xbfcase;decision;outcome;answer;ask\r\n")
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig")), delimiter=";"))
    assert [row["answer"] for row in rows[:3]] == ["true", "false", ""]
    assert rows[2]["ask"] == "family.vulnerable"
    assert run("decide", "--csv", "--json", EXPORTS / "primero_like.csv").returncode == 2


def test_the_other_verbs_take_a_mapping():
    words = ["--mapping", EXPORTS / "primero_like.mapping.json", EXPORTS / "primero_like.csv"]
    for verb in ("ask", "explain"):
        done = run(verb, "--decision", "day_service", *words)
        assert done.returncode == 0 and b"a1b2c03" in done.stdout, done.stderr.decode()


def test_a_value_that_the_pack_does_not_allow_is_located():
    table = "Nr. dosar;Data nașterii;Familie vulnerabilă;Suma cerută, lei;Observații\nA1;10.01.2025;da;9.000.000,00;\n"
    done = run("decide", "--mapping", EXPORTS / "directorate.mapping.json", "-", stdin=table.encode())
    assert done.returncode == 2 and b"/A1/need.cash_help_amount" in done.stderr, done.stderr.decode()


NEEDS = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="n" name="n" namespace="urn:n">
<itemDefinition name="tNeeds" isCollection="true"><typeRef>string</typeRef><allowedValues><text>"housing", "income", "school"</text></allowedValues></itemDefinition>
<inputData id="i" name="needs"><variable name="needs" typeRef="tNeeds"/></inputData>
<decision id="d" name="roof"><variable name="roof" typeRef="boolean"/><informationRequirement><requiredInput href="#i"/></informationRequirement>
<literalExpression><text>list contains(needs, "housing")</text></literalExpression></decision></definitions>"""


def test_a_cell_with_several_values_is_a_list(tmp_path):
    def asked(*words, **more):
        column = {"column": "Needs", "fact": "needs", "type": "code", "list_mark": ";", "codes": {"flat": "housing", "money": "income"}, "nothing": ["-"]} | more
        mapping = {"format": "tutela-mapping/1", "name": "m", "case": {"id_column": "id", "jurisdiction": "MD", "kind": "child_protection"}, "columns": [column]}
        (tmp_path / "m.json").write_text(json.dumps(mapping), encoding="utf-8")
        return subprocess.run([PROGRAM, "decide", "--pack", "needs.dmn", "--on", "2026-03-02", "--mapping", "m.json", *words], cwd=tmp_path, capture_output=True, timeout=60, check=False)

    (tmp_path / "needs.dmn").write_text(NEEDS, encoding="utf-8")
    (tmp_path / "t.csv").write_text("id,Needs\n1,flat ; money\n2,money\n3,-\n4,\n", encoding="utf-8")
    expected = [("1", "known", True), ("2", "known", False), ("3", "known", False), ("4", "unknown", None)]
    alone = [json.loads(line) for line in asked("--json", "t.csv").stdout.decode().splitlines()]
    assert [(line["case"], line["outcome"], line["value"]) for line in alone] == expected
    many = [json.loads(line) for line in asked("--cases", "t.csv").stdout.decode().splitlines()]
    assert [(line["case"], line["decisions"]["roof"]["outcome"], line["decisions"]["roof"].get("value")) for line in many] == expected
    plain = asked("t.csv", list_mark=None, nothing=[])  # a null reads as left out
    assert plain.returncode == 2 and b"is declared as a list" in plain.stderr

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

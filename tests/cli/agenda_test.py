# SPDX-License-Identifier: Apache-2.0
"""`tutela agenda`: the demo records, the languages, and what is refused."""

import json
import os
import subprocess
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("TUTELA_PROGRAM", str(ROOT / "build/release/bin/tutela"))
POKROVSK = ROOT / "examples/data/pokrovsk/agenda.json"
CHISINAU = ROOT / "examples/data/chisinau/agenda.json"


def run(*words, given=""):
    return subprocess.run([PROGRAM, "agenda", *map(str, words)], input=given, capture_output=True, text=True, timeout=60)


def test_pokrovsk_on_the_day_of_the_meeting():
    done = run(POKROVSK, "--on", "2025-06-18")
    assert done.returncode == 0, done.stderr
    assert "Draft of the joint plan for the child with both statuses; last day 2025-06-16; promised on 2025-06-04" in done.stdout
    assert "Exchange of information on shared cases; last day 2025-06-25" in done.stdout
    assert "UA-009, case synthetic-b" in done.stdout.split("Left out")[1]
    made = json.loads(run(POKROVSK, "--on", "2025-06-18", "--json").stdout)
    assert made["regime"] == "martial_law" and made["synthetic"] is True
    assert {item["reference"] for item in made["items"] if item["part"] == "overdue"} >= {"synthetic-joint-plan"}


def test_chisinau_in_romanian_with_the_review_and_the_priorities():
    text = run(CHISINAU, "--on", "2023-07-07", "--lang", "ro").stdout
    review = text.split("Angajamentele săptămânii trecute")[1]
    assert "Actualizarea registrelor" in review and "): realizat\n" in review and "): nerealizat\n" in review
    assert "retras: moved to the visit" in review and "Prioritățile lunii iulie 2023" in review


def test_looking_further_ahead_and_asking_for_unsure_law():
    def references(*more):
        return {item["reference"] for item in json.loads(run(POKROVSK, "--on", "2025-06-10", "--json", *more).stdout)["items"]}

    assert "UA-016" not in references("--days", "3") and "UA-016" in references("--days", "30")
    done = run(CHISINAU, "--on", "2023-07-07", "--json")
    asked = run(CHISINAU, "--on", "2023-07-07", "--json", "--unverified")
    assert [item["why"] for item in json.loads(done.stdout)["left_out"]] == ["not_by_default"] * len(json.loads(done.stdout)["left_out"])
    marked = [item for item in json.loads(asked.stdout)["items"] if "not_by_default" in item["marks"]]
    assert marked and json.loads(asked.stdout)["left_out"] == []


def test_a_calendar_of_working_days_settles_what_could_not_be_said(tmp_path):
    days = {"format": "tutela-work-calendar/1", "jurisdiction": "MD", "first": "2023-01-01", "last": "2023-12-31",
            "citations": [{"act": "synthetic", "article": "-", "source": "test", "grade": "D"}], "exceptions": []}
    file = tmp_path / "days.json"
    file.write_text(json.dumps(days), encoding="utf-8")

    def part(*more):
        items = json.loads(run(CHISINAU, "--on", "2023-07-10", "--json", *more).stdout)["items"]
        return next(item["part"] for item in items if item["reference"] == "MD-007")

    assert part() == "cannot_be_said" and part("--work-calendar", file) == "overdue"
    assert run(POKROVSK, "--on", "2023-07-10", "--work-calendar", file).returncode == 2, "of another country"


def test_standard_input_and_round_trip_of_the_schema():
    text = POKROVSK.read_text(encoding="utf-8")
    assert run("-", "--on", "2025-06-18", given=text).stdout == run(POKROVSK, "--on", "2025-06-18").stdout
    schema = json.loads((ROOT / "docs/schemas/agenda.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(json.loads(text))


@pytest.mark.parametrize(
    "words",
    [(POKROVSK,), (POKROVSK, "--on", "tomorrow"), (POKROVSK, "--on", "2025-06-18", "--days", "x"), ("--on", "2025-06-18"),
     (POKROVSK, "--on", "2025-06-18", "--lang", "xx"), (POKROVSK, "--on", "2025-06-18", "--clocks", "md"),
     ("no-such-file.json", "--on", "2025-06-18")],
)
def test_bad_words_are_refused(words):
    done = run(*words)
    assert done.returncode == 2 and done.stdout == "" and done.stderr


def test_a_wrong_reference_is_located():
    records = json.loads(POKROVSK.read_text(encoding="utf-8"))
    records["clocks"][0]["clock"] = "UA-999"
    records["commitments"][1]["agency"] = "nobody"
    done = run("-", "--on", "2025-06-18", given=json.dumps(records))
    assert done.returncode == 2
    assert "/clocks/0/clock" in done.stderr and "/commitments/1/agency" in done.stderr

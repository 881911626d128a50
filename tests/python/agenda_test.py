# SPDX-License-Identifier: Apache-2.0
"""The agenda in Python: the same answer as the program's, tables, notebooks, and what is refused."""

import json
import pathlib
from html.parser import HTMLParser

import pytest

import tutela

DATA = pathlib.Path(__file__).resolve().parents[2] / "examples/data"
POKROVSK = DATA / "pokrovsk/agenda.json"


def test_story_of_pokrovsk():
    week = tutela.agenda(POKROVSK, on="2025-06-18")
    parts = {row["reference"]: row["part"] for row in tutela.agenda_rows(week)}
    assert parts["synthetic-joint-plan"] == "overdue" and parts["synthetic-exchange"] == "coming"
    assert parts["UA-019"] == "cannot_be_said" and "UA-009" not in parts
    assert "UA-009" in week.to_text(lang="uk") and str(week.on) == "2025-06-18" and len(week) == len(parts)
    unsure = tutela.agenda(POKROVSK, on="2025-06-18", include_unverified=True)
    assert any("not_by_default" in row["marks"] for row in tutela.agenda_rows(unsure))


def test_a_dictionary_is_taken_like_its_file():
    records = json.loads(POKROVSK.read_text(encoding="utf-8"))
    assert tutela.agenda(records, on="2025-06-18").to_json() == tutela.agenda(POKROVSK, on="2025-06-18").to_json()


def test_rows_make_a_data_frame():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(tutela.agenda_rows(tutela.agenda(DATA / "chisinau/agenda.json", on="2023-07-07"), "ro"))
    assert frame[frame.reference == "synthetic-records"].iloc[0].what.startswith("Actualizarea")
    assert frame.citation[frame.kind == "clock"].str.len().min() > 0


def test_a_notebook_shows_escaped_text():
    records = json.loads((DATA / "chisinau/agenda.json").read_text(encoding="utf-8"))
    records["commitments"][0]["what"] = "<script>x</script>"
    html = tutela.agenda(records, on="2023-07-07")._repr_html_()
    opened = []

    class Balance(HTMLParser):
        def handle_starttag(self, tag, attributes):
            opened.append(tag)

        def handle_endtag(self, tag):
            assert opened.pop() == tag

    Balance().feed(html)
    assert not opened and "<script>" not in html and "Priorities of the month" in html


def test_what_is_wrong_is_refused_with_its_place(tmp_path):
    records = json.loads(POKROVSK.read_text(encoding="utf-8"))
    records["clocks"][0]["clock"] = "UA-999"
    with pytest.raises(tutela.InputError, match="/clocks/0/clock"):
        tutela.agenda(records, on="2025-06-18")
    with pytest.raises(tutela.InputError, match="there is no such file"):
        tutela.agenda(tmp_path / "none.json", on="2025-06-18")
    with pytest.raises(tutela.ContractViolation):
        tutela.agenda(POKROVSK, on="2025-06-18", clocks="md")
    with pytest.raises(tutela.InputError):
        tutela.agenda(POKROVSK, on="2025-06-18", days=400)

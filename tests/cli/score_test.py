# SPDX-License-Identifier: Apache-2.0
"""`tutela score`: the same score from JSON, NDJSON and CSV, in words and as JSON; what is wrong is told with its place."""

import csv
import io
import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("TUTELA_PROGRAM", str(ROOT / "build/release/bin/tutela"))

# A published check case: rsr-calculator, test/data/ogrs3.json.
FACTS = {
    "person.sex": "female", "person.birth_date": "1972-09-09", "probation.first_sanction_date": "1986-09-09",
    "probation.conviction_date": "2009-09-09", "probation.risk_start_date": "2015-09-15", "probation.previous_sanctions": 3,
    "probation.offence_group": "criminal_damage",
}


def case(name, facts):
    return {"format": "tutela-case/1", "id": name, "synthetic": True, "jurisdiction": "GB", "kind": "probation", "facts": facts}


def run(*words, given=""):
    return subprocess.run([PROGRAM, "score", *map(str, words)], input=given, capture_output=True, text=True, timeout=60, check=False)


def without(*names):
    return {name: value for name, value in FACTS.items() if name not in names}


OGRS3 = ["--instrument", "uk/ogrs3", "--jurisdiction", "GB-EAW"]
PEOPLE = {
    "all": FACTS,
    "open": without("person.sex"),
    "uncharged": without("probation.conviction_date"),
}


@pytest.fixture
def ndjson(tmp_path):
    path = tmp_path / "people.ndjson"
    path.write_text("".join(json.dumps(case(name, facts)) + "\n" for name, facts in PEOPLE.items()), encoding="utf-8")
    return path


def lines(result, code=0):
    assert result.returncode == code, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_published_case_an_open_one_and_one_that_is_refused(ndjson):
    known, still_open, refused = lines(run(*OGRS3, "--json", ndjson))
    assert known["case"] == "all" and known["state"] == "known" and known["band"] == "low"
    assert known["outputs"]["two_years"]["value"] == pytest.approx(0.20180313320047938, abs=1e-12)
    assert known["reasons"] and known["reasons"][0]["above"] >= known["reasons"][-1]["above"]
    assert still_open["state"] == "open" and still_open["missing"] == ["person.sex"]
    assert still_open["outputs"]["two_years"]["lowest"] < still_open["outputs"]["two_years"]["highest"]
    assert refused["state"] == "not_applicable" and "total" not in refused and refused["reason"]["en"]


def test_words(ndjson):
    said = run(*OGRS3, ndjson)
    assert said.returncode == 0, said.stderr
    first, second, third = ("[" + part for part in said.stdout.split("[")[1:])
    assert first.startswith("[all] uk/ogrs3 known, band low\n") and "two_years 0.20" in first and "because of" in first
    assert second.startswith("[open] uk/ogrs3 open") and "missing: person.sex" in second and " to " in second
    assert third.startswith("[uncharged] uk/ogrs3 not_applicable\n") and "total" not in third
    foreign = run(*OGRS3, "--lang", "ro", ndjson)
    assert foreign.returncode == 0 and foreign.stdout


def test_a_table_gives_the_same_scores(ndjson, tmp_path):
    table = io.StringIO()
    writer = csv.DictWriter(table, ["id", "jurisdiction", "note", *FACTS])
    writer.writeheader()
    for name, facts in PEOPLE.items():
        writer.writerow({"id": name, "jurisdiction": "GB-EAW", "note": "x", **facts})
    path = tmp_path / "people.csv"
    path.write_text(table.getvalue(), encoding="utf-8")
    expected = lines(run(*OGRS3, "--instrument", "uk/lds", "--json", ndjson))
    assert len(expected) == 6
    assert lines(run(*OGRS3, "--instrument", "uk/lds", "--json", path)) == expected
    assert lines(run(*OGRS3, "--instrument", "uk/lds", "--json", "--csv", "-", given=table.getvalue())) == expected
    one = json.dumps(case("all", FACTS))
    assert lines(run(*OGRS3, "--json", "-", given=one)) == expected[:1]


def test_another_country_is_for_research_only():
    foreign = json.dumps({**case("abroad", FACTS), "jurisdiction": "MD"})
    assert lines(run(*OGRS3, "--json", "-", given=foreign))[0]["state"] == "not_applicable"
    assert lines(run(*OGRS3, "--json", "--research", "-", given=foreign))[0]["research"] is True


def test_the_jurisdiction_of_a_table():
    table = ",".join(FACTS) + "\n" + ",".join(map(str, FACTS.values())) + "\n"
    words = ["--instrument", "uk/ogrs3", "--json", "--csv", "-"]
    assert lines(run(*words, given=table))[0]["state"] == "not_applicable"
    assert lines(run(*words, "--jurisdiction", "GB-EAW", given=table))[0]["state"] == "known"


@pytest.mark.parametrize("fact, value, place", [
    ("person.sex", "x", "/all/person.sex"),  # no such choice
    ("probation.previous_sanctions", 4000, "/all/probation.previous_sanctions"),  # out of range
    ("probation.first_sanction_date", "2012-01-01", "/all/"),  # after the conviction
    ("person.birth_date", "yesterday", "/all/person.birth_date"),
])
def test_wrong_answers_are_told_with_their_place_and_give_no_number(tmp_path, fact, value, place):
    as_json = run(*OGRS3, "--json", "-", given=json.dumps(case("all", {**FACTS, fact: value})))
    line = lines(as_json, code=2)[0]
    assert line["state"] == "error" and "total" not in line and "outputs" not in line
    assert place in as_json.stderr and "error TUT-" in as_json.stderr
    facts = {"id": "all", "jurisdiction": "GB-EAW", **FACTS, fact: value}
    as_csv = run(*OGRS3, "--json", "--csv", "-", given=",".join(facts) + "\n" + ",".join(map(str, facts.values())) + "\n")
    assert lines(as_csv, code=2)[0]["state"] == "error" and place in as_csv.stderr


def test_a_misspelt_answer_is_refused_where_the_record_is_a_form():
    given = json.dumps(case("all", {**without("person.sex"), "person.sexx": "female"}))
    assert lines(run(*OGRS3, "--json", "-", given=given))[0]["state"] == "open"
    refused = run(*OGRS3, "--json", "--answers-only", "-", given=given)
    assert refused.returncode == 2 and "person.sexx" in refused.stderr


@pytest.mark.parametrize("words, given", [
    ([], "{}"),
    (["--instrument", "uk/none", "-"], "{}"),
    ([*OGRS3], ""),
    ([*OGRS3, "--lang", "xx", "-"], ""),
    ([*OGRS3, "--on", "tomorrow", "-"], ""),
    ([*OGRS3, "-"], "{"),
    ([*OGRS3, "--csv", "-"], "a,b\n1\n"),
    ([*OGRS3, "/no/such/file.json"], ""),
])
def test_what_cannot_be_asked(words, given):
    refused = run(*words, given=given)
    assert refused.returncode == 2 and refused.stderr and not refused.stdout


def test_scorecards_of_pmml_in_and_out(tmp_path):
    foreign = ROOT / "tests/fuzz/corpus/pmml/foreign.pmml"
    given = "home,moves,probation.charge_date\nrented,7,2026-01-02\nown,,2026-01-02\n"
    known, still_open = lines(run("--instrument", foreign, "--json", "--csv", "-", given=given))
    assert known["total"]["value"] == 8 and still_open["total"]["lowest"] == 3 and still_open["missing"] == ["moves"]
    for name in ("again.pmml", "again.instrument.json"):
        saved = subprocess.run([PROGRAM, "save", foreign, tmp_path / name], capture_output=True, text=True, timeout=60, check=False)
        assert saved.returncode == 0 and saved.stdout.strip() == str(tmp_path / name), saved.stderr
        assert "TUT-314" in saved.stderr or name.endswith(".json")  # other engines do not see the limits of use
        assert lines(run("--instrument", tmp_path / name, "--json", "--csv", "-", given=given)) == [known, still_open]
    refused = subprocess.run([PROGRAM, "save", "uk/ogrs3", tmp_path / "x.pmml"], capture_output=True, text=True, timeout=60, check=False)
    assert refused.returncode == 2 and "/items/0" in refused.stderr and not (tmp_path / "x.pmml").exists()


def check(*words):
    return subprocess.run([PROGRAM, "check", *map(str, words)], capture_output=True, text=True, timeout=120, check=False)


def test_an_instrument_is_checked(tmp_path):
    good = check("--instrument", "uk/tier_v3")
    assert good.returncode == 0 and "51 check cases, 0 failed" in good.stdout, good.stdout + good.stderr
    described = json.loads((ROOT / "src/packs/uk/tier/tier_v3.instrument.json").read_text(encoding="utf-8"))
    described["items"][0]["value"]["table"][0]["value"] = "5"
    spoilt = tmp_path / "spoilt.instrument.json"
    spoilt.write_text(json.dumps(described), encoding="utf-8")
    found = check("--instrument", spoilt, "--json")
    assert found.returncode == 1
    assert any(json.loads(line)["code"] == "TUT-402" for line in found.stdout.splitlines())
    prohibited = check("--instrument", "uk/ovp", "--prohibited", "person.sex")
    assert prohibited.returncode == 1 and "person.sex" in prohibited.stdout
    for words in (["--instrument", "uk/none"], ["--instrument", "uk/ovp", "md/child-protection"], ["--prohibited", "x", "md/child-protection"],
                  ["--instrument", "uk/ovp", "--on", "2026-01-01"]):
        assert check(*words).returncode == 2

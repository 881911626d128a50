# SPDX-License-Identifier: Apache-2.0
"""`tutela decide --cases`: files of any size, block by block; everything wrong is told, and no part is taken for the whole."""

import csv
import io
import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "examples/data/cases/synthetic-300.ndjson"
EXPORTS = ROOT / "examples/data/exports"
PROGRAM = os.environ.get("TUTELA_PROGRAM", str(ROOT / "build/release/bin/tutela"))
ASKED = ["--pack", "md/child-protection", "--on", "2026-03-02"]
LIMITED = "day_service"  # one decision, where all of them are not needed


def decide(*words):
    return subprocess.run([PROGRAM, "decide", *ASKED, *map(str, words)], capture_output=True, timeout=300, check=False)


def lines(text):
    return [json.loads(line) for line in text.decode().splitlines()]


def test_the_answers_are_those_of_one_case_at_a_time(tmp_path):
    out = tmp_path / "answers.ndjson"
    done = decide("--cases", CASES, "--out", out)
    assert done.returncode == 0, done.stderr.decode()
    assert b"300 cases, all of the file" in done.stderr and not (tmp_path / "answers.ndjson.part").exists()
    one_by_one = {}
    for line in lines(decide("--json", CASES).stdout):
        one_by_one.setdefault(line["case"], {})[line["decision"]] = line
    found = lines(out.read_bytes())
    assert [line["case"] for line in found] == list(one_by_one)
    for line in found:
        for decision, answer in line["decisions"].items():
            expected = one_by_one[line["case"]][decision]
            assert answer["outcome"] == expected["outcome"], (line["case"], decision)
            assert answer.get("value") == expected.get("value") and answer.get("missing", []) == expected.get("missing", [])


def table_of(rows):
    return "id,person.birth_date,family.vulnerable,person.is_parent,notes\n" + "".join(
        f"c{row},{'' if row % 5 == 0 else f'20{10 + row % 15}-0{1 + row % 9}-1{row % 10}'},{['true', 'false', ''][row % 3]},false,\"not, read\"\n" for row in range(rows))


def test_a_table_whose_columns_are_facts_opens_in_a_spreadsheet(tmp_path):
    table, out = tmp_path / "t.csv", tmp_path / "answers.csv"
    table.write_text(table_of(3_000), encoding="utf-8")
    done = decide("--cases", table, "--decision", LIMITED, "--out", out)
    assert done.returncode == 0 and b'"notes" is no fact' in done.stderr, done.stderr.decode()
    text = out.read_bytes()
    assert text.startswith(b"\xef\xbb\xbfcase;day_service;day_service.outcome;day_service.missing\r\n")
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 3_000 and rows[7]["case"] == "c7"
    assert {row["day_service.outcome"] for row in rows} >= {"known", "unknown"}
    assert all(bool(row["day_service"]) == (row["day_service.outcome"] == "known") for row in rows)


@pytest.mark.parametrize("name", ["primero_like", "directorate"])
def test_a_mapping_reads_the_export_of_another_system(name):
    words = ["--mapping", EXPORTS / f"{name}.mapping.json", "--decision", LIMITED]
    found = lines(decide(*words, "--cases", EXPORTS / f"{name}.csv").stdout)
    expected = lines(decide(*words, "--json", EXPORTS / f"{name}.csv").stdout)
    assert [(line["case"], line["decisions"][LIMITED]["outcome"]) for line in found] == [(line["case"], line["outcome"]) for line in expected]


def test_instruments_are_scored_in_the_same_run(tmp_path):
    table = tmp_path / "people.csv"
    table.write_text("id,person.birth_date,family.previous_abuse\n1,2015-03-01,true\n", encoding="utf-8")
    done = decide("--cases", table, "--decision", LIMITED, "--instrument", "demo/family_risk")
    assert done.returncode == 0, done.stderr.decode()
    score = lines(done.stdout)[0]["scores"]["demo/family_risk"]
    assert score["state"] in ("open", "not_applicable") and (score.get("missing") or score.get("reason"))
    assert decide("--instrument", "demo/family_risk", CASES).returncode == 2, "goes with --cases"


def test_everything_wrong_is_told_with_its_line_and_no_file_is_written(tmp_path):
    table, out = tmp_path / "t.csv", tmp_path / "answers.ndjson"
    text = table_of(20_000).splitlines()
    text[2] = "c1,31.12.2019,true,false,secret"
    text[15_000] = "c14999,2019-01-01,perhaps,false,"
    text[19_000] = "c18999,2019-01-01"
    table.write_text("\n".join(text), encoding="utf-8")
    done = decide("--cases", table, "--decision", LIMITED, "--out", out)
    said = done.stderr.decode()
    assert done.returncode == 2 and not out.exists() and list(tmp_path.iterdir()) == [table]
    for line in (":3 ", ":15001 ", ":19001"):
        assert line in said, said
    assert "secret" not in said and "perhaps" not in said


def test_many_findings_are_counted(tmp_path):
    table = tmp_path / "t.csv"
    table.write_text("id,need.cash_help_amount\n" + "".join(f"c{row},9000000\n" for row in range(500)), encoding="utf-8")
    done = decide("--cases", table, "--decision", LIMITED)
    assert done.returncode == 2 and b"more findings are not shown" in done.stderr
    assert len(done.stderr.splitlines()) < 110


@pytest.mark.parametrize("words", [["--cases", "no such file.csv"], ["--cases", str(CASES), "--out", "answers.xls"],
                                   ["--cases", str(CASES), "--out", "answers.arrow"], ["--cases", str(CASES), "--out", "answers.ndjson", "--csv"],
                                   ["--cases", str(CASES), "--lang", "ro"], ["--cases", str(CASES), str(CASES)],
                                   ["--cases", str(CASES), "--out", "no/such/folder/answers.csv"], ["--cases", str(CASES), "--instrument", "no/such"]])
def test_bad_words_are_refused(words):
    done = decide(*words)
    assert done.returncode == 2 and done.stderr and not done.stdout


def test_why_a_file_cannot_be_opened_is_said_as_the_system_says_it(tmp_path):
    absent = decide("--cases", tmp_path / "none.ndjson")
    assert absent.returncode == 2 and b"none.ndjson cannot be read: No such file or directory" in absent.stderr
    barred = decide("--cases", CASES, "--decision", LIMITED, "--out", tmp_path / "no" / "answers.csv")
    assert barred.returncode == 2 and b"answers.csv.part cannot be written: No such file or directory" in barred.stderr


def test_a_file_that_cannot_be_read_to_its_end_is_not_taken_for_whole(tmp_path):
    folder, out = tmp_path / "cases.ndjson", tmp_path / "answers.ndjson"
    folder.mkdir()
    done = decide("--cases", folder, "--out", out)
    assert done.returncode == 2 and b"cannot be read to its end" in done.stderr and not out.exists()


def most_memory(*words):
    """Resident bytes of the program at its largest."""
    with subprocess.Popen([PROGRAM, "decide", *ASKED, *map(str, words)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as running:
        said = running.stderr.read()
        _, status, usage = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    assert running.returncode == 0, said.decode()[-500:]
    return usage.ru_maxrss * 1024


def test_memory_does_not_grow_with_the_file(tmp_path):
    header, body = table_of(20_000).split("\n", 1)
    few, many = tmp_path / "few.csv", tmp_path / "many.csv"
    few.write_text(header + "\n" + body, encoding="utf-8")
    with many.open("w", encoding="utf-8") as file:
        file.write(header + "\n")
        for copy in range(20):
            file.write(body.replace("c", f"{copy}c"))
    asked = ["--decision", LIMITED, "--out", tmp_path / "answers.csv"]
    assert most_memory("--cases", many, *asked) < most_memory("--cases", few, *asked) + 8 * 2**20
    assert sum(1 for _ in (tmp_path / "answers.csv").open(encoding="utf-8")) == 20_001, "the smaller file was the last"


def test_an_interrupted_run_leaves_no_file_of_that_name(tmp_path):
    out = tmp_path / "answers.ndjson"
    running = subprocess.Popen([PROGRAM, "decide", *ASKED, "--cases", "-", "--out", str(out)], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
    running.stdin.write(CASES.read_bytes() * 3)
    running.stdin.flush()
    for _ in range(200):
        if (tmp_path / "answers.ndjson.part").exists():
            break
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    running.stdin.close()
    assert running.wait(timeout=60) != 0
    assert not out.exists()


def has_arrow():
    probe = subprocess.run([PROGRAM, "decide", *ASKED, "--cases", str(CASES.with_suffix(".none.arrow"))], capture_output=True, timeout=60, check=False)
    return b"built without" not in probe.stderr


def test_a_program_without_arrow_files_says_so(tmp_path):
    if has_arrow():
        pytest.skip("this program has them")
    table = tmp_path / "t.arrow"
    table.write_bytes(b"ARROW1\0\0")
    done = decide("--cases", table)
    assert done.returncode == 2 and b"built without Arrow files" in done.stderr


def test_a_column_of_an_arrow_file_that_looks_like_a_missing_fact_is_told(tmp_path):
    pa = pytest.importorskip("pyarrow")
    if not has_arrow():
        pytest.skip("this program is built without Arrow files")
    table = pa.table({"id": ["a"], "birth_date": pa.array([14_000], pa.int32()).cast(pa.date32()), "family.vulnerable": [True]})
    path = tmp_path / "t.arrow"
    with pa.ipc.new_file(str(path), table.schema) as writer:
        writer.write_table(table)
    done = decide("--cases", path, "--decision", "day_service")
    assert done.returncode == 0
    assert b"birth_date: warning TUT-203: nothing reads a fact of this name; is person.birth_date meant?" in done.stderr


@pytest.mark.parametrize("file_format", [False, True])
def test_arrow_in_and_out(tmp_path, file_format):
    pa = pytest.importorskip("pyarrow")
    if not has_arrow():
        pytest.skip("this program is built without Arrow files")
    table = pa.table({"id": [f"c{row}" for row in range(40_000)],
                      "person.birth_date": pa.array([None if row % 7 == 0 else 14_000 + row % 6_000 for row in range(40_000)], pa.int32()).cast(pa.date32()),
                      "family.vulnerable": pa.array([[True, False, None][row % 3] for row in range(40_000)]),
                      "family.previous_abuse": pa.array([[False, True][row % 2] for row in range(40_000)]),
                      "need.kind": pa.array([["x", "y"][row % 2] for row in range(40_000)]).dictionary_encode()})
    path = tmp_path / "t.arrow"
    with (pa.ipc.new_file if file_format else pa.ipc.new_stream)(str(path), table.schema) as writer:
        writer.write_table(table, max_chunksize=9_000)
    out = tmp_path / "answers.arrow"
    done = decide("--cases", path, "--decision", LIMITED, "--instrument", "demo/family_risk", "--out", out)
    assert done.returncode == 0, done.stderr.decode()
    found = pa.ipc.open_stream(str(out)).read_all()
    told = lines(decide("--cases", path, "--decision", LIMITED, "--instrument", "demo/family_risk").stdout)
    assert found.num_rows == len(told) == 40_000 and told[9]["case"] == "c9"
    states = found["demo/family_risk.state"].to_pylist()
    for row, (value, outcome, missing) in enumerate(zip(*(found[name].to_pylist() for name in (LIMITED, LIMITED + ".outcome", LIMITED + ".missing")))):
        answer = told[row]["decisions"][LIMITED]
        assert (answer["outcome"], answer.get("value"), answer.get("missing", [])) == (outcome, value, missing)
        assert told[row]["scores"]["demo/family_risk"]["state"] == states[row]
    path.write_bytes(path.read_bytes()[:5_000])
    torn = decide("--cases", path, "--out", out)
    assert torn.returncode == 2 and torn.stderr

# SPDX-License-Identifier: Apache-2.0
"""`tutela disclose`: findings, what is told, the log, and what is refused."""

import csv
import hashlib
import io
import json
import os
import struct
import subprocess
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("TUTELA_PROGRAM", str(ROOT / "build/release/bin/tutela"))
CASES = ROOT / "examples/data/cases/synthetic-300.ndjson"
SECRET = bytes(range(40))


@pytest.fixture
def cases(tmp_path):
    file = tmp_path / "cases.ndjson"
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if '"held_by":"demo-directorate"' in line]
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def run(*words):
    question = ["--network", ROOT / "examples/data/demo/network.json", "--pack", "md/child-protection", "--to", "demo-harbour",
                "--purpose", "protection", "--on", "2026-03-02"]
    return subprocess.run([PROGRAM, "disclose", *map(str, question), *map(str, words)], capture_output=True, text=True, timeout=60)


def parts(cases, tmp_path, *words):
    key = tmp_path / "key.bin"
    key.write_bytes(SECRET)
    lines = {}
    for part in ("told", "entries", "log"):
        done = run(*words, "--part", part, "--key", key, "--key-name", "2026", "--by", "case_manager", cases)
        assert done.returncode == 0, done.stderr
        lines[part] = done.stdout.splitlines()
    return lines


def test_findings_and_entries_are_as_the_schema_says(cases, tmp_path):
    validator = jsonschema.Draft202012Validator(json.loads((ROOT / "docs/schemas/disclosure.schema.json").read_text(encoding="utf-8")))
    validator.check_schema(validator.schema)
    done = run("--json", cases)
    assert done.returncode == 0, done.stderr
    seen = set()
    for line in done.stdout.splitlines():
        validator.validate(json.loads(line))
        seen |= {fact["telling"] for fact in json.loads(line)["facts"]}
    assert seen == {"tell", "withhold", "unknown"}
    for line in parts(cases, tmp_path)["entries"]:
        validator.validate(json.loads(line))


def test_only_what_the_finding_lets_go_is_told(cases, tmp_path):
    findings = [json.loads(line) for line in run("--json", "--decision", "is_child", cases).stdout.splitlines()]
    lines = parts(cases, tmp_path, "--decision", "is_child")
    assert len(findings) == len(lines["told"]) == len(lines["entries"]) == len(lines["log"]) - 1 > 40
    told_anything = 0
    for finding, line, entry in zip(findings, lines["told"], lines["entries"]):
        told = json.loads(line)
        assert set(told["facts"]) <= {fact["fact"] for fact in finding["facts"] if fact["telling"] == "tell"} <= {"person.birth_date"}
        assert finding["case"] not in line and "consent" not in told
        told_anything += bool(told["facts"])
        assert json.loads(entry)["person"] == told["id"]
        digest = hashlib.blake2b(key=SECRET, digest_size=32)
        for text in (b"tutela-disclosure/1", line.encode()):
            digest.update(struct.pack("<Q", len(text)) + text)
        assert json.loads(entry)["digest"] == digest.hexdigest(), "the digest is of the line as it is sent"
    assert told_anything > 10
    rows = list(csv.DictReader(io.StringIO("\r\n".join(lines["log"]))))
    assert [row["digest"] for row in rows] == [json.loads(entry)["digest"] for entry in lines["entries"]]


def test_what_is_sent_reads_as_a_case(cases, tmp_path):
    sent = tmp_path / "sent.ndjson"
    sent.write_text("\n".join(parts(cases, tmp_path)["told"]), encoding="utf-8")
    done = subprocess.run([PROGRAM, "decide", "--pack", "md/child-protection", "--on", "2026-03-02", "--decision", "is_child",
                           str(sent)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_text_for_people(cases):
    place = ["--fact", "person.birth_date", "--place-fact", "person.birth_date", "--stays-in"]
    done = run(*place, "demo-placement-centre", cases)  # receives victims of violence
    assert done.returncode == 0 and "withhold person.birth_date: place_not_shown" in done.stdout
    assert "place_not_shown" not in run(*place, "demo-day-centre", cases).stdout
    assert "nobody said what the purpose needs" in run(cases).stdout


def test_what_is_refused(cases, tmp_path):
    short = tmp_path / "short.bin"
    short.write_bytes(b"secret secret")
    for words, said in (
        (["--part", "told", cases], "give --key"),
        (["--part", "all", cases], "--part is one of"),
        (["--decision", "no_such", cases], "no pack of the legal order has the decision"),
        (["--part", "told", "--key", short, "--key-name", "k", "--by", "r", cases], "32 to 64 bytes"),
        (["--part", "told", "--key", tmp_path / "none", "--key-name", "k", "--by", "r", cases], "cannot be read"),
        ([], "give one file"),
    ):
        done = run(*words)
        assert done.returncode == 2 and said in done.stderr and "secret" not in done.stderr.replace("the secret has", ""), words

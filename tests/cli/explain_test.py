# SPDX-License-Identifier: Apache-2.0
"""`tutela explain`: the three views, the formats, and what is refused."""

import json
import os
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("TUTELA_PROGRAM", str(ROOT / "build/release/bin/tutela"))
CASES = ROOT / "tests/golden/explanations/cases.ndjson"


def explain(*more: str) -> subprocess.CompletedProcess:
    words = [PROGRAM, "explain", "--pack", "md/child-protection", "--on", "2026-03-02", *more, str(CASES)]
    return subprocess.run(words, capture_output=True, text=True, timeout=60)


def test_the_officer_sees_what_the_golden_page_shows():
    pages = explain("--decision", "day_service", "--lang", "ro").stdout.split("\n[")
    golden = (CASES.parent / "day-service-granted.ro.txt").read_text(encoding="utf-8")
    officer = golden.split("== family")[0].removeprefix("== officer\n")
    assert any(officer in page for page in pages)


def test_json_is_one_line_a_case_and_keeps_the_proof_for_the_officer():
    lines = [json.loads(line) for line in explain("--decision", "quarterly_parent_visit", "--json").stdout.splitlines()]
    assert [line["case"] for line in lines] == [json.loads(line)["id"] for line in CASES.read_text("utf-8").splitlines()]
    assert all(line["proof"]["steps"] and line["lines"] for line in lines)
    family = explain("--decision", "quarterly_parent_visit", "--json", "--view", "family").stdout
    assert "proof" not in family and "case file" not in family


def test_html_is_well_formed_for_every_decision_and_view():
    for more in (("--view", "officer"), ("--view", "family", "--lang", "uk"), ("--view", "child", "--age", "11", "--contact", "<b>&")):
        for line in explain("--html", *more).stdout.splitlines():
            opened: list[str] = []

            class Balance(HTMLParser):
                def handle_starttag(self, tag, attributes):
                    opened.append(tag)

                def handle_endtag(self, tag):
                    assert opened.pop() == tag

            Balance().feed(line)
            assert not opened and line.startswith('<div class="tutela-why') and "<b>" not in line


@pytest.mark.parametrize(
    "more",
    [("--view", "judge"), ("--view", "child"), ("--view", "child", "--age", "18"), ("--age", "x"), ("--html", "--json"),
     ("--decision", "nothing"), ("--lang", "la")],
)
def test_what_cannot_be_explained_is_refused(more):
    done = explain(*more)
    assert done.returncode == 2 and "usage: tutela explain" in done.stderr and done.stdout == ""

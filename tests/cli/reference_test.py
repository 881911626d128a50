# SPDX-License-Identifier: Apache-2.0
"""docs/cli.md says what the program says of itself; TUTELA_WRITE_GOLDEN=1 writes the page anew."""

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("TUTELA_PROGRAM", str(ROOT / "build/release/bin/tutela"))
PAGE = ROOT / "docs" / "cli.md"
MARK = "<!-- What follows is the program's own help, written by tests/cli/reference_test.py. -->\n"


def said(*words):
    return subprocess.run([PROGRAM, *words], capture_output=True, timeout=60, check=True, encoding="utf-8").stdout


def verbs():
    return dict(re.findall(r"^  (\w+) +(\S.*)$", said("help"), re.M))


def reference():
    parts = []
    for verb, summary in verbs().items():
        parts.append(f"## tutela {verb}\n\n{summary[0].upper()}{summary[1:]}.\n\n```text\n{said(verb, '--help')}```\n")
    return "\n".join(parts)


def test_the_page_is_the_help_of_the_program():
    text = PAGE.read_text(encoding="utf-8")
    before, mark, shown = text.partition(MARK)
    assert mark and before.startswith("# ")
    if os.environ.get("TUTELA_WRITE_GOLDEN"):
        PAGE.write_text(before + MARK + "\n" + reference(), encoding="utf-8")
        return
    assert shown == "\n" + reference()


def test_every_verb_has_a_line_in_the_table():
    table = PAGE.read_text(encoding="utf-8").partition(MARK)[0]
    assert re.findall(r"^\| \[tutela (\w+)\]", table, re.M) == list(verbs())


# An option that the program takes and nobody is told of is an option that nobody can use.
@pytest.mark.parametrize("verb", sorted(verbs()) if Path(PROGRAM).exists() else [])
def test_the_help_names_every_option(verb):
    sources = ROOT / "src" / "cli"
    text = (sources / f"{verb}.cpp").read_text(encoding="utf-8")
    taken = set(re.findall(r'\{"(--[a-z-]+)"', text))
    told = set(re.findall(r"--[a-z-]+", said(verb, "--help"))) - {"--"}
    assert taken <= told, sorted(taken - told)
    assert taken or verb == "save"  # else nothing is compared; this one takes no option

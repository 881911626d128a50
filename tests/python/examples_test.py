# SPDX-License-Identifier: Apache-2.0
"""Every Python example runs as its first lines say, and prints what it promises."""

import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PRINTS = {
    "quickstart.py": ["unknown ('family.vulnerable',)", "True [", "blocked No lawful path"],
    "interview.py": ["? When was the person born?", "day_service: True", "facts were asked"],
    "assess.py": ["300 cases:", "asked most:", "paths:", "scores for research"],
}


def test_each_example_is_known():
    assert {path.name for path in (ROOT / "examples").glob("*.py")} == set(PRINTS)


@pytest.mark.parametrize("name", sorted(PRINTS))
def test_example(name):
    run = subprocess.run([sys.executable, f"examples/{name}"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    for text in PRINTS[name]:
        assert text in run.stdout


def test_examples_say_what_they_show():
    for path in (ROOT / "examples").glob("*.*"):
        if path.suffix in (".py", ".cpp") and path.stem != "quickstart":
            text = path.read_text(encoding="utf-8")
            assert "SHOWS: " in text and "EASIER FIRST: " in text and "RUN: " in text, path.name
            assert path.name in (ROOT / "examples" / "README.md").read_text(encoding="utf-8")

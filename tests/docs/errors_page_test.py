# SPDX-License-Identifier: Apache-2.0
"""docs/errors.md has every number of diagnostic.hpp with its meaning and an example that gives it, and no other."""

import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEADER = (ROOT / "include/tutela/base/diagnostic.hpp").read_text(encoding="utf-8")
PAGE = (ROOT / "docs/errors.md").read_text(encoding="utf-8")
CODES = {int(number): (name, meaning) for name, number, meaning in re.findall(r"^  (\w+) = (\d+),? +///< (.+)$", HEADER, re.M)}
SECTIONS = {int(number): (name, text) for number, name, text in re.findall(r"^## TUT-(\d+) (\w+)\n\n(.+?)(?=^## |\Z)", PAGE, re.M | re.S)}
# No input gives these: one is kept for its number, the other would be a mistake of ours.
WITHOUT_EXAMPLE = {"unknown_function", "internal"}


def test_every_number_stands_once_and_in_order():
    assert len(CODES) >= 40
    assert list(SECTIONS) == sorted(CODES)
    assert {number: name for number, (name, _) in SECTIONS.items()} == {number: name for number, (name, _) in CODES.items()}


@pytest.mark.parametrize("number", sorted(CODES))
def test_meaning_mend_and_example(number):
    name, meaning = CODES[number]
    text = SECTIONS[number][1]
    assert text.startswith(meaning)
    assert len(text.splitlines()[0].removeprefix(meaning).split()) >= 2, "it does not say how to mend it"
    shown = re.findall(r"^```text\n(.*?)^```$", text, re.M | re.S)
    assert bool(shown) == (name not in WITHOUT_EXAMPLE)
    for lines in shown:  # that the example prints these lines is proved by snippets_test.py
        assert f"TUT-{number}" in lines


def test_only_what_no_source_gives_has_no_example():
    sources = "\n".join(path.read_text(encoding="utf-8") for folder in ("src", "bindings") for path in (ROOT / folder).rglob("*.cpp") if path.name != "diagnostic.cpp")
    given = {name for name, _ in CODES.values() if re.search(rf"\bCode::{name}\b", sources)}
    assert {name for name, _ in CODES.values()} - given == WITHOUT_EXAMPLE - {"internal"}

# SPDX-License-Identifier: Apache-2.0
"""The examples of README.md and docs/embedding.md are the files that the tests run, letter by letter."""

import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
EMBEDDING = (ROOT / "docs" / "embedding.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"<!-- ((?:examples|bindings)/\S+) -->\n```\w+\n(.*?)```", README + EMBEDDING, re.DOTALL)


def test_readme_has_both_examples():
    assert {name for name, _ in EXAMPLES} >= {"examples/quickstart.py", "examples/quickstart.cpp"}


def test_every_language_has_its_example():
    shown = {name.split("/")[1] for name, _ in EXAMPLES if name.startswith("bindings/")}
    assert shown == {"c", "csharp", "go", "java", "php", "r"}


@pytest.mark.parametrize(("name", "text"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_readme_shows_the_file(name, text):
    assert text == (ROOT / name).read_text(encoding="utf-8")

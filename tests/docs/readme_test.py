# SPDX-License-Identifier: Apache-2.0
"""The examples of these pages are the files that the tests run, or marked parts of them, letter by letter."""

import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGES = ("README.md", "docs/c.md", "docs/embedding.md", "docs/tutorial-program.md")
FENCE = re.compile(r"<!-- ((?:examples|bindings)/\S+)(?: (\w+))? -->\n```\w+\n(.*?)```", re.DOTALL)
EXAMPLES = [(page, *found) for page in PAGES for found in FENCE.findall((ROOT / page).read_text(encoding="utf-8"))]


def shown_part(name, part):
    """A whole file, or what stands between the two lines that name the part."""
    text = (ROOT / name).read_text(encoding="utf-8")
    if not part:
        return text
    _, found, _ = text.split(f"/* [{part}] */\n")
    return found


def test_the_pages_have_their_examples():
    names = {(page, name, part) for page, name, part, _ in EXAMPLES}
    assert names >= {("README.md", "examples/quickstart.py", ""), ("README.md", "examples/quickstart.cpp", "")}
    assert names >= {("docs/c.md", "examples/doors.c", part) for part in ("errors", "slots", "json", "columns", "arrow", "answers")}


def test_every_language_has_its_example():
    shown = {name.split("/")[1] for page, name, _, _ in EXAMPLES if page == "docs/embedding.md"}
    assert shown == {"c", "csharp", "go", "java", "php", "r", "wasm"}


@pytest.mark.parametrize(("page", "name", "part", "text"), EXAMPLES, ids=[" ".join(example[:3]) for example in EXAMPLES])
def test_the_page_shows_the_file(page, name, part, text):
    assert text == shown_part(name, part)

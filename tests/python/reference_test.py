# SPDX-License-Identifier: Apache-2.0
"""docs/python.md and docs/python/ are what the module says of itself; TUTELA_WRITE_GOLDEN=1 writes them anew."""

import importlib.util
import os
import pathlib
import re

import tutela

DOCS = pathlib.Path(__file__).resolve().parents[2] / "docs"


def made():
    description = importlib.util.spec_from_file_location("python_reference", DOCS / "site" / "python_reference.py")
    reference = importlib.util.module_from_spec(description)
    description.loader.exec_module(reference)
    return reference.pages()


def test_the_pages_are_those_of_the_module():
    wanted = made()
    if os.environ.get("TUTELA_WRITE_GOLDEN"):
        (DOCS / "python").mkdir(exist_ok=True)
        for old in (DOCS / "python").glob("*.md"):
            old.unlink()
        for name, text in wanted.items():
            (DOCS / name).write_text(text, encoding="utf-8")
    kept = {path.relative_to(DOCS).as_posix() for path in [DOCS / "python.md", *(DOCS / "python").glob("*.md")]}
    assert kept == set(wanted)
    for name, text in wanted.items():
        assert (DOCS / name).read_text(encoding="utf-8") == text, f"docs/{name} is not what the module says; write it anew"


def test_every_name_has_an_entry_with_words():
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted((DOCS / "python").glob("*.md")))
    entries = dict(re.findall(r"^## (?:class )?tutela\.(\w+)\n\n(.+?)(?=^## |\Z)", text, re.M | re.S))
    assert set(tutela.__all__) - {"__version__"} <= set(entries)
    for name, told in entries.items():
        assert len(re.sub(r"```.*?```", "", told, flags=re.S).split()) >= 4, f"{name} says nothing about itself"

# SPDX-License-Identifier: Apache-2.0
"""Every block of code in the documents is run, or shown from a file that is compiled and run, or says why it is not.

A page is read from top to bottom in a folder of its own, in which the data of the repository can be seen:

- `python` runs, in one namespace for the page; `sh` runs with the program as `tutela`;
- a `text` block after one of them is what it prints, to the letter (a refusal is printed with all its diagnostics);
- a block after `<!-- after FILE -->` runs after that file, which says what the page takes for granted;
- a block after `<!-- file NAME -->` is written to that file, a `json` or `xml` block without it must be well formed;
- a block after `<!-- examples/... -->` is that file (readme_test.py); `<!-- not run: REASON -->` says why a block is only shown.

TUTELA_WRITE_GOLDEN=1 writes anew what is printed.
"""

import contextlib
import io
import json
import os
import pathlib
import re
import subprocess
import xml.etree.ElementTree as xml

import pytest

import tutela

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGES = sorted(path.relative_to(ROOT).as_posix() for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md")])
BLOCK = re.compile(r"(?:^<!-- (?P<note>[^\n]+) -->\n)?^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.M | re.S)
SEEN = ("docs", "examples", "src", "tests", "README.md")
FURTHER = {"pandas", "polars", "matplotlib"}  # packages that only ./dev test all installs


def program():
    """The program of the newest build."""
    places = [os.environ.get("TUTELA_PROGRAM", ""), ROOT / "build/dev/bin/tutela", ROOT / "build/release/bin/tutela"]
    for place in places:
        if place and pathlib.Path(place).is_file():
            return pathlib.Path(place)
    return None


def blocks(page):
    return list(BLOCK.finditer((ROOT / page).read_text(encoding="utf-8")))


PAGES_WITH_CODE = [page for page in PAGES if blocks(page) and not page.startswith("docs/python") and page != "docs/cli.md"]  # made from what module and program say


@pytest.fixture(name="folder")
def fixture_folder(tmp_path, monkeypatch):
    for name in SEEN:
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "bin").mkdir()
    if program():
        (tmp_path / "bin" / "tutela").symlink_to(program())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run_python(text, names):
    """What a block prints; the value of a last expression as the interpreter shows it; a refusal with its diagnostics."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        try:
            exec(compile(text, "page", "exec"), names)  # the documents of this repository
        except tutela.InputError as refused:
            print(refused)
        except ModuleNotFoundError as missing:
            if missing.name not in FURTHER:
                raise
            pytest.skip(f"needs {missing.name}")
    return said.getvalue()


def run_shell(text, folder):
    assert program(), "build the program first: ./dev check"
    environment = {**os.environ, "PATH": f"{folder}/bin:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(["bash", "-c", text], cwd=folder, env=environment, capture_output=True, timeout=300, check=False, encoding="utf-8")
    assert done.returncode in (0, 1), done.stderr  # 1: findings
    return done.stdout + done.stderr


@pytest.mark.parametrize("page", PAGES_WITH_CODE)
def test_the_page_runs(page, folder):
    text, names, said, changes = (ROOT / page).read_text(encoding="utf-8"), {"__name__": "page"}, None, []
    for block in blocks(page):
        note, language, body = block["note"] or "", block["language"], block["text"]
        where = f"{page}:{text.count(chr(10), 0, block.start('text'))}"
        if note.startswith("not run: "):
            assert len(note) > len("not run: "), where
            said = None
        elif note.startswith("file "):
            path = folder / note.removeprefix("file ")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body, encoding="utf-8")
        elif re.match(r"(examples|bindings)/", note):
            continue  # readme_test.py
        elif language == "python":
            if note.startswith("after "):
                run_python((ROOT / note.removeprefix("after ")).read_text(encoding="utf-8"), names)
            said = run_python(body, names)
        elif language == "sh":
            said = run_shell(body, folder)
        elif language == "text" and said is not None:
            if os.environ.get("TUTELA_WRITE_GOLDEN"):
                changes.append((block.start("text"), block.end("text"), said))
            else:
                assert body == said, where
            said = None
        elif language == "json":
            json.loads(body) if body.lstrip().startswith("{\n") or body.count("\n") == 1 else json.loads(f"[{body}]")
        elif language == "xml":
            xml.fromstring(body)
        else:
            pytest.fail(f"{where}: a block of {language or 'nothing'} that is neither run nor shown from a file")
    for start, end, new in reversed(changes):
        text = text[:start] + new + text[end:]
    if changes:
        (ROOT / page).write_text(text, encoding="utf-8")


def test_the_pages_were_found():
    assert {"README.md", "docs/errors.md", "docs/columns.md", "docs/tutorial-pack.md", "docs/upgrade.md"} <= set(PAGES_WITH_CODE)


def test_commands_stand_in_blocks():
    """A command that is only indented is seen by no test."""
    wrong = []
    for page in PAGES:
        plain = BLOCK.sub(lambda block: "\n" * block[0].count("\n"), (ROOT / page).read_text(encoding="utf-8"))
        wrong += [f"{page}:{number}: {line.strip()}" for number, line in enumerate(plain.splitlines(), 1) if re.match(r"    (\$ |tutela |tutela\.|import |\./dev )", line)]
    assert wrong == []

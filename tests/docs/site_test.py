# SPDX-License-Identifier: Apache-2.0
"""What makes the site: every page is in its tree, every link is followed, and a planted fault is found."""

import importlib.util
import pathlib
import re
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
LINKS = ROOT / "tests" / "docs" / "links.py"


def stage():
    description = importlib.util.spec_from_file_location("stage", ROOT / "docs" / "site" / "stage.py")
    module = importlib.util.module_from_spec(description)
    description.loader.exec_module(module)
    return module


def staged(root, tmp_path):
    command = [sys.executable, str(ROOT / "docs/site/stage.py"), str(root), str(tmp_path / "pages"), str(tmp_path / "html")]
    return subprocess.run(command, capture_output=True, timeout=60, check=False, encoding="utf-8")


@pytest.fixture(name="pages", scope="module")
def fixture_pages(tmp_path_factory):
    """The pages of this repository as Doxygen reads them: every link of the Markdown leads somewhere."""
    folder = tmp_path_factory.mktemp("site")
    done = staged(ROOT, folder)
    assert done.returncode == 0, done.stderr
    return {path.relative_to(folder / "pages").as_posix(): path.read_text(encoding="utf-8") for path in (folder / "pages").rglob("*.md")}


def test_every_page_is_reached_from_the_first(pages):
    ids = {re.search(r"\{#([\w-]+)\}", text)[1]: text for text in pages.values() if text.startswith("# ")}
    catalogue = {name for text in pages.values() for name in re.findall(r"^\\page (\S+)", text, re.M)}
    below = {page: re.findall(r"\\subpage (\S+)", text) for page, text in ids.items()}
    reached, waiting = set(), ["mainpage"]
    while waiting:
        page = waiting.pop()
        assert page not in reached, f"{page} stands in two places of the tree"
        reached.add(page)
        waiting += below.get(page, [])
    assert set(ids) | catalogue == reached


def test_pages_have_addresses_of_their_own(pages):
    addresses = [name for text in pages.values() for name in re.findall(r"^#+ .*\{#([\w-]+)\}$|^\\page (\S+)", text, re.M)]
    addresses = [first or second for first, second in addresses]
    assert len(addresses) == len(set(addresses)) > 300


def small_site(tmp_path, text):
    for folder in ("docs", "include/tutela/base", "src/packs"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "docs/architecture.md").write_text("# Rooms\n\n| 0 | `base` | dates |\n", encoding="utf-8")
    (tmp_path / "docs/page.md").write_text(text, encoding="utf-8")
    return staged(tmp_path, tmp_path / "out")


@pytest.mark.parametrize("link", ["[x](no.md)", "[x](architecture.md#no-such-part)", "![x](no.png)", "[x](../../outside.md)", "[x](#nowhere)"])
def test_a_link_that_leads_nowhere_ends_the_run(tmp_path, link):
    done = small_site(tmp_path, f"# Page\n\n{link}\n")
    assert done.returncode != 0 and "docs/page.md:3: " in done.stderr


def test_links_and_headings_become_those_of_the_site(tmp_path):
    done = small_site(tmp_path, "# Page\n\nSee [rooms](architecture.md#rooms), [`base`](architecture.md), [here](#a-part), [x](https://example.org/).\n\n## A part\n\n```sh\n# [no](link.md)\n```\n")
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "out/pages/docs/page.md").read_text(encoding="utf-8")
    assert text == ("# Page {#page}\n\nSee [rooms](@ref architecture_rooms), [base](@ref architecture), [here](@ref page_a-part), [x](https://example.org/).\n\n## A part {#page_a-part}\n\n"
                    "```sh\n# [no](link.md)\n```\n")


@pytest.mark.parametrize(("text", "told"), [
    ('<a href="two.html">x</a>', "no such file"), ('<a href="#no">x</a>', "no such anchor"), ('<img src="a.png"/>', "no such file"),
    ('<script src="a.js"></script>', "no such file"), ('<a href="../../etc/passwd">x</a>', "no such file")])
def test_a_dead_link_of_a_made_page_is_told(tmp_path, text, told):
    (tmp_path / "html").mkdir()
    for number in range(100):
        (tmp_path / "html" / f"p{number}.html").write_text('<a id="here"></a><a href="#here">x</a>', encoding="utf-8")
    command = [sys.executable, str(LINKS), str(tmp_path / "html")]
    assert subprocess.run(command, capture_output=True, timeout=60, check=False).returncode == 0
    (tmp_path / "html" / "one.html").write_text(f"<p>{text}</p>", encoding="utf-8")
    done = subprocess.run(command, capture_output=True, timeout=60, check=False, encoding="utf-8")
    assert done.returncode != 0 and f"one.html:1: " in done.stderr and told in done.stderr


def test_pictures_keep_their_words(tmp_path):
    (tmp_path / "docs/images").mkdir(parents=True)
    (tmp_path / "docs/images/p.png").write_bytes(b"png")
    for folder in ("include/tutela/base", "src/packs"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "docs/architecture.md").write_text('# Rooms\n\n![what "one" sees](images/p.png)\n', encoding="utf-8")
    done = staged(tmp_path, tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert 'alt="what &quot;one&quot; sees"' in (tmp_path / "out/pages/docs/architecture.md").read_text(encoding="utf-8")
    assert (tmp_path / "out/html/files/docs/images/p.png").read_bytes() == b"png"


def test_every_page_of_the_repository_is_a_page(pages):
    assert {name for name in pages if name != "rooms.md"} == {path.relative_to(ROOT).as_posix() for path in stage().markdown_files(ROOT)}

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Puts the Markdown of the repository where Doxygen reads it. Usage: stage.py REPOSITORY PAGES HTML

The files are written for readers of the repository; a site wants more of them, and gets it here:

- every page has an address of its own (docs/pack-format.md is pack_format.html) and so has every heading;
- links between files become links between pages; files that are no pages are copied to HTML/files;
- the public headers are listed by room, each with its sentence;
- the lists of HUBS make the tree of pages; the sections of CATALOGUES become pages, so that the search finds each.

A link that leads nowhere ends the run.
"""
import pathlib
import re
import shutil
import sys
import xml.etree.ElementTree as xml
from html import escape

SKIPPED = {"build", ".git", ".venv", "node_modules"}
HUBS = {"docs/index.md", "docs/tutorials.md", "docs/guides.md", "docs/reference.md", "docs/explanation.md", "docs/decisions.md", "docs/python.md"}
CATALOGUES = {"docs/errors.md", "docs/cli.md", "docs/python/"}  # a folder: every page in it
SOURCES = "docs/sources.md"  # ends with the tables of sources_of_packs
DMN = "{https://www.omg.org/spec/DMN/20230324/MODEL/}"
TUTELA = "{urn:tutela:dmn:1}"
HEADERS = "include/tutela"  # as a link, the page of rooms_page
READ_AS_THEY_ARE = {".json", ".png", ".svg", ".html"}
LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)")
HEADING = re.compile(r"(#{1,6}) (.*?)(?: *\{#([\w-]+)\})?\s*$")
FENCE = re.compile(r" {0,3}(```|~~~)")


def markdown_files(root):
    return sorted(path for path in root.rglob("*.md") if not SKIPPED & set(path.relative_to(root).parts))


def slug(title):
    """The address of a heading as code hosts make it."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title)
    return re.sub(r"[^\w\- ]", "", plain.lower()).strip().replace(" ", "-")


def page_id(name):
    """docs/pack-format.md -> pack_format; docs/decisions/0007-no-clock.md -> decision_0007; README.md -> readme."""
    path = pathlib.PurePosixPath(name)
    if name == "docs/index.md":
        return "mainpage"
    if path.parent.name == "decisions":
        return "decision_" + path.name[:4]
    parts = list(path.with_suffix("").parts)
    if parts[0] == "docs":
        parts = parts[1:]
    if parts[-1] == "README" and len(parts) > 1:
        parts = parts[:-1]
    return re.sub(r"\W", "_", "_".join(parts).lower())


def outside_code(lines):
    """Each line with True where it is text and not part of a fence."""
    fence = None
    for line in lines:
        mark = FENCE.match(line)
        if fence is None and mark:
            fence = mark[1]
            yield line, False
        elif fence is not None:
            if mark and mark[1] == fence:
                fence = None
            yield line, False
        else:
            yield line, True


def headings(text):
    """Level, title and addresses (of the code host, and the one that the heading gives itself) of each heading."""
    counts = {}
    for line, is_text in outside_code(text.splitlines()):
        found = HEADING.match(line) if is_text else None
        if not found:
            continue
        name = slug(found[2])
        counts[name] = counts.get(name, -1) + 1
        yield len(found[1]), found[2], [f"{name}-{counts[name]}" if counts[name] else name, *([found[3]] if found[3] else [])]


def bars_in_code(line):
    """A row of a table in which code has a bar: code hosts read `a \\| b`, Doxygen shows the backslash."""
    return re.sub(r"`([^`]*\\\|[^`]*)`", lambda code: "<code>" + escape(code[1].replace("\\|", "|"), quote=False).replace("|", "&#124;") + "</code>", line)


class Site:
    def __init__(self, root, html):
        self.root, self.html, self.wrong = root, html, []
        self.texts = {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in markdown_files(root)}
        self.anchors = {name: {address for _, _, own in headings(text) for address in own} for name, text in self.texts.items()}

    def is_catalogue(self, name):
        return name in CATALOGUES or any(name.startswith(folder) for folder in CATALOGUES if folder.endswith("/"))

    def target(self, name, link):
        """The file of the repository that a link of page `name` means, and the heading in it."""
        path, _, anchor = link.partition("#")
        if not path:
            return name, anchor
        found = (self.root / name).parent.joinpath(path).resolve()
        if not found.is_relative_to(self.root) or not found.exists():
            return None, anchor
        return found.relative_to(self.root).as_posix(), anchor

    def link(self, name, number, match, subpage):
        is_image, text, address = match[1], match[2], match[3]
        plain = text.replace("`", "")  # Doxygen shows these marks in the text of a reference
        if re.match(r"(https?|mailto):", address):
            return match[0]
        file, anchor = self.target(name, address)
        if file is None:
            self.wrong.append(f"{name}:{number}: {address} does not exist")
            return match[0]
        if anchor and anchor not in self.anchors.get(file, ()):
            self.wrong.append(f"{name}:{number}: {address}: no such heading")
            return match[0]
        if is_image:  # as HTML, because Doxygen drops the words for those who cannot see it
            return f'<div class="picture"><img src="{self.copy(file)}" alt="{escape(text)}"/></div>'
        if file in self.texts:
            if anchor:
                page = anchor if self.is_catalogue(file) else f"{page_id(file)}_{anchor}"
                command = "subpage" if subpage and self.is_catalogue(file) and file == name else "ref"
            else:
                page, command = page_id(file), "subpage" if subpage else "ref"
            if command == "ref":
                return f"[{plain}](@ref {page})"
            return f'\\subpage {page} "{plain}"'
        if file == HEADERS:
            return f'\\subpage rooms "{text}"' if subpage else f"[{text}](@ref rooms)"
        if (self.root / file).is_dir():
            return f"{text} (`{file}/`)"
        if file.startswith("include/"):
            return f"[{plain}](@ref {file.removeprefix('include/')})"
        return f'<a href="{self.copy(file)}">{text}</a>'

    def copy(self, file):
        shown = file if pathlib.PurePosixPath(file).suffix in READ_AS_THEY_ARE else file + ".txt"
        goal = self.html / "files" / shown
        goal.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self.root / file, goal)
        return f"files/{shown}"

    def page(self, name):
        text, page, catalogue, hub = self.texts[name], page_id(name), self.is_catalogue(name), name in HUBS
        addresses = iter(list(headings(text)))
        made = []
        for number, (line, is_text) in enumerate(outside_code(text.splitlines()), 1):
            if not is_text:
                made.append(line)
                continue
            heading = HEADING.match(line)
            subpage = bool(re.match(r"(- |\| )\[", line)) and (hub or catalogue)
            first = [subpage]

            def change(match):
                return self.link(name, number, match, first.pop() if first else False)

            line = LINK.sub(change, line) if not heading else line
            if heading:
                level, title, own = next(addresses)
                title = LINK.sub(r"\2", title)
                if level == 1 and name == "README.md":
                    title = "README"  # its own title is that of the first page
                if level == 1:
                    line = f"# {title} {{#{page}}}"
                elif catalogue and level == 2:
                    line = f"\\page {own[-1]} {title.replace('`', '')}"
                elif catalogue:
                    line = f"{heading[1]} {title}"
                else:
                    line = f"{heading[1]} {title} {{#{page}_{own[-1]}}}"
            made.append(bars_in_code(line) if line.startswith("|") else line)
        return "\n".join(made) + "\n"


def headers(root):
    """The headers of each room with the sentence of their \\file."""
    for path in sorted((root / "include").rglob("*.h*")):
        sentence = re.search(r"\\file\n((?:(?:///| \*) .*\n)+)", path.read_text(encoding="utf-8"))
        words = re.sub(r"\n?(///| \*) ", " ", sentence[1]).split() if sentence else []
        yield path.parent.name, path.relative_to(root / "include").as_posix(), re.split(r"(?<=\.) (?=[A-Z])", " ".join(words))[0]


def rooms_page(root):
    """The public headers by room, as architecture.md orders the rooms."""
    layers = (root / "docs" / "architecture.md").read_text(encoding="utf-8")
    held = {room: what for rooms, what in re.findall(r"^\| \d \| (.*?) \| (.*?) \|$", layers, re.M) for room in re.findall(r"`(\w+)`", rooms)}
    found = {}
    for room, header, sentence in headers(root):
        found.setdefault(room, []).append(f"| [{header.split('/')[-1]}](@ref {header}) | {sentence} |")
    order = sorted(found, key=lambda room: (list(held).index(room) if room in held else len(held), room))
    text = ["# C++ and C headers, by room {#rooms}", "", "A room sees the rooms above it. What each holds: [architecture](@ref architecture)."]
    for room in order:
        text += ["", f"## {room} {{#rooms_{room}}}", "", *([held[room][0].upper() + held[room][1:] + ".", ""] if room in held else []), "| header | is for |", "|---|---|", *found[room]]
    return "\n".join(text) + "\n"


def sources_of_packs(root):
    """The citations of the packs that ship: for each pack and act its articles, grade, date and decisions."""
    for pack in sorted((root / "src" / "packs").glob("*/*/pack.json")):
        acts = {}
        for model in sorted(pack.parent.glob("*.dmn")):
            for decision in xml.parse(model).getroot().iter(DMN + "decision"):
                for citation in decision.iter(TUTELA + "citation"):
                    told = acts.setdefault(citation.get("act"), ({}, set(), set(), set()))
                    for part, name in zip(told[1:], ("article", "grade", "textDate")):
                        part.update([citation.get(name)] if citation.get(name) else [])
                    told[0][decision.get("name")] = True
        yield "/".join(pack.parent.parts[-2:]), acts


def sources_tables(root):
    text = []
    for pack, acts in sources_of_packs(root):
        text += ["", f"## {pack} {{#sources_{pack.replace('/', '_')}}}", "", "| act | articles | grade | text of | decisions |", "|---|---|---|---|---|"]
        for act, (decisions, *parts) in sorted(acts.items()):
            cells = [act, *("; ".join(sorted(part)) for part in parts), ", ".join(f"`{name}`" for name in decisions)]
            text.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join([*text, "", "## In the code {#sources_in_the_code}", "", "\\ref code_sources \"Sources in the code\": methods, formats and acts that functions rest on.", ""])


def main():
    root, pages, html = (pathlib.Path(word).resolve() for word in sys.argv[1:4])
    site = Site(root, html)
    for name in site.texts:
        goal = pages / name
        goal.parent.mkdir(parents=True, exist_ok=True)
        goal.write_text(site.page(name) + (sources_tables(root) if name == SOURCES else ""), encoding="utf-8")
    (pages / "rooms.md").write_text(rooms_page(root), encoding="utf-8")
    if site.wrong:
        sys.exit("\n".join(site.wrong))


if __name__ == "__main__":
    main()

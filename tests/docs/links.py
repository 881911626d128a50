#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Follows every link of the pages that Doxygen made. Usage: links.py HTML

Pages, anchors, pictures, style sheets, scripts, and what the search and the tree at the left lead to must be there. What leads out
of the site is listed and not followed: a check that needs the network would fail for reasons that are not ours.
"""
import html.parser
import json
import pathlib
import re
import sys
import urllib.parse

LINKS = {"href", "src", "data", "xlink:href"}
OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
# Doxygen 1.9.4 names enumerators and friends that have no comment in its lists, and gives them no anchor on their page; nor does it
# give one to the list of nested types of a class that shows none. No page of ours can mean them: `@ref` would be a warning.
NOT_SHOWN = re.compile(r"a[0-9a-f]{32}(a[0-9a-f]{32})?|nested-classes")
# How the scripts of the site write a link: as a JavaScript string that ends in a page.
IN_SCRIPT = re.compile(r"""["']((?:\.\./)?[\w./-]+\.(?:html|svg)(?:#[\w.-]+)?)["']""")


class Page(html.parser.HTMLParser):
    """The links of a page, each with its line, and the anchors that others may lead to."""

    def __init__(self, text):
        super().__init__()
        self.links, self.anchors = [], set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name == "id" or (name == "name" and tag == "a"):
                self.anchors.add(value)
            elif name in LINKS and value and tag != "base":
                self.links.append((self.getpos()[0], value))


def links_of_script(text):
    for number, line in enumerate(text.splitlines(), 1):
        for found in IN_SCRIPT.finditer(line):
            yield number, found[1]


class Site:
    def __init__(self, root):
        self.root, self.outside, self.followed, self.not_shown, self.wrong = root, {}, 0, 0, []
        self.pages = {path: Page(path.read_text(encoding="utf-8")) for path in sorted(root.rglob("*.html"))}

    def follow(self, path, base, line, link):
        if link.startswith("javascript:"):
            return
        if OUTSIDE.match(link) or link.startswith("//"):
            self.outside.setdefault(link, path.relative_to(self.root).as_posix())
            return
        self.followed += 1
        file, _, anchor = link.partition("#")
        goal = (base / urllib.parse.unquote(file)).resolve() if file else path
        where = f"{path.relative_to(self.root)}:{line}: {link}"
        if not goal.is_relative_to(self.root) or not goal.is_file():
            self.wrong.append(f"{where}: there is no such file")
        elif anchor and goal in self.pages and urllib.parse.unquote(anchor) not in self.pages[goal].anchors:
            if NOT_SHOWN.fullmatch(anchor):
                self.not_shown += 1
            else:
                self.wrong.append(f"{where}: there is no such anchor")

    def check(self):
        for path, page in self.pages.items():
            for line, link in page.links:
                self.follow(path, path.parent, line, link)
        for path in sorted(self.root.rglob("*.js")):
            if path.name.startswith(("doxygen-awesome", "jquery")) or path.name == "menu.js":
                continue  # code of the theme and of Doxygen without a page in it
            base = self.root if path.parent == self.root else path.parent
            for line, link in links_of_script(path.read_text(encoding="utf-8")):
                self.follow(path, base, line, link)
        return self.wrong


def main():
    site = Site(pathlib.Path(sys.argv[1]).resolve())
    wrong = site.check()
    if len(site.pages) < 100:
        wrong.append(f"only {len(site.pages)} pages: the site was not made")
    (site.root.parent / "outside.json").write_text(json.dumps(site.outside, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    if wrong:
        sys.exit("\n".join([*wrong[:100], f"{len(wrong)} links lead nowhere"]))
    print(f"links ok: {site.followed} followed on {len(site.pages)} pages; {len(site.outside)} lead out of the site "
          f"(build/docs/outside.json), {site.not_shown} to members without a comment")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Fails when the tree leaves its habits: folders, names, size of files, first lines, listed headers. Usage: tree.py REPOSITORY"""
import pathlib
import re
import statistics
import sys

FOLDERS = {"include", "src", "bindings", "examples", "tests", "docs"}
NO_MEANING = re.compile(r"(^|_)(utils?|common|misc|helpers?)(_|\.|$)")  # names that hold anything say nothing
LARGEST = {"include": 500, "src": 900, "bindings": 900}  # lines; more is usually two ideas


def sources(root, folder):
    return sorted(path for path in (root / folder).glob("**/*") if path.suffix in {".hpp", ".cpp", ".h", ".c"})


def internal_names(path):
    """Types and inline functions at the top level of an internal header, each with its namespace."""
    text = path.read_text(encoding="utf-8")
    space = re.search(r"^namespace ([\w:]+)", text, re.M)
    for kind in re.finditer(r"^(?:class|struct) (\w+)(?= final| :| \{|$)(?!.*;$)", text, re.M):
        yield (space and space[1], kind[1])
    for function in re.finditer(r"^(?:inline|constexpr) [\w:<>,&* ]*?\b(\w+)\(([^)]*)\)", text, re.M):
        parameters = ", ".join(re.sub(r"\s*\w+$", "", part.strip()) for part in function[2].split(","))
        yield (space and space[1], f"{function[1]}({parameters})")


def check_internal_names(root):
    """The linker takes two inline things of one name for one, and keeps either."""
    seen, findings = {}, []
    for path in sorted((root / "src").glob("**/*.hpp")):
        for name in sorted(set(internal_names(path)), key=str):
            other = seen.setdefault(name, path)
            if other != path:
                findings.append(f"{path.relative_to(root)}: {name[0]}::{name[1]} is also in {other.relative_to(root)}: name one of them otherwise")
    return findings


def check(root):
    findings, header_lines = check_internal_names(root), []
    for entry in root.iterdir():
        if entry.is_dir() and not entry.name.startswith(".") and entry.name not in FOLDERS | {"build"}:
            findings.append(f"{entry.name}/: not one of the top-level folders ({', '.join(sorted(FOLDERS))})")
    for folder in sorted(FOLDERS - {"docs"}):
        for path in sources(root, folder):
            name = path.relative_to(root).as_posix()
            lines = path.read_text(encoding="utf-8").splitlines()
            if any(NO_MEANING.search(part) for part in path.relative_to(root).parts):
                findings.append(f"{name}: the name says nothing about what is inside")
            if lines[:1] != ["// SPDX-License-Identifier: Apache-2.0"] and lines[:1] != ["/* SPDX-License-Identifier: Apache-2.0 */"]:
                findings.append(f"{name}:1: begin with the line // SPDX-License-Identifier: Apache-2.0")
            if path.suffix in {".hpp", ".h"} and not any(r"\file" in line for line in lines[:3]):
                findings.append(f"{name}:2: say with /// \\file and one sentence what the file is for")
            if len(lines) > LARGEST.get(folder, 900):
                findings.append(f"{name}: {len(lines)} lines, more than {LARGEST.get(folder, 900)}")
            if folder == "include":
                header_lines.append(len(lines))
    for path in sorted(root.glob("include/tutela/*/*.hpp")):  # what no room lists is neither installed nor compiled alone
        listing = root / "src" / path.parent.name / "CMakeLists.txt"
        if not listing.exists() or path.name not in re.split(r"[\s()]+", listing.read_text(encoding="utf-8")):
            findings.append(f"{path.relative_to(root)}: not listed in src/{path.parent.name}/CMakeLists.txt")
    return findings, header_lines


def main():
    findings, header_lines = check(pathlib.Path(sys.argv[1]))
    if findings:
        print("\n".join(findings))
        sys.exit(1)
    print(f"tree ok: {len(header_lines)} public headers, median {statistics.median(header_lines):.0f} lines, longest {max(header_lines)}")


if __name__ == "__main__":
    main()

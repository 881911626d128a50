#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fails when the C library exports anything but what exported_symbols.txt and the headers name, or more than they may.

Usage: exported_symbols.py LIBRARY ALLOW_LIST HEADER...
"""
import pathlib
import re
import subprocess
import sys

MOST = 60  # functions


def exported(library):
    output = subprocess.run(["nm", "-D", "--defined-only", "--format=posix", library], check=True, capture_output=True, text=True).stdout
    return {line.split()[0].split("@")[0] for line in output.splitlines()}


def main():
    library, allow_list, *headers = sys.argv[1:]
    allowed = {line for line in pathlib.Path(allow_list).read_text().splitlines() if line and not line.startswith("#")}
    text = "".join(pathlib.Path(header).read_text(encoding="utf-8") for header in headers)
    declared = set(re.findall(r"TUTELA_C_API\s+\w+\s+(tutela_\w+)\(", text))
    found = exported(library)
    problems = [f"exported but not on the list: {name}" for name in sorted(found - allowed)]
    problems += [f"on the list but not exported: {name}" for name in sorted(allowed - found)]
    problems += [f"declared in a header but not on the list: {name}" for name in sorted(declared - allowed)]
    problems += [f"on the list but not declared in a header: {name}" for name in sorted(allowed - declared - {"TUTELA_0"})]
    if len(declared) > MOST:
        problems.append(f"{len(declared)} functions; {MOST} is as many as anybody can learn")
    print("\n".join(problems) if problems else f"{len(declared)} functions and nothing else")
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()

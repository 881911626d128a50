#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fails when the binary interface of the C library is not the one that is written down in tutela_c.abi.

Usage: abi.py LIBRARY HEADER_FOLDER BASELINE [--write]

The baseline is what abidw (Debian package abigail-tools) reads from the debug information of the library, for what the
headers declare, without paths. Anything else than the baseline fails, additions too: they are meant, so they are written
down with `--write` and seen in the review. What abidiff calls incompatible needs another TUTELA_ABI.
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77
NO_PATHS = ["--no-corpus-path", "--no-comp-dir-path", "--no-show-locs", "--no-elf-needed", "--no-architecture", "--exported-interfaces-only", "--drop-private-types"]


def main():
    library, headers, baseline, *options = sys.argv[1:]
    if not shutil.which("abidw") or not shutil.which("abidiff"):
        print("abidw and abidiff are not installed (Debian package abigail-tools)")
        sys.exit(SKIPPED)
    with tempfile.TemporaryDirectory() as folder:
        found = pathlib.Path(folder) / "found.abi"
        subprocess.run(["abidw", *NO_PATHS, "--headers-dir", headers, "--out-file", found, library], check=True)
        found.write_text(re.sub(r" path='[^']*/", " path='", found.read_text(encoding="utf-8")), encoding="utf-8")
        if options == ["--write"]:
            shutil.copyfile(found, baseline)
            return
        compared = subprocess.run(["abidiff", baseline, found], capture_output=True, text=True)
        print(compared.stdout + compared.stderr)
        if compared.returncode:
            print("meant? then: tests/c/abi.py LIBRARY HEADER_FOLDER BASELINE --write")
        sys.exit(bool(compared.returncode or compared.stderr))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes a shared library an extension that DuckDB loads. Usage: finish.py LIBRARY PLATFORM VERSION EXTENSION

DuckDB reads the last 512 bytes of the file: eight fields of 32 bytes, the last one first, then room for a signature.
"""
import pathlib
import sys

INTERFACE = "v1.2.0"  # the oldest stable C interface that has all that is used: extension.cpp asks for it


def main():
    library, platform, version, extension = sys.argv[1:]
    fields = ["4", platform, INTERFACE, version, "C_STRUCT", "", "", ""]
    footer = b"".join(field.encode().ljust(32, b"\0") for field in reversed(fields)) + bytes(256)
    assert len(footer) == 512
    pathlib.Path(extension).write_bytes(pathlib.Path(library).read_bytes() + footer)


main()

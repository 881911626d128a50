#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fails when a WebAssembly module has more bytes than it may; says how many a page loads by the usual compressions.

Usage: module_size.py MODULE MOST
"""
import gzip
import pathlib
import sys

module, most = pathlib.Path(sys.argv[1]), int(sys.argv[2])
content = module.read_bytes()
assert content[:4] == b"\0asm", f"{module.name} is no WebAssembly module"
sizes = f"{module.name}: {len(content):,} bytes of at most {most:,}, by gzip {len(gzip.compress(content, 9)):,}"
if len(content) > most:
    sys.exit(f"{sizes}: too many; docs/embedding.md says what was done for its size")
print(sizes)

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Puts the constants of a module (laws, words, tables) compressed into it; load.mjs writes them into its memory.

They are a third of the module and mostly text. Usage: press_data.py MODULE, which is written anew.
"""
import pathlib
import struct
import sys
import zlib

CUSTOM, DATA, DATA_COUNT = 0, 11, 12
NAME = b"tutela.data"


def number(module: bytes, at: int) -> tuple[int, int]:
    """An unsigned LEB128 number, and where it ends."""
    value = shift = 0
    while True:
        byte = module[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at


def written(value: int) -> bytes:
    """The number in LEB128."""
    parts = bytearray()
    while value >= 0x80:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(parts) + bytes([value])


def sections(module: bytes):
    """The kind and the content of each section."""
    assert module[:8] == b"\0asm\1\0\0\0", "not a WebAssembly module"
    at = 8
    while at < len(module):
        kind = module[at]
        size, at = number(module, at + 1)
        yield kind, module[at : at + size]
        at += size


def segments(data: bytes):
    """Where each segment goes in the memory, and its bytes."""
    count, at = number(data, 0)
    for _ in range(count):
        assert data[at : at + 2] == b"\0\x41", "a segment whose place is not a constant"  # active, i32.const
        address, at = number(data, at + 2)  # addresses are far below the bit that would be a sign
        assert data[at] == 0x0B
        size, at = number(data, at + 1)
        yield address, data[at : at + size]
        at += size


def section(kind: int, content: bytes) -> bytes:
    return bytes([kind]) + written(len(content)) + content


file = pathlib.Path(sys.argv[1])
pressed = b""
found = b"\0asm\1\0\0\0"
for kind, content in sections(file.read_bytes()):
    if kind == DATA:
        pressed += b"".join(struct.pack("<II", address, len(text)) + text for address, text in segments(content))
    elif kind != DATA_COUNT:
        found += section(kind, content)
assert pressed, "the module has no constants: were they pressed before?"
small = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
found += section(CUSTOM, written(len(NAME)) + NAME + small.compress(pressed) + small.flush())
file.write_bytes(found)

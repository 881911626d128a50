#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the words of a module as a C++ source: the messages that its own sources name, and no others.

A source that includes io/words.hpp names a message by its whole key, or by the beginning of the key before a `_` where the rest is
a code word of a pack: "value" stands for all of `value_mayor`. Usage: fewer_messages.py SRC OUTPUT SOURCE...
"""
import json
import pathlib
import re
import sys

root, output, *sources = map(pathlib.Path, sys.argv[1:])


def with_headers(source: pathlib.Path, found: dict[pathlib.Path, str]) -> dict[pathlib.Path, str]:
    """The texts of a source and of all headers under the root that it includes."""
    if source not in found and source.exists():
        found[source] = source.read_text(encoding="utf-8")
        for name in re.findall(r'^#include "(.+)"', found[source], re.MULTILINE):
            with_headers(root / name, found)
    return found


def names_in(source: pathlib.Path) -> set[str]:
    """What may be a key or the beginning of one in a source that speaks; nothing in others."""
    texts = with_headers(source, {})
    if root / "io/words.hpp" not in texts:
        return set()
    return {name.rstrip("_") for text in texts.values() for name in re.findall(r'"([a-z]\w*)"', text)}


names = set().union(*map(names_in, sources))


def is_named(key: str) -> bool:
    parts = key.split("_")
    return any("_".join(parts[:length]) in names for length in range(1, len(parts) + 1))


module = "#include <string_view>\n\nnamespace tutela::detail::messages {\n\n"
for language in ("en", "ro", "uk", "ru"):
    messages = json.loads((root / f"io/messages/{language}.json").read_text(encoding="utf-8"))
    kept = {key: words for key, words in messages.items() if is_named(key)}
    assert kept, f"the sources name no message in {language}"
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    module += f"extern std::string_view const {language}_json;\n"
    module += f'std::string_view const {language}_json = R"~tutela~({text})~tutela~";\n\n'
output.write_text(module + "}  // namespace tutela::detail::messages\n", encoding="utf-8")

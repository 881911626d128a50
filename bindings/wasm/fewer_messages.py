#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the words of the module as a C++ source: all messages but those of pages and papers that it does not make.

Usage: fewer_messages.py FOLDER_OF_MESSAGES OUTPUT
"""
import json
import pathlib
import sys

LEFT_OUT = ("agenda_", "alloc_", "net_", "obstacle_", "validation_")

folder, output = map(pathlib.Path, sys.argv[1:])
source = "#include <string_view>\n\nnamespace tutela::detail::messages {\n\n"
for language in ("en", "ro", "uk", "ru"):
    messages = json.loads((folder / f"{language}.json").read_text(encoding="utf-8"))
    kept = {key: words for key, words in messages.items() if not key.startswith(LEFT_OUT)}
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    source += f"extern std::string_view const {language}_json;\n"
    source += f'std::string_view const {language}_json = R"~tutela~({text})~tutela~";\n\n'
output.write_text(source + "}  // namespace tutela::detail::messages\n", encoding="utf-8")

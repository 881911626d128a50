#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Puts the module and its JavaScript into the intake form: one file that opens without a network or a server.

Usage: make_page.py TUTELA_WASM OUTPUT
"""
import base64
import pathlib
import re
import sys

here = pathlib.Path(__file__).resolve().parent
script = "".join((here / name).read_text(encoding="utf-8") for name in ("errors.mjs", "load.mjs", "questions.mjs", "tutela.mjs"))
script = re.sub(r"^import .*\n", "", re.sub(r"^export ", "", script, flags=re.M), flags=re.M)
script += f"const WASM = '{base64.b64encode(pathlib.Path(sys.argv[1]).read_bytes()).decode()}';\n"
page = (here / "intake.html").read_text(encoding="utf-8")
assert page.count("/* TUTELA */") == 1
pathlib.Path(sys.argv[2]).write_text(page.replace("/* TUTELA */", script), encoding="utf-8")

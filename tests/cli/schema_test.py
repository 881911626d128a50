# SPDX-License-Identifier: Apache-2.0
"""What `tutela assess` writes for the shipped cases validates against the schema of assessments."""

import json
import os
import subprocess
from pathlib import Path

import jsonschema

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("TUTELA_PROGRAM", str(ROOT / "build/release/bin/tutela"))


def test_shipped_cases() -> None:
    schema = json.loads((ROOT / "docs/schemas/assessment.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    data = ROOT / "examples/data"
    result = subprocess.run(
        [PROGRAM, "assess", "--network", data / "demo/network.json", "--network", data / "chisinau/network.json",
         "--pack", "md/child-protection", "--instrument", "uk/ogrs3", "--cases", data / "cases/synthetic-300.ndjson",
         "--on", "2026-03-02", "--json"], capture_output=True, timeout=60, check=True)
    lines = result.stdout.decode().splitlines()
    assert len(lines) >= 300
    for line in lines[::3]:
        validator.validate(json.loads(line))


def test_verdicts() -> None:
    validator = jsonschema.Draft202012Validator(json.loads((ROOT / "docs/schemas/verdict.schema.json").read_text(encoding="utf-8")))
    result = subprocess.run(
        [PROGRAM, "decide", "--pack", "md/child-protection", "--on", "2026-03-02", "--json", ROOT / "examples/data/cases/synthetic-300.ndjson"],
        capture_output=True, timeout=60, check=True)
    lines = [json.loads(line) for line in result.stdout.decode().splitlines()]
    assert len({(line["decision"], line["outcome"]) for line in lines}) > 50
    for line in lines[::7]:
        validator.validate(line)
    for key in lines[0]:
        without = {name: value for name, value in lines[0].items() if name != key}
        assert key == "case" or list(validator.iter_errors(without)), key
    assert list(validator.iter_errors({**lines[0], "no_such_key": 1}))

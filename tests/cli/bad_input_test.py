# SPDX-License-Identifier: Apache-2.0
"""Malformed copies of every input of `tutela assess`: exit code 2 and a located message, never a crash or a hang."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("TUTELA_PROGRAM", str(ROOT / "build/release/bin/tutela"))
SECONDS = 30
LOCATED = re.compile(r"error TUT-\d{3}: \S")

CASES = b"\n".join((ROOT / "examples/data/cases/synthetic-300.ndjson").read_bytes().splitlines()[:3]) + b"\n"
NETWORK = (ROOT / "examples/data/demo/network.json").read_bytes()
INSTRUMENT = (ROOT / "src/packs/uk/ogrs3/ogrs3.instrument.json").read_bytes()
PACK = ROOT / "src/packs/md/child-protection"


class Inputs:
    """Good inputs in a folder of their own; a test spoils one of them."""

    def __init__(self, folder: Path) -> None:
        self.cases = folder / "cases.ndjson"
        self.network = folder / "network.json"
        self.instrument = folder / "scale.instrument.json"
        self.pack = folder / "pack"
        self.out = folder / "out"
        self.cases.write_bytes(CASES)
        self.network.write_bytes(NETWORK)
        self.instrument.write_bytes(INSTRUMENT)
        shutil.copytree(PACK, self.pack)
        self.pack_json = self.pack / "pack.json"
        self.model = sorted(self.pack.glob("*.dmn"))[0]

    def assess(self, *more: str, cases: str = "", stdin: bytes = b"") -> subprocess.CompletedProcess:
        return subprocess.run(
            [PROGRAM, "assess", "--network", self.network, "--pack", self.pack, "--instrument", self.instrument,
             "--cases", cases or self.cases, "--on", "2026-03-02", "--out", self.out, *more],
            input=stdin, capture_output=True, timeout=SECONDS, check=False)


@pytest.fixture
def inputs(tmp_path: Path) -> Inputs:
    return Inputs(tmp_path)


def refused(inputs: Inputs, result: subprocess.CompletedProcess, name: str, pointed: bool = True) -> str:
    """Exit code 2, a message that names file and place, and nothing written."""
    said = result.stderr.decode("utf-8", "replace")
    assert result.returncode == 2, (result.returncode, said[:2000])
    lines = [line for line in said.splitlines() if LOCATED.search(line)]
    assert lines, said[:2000]
    about = [line for line in lines if name in line.split(" error ")[0]]
    assert about, said[:2000]
    if pointed:
        assert any(re.search(r":\d+:\d+| /", line.split(" error ")[0]) for line in about), said[:2000]
    assert not (inputs.out / "report.html").exists()
    assert len(said) < 200_000  # a broken file of 100 MB is not repeated
    return said


def truncated(data: bytes) -> bytes:
    return data[: len(data) // 2]


def wrong_type(data: bytes) -> bytes:
    return re.sub(rb'"id": ?"[^"]*"', b'"id": 7', data, count=1)


def duplicate_key(data: bytes) -> bytes:
    return data.replace(b"{", b'{"format": "twice", "format": "twice",', 1)


def deep(_: bytes) -> bytes:
    return b'{"format": ' + b"[" * 10_000 + b"]" * 10_000 + b"}"


def long_text(_: bytes) -> bytes:
    return b'{"format": "' + b"x" * 100_000_000 + b'"}'


def invalid_utf8(data: bytes) -> bytes:
    return re.sub(rb'("id": ?")', rb"\1" + b"\xff\xc0\xaf", data, count=1)


SPOILT = [truncated, wrong_type, duplicate_key, deep, long_text, invalid_utf8]


@pytest.mark.parametrize("spoil", SPOILT, ids=lambda spoil: spoil.__name__)
@pytest.mark.parametrize("which", ["cases", "network", "instrument", "pack_json"])
def test_json(inputs: Inputs, which: str, spoil) -> None:
    path = getattr(inputs, which)
    good = path.read_bytes()
    bad = spoil(good)
    assert bad != good
    path.write_bytes(bad)
    refused(inputs, inputs.assess(), path.name, pointed=spoil is not long_text)


def model_truncated(data: bytes) -> bytes:
    return data[: len(data) // 2]


def model_wrong_type(data: bytes) -> bytes:
    spoilt = re.sub(rb'hitPolicy="[A-Z ]+"', b'hitPolicy="PERHAPS"', data, count=1)
    return spoilt if spoilt != data else data.replace(b"<decisionTable ", b'<decisionTable hitPolicy="PERHAPS" ', 1)


def model_duplicate_attribute(data: bytes) -> bytes:
    return re.sub(rb'<decision id="', b'<decision id="twice" id="', data, count=1)


def model_deep(data: bytes) -> bytes:
    return data.replace(b"</definitions>", b"<x>" * 10_000 + b"</x>" * 10_000 + b"</definitions>")


def model_long_text(data: bytes) -> bytes:
    return data.replace(b"<description>", b"<description>" + b"x" * 100_000_000, 1)


def model_invalid_utf8(data: bytes) -> bytes:
    return data.replace(b"<description>", b"<description>\xff\xc0\xaf", 1)


def model_entities(data: bytes) -> bytes:
    lines = b"".join(b'<!ENTITY e%d "&e%d;&e%d;">' % (i, i - 1, i - 1) for i in range(1, 40))
    bomb = b'<!DOCTYPE definitions [<!ENTITY e0 "x">' + lines + b"]>"
    return data.replace(b"?>", b"?>" + bomb, 1).replace(b"<description>", b"<description>&e39;", 1)


def model_cycle(data: bytes) -> bytes:
    decision = (b'<decision id="%s" name="%s"><variable name="%s" typeRef="number"/>'
                b'<informationRequirement><requiredDecision href="#%s"/></informationRequirement>'
                b"<literalExpression><text>%s + 1</text></literalExpression></decision>")
    return data.replace(b"</definitions>", decision % (b"hen", b"hen", b"hen", b"egg", b"egg") +
                        decision % (b"egg", b"egg", b"egg", b"hen", b"hen") + b"</definitions>")


@pytest.mark.parametrize("spoil", [model_truncated, model_wrong_type, model_duplicate_attribute, model_deep, model_long_text,
                                   model_invalid_utf8, model_entities, model_cycle], ids=lambda spoil: spoil.__name__)
def test_model(inputs: Inputs, spoil) -> None:
    good = inputs.model.read_bytes()
    bad = spoil(good)
    assert bad != good
    inputs.model.write_bytes(bad)
    refused(inputs, inputs.assess(), inputs.model.name, pointed=spoil is not model_long_text)


def test_cycle_of_agencies(inputs: Inputs) -> None:
    network = json.loads(NETWORK)
    first, second = network["organizations"][:2]
    first["parent_organization_id"], second["parent_organization_id"] = second["id"], first["id"]
    inputs.network.write_text(json.dumps(network))
    refused(inputs, inputs.assess(), inputs.network.name)


def test_cycle_of_quantities(inputs: Inputs) -> None:
    instrument = json.loads(INSTRUMENT)
    item = instrument["items"][0]
    item["value"] = {"ref": item["id"]}
    inputs.instrument.write_text(json.dumps(instrument))
    refused(inputs, inputs.assess(), inputs.instrument.name)


def test_same_case_twice(inputs: Inputs) -> None:
    inputs.cases.write_bytes(CASES + CASES)
    refused(inputs, inputs.assess(), inputs.cases.name)


def test_fact_of_another_type_than_the_pack_declares(inputs: Inputs) -> None:
    case = json.loads(CASES.splitlines()[0])
    case["facts"]["person.birth_date"] = True
    inputs.cases.write_text(json.dumps(case) + "\n")
    said = refused(inputs, inputs.assess(), inputs.cases.name)
    assert "person.birth_date" in said


def test_standard_input(inputs: Inputs) -> None:
    good = inputs.assess(cases="-", stdin=CASES)
    assert good.returncode == 0, good.stderr
    shutil.rmtree(inputs.out)
    refused(inputs, inputs.assess(cases="-", stdin=truncated(CASES)), "standard input")


def test_all_that_is_wrong_is_said_at_once(inputs: Inputs) -> None:
    inputs.network.write_bytes(truncated(NETWORK))
    inputs.instrument.write_bytes(duplicate_key(INSTRUMENT))
    inputs.cases.write_bytes(wrong_type(CASES))
    said = refused(inputs, inputs.assess(), inputs.network.name)
    for name in (inputs.network.name, inputs.instrument.name, inputs.cases.name):
        assert name in said


@pytest.mark.parametrize("which", ["cases", "network", "instrument", "pack"])
def test_missing_file(inputs: Inputs, which: str) -> None:
    path = getattr(inputs, which)
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    refused(inputs, inputs.assess(), path.name, pointed=False)


@pytest.mark.parametrize("words", [["--lang", "xx"], ["--threads", "many"], ["--law-on", "2026-02-30"], ["--no-such-option"], ["word"], ["--on", "2026-03-02"]])
def test_wrong_words(inputs: Inputs, words: list) -> None:
    result = inputs.assess(*words)
    assert result.returncode == 2
    assert b"tutela:" in result.stderr


def test_good_inputs(inputs: Inputs) -> None:
    result = inputs.assess("--lang", "uk")
    assert result.returncode == 0, result.stderr
    assert "Оцінювання" in (inputs.out / "report.html").read_text(encoding="utf-8")
    lines = (inputs.out / "assessments.ndjson").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 3 and all(json.loads(line)["schema"] == "urn:tutela:schema:assessment:1" for line in lines)
    # No progress line where standard error is no terminal.
    assert result.stderr == b""

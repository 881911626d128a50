# SPDX-License-Identifier: Apache-2.0
"""The golden corpus that every language answers alike (tests/golden/faces), by the Python package.

Facts that the C library takes by slot are given by name here. What is wrong with such a fact has its name as its place
where a slot has none, so of those refusals only status and numbers are compared; all other answers byte for byte. A name
that the pack does not read is no error here, as other packs may read it, and a day that does not exist is a text; those
two questions are for slots only. Explanations are left out: here they are those of a
proof (tests/golden/explanations), in C those of a verdict.
"""

import json
import re
from decimal import Decimal, InvalidOperation

import pytest

import tutela

ONLY_BY_SLOT = {"wrong-name", "wrong-day"}
STATES = {"none": tutela.NONE, "uncertain": tutela.UNCERTAIN, "unknown": None}


def digest(text):
    """FNV-1a with 64 bits: enough to see that a text changed."""
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return f"{value:016x}"


@pytest.fixture(scope="module")
def golden(root):
    folder = root / "tests" / "golden" / "faces"
    lines = (folder / "questions.tsv").read_text(encoding="utf-8").splitlines()
    questions = [line.split("\t") for line in lines if not line.startswith("#")]
    return list(zip(questions, (folder / "answers.ndjson").read_text(encoding="utf-8").splitlines(), strict=True))


def fact(item):
    name, _, typed = item.partition("=")
    kind, _, text = typed.partition(":")
    if kind == "boolean":
        return name, text == "true"
    if kind == "state":
        return name, STATES[text]
    if kind in ("integer", "number"):
        try:
            return name, Decimal(text)
        except InvalidOperation:
            return name, text
    return name, text


def facts_of(pack, door, text):
    if door == "slots":
        facts = dict(fact(item) for item in text.split(";")) if text != "-" else {}
        return {name: value for name, value in facts.items() if value is not None}
    (case,) = tutela.parse_cases(text, file="case")
    return {name: values[0] if len(values) == 1 else values for name, values in case.facts.items() if name in pack.facts}


def text_of(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def answer(question, swimming):
    _, door, knowledge, decision, on, _, facts = question
    if door == "assess":
        loaded = {"instruments": [knowledge]} if knowledge.startswith("uk/") else {"packs": [knowledge]}
        found = tutela.assess(tutela.parse_cases(facts, file="cases"), on=on, **loaded)
        return f',"assessment":"{digest("".join(item.to_json() + chr(10) for item in found))}"'
    pack = swimming if knowledge == "swimming" else tutela.load_pack(knowledge)
    given = facts_of(pack, door, facts)
    asked = pack.decide(given, on=None if on == "-" else on, decisions=[decision])
    verdict = asked[decision]
    whole = verdict.to_json()
    value = text_of(json.loads(whole, parse_float=str)["value"]) if verdict.outcome == "known" else "null"
    return (
        f',"outcome":"{verdict.outcome}","value":{value},"missing":{text_of(verdict.missing)}'
        f',"verdict":"{digest(whole)}"'
    )


def refused(status, diagnostics, message):
    found = ",".join(f'{{"code":{item.code.removeprefix("TUT-")},"pointer":"{item.pointer}"}}' for item in diagnostics)
    return f',"refused":"{status}","diagnostics":[{found}],"message":"{digest(message)}"'


def test_answers_are_the_golden_ones(golden, root):
    swimming = tutela.parse_pack((root / "tests" / "c" / "swimming.dmn").read_bytes(), file="memory")
    wrong = []
    for question, want in golden:
        if question[0] in ONLY_BY_SLOT:
            continue
        try:
            got = answer(question, swimming)
        except tutela.InputError as error:
            got = refused("invalid_input", error.diagnostics, str(error))
        except tutela.ContractViolation as error:
            got = refused("misuse", [], str(error))
        got = '{"id":"' + question[0] + '"' + got + "}"
        want = re.sub(r',"explanation":"\w+"', "", want)
        expected = json.loads(want)
        if "refused" in expected and question[1] == "slots":
            seen = json.loads(got)
            same = seen.get("refused") == expected["refused"] and (
                expected["refused"] == "misuse"
                or [item["code"] for item in seen["diagnostics"]] == [item["code"] for item in expected["diagnostics"]]
            )
        else:
            same = got == want
        if not same:
            wrong.append((want, got))
    assert wrong == []
    assert len(golden) == 47

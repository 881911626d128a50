# SPDX-License-Identifier: Apache-2.0
"""The golden corpus that every language answers alike (tests/golden/faces), by the Python package.

Facts that the C library takes by slot are given by name here. What is wrong with such a fact is written in Python's own words,
so of those refusals status, numbers and places are compared; all other answers byte for byte. A name
that the pack does not read is no error here, as other packs may read it, and a day that does not exist is a text; those
two questions are for slots only. A scale takes values here, so there is no text of answers that could be wrong. Explanations
are left out: here they are those of a proof (tests/golden/explanations), in C those of a verdict.
"""

import json
import re
from decimal import Decimal, InvalidOperation

import pytest

import tutela

NOT_HERE = {"wrong-name", "wrong-day", "score-wrong-facts"}
TRUTH = {"yes": True, "no": False, "unknown": None}
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


def route(knowledge, goal, on, facts, root):
    parts = [item.split("=") for item in facts.split(";")]
    asked = {"purposes": [], "data": {}, "acts": [], "area_codes": []}
    for name, text in parts:
        words = text.split(":")
        if name == "purpose":
            asked["purposes"].append(text)
        elif name == "data":
            asked["data"][words[0]] = TRUTH[words[1]]
        elif name == "act":
            asked["acts"].append({"issuer": words[0], "reference": words[1], "services": [words[2]], "valid_from": words[3]})
        elif name == "area":
            asked["area_codes"].append(text)
        elif name == "danger":
            asked["danger"] = TRUTH[text]
        else:
            asked["from_" if name == "from" else name] = text
    kind, name = goal.split(":")
    return tutela.load_network(root / knowledge).route(on=on, **{kind: name}, **asked)


def packs(door, pack, on, facts, root):
    """What is wrong with a pack, or with another version of the document, in which one text stands in place of another."""
    after = pack
    if "=>" in facts:
        text = (root / "tests" / "c" / "swimming.dmn").read_text(encoding="utf-8")
        after = tutela.parse_pack(text.replace(*facts.split("=>")).encode(), file="memory")
    if door == "compare":
        return f',"compare":"{digest(pack.compare(after, on).json)}"'
    return f',"check":"{digest("".join(f"{found.diagnostic}{chr(10)}" for found in after.check().findings))}"'


def answer(question, swimming, root):
    _, door, knowledge, decision, on, _, facts = question
    if door == "score":
        order = "" if decision == "-" else decision
        answers = json.loads(facts, parse_float=Decimal, parse_int=Decimal)
        score = tutela.load_instrument(knowledge).score(answers, on=None if on == "-" else on, jurisdiction=order)
        return f',"score":"{digest(score.to_json())}"'
    if door == "route":
        return f',"route":"{digest(route(knowledge, decision, on, facts, root).to_json())}"'
    if door == "assess":
        loaded = {"instruments": [knowledge]} if knowledge.startswith("uk/") else {"packs": [knowledge]}
        found = tutela.assess(tutela.parse_cases(facts, file="cases"), on=on, **loaded)
        return f',"assessment":"{digest("".join(item.to_json() + chr(10) for item in found))}"'
    pack = swimming if knowledge == "swimming" else tutela.load_pack(knowledge)
    if door in ("check", "compare"):
        return packs(door, pack, None if on == "-" else on, facts, root)
    if door == "timeline":
        start, end = on.split("/")
        return f',"timeline":"{digest(pack.timeline(facts_of(pack, "slots", facts), decision, start, end).json)}"'
    if door == "change":
        found = pack.counterfactual(facts_of(pack, "slots", facts), decision, None if on == "-" else on)
        return f',"change":"{digest(found.json)}"'
    if door == "ask":
        decisions = None if decision == "-" else decision.split(",")
        interview = pack.ask(facts_of(pack, "slots", facts), None if on == "-" else on, decisions=decisions)
        return f',"questions":"{digest(interview.to_json())}"'
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
        if question[0] in NOT_HERE:
            continue
        try:
            got = answer(question, swimming, root)
        except tutela.InputError as error:
            got = refused("invalid_input", error.diagnostics, str(error))
        except tutela.ContractViolation as error:
            got = refused("misuse", [], str(error))
        got = '{"id":"' + question[0] + '"' + got + "}"
        want = re.sub(r',"explanation":"\w+"', "", want)
        expected = json.loads(want)
        if "refused" in expected and question[1] in ("slots", "ask", "timeline"):
            seen = json.loads(got)
            same = seen.get("refused") == expected["refused"] and (
                expected["refused"] == "misuse" or seen["diagnostics"] == expected["diagnostics"]
            )
        else:
            same = got == want
        if not same:
            wrong.append((want, got))
    assert wrong == []
    assert len(golden) == 82

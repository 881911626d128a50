# SPDX-License-Identifier: Apache-2.0
import datetime

import pytest

import tutela


@pytest.mark.parametrize("load", [tutela.load_pack, tutela.load_instrument, tutela.load_network, tutela.load_cases])
def test_what_is_not_there(load):
    with pytest.raises(tutela.InputError) as refused:
        load("no/such/thing.json")
    (found,) = refused.value.diagnostics
    assert found.code == "TUT-700" and found.severity == "error"


def test_an_instrument_that_is_not_there_is_told_with_those_that_are():
    with pytest.raises(tutela.InputError, match="use a path, or a shipped instrument: .*uk/ogrs3"):
        tutela.load_instrument("uk/ogrs4")


@pytest.mark.parametrize("parse", [tutela.parse_pack, tutela.parse_instrument, tutela.parse_network, tutela.parse_cases])
@pytest.mark.parametrize("text", [b"{", b"\xff\xfe", b"<a", b"[" * 10_000, b'{"a": 1, "a": 2}', b"\0"])
def test_malformed_text(parse, text):
    with pytest.raises(tutela.InputError) as refused:
        parse(text, file="input")
    assert refused.value.diagnostics


def test_every_finding_has_place_and_text():
    with pytest.raises(tutela.InputError) as refused:
        tutela.parse_network('{"format": "tutela-network/1", "colour": 1, "id": 5}', file="n.json")
    found = refused.value.diagnostics
    assert {"/colour", "/id"} <= {diagnostic.pointer for diagnostic in found}
    for diagnostic in found:
        assert diagnostic.file == "n.json" and diagnostic.what
        assert str(diagnostic) in str(refused.value)


def test_limits():
    with pytest.raises(tutela.LimitError) as refused:
        tutela.parse_network(" " * 100, limits={"document_bytes": 10})
    assert "document_bytes" in str(refused.value)
    assert isinstance(refused.value, tutela.InputError)
    with pytest.raises(tutela.ContractViolation):
        tutela.parse_network("{}", limits={"no_such_limit": 10})
    with pytest.raises(tutela.ContractViolation):
        tutela.parse_network("{}", limits={"nesting": 0})


def test_misuse_is_a_value_error(swimming):
    assert issubclass(tutela.ContractViolation, ValueError)
    with pytest.raises(tutela.ContractViolation):
        swimming.decide({}, mode="guess")
    with pytest.raises(TypeError):
        swimming.decide({}, on=20260302)
    with pytest.raises(tutela.InputError):
        swimming.decide({}, on="02.03.2026")
    with pytest.raises(TypeError):
        tutela.load_pack(5)


def test_a_moment_is_no_day(swimming):
    with pytest.raises(TypeError, match=r"of a moment give its \.date\(\)"):
        swimming.decide({}, on=datetime.datetime(2026, 3, 2, 5))


def test_a_call_that_fits_no_signature_tells_nothing_of_the_facts(swimming):
    facts = {"child.height": "secret", "note": "secret"}
    for call in (
        lambda: swimming.decide(facts, date="secret"),
        lambda: swimming.ask(facts, "secret", 5, facts),
        lambda: tutela.compare_batch(facts, "secret", swimming),
    ):
        with pytest.raises(TypeError, match="incompatible function arguments") as refused:
            call()
        assert "secret" not in str(refused.value)
        assert "dict" in str(refused.value), "which types were given"
    assert "mode: str = 'legal'" in tutela.Pack.decide.__doc__, "defaults are written as they are"


def test_classes_are_not_built_by_hand():
    for kind in (tutela.Verdict, tutela.Pack, tutela.Score, tutela.Network, tutela.Case, tutela.Assessment):
        with pytest.raises(TypeError):
            kind()

# SPDX-License-Identifier: Apache-2.0
"""The words of the field: the shipped list as it is, looked up as people write."""

import json

import pytest

import tutela


def test_the_shipped_words_are_those_of_the_file(root):
    shipped = json.loads((root / "src/packs/words/field.words.json").read_text(encoding="utf-8"))
    words = tutela.load_field_words()
    assert [word.id for word in words] == [word["id"] for word in shipped["words"]]
    assert len(words) > 20 and all(set(word.forms) == {"en", "ro", "uk", "ru"} for word in words)
    again = tutela.parse_field_words(json.dumps(shipped))
    assert again == words == tutela.load_field_words(root / "src/packs/words/field.words.json")


def test_a_word_is_found_in_every_language_and_form():
    for word in tutela.load_field_words():
        for lang, forms in word.forms.items():
            for form in forms:
                found = tutela.find_field_word(form.text.upper(), lang)
                assert found is not None
                assert form.text in {each.text for each in found.forms[lang]}


def test_what_is_no_word():
    assert tutela.find_field_word("no such thing", "en") is None
    with pytest.raises(tutela.ContractViolation):
        tutela.find_field_word("child", "de")
    with pytest.raises(tutela.InputError):
        tutela.parse_field_words("{}")
    with pytest.raises(tutela.InputError):
        tutela.load_field_words("no/such.json")


def test_check_names_a_word_that_stigmatises():
    model = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" xmlns:tutela="urn:tutela:dmn:1" id="m" name="m"
namespace="urn:m"><inputData id="a" name="a"><extensionElements><tutela:fact><tutela:label lang="en">a handicapped child</tutela:label>
</tutela:fact></extensionElements><variable name="a" typeRef="boolean"/></inputData><decision id="d" name="d"><variable name="d"/>
<informationRequirement><requiredInput href="#a"/></informationRequirement><literalExpression><text>a</text></literalExpression></decision>
</definitions>"""
    (finding,) = tutela.parse_pack(model).check().findings
    assert (finding.diagnostic.code, finding.diagnostic.severity) == ("TUT-202", "warning")
    assert finding.diagnostic.mend

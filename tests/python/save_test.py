# SPDX-License-Identifier: Apache-2.0
"""Packs as files again."""

import pytest

import tutela


def test_a_saved_pack_is_the_same(child_protection, tmp_path):
    where = child_protection.save(tmp_path / "copy")
    again = tutela.load_pack(where)
    assert again.digest == child_protection.digest
    assert again.files() == child_protection.files()
    assert {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "copy").iterdir()} == again.files()


def test_an_old_model_is_saved_as_dmn_1_5(root, tmp_path):
    text = (root / "tests" / "c" / "swimming.dmn").read_text(encoding="utf-8")
    old = text.replace("https://www.omg.org/spec/DMN/20230324/MODEL/", "http://www.omg.org/spec/DMN/20180521/MODEL/")
    assert old != text
    saved = tutela.load_pack(tutela.parse_pack(old).save(tmp_path / "new"))
    assert list(saved.files()) == ["model.dmn"]
    assert "20230324/MODEL/" in saved.files()["model.dmn"]
    assert saved.decisions == tutela.parse_pack(text).decisions


def test_nothing_is_overwritten(swimming, tmp_path):
    (tmp_path / "something").write_text("kept", encoding="utf-8")
    with pytest.raises(tutela.InputError):
        swimming.save(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["something"]

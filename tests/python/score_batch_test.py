# SPDX-License-Identifier: Apache-2.0
"""`Instrument.score_batch`: every kind of table, bit for bit the score of each row; what does not fit is told at once."""

import datetime
import json
import random

import pytest

import tutela

# Instruments with choices, flags, dates, whole numbers and numbers with decimals.
NAMES = ["uk/ogrs3", "uk/ovp", "uk/lds", "uk/csrp", "uk/tier_v2_protect", "uk/iic_srp", "demo/family_risk"]
LATEST = {"person.birth_date": 1985, "probation.first_sanction_date": 2004, "probation.conviction_date": 2015}


def value_of(name, fact, draw):
    if draw.random() < 0.15:
        return None
    if fact["type"] == "string":
        return "no such choice" if draw.random() < 0.02 else draw.choice(fact["allowed"])
    if fact["type"] == "boolean":
        return draw.random() < 0.5
    if fact["type"] == "date":
        return datetime.date(LATEST.get(name, 2019) + draw.randint(0, 3), draw.randint(1, 12), draw.randint(1, 28))
    if draw.random() < 0.02:
        return 1_000_000
    return draw.randint(0, 3000) / 10 ** fact["decimals"] if fact["decimals"] else draw.randint(0, 6)


def people_of(scale, people, seed=11):
    draw = random.Random(seed)
    table = {name: [value_of(name, fact, draw) for _ in range(people)] for name, fact in scale.facts.items()}
    for act in scale.recorded_act:
        table.setdefault(act, [datetime.date(2018, 5, 4) if draw.random() < 0.95 else None for _ in range(people)])
    return table


def rows_one_by_one(scale, table):
    names = list(table)
    for row in zip(*table.values()):
        # A single score takes decimal text; a float in a column stands for the decimal that it is the nearest to.
        answers = {name: repr(value) if isinstance(value, float) else value for name, value in zip(names, row)}
        yield scale.score(answers, jurisdiction="GB-EAW", limits={"evaluation_steps": 20_000})


def same(a, b):
    return (a is None) == (b is None) and (a is None or float(a).hex() == float(b).hex())


def assert_equal_to_single_scores(scale, table, found):
    states = set()
    for i, score in enumerate(rows_one_by_one(scale, table)):
        states.add(score.state)
        assert found["state"][i] == score.state
        assert found["band"][i] == (score.band or None)
        has_number = score.state in ("known", "open")
        numbers = {"total": score.total} | {name: output.value for name, output in score.outputs.items()} if has_number else {}
        for name in [column for column in found if f"{column}.lowest" in found]:
            low, high = numbers.get(name, (None, None))
            assert same(found[f"{name}.lowest"][i], low) and same(found[f"{name}.highest"][i], high)
            assert same(found[name][i], low if low == high else None)
    return states


@pytest.mark.parametrize("name", NAMES)
def test_each_row_is_the_single_score_bit_for_bit(name):
    scale = tutela.load_instrument(name)
    table = people_of(scale, 120)
    found = scale.score_batch(table, jurisdiction="GB-EAW", limits={"evaluation_steps": 20_000})
    states = assert_equal_to_single_scores(scale, table, found)
    assert states & {"known", "open"}


@pytest.mark.parametrize("name", ["uk/ogrs3", "uk/csrp", "uk/tier_v2_protect"])
def test_tables_of_every_kind_give_the_same_scores(name):
    arrow = pytest.importorskip("pyarrow")
    scale = tutela.load_instrument(name)
    table = people_of(scale, 90)
    plain = scale.score_batch(table, jurisdiction="GB-EAW", limits={"evaluation_steps": 2_000})
    ask = dict(jurisdiction="GB-EAW", limits={"evaluation_steps": 2_000})
    given = arrow.table(table)
    found = scale.score_batch(given, **ask)
    assert isinstance(found, arrow.Table) and found.to_pydict() == plain
    pieces = arrow.concat_tables([given.slice(0, 40), given.slice(40)])
    assert scale.score_batch(pieces, **ask).to_pydict() == plain
    assert scale.score_batch(given.slice(7, 50), **ask).to_pydict() == {key: column[7:57] for key, column in plain.items()}
    words = {key: column.dictionary_encode() if arrow.types.is_string(column.type) else column for key, column in zip(given.column_names, given.columns)}
    assert scale.score_batch(words, **ask) == plain
    polars = pytest.importorskip("polars")
    again = scale.score_batch(polars.from_arrow(given), **ask)
    assert isinstance(again, polars.DataFrame) and again.to_dict(as_series=False) == plain
    pandas = pytest.importorskip("pandas")
    frame = scale.score_batch(pandas.DataFrame(table), **ask)
    assert isinstance(frame, pandas.DataFrame)
    assert frame["state"].tolist() == plain["state"]
    assert [None if value != value else value for value in frame["total.lowest"]] == plain["total.lowest"]


def test_arrays_and_texts_as_columns():
    numpy = pytest.importorskip("numpy")
    scale = tutela.load_instrument("uk/ogrs3")
    table = people_of(scale, 60)
    table["probation.previous_sanctions"] = [value or 0 for value in table["probation.previous_sanctions"]]
    table["probation.conviction_date"] = [value or datetime.date(2016, 2, 3) for value in table["probation.conviction_date"]]
    plain = scale.score_batch(table, jurisdiction="GB-EAW", limits={"evaluation_steps": 2_000})
    other = dict(table)
    other["probation.previous_sanctions"] = numpy.array(table["probation.previous_sanctions"], dtype="int64")
    other["probation.conviction_date"] = numpy.array(table["probation.conviction_date"], dtype="datetime64[D]")
    other["person.birth_date"] = [value and value.isoformat() for value in table["person.birth_date"]]
    assert scale.score_batch(other, jurisdiction="GB-EAW", limits={"evaluation_steps": 2_000}) == plain
    other["probation.previous_sanctions"] = numpy.array([float("nan")] * 60)
    table["probation.previous_sanctions"] = [None] * 60
    assert scale.score_batch(other, jurisdiction="GB-EAW", bounds=False) == scale.score_batch(table, jurisdiction="GB-EAW", bounds=False)


def test_values_that_no_fact_can_have_are_an_error_of_the_person():
    scale = tutela.load_instrument("uk/ogrs3")
    table = {name: [values[0]] * 6 for name, values in people_of(scale, 1, seed=5).items()}
    table["person.sex"] = ["male", "female", "x", 1, "male", "male"]
    table["person.birth_date"] = ["1986-01-01"] * 4 + ["yesterday", "1986-01-01T00"]
    table["probation.conviction_date"] = ["2016-01-01"] * 6
    table["probation.previous_sanctions"] = [3, 3, 3, 3, 3, 2.5]
    found = scale.score_batch(table, jurisdiction="GB-EAW")
    assert found["state"][2:] == ["error"] * 4 and found["total.lowest"][2:] == [None] * 4
    assert "error" not in found["state"][:2]


def test_all_mismatches_of_columns_at_once():
    scale = tutela.load_instrument("uk/ogrs3")
    table = people_of(scale, 3)
    table["sex"] = table.pop("person.sex")
    table["born"] = table.pop("person.birth_date")
    table["probation.offence_group"] = table["probation.offence_group"][:2]
    with pytest.raises(tutela.InputError) as refused:
        scale.score_batch(table, columns={"born": "person.birthday", "gender": "person.sex"}, without=["person.height"])
    pointers = sorted(diagnostic.pointer for diagnostic in refused.value.diagnostics)
    assert pointers == ["/born", "/gender", "/person.birth_date", "/person.height", "/person.sex", "/probation.offence_group"]
    table["probation.offence_group"].append(None)
    found = scale.score_batch(table, columns={"sex": "person.sex", "born": "person.birth_date"}, jurisdiction="GB-EAW", bounds=False)
    assert len(found["state"]) == 3
    left_out = scale.score_batch(table, columns={"sex": "person.sex"}, without="person.birth_date", jurisdiction="GB-EAW", bounds=False)
    assert len(left_out["state"]) == 3
    with pytest.raises(tutela.InputError, match="one by one"):
        scale.score_batch({**table, "sex": [tutela.UNCERTAIN] * 3}, columns={"sex": "person.sex", "born": "person.birth_date"})
    with pytest.raises(tutela.ContractViolation):
        scale.score_batch(people_of(scale, 3), purpose="curiosity")
    with pytest.raises(TypeError, match="a table is"):
        scale.score_batch(7)


def test_nobody():
    scale = tutela.load_instrument("uk/ogrs3")
    assert scale.score_batch({name: [] for name in scale.facts})["state"] == []


def test_a_recorded_act_that_is_no_item(root):
    described = json.loads((root / "src/packs/uk/needs/lds.instrument.json").read_text(encoding="utf-8"))
    described["outcome"] = "reoffending"
    described["applicability"]["recorded_act"] = ["probation.charged"]
    scale = tutela.parse_instrument(json.dumps(described))
    assert scale.recorded_act == ("probation.charged",)
    assert scale.score({"probation.charged": True}, jurisdiction="GB-EAW").state == "known"  # missing is assumed, by its source
    table = {name: [None] * 3 for name in scale.facts}
    found = scale.score_batch({**table, "probation.charged": [True, False, None]}, jurisdiction="GB-EAW")
    assert found["state"] == ["known", "not_applicable", "not_applicable"]
    assert scale.score_batch(table, jurisdiction="GB-EAW", without="probation.charged")["state"] == ["not_applicable"] * 3
    with pytest.raises(tutela.InputError, match="probation.charged"):
        scale.score_batch(table, jurisdiction="GB-EAW")

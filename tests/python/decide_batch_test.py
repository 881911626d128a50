# SPDX-License-Identifier: Apache-2.0
"""`Pack.decide_batch`: every kind of table, each row as `Pack.decide` answers it; what does not fit is told at once."""

import collections
import datetime
import gc
import pathlib
import random
import threading
import warnings
from decimal import Decimal

import pytest

import tutela

pa = pytest.importorskip("pyarrow")

GRANT = pathlib.Path(__file__).with_name("grant.dmn")


@pytest.fixture(scope="module")
def grant():
    return tutela.load_pack(GRANT)


def people(rows, seed=5):
    draw = random.Random(seed)

    def maybe(value):
        return None if draw.random() < 0.15 else value

    return {
        "age": [maybe(draw.randrange(0, 90)) for _ in range(rows)],
        "income": [maybe(Decimal(draw.randrange(0, 300_000)) / 100) for _ in range(rows)],
        "status": [maybe(draw.choice(["citizen", "resident", "refugee of the war"])) for _ in range(rows)],
        "since": [maybe(datetime.date(2019, 1, 1) + datetime.timedelta(days=draw.randrange(800))) for _ in range(rows)],
        "disabled": [maybe(draw.random() < 0.3) for _ in range(rows)],
    }


def arrow(columns):
    return pa.table(
        {
            "age": pa.array(columns["age"], pa.int16()),
            "income": pa.array(columns["income"], pa.decimal128(12, 2)),
            "status": pa.array(columns["status"]).dictionary_encode(),
            "since": pa.array(columns["since"], pa.date32()),
            "disabled": pa.array(columns["disabled"], pa.bool_()),
        }
    )


def one_by_one(pack, columns):
    found = []
    for row in zip(*columns.values()):
        verdicts = pack.decide(dict(zip(columns, row)))
        found.append({name: (v.outcome, v.value, list(v.missing)) for name, v in verdicts.items()})
    return found


def rows_of(answers, names=("eligible", "amount")):
    table = pa.table(answers).to_pylist()
    return [{name: (row[f"{name}.outcome"], row[name], row[f"{name}.missing"]) for name in names} for row in table]


def test_every_row_is_answered_as_one_person(grant):
    columns = people(300)
    answers = grant.decide_batch(arrow(columns), missing=True)
    assert len(answers) == 300
    expected = [{name: row[name] for name in ("eligible", "amount")} for row in one_by_one(grant, columns)]
    assert rows_of(answers) == expected
    assert {outcome for row in expected for outcome, _, _ in row.values()} == {"known", "unknown"}


def test_what_runs_in_columns_is_said(grant):
    decisions = grant.decide_batch(arrow(people(300))).decisions
    assert decisions["eligible"]["in_columns"] and decisions["amount"]["in_columns"]
    assert decisions["eligible"]["reason"] == "" and decisions["eligible"]["by_model"] == 0
    assert 0 < decisions["amount"]["regions"] < decisions["amount"]["exact"] < 300
    assert decisions["net"]["in_columns"] and decisions["net"]["reason"] == ""
    assert decisions["net"]["by_model"] + decisions["net"]["repeated"] == people(300)["income"].count(None)
    assert decisions["net"]["repeated"] > 20, "everybody whose income is not known"


def test_a_decision_without_table_gives_numbers(grant):
    columns = people(40)
    table = pa.table(grant.decide_batch(arrow(columns), decisions="net")).to_pylist()
    for row, expected in zip(table, one_by_one(grant, columns)):
        outcome, value, _ = expected["net"]
        assert row["net.outcome"] == outcome and row["net"] == value


def producers():
    yield "table", lambda table: table
    yield "chunks", lambda table: pa.Table.from_batches(table.to_batches(max_chunksize=37))
    yield "slice", lambda table: pa.concat_tables([table.slice(0, 0), table.slice(0, 101), table.slice(101)])
    yield "batch", lambda table: table.combine_chunks().to_batches()[0]
    yield "reader", lambda table: table.to_reader(max_chunksize=50)
    yield "plain texts", lambda table: table.set_column(2, "status", table["status"].cast(pa.string()))
    yield "large texts", lambda table: table.set_column(2, "status", table["status"].cast(pa.large_string()))
    yield "timestamps", lambda table: table.set_column(3, "since", table["since"].cast(pa.timestamp("us")))
    yield "wide integers", lambda table: table.set_column(0, "age", table["age"].cast(pa.int64()))

    def by_polars(table):
        return pytest.importorskip("polars").from_arrow(table)

    def by_pandas(table):
        pytest.importorskip("pandas")
        return table.to_pandas(types_mapper=__import__("pandas").ArrowDtype)

    yield "polars", by_polars
    yield "pandas", by_pandas


@pytest.mark.parametrize("make", [make for _, make in producers()], ids=[name for name, _ in producers()])
def test_every_producer_gives_the_same_answers(grant, make):
    columns = people(200, seed=8)
    expected = rows_of(grant.decide_batch(arrow(columns), missing=True, decisions=["eligible", "amount"]))
    answers = grant.decide_batch(make(arrow(columns)), missing=True, decisions=["eligible", "amount"])
    assert rows_of(answers) == expected


def test_answers_are_a_table_for_everybody(grant):
    answers = grant.decide_batch(arrow(people(50)), decisions=["eligible", "amount"], rules=True)
    table = pa.table(answers)
    assert table.column_names == ["eligible", "eligible.outcome", "eligible.rule", "amount", "amount.outcome", "amount.rule"]
    assert table.schema.field("eligible").type == pa.bool_()
    assert table.schema.field("amount").type == pa.decimal128(38, 2)
    assert pa.schema(answers) == table.schema
    table.validate(full=True)
    for row in table.to_pylist():
        assert row["amount.rule"] is None or 1 <= row["amount.rule"] <= 4
        assert (row["amount"] is None) == (row["amount.outcome"] != "known")
    plain = pa.table(grant.decide_batch(arrow(people(50)), decisions=["eligible", "amount"], outcomes=False))
    assert plain.column_names == ["eligible", "amount"] and plain["eligible"] == table["eligible"] and plain["amount"] == table["amount"]
    polars = pytest.importorskip("polars")
    assert polars.DataFrame(answers).height == 50


def test_answers_outlive_what_made_them():
    pack = tutela.load_pack(GRANT)
    table = pa.table(pack.decide_batch(arrow(people(64))))
    del pack
    gc.collect()
    assert table.num_rows == 64 and table["eligible.outcome"].to_pylist()


FAMILY = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="family" name="family" namespace="urn:family">
<itemDefinition name="tChildren" isCollection="true">
 <itemComponent name="birth_date"><typeRef>date</typeRef></itemComponent>
 <itemComponent name="disabled"><typeRef>boolean</typeRef></itemComponent></itemDefinition>
<inputData id="in_children" name="children"><variable name="children" typeRef="tChildren"/></inputData>
<inputData id="in_income" name="income"><variable name="income" typeRef="number"/></inputData>
<inputData id="in_rent" name="rent"><variable name="rent" typeRef="number"/></inputData>
<decision id="d_help" name="help"><variable name="help" typeRef="boolean"/>
 <informationRequirement><requiredInput href="#in_children"/></informationRequirement>
 <informationRequirement><requiredInput href="#in_income"/></informationRequirement>
 <informationRequirement><requiredInput href="#in_rent"/></informationRequirement>
 <decisionTable hitPolicy="FIRST">
  <input><inputExpression><text>some child in children satisfies child.disabled</text></inputExpression></input>
  <input><inputExpression><text>count(children)</text></inputExpression></input>
  <input><inputExpression><text>income - rent</text></inputExpression></input>
  <output><defaultOutputEntry><text>false</text></defaultOutputEntry></output>
  <rule><inputEntry><text>true</text></inputEntry><inputEntry><text>-</text></inputEntry><inputEntry><text>-</text></inputEntry>
   <outputEntry><text>true</text></outputEntry></rule>
  <rule><inputEntry><text>-</text></inputEntry><inputEntry><text>&gt;= 3</text></inputEntry>
   <inputEntry><text>&lt; 700.5</text></inputEntry><outputEntry><text>true</text></outputEntry></rule>
 </decisionTable></decision>
</definitions>"""


def families(rows, seed=11):
    draw = random.Random(seed)

    def child():
        born = datetime.date(2010, 1, 1) + datetime.timedelta(days=draw.randrange(5_000))
        return {"birth_date": born, "disabled": draw.choice([False, False, True, None])}

    return {
        "children": [None if draw.random() < 0.1 else [child() for _ in range(draw.randrange(5))] for _ in range(rows)],
        "income": [None if draw.random() < 0.1 else draw.randrange(0, 20) * 100 for _ in range(rows)],
        "rent": [draw.randrange(0, 5) * 100 for _ in range(rows)],
    }


def as_facts(columns, row):
    facts = {name: values[row] for name, values in columns.items() if values[row] is not None}
    if "children" in facts:
        facts["children"] = [{name: value for name, value in child.items() if value is not None} for child in facts["children"]]
    return facts


@pytest.mark.parametrize("kind", ["list", "large list", "slice", "chunks"])
def test_lists_and_inputs_of_two_facts(kind):
    pack = tutela.parse_pack(FAMILY)
    columns = families(300)
    child = pa.struct([("birth_date", pa.date32()), ("disabled", pa.bool_())])
    lists = pa.large_list(child) if kind == "large list" else pa.list_(child)
    table = pa.table({"children": pa.array(columns["children"], lists), "income": columns["income"], "rent": columns["rent"]})
    if kind == "slice":
        table = pa.concat_tables([table, table]).slice(300)
    if kind == "chunks":
        table = pa.Table.from_batches(table.to_batches(max_chunksize=41))
    answers = pack.decide_batch(table, missing=True)
    assert answers.decisions["help"]["in_columns"], answers.decisions["help"]["reason"]
    verdicts = [pack.decide(as_facts(columns, row))["help"] for row in range(300)]
    assert rows_of(answers, ["help"]) == [{"help": (v.outcome, v.value, list(v.missing))} for v in verdicts]
    assert {v.outcome for v in verdicts} == {"known", "unknown"}
    assert answers.explain(table, 7)["help"].value == verdicts[7].value


def test_lists_that_are_not_read_are_named():
    pack = tutela.parse_pack(FAMILY)
    with pytest.raises(tutela.InputError) as failure:
        pack.decide_batch(pa.table({"children": pa.array([[{"birth_date": "x", "disabled": 1}]])}))
    assert {each.pointer for each in failure.value.diagnostics} == {"/children.birth_date", "/children.disabled"}


def test_columns_have_other_names_and_nulls_other_meanings(grant):
    table = pa.table({"AGE": pa.array([30, 30], pa.int8()), "status": ["resident", None]})
    columns = {"age": "AGE", "status": {"nulls": "uncertain"}}
    rows = pa.table(grant.decide_batch(table, decisions="eligible", columns=columns)).to_pylist()
    assert rows[0] == {"eligible": False, "eligible.outcome": "known"}
    assert rows[1]["eligible.outcome"] == "unknown"  # since when is still to be asked
    table = pa.table({"age": [30.0, float("nan")]})
    with pytest.raises(tutela.InputError, match="doubles"):
        grant.decide_batch(table)
    whole = {"age": {"doubles": "whole_numbers", "nans": "null"}}
    assert len(grant.decide_batch(table, columns=whole)) == 2
    with pytest.raises(tutela.InputError, match="NaN"):
        grant.decide_batch(table, columns={"age": {"doubles": "whole_numbers"}})


def test_everything_that_does_not_fit_is_told_at_once(grant):
    table = pa.table(
        {
            "age": ["old"],
            "income": [[1]],
            "since": pa.array([datetime.datetime(2020, 1, 1)], pa.timestamp("us", "Europe/Chisinau")),
            "disabled": [1],
        }
    )
    with pytest.raises(tutela.InputError) as failure:
        grant.decide_batch(table, columns={"cuonty": "x"})
    assert {each.pointer for each in failure.value.diagnostics} == {"/age", "/income", "/since", "/disabled", "/x"}


def test_a_column_that_looks_like_a_missing_fact_is_a_warning(grant):
    table = pa.table({"age": [30], "incme": [1], "office": ["a"]})
    meant = "incme: warning TUT-203: nothing reads a fact of this name; is income meant"
    with pytest.warns(UserWarning, match=meant):
        assert len(grant.decide_batch(table)) == 1
    with pytest.warns(UserWarning, match=meant) as told:
        tutela.compare_batch(table, grant, grant)
    assert len(told) == 1, "once, though both sides would say it"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        grant.decide_batch(table, columns={"income": "incme"})


def test_a_decision_that_no_pack_has_is_a_warning(grant):
    table = pa.table({"age": [30]})
    for ask in (
        lambda: grant.decide({"age": 30}, decisions=["eligibel"]),
        lambda: grant.ask({"age": 30}, decisions="eligibel"),
        lambda: grant.decision("eligibel"),
        lambda: grant.timeline({"age": 30}, "eligibel", "2026-01-01", "2026-02-01"),
        lambda: grant.counterfactual({"age": 30}, "eligibel"),
        lambda: grant.decide_batch(table, decisions=["eligibel"]),
        lambda: tutela.compare_batch(table, grant, grant, decisions=["eligibel"]),
    ):
        with pytest.warns(UserWarning, match="no decision 'eligibel'.*is eligible meant") as told:
            ask()
        assert len(told) == 1
    with pytest.raises(KeyError, match="eligibel; is eligible meant"):
        grant.decide({"age": 30})["eligibel"]


def test_a_comparison_may_ask_for_what_one_pack_has():
    one, other = (tutela.parse_pack(GRANT.read_text().replace("eligible", name)) for name in ("eligible", "helped"))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        tutela.compare_batch(pa.table({"age": [30]}), one, other, decisions=["eligible", "helped"])


def test_misuse_is_told(grant):
    with pytest.raises(TypeError, match="__arrow_c_stream__.*this is a list"):
        grant.decide_batch([1, 2])
    with pytest.raises(tutela.InputError, match="no column of the table.*is age meant"):
        grant.decide_batch(pa.table({"agee": [1]}))
    with pytest.raises(tutela.InputError):
        grant.decide_batch(pa.array([1, 2]))
    with pytest.raises(tutela.ContractViolation):
        grant.decide_batch(pa.table({"age": [1]}), columns={"age": {"nulls": "whatever"}})
    with pytest.raises(tutela.ContractViolation):
        grant.decide_batch(pa.table({"age": [1]}), columns={"age": {"colour": "red"}})


def test_an_empty_table_has_empty_answers(grant):
    assert len(grant.decide_batch(arrow(people(0)))) == 0
    assert pa.table(grant.decide_batch(arrow(people(0)))).num_rows == 0


def test_several_threads_share_a_pack(grant):
    expected = rows_of(grant.decide_batch(arrow(people(500)), missing=True))
    found = [None] * 4

    def run(place):
        found[place] = rows_of(grant.decide_batch(arrow(people(500)), missing=True))

    threads = [threading.Thread(target=run, args=(place,)) for place in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4


def test_a_shipped_pack(child_protection):
    days = ["2015-03-14", None, "2008-03-02", "2026-01-01", "1990-05-05"]
    table = pa.table({"person.birth_date": pa.array([d and datetime.date.fromisoformat(d) for d in days], pa.date32())})
    names = list(child_protection.decide({}, on="2026-03-02"))
    rows = pa.table(child_protection.decide_batch(table, on="2026-03-02", missing=True)).to_pylist()
    for day, row in zip(days, rows):
        verdicts = child_protection.decide({"person.birth_date": day}, on="2026-03-02")
        assert [row[f"{name}.outcome"] for name in names] == [verdicts[name].outcome for name in names]
        assert [row[f"{name}.missing"] for name in names] == [list(verdicts[name].missing) for name in names]


def test_any_number_of_threads_gives_the_same_answers(grant):
    columns = people(200)
    table = pa.concat_tables([arrow(columns)] * 700).combine_chunks()  # 140,000 rows in one array
    one = pa.table(grant.decide_batch(table, decisions=["eligible", "amount"], missing=True, threads=1))
    two = pa.table(grant.decide_batch(table, decisions=["eligible", "amount"], missing=True, threads=2))
    assert one["eligible"].num_chunks == 1 and two["eligible"].num_chunks == 2
    for name in one.column_names:
        assert one[name].to_pylist() == two[name].to_pylist()


def test_a_row_is_explained_as_the_person_is(grant):
    columns = people(60, seed=4)
    table = arrow(columns)
    answers = grant.decide_batch(table)
    assert answers.pack_digest == grant.digest
    for row in (0, 31, 59):
        facts = {name: values[row] for name, values in columns.items()}
        expected = grant.decide(facts)
        explained = answers.explain(table, row)
        assert list(explained) == list(answers.decisions) == list(expected)
        for name, verdict in explained.items():
            assert verdict.explain("ro") == expected[name].explain("ro")
            assert verdict.prove() == expected[name].prove()
    with pytest.raises(tutela.ContractViolation):
        answers.explain(table, 60)
    with pytest.raises(tutela.InputError, match="not the one"):
        answers.explain(arrow(people(60, seed=5)), 31)


REFORM = GRANT.read_text(encoding="utf-8").replace("<text>&lt; 18</text>", "<text>&lt; 16</text>").replace("320.25", "400")


def test_a_reform_is_counted_by_group_with_examples(grant):
    columns = people(400, seed=11)
    table = arrow(columns).append_column("county", pa.array([["north", "south", None][row % 3] for row in range(400)]))
    reform = tutela.parse_pack(REFORM)
    found = tutela.compare_batch(table, grant, reform, by="county", decisions=["eligible", "amount"])
    lines = pa.table(found).to_pylist()
    assert found.rows == 400 and len(lines) == len(found)
    sums = {"before.total", "after.total", "difference", "difference.least", "difference.most"}
    assert set(lines[0]) == {"county", "decision", "change", "before", "before.outcome", "after", "after.outcome", "rows", "examples"} | sums
    assert sum(line["rows"] for line in lines) == 800
    assert {line["county"] for line in lines} == {"north", "south", None}
    assert found.changes["eligible"]["loses"] > 0 and found.changes["amount"]["gains"] > 0
    for line in lines:
        for row in line["examples"]:
            facts = {name: values[row] for name, values in columns.items()}
            was, now = grant.decide(facts)[line["decision"]], reform.decide(facts)[line["decision"]]
            assert (line["before.outcome"], line["after.outcome"]) == (was.outcome, now.outcome)
            same = (was.outcome, was.value) == (now.outcome, now.value)
            assert (line["change"] == "same") == same
    with pytest.raises(tutela.InputError, match="no column 'region'"):
        tutela.compare_batch(table, grant, reform, by="region")


TAX = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="tax" namespace="urn:test:tax">
  <inputData id="in_pay" name="pay"><variable name="pay" typeRef="number"/></inputData>
  <inputData id="in_born" name="born"><variable name="born" typeRef="date"/></inputData>
  <decision id="d_tax" name="tax">
    <variable name="tax" typeRef="number"/>
    <informationRequirement><requiredInput href="#in_pay"/></informationRequirement>
    <decisionTable hitPolicy="FIRST">
      <input><inputExpression><text>pay</text></inputExpression></input>
      <output><defaultOutputEntry><text>pay * 0.075</text></defaultOutputEntry></output>
      <rule><inputEntry><text>&lt; 500</text></inputEntry><outputEntry><text>0</text></outputEntry></rule>
    </decisionTable>
  </decision>
  <decision id="d_until" name="until">
    <variable name="until" typeRef="date"/>
    <informationRequirement><requiredInput href="#in_born"/></informationRequirement>
    <literalExpression><text>born + duration("P18Y")</text></literalExpression>
  </decision>
</definitions>"""


@pytest.fixture
def wages():
    draw = random.Random(21)
    pay = [None if draw.random() < 0.1 else Decimal(draw.randrange(400_000)) / 100 for _ in range(500)]
    born = [None if draw.random() < 0.1 else datetime.date(1990, 1, 1) + datetime.timedelta(days=draw.randrange(9000)) for _ in range(500)]
    return pa.table({"pay": pa.array(pay, pa.decimal128(18, 2)), "born": pa.array(born, pa.date32()), "town": pa.array(["a", "b"] * 250)})


def test_computed_amounts_are_decimals_and_days(wages):
    """Every amount is exactly what the pack answers to the person, in a column whose type no row has a say in."""
    law = tutela.parse_pack(TAX)
    answers = pa.table(law.decide_batch(wages, threads=1))
    assert answers.schema.field("tax").type == pa.decimal128(38, 5) and answers.schema.field("until").type == pa.date32()
    assert answers.schema == pa.table(law.decide_batch(wages.slice(0, 0))).schema
    for row, person in enumerate(wages.select(["pay", "born"]).to_pylist()):
        expected = law.decide({name: value for name, value in person.items() if value is not None})
        for name in ("tax", "until"):
            known = expected[name].outcome == "known"
            assert answers[name][row].as_py() == (expected[name].value if known else None)
            assert answers[f"{name}.outcome"][row].as_py() == expected[name].outcome


def test_a_reform_of_amounts_is_summed_by_group(wages):
    """Who gains, who loses, how much, and what it costs: as plain Python adds it up."""
    law, reform = tutela.parse_pack(TAX), tutela.parse_pack(TAX.replace("0.075", "0.08").replace("P18Y", "P30D"))
    found = tutela.compare_batch(wages, law, reform, by="town", threads=1)
    before, after = (pa.table(pack.decide_batch(wages)).to_pydict() for pack in (law, reform))
    expected = collections.defaultdict(list)
    for row, town in enumerate(wages["town"].to_pylist()):
        was, now = before["tax"][row], after["tax"][row]
        change = "same" if was == now else "gains" if was < now else "loses"
        expected[town, change, was is None].append((was or 0, now or 0))
    lines = [line for line in pa.table(found).to_pylist() if line["decision"] == "tax"]
    assert len(lines) == len(expected) == 6
    for line in lines:
        unknown = line["before.total"] is None
        pairs = expected[line["town"], line["change"], unknown]
        assert line["rows"] == len(pairs) and line["before"] is None
        if unknown:
            continue
        more = [now - was for was, now in pairs]
        assert line["before.total"] == sum(was for was, _ in pairs) and line["after.total"] == sum(now for _, now in pairs)
        assert (line["difference"], line["difference.least"], line["difference.most"]) == (sum(more), min(more), max(more))
    days = sum((one - other).days for one, other in zip(after["until"], before["until"]) if one is not None)
    tax = sum(now - was for pairs in expected.values() for was, now in pairs)
    assert found.differences == {"tax": tax, "until": days}
    assert found.changes["until"] == {"differs": 500 - before["until"].count(None), "same": before["until"].count(None)}


def test_groups_are_the_same_in_every_layout_and_array(grant):
    """The values of several columns, in arrays whose dictionaries differ in order, with nulls: counted as plain Python counts them."""
    draw = random.Random(12)
    values = {
        "county": {"north": "north", "south": "south", "": "", None: None},
        "sum": {"1.5": Decimal("1.50"), "-2": Decimal("-2.00"), "256": Decimal("256.00"), None: None},
        "day": {'@"1969-12-31"': datetime.date(1969, 12, 31), '@"2026-03-02"': datetime.date(2026, 3, 2), None: None},
        "flag": {"true": True, "false": False, None: None},
    }
    texts = {name: [draw.choice(list(meant)) for _ in range(400)] for name, meant in values.items()}
    made = {name: pa.array([values[name][text] for text in column]) for name, column in texts.items()}
    orders = [["north", "south", ""], ["", "north", "south"]]
    parts = [pa.DictionaryArray.from_arrays(pa.array([None if word is None else order.index(word) for word in words]), order)
             for order, words in zip(orders, (texts["county"][:150], texts["county"][150:]))]
    table = arrow(people(400, seed=11))
    for name, column in {**made, "county": pa.chunked_array(parts)}.items():
        table = table.append_column(name, column)
    counted = collections.Counter()
    for line in pa.table(tutela.compare_batch(table, grant, grant, by=list(values), decisions="eligible")).to_pylist():
        counted[tuple(line[name] for name in values)] += line["rows"]
    assert counted == collections.Counter(zip(*texts.values()))


def test_two_days_of_one_law_are_compared(child_protection):
    born = [datetime.date(2008, 3, 2) + datetime.timedelta(days=step) for step in range(-5, 5)]
    table = pa.table({"person.birth_date": pa.array(born, pa.date32())})
    found = tutela.compare_batch(table, child_protection, child_protection, on="2026-03-01", after_on="2026-03-03", decisions="is_child")
    assert found.changes == {"is_child": {"same": 8, "loses": 2}}


@pytest.mark.parametrize("name, expected", [("uk/lds", {"known"}), ("demo/family_risk", {"known", "open"})])  # the first assumes what is missing
def test_instruments_are_scored_in_the_same_run(grant, name, expected):
    scale = tutela.load_instrument(name)
    draw = random.Random(3)
    columns = people(120)
    facts = {fact_name: [draw.choice([*fact["allowed"], None]) if fact["type"] == "string" else draw.choice([True, False, None]) if fact["type"] == "boolean" else draw.choice([None, *range(4)])
                    for _ in range(120)] for fact_name, fact in scale.facts.items()}
    table = arrow(columns)
    for fact_name, values in facts.items():
        table = table.append_column(fact_name, pa.array(values))
    alone = rows_of(grant.decide_batch(arrow(columns), decisions=["eligible", "amount"], missing=True))
    found = grant.decide_batch(table, decisions=["eligible", "amount"], instruments=[scale], jurisdiction="GB-EAW", missing=True)
    states = set()
    for row, line in enumerate(pa.table(found).to_pylist()):
        one = scale.score({fact_name: values[row] for fact_name, values in facts.items() if values[row] is not None}, jurisdiction="GB-EAW")
        states.add(one.state)
        assert line[f"{name}.state"] == one.state and (line[f"{name}.band"] or "") == (one.band or "")
        assert line[f"{name}.missing"] == list(one.missing)
        assert (line["eligible.outcome"], line["eligible"], line["eligible.missing"]) == alone[row]["eligible"]
        if one.state in ("known", "open"):
            assert (line[f"{name}.total.lowest"], line[f"{name}.total.highest"]) == (one.total.lowest, one.total.highest)
        else:
            assert line[f"{name}.total"] is None and line[f"{name}.reason"]
    assert states == expected


def test_instruments_elsewhere_and_for_no_purpose(grant):
    scale = tutela.load_instrument("uk/lds")
    table = arrow(people(20)).append_column("probation.no_fixed_abode", pa.array([True] * 20))
    elsewhere = pa.table(grant.decide_batch(table, instruments=["uk/lds"])).to_pylist()[0]
    assert elsewhere["uk/lds.state"] == "not_applicable" and "jurisdiction" in elsewhere["uk/lds.reason"]
    for alone in ("uk/lds", scale):
        assert pa.table(grant.decide_batch(table, instruments=alone)).to_pylist()[0] == elsewhere
    with pytest.raises(tutela.ContractViolation, match="purpose"):
        grant.decide_batch(table, instruments=[scale], purpose="fun")


NEEDS = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="needs" name="needs" namespace="urn:needs">
<itemDefinition name="tNeed"><typeRef>string</typeRef><allowedValues><text>"housing", "school"</text></allowedValues></itemDefinition>
<itemDefinition name="tNeeds" isCollection="true"><typeRef>tNeed</typeRef></itemDefinition>
<inputData id="needs" name="needs"><variable name="needs" typeRef="tNeeds"/></inputData>
<decision id="d" name="housing"><variable name="housing" typeRef="boolean"/><informationRequirement><requiredInput href="#needs"/></informationRequirement>
<decisionTable hitPolicy="FIRST"><input><inputExpression><text>some need in needs satisfies need = "housing"</text></inputExpression></input>
<output><defaultOutputEntry><text>false</text></defaultOutputEntry></output>
<rule><inputEntry><text>true</text></inputEntry><outputEntry><text>true</text></outputEntry></rule></decisionTable></decision>
</definitions>"""


def test_an_element_that_is_not_allowed_is_no_answer(tmp_path):
    (tmp_path / "needs.dmn").write_text(NEEDS)
    pack = tutela.load_pack(tmp_path / "needs.dmn")
    needs = [["school"], ["castle"], ["school", "castle"], ["castle", "housing"], []] * 3
    found = pack.decide_batch(pa.table({"needs": pa.array(needs, pa.list_(pa.string()))}))
    outcomes = [row["housing.outcome"] for row in pa.table(found).to_pylist()]
    # Where another element settles it, the wrong one changes nothing.
    assert outcomes == ["known", "error", "error", "known", "known"] * 3
    sound = [row for row in needs if "castle" not in row]
    assert [verdicts["housing"][0] for verdicts in one_by_one(pack, {"needs": sound})] == ["known"] * len(sound)
    # One case by itself is refused, with the place of the element and not its value.
    for row in needs:
        if "castle" not in row:
            continue
        with pytest.raises(tutela.InputError) as caught:
            pack.decide({"needs": row})
        (wrong,) = caught.value.diagnostics
        assert (wrong.code, wrong.pointer) == ("TUT-202", f"needs[{row.index('castle') + 1}]") and "castle" not in str(caught.value)


DRAWN = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="drawn" name="drawn" namespace="urn:drawn">
  <itemDefinition name="tExtras" isCollection="true"><typeRef>number</typeRef></itemDefinition>
  <inputData id="in_pay" name="pay"><variable name="pay" typeRef="number"/></inputData>
  <inputData id="in_born" name="born"><variable name="born" typeRef="date"/></inputData>
  <inputData id="in_extras" name="extras"><variable name="extras" typeRef="tExtras"/></inputData>
  <decision id="d_amount" name="amount"><variable name="amount"/>
    <informationRequirement><requiredInput href="#in_pay"/></informationRequirement>
    <informationRequirement><requiredInput href="#in_extras"/></informationRequirement>
    <decisionTable hitPolicy="FIRST"><input><inputExpression><text>pay</text></inputExpression></input><output/>
      <rule><inputEntry><text>&lt; {limit}</text></inputEntry><outputEntry><text>{small}</text></outputEntry></rule>
      <rule><inputEntry><text>&gt; {limit}</text></inputEntry><outputEntry><text>{amount}</text></outputEntry></rule>
    </decisionTable>
  </decision>
  <decision id="d_until" name="until"><variable name="until" typeRef="date"/>
    <informationRequirement><requiredInput href="#in_born"/></informationRequirement>
    <literalExpression><text>born + duration("{wait}")</text></literalExpression>
  </decision>
</definitions>"""


def drawn_law(draw):
    amounts = ["pay * 0.075", "pay - 12.505", "sum(extras) * 0.5", "pay + count(extras)", "sum(for x in extras return x * 0.25) - pay", "max(extras) + pay",
               "if pay > 900 then null else pay / 8"]
    return tutela.parse_pack(DRAWN.format(limit=draw.choice(["0", "50.25", "700"]), small=draw.choice(["0", "-1.5", "null", "pay", "max(extras)"]),
                                          amount=draw.choice(amounts).replace(">", "&gt;"), wait=draw.choice(["P18Y", "P30D", "P7M"])))


@pytest.mark.parametrize("seed", range(6))
def test_drawn_laws_are_answered_as_alone_and_compared_as_decimals_add_up(seed):
    """Two drawn laws over a drawn table in slices: each row as `decide` answers it, each sum of a reform as decimals add up row by row."""
    draw = random.Random(seed)

    def maybe(value):
        return None if draw.random() < 0.12 else value

    rows = [
        {
            "pay": maybe(Decimal(draw.randrange(-20_000, 200_000)) / 100),
            "born": maybe(datetime.date(1940, 1, 1) + datetime.timedelta(days=draw.randrange(31_000))),
            "extras": maybe([Decimal(draw.randrange(-50, 900)) / 10 for _ in range(draw.randrange(4))]),
        }
        for _ in range(160)
    ]
    types = {"pay": pa.decimal128(18, 2), "born": pa.date32(), "extras": pa.list_(pa.decimal128(9, 1)), "town": pa.string()}
    towns = [draw.choice("abc") for _ in rows]
    table = pa.table({name: pa.array(towns if name == "town" else [row[name] for row in rows], kind) for name, kind in types.items()})
    first, last = draw.randrange(9), 160 - draw.randrange(9)
    table, rows, towns = table.slice(first, last - first), rows[first:last], towns[first:last]
    laws = [drawn_law(draw), drawn_law(draw)]
    sides = [pa.table(law.decide_batch(table, threads=1)).to_pydict() for law in laws]
    for law, side in zip(laws, sides):
        for row, person in enumerate(rows):
            for name, verdict in law.decide({fact: value for fact, value in person.items() if value is not None}).items():
                assert side[f"{name}.outcome"][row] == verdict.outcome
                held = verdict.outcome == "known" and verdict.value is not tutela.NONE
                assert side[name][row] == (verdict.value if held else None)
    sums = collections.Counter()
    for row, town in enumerate(towns):
        for decision in ("amount", "until"):
            was, now = (side[decision][row] for side in sides)
            if decision == "amount":
                sums[town, "before"] += was or 0
                sums[town, "after"] += now or 0
            if was is not None and now is not None:
                sums[town, decision] += now - was if decision == "amount" else (now - was).days
    found = collections.Counter()
    lines = pa.table(tutela.compare_batch(table, *laws, by="town", threads=1)).to_pylist()
    for line in lines:
        for name, total in ((line["decision"], "difference"), ("before", "before.total"), ("after", "after.total")):
            found[line["town"], name] += line[total] or 0
    assert {key: value for key, value in found.items() if value} == {key: value for key, value in sums.items() if value}
    assert sum(line["rows"] for line in lines) == 2 * len(rows)


def test_an_amount_that_its_column_cannot_hold_leaves_the_other_rows():
    """Such a row is an error that is counted; the law's answer is there for whoever asks about the row."""
    digits = "0." + "0" * 37 + "1"
    law = tutela.parse_pack(DRAWN.format(limit="0", small=digits, amount="pay * 2", wait="P18Y"))
    table = pa.table({"pay": pa.array([Decimal("-1.00"), Decimal("0.25"), Decimal("1.00")], pa.decimal128(18, 2))})
    batch = law.decide_batch(table, decisions="amount")
    answers = pa.table(batch).to_pydict()
    assert answers == {"amount": [Decimal(digits), Decimal("0.5"), None], "amount.outcome": ["known", "known", "error"]}
    assert batch.decisions["amount"]["beyond"] == 1
    assert law.decide({"pay": Decimal(1)})["amount"].value == Decimal(2)
    assert batch.explain(table, 2)["amount"].value == Decimal(2)

# SPDX-License-Identifier: Apache-2.0
"""The functions of `tutela.duckdb_extension`: every row as `Pack.decide` answers it, misuse as errors of SQL."""

import datetime
import json
import os
import pathlib
import random
from decimal import Decimal

import pytest

import tutela

duckdb = pytest.importorskip("duckdb")
pa = pytest.importorskip("pyarrow")
ROOT = pathlib.Path(__file__).resolve().parents[2]
EXTENSION = pathlib.Path(os.environ.get("TUTELA_DUCKDB_EXTENSION", ROOT / "build/dev/bindings/duckdb/tutela.duckdb_extension"))
pytestmark = pytest.mark.skipif(not EXTENSION.exists(), reason=f"{EXTENSION} was not built")

GRANT = pathlib.Path(__file__).with_name("grant.dmn")

FACTS = "{'age': age, 'income': income, 'status': status, 'since': since, 'disabled': disabled}"
DECISIONS = ("eligible", "poor", "amount", "net")


@pytest.fixture(scope="module")
def grant():
    return GRANT


@pytest.fixture
def connection():
    made = duckdb.connect(config={"allow_unsigned_extensions": "true"})
    made.execute(f"LOAD '{EXTENSION}'")
    yield made
    made.close()


def people(rows, seed):
    draw = random.Random(seed)

    def maybe(value):
        return None if draw.random() < 0.15 else value

    return [
        (
            number,
            maybe(draw.randrange(0, 90)),
            maybe(Decimal(draw.randrange(0, 300_000)) / 100),
            maybe(draw.choice(["citizen", "resident", "refugee of the war"])),
            maybe(datetime.date(2019, 1, 1) + datetime.timedelta(days=draw.randrange(800))),
            maybe(draw.random() < 0.3),
        )
        for number in range(rows)
    ]


def store(connection, rows):
    types = {"id": pa.int32(), "age": pa.int16(), "income": pa.decimal128(12, 2), "status": pa.string(), "since": pa.date32(), "disabled": pa.bool_()}
    given = pa.table({name: pa.array(values, kind) for (name, kind), values in zip(types.items(), zip(*rows))})
    connection.register("given", given)
    connection.execute("create table people as select * from given")
    connection.unregister("given")


def scalar(pack, row):
    names = ("age", "income", "status", "since", "disabled")
    return pack.decide({name: value for name, value in zip(names, row[1:]) if value is not None})


def written(value):
    if value is tutela.NONE:  # there is none: NULL, and the outcome says that it is known
        return None
    return None if value is None else str(value).lower() if isinstance(value, bool) else format(value, "f") if isinstance(value, Decimal) else str(value)


def test_every_row_is_answered_as_one_person(connection, grant):
    pack = tutela.load_pack(grant)
    rows = people(2100, seed=3)  # more than one vector
    store(connection, rows)
    verdicts = [scalar(pack, row) for row in rows]
    seen = set()
    for decision in DECISIONS:
        found = connection.execute(
            f"select a.outcome, a.value, m from (select id, tutela_decide($pack, $decision, null, {FACTS}) as a,"
            f" tutela_missing($pack, $decision, null, {FACTS}) as m from people) order by id",
            {"pack": str(grant), "decision": decision},
        ).fetchall()
        assert len(found) == len(rows)
        for verdict, (outcome, value, missing) in zip((each[decision] for each in verdicts), found):
            value_as_number = None if value is None or decision in ("eligible", "poor") else Decimal(value)
            expected = written(verdict.value) if decision in ("eligible", "poor") else verdict.value
            assert (outcome, value if value_as_number is None else value_as_number) == (verdict.outcome, expected)
            assert missing == list(verdict.missing)
            seen.add((decision, outcome))
    assert {("eligible", "unknown"), ("eligible", "known"), ("amount", "unknown"), ("net", "known"), ("net", "unknown")} <= seen


@pytest.mark.parametrize("width", [1, 7, 8, 9, 17, 64, 65, 130])
def test_lists_of_booleans_are_the_single_answers(connection, grant, width):
    store(connection, people(2050, seed=width))
    names = [("eligible", "poor")[i % 3 % 2] for i in range(width)]  # a decision may stand in a list more than once
    found = connection.execute(
        f"select tutela_booleans($pack, $names, null, {FACTS}), tutela_boolean($pack, 'eligible', null, {FACTS}),"
        f" tutela_boolean($pack, 'poor', null, {FACTS}), tutela_decide($pack, 'poor', null, {FACTS}) from people order by id",
        {"pack": str(grant), "names": names},
    ).fetchall()
    assert {None, True, False} == {poor for _, _, poor, _ in found}
    for answers, eligible, poor, verdict in found:
        single = {"eligible": eligible, "poor": poor}
        assert answers == [single[name] for name in names]
        assert verdict == {"outcome": "unknown" if poor is None else "known", "value": written(poor)}


def test_each_row_may_have_its_list_of_decisions(connection, grant):
    """Lists of other lengths begin in the middle of bytes and words."""
    store(connection, people(3000, seed=12))
    lists = [["poor"], ["eligible", "poor", "poor"], ["poor"] * 70 + ["eligible"], ["eligible"] * 8]
    draw = random.Random(12)
    chosen = [which for which in draw.choices(range(len(lists)), k=600) for _ in range(draw.randrange(1, 12))][:3000]
    connection.execute("create table chosen as select unnest($chosen) as which, generate_subscripts($chosen, 1) - 1 as id", {"chosen": chosen})
    names = f"({lists})[which + 1]"
    found = connection.execute(
        f"select which, tutela_booleans($pack, {names}, null, {FACTS}), tutela_boolean($pack, {names}[1], null, {FACTS}),"
        f" tutela_boolean($pack, 'eligible', null, {FACTS}), tutela_boolean($pack, 'poor', null, {FACTS})"
        " from people join chosen using (id) order by id",
        {"pack": str(grant)},
    ).fetchall()
    assert len(found) == 3000
    for which, answers, first, eligible, poor in found:
        assert answers == [{"eligible": eligible, "poor": poor}[name] for name in lists[which]] and first == answers[0]


@pytest.mark.parametrize(
    "change",
    [
        "age::tinyint as age", "age::utinyint as age", "age::usmallint as age", "age::integer as age", "age::uinteger as age",
        "age::bigint as age", "age::ubigint as age", "age::hugeint as age", "age::decimal(4, 1) as age", "age::decimal(9, 3) as age",
        "income::decimal(18, 2) as income", "income::decimal(38, 4) as income", "since::timestamp as since", "since::timestamp_s as since",
        "since::timestamp_ms as since", "since::timestamp_ns as since",
        "status::enum('resident', 'nobody has this', 'citizen', 'refugee of the war') as status",
    ],
)  # fmt: skip
def test_every_type_that_holds_the_fact_gives_the_same(connection, grant, change):
    store(connection, people(2050, seed=8))
    ask = f"select id, tutela_booleans('{grant}', ['eligible', 'poor'], null, {FACTS}) from SOURCE order by id"
    expected = connection.execute(ask.replace("SOURCE", "people")).fetchall()
    assert connection.execute(ask.replace("SOURCE", f"(select * replace ({change}) from people)")).fetchall() == expected


@pytest.mark.parametrize(
    "source",
    [
        "(select * from people where id % 3 = 1)",
        "(select people.* from people, range(3) t(copy))",
        "(select * from people order by age, id limit 100)",
        "(select * replace (12 as age, null::boolean as disabled, 'citizen' as status) from people)",
        "(select * from people limit 0)",
    ],
)
def test_whatever_shape_the_vectors_have(connection, grant, source):
    """Filters, joins and constants make vectors that repeat and skip values; written to a table they are plain."""
    store(connection, people(2500, seed=9))
    ask = f"select id, tutela_booleans('{grant}', ['eligible', 'poor'], null, {FACTS}) as a from SOURCE order by all"
    connection.execute(f"create table plain as select * from {source}")
    assert connection.execute(ask.replace("SOURCE", source)).fetchall() == connection.execute(ask.replace("SOURCE", "plain")).fetchall()


def test_a_row_of_a_table_is_its_facts_and_structs_have_dots(connection, child_protection):
    connection.execute("create table child as select {'birth_date': date '2025-01-10'} as person, {'vulnerable': null::boolean} as family")
    connection.execute("insert into child values ({'birth_date': date '2025-01-10'}, {'vulnerable': true}), (null, {'vulnerable': true}), (null, null)")
    ask = "select tutela_decide('md/child-protection', 'day_service', '2026-03-02', child), tutela_missing('md/child-protection', 'day_service', '2026-03-02', child) from child"
    found = connection.execute(ask).fetchall()
    on = datetime.date(2026, 3, 2)
    born = datetime.date(2025, 1, 10)
    for facts, (answer, missing) in zip(
        ({"person.birth_date": born}, {"person.birth_date": born, "family.vulnerable": True}, {"family.vulnerable": True}, {}), found
    ):
        verdict = child_protection.decide(facts, on)["day_service"]
        assert answer == {"outcome": verdict.outcome, "value": written(verdict.value)} and missing == list(verdict.missing)
    assert [answer["outcome"] for answer, _ in found] == ["unknown", "known", "unknown", "unknown"]


def test_a_struct_that_is_null_has_no_facts(connection, grant):
    found = connection.execute(
        f"select tutela_decide('{grant}', 'eligible', null, facts) from (select case when i = 0 then null else {{'age': 4}} end as facts from range(2) t(i)) order by all"
    ).fetchall()
    assert sorted((answer["outcome"], answer["value"]) for (answer,) in found) == [("known", "true"), ("unknown", None)]


def test_each_row_may_have_its_day_decision_and_pack(connection, grant, child_protection):
    connection.execute(
        "create table asked as select i, date '2026-03-02' + (i % 40)::integer * 30 as day, ['day_service', 'guardianship_form'][1 + i % 2] as decision from range(500) t(i)"
    )
    born = datetime.date(2010, 3, 2)
    found = connection.execute(
        "select day, decision, tutela_decide('md/child-protection', decision, day, {'person.birth_date': $born}) as a from asked order by i", {"born": born}
    ).fetchall()
    for day, decision, answer in found:
        verdict = child_protection.decide({"person.birth_date": born}, day)[decision]
        assert answer["outcome"] == verdict.outcome
    mixed = connection.execute(
        f"select tutela_decide(case when i = 0 then '{grant}' else 'md/child-protection' end, case when i = 0 then 'eligible' else 'day_service' end, date '2026-03-02', {{'age': 3}}) from range(1) t(i)"
    ).fetchall()
    assert mixed == [({"outcome": "known", "value": "true"},)]


def test_threads_give_the_same_answers(connection, grant):
    store(connection, people(1000, seed=10))
    connection.execute("create table many as select people.* replace (people.id + 1000 * copy as id) from people, range(100) t(copy)")
    ask = f"select id, tutela_booleans('{grant}', ['eligible', 'poor'], null, {FACTS}) as a from many order by id"
    connection.execute("set threads = 1")
    one = connection.execute(f"select count(*), md5(string_agg(id || a::varchar, ';' order by id)) from ({ask})").fetchall()
    connection.execute("set threads = 4")
    assert connection.execute(f"select count(*), md5(string_agg(id || a::varchar, ';' order by id)) from ({ask})").fetchall() == one
    assert one[0][0] == 100_000


def test_explanations_are_in_the_language_asked_for(connection, child_protection):
    """Each explanation is that of the proof, which names the fact, the rule and the act."""
    born = datetime.date(2025, 1, 10)
    ask = "select tutela_explain('md/child-protection', 'day_service', '2026-03-02', {'person.birth_date': $born, 'family.vulnerable': true}$language)"
    verdict = child_protection.decide({"person.birth_date": born, "family.vulnerable": True}, datetime.date(2026, 3, 2))["day_service"]
    for language in ("en", "ro", "uk", "ru"):
        ((text,),) = connection.execute(ask.replace("$language", f", '{language}'"), {"born": born}).fetchall()
        whole = verdict.explain(language).splitlines()
        assert len(text.splitlines()) > 5 and set(text.splitlines()) <= set(whole)  # the package also looks for minimal reasons
        if language == "en":
            assert connection.execute(ask.replace("$language", ""), {"born": born}).fetchall() == [(text,)]


TESTS = {
    "any": "some child in children satisfies child.disabled",
    "young": 'every child in children satisfies child.birth_date >= date("2013-06-01")',
    "many": "count(children) >= 3",
    "failed": "some child in children satisfies some grade in child.grades satisfies grade < 4.5",
    "near": 'some child in children satisfies child.school = "the second school of the town"',
    "earns": "some income in incomes satisfies income > 900.5",
}
DECIDED = "\n".join(
    f'''<decision id="d_{name}" name="{name}"><variable name="{name}" typeRef="boolean"/>
 <informationRequirement><requiredInput href="#in_{'incomes' if name == 'earns' else 'children'}"/></informationRequirement>
 <literalExpression><text>{text.replace("<", "&lt;").replace(">", "&gt;")}</text></literalExpression></decision>'''
    for name, text in TESTS.items()
)
FAMILY = f"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="family" name="family" namespace="urn:family">
<itemDefinition name="tGrades" isCollection="true"><typeRef>number</typeRef></itemDefinition>
<itemDefinition name="tChildren" isCollection="true">
 <itemComponent name="birth_date"><typeRef>date</typeRef></itemComponent>
 <itemComponent name="disabled"><typeRef>boolean</typeRef></itemComponent>
 <itemComponent name="school"><typeRef>string</typeRef></itemComponent>
 <itemComponent name="grades"><typeRef>tGrades</typeRef></itemComponent></itemDefinition>
<inputData id="in_children" name="children"><variable name="children" typeRef="tChildren"/></inputData>
<inputData id="in_incomes" name="incomes"><variable name="incomes" typeRef="tGrades"/></inputData>
{DECIDED}</definitions>"""
LISTS = "{'children': children, 'incomes': incomes}"


@pytest.fixture(scope="module")
def family(tmp_path_factory):
    file = tmp_path_factory.mktemp("family") / "family.dmn"
    file.write_text(FAMILY)
    return file


def families(rows, seed, whole=False):
    """`whole`: no list has an element that is null."""
    draw = random.Random(seed)

    def maybe(value):
        return None if draw.random() < 0.15 else value

    def listed(make):
        return maybe([make() if whole else maybe(make()) for _ in range(draw.randrange(5))])

    def child():
        return {
            "birth_date": maybe(datetime.date(2010, 1, 1) + datetime.timedelta(days=draw.randrange(5_000))),
            "disabled": maybe(draw.random() < 0.3),
            "school": maybe(draw.choice(["near", "the first school of the town", "the second school of the town"])),
            "grades": listed(lambda: Decimal(draw.randrange(20, 100)) / 10),
        }

    return [(number, listed(child), listed(lambda: Decimal(draw.randrange(0, 120_000)) / 100)) for number in range(rows)]


def family_table(rows):
    child = pa.struct([("birth_date", pa.date32()), ("disabled", pa.bool_()), ("school", pa.string()), ("grades", pa.list_(pa.decimal128(3, 1)))])
    types = {"id": pa.int32(), "children": pa.list_(child), "incomes": pa.list_(pa.decimal128(12, 2))}
    return pa.table({name: pa.array(values, kind) for (name, kind), values in zip(types.items(), zip(*rows))})


def store_families(connection, rows):
    connection.register("given", family_table(rows))
    connection.execute("create table families as select * from given")
    connection.unregister("given")


def without_nulls(value):
    if isinstance(value, dict):
        return {name: without_nulls(each) for name, each in value.items() if each is not None}
    return [without_nulls(each) for each in value] if isinstance(value, list) else value


def ask_families(family, source="families", facts=LISTS):
    asked = ", ".join(f"tutela_decide('{family}', '{name}', null, {facts}), tutela_missing('{family}', '{name}', null, {facts})" for name in TESTS)
    return f"select id, {asked} from {source} order by all"


def test_lists_are_answered_as_those_of_one_person(connection, family):
    pack = tutela.load_pack(family)
    rows = families(2100, seed=21, whole=True)
    store_families(connection, rows)
    seen = set()
    for row, (_, *found) in zip(rows, connection.execute(ask_families(family)).fetchall()):
        verdicts = pack.decide(without_nulls({name: value for name, value in zip(("children", "incomes"), row[1:]) if value is not None}))
        expected = []
        for name in TESTS:
            expected += [{"outcome": verdicts[name].outcome, "value": written(verdicts[name].value)}, list(verdicts[name].missing)]
            seen.add((name, written(verdicts[name].value)))
        assert found == expected
    assert seen == {(name, value) for name in TESTS for value in ("true", "false", None)}


def test_elements_that_are_null_are_as_in_a_table_of_arrow(connection, family):
    rows = families(2100, seed=22)
    store_families(connection, rows)
    answers = pa.table(tutela.load_pack(family).decide_batch(family_table(rows), missing=True)).to_pylist()
    found = connection.execute(ask_families(family)).fetchall()
    for (_, *row), expected in zip(found, answers):
        for i, name in enumerate(TESTS):
            assert row[2 * i] == {"outcome": expected[f"{name}.outcome"], "value": written(expected[name])}
            assert row[2 * i + 1] == expected[f"{name}.missing"]


@pytest.mark.parametrize(
    "source",
    [
        "(select * from families where id % 3 = 1)",
        "(select families.* from families, range(3) t(copy))",
        "(select * from families order by id % 7, id desc limit 300)",
        "(select * replace ([{'birth_date': date '2014-01-01', 'disabled': null::boolean, 'school': 'near', 'grades': [id % 9, 5]}] as children) from families)",
        "(select * replace ([1000.25, null] as incomes, children[:0] as children) from families)",
        "(select * replace (null::decimal(12, 2)[] as incomes, list_reverse(children) as children) from families)",
        "(select * replace (children || children as children, incomes[2:] as incomes) from families)",
        "(select a.id, b.children, a.incomes from families a left join families b on a.id = b.id + 900)",
        "(select * from families limit 0)",
    ],
)
def test_lists_of_whatever_shape(connection, family, source):
    store_families(connection, families(2500, seed=23))
    connection.execute(f"create table plain as select * from {source}")
    assert connection.execute(ask_families(family, source)).fetchall() == connection.execute(ask_families(family, "plain")).fetchall()


def test_a_table_of_children_becomes_lists_by_family(connection, family):
    connection.execute("create table child (family integer, birth_date date, disabled boolean)")
    connection.execute("insert into child values (1, '2014-01-01', false), (1, '2015-01-01', true), (2, '2012-01-01', false), (3, '2016-01-01', null)")
    ask = ", ".join(f"tutela_boolean('{family}', '{name}', null, {{'children': children}})" for name in ("any", "young"))
    grouped = "(select family, list({'birth_date': birth_date, 'disabled': disabled}) as children from child group by family)"
    found = connection.execute(f"select family, {ask} from {grouped} order by family").fetchall()
    assert found == [(1, True, True), (2, False, False), (3, None, True)]


@pytest.mark.parametrize(
    "change",
    [
        "incomes::decimal(18, 4)[] as incomes", "incomes::decimal(38, 2)[] as incomes", "incomes[:3]::decimal(12, 2)[3] as incomes",
        "[{'school': child.school::enum('near', 'the first school of the town', 'the second school of the town'),"
        " 'grades': child.grades::decimal(9, 1)[], 'disabled': child.disabled, 'birth_date': child.birth_date::timestamp}"
        " for child in children] as children",
    ],
)  # fmt: skip
def test_every_type_of_elements_gives_the_same(connection, family, change):
    rows = [(number, children, (incomes + [None] * 3)[:3] if incomes is not None else None) for number, children, incomes in families(2050, seed=24)]
    rows = [(number, [child for child in children if child] if children else children, incomes) for number, children, incomes in rows]
    store_families(connection, rows)
    expected = connection.execute(ask_families(family)).fetchall()
    assert connection.execute(ask_families(family, f"(select * replace ({change}) from families)")).fetchall() == expected


DAY = "date '2026-03-02'"
FAULTS = {
    "no such pack": (f"tutela_decide('md/nothing', 'day_service', {DAY}, {{'family.vulnerable': true}})", ["md/nothing"]),
    "no such decision": (f"tutela_decide('md/child-protection', 'day_servise', {DAY}, {{'family.vulnerable': true}})", ["no decision 'day_servise'", "day_service"]),
    "no such fact": (f"tutela_decide('md/child-protection', 'day_service', {DAY}, {{'family.vulnerble': true}})", ["'family.vulnerble' is no fact", "family.vulnerable"]),
    "all faults at once": (
        f"tutela_decide('md/child-protection', 'day_servise', {DAY}, {{'family.vulnerable': 3, 'person.birth_date': 'soon', 'x': [1]}})",
        ["day_servise", "family.vulnerable", "Booleans", "person.birth_date", "dates", "'x'"],
    ),
    "doubles": ("tutela_decide('{grant}', 'poor', null, {{'income': 12.5::double}})", ["'income'", "doubles", "give decimals"]),
    "moments": ("tutela_decide('{grant}', 'eligible', null, {{'since': timestamptz '2020-01-01 00:00:00+00'}})", ["'since'", "time zone"]),
    "lists": ("tutela_decide('{grant}', 'eligible', null, {{'age': [1, 2]}})", ["'age'", "whole numbers"]),
    "maps": ("tutela_decide('{grant}', 'eligible', null, {{'age': map {{'a': 1}}}})", ["'age'", "map_entries", "leave it out"]),
    "lists of maps": ("tutela_decide('{family}', 'many', null, {{'children': [{{'school': map {{'a': 1}}}}]}})", ["'children.school'", "map_entries"]),
    "lists of moments": ("tutela_decide('{family}', 'many', null, {{'incomes': [time '10:00']}})", ["'incomes'", "leave it out"]),
    "lists of others": (
        "tutela_decide('{family}', 'many', null, {{'children': [{{'disabled': 1, 'birth_date': 'soon'}}], 'incomes': ['much']}})",
        ["'children.disabled'", "Booleans", "'children.birth_date'", "dates", "'incomes'", "whole numbers"],
    ),
    "no such component": (
        "tutela_decide('{family}', 'many', null, {{'children': [{{'birth_dat': date '2014-01-01', 'grades': [5], 'school': {{'name': 'x'}}}}], 'child': [{{'x': 1}}]}})",
        ["'children.birth_dat' is no fact", "'children.school.name' is no fact", "'child' is no fact", "children.birth_date"],
    ),
    "no lists": ("tutela_decide('{family}', 'many', null, {{'children': 3}})", ["'children'", "lists"]),
    "endless dates in lists": ("tutela_decide('{family}', 'young', null, {{'children': [{{'birth_date': 'infinity'::date}}]}})", ["'children.birth_date'", "infinite"]),
    "no struct": ("tutela_decide('{grant}', 'eligible', null, 3)", ["no STRUCT", "{{'person.birth_date'"]),
    "null pack": (f"tutela_decide(null, 'day_service', {DAY}, {{'family.vulnerable': true}})", ["the pack is NULL", "md/child-protection"]),
    "null decision": (f"tutela_boolean('md/child-protection', null, {DAY}, {{'family.vulnerable': true}})", ["the decision is NULL"]),
    "null day": ("tutela_decide('md/child-protection', 'day_service', null, {{'family.vulnerable': true}})", ["the day is NULL", "give the day"]),
    "endless day": ("tutela_decide('md/child-protection', 'day_service', 'infinity', {{'family.vulnerable': true}})", ["no day of the calendar"]),
    "null facts": ("tutela_decide('{grant}', 'eligible', null, null)", ["no STRUCT"]),
    "no decisions": ("tutela_booleans('{grant}', []::varchar[], null, {{'age': 3}})", ["empty"]),
    "no Booleans": ("tutela_booleans('{grant}', ['eligible', 'amount', 'net'], null, {{'age': 3}})", ["'amount' are no Booleans", "'net' are no Booleans", "tutela_decide"]),
    "no such language": ("tutela_explain('{grant}', 'eligible', null, {{'age': 3}}, 'xx')", ["'en', 'ro', 'uk' or 'ru'"]),
    "endless date": ("tutela_decide('{grant}', 'eligible', null, {{'since': '-infinity'::date, 'age': 40}})", ["'since'", "infinite", "give NULL"]),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_misuse_is_an_error_that_says_how_to_mend_it(connection, grant, family, fault):
    call, words = FAULTS[fault]
    call = call.replace("{grant}", str(grant)).replace("{family}", str(family)).replace("{{", "{").replace("}}", "}")
    with pytest.raises(duckdb.Error) as raised:
        connection.execute(f"select {call}").fetchall()
    for word in words:
        assert word.replace("{{", "{") in str(raised.value)
    assert connection.execute("select 1").fetchall() == [(1,)]


def test_errors_hold_no_value_of_a_person(connection, grant):
    connection.execute("create table bad as select 'secret name' as age")
    with pytest.raises(duckdb.Error) as raised:
        connection.execute(f"select tutela_decide('{grant}', 'eligible', null, bad) from bad").fetchall()
    assert "'age'" in str(raised.value) and "secret" not in str(raised.value)


def test_two_databases_and_a_second_load(grant):
    for _ in range(2):
        with duckdb.connect(config={"allow_unsigned_extensions": "true"}) as made:
            made.execute(f"LOAD '{EXTENSION}'")
            made.execute(f"LOAD '{EXTENSION}'")
            assert made.execute(f"select tutela_boolean('{grant}', 'eligible', null, {{'age': 3}})").fetchall() == [(True,)]


def test_a_whole_law_on_random_rows(connection, child_protection):
    """Every decision on every fact that a column can hold."""
    draw = random.Random(17)
    on = datetime.date(2026, 3, 2)
    day = datetime.date(2005, 1, 1)
    kinds = {
        "boolean": ("boolean", lambda fact: draw.random() < 0.5),
        "date": ("date", lambda fact: day + datetime.timedelta(days=draw.randrange(8000))),
        "number": ("decimal(9, 1)", lambda fact: Decimal(draw.randrange(0, 160)) / 10),
        "string": ("varchar", lambda fact: draw.choice(list(fact["allowed"]) or ["anything at all"])),
    }
    facts = {name: fact for name, fact in child_protection.facts.items() if fact["type"] in kinds}
    assert len(facts) > 40
    rows = [[None if draw.random() < 0.3 else kinds[fact["type"]][1](fact) for fact in facts.values()] for _ in range(30)]
    columns = ", ".join(f'"{name}" {kinds[fact["type"]][0]}' for name, fact in facts.items())
    connection.execute(f"create table children ({columns})")
    connection.execute(f"insert into children values {', '.join(['(' + ', '.join('?' * len(facts)) + ')'] * len(rows))}", [value for row in rows for value in row])
    verdicts = [child_protection.decide({name: value for name, value in zip(facts, row) if value is not None}, on) for row in rows]
    outcomes = set()
    for decision in child_protection.decisions:
        found = connection.execute(f"select tutela_decide('md/child-protection', '{decision}', '2026-03-02', children) from children").fetchall()
        assert [tuple(answer.values()) for (answer,) in found] == [(each[decision].outcome, written(each[decision].value)) for each in verdicts], decision
        outcomes.update(answer["outcome"] for (answer,) in found)
    assert outcomes >= {"known", "unknown", "rule_not_available"}


def test_the_page_shows_what_happens(connection):
    page = (ROOT / "docs" / "databases.md").read_text(encoding="utf-8")
    example = page.split("<!-- not run: tests/python/duckdb_extension_test.py does -->\n```sql\n")[1].split("```")[0]
    found = [connection.execute(statement).fetchall() for statement in example.replace("'tutela.duckdb_extension'", f"'{EXTENSION}'").split(";") if statement.strip()]
    unknown = {"outcome": "unknown", "value": None}
    assert found[3] == [(1, {"outcome": "known", "value": "true"}), (2, unknown), (3, unknown)]
    assert found[4] == [(1, []), (2, ["family.vulnerable"]), (3, ["family.vulnerable", "need.day_service_accepts_age", "person.birth_date"])]
    assert len(found[5][0][0]) > 100

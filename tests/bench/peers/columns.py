# SPDX-License-Identifier: Apache-2.0
"""Forty rules over a table by Polars, DuckDB, NumPy and ZEN, and by Tutela inside DuckDB and from Python.

    columns.py BUILD    the folder of `./dev bench`: in it peers/columns/ (the table, the rules, the answers), our own
                        benchmarks and, where it was built, the extension for DuckDB

One line of JSON for each: peer (or ours), subject, nanoseconds of processor time for four million rows, the least of
several runs over one million on one thread, times four. Every engine keeps what is not known apart from no; a different
answer in any row is an error. Reading the table into the engine is not counted, handing the answers out is. ZEN has no
unknown: it is asked about the first rows only, and compared where nothing that a rule reads is missing. So is NumPy in the manner of OpenFisca.
"""

import collections
import datetime
import importlib.util
import json
import os
import pathlib
import re
import subprocess
import sys
import time
from importlib.metadata import version

os.environ["POLARS_MAX_THREADS"] = "1"

import duckdb
import numpy
import polars
import pyarrow

BUILD = pathlib.Path(sys.argv[1])
FOLDER = BUILD / "peers" / "columns"
EXTENSION = BUILD / "bindings" / "duckdb" / "tutela.duckdb_extension"
TABLE = json.loads((FOLDER / "table.json").read_text())
ROWS = TABLE["rows"]
TIMES = 4  # as many rows as our own bench has
CHUNK = 1 << 16
ZEN_ROWS = 100_000
KINDS = "abcdef"
MONEY = [each["name"] for each in TABLE["columns"] if each["format"].startswith("d:")]
TYPES = {"tdD": pyarrow.date32(), "s": pyarrow.int16(), "d:18,2,64": pyarrow.int64(), "b": pyarrow.bool_(), "C": pyarrow.uint8()}


def column(name, format):
    """As it lies in memory. Money is in hundredths, so that no engine calculates with fractions."""
    buffers = [pyarrow.py_buffer((FOLDER / f"{name}.{part}").read_bytes()) for part in ("valid", "values")]
    made = pyarrow.Array.from_buffers(TYPES[format], ROWS, buffers)
    return pyarrow.DictionaryArray.from_arrays(made, pyarrow.array(list(KINDS))) if format == "C" else made


def read(test):
    """A condition as (kind, values): below, from, within, among, except, is."""
    if test in ("true", "false"):
        return "is", (test == "true",)
    if day := re.fullmatch(r'(<|>=) date\("(.*)"\)', test):
        return ("below" if day[1] == "<" else "from"), (datetime.date.fromisoformat(day[2]),)
    if money := re.fullmatch(r"(<|>=) (\d+)\.5", test):
        return ("below" if money[1] == "<" else "from"), (int(money[2]) * 100 + 50,)
    if size := re.fullmatch(r"\[(\d+)\.\.(\d+)\)", test):
        return "within", (int(size[1]), int(size[2]))
    kinds = tuple(re.findall(r'"(.)"', test))
    return ("except" if test.startswith("not") else "among"), kinds


RULES = [[(fact, *read(test)) for fact, test in rule] for rule in TABLE["rules"]]


def in_polars(fact, kind, values):
    it = polars.col(fact)
    if kind == "is":
        return it if values[0] else ~it
    if kind == "below":
        return it < values[0]
    if kind == "from":
        return it >= values[0]
    if kind == "within":
        return (it >= values[0]) & (it < values[1])
    found = it == values[0]
    for other in values[1:]:
        found = found | (it == other)
    return ~found if kind == "except" else found


def in_sql(fact, kind, values):
    if kind == "is":
        return fact if values[0] else f"not {fact}"
    said = [f"DATE '{value}'" if isinstance(value, datetime.date) else f"'{value}'" if isinstance(value, str) else str(value)
            for value in values]
    if kind == "below":
        return f"{fact} < {said[0]}"
    if kind == "from":
        return f"{fact} >= {said[0]}"
    if kind == "within":
        return f"({fact} >= {said[0]} and {fact} < {said[1]})"
    return f"{fact} {'not ' if kind == 'except' else ''}in ({', '.join(said)})"


def by_polars(table):
    frame = polars.from_arrow(table)
    # A test that several rules have is written as one column of a first step: Polars shares it.
    seen = {condition: f"c{place}" for place, condition in enumerate(dict.fromkeys(c for rule in RULES for c in rule))}
    first = [in_polars(*condition).alias(name) for condition, name in seen.items()]
    second = []
    for place, rule in enumerate(RULES):
        parts = [polars.col(seen[condition]) for condition in rule]
        second.append(((parts[0] & parts[1] & parts[2]) | (parts[3] & parts[4] & parts[5])).alias(f"rule{place}"))
    return lambda: frame.select(first).select(second).to_arrow()


def by_polars_as_written(table):
    """Each rule as one expression, as it stands in the law; what is shared is left to Polars."""
    frame = polars.from_arrow(table).lazy()
    rules = []
    for place, rule in enumerate(RULES):
        parts = [in_polars(*condition) for condition in rule]
        rules.append(((parts[0] & parts[1] & parts[2]) | (parts[3] & parts[4] & parts[5])).alias(f"rule{place}"))
    return lambda: frame.select(rules).collect().to_arrow()


def by_duckdb(table):
    connection = duckdb.connect(config={"threads": 1})
    connection.register("given", table)
    connection.execute("create table people as select * from given")
    columns = ", ".join(
        "({} and {} and {}) or ({} and {} and {}) as rule{}".format(*(in_sql(*each) for each in rule), place)
        for place, rule in enumerate(RULES)
    )
    return lambda: connection.sql(f"select {columns} from people").to_arrow_table()


def in_duckdb(table, *replaced):
    """A database with the rows as an expert would store them: words as enumerations."""
    connection = duckdb.connect(config={"threads": 1, "allow_unsigned_extensions": "true"})
    connection.register("given", table)
    words = [f"{each['name']}::enum('a', 'b', 'c', 'd', 'e', 'f') as {each['name']}" for each in TABLE["columns"] if each["format"] == "C"]
    connection.execute(f"create table people as select * replace ({', '.join([*words, *replaced])}) from given")
    return connection


def stays_inside(connection, query, all_of):
    """Runs the query to Arrow once, for its answers; then what DuckDB itself makes of them, which hands nothing out."""
    return lambda: connection.sql(query).to_arrow_table(), lambda: connection.sql(f"select {all_of} from ({query})").fetchall()


def counted_sql(table):
    rules = ["({} and {} and {}) or ({} and {} and {})".format(*(in_sql(*each) for each in rule)) for rule in RULES]
    columns = ", ".join(f"{rule} as rule{place}" for place, rule in enumerate(rules))
    return stays_inside(in_duckdb(table), f"select {columns} from people", ", ".join(f"count(rule{place})" for place in range(len(RULES))))


def counted_function(table):
    """The same rows, with the forty rules as a function: a list of forty answers for each row."""
    money = [f"({name}::decimal(18, 0) * 0.01)::decimal(18, 2) as {name}" for name in MONEY]
    connection = in_duckdb(table, *money)
    connection.execute(f"load '{EXTENSION}'")
    names = ", ".join(f"'rule{place}'" for place in range(len(RULES)))
    query = f"select tutela_booleans('{FOLDER}/forty.dmn', [{names}], null, people) as answers from people"
    return stays_inside(connection, query, "count(answers)")


def from_python(table):
    """`Pack.decide_batch` on one thread over all the rows of the C++ bench: what a call costs beside its rows is counted once.

    The answers of two calls are kept, so that the next one writes to memory that the process has, as the loop in C++ does: pages that
    the system gives anew cost more than all of Python."""
    import tutela

    for name in MONEY:
        made = pyarrow.Array.from_buffers(pyarrow.decimal64(18, 2), ROWS, table[name].chunk(0).buffers())
        table = table.set_column(table.column_names.index(name), name, made)
    pack = tutela.load_pack(FOLDER / "forty.dmn")
    table = pyarrow.concat_tables([table] * TIMES)
    names = [f"rule{place}" for place in range(len(RULES))]
    kept = collections.deque(maxlen=2)

    def run():
        kept.append(pyarrow.table(pack.decide_batch(table, decisions=names, outcomes=False, threads=1)))
        return kept[-1]

    return run


def in_zen(fact, kind, values):
    if kind == "is":
        return fact if values[0] else f"not {fact}"
    said = [f"'{value}'" if isinstance(value, (str, datetime.date)) else str(value) for value in values]
    if kind in ("below", "from"):
        known = f"d({fact}) {{}} d({said[0]})" if isinstance(values[0], datetime.date) else f"{fact} {{}} {said[0]}"
        return known.format("<" if kind == "below" else ">=")
    if kind == "within":
        return f"{fact} >= {said[0]} and {fact} < {said[1]}"
    return f"{fact} {'not ' if kind == 'except' else ''}in [{', '.join(said)}]"


def by_zen(table):
    """One expression node with forty expressions, loaded once; its rows are objects that were made before."""
    import zen

    expressions = [
        {"id": f"e{place}", "key": f"rule{place}", "value": "({} and {} and {}) or ({} and {} and {})".format(*(in_zen(*each) for each in rule))}
        for place, rule in enumerate(RULES)
    ]
    node = lambda name, kind, content: {"id": name, "name": name, "type": kind, "position": {"x": 0, "y": 0}, "content": content}
    nodes = [node("in", "inputNode", {}), node("rules", "expressionNode", {"expressions": expressions}), node("out", "outputNode", {})]
    edges = [{"id": "a", "sourceId": "in", "targetId": "rules", "type": "edge"}, {"id": "b", "sourceId": "rules", "targetId": "out", "type": "edge"}]
    decision = zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))
    rows = [
        {name: value.isoformat() if isinstance(value, datetime.date) else value for name, value in row.items()}
        for row in table.slice(0, ZEN_ROWS).to_pylist()
    ]
    complete = [row for row in rows if None not in row.values()]
    return complete, lambda: [decision.evaluate(row)["result"] for row in complete]


def numpy_columns(table):
    """For each fact its values, and where they are known."""

    def raw(name):
        made = table[name].combine_chunks()
        known = numpy.unpackbits(numpy.frombuffer(made.buffers()[0], numpy.uint8), bitorder="little")[:ROWS].astype(bool)
        if pyarrow.types.is_dictionary(made.type):
            return numpy.frombuffer(made.indices.buffers()[1], numpy.uint8)[:ROWS], known
        if pyarrow.types.is_boolean(made.type):
            return numpy.unpackbits(numpy.frombuffer(made.buffers()[1], numpy.uint8), bitorder="little")[:ROWS].astype(bool), known
        kind = {"int16": numpy.int16, "date32[day]": numpy.int32, "int64": numpy.int64}[str(made.type)]
        return numpy.frombuffer(made.buffers()[1], kind)[:ROWS], known

    return {each["name"]: raw(each["name"]) for each in TABLE["columns"]}


def in_numpy(held, kind, values):
    values = [value.toordinal() - 719_163 if isinstance(value, datetime.date) else KINDS.index(value) if isinstance(value, str) else value for value in values]
    if kind == "is":
        return held if values[0] else ~held
    if kind == "below":
        return held < values[0]
    if kind == "from":
        return held >= values[0]
    if kind == "within":
        return (held >= values[0]) & (held < values[1])
    found = held == values[0]
    for other in values[1:]:
        found = found | (held == other)
    return ~found if kind == "except" else found


def by_openfisca_manner(table):
    """Whole columns, each rule by itself, and no unknown: what is missing is what OpenFisca takes it for, zero or false."""
    columns = {name: held & known if held.dtype == bool else held * known for name, (held, known) in numpy_columns(table).items()}

    def run():
        answers = []
        for rule in RULES:
            parts = [in_numpy(columns[fact], kind, values) for fact, kind, values in rule]
            answers.append(parts[0] & parts[1] & parts[2] | parts[3] & parts[4] & parts[5])
        return answers

    return run


def by_numpy(table):
    columns = numpy_columns(table)

    def test(fact, kind, values, begin):
        """Certainly so, possibly so."""
        held, known = (part[begin : begin + CHUNK] for part in columns[fact])
        found = in_numpy(held, kind, values)
        return found & known, found | ~known

    def run():
        answers = [(numpy.empty(ROWS, bool), numpy.empty(ROWS, bool)) for _ in RULES]
        for begin in range(0, ROWS, CHUNK):
            kept = {}
            for (certain, possible), rule in zip(answers, RULES):
                rails = []
                for condition in rule:
                    if condition not in kept:
                        kept[condition] = test(*condition, begin)
                    rails.append(kept[condition])
                for place, out in ((0, certain), (1, possible)):
                    one = rails[0][place] & rails[1][place] & rails[2][place]
                    out[begin : begin + CHUNK] = one | (rails[3][place] & rails[4][place] & rails[5][place])
        return answers

    return run


def right(name):
    """Our answer to a rule: known and yes, known."""
    parts = [numpy.unpackbits(numpy.frombuffer((FOLDER / f"{name}.{part}").read_bytes(), numpy.uint8), bitorder="little")[:ROWS]
             for part in ("values", "valid")]
    return (parts[0] & parts[1]).astype(bool), parts[1].astype(bool)


def rails_of(found, place):
    if not isinstance(found, pyarrow.Table):
        certain, possible = found[place]
        return certain, certain | ~possible
    if found.column_names == ["answers"]:  # a list for each row
        made = pyarrow.concat_arrays([chunk.flatten() for chunk in found["answers"].chunks]).take(
            pyarrow.array(range(place, len(RULES) * ROWS, len(RULES)))
        )
    else:
        made = found[f"rule{place}"].combine_chunks()
    known = numpy.asarray(made.is_valid().to_numpy(zero_copy_only=False))
    return numpy.asarray(made.fill_null(False).to_numpy(zero_copy_only=False)), known


def least(run, times=3):
    """Nanoseconds of processor time."""
    spent = []
    for _ in range(times):
        begin = time.process_time_ns()
        run()
        spent.append(time.process_time_ns() - begin)
    return min(spent)


def report(**line):
    print(json.dumps({"subject": "columns"} | line), flush=True)


def measure_zen(table):
    complete, run = by_zen(table)
    whole = numpy.all([table.slice(0, ZEN_ROWS)[name].is_valid().to_numpy() for name in table.column_names], axis=0).nonzero()[0]
    results = run()
    assert len(results) == len(whole) > 1000
    for place in range(len(RULES)):
        yes, known = right(f"rule{place}")
        assert known[whole].all() and [bool(each) for each in yes[whole]] == [result[f"rule{place}"] for result in results], f"ZEN answers rule {place} otherwise"
    report(peer=f"ZEN {version('zen-engine')}, one thread", subject="columns by ZEN", nanoseconds=least(run) / len(complete) * ROWS * TIMES)


def compared(name, found):
    """Every answer to every rule is ours."""
    for place in range(len(RULES)):
        yes, known = rails_of(found, place)
        assert all((mine == theirs).all() for mine, theirs in zip(right(f"rule{place}"), (yes, known))), f"{name} answers rule {place} otherwise"


def native():
    """Nanoseconds of the loop in C++ over the same rows."""
    text = subprocess.run([BUILD / "bench" / "columns", "--benchmark_filter=^40 rules x 6/decide and hand answers out/missing %/10$",
                           "--benchmark_repetitions=3", "--benchmark_min_time=0.2", "--benchmark_format=json"],
                          check=True, capture_output=True, text=True).stdout
    found = [each for each in json.loads(text)["benchmarks"] if each["run_type"] == "iteration"]
    return min(each["cpu_time"] * {"ns": 1, "us": 1e3, "ms": 1e6}[each["time_unit"]] for each in found)


def beside_native(run):
    """Python and C++ in turn, because the speed of a machine changes within a minute."""
    name = "40 rules x 6/from Python"
    rounds = [(native(), least(run)) for _ in range(4)]
    report(ours=name, nanoseconds=min(spent for _, spent in rounds))
    report(peer="C++ in turn with it", subject=name, nanoseconds=min(spent for spent, _ in rounds))


def measure_openfisca_manner(table):
    run = by_openfisca_manner(table)
    known = {name: part for name, (_, part) in numpy_columns(table).items()}
    for place, (rule, answer) in enumerate(zip(RULES, run())):
        whole = numpy.all([known[fact] for fact, *_ in rule], axis=0)
        assert whole.sum() > 1000 and (right(f"rule{place}")[0] == answer)[whole].all(), f"NumPy in the manner of OpenFisca answers rule {place} otherwise"
    report(peer=f"NumPy {numpy.__version__} in the manner of OpenFisca, no unknown, one thread", subject="columns without unknown", nanoseconds=least(run) * TIMES)


def main():
    table = pyarrow.table({each["name"]: column(each["name"], each["format"]) for each in TABLE["columns"]})
    engines = [(f"Polars {polars.__version__}, tests shared by hand, one thread", by_polars),
               (f"Polars {polars.__version__}, rules as written, one thread", by_polars_as_written),
               (f"DuckDB {duckdb.__version__}, one thread", by_duckdb),
               (f"NumPy {numpy.__version__}, two rails, one thread", by_numpy)]
    for name, make in engines:
        run = make(table)
        compared(name, run())
        report(peer=name, nanoseconds=least(run) * TIMES)
    if importlib.util.find_spec("tutela"):
        run = from_python(table)
        compared("Python", run().slice(0, ROWS))
        beside_native(run)
    inside = [("peer", f"DuckDB {duckdb.__version__}, its SQL", counted_sql)]
    if EXTENSION.exists():
        inside.append(("ours", "40 rules x 6/inside DuckDB", counted_function))
    for side, name, make in inside:
        hand_out, run = make(table)
        compared(name, hand_out())
        report(**{side: name, "subject": "columns inside DuckDB"}, nanoseconds=least(run) * TIMES)
    measure_openfisca_manner(table)
    measure_zen(table)


main()

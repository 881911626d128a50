# SPDX-License-Identifier: Apache-2.0
"""A table over lists of children by Polars and DuckDB.

    families.py FOLDER    FOLDER has families/ (the table and our answers)

One line of JSON for each: peer, subject, nanoseconds of processor time for four million families, the least of several runs
over a part of them on one thread. The answer of every engine to every family is compared with ours. Reading the table into
the engine is not counted, handing the answers out is. Nothing is missing, so that no engine is asked about unknowns.
"""

import datetime
import json
import os
import pathlib
import sys
import time
from importlib.metadata import version

os.environ["POLARS_MAX_THREADS"] = "1"

import duckdb
import numpy
import polars
import pyarrow

FOLDER = pathlib.Path(sys.argv[1]) / "families"
ROWS = json.loads((FOLDER / "table.json").read_text())["rows"]
TIMES = 4_000_000 / ROWS  # as many rows as our own bench has
DAY = datetime.date(2020, 1, 1)


def buffer(name):
    return pyarrow.py_buffer((FOLDER / f"{name}.values").read_bytes())


def families():
    offsets = pyarrow.Array.from_buffers(pyarrow.int32(), ROWS + 1, [None, buffer("children")])
    count = offsets[-1].as_py()
    fields = [
        pyarrow.Array.from_buffers(kind, count, [None, buffer(f"children.{name}")])
        for name, kind in (("birth_date", pyarrow.date32()), ("disabled", pyarrow.bool_()))
    ]
    children = pyarrow.StructArray.from_arrays(fields, ["birth_date", "disabled"])
    numbers = {name: pyarrow.Array.from_buffers(pyarrow.int16(), ROWS, [None, buffer(name)]) for name in ("income", "rent")}
    return pyarrow.table({"children": pyarrow.ListArray.from_arrays(offsets, children), **numbers})


def help_of(some_disabled, young):
    """The table of three rules, the first that applies, over what is said of the children."""
    left = polars.col("income") - polars.col("rent")
    return (
        polars.when(some_disabled & (left < 100)).then(3)
        .when((young >= 2) & (left < 50)).then(2)
        .when(some_disabled).then(1)
        .otherwise(0)
        .alias("help")
    )


def by_polars_lists(table):
    """Each list by itself, as a list expression says it."""
    frame = polars.from_arrow(table)
    child = polars.element().struct
    disabled = polars.col("children").list.eval(child.field("disabled")).list.any()
    young = polars.col("children").list.eval(child.field("birth_date") > DAY).list.sum()
    return lambda: frame.select(help_of(disabled, young)).to_arrow()


def by_polars_groups(table):
    """The children of all families as rows of their own, grouped again by family."""
    frame = polars.from_arrow(table).with_row_index("family")

    def run():
        children = frame.lazy().select("family", "children").explode("children", empty_as_null=False).unnest("children")
        said = children.group_by("family").agg(polars.col("disabled").any(), (polars.col("birth_date") > DAY).sum().alias("young"))
        joined = frame.lazy().select("family", "income", "rent").join(said, on="family", how="left", maintain_order="left")
        some = polars.col("disabled").fill_null(False)
        return joined.select(help_of(some, polars.col("young").fill_null(0))).collect().to_arrow()

    return run


def by_duckdb(table):
    connection = duckdb.connect(config={"threads": 1})
    connection.register("given", table)
    connection.execute("create table families as select * from given")
    disabled = "len(list_filter(children, lambda child: child.disabled)) > 0"
    young = f"len(list_filter(children, lambda child: child.birth_date > DATE '{DAY}'))"
    query = f"""select case when disabled and income - rent < 100 then 3 when young >= 2 and income - rent < 50 then 2
                when disabled then 1 else 0 end as help
                from (select {disabled} as disabled, {young} as young, income, rent from families)"""
    return lambda: connection.sql(query).to_arrow_table()


def least(run, times=3):
    """Nanoseconds of processor time."""
    spent = []
    for _ in range(times):
        begin = time.process_time_ns()
        run()
        spent.append(time.process_time_ns() - begin)
    return min(spent)


def main():
    table = families()
    ours = numpy.frombuffer((FOLDER / "help.values").read_bytes(), numpy.int64)[: 2 * ROWS : 2]  # decimals of 128 bits
    assert {0, 1, 2, 3} == set(numpy.unique(ours))
    for name, make in (
        (f"Polars {version('polars')}, list expressions, one thread", by_polars_lists),
        (f"Polars {version('polars')}, explode and group_by, one thread", by_polars_groups),
        (f"DuckDB {version('duckdb')}, list_filter, one thread", by_duckdb),
    ):
        run = make(table)
        assert (run()["help"].to_numpy() == ours).all(), f"{name} answers otherwise"
        print(json.dumps({"peer": name, "subject": "columns over lists", "nanoseconds": least(run) * TIMES}), flush=True)


main()

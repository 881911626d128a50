# SPDX-License-Identifier: Apache-2.0
"""SHOWS: the law for every row of a table, what is still missing in which rows, and how the work was done.

EASIER FIRST: quickstart.py.
RUN: python examples/decide_table.py   (from the top of the repository; needs pyarrow; all persons are made up)
"""

import datetime
from collections import Counter

import pyarrow

import tutela

pack = tutela.load_pack("md/child-protection")
born = [datetime.date(2008 + row % 18, 1 + row % 12, 1 + row % 28) for row in range(1_000)]
table = pyarrow.table(
    {
        "person.birth_date": pyarrow.array([day if row % 7 else None for row, day in enumerate(born)], pyarrow.date32()),
        "person.has_disability": pyarrow.array([row % 3 == 0 if row % 5 else None for row in range(1_000)]),
    }
)
decision = "DECISION"
answers = pack.decide_batch(table, on="2026-03-02", decisions=decision, missing=True)

rows = pyarrow.table(answers).to_pylist()
outcomes = Counter(row[f"{decision}.outcome"] for row in rows)
print(f"{len(answers)} rows:", ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items())))

asked = Counter(fact for row in rows for fact in row[f"{decision}.missing"])
print("missing most:", *(f"{fact} ({count})" for fact, count in asked.most_common(3)))

how = answers.decisions[decision]
print("in columns" if how["in_columns"] else f"row by row: {how['reason']}")

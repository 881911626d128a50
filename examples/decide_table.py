# SPDX-License-Identifier: Apache-2.0
"""SHOWS: the law for every row of a table: what it answers, what is missing where, and how the work was done.

EASIER FIRST: quickstart.py.
RUN: python examples/decide_table.py   (from the top of the repository; needs pyarrow; all persons are made up)
"""

from collections import Counter

import pyarrow

import tutela

pack = tutela.load_pack("md/child-protection")
decisions = ["day_service_next_step", "quarterly_parent_visit"]

# A thousand made-up children. An empty cell is not "no": the fact is unknown.
rows = range(1_000)
table = pyarrow.table(
    {
        "need.day_service_requested": [None if row % 7 == 0 else row % 3 > 0 for row in rows],
        "need.day_service_family_evaluated": [None if row % 5 == 0 else row % 2 > 0 for row in rows],
        "need.day_service_commission_decision": pyarrow.array([("not_yet", "admitted", None)[row % 3] for row in rows]).dictionary_encode(),
        "person.protection_status": [("no_status", "at_risk", "without_parental_care", None)[row % 4] for row in rows],
    }
)

answers = pack.decide_batch(table, on="2026-03-02", decisions=decisions, missing=True)
found = pyarrow.table(answers).to_pylist()  # or polars.DataFrame(answers)

for decision in decisions:
    values = Counter(str(row[decision]) if row[f"{decision}.outcome"] == "known" else row[f"{decision}.outcome"] for row in found)
    print(f"{decision}:", ", ".join(f"{count} {value}" for value, count in values.most_common()))
    asked = Counter(fact for row in found for fact in row[f"{decision}.missing"])
    print("  missing most:", ", ".join(f"{fact} ({count})" for fact, count in asked.most_common(2)))
    how = answers.decisions[decision]
    print(f"  in columns: {how['in_columns']}; {how['exact']} rows by the exact routine, {how['regions']} times run")

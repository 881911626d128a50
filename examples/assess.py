# SPDX-License-Identifier: Apache-2.0
"""SHOWS: a file of cases as a table: one row a case, one column a decision, and what to ask first.

EASIER FIRST: interview.py.
RUN: python examples/assess.py   (from the top of the repository; all cases are made up)
"""

from collections import Counter
from pathlib import Path

import tutela

DATA = Path(__file__).parent / "data"

found = tutela.assess(
    DATA / "cases" / "synthetic-300.ndjson",
    on="2026-03-02",
    packs="md/child-protection",
    instruments="uk/ogrs3",
    networks=[DATA / "demo" / "network.json", DATA / "chisinau" / "network.json"],
)

# In a notebook: pandas.DataFrame({"case": case.id, **case.answers} for case in found)
answers = Counter(answer for case in found for answer in case.answers.values())
print(f"{len(found)} cases:", ", ".join(f"{count} {answer}" for answer, count in answers.most_common()))

questions = Counter(question.fact for case in found for question in case.questions)
print("asked most:", *(f"{fact} ({count})" for fact, count in questions.most_common(3)))

paths = Counter(route.state for case in found for route in case.routes.values())
print("paths:", dict(paths))

research = [score for case in found for score in case.scores]
print(f"{len(research)} scores for research, {sum(score.state == 'open' for score in research)} of them open")

# SPDX-License-Identifier: Apache-2.0
"""SHOWS: families and children counted apart, a count that stays *about*, the components of a package, proposals.

EASIER FIRST: story_services.py.
RUN: python examples/story_families.py   (from the top of the repository; the single families and all participants are synthetic)
"""

from collections import Counter
from pathlib import Path

import tutela

DATA = Path(__file__).parent / "data" / "bacau"


def print_values(book):
    for value in book.indicators():
        about = "about " if value["approximate"] else ""
        print(f"{value['name']['en']}: {about}{value.get('value', value['state'])}")


book = tutela.load_records(DATA / "records.json")
print_values(book)

grants = book.records("package_grant")
for component, families in Counter(part for one in grants for part in one["details"]["components"]).most_common():
    print(f"  {component}: {families}")

says = {"yes": "agree", "no": "differ", "unknown": "cannot be compared exactly"}
for total in book.identities():
    print(f"{total['identity']}: counted and published {says[total['holds']]}")
for record in book.records("law_proposal") + book.records("result_spread"):
    print(f"{record['kind']}: {record['name']['en']}")

# Voluntary, and the team's alone: outcomes are told, people are not listed, small numbers are not shown.
programme = tutela.load_records(DATA / "prevention_records.json")
print_values(programme)
print("records that may leave the team:", len(programme.shareable()))

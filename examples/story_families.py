# SPDX-License-Identifier: Apache-2.0
"""SHOWS: families and children counted apart, a count that stays *about*, the components of a package, proposals.

EASIER FIRST: story_services.py.
RUN: python examples/story_families.py   (from the top of the repository; the single families are synthetic)
"""

from collections import Counter
from pathlib import Path

import tutela

book = tutela.load_records(Path(__file__).parent / "data" / "bacau" / "records.json")

for value in book.indicators():
    about = "about " if value["approximate"] else ""
    print(f"{value['name']['en']}: {about}{value.get('value', value['state'])}")

grants = book.records("package_grant")
for component, families in Counter(part for one in grants for part in one["details"]["components"]).most_common():
    print(f"  {component}: {families}")

says = {"yes": "agree", "no": "differ", "unknown": "cannot be compared exactly"}
for total in book.identities():
    print(f"{total['identity']}: counted and published {says[total['holds']]}")
for record in book.records("law_proposal") + book.records("result_spread"):
    print(f"{record['kind']}: {record['name']['en']}")

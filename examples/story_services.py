# SPDX-License-Identifier: Apache-2.0
"""SHOWS: figures of seven services computed from records and held against those that were published.

EASIER FIRST: story_reports.py.
RUN: python examples/story_services.py   (from the top of the repository; the single records are synthetic)
"""

from pathlib import Path

import tutela

book = tutela.load_records(Path(__file__).parent / "data" / "chisinau" / "records.json")

for value in book.indicators():  # in a notebook: pandas.DataFrame(book.indicators())
    print(f"{value['name']['en']}: {value.get('value', value['state'])} {value['unit']}")

for total in book.identities():
    print(f"{total['identity']}: counted {total['left']}, published {total['right']}, equal: {total['holds']}")

# A stock is not a flow, and a day decides which pairs were there.
for month in ("2023-04", "2023-05", "2023-06"):
    there = book.indicator("pairs_at_end", start=f"{month}-01", end=f"{month}-28")
    print(f"pairs on {month}-27: {there['value']} of {book.indicator('pairs_capacity')['value']}")

# What leaves the directorate shows no number that is so small that people could be recognised.
print("shown outside, refugees housed:", book.indicator("refugees_housed", smallest=5)["state"])

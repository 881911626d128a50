# SPDX-License-Identifier: Apache-2.0
"""SHOWS: an agreement that is debated, its goals with what measures them, and a claim that is kept and not computed.

EASIER FIRST: assess.py.
RUN: python examples/story_agreement.py   (from the top of the repository; what was published has a source, the outcomes of persons are synthetic)
"""

import json
from pathlib import Path

import tutela

DATA = Path(__file__).parent / "data" / "chisinau"
STATES = ["proposed", "debated", "agreed", "signed", "in_force", "suspended", "ended"]

network = json.loads((DATA / "network.json").read_text(encoding="utf-8"))
book = tutela.load_records(DATA / "probation_records.json")

agreement = next(one for one in network["agreements"] if one["id"] == "probation-lumos-agreement")
state = agreement["states"][-1]["state"]
print(f"{agreement['name']['en']}: {state}")
print("may follow:", *(after for after in STATES if after != state and tutela.may_follow(state, after)))

for goal, indicators in book.goals(agreement["goals"]).items():
    values = [book.indicator(indicator) for indicator in indicators]
    said = [f"{value['indicator']} {value.get('value', (value.get('lowest'), value.get('highest')))}" for value in values]
    print(f"goal {goal}:", *said or ["nothing measures it"])

for name in ("equipment_available", "equipment_applied", "equipment_use"):
    value = book.indicator(name)
    print(f"{value['name']['en']}: {value['value']} {value['unit']}")

for claim in book.records("claim"):
    print("claim, not computed:", claim["name"]["en"])
    print("  to check it there would have to be:", "; ".join(claim["details"]["missing"]))

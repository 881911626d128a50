# SPDX-License-Identifier: Apache-2.0
"""SHOWS: an interview that asks only what can still change one of several answers, in the family's language.

EASIER FIRST: quickstart.py.
RUN: python examples/interview.py   (the family is made up)
"""

import tutela

ASKED = ("day_service", "is_child", "child_opinion_required")
FAMILY = {  # stands for the person who answers
    "person.birth_date": "2025-01-10",
    "family.vulnerable": True,
    "family.without_family_care": False,
}

law = tutela.load_pack("md/child-protection")
facts = {}
while True:
    verdicts = law.decide(facts, on="2026-03-02", decisions=ASKED)
    missing = [fact for verdict in verdicts.values() for fact in verdict.missing]
    if not missing:
        break
    fact = max(set(missing), key=lambda name: (missing.count(name), name))  # what most answers wait for
    print("?", law.facts[fact]["question"])
    facts[fact] = FAMILY.get(fact, tutela.UNCERTAIN)  # what nobody knows is never asked again

for name, verdict in verdicts.items():
    answer = verdict.value if verdict.outcome == "known" else verdict.outcome
    print(f"{name}: {answer}")
print(f"{len(facts)} of {len(law.facts)} facts were asked")

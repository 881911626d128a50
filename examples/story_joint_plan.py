# SPDX-License-Identifier: Apache-2.0
"""SHOWS: one child with two statuses, two agencies, one coordinator, one plan; what is overdue and the next exchange.

EASIER FIRST: story_agreement.py.
RUN: python examples/story_joint_plan.py   (from the top of the repository; the case is synthetic)
"""

from pathlib import Path

import tutela

POKROVSK = Path(__file__).parent / "data" / "pokrovsk" / "agenda.json"
MEETING = "2025-06-18"

for plan in tutela.joint_plans(POKROVSK, on=MEETING):
    print(f"case {plan['case']}:")
    for member in plan["members"]:
        print(f"  {member['relation']}:", *member["statuses"])
    coordinator = plan["coordinator"]
    print(f"  coordinated by {coordinator['agency']}, {coordinator['profile']}; team of {len(plan['team'])}")
    for kind, count in plan["kinds"].items():
        print(f"  {kind}: {count['done']} of {count['all']} done")

week = tutela.agenda(POKROVSK, on=MEETING)
for row in tutela.agenda_rows(week):
    if row["part"] == "overdue":
        print(f"overdue since {row['due']}: {row['what']}")
    if row["kind"] == "exchange":
        print(f"next exchange on {row['due']}: {row['what']}")

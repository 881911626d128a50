# SPDX-License-Identifier: Apache-2.0
"""SHOWS: four services report in seven parts; last week's promises, done and not done; the priorities of the month.

EASIER FIRST: story_joint_plan.py.
RUN: python examples/story_reports.py   (from the top of the repository; what was not published is synthetic)
"""

from pathlib import Path

import tutela

DATA = Path(__file__).parent / "data" / "chisinau"

for report in tutela.parse_service_reports((DATA / "service_reports.json").read_bytes()):
    missing = f"; missing: {', '.join(report.missing)}" if report.missing else ""
    print(f"{report.to_dict()['service']['en']}: {7 - len(report.missing)} of 7 parts{missing}")

week = tutela.agenda(DATA / "agenda.json", on="2023-07-07").to_dict()
for promise in week["review"]:
    print(f"{promise['outcome']}: {promise['what']['en']}")
for priority in week["priorities"]:
    print(f"in July: {priority['what']['en']}")

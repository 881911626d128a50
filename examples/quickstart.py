# SPDX-License-Identifier: Apache-2.0
import tutela

law = tutela.load_pack("md/child-protection")
child = {"person.birth_date": "2025-01-10"}

verdict = law.decide(child, on="2026-03-02")["day_service"]
print(verdict.outcome, verdict.missing)  # unknown ('family.vulnerable',): a missing fact is never a "no"

verdict = law.decide(child | {"family.vulnerable": True}, on="2026-03-02")["day_service"]
print(verdict.value, [str(citation) for citation in verdict.citations])  # True, and from which text

network = tutela.load_network("examples/data/chisinau/network.json")  # as published
way = network.route("probation-office", "2015-07-10", agency="lumos", purposes="reoffending_prevention")
print(way.state, way.explain())  # blocked: the agreement was only debated, and only one in force opens the way

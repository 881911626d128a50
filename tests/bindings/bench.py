# SPDX-License-Identifier: Apache-2.0
"""What one decision from five facts costs in Python, and what a call alone costs. Usage: bench.py"""

import datetime
import platform
import time
import timeit

import tutela

law = tutela.load_pack("md/child-protection")
day_service = law.decision("day_service", "2026-03-02")
facts = ("person.birth_date", "family.vulnerable", "person.lives_in_chisinau", "person.on_record", "person.is_mother")
row = law.row(facts)
child = (datetime.date(2025, 1, 10), True, True, True, True)


def best(turns: int, turn: str) -> float:
    """Nanoseconds for one turn, the least of 500 rounds, short ones, so that some run undisturbed."""
    timer = timeit.Timer(turn, globals=globals(), timer=time.perf_counter_ns)
    return min(timer.repeat(500, turns)) / turns


border = best(2_000, "len(row)")
together = best(1_000, "row.answer(day_service, *child).value is True")
written = best(1_000, "row.answer(day_service, datetime.date(2025, 1, 10), True, True, True, True).value is True")
explained = best(20, "row.answer(day_service, *child); row.verdict(day_service).outcome")
by_name = best(10, "law.decide(dict(zip(facts, child)), '2026-03-02', decisions='day_service')['day_service'].outcome")
print(
    f"Python {platform.python_version()}: a call of pybind11 {border:.0f} ns, five facts and the answer as a row "
    f"{together:.0f} ns, with a new day {written:.0f} ns, and a verdict with reasons {explained / 1000:.1f} us, "
    f"from a dict of names {by_name / 1000:.1f} us"
)

# SPDX-License-Identifier: Apache-2.0
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import tutela


def test_one_pack_for_all_threads(child_protection):
    def ask(year):
        return child_protection.decide({"person.birth_date": f"{year}-06-01"}, on="2026-03-02", decisions="is_child")["is_child"].value

    years = [1990 + number % 35 for number in range(280)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, years)) == [ask(year) for year in years]


def test_other_threads_run_meanwhile(data):
    """Python goes on while the library works: the lock of the interpreter is given up."""
    ticks = 0
    done = threading.Event()

    def tick():
        nonlocal ticks
        while not done.is_set():
            ticks += 1
            time.sleep(0)

    cases = tutela.load_cases(data / "cases" / "synthetic-300.ndjson")
    pack = tutela.load_pack("md/child-protection")
    thread = threading.Thread(target=tick)
    thread.start()
    before = ticks
    tutela.assess(cases, on="2026-03-02", packs=pack)
    during = ticks - before
    done.set()
    thread.join()
    assert during > 50

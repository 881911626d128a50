# SPDX-License-Identifier: Apache-2.0
"""`tutela network`: one page about a whole network, and the same as JSON."""

import html.parser
import json
import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("TUTELA_PROGRAM", str(ROOT / "build/release/bin/tutela"))
REGISTER = Path(os.environ.get("TUTELA_SHARED", ROOT.parent / "shared")) / "data/romania-services.json"
DEMO = ROOT / "examples/data/demo/network.json"


def run(*words):
    return subprocess.run([PROGRAM, "network", *map(str, words)], capture_output=True, text=True, check=False)


class Balanced(html.parser.HTMLParser):
    """Counts what is opened and closed, and what would be loaded from elsewhere."""

    def __init__(self):
        super().__init__()
        self.open = []
        self.loads = []

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in ("src", "data") or (name == "href" and not value.startswith("#")):
                self.loads.append(value)
        if tag not in ("meta", "link", "br", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    page = tmp_path_factory.mktemp("page") / "network.html"
    done = run(DEMO, "--on", "2026-03-01", "--out", page, "--lang", "en")
    assert done.returncode == 0, done.stderr
    return page.read_text()


def test_the_page_stands_alone(demo):
    parser = Balanced()
    parser.feed(demo)
    assert parser.open == []
    assert parser.loads == []
    assert "<script" not in demo
    assert 'lang="en"' in demo
    for section in ("holds", "map", "areas", "bottlenecks", "limits"):
        assert f'<section id="{section}">' in demo
    assert demo.count("<svg") == demo.count('role="img"')  # each drawing has words


def test_json_has_the_figures_of_the_file():
    done = run(DEMO, "--on", "2026-03-01", "--json")
    assert done.returncode == 0, done.stderr
    review = json.loads(done.stdout)
    network = json.loads(DEMO.read_text())
    assert review["format"] == "tutela-network-review/1"
    counted = review["offer"]["services"] + review["closed_services"]
    assert counted == len(network["services"])
    assert review["shown_exactly"] + review["shown_as_area"] + review["not_shown"] == review["offer"]["services"]
    assert review["gaps"] == []


def test_demand_from_a_table(tmp_path):
    kind = json.loads(DEMO.read_text())["services"][0]["kind"]
    table = tmp_path / "demand.csv"
    table.write_text(f"area,need,people,minimum_age_months,maximum_age_months\nnowhere,{kind},7,0,216\n")
    done = run(DEMO, "--on", "2026-03-01", "--json", "--demand", table)
    assert done.returncode == 0, done.stderr
    review = json.loads(done.stdout)
    assert review["gaps"][0]["missing"] == 7
    assert review["repair"] == [{"row": 0, "places": 7}]
    assert review["synthetic_demand"] is False
    table.write_text(f"area,need,people,minimum_age_months,maximum_age_months\nnowhere,{kind},many,0,216\n")
    done = run(DEMO, "--on", "2026-03-01", "--json", "--demand", table)
    assert done.returncode == 2
    assert "demand.csv:2" in done.stderr


def test_what_was_known_on_a_day(tmp_path):
    network = json.loads(DEMO.read_text())
    service = network["services"][0]
    service["recorded"] = "2026-02-01"
    network["out_of_service"] = [{"id": "works", "service_id": service["id"], "reason": "repair", "recorded": "2026-02-10", "withdrawn": "2026-02-20"}]
    file = tmp_path / "history.json"
    file.write_text(json.dumps(network))
    assert run(file, "--on", "2026-03-01", "--json").returncode == 2  # withdrawn records are no network
    counts = []
    for day in ("2026-01-31", "2026-02-01", "2026-02-10", "2026-02-20"):
        done = run(file, "--on", "2026-03-01", "--json", "--known-on", day)
        assert done.returncode == 0, done.stderr
        review = json.loads(done.stdout)
        counts.append((review["offer"]["services"] + review["closed_services"], len(review["resting"])))
    whole = len(network["services"])
    assert counts == [(whole - 1, 0), (whole, 0), (whole, 1), (whole, 0)]


def test_a_log_beside_the_network(tmp_path):
    agency, other = (one["id"] for one in json.loads(DEMO.read_text())["organizations"][:2])
    log = tmp_path / "log.csv"
    log.write_text(f"case,activity,timestamp,from,to\na,sent,2026-03-02,{agency},nobody\nb,sent,2026-03-02,{agency},{other}\nb,declined,2026-03-03,,\n")
    done = run(DEMO, "--log", log, "--until", "2026-03-31")
    assert done.returncode == 0, done.stderr
    review = json.loads(done.stdout)
    assert review["format"] == "tutela-log-review/1"
    assert (review["summary"]["referrals"], review["summary"]["stages"][0]["reached"]) == (2, 2)
    assert review["comparison"]["unfounded"][0]["gap"] in ("unknown_stop", "no_ground")
    assert run(DEMO, "--log", log).returncode == 2
    assert run(DEMO, "--log", log, "--until", "2026-03-31", "--on", "2026-03-01").returncode == 2
    log.write_text("case\n1\n")
    assert run(DEMO, "--log", log, "--until", "2026-03-31").returncode == 2


@pytest.mark.parametrize(
    "words",
    [
        [],
        [DEMO],
        [DEMO, "--on", "2026-03-01"],
        [DEMO, "--on", "2026-13-01", "--json"],
        [DEMO, "--on", "2026-03-01", "--json", "--form", "else"],
        [DEMO, "--on", "2026-03-01", "--json", "--form", "hsds"],
        [DEMO, "--on", "2026-03-01", "--json", "--form", "hsds", "--published", "soon"],
        [DEMO, "--on", "2026-03-01", "--json", "--form", "hsds", "--published", "2026", "--known-on", "2026-03-01"],
        [DEMO, "--on", "2026-03-01", "--json", "--closures", "-1"],
        [DEMO, "--on", "2026-03-01", "--json", "--lang", "xx"],
        [DEMO, "--on", "2026-03-01", "--json", "--agency", "nobody"],
        [DEMO, "--on", "2026-03-01", "--json", "--synthetic-demand", "home"],
        [DEMO, "--on", "2026-03-01", "--json", "--synthetic-demand", "home:9:18"],
        [DEMO, "--on", "2026-03-01", "--out", "/nowhere/at/all.html"],
        ["/nowhere/network.json", "--on", "2026-03-01", "--json"],
    ],
)
def test_what_cannot_be_done_is_said(words):
    done = run(*words)
    assert done.returncode == 2
    assert done.stderr


@pytest.mark.skipif(not REGISTER.exists(), reason="the Romanian register is not there")
def test_the_romanian_register(tmp_path):
    page = tmp_path / "romania.html"
    done = run(REGISTER, "--form", "romania", "--published", "2020-02", "--on", "2020-03-01", "--out", page, "--json",
               "--synthetic-demand", "k8790cr_c_i:12000:7-18")
    assert done.returncode == 0, done.stderr
    review = json.loads(done.stdout)
    assert review["offer"]["services"] == 2186
    assert review["offer"]["unknown_services"] == 153  # 121 empty and 32 odd capacities
    assert len(review["areas"]) == 42
    assert review["synthetic_demand"] is True
    assert sum(row["people"] for row in review["gaps"]) == 12000
    assert sum(one["places"] for one in review["repair"]) == sum(row["missing"] for row in review["gaps"])
    text = page.read_text()
    # No address and no coordinate of any service, hidden or not, is on the page; hidden services are nowhere by area.
    for service in json.loads(REGISTER.read_text())["providers"]:
        for degree in (str(service.get("lat", "")), str(service.get("lng", ""))):
            assert not re.fullmatch(r"\d+\.\d{4,}", degree) or degree not in text
    assert "made up for this report" in text or "inventată pentru acest raport" in text

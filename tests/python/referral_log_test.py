# SPDX-License-Identifier: Apache-2.0
"""Logs of referrals in Python, beside pandas where it is installed."""

import json
import random

import pytest

import tutela

STATES = ["draft", "sent", "received", "accepted", "waitlisted", "started", "completed", "declined", "closed"]
LOG = """case,activity,timestamp,from,to,reason
a,sent,2026-03-02T08:00:00,office,house,
a,accepted,2026-03-04T08:00:00,office,house,
a,started,2026-03-07T08:00:00,office,house,
b,sent,2026-03-03T08:00:00,office,house,
b,declined,2026-03-05T08:00:00,office,house,no_capacity
c,sent,2026-03-05T08:00:00,house,office,
"""


def test_figures_of_a_log():
    log = tutela.parse_event_log(LOG)
    assert len(log) == 6
    found = log.summary("2026-03-10")
    assert found["referrals"] == 3
    assert found["declines"] == [{"reason": "no_capacity", "to": "house", "count": 1}]
    sent = found["stages"][0]
    assert (sent["reached"], sent["went_on"], sent["declined"], sent["open"]) == (3, 1, 1, 1)
    assert found["time_to_service"][0]["days"] == 5
    assert found["hops"][0]["referrals"] == 2
    assert all(each["allowed"] for each in found["transitions"])
    assert tutela.parse_event_log(log.to_csv()).to_csv() == log.to_csv()


def test_bad_input_is_told():
    with pytest.raises(tutela.InputError) as error:
        tutela.parse_event_log("case,activity,timestamp\na,begun,yesterday\n")
    assert len(error.value.diagnostics) == 2
    with pytest.raises(tutela.InputError):
        tutela.parse_event_log(LOG).summary("2026-03-01")
    with pytest.raises(tutela.ContractViolation):
        tutela.allowed_after("begun")


def test_what_may_follow():
    assert tutela.allowed_after("closed") == ()
    assert "declined" in tutela.allowed_after("sent")


def test_lives_of_referrals():
    one = {"id": "a", "form": "referral", "from": "office", "to": "house",
           "steps": [{"state": "sent", "on": "2026-03-02", "by": "office"},
                     {"state": "accepted", "on": "2026-03-03", "by": "house"}]}
    text = json.dumps({"format": "tutela-referrals/1", "referrals": [one]})
    assert tutela.parse_referrals(text) == [one]
    with pytest.raises(tutela.InputError) as error:
        tutela.parse_referrals(text.replace("accepted", "closed"))
    found = {each.pointer: each.mend for each in error.value.diagnostics}
    assert "declined" in found["/referrals/0/steps/1/state"]
    assert "/referrals/0/steps/1/outcome" in found


def test_the_used_network_beside_the_agreed_one(data):
    network = tutela.load_network(data / "demo" / "network.json")
    log = tutela.parse_event_log(
        "case,activity,timestamp,from,to\na,sent,2026-03-02,demo-probation,demo-directorate\n"
        "b,sent,2026-03-02,demo-probation,nowhere\n")
    found = log.compare(network)
    assert found["referrals"] == 2 and found["founded"] == 1
    assert [each["gap"] for each in found["unfounded"]] == ["unknown_stop"]
    assert found["agreements_never_used"]


def test_transitions_equal_those_of_pandas():
    pandas = pytest.importorskip("pandas")
    source = random.Random(7)
    rows = [(f"r{source.randrange(60)}", source.choice(STATES), pandas.Timestamp("2026-01-01") + pandas.Timedelta(seconds=k * 3600))
            for k in range(2000)]
    frame = pandas.DataFrame(rows, columns=["case", "activity", "timestamp"])
    text = frame.assign(timestamp=frame.timestamp.dt.strftime("%Y-%m-%dT%H:%M:%S")).to_csv(index=False)
    found = tutela.parse_event_log(text).summary("2027-01-01")["transitions"]
    frame = frame.sort_values(["case", "timestamp"])
    frame["next"] = frame.groupby("case").activity.shift(-1)
    frame["gap"] = frame.groupby("case").timestamp.shift(-1) - frame.timestamp
    expected = frame.dropna().groupby(["activity", "next"]).gap.agg(["count", "median"])
    assert {(each["from"], each["to"]): (each["count"], each["median_seconds"]) for each in found} == {
        pair: (row["count"], row["median"].total_seconds()) for pair, row in expected.iterrows()}


def test_maps_and_graphs_hide_what_must_be_hidden(data):
    network = tutela.load_network(data / "demo" / "network.json")
    for text in (network.to_geojson("2026-03-02"), network.to_graphml("2026-03-02")):
        assert "Protected house" not in text
        assert "House by the well" in text

# SPDX-License-Identifier: Apache-2.0
"""HSDS 3.1.3 and public registers in Python."""

import json
import os
import pathlib

import pytest

import tutela

SHARED = pathlib.Path(os.environ.get("TUTELA_SHARED", pathlib.Path(__file__).resolve().parents[3] / "shared")) / "data"


def test_out_and_in(data):
    network = tutela.load_network(data / "chisinau" / "network.json")
    page = json.loads(network.to_hsds("2026-03-02"))
    assert page["total_items"] == len(network.services)
    back, dirty = tutela.parse_hsds(network.to_hsds("2026-03-02"), title="a file", published="2026")
    assert dirty == [] and back.services == network.services
    package = network.to_hsds_package("2026-03-02")
    assert {"datapackage.json", "services.csv", "organizations.csv"} <= set(package)
    again, dirty = tutela.parse_hsds(package, title="a file", published="2026")
    assert dirty == [] and again.to_json() == back.to_json()


def test_a_foreign_file_tells_what_is_dirty():
    text = '[{"id": "s", "name": "Centre", "status": "open", "organization": {"id": "o", "name": "House"}}]'
    network, dirty = tutela.parse_hsds(text, title="a file", published="2026-03")
    assert network.services == {"s": "Centre"}
    assert [(each["pointer"], each["written"]) for each in dirty] == [("/0/status", "open")]


def test_bad_input():
    with pytest.raises(tutela.InputError):
        tutela.parse_hsds("{}", title="a file", published="2026")
    with pytest.raises(tutela.ContractViolation):
        tutela.parse_hsds("[]", title="a file", published="some day")
    with pytest.raises(tutela.ContractViolation):
        tutela.import_register("", "mars", title="a file", published="2026")


@pytest.mark.skipif(not (SHARED / "romania-services.json").exists(), reason="the register is not beside the repository")
def test_the_romanian_register():
    text = (SHARED / "romania-services.json").read_text(encoding="utf-8")
    network, dirty = tutela.import_register(text, "romania", title="Register of social services", published="2020-02")
    assert len(network.services) == 2186 and len(network.agencies) == 777
    assert sum(each["pointer"].endswith("/capacitate") for each in dirty) == 121 + 32

# SPDX-License-Identifier: Apache-2.0
"""What the tests of the Python package share."""

import pathlib

import pytest

import tutela

ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def data():
    return ROOT / "examples" / "data"


@pytest.fixture(scope="session")
def swimming():
    """A synthetic rule: below 1.20 m never, otherwise as the guardian says."""
    return tutela.load_pack(ROOT / "tests" / "c" / "swimming.dmn")


@pytest.fixture(scope="session")
def child_protection():
    return tutela.load_pack("md/child-protection")


@pytest.fixture(scope="session")
def chisinau(data):
    return tutela.load_network(data / "chisinau" / "network.json")

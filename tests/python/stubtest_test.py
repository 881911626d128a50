# SPDX-License-Identifier: Apache-2.0
"""mypy over the package itself, and its own comparison of the stubs with the compiled module: which names there are, what is a
class, a function, a property.

Parameters of compiled functions it cannot see; stubs_test.py compares those."""

import pathlib
import subprocess
import sys

import pytest

# The parts of the stubs are files of the reader only: the module is one library.
PARTS = r"tutela\._core\._\w+"


@pytest.mark.heavy
def test_stubtest_finds_no_difference(tmp_path):
    pytest.importorskip("mypy")
    (tmp_path / "allowed.txt").write_text(PARTS + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "mypy.stubtest", "tutela._core", "--concise", "--ignore-positional-only", "--allowlist", str(tmp_path / "allowed.txt")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=600, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.heavy
def test_the_package_passes_mypy_strict(tmp_path):
    pytest.importorskip("mypy")
    root = pathlib.Path(__file__).resolve().parents[2]
    command = [sys.executable, "-m", "mypy", "--config-file", "pyproject.toml", "--cache-dir", str(tmp_path / "cache"), "bindings/python/tutela"]
    done = subprocess.run(command, cwd=root, capture_output=True, timeout=600, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr

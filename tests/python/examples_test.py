# SPDX-License-Identifier: Apache-2.0
"""Every Python example runs as its first lines say, and prints what it promises."""

import ast
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("TUTELA_SHARED", ROOT.parent / "shared"))
PRINTS = {
    "quickstart.py": ["unknown ('family.vulnerable',)", "True [", "blocked No lawful path"],
    "decide_table.py": ["day_service_next_step: ", "missing most: ", "in columns: True"],
    "interview.py": ["? When was the person born?", "day_service: True", "facts were asked"],
    "story_agreement.py": ["debated", "may follow: agreed signed in_force ended", "offence_prevention: nothing measures it", "available: 40 item", "applied: 170 item", "claim, not computed: ", "19 %"],
    "story_joint_plan.py": ["child: difficult_life_circumstances conflict_with_law", "coordinated by children-service", "overdue since 2025-06-16", "next exchange on 2025-06-25"],
    "story_reports.py": ["7 of 7 parts\n", "missing: statistics, proposals", "not_done: ", "in July: "],
    "story_services.py": ["recruited: 7 carer", "placed with them: 13 child", "housing: 22 ", "among them: 3 ", "3 years: 54 ", "at once: 7 pair", "in 3 months: 5 pair", "day centre: 110 ", "in the year: 100 ", "home: missing", "suppressed"],
    "story_families.py": ["package: 76", "families: about 180", "each family: about 2.37", "cannot be compared exactly", "social reintegration reached: 9", "professional reintegration reached: suppressed", "leave the team: 0"],
    "assess.py": ["300 cases:", "asked most:", "paths:", "scores for research"],
}


def test_each_example_is_known():
    assert {path.name for path in (ROOT / "examples").glob("*.py")} == set(PRINTS)


@pytest.mark.parametrize("name", sorted(PRINTS))
def test_example(name):
    run = subprocess.run([sys.executable, f"examples/{name}"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    for text in PRINTS[name]:
        assert text in run.stdout


@pytest.mark.parametrize("name", sorted(name for name in PRINTS if name.startswith("story_")))
def test_stories_are_short_and_type_no_figure(name):
    for path in (ROOT / "examples" / name, (ROOT / "examples" / name).with_suffix(".cpp")):
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 60, path.name
        for figure in ("13", "22", "54", "110", "100", "180", "76", "40", "170"):
            assert figure not in re.findall(r"(?<![-/\w])\d+(?![-/\w])", text.split("RUN: ")[1]), (path.name, figure)


def test_examples_say_what_they_show():
    for path in (ROOT / "examples").glob("*.*"):
        if path.suffix in (".py", ".cpp") and path.stem != "quickstart":
            text = path.read_text(encoding="utf-8")
            assert "SHOWS: " in text and "EASIER FIRST: " in text and "RUN: " in text, path.name
            assert path.name in (ROOT / "examples" / "README.md").read_text(encoding="utf-8")


def shown(source, names):
    """Runs a cell as a notebook does; the value of its last line, when that is an expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None


def printed(cell):
    return "".join("".join(output["text"]) for output in cell["outputs"] if output.get("name") == "stdout")


def displayed(cell):
    return ["".join(output["data"]["text/html"]) for output in cell["outputs"] if "text/html" in output.get("data", ())]


NEEDS = {"reform": ("pyarrow", "numpy", "matplotlib", "duckdb", "pyspark"), "network": ("matplotlib",), "directorate": ("matplotlib",)}
OUTSIDE = {"compas": "data/compas-two-years.csv", "network": "data/romania-services.json"}
WITHOUT_OUTPUTS = ("compas",)  # its rows are about real people


@pytest.mark.parametrize("path", sorted((ROOT / "examples" / "notebooks").glob("*.ipynb")), ids=lambda path: path.name)
def test_notebook(path, monkeypatch, capsys):
    book = json.loads(path.read_text(encoding="utf-8"))
    assert book["nbformat"] == 4 and len(book["cells"]) <= 25
    assert path.name in (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    if path.stem in OUTSIDE and not (SHARED / OUTSIDE[path.stem]).exists():
        pytest.skip(f"outside material is not here: {OUTSIDE[path.stem]}")
    for module in NEEDS.get(path.stem, ()):
        pytest.importorskip(module)
    if "pyspark" in NEEDS.get(path.stem, ()) and shutil.which("java") is None:
        pytest.skip("Spark needs Java, and there is none")
    monkeypatch.setenv("TUTELA_SHARED", str(SHARED))
    monkeypatch.setenv("COMPAS", str(SHARED / OUTSIDE["compas"]))
    monkeypatch.setenv("MPLBACKEND", "agg")
    monkeypatch.chdir(path.parent)
    if path.stem == "compas":
        assert len(book["cells"]) == 20
    names = {"__name__": "__main__"}
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            value = shown("".join(cell["source"]), names)
            said = capsys.readouterr().out
            if hasattr(value, "_repr_html_"):
                assert value._repr_html_().startswith("<")
            if path.stem in WITHOUT_OUTPUTS:
                assert cell["outputs"] == [], "outputs are not kept"
            else:
                old = "the outputs that are kept are old: execute the notebook again"
                assert printed(cell) == said, old
                assert displayed(cell) == ([value._repr_html_()] if hasattr(value, "_repr_html_") else []), old
    first = "".join(book["cells"][0]["source"])
    assert first.startswith("# ") and ("comes before" in first or "easier" in first)
    if path.stem not in WITHOUT_OUTPUTS:
        assert not any(output["output_type"] == "error" for cell in book["cells"] for output in cell.get("outputs", ()))
    if path.stem == "first_verdict":
        assert [cell["cell_type"] for cell in book["cells"][:4]] == ["markdown", "code", "code", "code"]
        assert names["verdict"].value is True and "text/html" in book["cells"][3]["outputs"][0]["data"]
        assert names["open_verdict"].missing == ("family.vulnerable",)
    if path.stem == "interview":
        assert names["interview"].finished and names["asked"]
        assert "person.victim_of_violence" not in names["asked"]
        assert names["timeline"].spans and names["ways"].ways
    if path.stem == "compas":
        assert names["errors"] == {"African-American": (44.85, 27.99), "Caucasian": (23.45, 47.72)}
        assert names["areas"] == {"African-American": 0.6918, "Caucasian": 0.6931}
        assert all(implied == counted for _, implied, counted in names["identity"].values())
        assert names["fit"]["sex"]["Female"] == 1.23 and names["fit"]["race"]["African-American"] == 0.9751
        assert "Asian × Female" in names["hidden"]
    if path.stem == "reform":
        assert names["children"].num_rows == names["found"].rows == 1_000_000 and len(names["today"].decisions) == 40
        assert names["by_tutela"] == names["by_duckdb"] and len(names["by_duckdb"]) > 100
        assert names["by_spark"] == names["in_one_process"] and all(len(counts) == 160 for counts in names["by_spark"].values())
        assert set(names["totals"]["as it was"]) == {"same"} and names["totals"]["certificate asked"]["loses"] > 0
    if path.stem == "network":
        assert names["offer"] == {"services": 2186, "places": 90481, "unknown_services": 153}
        assert sum(names["repair"].values()) == sum(gap.missing for gap in names["gaps"]) > 0
        assert names["missing_after"] == 0 and names["missing_with_one_fewer"] == 1
    if path.stem == "directorate":
        assert [len(report.missing) for report in names["reports"]] == [0, 2, 2, 6]
        assert len(names["identities"]) == 6 and {sums["holds"] for sums in names["identities"]} == {"yes"}
        assert names["counts"]["2023-07-07"]["overdue"] == 2 and names["counts"]["2023-07-28"]["overdue"] == 4
        assert names["pairs"]["2023-07-01"] == 3 and names["capacity"] == 7
        assert names["outside"]["refugees_housed"] == "suppressed"

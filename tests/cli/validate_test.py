# SPDX-License-Identifier: Apache-2.0
"""`tutela validate` from outside: the published figures, the three files, and bad input of every kind."""

import csv
import importlib.util
import io
import json
import os
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("TUTELA_PROGRAM", str(ROOT / "build/release/bin/tutela"))
COMPAS = Path(os.environ.get("TUTELA_SHARED", ROOT.parent / "shared")) / "data/compas-two-years.csv"
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
PUBLISHED = [
    "-30 <= days_b_screening_arrest and days_b_screening_arrest <= 30",
    "is_recid != -1",
    'c_charge_degree != "O"',
    'score_text != "N/A"',
]


def run(*words, stdin=None):
    return subprocess.run([PROGRAM, "validate", *map(str, words)], input=stdin, capture_output=True, text=True, timeout=120, check=False)


def people(count=200):
    """A small synthetic table: score, outcome, court, days."""
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(["score", "outcome", "court", "days", "housing"])
    for k in range(count):
        lines.writerow([k % 5, int(k * k % 7 < k % 5), ["north, old", "south"][k // 3 % 2], 1 + k % 90, "" if k % 9 == 0 else "x"])
    return text.getvalue()


@pytest.fixture(scope="module")
def compas(tmp_path_factory):
    if not COMPAS.exists():
        pytest.skip(f"outside material is not here: {COMPAS.name}")
    folder = tmp_path_factory.mktemp("compas")
    keep = [word for condition in PUBLISHED for word in ("--keep", condition)]
    done = run("--score", "decile_score", "--outcome", "two_year_recid", "--group", "race", "--group", "sex", *keep, "--threshold", 5,
               "--minimum-cell", 10, "--draws", 50, "--about", "a new charge within two years", "--subject", "decile score", "--out", folder, COMPAS)
    assert done.returncode == 1, done.stderr  # the figures for women should be looked at
    return folder, done


def group(report, grouping, name):
    groups = next(one for one in report["groupings"] if one["name"] == grouping)["groups"]
    return next(one for one in groups if one["group"] == name)


def test_the_published_sample_and_figures(compas):
    folder, done = compas
    report = json.loads((folder / "validation.json").read_text(encoding="utf-8"))
    schema = json.loads((ROOT / "docs/schemas/validation.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(report)
    assert report["base"]["of"] == 6172 and report["base"]["count"] == 2809
    assert sum(step["people"] for step in report["left_out"]) == 7214 - 6172
    assert report["area"]["value"] == pytest.approx(0.709789, abs=1e-6)
    assert report["calibration"]["brier"] == pytest.approx(0.214952, abs=1e-6)
    black = group(report, "race", "African-American")["figures"]
    assert round(100 * black["false_positive"]["value"], 2) == 42.34
    assert group(report, "sex", "Female")["figures"]["expected_by_observed"]["value"] == pytest.approx(1.23, abs=5e-5)
    assert 'probabilities are too high for "Female"' in done.stdout
    assert group(report, "race × sex", "Asian × Female") == {"group": "Asian × Female", "suppressed": True}
    assert report["draws"]["seed"] == 1


def test_small_groups_are_in_no_file(compas):
    folder, _ = compas
    page = (folder / "validation.html").read_text(encoding="utf-8")
    text = (folder / "validation.md").read_text(encoding="utf-8")
    for words in (page, text):
        assert "Asian × Female (not shown)" in words
        row = next(line for line in re.split(r"\n|<tr>", words) if "Asian × Female (not shown)" in line)
        assert not re.search(r"\d", re.sub(r"<[^>]*>", "", row.split("</tr>")[0]))


def test_the_page_stands_alone(compas):
    folder, _ = compas
    page = (folder / "validation.html").read_text(encoding="utf-8")
    assert "http:" not in page and "https:" not in page and "<script" not in page
    assert page.count("<svg") >= 5

    class Balanced(HTMLParser):
        open_tags = []

        def handle_starttag(self, tag, attrs):
            if tag not in ("meta", "br", "img", "link"):
                self.open_tags.append(tag)

        def handle_endtag(self, tag):
            assert self.open_tags.pop() == tag

    parser = Balanced()
    parser.feed(page)
    assert parser.open_tags == []


def test_the_plots_in_a_browser(compas, tmp_path):
    if BROWSER is None:
        pytest.skip("no chromium: the plots are not looked at in a browser")
    folder, _ = compas
    script = """<script>
      var bad = [];
      document.querySelectorAll('svg').forEach(function (svg) {
        var box = svg.getBoundingClientRect();
        svg.querySelectorAll('text').forEach(function (text) {
          var own = text.getBoundingClientRect();
          if (own.left < box.left - 1 || own.right > box.right + 1 || own.bottom > box.bottom + 1) bad.push(text.textContent);
        });
      });
      document.documentElement.setAttribute('data-said', JSON.stringify(
        { bad: bad, wide: document.documentElement.scrollWidth > window.innerWidth, plots: document.querySelectorAll('svg').length }));
    </script></body>"""
    page = tmp_path / "page.html"
    text = (folder / "validation.html").read_text(encoding="utf-8")
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text).replace("</body>", script)  # our script may run
    page.write_text(text, encoding="utf-8")
    dumped = subprocess.run([BROWSER, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", page.as_uri()],
                            capture_output=True, text=True, timeout=120, check=True).stdout
    said = json.loads(re.search(r'data-said="([^"]*)"', dumped).group(1).replace("&quot;", '"').replace("&#39;", "'").replace("&amp;", "&"))
    assert said["bad"] == [] and not said["wide"] and said["plots"] >= 5


def test_every_part_of_the_report(tmp_path):
    earlier = tmp_path / "earlier.csv"
    earlier.write_text("score\n0\n1\n1\n", encoding="utf-8")
    done = run("--score", "score", "--outcome", "outcome", "--group", "court", "--time", "days", "--item", "housing", "--earlier", earlier,
               "--rater", "score", "--rater", "score", "--period", "days", "--cluster", "days", "--draws", 20, "--out", tmp_path / "out", "--json", "-", stdin=people())
    assert done.returncode in (0, 1), done.stderr
    report = json.loads(done.stdout)
    assert report["missing"]["housing"]["count"] == 23
    assert report["stability"]["index"] > 0 and report["agreement"]["exact"] == 1
    assert report["concordance"]["pairs"] > 0 and report["survival"] and len(report["periods"]) == 90
    assert report["draws"]["clustered"] and report["groupings"][0]["groups"][0]["group"] == "north, old"
    text = (tmp_path / "out/validation.md").read_text(encoding="utf-8")
    for section in ("Sample", "Telling people apart", "Calibration and bands", "Every threshold", "Over time", "Groups: court", "Raters, answers, drift"):
        assert f"## {section}" in text


@pytest.mark.parametrize(("words", "said"), [
    (["--score", "nothing", "--outcome", "outcome", "--json"], 'no column "nothing"'),
    (["--score", "court", "--outcome", "outcome", "--json"], "is no number"),
    (["--score", "score", "--outcome", "days", "--json"], "none of 1, 0"),
    (["--score", "score", "--outcome", "outcome", "--keep", "court >", "--json"], "--keep"),
    (["--score", "score", "--outcome", "outcome", "--keep", "court + 1", "--json"], "neither true nor false"),
    (["--score", "score", "--outcome", "outcome", "--cuts", "3,2", "--json"], "cuts do not rise"),
    (["--score", "score", "--outcome", "outcome", "--probabilities", "--json"], "outside 0 to 1"),
    (["--score", "score", "--outcome", "outcome", "--keep", "score = 9", "--json"], "nothing can be said"),
    (["--score", "score", "--outcome", "outcome", "--draws", "many", "--json"], "--draws"),
    (["--score", "score", "--outcome", "outcome"], "no folder"),
    (["--outcome", "outcome", "--json"], "--score and --outcome"),
])
def test_bad_input(words, said):
    done = run(*words, "-", stdin=people())
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(("text", "said"), [
    ("", "empty"),
    ("score,outcome\n1\n", ":2: "),
    ('score,outcome\n"1,0\n', "does not end"),
    ("score,score\n1,0\n", "two columns"),
    ("score,\n1,0\n", "no name"),
])
def test_bad_tables(text, said):
    done = run("--score", "score", "--outcome", "outcome", "--json", "-", stdin=text)
    assert done.returncode == 2 and said in done.stderr and "TUT-7" in done.stderr


ROSSI_COEFFICIENTS = {"fin": -0.379422, "age": -0.057438, "race": 0.313900, "wexp": -0.149796, "mar": -0.433704, "paro": -0.084871, "prio": 0.091497}


def rossi():
    """432 men, weeks to their first arrest: the file that the package lifelines carries, or TUTELA_ROSSI."""
    named = os.environ.get("TUTELA_ROSSI")
    package = importlib.util.find_spec("lifelines")
    path = Path(named) if named else Path(package.origin).parent / "datasets/rossi.csv" if package else None
    if path is None or not path.exists():
        pytest.skip("outside material is not here: rossi.csv of lifelines")
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def followed(rows, score):
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(["score", "arrest", "week"])
    lines.writerows([score(row), row["arrest"], row["week"]] for row in rows)
    return json.loads(run("--score", "score", "--outcome", "arrest", "--time", "week", "--json", "-", stdin=text.getvalue()).stdout)


def survival(report, week):
    return [step for step in report["survival"] if step["time"] <= week][-1]


def test_rossi_survival_and_concordance():
    rows = rossi()
    report = followed(rows, lambda row: sum(weight * float(row[name]) for name, weight in ROSSI_COEFFICIENTS.items()))
    together = report["concordance"]
    assert together["concordant"] + together["tied"] / 2 == 27266.5 and together["pairs"] == 42582
    assert together["value"] == pytest.approx(0.6403292471, abs=1e-10)
    assert survival(report, 26)["survival"] == pytest.approx(0.875, abs=1e-9)
    assert survival(report, 26)["standard_error"] == pytest.approx(0.015912, abs=5e-7)
    assert survival(report, 52)["survival"] == pytest.approx(0.736111, abs=5e-7)
    assert survival(report, 52)["standard_error"] == pytest.approx(0.021205, abs=5e-7)
    unpaid = followed([row for row in rows if row["fin"] == "0"], lambda row: float(row["prio"]))
    assert survival(unpaid, 26)["survival"] == pytest.approx(0.851852, abs=5e-7)
    assert survival(unpaid, 52)["survival"] == pytest.approx(0.694444, abs=5e-7)

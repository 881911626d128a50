# SPDX-License-Identifier: Apache-2.0
"""The report in a browser: tabs by keyboard, choosing a family, filtering, nothing loaded from elsewhere, marked pages."""

import html
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pypdf
import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("TUTELA_PROGRAM", str(ROOT / "build/release/bin/tutela"))
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium: the report is not looked at in a browser")

SCRIPT = """
<script>
var said = {};
var visible = function () {
  return Array.prototype.filter.call(document.querySelectorAll('.panel'), function (p) { return !p.hidden; })
    .map(function (p) { return p.id; });
};
var key = function (name) {
  document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }));
};
said.start = visible();
document.getElementById('tab-cases').focus();
key('ArrowRight');
said.right = visible();
said.focus = document.activeElement.id;
said.selected = document.activeElement.getAttribute('aria-selected');
key('ArrowLeft'); key('ArrowLeft');
said.around = visible();
key('Home');
said.home = visible();
var list = document.querySelector('#cases select');
var before = document.getElementById('cases-sheet').innerHTML;
list.selectedIndex = 0;
list.dispatchEvent(new Event('change'));
var first = document.getElementById('cases-sheet').innerHTML;
document.querySelector('#cases [data-step="1"]').click();
said.changed = first !== document.getElementById('cases-sheet').innerHTML;
said.named = document.getElementById('cases-sheet').textContent.indexOf(list.options[1].textContent.split(' + ')[0]) >= 0;
var words = document.getElementById('filter-words');
words.value = 'synthetic-0007';
words.dispatchEvent(new Event('input'));
said.count = document.getElementById('filter-count').textContent;
words.value = '';
document.getElementById('filter-kind').value = 'probation';
document.getElementById('filter-kind').dispatchEvent(new Event('input'));
said.probation = document.getElementById('filter-count').textContent;
document.querySelector('a[data-case]').click();
said.opened = visible();
said.loaded = performance.getEntriesByType('resource').length;
document.documentElement.setAttribute('data-said', JSON.stringify(said));
</script>
"""


def browse(tmp_path: Path, *words: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         f"--user-data-dir={tmp_path / 'profile'}", *words], capture_output=True, timeout=120, check=True)


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    data = ROOT / "examples/data"
    subprocess.run(
        [PROGRAM, "assess", "--network", data / "demo/network.json", "--network", data / "chisinau/network.json",
         "--pack", "md/child-protection", "--instrument", "uk/ogrs3", "--cases", data / "cases/synthetic-300.ndjson",
         "--on", "2026-03-02", "--lang", "en", "--out", folder], capture_output=True, timeout=60, check=True)
    return folder / "report.html"


def test_tabs_families_and_filter(report: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(report.read_text(encoding="utf-8").replace("</body>", SCRIPT + "</body>"), encoding="utf-8")
    dumped = browse(tmp_path, "--dump-dom", page.as_uri()).stdout.decode()
    said = json.loads(html.unescape(re.search(r'data-said="([^"]*)"', dumped).group(1)))
    assert said["start"] == ["cases"]
    assert said["right"] == ["probation"] and said["focus"] == "tab-probation" and said["selected"] == "true"
    assert said["around"] == ["integrator"]
    assert said["home"] == ["cases"]
    assert said["changed"] and said["named"]
    assert said["count"] == "1 / 300"
    assert said["probation"] == "75 / 300"
    assert said["opened"] == ["cases"]
    assert said["loaded"] == 0


def test_every_printed_page_says_synthetic(report: Path, tmp_path: Path) -> None:
    browse(tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={tmp_path / 'report.pdf'}", report.as_uri() + "#data")
    pages = pypdf.PdfReader(tmp_path / "report.pdf").pages
    assert len(pages) > 3
    assert all("SYNTHETIC" in page.extract_text() for page in pages)

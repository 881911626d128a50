#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The intake form in a real browser, without a network: what is open, then what two answers settle.

Usage: intake_form.py CHROMIUM PAGE [SCREENSHOT]
"""
import pathlib
import re
import subprocess
import sys
import tempfile

FILL = """
const box = (name) => document.querySelector(`fieldset[data-fact="${name}"]`);
const born = box('person.birth_date').querySelector('input[type=date]');
born.value = '2025-01-10';
born.dispatchEvent(new Event('input', {bubbles: true}));
const yes = box('family.vulnerable').querySelector('input[value=true]');
yes.click();
"""

# The browser's clock runs ahead while nothing happens on the page, but the module is compiled beside it: this keeps the
# page busy until the form is there.
WAIT = """<script>
const wait = setInterval(() => {
  for (let i = 0; i < 5e7; ++i);
  if (document.querySelector('fieldset')) clearInterval(wait);
}, 100);
</script>
"""


def browse(browser, page, *options):
    with tempfile.TemporaryDirectory() as profile:
        command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND",
                   f"--user-data-dir={profile}", "--virtual-time-budget=60000", "--window-size=900,1100", *options,
                   pathlib.Path(page).resolve().as_uri()]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=300).stdout


def shown(browser, page):
    text = browse(browser, page, "--dump-dom")
    marked = re.findall(r'<fieldset data-fact="([^"]*)" class="settles"', text)
    return re.search(r'<strong id="outcome">([^<]*)<', text)[1], marked


def main():
    browser, page = sys.argv[1:3]
    with tempfile.TemporaryDirectory() as folder:
        opened = pathlib.Path(folder) / "opened.html"
        text = pathlib.Path(page).read_text(encoding="utf-8").replace('<script type="module">', WAIT + '<script type="module">')
        opened.write_text(text, encoding="utf-8")
        outcome, marked = shown(browser, opened)
        if len(sys.argv) > 3:
            browse(browser, opened, f"--screenshot={sys.argv[3]}")
    assert outcome.startswith("Not settled yet"), outcome
    assert marked == ["family.vulnerable", "need.day_service_accepts_age", "person.birth_date"], marked
    with tempfile.TemporaryDirectory() as folder:
        filled = pathlib.Path(folder) / "filled.html"
        filled.write_text(text.replace("ask();\n</script>", f"ask();{FILL}</script>"), encoding="utf-8")
        outcome, marked = shown(browser, filled)
        assert (outcome, marked) == ("Known: yes", []), (outcome, marked)
    print("the form asks, and two answers settle it")


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: Apache-2.0
"""What notebooks show: well-formed HTML in which every text is escaped."""

from html.parser import HTMLParser

import pytest

import tutela


class Balance(HTMLParser):
    """Fails on a tag that is closed without being open, or left open."""

    def __init__(self):
        super().__init__()
        self.open = []
        self.text = ""

    def handle_starttag(self, tag, attributes):
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag

    def handle_data(self, data):
        self.text += data + "\n"


def shown(item):
    parser = Balance()
    parser.feed(item._repr_html_())
    parser.close()
    assert parser.open == []
    return parser.text


def test_verdicts(child_protection):
    verdicts = child_protection.decide({"person.birth_date": "2025-01-10"}, on="2026-03-02")
    text = shown(verdicts["day_service"])
    assert "vulnerable family" in text and "None of them is a decision" in text
    html = verdicts["day_service"]._repr_html_()
    assert html.count("<details") > 5 and "10 January 2025" in html
    assert "is a child" in shown(verdicts).lower() or "child" in shown(verdicts)
    for verdict in verdicts.values():
        shown(verdict)


def test_safety_comes_before_any_question(child_protection):
    name = "prosecutor_notification_required"
    verdict = child_protection.decide({"person.birth_date": "2020-01-10"}, on="2026-03-02", decisions=[name])[name]
    text = shown(verdict)
    asked = child_protection.facts[verdict.missing[0]]["label"]
    assert verdict.caution == "not_excluded" and verdict.safety_duties
    assert text.index("assess safety at once") < text.index(asked)
    assert "24 hours" in text


def test_another_legal_order_is_named(child_protection):
    verdicts = child_protection.decide({}, on="2026-03-02", jurisdiction="RO")
    assert {verdict.outcome for verdict in verdicts.values()} == {"rule_not_available"}
    assert "no such rule for RO" in shown(verdicts)
    assert "RO" in verdicts["day_service"].explain("ro")


def test_texts_are_escaped(root):
    document = (root / "tests" / "c" / "swimming.dmn").read_text(encoding="utf-8")
    pack = tutela.parse_pack(document.replace('"deep"', '"&lt;script&gt;alert(1)&lt;/script&gt;"'))
    html = pack.decide({"child.birth_date": "2000-01-01"})["lane"]._repr_html_()
    assert "<script>" not in html and "&lt;script&gt;" in html


def test_scores():
    instrument = tutela.load_instrument("uk/ogrs3")
    answers = {"probation.conviction_date": "2009-09-09", "person.birth_date": "1972-09-09"}
    assert "To ask" in shown(instrument.score(answers, jurisdiction="GB-EAW"))
    assert "Why" in shown(instrument.score({}, jurisdiction="GB-EAW"))


def test_routes(chisinau):
    blocked = chisinau.route("probation-office", "2015-07-10", agency="lumos", purposes="reoffending_prevention")
    assert "debated" in shown(blocked) and "Duty to report" in shown(blocked)
    shown(chisinau.route("dgpdc", "2024-05-01", kind="day_service"))
    assert "no service of this kind" in shown(chisinau.route("dgpdc", "2024-05-01", kind="observatory"))


def test_assessments(data):
    found = tutela.assess(
        data / "cases" / "synthetic-300.ndjson",
        on="2026-03-02",
        packs="md/child-protection",
        instruments="uk/ogrs3",
        networks=[data / "demo" / "network.json", data / "chisinau" / "network.json"],
    )
    for assessment in found[:40]:
        assert "SYNTHETIC" in shown(assessment)


@pytest.mark.parametrize("value, words", [(True, "yes"), (tutela.NONE, "none"), (tutela.UNCERTAIN, "cannot be known"), ([1, 2], "1, 2")])
def test_values(value, words):
    from tutela import display

    assert display.value(value) == words

# SPDX-License-Identifier: Apache-2.0
"""Verdicts, interviews, timelines, scores, routes and assessments as HTML for notebooks. Every text is escaped.

One verdict shows its proof, which the library writes itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from .values import NONE, Bounds, Fault, Hop, Marker, Possible, Unknown

_CAUTIONS = {
    "none": "",
    "not_excluded": "Not excluded: assess safety at once, before any question.",
    "no_support": "Not settled: what is not known never supports a restriction.",
}
_STYLE = "text-align:left;vertical-align:top"
_WORDS = {
    "known": "known",
    "unknown": "unknown: ask",
    "undeterminable": "a human must decide",
    "refused": "refused: it would rest on facts on which nobody may be separated",
    "no_law_in_force": "no law in force on this day",
    "rule_not_available": "no such rule",
    "error": "cannot be computed",
}


def value(item: Any) -> str:
    """A value in a few words."""
    if isinstance(item, bool):
        return "yes" if item else "no"
    if item is NONE:
        return "none"
    if isinstance(item, Marker):
        return "cannot be known"
    if isinstance(item, Unknown):
        return "not known"
    if isinstance(item, Fault):
        return f"error: {item.what}"
    if isinstance(item, (list, tuple)):
        return ", ".join(value(part) for part in item)
    if isinstance(item, Mapping):
        return ", ".join(f"{key}: {value(part)}" for key, part in item.items())
    return str(item)


def verdicts(items: Mapping[str, Any]) -> str:
    """All verdicts of one question, one a row."""
    rows = [
        (
            item.label or name,
            _answer(item),
            _first(item),
            ", ".join(item.missing),
            "; ".join(str(citation) for citation in item.citations),
        )
        for name, item in items.items()
    ]
    return _grid(("Decision", "Answer", "First", "To ask", "Law"), rows) + _note("Findings for a named human, not decisions.")


def score(item: Any) -> str:
    """One score: numbers with their bounds, the band, what is missing, whose norm it is."""
    rows = [("State", escape(item.state))]
    if item.state in ("known", "open"):
        rows.append(("Total", escape(f"{_bounds(item.total)} {item.total_unit}")))
        for output in item.outputs.values():
            rows.append((output.label or output.id, escape(f"{_bounds(output.value, output.decimals)} {output.unit}")))
        if item.band or item.possible_bands:
            rows.append(("Band", escape(item.band or "open: " + ", ".join(item.possible_bands))))
    if item.missing:
        rows.append(("To ask", _lines(item.missing)))
    if item.assumed:
        rows.append(("Assumed by the published rule", _lines(item.assumed)))
    if item.reason:
        rows.append(("Why", escape(item.reason)))
    if item.diagnostics:
        rows.append(("Wrong facts", _lines(str(diagnostic) for diagnostic in item.diagnostics)))
    rows.append(("Norm", escape(item.norm)))
    return _table(item.instrument, rows)


def route(item: Any) -> str:
    """One answer of the router: the path, or what blocks it, and the duties to report."""
    rows = [("State", escape(item.state))]
    best = item.best
    if best is not None:
        rows.append(("Path", _lines(map(_hop, best.hops)) or "already there"))
        first = best.first_free_place
        rows.append(("First free place", escape(str(first) if first else "unknown, ask the service")))
        if best.ask:
            rows.append(("To ask", _lines(best.ask)))
    elif not item.goal_exists:
        rows.append(("Why", "no service of this kind is in the network"))
    else:
        rows.append(("Blocked", _lines(map(_hop, item.blocked))))
    duties = [f"{duty.who}: {duty.when}, to {duty.to_whom}" for duty in item.duties_to_report]
    rows.append(("Duty to report", _lines(duties) or "the data hold no such rule: ask a lawyer"))
    return _table("Route", rows)


def assessment(item: Any) -> str:
    """One assessment: findings, scores and routes."""
    title = f"Case {item.id} on {item.on}" + (" (SYNTHETIC)" if item.synthetic else "")
    parts = [f"<h4>{escape(title)}</h4>"]
    if item.findings:
        answers = [
            (found.label or found.decision, _answer(found), _first(found), ", ".join(found.missing))
            for found in item.findings
        ]
        parts.append(_grid(("Decision", "Answer", "First", "To ask"), answers))
    elif not item.has_pack:
        parts.append(_note(f"No rules of {item.jurisdiction} were given: nothing is said about rights."))
    parts.extend(score(found) for found in item.scores)
    rows = [(need, answer.state, answer.best.service if answer.best else "") for need, answer in item.routes.items()]
    if rows:
        parts.append(_grid(("Need", "Path", "Service"), rows))
    parts.append(_note("Findings for a named human, not decisions."))
    return "".join(parts)


def interview(item: Any) -> str:
    """What to find out next, of whom, and what is settled."""
    rows = [
        (
            question.text or question.label or question.fact,
            question.holder or question.asked_of.replace("_", " "),
            ", ".join(question.decisions),
            "" if question.expected_cost is None else f"{question.expected_cost:.2f}",
        )
        for question in item.ask
    ]
    parts = [_note(f"{caution.label or caution.decision}: {_first(caution)}") for caution in item.cautions]
    if item.not_available:
        parts.append(_note(f"No such rule for {item.jurisdiction or 'any legal order'}: " + ", ".join(item.not_available)))
    parts += [_grid(("Next question", "Of whom", "For", "Expected cost"), rows) if rows else _note("Nothing more to ask.")]
    if item.referred:
        parts.append(_note("For a trained interviewer: " + ", ".join(question.fact for question in item.referred)))
    if item.uncertain:
        parts.append(_note("Cannot be known: " + ", ".join(item.uncertain)))
    parts.append(_note(f"{len(item.settled)} answers settled, {len(item.open)} open. {item.costs}".strip()))
    return "".join(parts)


def timeline(item: Any) -> str:
    """The answers over time, and what changes them."""
    rows = [
        (str(span.from_), str(span.until), _answer(span), "; ".join(turn.text for turn in span.began_with))
        for span in item.spans
    ]
    note = "Every day was evaluated. " if item.day_by_day else ""
    return _grid(("From", "Until", item.decision, "Begins with"), rows) + _note(note + "Findings for a named human, not decisions.")


def counterfactuals(item: Any) -> str:
    """What the agency could do."""
    rows = [
        ("; ".join(change.help for change in way.changes), ", ".join(change.label or change.fact for change in way.changes), _output(way.answer))
        for way in item.ways
    ]
    if not rows:
        return _note("Nothing that a service can change would change this answer.")
    return _grid(("The agency could", "Changes", "Answer then"), rows)


def _first(item: Any) -> str:
    """What must be said before anything is asked, with the clocks that may run."""
    duties = "; ".join(map(_duty, item.safety_duties))
    return _CAUTIONS[item.caution] + (f" If the rule applies: {duties}" if duties else "")


def _duty(duty: Any) -> str:
    clock = f"within {duty.clock}" if duty.clock else "a duty without a stated time"
    return clock + (f", to: {duty.to}" if duty.to else "")


def _answer(item: Any) -> str:
    if item.outcome == "known":
        return _output(item.value)
    if item.outcome == "rule_not_available" and item.jurisdiction:
        return f"no such rule for {item.jurisdiction}"
    return _WORDS[item.outcome] + (f" ({_possible(item.possible)})" if item.outcome == "unknown" else "")


def _output(item: Any) -> str:
    return "no rule applies" if item is NONE else value(item)


def _possible(possible: Possible) -> str:
    if possible.kind == "set":
        at_most = "at most: " if possible.approximate else ""
        return at_most + " or ".join(_output(part) for part in possible.values if not isinstance(part, Fault))
    if possible.kind == "range" and possible.range is not None:
        low, high = possible.range.low, possible.range.high
        return f"{'' if low is None else value(low)} to {'' if high is None else value(high)}".strip()
    return "anything"


def _hop(hop: Hop) -> str:
    text = f"{hop.from_} → {hop.to}: {hop.state}, {hop.kind.replace('_', ' ')}"
    if hop.citation:
        text += f" ({hop.citation})"
    return text + "".join(f"; {obstacle.text}" for obstacle in hop.obstacles)


def _bounds(bounds: Bounds, decimals: int | None = None) -> str:
    def number(part: float) -> str:
        return f"{part:.{decimals}f}" if decimals is not None else f"{part:g}"

    return number(bounds.lowest) if bounds.is_settled else f"{number(bounds.lowest)} to {number(bounds.highest)}"


def _lines(texts: Iterable[str]) -> str:
    return "<br>".join(escape(text) for text in texts)


def _note(text: str) -> str:
    return f"<p><small>{escape(text)}</small></p>"


def _table(title: str, rows: Iterable[tuple[str, str]]) -> str:
    body = "".join(
        f'<tr><th scope="row" style="{_STYLE}">{escape(name)}</th><td style="{_STYLE}">{html}</td></tr>' for name, html in rows
    )
    return f'<table><caption style="text-align:left"><b>{escape(title)}</b></caption>{body}</table>'


def _grid(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = "".join(f'<th scope="col" style="{_STYLE}">{escape(text)}</th>' for text in heads)
    body = "".join("<tr>" + "".join(f'<td style="{_STYLE}">{escape(str(cell))}</td>' for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def validation(report: Any) -> str:
    """A validation as its whole page, in a frame of its own."""
    page = escape(report.to_html())
    return f'<iframe srcdoc="{page}" title="Validation" style="width:100%;height:40rem;border:1px solid #ccc"></iframe>'


def agenda(made: Any) -> str:
    """An agenda: a table of its lines, the review of the week and the priorities of the month."""
    from .casework import _text, agenda_rows

    content = made.to_dict()
    names = {agency["id"]: _text(agency["name"], "en") for agency in content["agencies"]}

    def whose(item: Mapping[str, Any]) -> str:
        return ": ".join(filter(None, (names.get(item.get("agency", ""), "nobody named"), item.get("role", "").replace("_", " "))))

    title = f"{_text(content['name'], 'en')}: {content['on']}" + (" (SYNTHETIC)" if made.synthetic else "")
    parts = [f"<h4>{escape(title)}</h4>"]
    heads = ("Agency", "Role", "Where it stands", "What", "Case", "Last day", "Look", "Written in")
    lines = [
        (
            row["agency"],
            row["role"].replace("_", " "),
            row["part"].replace("_", " "),
            row["what"],
            row["case"],
            row["due"] or "",
            row["marks"].replace("_", " "),
            row["citation"],
        )
        for row in agenda_rows(made)
    ]
    parts.append(_grid(heads, lines))
    if content["review"]:
        promises = [(whose(item), _text(item["what"], "en"), item["outcome"].replace("_", " ")) for item in content["review"]]
        parts.append(_grid(("Promises of the past week", "What", "Outcome"), promises))
    if content["priorities"]:
        priorities = [(whose(item), _text(item["what"], "en"), item.get("done", "open")) for item in content["priorities"]]
        parts.append(_grid(("Priorities of the month", "What", "Reached"), priorities))
    if content["left_out"]:
        left_out = [f"{item['clock']} ({item['why'].replace('_', ' ')})" for item in content["left_out"]]
        parts.append(_note("Left out: " + ", ".join(left_out)))
    parts.append(_note("Findings for people to decide on."))
    return "".join(parts)

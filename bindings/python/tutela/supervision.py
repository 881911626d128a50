# SPDX-License-Identifier: Apache-2.0
"""Clocks of the law, probation, electronic monitoring, child protection and papers.

Everything here is a finding for a named human. What is not known is None, never False.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Union

from . import _core
from .casework import _read

PathLike = Union[str, "os.PathLike[str]"]
Records = Union[PathLike, Mapping[str, Any]]


def _content(text: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(text)
    return made


def clocks(
    law: PathLike,
    events: Mapping[str, date | datetime | str],
    *,
    on: date | str,
    records: Mapping[str, Mapping[str, Any]] | None = None,
    work_calendar: PathLike | None = None,
    martial_law: bool = False,
    include_unverified: bool = False,
    limits: Mapping[str, int] | None = None,
) -> list[dict[str, Any]]:
    """What is due when, why, by which article.

    :param law: a country whose clocks ship (`md`, `ro`, `ua`), or a file of clocks.
    :param events: when what happened: `{"removal_decision": "2026-03-05T16:20", "birth": "2012-02-29"}`.
    :param on: the day; it is read as it ends.
    :param records: for single clocks, by identifier: `event`, `done`, `pauses`, `prolongations`.
    :param work_calendar: a file with the working days of the country; without one, holidays are unknown and marked.
    :param include_unverified: also clocks whose text is not known well enough; `by_default` is False for them.
    :return: one dictionary a clock, by last day; those without one come last. `state` says where it stands, `last` its
        last day, `marks` what to know about it, `citation` the article, `on_miss` what the act says about a miss.
    """
    document = {
        "format": "tutela-clock-events/1",
        "events": {name: _moment(moment) for name, moment in events.items()},
        "records": {name: dict(record) for name, record in (records or {}).items()},
    }
    text = _core._clocks(os.fspath(law), json.dumps(document), on, _path(work_calendar), martial_law, include_unverified, limits)
    listed: list[dict[str, Any]] = _content(text)["clocks"]
    return listed


def review_probation(
    records: Records,
    *,
    on: date | str,
    law: PathLike = "",
    clocks: PathLike = "",
    work_calendar: PathLike | None = None,
    include_unverified: bool = False,
    limits: Mapping[str, int] | None = None,
) -> dict[str, Any]:
    """Where every supervision stands on a day: regime, obligations, measures, community work, programmes.

    :param records: a file in the format `tutela-probation/1`, or its content as a dictionary.
    :param law: a file in the format `tutela-probation-law/1`; what ships for the country of the records when left out.
    :return: `reviews`, and `texts`: every text of law that they name. Times of work are in minutes.
    """
    text, name = _text_of(records)
    return _content(
        _core._review_probation(text, name, on, os.fspath(law), os.fspath(clocks), _path(work_calendar), include_unverified, limits)
    )


def review_child_protection(
    records: Records,
    *,
    on: date | str,
    law: PathLike = "",
    clocks: PathLike = "",
    work_calendar: PathLike | None = None,
    include_unverified: bool = False,
    limits: Mapping[str, int] | None = None,
) -> dict[str, Any]:
    """Where every child stands on a day: removals with their clocks, placements, plans, leaving care.

    :param records: a file in the format `tutela-child-protection/1`, or its content as a dictionary.
    :param law: a file in the format `tutela-protection-law/1`; what ships for the country of the records when left out.
    :return: `reviews`, and `texts`: every text of law that they name.
    """
    text, name = _text_of(records)
    return _content(
        _core._review_child_protection(
            text, name, on, os.fspath(law), os.fspath(clocks), _path(work_calendar), include_unverified, limits
        )
    )


def check_positions(
    records: Records,
    order: str,
    *,
    at: Sequence[int],
    latitude: Sequence[float],
    longitude: Sequence[float],
    accuracy: Sequence[int],
    fixed_at: Sequence[int] | None = None,
    protected_places: Records | None = None,
    start: int,
    end: int,
    on: date | str | None = None,
    limits: Mapping[str, int] | None = None,
) -> dict[str, Any]:
    """Checks the conditions of an order of electronic monitoring on the reports of its device.

    :param records: a file in the format `tutela-monitoring/1`, or its content as a dictionary.
    :param order: identifier of the order.
    :param at: when the device reports, seconds since 1970 in UTC, rising. A column, as all others.
    :param accuracy: metres within which the person is; 0 is not known.
    :param fixed_at: when each position was found; as `at` when left out.
    :param protected_places: places of protected persons, kept in a file of their own (`tutela-protected-places/1`).
    :param start: first second to look at; `end` is the first second after.
    :param on: a day, to learn how many reports from the begin are to be erased on it.
    :return: `review` for those who supervise, `notices` for the monitored side, `erase` (None without a retention or `on`).
    """
    text, name = _text_of(records)
    places = None if protected_places is None else _text_of(protected_places)[0]
    reports = [int(each) for each in at]
    review, notices, erase = _core._check_positions(
        text,
        name,
        order,
        places,
        reports,
        reports if fixed_at is None else [int(each) for each in fixed_at],
        [float(each) for each in latitude],
        [float(each) for each in longitude],
        [int(each) for each in accuracy],
        start,
        end,
        on,
        limits,
    )
    return {"review": json.loads(review), "notices": json.loads(notices), "erase": erase}


def count_equipment(records: Records, *, on: date | str, limits: Mapping[str, int] | None = None) -> dict[str, int]:
    """How many pieces of equipment are available, applied, in repair and lost at the end of a day."""
    text, name = _text_of(records)
    return _core._count_equipment(text, name, on, limits)


def needed_papers(
    documents: Records,
    case: str,
    *,
    law: PathLike,
    on: date | str,
    decision: str = "",
    verdict: _core.Verdict | None = None,
    facts: Iterable[str] = (),
    days: int = 30,
    include_unverified: bool = False,
    limits: Mapping[str, int] | None = None,
) -> dict[str, Any]:
    """Which papers a question asks for, and which are missing or run out; apart from the facts that are missing.

    :param documents: a file in the format `tutela-documents/1`, or its content as a dictionary.
    :param case: pseudonym of the case; one without papers has none.
    :param law: a country (`md`, `ro`, `ua`), or a file in the format `tutela-paper-law/1`.
    :param verdict: the verdict that the papers are for; or give `decision`.
    :param facts: names of known facts that must be proved.
    :param days: a paper that counts for at most so many days more is expiring.
    :return: `papers` by kind, `unproved` facts, `missing_facts` and `outcome` of the verdict, `complete` (False while the
        list of papers is not known whole), `texts`.
    """
    if (verdict is None) == (not decision):
        raise ValueError("give a verdict or a decision, one of the two")
    asked = decision if verdict is None else verdict.decision
    text, name = _text_of(documents)
    found = _content(
        _core._needed_papers(text, name, case, os.fspath(law), asked, list(facts), on, days, include_unverified, limits)
    )
    if verdict is not None:
        found["outcome"] = verdict.outcome
        found["missing_facts"] = list(verdict.missing)
    return found


def draft(
    kind: str,
    *,
    case: str,
    verdict: _core.Verdict | None = None,
    documents: Records | None = None,
    law: PathLike = "",
    values: Mapping[str, str] | None = None,
    lang: str = "en",
    limits: Mapping[str, int] | None = None,
) -> dict[str, Any]:
    """A draft for people to finish: never signed, and with a marked blank for everything that is not known.

    :param kind: `application`, `request`, `opinion_request`, `individual_plan` or `presentence_outline`.
    :param case: pseudonym of the case.
    :param verdict: the finding it rests on; its facts are shown, known or not.
    :param documents: papers of cases; with `law`, a country or a file, for which papers are needed.
    :param values: lines that the office fills in itself, by key; place, date and signature are left to who signs.
    :return: `title`, `warning`, `parts` with `lines` (`value` is None for a blank), `blanks`, `signed` (always False) and
        `markdown`.
    """
    if documents is not None and (verdict is None or not law):
        raise ValueError("papers need a verdict, and the law that says which ones are needed")
    text, name = (None, "") if documents is None else _text_of(documents)
    made, markdown = _core._draft(kind, case, verdict, text, name, os.fspath(law), dict(values or {}), lang, limits)
    return {**json.loads(made), "markdown": markdown}


def _moment(moment: date | datetime | str) -> str:
    if isinstance(moment, datetime):
        return moment.strftime("%Y-%m-%dT%H:%M")
    return moment.isoformat() if isinstance(moment, date) else moment


def _path(path: PathLike | None) -> str | None:
    return None if path is None else os.fspath(path)


def _text_of(records: Records) -> tuple[str, str]:
    if isinstance(records, Mapping):
        return json.dumps(records), ""
    name = os.fspath(records)
    return _read(name), name

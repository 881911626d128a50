# SPDX-License-Identifier: Apache-2.0
"""The weekly agenda and the joint plans of agencies that work together."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Union

from . import _core
from ._core import Agenda
from .errors import InputError
from .values import Diagnostic

PathLike = Union[str, "os.PathLike[str]"]


def agenda(
    records: PathLike | Mapping[str, Any],
    *,
    on: date | str,
    days: int = 7,
    clocks: PathLike = "",
    work_calendar: PathLike | None = None,
    include_unverified: bool = False,
    limits: Mapping[str, int] | None = None,
) -> Agenda:
    """What is due, overdue, promised and not done on a day, for each agency and person.

    :param records: path of a file in the format `tutela-agenda/1`, or its content as a dictionary.
    :param on: the day; it is read as it ends.
    :param days: how many days are looked ahead, 0 to 366.
    :param clocks: a file of clocks; those that ship for the country of the records when left out.
    :param work_calendar: a file with the working days of the country; without one, holidays are unknown and marked.
    :param include_unverified: also use clocks whose text is not known well enough; they are marked.
    """
    name, text = _content(records)
    calendar = None if work_calendar is None else os.fspath(work_calendar)
    return _core._agenda(text, name, on, days, os.fspath(clocks), calendar, include_unverified, limits)


def joint_plans(
    records: PathLike | Mapping[str, Any], *, on: date | str, limits: Mapping[str, int] | None = None
) -> list[dict[str, Any]]:
    """The plans of several agencies for one case each, as they stand on a day.

    :param records: path of a file in the format `tutela-agenda/1`, or its content as a dictionary.
    :param on: the day; what happened after it is not known.
    :return: for each plan its members with the statuses they have, its team and coordinator, its measures with what became
        of each, and how many measures of each kind there are and are done.
    """
    name, text = _content(records)
    return _core._joint_plans(text, name, on, limits)


def agenda_rows(made: Agenda, lang: str = "en") -> list[dict[str, Any]]:
    """The lines of an agenda as flat dictionaries: `pandas.DataFrame(tutela.agenda_rows(made))`."""
    if lang not in ("en", "ro", "uk", "ru"):
        raise ValueError("lang is one of en, ro, uk, ru")
    content = made.to_dict()
    names = {agency["id"]: _text(agency["name"], lang) for agency in content["agencies"]}
    rows = []
    for item in content["items"]:
        citation = item.get("citation")
        rows.append(
            {
                "agency": names.get(item["agency"], item["agency"]),
                "role": item.get("role", ""),
                "part": item["part"],
                "kind": item["kind"],
                "reference": item["reference"],
                "case": item.get("case", ""),
                "what": _text(item["what"], lang),
                "due": item.get("due"),
                "days_left": item.get("days_left"),
                "promised": item.get("promised"),
                "done": item.get("done"),
                "marks": ", ".join(item["marks"]),
                "citation": f"{citation['act']} {citation['article']} [{citation['grade']}]" if citation else "",
            }
        )
    return rows


def _text(texts: Mapping[str, str], lang: str) -> str:
    return texts.get(lang) or texts.get("en") or next(iter(texts.values()), "")


def _content(records: PathLike | Mapping[str, Any]) -> tuple[str, str]:
    """The name of a file and its text; no name for what was given as a dictionary."""
    if isinstance(records, Mapping):
        return "", json.dumps(records)
    return os.fspath(records), _read(os.fspath(records))


def _read(name: str) -> str:
    try:
        return Path(name).read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise InputError([Diagnostic("TUT-700", "error", name, 0, 0, "", "there is no such file", "")]) from None
    except OSError as error:
        what = f"the file cannot be read: {error.strerror}"
        raise InputError([Diagnostic("TUT-701", "error", name, 0, 0, "", what, "")]) from None
    except UnicodeDecodeError:
        raise InputError([Diagnostic("TUT-101", "error", name, 0, 0, "", "the file is not UTF-8", "")]) from None

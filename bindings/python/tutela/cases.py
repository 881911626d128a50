# SPDX-License-Identifier: Apache-2.0
"""Cases, from wherever they come, and the door to assessments."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, Union

from . import _core
from ._core import Assessment, Case, Instrument, Network, Pack
from .errors import InputError
from .values import Diagnostic, PackComparison

PathLike = Union[str, "os.PathLike[str]"]
_T = TypeVar("_T")


def load_cases(path: PathLike, *, limits: Mapping[str, int] | None = None) -> list[Case]:
    """Reads all cases of a file: one JSON object, an array, or one object a line (NDJSON).

    Raises InputError with everything that is wrong; then no case is returned.
    """
    name = os.fspath(path)
    try:
        text = Path(name).read_bytes()
    except FileNotFoundError:
        raise InputError([Diagnostic("TUT-700", "error", name, 0, 0, "", "there is no such file", "")]) from None
    except OSError as error:
        what = f"the file cannot be read: {error.strerror}"
        raise InputError([Diagnostic("TUT-701", "error", name, 0, 0, "", what, "")]) from None
    return _core.parse_cases(text, file=name, limits=limits)


def assess(
    cases: PathLike | Case | Mapping[str, Any] | Iterable[Case | Mapping[str, Any]],
    *,
    on: date | str,
    packs: PathLike | Pack | Iterable[PathLike | Pack] = (),
    instruments: PathLike | Instrument | Iterable[PathLike | Instrument] = (),
    networks: PathLike | Network | Iterable[PathLike | Network] = (),
    law_on: date | str | None = None,
    known_on: date | str | None = None,
    include_unverified: bool = False,
    fresh_days: int = 7,
    threads: int = 1,
    limits: Mapping[str, int] | None = None,
) -> list[Assessment]:
    """Assesses cases: what the law grants, how high the risk is, which agency can take each person, and why.

    :param cases: path of a file of cases, or cases as `Case` or as dictionaries in the format `tutela-case/1`.
    :param on: the day the question is asked for.
    :param packs: rule packs, loaded or by name; a case is judged by those of its own legal order.
    :param instruments: risk scales, loaded or by name; used on probation cases only, for research.
    :param networks: networks, loaded or by path; a case is served by the first that has the agency holding it.
    :param law_on: day whose text of the law is applied; `on` when left out.
    :param known_on: only facts recorded by this day count; all when left out.
    :param include_unverified: also run rules that are graded C, D or unverified.
    :param fresh_days: free places seen more days ago than this count as unknown.
    :param threads: threads to work on; 0 takes one for each processor. The result is the same.
    :param limits: bounds on input and work by name.
    :return: one assessment a case, in the same order.
    """
    return _core.assess_cases(
        _read(cases, limits),
        on,
        _loaded(packs, Pack, lambda name: _core.load_pack(name, limits=limits)),
        _loaded(instruments, Instrument, lambda name: _core.load_instrument(name, limits=limits)),
        _loaded(networks, Network, lambda name: _core.load_network(name, limits=limits)),
        law_on=law_on,
        known_on=known_on,
        include_unverified=include_unverified,
        fresh_days=fresh_days,
        threads=threads,
        limits=limits,
    )


def compare(
    before: PathLike | Pack,
    after: PathLike | Pack,
    on: date | str | None = None,
    *,
    decisions: str | Iterable[str] | None = None,
    cases: PathLike | Case | Mapping[str, Any] | Iterable[Case | Mapping[str, Any]] = (),
    include_unverified: bool = False,
    limits: Mapping[str, int] | None = None,
) -> PackComparison:
    """Compares two versions of a pack: the first case that each decision answers otherwise, and who gains or loses.

    :param before: the older version, loaded or by name.
    :param after: the newer version, loaded or by name.
    :param on: the day asked about; one day of every state of the law when left out.
    :param decisions: decisions to compare; all when left out.
    :param cases: a table of cases, as `assess` takes them.
    :param include_unverified: also run texts that are graded C, D or unverified.
    :param limits: bounds on input and work by name.
    :return: every decision, the facts that are not the same, and whose answers changed.
    """
    (old, new) = _loaded([before, after], Pack, lambda name: _core.load_pack(name, limits=limits))
    wanted = decisions if decisions is None or isinstance(decisions, str) else list(decisions)
    return old.compare(
        new, on, decisions=wanted, cases=_read(cases, limits), include_unverified=include_unverified, limits=limits
    )


def _read(cases: Any, limits: Mapping[str, int] | None) -> list[Case]:
    if isinstance(cases, (str, os.PathLike)):
        return load_cases(cases, limits=limits)
    if isinstance(cases, (Case, Mapping)):
        cases = [cases]
    items: list[Any] = list(cases)
    if all(isinstance(case, Case) for case in items):
        return items
    # Through the one strict reader, so that a dictionary is held to the same rules as a file.
    lines = [case.to_json() if isinstance(case, Case) else json.dumps(case, default=_plain) for case in items]
    return _core.parse_cases("\n".join(lines), file="cases", limits=limits)


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a {type(value).__name__} cannot be part of a case: use what JSON has, or load the case from text")


def _loaded(parts: Any, kind: type[_T], load: Callable[[str], _T]) -> list[_T]:
    if isinstance(parts, (kind, str, os.PathLike)):
        parts = [parts]
    return [part if isinstance(part, kind) else load(os.fspath(part)) for part in parts]

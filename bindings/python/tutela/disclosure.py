# SPDX-License-Identifier: Apache-2.0
"""What may be told to whom for which purpose, and whether an export hides each person among others.

Everything here is a finding for a named human, who decides and signs. What is not known is withheld.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from . import _core
from ._core import Case, DisclosureFinding, Instrument, Network, Pack
from .cases import PathLike, _loaded, _read
from .errors import InputError
from .values import Diagnostic


def what_may_be_told(
    case: Case | Mapping[str, Any],
    *,
    to: str,
    purpose: str,
    on: date | str,
    networks: PathLike | Network | Iterable[PathLike | Network],
    packs: PathLike | Pack | Iterable[PathLike | Pack] = (),
    instruments: PathLike | Instrument | Iterable[PathLike | Instrument] = (),
    facts: str | Sequence[str] = (),
    decisions: str | Sequence[str] = (),
    consents: Iterable[Mapping[str, Any]] = (),
    role: str = "",
    stays_in: str = "",
    place_facts: str | Sequence[str] = (),
) -> DisclosureFinding:
    """Says fact by fact what the agency that holds a case may tell another one.

    :param case: the case, as `Case` or as a dictionary in the format `tutela-case/1`.
    :param to: agency, unit or service that is told.
    :param purpose: what for, as a code word of the network.
    :param networks: networks, loaded or by path; the first that has the holder of the case counts.
    :param packs: rule packs; they say of which data category a fact is.
    :param instruments: risk scales; likewise.
    :param facts: facts that the purpose needs. Whatever is not needed stays.
    :param decisions: decisions that the recipient takes: the facts that they read are needed.
    :param consents: answers besides those in the case: `{"category": "health", "answer": "given", "given_by": "guardian",
        "about": ["person"], "purposes": [...], "to": [...], "valid_from": ..., "valid_until": ...}`.
    :param role: who reads it there; goes into the entry of the log.
    :param stays_in: service that the person stays in, whose place may be protected.
    :param place_facts: facts that tell where that is.
    """
    (item,) = _read(case, None)
    return _core._what_may_be_told(
        item,
        to,
        purpose,
        on,
        _loaded(networks, Network, _core.load_network),
        _loaded(packs, Pack, _core.load_pack),
        _loaded(instruments, Instrument, _core.load_instrument),
        facts,
        decisions,
        list(consents),
        role,
        stays_in,
        place_facts,
    )


def household_child_task(
    review: Mapping[str, Any],
    case: Case | Mapping[str, Any],
    *,
    to: str,
    purpose: str,
    on: date | str,
    facts: Sequence[str],
    networks: PathLike | Network | Iterable[PathLike | Network],
    **further: Any,
) -> dict[str, Any] | None:
    """The task to tell the children's service that a child lives with a person who is monitored, or None where there is none.

    The task holds names of facts and no value, no place, no condition and no position.

    :param review: what `check_positions` gave.
    :param case: the case of the person, as for `what_may_be_told`, which takes the other arguments too.
    :param to: the children's service.
    :param facts: what it needs to know, and no more: a file of probation is not opened to it as a whole.
    :return: `order`, `finding`, and `telling`: `tell` when all of it may be told, `unknown` when something must be settled first,
        `withhold` when something may not be told at all; then a lawful ground is to be sought, or a court to be asked.
    """
    if "tell_childrens_service" not in review["review"]["tasks"]:
        return None
    needed = [facts] if isinstance(facts, str) else list(facts)
    if not needed:
        wrong = "nobody said what the children's service needs to know"
        raise InputError([Diagnostic("TUT-705", "error", "", 0, 0, "/needed", wrong, "name the facts, and no more than it needs")])
    finding = what_may_be_told(case, to=to, purpose=purpose, on=on, networks=networks, facts=needed, **further)
    return {"order": review["review"]["order"], "finding": finding, "telling": finding.of_result(needed)}


def review_anonymity(
    quasi_identifiers: Mapping[str, Iterable[Any]] | Iterable[Iterable[Any]],
    *,
    sensitive: Iterable[Any] | None = None,
    people: int = 5,
    values: int = 2,
    limits: Mapping[str, int] | None = None,
) -> dict[str, Any]:
    """Whether the rows of an export hide each person among others: k-anonymity and l-diversity.

    :param quasi_identifiers: columns by which somebody could be recognised, by name or as a list: `frame[["age", "village"]]`.
    :param sensitive: a column that must not become known of anybody.
    :param people: fewest people who must look alike (k).
    :param values: fewest different sensitive values among them (l).
    :return: `passes`, `smallest` class, number of `classes`, `least_values`, and the `failing` rows from 0.
    """
    if hasattr(quasi_identifiers, "columns"):  # a data frame
        frame: Any = quasi_identifiers
        columns = [frame[name] for name in frame.columns]
    elif isinstance(quasi_identifiers, Mapping):
        columns = list(quasi_identifiers.values())
    else:
        columns = list(quasi_identifiers)
    texts = [[_cell(cell) for cell in column] for column in columns]
    secret = None if sensitive is None else [_cell(cell) for cell in sensitive]
    return _core._review_anonymity(texts, secret, people, values, limits)


def _cell(cell: Any) -> str:
    return "" if cell is None or cell != cell else str(cell)

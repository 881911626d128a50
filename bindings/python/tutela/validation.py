# SPDX-License-Identifier: Apache-2.0
"""Validating a score on people whose outcome is known."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from . import _core


def _plain(values: Any) -> Any:
    """A numpy array of whatever can become one without importing numpy here; everything else as it is."""
    return values.to_numpy() if hasattr(values, "to_numpy") else values


def _column(values: Any, kind: str, dtype: str, convert: Any) -> Any:
    """A buffer of one C type; numpy does the conversion where the values are its own."""
    if values is None:
        return None
    values = _plain(values)
    if hasattr(values, "astype") and getattr(values.dtype, "kind", "O") in "biuf":
        if dtype != "float64" and not bool((values == values.astype(dtype)).all()):
            raise ValueError("a column of whole numbers holds something else")
        return memoryview(values.astype(dtype, order="C", copy=False))
    return array(kind, map(convert, values))


def _number(value: Any) -> float:
    if value is None:
        raise ValueError("a number is missing: leave such people out and say so in left_out")
    return float(value)


def _flag(value: Any) -> int:
    if value in (0, 1):
        return int(value)
    raise ValueError("an outcome is 0 or 1; leave people whose outcome is not known out and say so in left_out")


def _doubles(values: Any) -> Any:
    return _column(values, "d", "float64", _number)


def _whole(values: Any) -> Any:
    return _column(values, "I", "uint32", int)


def _flags(values: Any) -> Any:
    column = _column(values, "B", "uint8", _flag)
    if column is not None and len(column) and max(column) > 1:
        raise ValueError("an outcome is 0 or 1")
    return column


def _codes(values: Any) -> tuple[list[str], Any]:
    """The words of a column by first appearance, and the place of each person's among them."""
    places: dict[Any, int] = {}
    codes = array("I", (places.setdefault(value, len(places)) for value in _plain(values)))
    return ["not said" if value is None or value != value else str(value) for value in places], codes


def _numbers_of(values: Any) -> Any:
    return None if values is None else _codes(values)[1]


def validate(
    scores: Any,
    outcomes: Any,
    *,
    groups: Mapping[str, Iterable[Any]] | None = None,
    probabilities: bool = False,
    threshold: float | None = None,
    cuts: Sequence[float] = (),
    bands: Sequence[str] = (),
    other_scores: Any = None,
    times: Any = None,
    events: Any = None,
    periods: Any = None,
    earlier_scores: Any = None,
    ratings: tuple[Any, Any] | None = None,
    items: Mapping[str, Iterable[Any]] | None = None,
    clusters: Any = None,
    strata: Any = None,
    left_out: Sequence[tuple[str, int]] = (),
    minimum_cell: int = 5,
    intersections: bool = True,
    draws: int = 0,
    seed: int = 1,
    subject: str = "",
    outcome: str = "",
) -> _core.ValidationReport:
    """Validates a score on a sample of people; lists, arrays and series of one length are taken alike.

    `outcomes` are 0 or 1. `groups` maps a name to the group of each person; small groups are not shown, nor others that
    would give them away. `probabilities` says that the scores are probabilities. `threshold` is where people are
    selected. `cuts` are the first scores of the bands above the lowest, `bands` their names. `items` maps an item to
    its answers, of which None is missing. `draws` is the number of bootstrap draws, of whole `clusters` and inside
    `strata` where they are given; `seed` makes them repeat. `left_out` tells who is not in the sample, step by step.
    """
    columns = {
        "scores": _doubles(scores),
        "outcomes": _flags(outcomes),
        "other_scores": _doubles(other_scores),
        "times": _doubles(times),
        "events": _flags(events),
        "periods": _whole(periods),
        "earlier_scores": _doubles(earlier_scores),
        "first_rating": _whole(ratings[0]) if ratings else None,
        "second_rating": _whole(ratings[1]) if ratings else None,
        "clusters": _numbers_of(clusters),
        "strata": _numbers_of(strata),
        "groups": [(name, *_codes(values)) for name, values in (groups or {}).items()],
        "items": [
            (name, array("B", (0 if value is None or value != value else 1 for value in _plain(values))))
            for name, values in (items or {}).items()
        ],
        "left_out": [(str(reason), int(people)) for reason, people in left_out],
    }
    options = {
        "probabilities": probabilities,
        "threshold": None if threshold is None else float(threshold),
        "cuts": [float(cut) for cut in cuts],
        "bands": [str(band) for band in bands],
        "minimum_cell": minimum_cell,
        "intersections": intersections,
        "draws": draws,
        "seed": seed,
        "subject": subject,
        "outcome": outcome,
    }
    return _core._validate(columns, options)

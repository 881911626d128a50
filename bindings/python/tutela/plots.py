# SPDX-License-Identifier: Apache-2.0
"""Pictures of answers. Matplotlib is imported when a picture is asked for, never before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .errors import ContractViolation

# In this order from the left; colours that colour-blind people can tell apart (Okabe and Ito).
_CHANGES = {
    "gains": ("gains", "#0072B2"),
    "becomes_known": ("becomes known", "#56B4E9"),
    "differs": ("differs", "#999999"),
    "becomes_unknown": ("becomes unknown", "#E69F00"),
    "loses": ("loses", "#D55E00"),
}


def changes(found: Any, decisions: str | Sequence[str] | None, group: str | None, axes: Any) -> Any:
    """Behind `BatchComparison.plot`."""
    known = found.changes
    if decisions is None:
        chosen = [name for name, counts in known.items() if set(counts) - {"same"}]
    else:
        chosen = [decisions] if isinstance(decisions, str) else list(decisions)
    unknown = [name for name in chosen if name not in known]
    if unknown:
        raise ContractViolation("not compared: " + ", ".join(unknown))
    bars = {name: known[name] for name in chosen} if group is None else _by_group(found, chosen, group)
    return _draw(bars, "per cent of the rows" + (f" of each {group}" if group else ""), axes)


def _by_group(found: Any, chosen: Sequence[str], group: str) -> dict[str, dict[str, int]]:
    """The changes of each value of a column, by its name; of each decision too when there are several."""
    import pyarrow

    table = pyarrow.table(found)
    groups = table.column_names[: table.column_names.index("decision")]
    if group not in groups:
        raise ContractViolation(f"`{group}` is not among the columns of `by`: {', '.join(groups) or 'none'}")
    bars: dict[str, dict[str, int]] = {}
    lines = table.select([groups.index(group), *map(table.column_names.index, ("decision", "change", "rows"))])
    for value, decision, change, rows in zip(*(column.to_pylist() for column in lines.columns)):
        if decision in chosen:
            name = "not known" if value is None else str(value)
            counts = bars.setdefault(name if len(chosen) == 1 else f"{decision}, {name}", {})
            counts[change] = counts.get(change, 0) + rows
    return dict(sorted(bars.items()))


def _draw(bars: Mapping[str, Mapping[str, int]], scale: str, axes: Any) -> Any:
    if axes is None:
        from matplotlib import pyplot

        axes = pyplot.subplots(figsize=(7, 1.2 + 0.32 * max(len(bars), 1)), layout="constrained")[1]
    names = list(bars)
    left = [0.0] * len(names)
    for change, (label, colour) in _CHANGES.items():
        shares = [100 * bars[name].get(change, 0) / max(sum(bars[name].values()), 1) for name in names]
        if any(shares):
            axes.barh(names, shares, left=left, color=colour, label=label)
            left = [start + share for start, share in zip(left, shares)]
    axes.set_xlabel(scale)
    axes.spines[["top", "right"]].set_visible(False)
    if any(left):
        if not axes.yaxis_inverted():
            axes.invert_yaxis()
        axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    else:
        axes.set_title("nothing changes")
    return axes

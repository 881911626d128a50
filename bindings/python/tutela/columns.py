# SPDX-License-Identifier: Apache-2.0
"""Many people at once: tables of every kind in, a table of scores out."""

from __future__ import annotations

import datetime
import sys
from array import array
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, NamedTuple

from . import _core
from .errors import ContractViolation, InputError
from .values import Diagnostic, Fact, Marker, Unknown

_OUT_OF_RANGE = -(2**31)  # lies outside the range of every fact: the person's score is an error, as for one score
_EPOCH = datetime.date(1970, 1, 1).toordinal()
_STATES = ("known", "open", "not_applicable", "error")


class _Column(NamedTuple):
    """One fact of everybody, as the compiled part reads it; exactly one of `whole` and `numbers`."""

    whole: Any
    numbers: Any
    present: Any


def _fault(code: str, pointer: str, what: str, mend: str = "") -> Diagnostic:
    return Diagnostic(code, "error", "", 0, 0, pointer, what, mend)


def _is_missing(value: Any) -> bool:
    return value is None or type(value).__name__ in ("NAType", "NaTType") or (isinstance(value, float) and value != value)


def _day(value: Any) -> int:
    if isinstance(value, datetime.datetime):
        return value.toordinal() - _EPOCH if value.time() == datetime.time() else _OUT_OF_RANGE
    if isinstance(value, datetime.date):
        return value.toordinal() - _EPOCH
    try:
        return datetime.date.fromisoformat(value).toordinal() - _EPOCH if len(value) == 10 else _OUT_OF_RANGE
    except (TypeError, ValueError):
        return _OUT_OF_RANGE


def _decimal(value: Any) -> Decimal | None:
    if isinstance(value, bool) or (isinstance(value, str) and ("_" in value or value.strip() != value)):
        return None
    try:
        number = Decimal(value)
    except (TypeError, ValueError, InvalidOperation):
        return None
    return number if number.is_finite() else None


def _whole(value: Any) -> int:
    number = _decimal(value)
    if number is None or number != number.to_integral_value() or abs(number) >= 2**31:
        return _OUT_OF_RANGE
    return int(number)


def _number(value: Any) -> float:
    number = _decimal(value)
    return float("nan") if number is None else float(number)


def _converter(fact: Mapping[str, Any]) -> Callable[[Any], Any]:
    """What turns one plain Python value into what the steps read."""
    if fact["type"] == "date":
        return _day
    if fact["type"] == "boolean":
        return lambda value: int(value) if isinstance(value, bool) else _OUT_OF_RANGE
    if fact["type"] == "string":
        places = {word: place for place, word in enumerate(fact["allowed"])}
        return lambda value: places.get(value, _OUT_OF_RANGE) if isinstance(value, str) else _OUT_OF_RANGE
    return _number if fact["decimals"] else _whole


def _from_values(values: Iterable[Any], fact: Mapping[str, Any]) -> _Column:
    convert = _converter(fact)
    decimals = fact["type"] == "number" and fact["decimals"] > 0
    column, present = array("d" if decimals else "i"), array("B")
    for value in values:
        if isinstance(value, (Fact, Marker, Unknown)):
            raise TypeError("a column holds plain values; score people with sources or partly known facts one by one")
        missing = _is_missing(value)
        present.append(0 if missing else 1)
        column.append(0 if missing else convert(value))
    return _Column(None, column, present) if decimals else _Column(column, None, present)


def _buffer(column: Any, kind: Literal["B", "d", "i"]) -> Any:
    """The values of an Arrow array without nulls, where they lie."""
    whole = memoryview(column.buffers()[1] or b"").cast("B").cast(kind)
    return whole[column.offset : column.offset + len(column)]


def _from_arrow(column: Any, fact: Mapping[str, Any], arrow: Any) -> _Column:
    import pyarrow.compute as compute

    types = arrow.types
    column = column.combine_chunks() if hasattr(column, "combine_chunks") else column
    if isinstance(column, arrow.ChunkedArray):
        column = arrow.concat_arrays(column.chunks) if column.num_chunks else arrow.array([], column.type)
    if types.is_dictionary(column.type):
        column = column.dictionary_decode()
    kind, wanted = column.type, fact["type"]
    is_text = types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind)
    missing = compute.is_null(column, nan_is_null=types.is_floating(kind))
    result = None
    if wanted == "string" and is_text:
        result = compute.index_in(column.cast(arrow.string()), value_set=arrow.array(list(fact["allowed"]), arrow.string()))
    elif wanted == "boolean" and types.is_boolean(kind):
        result = column.cast(arrow.int8())
    elif wanted == "date" and types.is_date32(kind):
        result = column.cast(arrow.int32())
    elif wanted == "number" and types.is_integer(kind) and not fact["decimals"]:
        inside = compute.and_(compute.greater(column, -(2**31)), compute.less(column, 2**31)) if kind.bit_width > 31 else None
        result = column if inside is None else compute.if_else(inside, column, None)
    elif wanted == "number" and types.is_floating(kind) and fact["decimals"]:
        numbers = compute.fill_null(column.cast(arrow.float64()), 0.0)
        return _Column(None, _buffer(numbers, "d"), _buffer(compute.invert(missing).cast(arrow.uint8()), "B"))
    if result is None:
        return _from_values(column.to_pylist(), fact)
    whole = compute.fill_null(result.cast(arrow.int32()), _OUT_OF_RANGE)
    return _Column(_buffer(whole, "i"), None, _buffer(compute.invert(missing).cast(arrow.uint8()), "B"))


def _read(values: Any, fact: Mapping[str, Any]) -> _Column:
    speaks_arrow = hasattr(values, "__arrow_c_stream__") or hasattr(values, "__arrow_c_array__")
    if speaks_arrow or hasattr(values, "dtype"):
        try:
            import pyarrow as arrow
        except ImportError:
            return _from_values(values.tolist() if hasattr(values, "tolist") else list(values), fact)
        if hasattr(values, "__arrow_c_stream__"):
            return _from_arrow(arrow.chunked_array(values), fact, arrow)
        if speaks_arrow or getattr(values.dtype, "kind", "O") in "biufM":
            return _from_arrow(arrow.array(values), fact, arrow)
        return _from_values(values.tolist(), fact)
    return _from_values(values, fact)


def _columns_of(table: Any) -> dict[str, Any]:
    """The columns of a table by name; those of an Arrow table are taken where they lie."""
    if isinstance(table, Mapping):
        return dict(table)
    if hasattr(table, "__arrow_c_stream__"):
        try:
            import pyarrow
        except ImportError:
            if not hasattr(table, "columns"):
                raise
        else:
            arrow = pyarrow.table(table)
            return {name: arrow.column(place) for place, name in enumerate(arrow.column_names)}
    if hasattr(table, "columns"):
        return {str(name): table[name] for name in table.columns}
    raise TypeError("a table is a mapping of names and columns, a data frame, or anything with __arrow_c_stream__")


def _recorded(columns: Mapping[str, Any], instrument: _core.Instrument) -> Any:
    """Who has a recorded sanction or charge, where a column that the score itself does not read says it."""
    acts = [name for name in instrument.recorded_act if name in columns]
    if not acts or set(acts) <= set(instrument.facts):
        return None
    known = [[not _is_missing(value) and value is not False for value in list(_plain(columns[name]))] for name in acts]
    return array("B", map(any, zip(*known)))


def _plain(values: Any) -> Any:
    return values.to_pylist() if hasattr(values, "to_pylist") else values.tolist() if hasattr(values, "tolist") else values


def _matched(
    instrument: _core.Instrument, table: Any, names: Mapping[str, str], without: Iterable[str]
) -> tuple[dict[str, Any], dict[str, _Column]]:
    """The columns by name of the fact, and as the steps read them; everything that does not fit is told together."""
    given, facts, left_out, faults = _columns_of(table), instrument.facts, set(without), []
    readable = set(facts) | set(instrument.recorded_act)
    columns: dict[str, Any] = {}
    for name, values in given.items():
        fact = names.get(name, name)
        if fact not in readable:
            if name in names:
                faults.append(_fault("TUT-401", f"/{name}", "the instrument reads no such fact", "look at instrument.facts"))
        elif fact in columns:
            faults.append(_fault("TUT-707", f"/{name}", "two columns give the same fact", "leave one out"))
        else:
            columns[fact] = values
    faults += [_fault("TUT-705", f"/{name}", "the table has no such column") for name in names if name not in given]
    faults += [_fault("TUT-401", f"/{name}", "the instrument reads no such fact", "leave it out of without") for name in sorted(left_out - readable)]
    faults += [
        _fault("TUT-705", f"/{fact}", "no column gives this fact", "name its column in columns, or the fact in without")
        for fact in facts if fact not in columns and fact not in left_out
    ]
    acts = set(instrument.recorded_act)
    if acts and not acts & set(columns) and not acts <= left_out:
        faults += [_fault("TUT-705", f"/{act}", "no column records the sanction or charge without which nobody is scored") for act in sorted(acts - set(facts))]
    read: dict[str, _Column] = {}
    lengths: dict[str, int] = {}
    for fact in (name for name in facts if name in columns):
        try:
            read[fact] = _read(columns[fact], facts[fact])
            lengths[fact] = len(read[fact].present)
        except (TypeError, ValueError, OverflowError) as error:
            faults.append(_fault("TUT-200", f"/{fact}", str(error) if isinstance(error, TypeError) else "the column cannot be read as the fact is declared"))
    if len(set(lengths.values())) > 1:
        most = max(lengths.values())
        faults += [_fault("TUT-200", f"/{fact}", "the column is shorter than others") for fact, size in lengths.items() if size < most]
    if faults:
        raise InputError(faults)
    return columns, read


def _doubles_or_none(data: bytes) -> list[float | None]:
    return [None if value != value else value for value in memoryview(data).cast("d")]


def _plain_table(found: dict[str, Any]) -> dict[str, list[Any]]:
    table: dict[str, list[Any]] = {
        "state": [_STATES[state] for state in found["states"]],
        "band": [None if band < 0 else found["band_names"][band] for band in memoryview(found["bands"]).cast("i")],
    }
    for name, low, high in [("total", found["lowest"], found["highest"]), *found["outputs"]]:
        lowest, highest = _doubles_or_none(low), _doubles_or_none(high)
        table[name] = [a if a == b else None for a, b in zip(lowest, highest)]
        table[f"{name}.lowest"], table[f"{name}.highest"] = lowest, highest
    return table


def _arrow_table(found: dict[str, Any]) -> Any:
    import pyarrow
    import pyarrow.compute as compute

    people = len(found["states"])

    def column(data: bytes, kind: Any) -> Any:
        return pyarrow.Array.from_buffers(kind, people, [None, pyarrow.py_buffer(data)])

    settled = column(found["bands"], pyarrow.int32())
    settled = compute.if_else(compute.less(settled, 0), None, settled)
    table = {
        "state": pyarrow.array(_STATES, pyarrow.string()).take(column(found["states"], pyarrow.uint8())),
        "band": pyarrow.array(found["band_names"], pyarrow.string()).take(settled),
    }
    for name, low, high in [("total", found["lowest"], found["highest"]), *found["outputs"]]:
        ends = [column(data, pyarrow.float64()) for data in (low, high)]
        lowest, highest = (compute.if_else(compute.is_nan(end), None, end) for end in ends)
        table[name] = compute.if_else(compute.equal(lowest, highest), lowest, None)
        table[f"{name}.lowest"], table[f"{name}.highest"] = lowest, highest
    return pyarrow.table(table)


def score_batch(
    instrument: _core.Instrument,
    table: Any,
    columns: Mapping[str, str] | None,
    without: Iterable[str],
    purpose: str,
    jurisdiction: str,
    on: Any,
    bounds: bool,
    limits: Any,
) -> Any:
    """Behind `Instrument.score_batch`."""
    if purpose not in ("practice", "research"):
        raise ContractViolation('purpose must be "practice" or "research"')
    given, read = _matched(instrument, table, columns or {}, (without,) if isinstance(without, str) else without)
    recorded = _recorded(given, instrument)
    people = max((len(column.present) for column in read.values()), default=0)
    facts = instrument.facts
    # A column without nulls is handed over without its marks: then whole blocks of people run through the steps.
    marks = {name: None if b"\0" not in bytes(column.present) else column.present for name, column in read.items()}
    handed = [(facts[name]["id"], column.whole, column.numbers, marks[name]) for name, column in read.items()]
    found = _core._score_columns(
        instrument, handed, people, recorded, purpose == "practice", jurisdiction, on, bounds, limits
    )
    if isinstance(table, Mapping) or not hasattr(table, "__arrow_c_stream__"):
        plain = _plain_table(found)
        return plain if isinstance(table, Mapping) else type(table)(plain)
    result = _arrow_table(found)
    family = type(table).__module__.partition(".")[0]
    if family == "pandas":
        return result.to_pandas()
    return sys.modules["polars"].from_arrow(result) if family == "polars" else result


# SPDX-License-Identifier: Apache-2.0
"""Decisions over a Spark data frame, batch by batch on every worker, through `mapInArrow`.

    import tutela.spark
    answers = tutela.spark.decide(frame, "md/child-protection", on="2026-03-02", keep=["case"])

Needs pyspark and pyarrow. The pack travels with the job as its files; each worker loads them once and checks that the
digest is the driver's, so every row is answered by the same law.
"""

from __future__ import annotations

import functools
import os
import pathlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from . import _core
from .errors import ContractViolation

__all__ = ["decide"]


@functools.lru_cache(maxsize=16)
def _loaded(files: tuple[tuple[str, bytes], ...], digest: str) -> _core.Pack:
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files:
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        pack = _core.load_pack(folder if len(files) > 1 else os.path.join(folder, files[0][0]))
    if digest and pack.digest != digest:
        raise ContractViolation(f"the pack that arrived has the digest {pack.digest}, not {digest}")
    return pack


def _files(pack: _core.Pack) -> tuple[tuple[str, bytes], ...]:
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(pack.save(os.path.join(folder, "pack")))
        paths = [root] if root.is_file() else sorted(path for path in root.rglob("*") if path.is_file())
        base = root.parent if root.is_file() else root
        return tuple((path.relative_to(base).as_posix(), path.read_bytes()) for path in paths)


def _plain(column: Any) -> Any:
    """The column without dictionaries, which Spark does not take."""
    import pyarrow

    if isinstance(column, pyarrow.ChunkedArray):
        return pyarrow.chunked_array([_plain(chunk) for chunk in column.chunks], type=_plain(pyarrow.array([], column.type)).type)
    if pyarrow.types.is_dictionary(column.type):
        return column.dictionary_decode()
    if pyarrow.types.is_large_list(column.type):
        return pyarrow.ListArray.from_arrays(column.offsets.cast(pyarrow.int32()), _plain(column.values))
    return column


def _answers(pack: _core.Pack, table: Any, keep: Sequence[str], asked: Mapping[str, Any]) -> Any:
    """The columns to keep and the answers, as a table."""
    import pyarrow

    found = pyarrow.table(pack.decide_batch(table, threads=1, **asked))
    columns = {name: table[name] for name in keep}
    for name in found.column_names:
        if name in columns:
            raise ContractViolation(f"`{name}` is kept and is the name of an answer: name the column otherwise")
        columns[name] = _plain(found[name])
    return pyarrow.table(columns)


def decide(frame: Any, pack: _core.Pack | str | os.PathLike[str], on: Any = None, *, keep: Iterable[str] = (), **options: Any) -> Any:
    """Answers the decisions of a pack for every row of a Spark data frame, as `Pack.decide_batch` does.

    Gives a data frame with the columns named by `keep` and those of the answers. `options` are those of
    `Pack.decide_batch` but `threads`: Spark shares the rows out. Instruments are given by name. Columns that do not fit their facts are told here,
    before the job starts.
    """
    import pyarrow
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

    if "threads" in options:
        raise ContractViolation("`threads` is Spark's: share the rows out by partitions")
    files = _files(pack if isinstance(pack, _core.Pack) else _core.load_pack(pack))
    mine = _loaded(files, "")
    digest = mine.digest
    kept = [keep] if isinstance(keep, str) else list(keep)
    asked = dict(options, on=on)
    empty = to_arrow_schema(frame.schema).empty_table()
    schema = from_arrow_schema(_answers(mine, empty, kept, asked).schema)
    names = list(frame.columns)

    def run(batches: Iterator[Any]) -> Iterator[Any]:
        here = _loaded(files, digest)
        for batch in batches:
            table = pyarrow.Table.from_batches([batch]).rename_columns(names)
            yield from _answers(here, table, kept, asked).to_batches()

    # Spark takes a dot in a name for a field of a struct: on the way columns have numbers.
    return frame.toDF(*(f"c{place}" for place in range(len(names)))).mapInArrow(run, schema)

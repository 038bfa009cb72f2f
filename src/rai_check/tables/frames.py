"""The reader of data frames in memory: pandas, Polars, PyArrow and whatever speaks Arrow."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rai_check.errors import DataError, UsageError
from rai_check.tables.digests import content_digest
from rai_check.tables.foreign import guarded
from rai_check.tables.interface import Column
from rai_check.tables.source import (
    BATCH_ROWS,
    LONGEST_VALUE,
    Source,
    bounded,
    columns_of,
    place_of,
    text_of,
)

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

_IN_MEMORY = {("polars", "DataFrame"), ("pyarrow", "Table")}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Frame:
    """A frame in memory as Arrow sees it: its columns, and their values in the same order."""

    where: str
    columns: tuple[Column, ...]
    arrays: "tuple[pa.ChunkedArray, ...]"
    rows: int


def read_frame(frame: object) -> Frame | Source:
    """Return a frame in memory as it is, or one that comes as a stream as a source.

    A pandas index is not a column: `reset_index()` makes it one. A pandas column of mixed types
    is read as text. A stream, such as a `RecordBatchReader`, is used up.

    Raises:
        UsageError: it is not a frame.
        DataError: it has columns that cannot be used, or text that is too long or not UTF-8.
    """
    library = type(frame).__module__.partition(".")[0]
    where = f"the {library} {type(frame).__name__}"
    if library == "pandas" and hasattr(frame, "iloc") and hasattr(frame, "columns"):
        return _in_memory(_from_pandas(frame, where), where, trusted=True)
    if library == "polars" and type(frame).__name__ == "LazyFrame":
        raise UsageError("A Polars LazyFrame holds no rows yet: give its collect().")
    if not hasattr(frame, "__arrow_c_stream__"):
        raise UsageError(
            f"A table can be a pandas, Polars or PyArrow frame; got {type(frame).__name__!r}."
        )
    stream = guarded(lambda: _stream(frame), f"{where} could not be read")
    if (library, type(frame).__name__) not in _IN_MEMORY:
        return _source(stream, where)
    table = guarded(stream.read_all, f"{where}: its rows cannot be read")
    return _in_memory(table, where, trusted=library == "polars")


def frame_source(frame: Frame) -> Source:
    """Return the rows of a frame in memory, with their digest, to be loaded."""
    import pyarrow as pa

    whole = pa.Table.from_arrays(list(frame.arrays), names=[c.name for c in frame.columns])
    source = _source(whole.to_reader(), frame.where)
    digest = content_digest(source.columns, _texts_of(whole, source))
    return replace(source, fingerprint=digest)


def _in_memory(table: "pa.Table", where: str, *, trusted: bool) -> Frame:
    columns = columns_of(table.schema, where)
    for column, array in zip(columns, table.columns, strict=True):
        _must_be_usable(array, place_of(where, column.name), trusted=trusted)
    return Frame(where=where, columns=columns, arrays=tuple(table.columns), rows=table.num_rows)


def _must_be_usable(array: "pa.ChunkedArray", place: str, *, trusted: bool) -> None:
    """Look at values at once, so that a frame is refused when it is given, not when it is asked.

    That text is UTF-8 is taken from a `trusted` library until it is used.
    """
    import pyarrow.compute as pc
    import pyarrow.types as pt

    if not trusted or pt.is_dictionary(array.type):
        guarded(lambda: array.validate(full=True), f"{place} could not be read")
    if not (pt.is_string(array.type) or pt.is_large_string(array.type)):
        return
    long = array.filter(pc.greater(pc.binary_length(array), LONGEST_VALUE))
    for piece in long.chunks:
        text_of(piece, place)


def _texts_of(table: "pa.Table", source: Source) -> Iterator["pa.RecordBatch"]:
    import pyarrow as pa

    for batch in table.to_batches(max_chunksize=BATCH_ROWS):
        pairs = zip(source.columns, batch.columns, strict=True)
        texts = [text_of(array, source.place(column.name)) for column, array in pairs]
        yield pa.RecordBatch.from_arrays(texts, names=[c.name for c in source.columns])


def _source(reader: "pa.RecordBatchReader", where: str) -> Source:
    return Source(
        where=where,
        columns=columns_of(reader.schema, where),
        batches=bounded(_batches(reader, where)),
    )


def _stream(frame: object) -> "pa.RecordBatchReader":
    import pyarrow as pa

    return pa.RecordBatchReader.from_stream(frame)


def _batches(reader: "pa.RecordBatchReader", where: str) -> Iterator["pa.RecordBatch"]:
    message = f"{where}: its rows cannot be read"
    while (batch := guarded(lambda: _next(reader), message)) is not None:
        yield batch


def _next(reader: "pa.RecordBatchReader") -> "pa.RecordBatch | None":
    """The next rows, with every index inside its dictionary and every text inside its bytes."""
    batch = next(reader, None)
    if batch is not None:
        batch.validate(full=True)
    return batch


def _from_pandas(frame: Any, where: str) -> "pa.Table":  # noqa: ANN401 - pandas has no types here
    import pyarrow as pa

    names = [str(name) for name in frame.columns]
    arrays = [_column(frame.iloc[:, i], name, where) for i, name in enumerate(names)]
    return pa.Table.from_arrays(arrays, names=names)


def _column(series: "pd.Series[Any]", name: str, where: str) -> "pa.Array | pa.ChunkedArray":
    import pyarrow as pa

    try:
        return pa.Array.from_pandas(series)
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        pass  # values of several types in one column: text is what they have in common
    return guarded(
        lambda: pa.array(_texts(series, name, where), pa.string()),
        f"{place_of(where, name)} could not be read as text",
    )


def _texts(series: "pd.Series[Any]", name: str, where: str) -> list[str | None]:
    values = series.astype(object)
    missing = values.isna()
    if any(isinstance(v, bytes | list | tuple | dict | set) for v in values):
        raise DataError(f"{place_of(where, name)} holds lists, records or bytes.")
    return [None if gone else str(v) for v, gone in zip(values, missing, strict=True)]

"""The reader of data frames in memory: pandas, Polars, PyArrow and whatever speaks Arrow."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rai_check.errors import DataError, UsageError
from rai_check.tables.foreign import guarded
from rai_check.tables.names import shown
from rai_check.tables.source import Source, bounded, columns_of

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


def frame_source(frame: object) -> Source:
    """Open a frame.

    A pandas index is not a column: `reset_index()` makes it one. A pandas column of mixed types
    is read as text. A `RecordBatchReader` is used up.

    Raises:
        UsageError: it is not a frame.
        DataError: it has columns that cannot be used.
    """
    library = type(frame).__module__.partition(".")[0]
    where = f"the {library} {type(frame).__name__}"
    if library == "pandas" and hasattr(frame, "iloc") and hasattr(frame, "columns"):
        return _source(_from_pandas(frame, where), where)
    if library == "polars" and type(frame).__name__ == "LazyFrame":
        raise UsageError("A Polars LazyFrame holds no rows yet: give its collect().")
    if not hasattr(frame, "__arrow_c_stream__"):
        raise UsageError(
            f"A table can be a pandas, Polars or PyArrow frame; got {type(frame).__name__!r}."
        )
    return _source(guarded(lambda: _stream(frame), f"{where} could not be read"), where)


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
    while (batch := guarded(lambda: next(reader, None), message)) is not None:
        yield batch


def _from_pandas(frame: Any, where: str) -> "pa.RecordBatchReader":  # noqa: ANN401 - pandas has no types here
    import pyarrow as pa

    names = [str(name) for name in frame.columns]
    arrays = [_column(frame.iloc[:, i], name, where) for i, name in enumerate(names)]
    return pa.Table.from_arrays(arrays, names=names).to_reader()


def _column(series: "pd.Series[Any]", name: str, where: str) -> "pa.Array":
    import pyarrow as pa

    try:
        return pa.Array.from_pandas(series)
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        pass  # values of several types in one column: text is what they have in common
    return guarded(
        lambda: pa.array(_texts(series, name, where), pa.string()),
        f"{where}, column {shown(name)!r} could not be read as text",
    )


def _texts(series: "pd.Series[Any]", name: str, where: str) -> list[str | None]:
    values = series.astype(object)
    missing = values.isna()
    if any(isinstance(v, bytes | list | tuple | dict | set) for v in values):
        raise DataError(f"{where}, column {shown(name)!r} holds lists, records or bytes.")
    return [None if gone else str(v) for v, gone in zip(values, missing, strict=True)]

"""Frames: three libraries and a stream, odd columns, and what is not a frame."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from rai_check.errors import DataError, UsageError
from rai_check.tables import Column, Table, from_frame

OpenFrame = Callable[[object], Table]


def _values(table: Table, column: str = "a") -> list[str | None]:
    return [v for batch in table.batches([column]) for v in batch.column(0).to_pylist()]


def test_mixed_pandas_column_is_text_when_read(framed: OpenFrame) -> None:
    mixed = [1, "x ", 2.0, None, True, np.nan, pd.NaT, dt.datetime(2024, 1, 2), Decimal("1.5")]  # noqa: DTZ001 - as a spreadsheet has it
    table = framed(pd.DataFrame({"a": pd.Series(mixed, dtype=object)}))
    assert table.columns == (Column("a", "text"),)
    assert _values(table) == ["1", "x", "2", None, "true", None, None, "2024-01-02", "1.5"]


@pytest.mark.parametrize(
    ("series", "kind", "values"),
    [
        (pd.Series([True, None, False], dtype=object), "boolean", ["true", None, "false"]),
        (pd.Series([1, None], dtype=object), "integer", ["1", None]),
        (pd.Series([1, None]), "number", ["1", None]),
        (pd.Series([1, None], dtype="Int64"), "integer", ["1", None]),
        (pd.Series(pd.Categorical(["b", None, "a"])), "text", ["b", None, "a"]),
        (pd.Series(pd.Categorical([1, "b"])), "text", ["1", "b"]),
        (pd.Series([dt.date(2024, 1, 2)]), "date", ["2024-01-02"]),
        (pd.Series([2**70, 1], dtype=object), "text", [str(2**70), "1"]),
        (pd.Series([], dtype=float), "number", []),
    ],
)
def test_pandas_column_has_its_kind_when_read(
    framed: OpenFrame, series: "pd.Series[object]", kind: str, values: list[str | None]
) -> None:
    table = framed(pd.DataFrame({"a": series}))
    assert table.columns[0].kind == kind
    assert _values(table) == values


def test_pandas_names_become_text_when_numbers(framed: OpenFrame) -> None:
    assert framed(pd.DataFrame({1: [2]})).columns == (Column("1", "integer"),)


def test_stream_is_read_when_it_comes_in_pieces(framed: OpenFrame) -> None:
    schema = pa.schema({"a": pa.int64()})
    batches = [pa.record_batch({"a": pa.array(range(n), pa.int64())}) for n in (3, 0, 100_000)]
    table = framed(pa.RecordBatchReader.from_batches(schema, batches))
    assert table.rows == 100_003
    assert _values(table)[:5] == ["0", "1", "2", "0", "1"]


def test_fingerprint_is_the_same_when_only_the_library_differs(framed: OpenFrame) -> None:
    data = {"a": ["x", None, "é"], "b": [1.5, 2.0, None]}
    table = pa.table(data)
    pieces = pa.concat_tables([table.slice(0, 1), table.slice(1)])
    frames = [pd.DataFrame(data), pl.DataFrame(data), table, pieces, pieces.to_reader()]
    assert len({framed(frame).fingerprint() for frame in frames}) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"a": ["xy", ""], "b": ["z", "w"]},
        {"a": ["x", "y"], "b": ["zw", None]},
        {"a": ["x", "yz"], "b": [None, "w"]},
        {"a": ["y", "x"], "b": ["z", "w"]},
        {"b": ["x", "y"], "a": ["z", "w"]},
        {"a": ["x", "y"], "c": ["z", "w"]},
        {"a": ["x"], "b": ["z"]},
    ],
)
def test_fingerprint_differs_when_anything_does(framed: OpenFrame, other: object) -> None:
    first = framed(pa.table({"a": ["x", "y"], "b": ["z", "w"]})).fingerprint()
    assert framed(pa.table(other)).fingerprint() != first


def test_fingerprint_is_as_it_was_when_first_released(framed: OpenFrame) -> None:
    # sha256( sha256("a") + sha256(<i4 1, -1>) + sha256("x") ), worked by hashlib alone
    import hashlib

    def sha(data: bytes) -> bytes:
        return hashlib.sha256(data).digest()

    expected = sha(sha(b"a") + sha(b"\x01\0\0\0\xff\xff\xff\xff") + sha(b"x")).hex()
    assert framed(pa.table({"a": ["x", None]})).fingerprint() == expected


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (pd.DataFrame(), "has no columns"),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), "columns 1, 2"),
        (pd.DataFrame({"a": [[1], None]}), "column 'a' holds lists"),
        (pd.DataFrame({"a": [{"k": 1}, 3]}), "column 'a' holds lists"),
        (pd.DataFrame({"a": [b"x", "y"]}), "column 'a' holds lists"),
        (pd.DataFrame({"a": pd.to_timedelta([1], unit="D")}), "durations"),
        (pl.DataFrame({"a": [[1]]}), "column 'a' holds lists"),
        (pa.table({"a": pa.array([b"x"])}), "column 'a' holds lists"),
        (pl.Series("a", [1]), "could not be read"),
    ],
)
def test_frame_is_refused_when_it_is_no_table(frame: object, message: str) -> None:
    with pytest.raises(DataError, match=message):
        from_frame(frame, name="cases")


@pytest.mark.parametrize("frame", [{"a": [1]}, [1], None, "a,b", np.zeros(3)])
def test_object_is_refused_when_it_is_no_frame(frame: object) -> None:
    with pytest.raises(UsageError, match="pandas, Polars or PyArrow"):
        from_frame(frame, name="cases")


def test_lazy_frame_is_refused_with_what_to_do() -> None:
    with pytest.raises(UsageError, match="collect"):
        from_frame(pl.LazyFrame({"a": [1]}), name="cases")


@pytest.mark.parametrize("index", [2, -1, 10**8])
@pytest.mark.parametrize("stream", [False, True])
def test_index_outside_its_dictionary_is_refused(index, stream):
    indexes = pa.array([0, index], pa.int32())
    codes = pa.DictionaryArray.from_arrays(indexes, pa.array(["a", "SECRET"]), safe=False)
    table = pa.table({"g": codes})

    with pytest.raises(DataError, match="read") as caught:
        from_frame(table.to_reader() if stream else table, name="t").cells(["g"])

    assert "SECRET" not in str(caught.value)

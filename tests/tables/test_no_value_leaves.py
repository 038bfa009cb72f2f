"""A planted value never comes out in an error: not its text, its chain, nor its traceback."""

import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from rai_check.errors import RaiCheckError
from rai_check.tables import IsIn, from_frame, open_table
from rai_check.tables.engine import Engine
from rai_check.tables.foreign import guarded

SECRET = "Ermintrude-9434765919"  # noqa: S105 - a made-up value, not a password
WriteFile = Callable[..., Path]


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        if error.__cause__ is not None:
            yield from _chain(error.__cause__)
        error = error.__context__


def _must_be_silent(action: Callable[[], object]) -> None:
    with pytest.raises(RaiCheckError) as caught:
        action()
    error = caught.value
    said = [text for e in _chain(error) for text in (str(e), repr(e), repr(e.args), repr(vars(e)))]
    said += traceback.format_exception(error)
    assert not any(SECRET in text for text in said)
    assert not any("Ermintrude" in text or "9434765919" in text for text in said)


class _Telltale:
    def __str__(self) -> str:
        raise LookupError(SECRET)


def _failing_stream() -> pa.RecordBatchReader:
    def batches() -> Iterator[pa.RecordBatch]:
        yield pa.record_batch({"a": [SECRET]})
        raise ValueError(SECRET)

    return pa.RecordBatchReader.from_batches(pa.schema({"a": pa.string()}), batches())


def _not_utf_8() -> pa.Table:
    content = SECRET.encode() + b"\xff"
    offsets = pa.py_buffer(b"\0\0\0\0" + len(content).to_bytes(4, "little"))
    buffers = [None, offsets, pa.py_buffer(content)]
    return pa.table({"a": pa.Array.from_buffers(pa.string(), 1, buffers)})


@pytest.mark.parametrize(
    "content",
    [
        f"a,b\n1,2\n{SECRET},2,3\n".encode(),
        f"a,b\n1,2\n{SECRET}\n".encode(),
        f'a,b\n{SECRET},"2\n3,4\n'.encode(),
        f'a,b\n1,2\n"{SECRET}\n3,4\n'.encode(),
        f"a,b\n{SECRET},".encode() + b"\x81\n",
        f"a,b\n{SECRET},\0\n".encode(),
        f"a,b\n1,{SECRET * 500_000}\n".encode(),
        f"a,b\n1,{SECRET * 60_000}\n".encode(),
        f"\ufeffa,b\n{SECRET},2\n".encode("utf-16-le") + b"\x00",
        f'"a,b\n{SECRET},2\n'.encode(),
    ],
)
def test_value_stays_when_a_csv_file_is_refused(write: WriteFile, content: bytes) -> None:
    path = write(content)
    _must_be_silent(lambda: open_table(path, name="t"))


def test_value_stays_when_the_given_encoding_is_wrong(write: WriteFile) -> None:
    path = write(f"a\n{SECRET}é\n".encode())
    _must_be_silent(lambda: open_table(path, name="t", encoding="ascii"))


def test_value_stays_when_a_parquet_file_is_refused(write: WriteFile) -> None:
    path = write(f"PAR1{SECRET}PAR1", "cases.parquet")
    _must_be_silent(lambda: open_table(path, name="t"))


@pytest.mark.parametrize(
    "frame",
    [
        lambda: pd.DataFrame({"a": [{SECRET: 1}, 1]}),
        lambda: pd.DataFrame({"a": [SECRET.encode(), 1]}),
        lambda: pd.DataFrame({"a": [SECRET, _Telltale()]}),
        lambda: pd.DataFrame({"a": pd.Series([SECRET + "\ud800"], dtype=object)}),
        lambda: pd.DataFrame({"a": [SECRET * 60_000]}),
        _failing_stream,
        _not_utf_8,
    ],
)
def test_value_stays_when_a_frame_is_refused(frame: Callable[[], object]) -> None:
    made = frame()
    _must_be_silent(lambda: from_frame(made, name="t"))


@pytest.mark.parametrize("ask", ["cells", "counts", "distinct", "batches", "sample", "fingerprint"])
def test_value_stays_when_text_of_a_trusted_library_is_no_text(ask: str) -> None:
    content = SECRET.encode() + b"\xed\xa0\x80"  # half a surrogate pair: Arrow trims it happily
    offsets = pa.py_buffer(bytes(8) + len(content).to_bytes(8, "little"))
    buffers = [None, offsets, pa.py_buffer(content)]
    array = pa.Array.from_buffers(pa.large_string(), 1, buffers)
    table = from_frame(pd.DataFrame({"a": pd.arrays.ArrowExtensionArray(array)}), name="t")
    asked: dict[str, Callable[[], object]] = {
        "cells": lambda: table.cells(["a"]),
        "counts": lambda: table.counts(["a"]),
        "distinct": lambda: list(table.distinct("a")),
        "batches": lambda: list(table.batches(["a"])),
        "sample": lambda: table.sample("a", 1, "key"),
        "fingerprint": table.fingerprint,
    }
    _must_be_silent(asked[ask])


def test_value_stays_when_a_number_is_too_large_to_sum() -> None:
    table = from_frame(pa.table({"a": [9434765919.0]}), name="t")
    _must_be_silent(lambda: table.cells([], sums=["a"]))


def test_value_stays_when_the_engine_cannot_convert() -> None:
    engine = Engine()
    try:
        engine.rows("CREATE TABLE t (c0 VARCHAR)")
        engine.insert("t", pa.record_batch({"c0": [SECRET]}))
        _must_be_silent(lambda: engine.rows("SELECT CAST(c0 AS INTEGER) FROM t"))
        _must_be_silent(lambda: list(engine.stream("SELECT CAST(c0 AS DATE) FROM t", 10)))
        engine.rows("CREATE TABLE numbers (c0 INTEGER)")
        _must_be_silent(lambda: engine.insert("numbers", pa.record_batch({"c0": [SECRET]})))
    finally:
        engine.close()


def test_value_stays_when_a_predicate_is_refused() -> None:
    _must_be_silent(lambda: IsIn("a", (SECRET, "")))


def test_our_own_error_passes_when_guarded() -> None:
    def work() -> None:
        raise RaiCheckError("ours")

    with pytest.raises(RaiCheckError, match=r"^ours$"):
        guarded(work, "theirs")


def test_foreign_error_is_named_by_class_when_guarded() -> None:
    def work() -> None:
        raise KeyError(SECRET)

    with pytest.raises(RaiCheckError, match=r"^It broke \(KeyError\)\.$") as caught:
        guarded(work, "It broke")
    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None

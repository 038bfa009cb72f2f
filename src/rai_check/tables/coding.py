"""Columns of a frame as small whole numbers: a value is written as text once, not in every row."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from rai_check.tables.cells import Coded, coded
from rai_check.tables.cube import flags
from rai_check.tables.cuts import places
from rai_check.tables.engine import MOST_THREADS
from rai_check.tables.foreign import guarded
from rai_check.tables.interface import Cut, IsIn, Known
from rai_check.tables.source import BATCH_ROWS, text_of
from rai_check.tables.sql import NUMBER
from rai_check.tables.stored import stored_as

if TYPE_CHECKING:
    import pyarrow as pa

T = TypeVar("T")
U = TypeVar("U")
_SPAN = 250
"""Whole numbers so close together are coded by their differences."""
_WORTH_THREADS = 100_000
_SMALL = (np.uint8, np.uint16)


def encoded(column: "pa.ChunkedArray", place: str) -> Coded:
    """Return a column as codes; `place` says where it is, for messages.

    Raises:
        DataError: its values have no text form, or are too long.
    """
    values, codes = guarded(lambda: _coded(column, place), f"{place} could not be read")
    return Coded(texts=text_of(values, place), codes=_narrow(codes, len(values)))


def cut(numbers: np.ndarray, key: Cut) -> Coded:
    """Return the places of numbers (NaN: missing) among the edges of `key`, as codes."""
    import pyarrow as pa

    last = len(key.edges) + 1
    codes = np.where(np.isnan(numbers), last, places(numbers, key.edges))
    return Coded(texts=pa.array([str(i) for i in range(last)]), codes=_narrow(codes, last))


def flagged(values: Coded, key: IsIn | Known) -> Coded:
    """Return of which rows a predicate holds, as codes."""
    import pyarrow as pa

    texts = pa.concat_arrays([values.texts, pa.nulls(1, values.texts.type)])
    said, codes = coded(flags(key, texts))
    return Coded(texts=said, codes=codes.astype(np.uint8)[values.codes])


def numbers(column: "pa.ChunkedArray", values: Callable[[], Coded]) -> np.ndarray:
    """Return the finite numbers of a column as doubles, NaN where there is none.

    Args:
        column: of any kind.
        values: gives its codes, for kinds whose numbers are read from their text form.
    """
    import pyarrow as pa

    if stored_as(column.type) in {"whole", "double"}:
        doubles = column.cast(pa.float64(), safe=False).to_numpy()
    else:
        held = values()
        doubles = np.append(_spelt(held.texts), np.nan)[held.codes]
    return np.where(np.isfinite(doubles), doubles, np.nan)


def side_by_side(work: Callable[[T], U], items: Sequence[T], rows: int) -> list[U]:
    """Do `work` on each of `items`, in threads where there are rows enough to make it quicker."""
    workers = min(len(items), MOST_THREADS, os.cpu_count() or 1)
    if rows < _WORTH_THREADS or workers <= 1:
        return [work(item) for item in items]
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(work, items))


def _coded(column: "pa.ChunkedArray", place: str) -> "tuple[pa.Array, np.ndarray]":
    import pyarrow as pa
    import pyarrow.types as pt

    if pt.is_integer(column.type) and (near := _offsets(column)) is not None:
        return near
    if pt.is_string_view(column.type):
        column = column.cast(pa.large_string())
    if stored_as(column.type) is None or pt.is_null(column.type):
        column = _written(column, place)
    found = column if pt.is_dictionary(column.type) else column.dictionary_encode()
    if not found.num_chunks:
        return pa.nulls(0, pa.string()), np.zeros(0, dtype=np.int64)
    whole = pa.concat_arrays(found.unify_dictionaries().chunks)
    size = len(whole.dictionary)
    places = whole.indices
    if places.null_count:
        places = places.cast(pa.int64()).fill_null(size)  # a byte may not have room for one more
    return whole.dictionary, places.to_numpy()


def _offsets(column: "pa.ChunkedArray") -> "tuple[pa.Array, np.ndarray] | None":
    """Code whole numbers close together by how far they are from the least: no search."""
    import pyarrow as pa

    if not len(column) or column.null_count:
        return None
    values = column.to_numpy()
    least, most = int(values.min()), int(values.max())
    if most - least > _SPAN:
        return None
    texts = pa.array([str(value) for value in range(least, most + 1)])
    return texts, (values - values.dtype.type(least)).astype(np.uint8)


def _written(column: "pa.ChunkedArray", place: str) -> "pa.ChunkedArray":
    import pyarrow as pa

    starts = range(0, len(column), BATCH_ROWS)
    pieces = [chunk for start in starts for chunk in column.slice(start, BATCH_ROWS).chunks]
    return pa.chunked_array([text_of(piece, place) for piece in pieces], pa.string())


def _spelt(texts: "pa.Array") -> np.ndarray:
    import pyarrow.compute as pc

    is_number = pc.match_substring_regex(texts, rf"\A(?:{NUMBER})\z")
    pairs = zip(texts.to_pylist(), is_number.to_pylist(), strict=True)
    return np.array([float(text) if fits else np.nan for text, fits in pairs], dtype=np.float64)


def _narrow(codes: np.ndarray, missing: int) -> np.ndarray:
    """Return codes in as few bytes as hold them: they are kept, and there is one for each row."""
    kind = next((kind for kind in _SMALL if missing <= np.iinfo(kind).max), np.int64)
    return codes.astype(kind, copy=False)

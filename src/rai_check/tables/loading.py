"""Loading: every row into the engine as text, with how many rows it stands for."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rai_check.errors import DataError
from rai_check.tables.source import Source, text_of
from rai_check.tables.sql import quoted

if TYPE_CHECKING:
    import pyarrow as pa

    from rai_check.tables.engine import Engine

MOST_ROWS = 2**53
"""What a table may stand for: beyond it doubles no longer count exactly."""
WEIGHT = quoted("n")
_WHOLE = r"\A[0-9]{1,16}\z"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What was read: rows, and what they stand for; None where each stands for itself."""

    rows: int
    stands_for: int | None


def load(engine: "Engine", source: Source, count: int | None) -> Loaded:
    """Load `source` into a table `data` of text columns "c0", "c1" and so on.

    Where rows have a weight it is a further column, `WEIGHT`, and rows of weight 0 stay out.

    Args:
        engine: a new one.
        source: read to its end.
        count: the position of the column that says how many rows each stands for.

    Raises:
        DataError: the source cannot be read, or a count is not a whole number from 0.
    """
    import pyarrow as pa

    weighted = source.weighted or count is not None
    names = [f"c{i}" for i in range(len(source.columns))]
    columns = [f"{quoted(name)} VARCHAR" for name in names] + [f"{WEIGHT} BIGINT"] * weighted
    engine.rows(f"CREATE TABLE {quoted('data')} ({', '.join(columns)})")
    rows = unusable = total = 0
    for batch in source.batches:
        pairs = zip(source.columns, batch.columns, strict=False)
        arrays = [text_of(array, source.place(column.name)) for column, array in pairs]
        rows += batch.num_rows
        if weighted:
            arrays.append(batch.columns[-1] if count is None else _weights(arrays[count]))
            unusable += arrays[-1].null_count
            total += arrays[-1].cast(pa.decimal128(38)).sum().as_py() or 0
        loaded = pa.RecordBatch.from_arrays(arrays, names=[*names, "n"][: len(arrays)])
        engine.insert(quoted("data"), loaded.filter(_counted(arrays[-1])) if weighted else loaded)
    if count is not None:
        must_count(source.place(source.columns[count].name), unusable, int(total))
    return Loaded(rows=rows, stands_for=int(total) if weighted else None)


def _weights(text: "pa.Array") -> "pa.Array":
    """Return the whole numbers that texts spell, null for every other."""
    import pyarrow as pa
    import pyarrow.compute as pc

    whole = pc.fill_null(pc.match_substring_regex(text, _WHOLE), fill_value=False)
    return pc.if_else(whole, text, pa.scalar(None, pa.string())).cast(pa.int64())


def _counted(weights: "pa.Array") -> "pa.Array":
    import pyarrow.compute as pc

    return pc.fill_null(pc.greater(weights, 0), fill_value=False)


def must_count(place: str, unusable: int, total: int) -> None:
    """Raise `DataError` unless every count can be used, and all together stay countable."""
    if unusable:
        raise DataError(
            f"{place} is the count column, but some of its values are missing or not a "
            "whole number from 0 up; correct them, or leave those rows out."
        )
    if total > MOST_ROWS:
        raise DataError(
            f"{place} is the count column, but its counts add up to more than 2^53 rows, which "
            "is no honest number of people."
        )

"""Exact sums of numbers, as whole millionths: the same whatever the order of rows or the engine.

A number is rounded to whole millionths, halves away from zero, as SQL's `round` does. Its square
is too long for a machine's integer and is summed in pieces of 25 bits, which are put together as
Python's integers.
"""

from collections.abc import Sequence

import numpy as np

from rai_check.errors import DataError
from rai_check.tables.interface import LARGEST, SCALE, Sums
from rai_check.tables.sql import tally

_BITS = 25
_LOW = (1 << _BITS) - 1
_AT_ONCE = 1 << 26
"""Rows whose pieces add up exactly in doubles, with which `numpy.bincount` reckons."""
AGGREGATES = 6
"""What `aggregates` gives for a number, and `from_aggregates` takes."""


def fixed_sql(value: str) -> str:
    """Return SQL for a double in whole millionths; null where there is none, or it is too large."""
    within = f"abs({value}) <= {LARGEST}"
    return f"CASE WHEN {within} THEN CAST(round(({value}) * {SCALE}::DOUBLE) AS BIGINT) END"


def aggregates(value: str, fixed: str, weight: str | None) -> list[str]:
    """Return the aggregates of a number: `value` as a double, `fixed` in millionths."""
    size, times = f"abs({fixed})", "" if weight is None else f"::HUGEINT * {weight}"
    high, low = f"({size} >> {_BITS})", f"({size} & {_LOW})"
    pieces = [fixed, f"{high} * {high}", f"{high} * {low}", f"{low} * {low}"]
    return [
        tally(weight, f"{value} IS NOT NULL"),
        f"count(*) FILTER (WHERE abs({value}) > {LARGEST})",
        *(f"coalesce(sum(({piece}){times}), 0)::VARCHAR" for piece in pieces),
    ]


def from_aggregates(columns: Sequence[Sequence[object]], place: str) -> Sums:
    """Return the sums that the columns of `aggregates` hold.

    Raises:
        DataError: numbers were too large; `place` says where.
    """
    known, beyond, *pieces = ([int(str(value)) for value in column] for column in columns)
    _must_fit(sum(beyond), place)
    total, high, mixed, low = (np.array(piece, dtype=object) for piece in pieces)
    return Sums(
        known=np.array(known, dtype=np.int64), total=total, squares=_whole(high, mixed, low)
    )


def summed(values: np.ndarray, part: np.ndarray, parts: int, place: str) -> Sums:
    """Sum doubles (NaN where there is none) over each part that `part` gives.

    Raises:
        DataError: numbers are too large; `place` says where.
    """
    here = np.isfinite(values)
    values, part = values[here], part[here]
    _must_fit(int((np.abs(values) > LARGEST).sum()), place)
    fixed = _millionths(values)
    high, low = np.abs(fixed) >> _BITS, np.abs(fixed) & _LOW
    pieces = (_exact(piece, part, parts) for piece in (high * high, high * low, low * low))
    return Sums(
        known=np.bincount(part, minlength=parts).astype(np.int64),
        total=_exact(fixed, part, parts),
        squares=_whole(*pieces),
    )


def _millionths(values: np.ndarray) -> np.ndarray:
    scaled = values * float(SCALE)
    whole: np.ndarray = np.trunc(scaled)
    rest = scaled - whole  # exact, as adding a half is not
    whole += np.sign(rest) * (np.abs(rest) >= 0.5)  # noqa: PLR2004 - halves
    return whole.astype(np.int64)


def _exact(values: np.ndarray, part: np.ndarray, parts: int) -> np.ndarray:
    """Sum integers of up to 51 bits."""
    sums = np.zeros(parts, dtype=object)
    for start in range(0, len(values), _AT_ONCE):
        some, at = values[start : start + _AT_ONCE], part[start : start + _AT_ONCE]
        high, low = (np.bincount(at, piece, parts) for piece in (some >> _BITS, some & _LOW))
        sums += _ints(high) * (1 << _BITS) + _ints(low)
    return sums


def _ints(sums: np.ndarray) -> np.ndarray:
    return np.array(sums.astype(np.int64).tolist(), dtype=object)


def _whole(high: np.ndarray, mixed: np.ndarray, low: np.ndarray) -> np.ndarray:
    """Return the sum of squares from the sums of products of pieces."""
    whole = high * (1 << 2 * _BITS) + mixed * (1 << _BITS + 1) + low
    return np.asarray(whole, dtype=object)


def _must_fit(beyond: int, place: str) -> None:
    if beyond:
        raise DataError(
            f"{place}: numbers beyond plus or minus {LARGEST:,} are not summed, and {beyond:,} of "
            "its rows hold one; correct them, or leave them empty."
        )

"""Where the bins of a number begin: the same for every run on the same data."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

import numpy as np

from rai_check.project.role_table import RoleTable

if TYPE_CHECKING:
    from numpy.typing import NDArray

BINS = 1024
UNIT = (*(i / BINS for i in range(BINS + 1)), math.nextafter(1.0, 2.0))
"""Edges of 1,024 equal bins from 0 to 1, with a bin of its own for 1 and one for what is above."""


def number(text: str | None) -> float | None:
    """The finite number that a text spells, if it spells one."""
    try:
        found = float(text or "")
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def declared_numbers(values: Sequence[str]) -> tuple[float, ...]:
    """The numbers among values that the project declares, rising."""
    return tuple(sorted({n for value in values if (n := number(value)) is not None}))


def value_edges(table: RoleTable, column: str) -> tuple[float, ...]:
    """Edges from the values themselves, now or before.

    Each value is a bin of its own where there are at most 1,024 of them; otherwise the bins are as
    equal in rows as ties allow, and the greatest value has its own. Streams the distinct values.
    """
    key = ("edges", column)
    if key not in table.memo:
        table.memo[key] = _edges(*_values(table, column))
    return cast("tuple[float, ...]", table.memo[key])


def _values(table: RoleTable, column: str) -> "tuple[NDArray[np.float64], NDArray[np.int64]]":
    """Distinct numbers, rising, with their rows; those declared as not known left out."""
    codes = {*declared_numbers(table.spec.columns[column].not_known)}
    pairs = ((number(text), n) for text, n in table.data.distinct(column))
    held = [(value, n) for value, n in pairs if value is not None and value not in codes]
    found = np.array([value for value, _ in held], dtype=np.float64)
    values, place = np.unique(found, return_inverse=True)
    weights = np.array([n for _, n in held], dtype=np.float64)
    return values, np.bincount(place.ravel(), weights=weights, minlength=len(values)).astype(int)


def _edges(values: "NDArray[np.float64]", n: "NDArray[np.int64]") -> tuple[float, ...]:
    if len(values) <= BINS:
        return tuple(values.tolist()) or (0.0,)
    before = np.cumsum(n) - n
    bins = before * (BINS - 1) // int(n.sum())
    first = np.unique(bins, return_index=True)[1]
    return tuple(values[np.unique([*first, len(values) - 1])].tolist())

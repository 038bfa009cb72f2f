"""Numbers cut at edges, to the last bit as `numpy.searchsorted(edges, value, side="right")` does.

Edges a power of two apart (the bins of a score in 1/1024ths) need one multiplication, which is
exact; others a binary search, written as one projection for each of its steps.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_FINEST = 60  # powers of two beyond this are no honest bins


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Equal steps: edge number i is exactly (`first` + i) / `per_one`; `per_one` a power of two."""

    first: int
    per_one: int
    edges: int


def grid_of(edges: Sequence[float]) -> Grid | None:
    """Return the grid that all edges lie on, one a step, or None if there is no such grid."""
    step = edges[1] - edges[0] if len(edges) > 1 else 0.0
    mantissa, exponent = math.frexp(step)
    if mantissa != 0.5 or not 0 <= 1 - exponent <= _FINEST:  # noqa: PLR2004 - a power of two, as frexp has it
        return None
    per_one = 1 << (1 - exponent)
    first = edges[0] * per_one
    if not first.is_integer() or abs(first) + len(edges) >= 2**53:
        return None
    if any(edge * per_one != first + i for i, edge in enumerate(edges)):
        return None
    return Grid(first=int(first), per_one=per_one, edges=len(edges))


def places(values: np.ndarray, edges: Sequence[float]) -> np.ndarray:
    """Return how many edges are not above each finite value (NaN: as if above all)."""
    grid = grid_of(edges)
    if grid is None:
        return np.searchsorted(np.asarray(edges, dtype=np.float64), values, side="right")
    with np.errstate(over="ignore"):  # infinite then, and so above all edges
        steps = np.floor(values * float(grid.per_one)) - (grid.first - 1)
    inside: np.ndarray = np.nan_to_num(np.clip(steps, 0, grid.edges), nan=grid.edges)
    return inside.astype(np.int64)


def cut_sql(value: str, edges: Sequence[float], relation: str, into: str) -> str:
    """Return `relation` as SQL with a further column `into`: the place of each value.

    Args:
        value: SQL for a double; null where there is no finite number.
        edges: rising.
        relation: what can stand after FROM.
        into: a quoted name.
    """
    grid = grid_of(edges)
    if grid is not None:
        low, high = grid.first - 1, grid.first - 1 + grid.edges
        steps = f"floor(({value}) * {double(grid.per_one)})"
        place = f"CAST(least(greatest({steps}, {double(low)}), {double(high)}) AS BIGINT) - ({low})"
        kept = f"CASE WHEN ({value}) IS NOT NULL THEN {place} END"
        return f"(SELECT *, {kept} AS {into} FROM {relation})"  # noqa: S608 - identifiers of ours
    return _searched(value, edges, relation, into)


def _searched(value: str, edges: Sequence[float], relation: str, into: str) -> str:
    """Search all values at once, halving: the edges, made up with infinities, go along as a list.

    A value is found among 1,023 edges in ten steps, and no text of SQL grows with their number
    but the list itself.
    """
    step = 1 << len(edges).bit_length()
    padded = ", ".join(double(edge) for edge in [*edges, *[math.inf] * (step - 1 - len(edges))])
    found = (
        f"(SELECT *, ({value}) AS cut_value, [{padded}] AS cut_edges, 0::BIGINT AS cut_place "  # noqa: S608 - identifiers of ours
        f"FROM {relation})"
    )
    while step := step // 2:
        edge = f"list_extract(cut_edges, cut_place + {step})"
        nearer = f"cut_place + CASE WHEN cut_value >= {edge} THEN {step} ELSE 0 END"
        found = f"(SELECT * REPLACE ({nearer} AS cut_place) FROM {found})"  # noqa: S608 - as above
    kept = f"CASE WHEN cut_value IS NOT NULL THEN cut_place END AS {into}"
    return f"(SELECT * EXCLUDE (cut_value, cut_edges, cut_place), {kept} FROM {found})"  # noqa: S608 - as above


def double(value: float) -> str:
    """Return SQL for a double, to the last bit: a bare literal would be read as a decimal."""
    return f"'{float(value)!r}'::DOUBLE"

"""How far chance could move a metric: each group's rows, or units, drawn again many times.

Every group is drawn by itself, and what is compared is one group with one other side: never the
largest or smallest of several, whose resamples do not contain the truth where all groups are alike.

A row bootstrap is a multinomial draw of the table. Where no row is in some cell, no draw would put
one there and a perfect group would have no spread, so one row is added to each cell of labels
before drawing (Agresti and Caffo 2000, The American Statistician 54(4)), and for ranks one row of
either class at the wrong end of the scores. What is reported is the value of the rows as they are.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rai_check.metric_frames.formulas import Floats
from rai_check.metric_frames.named import Kind, Named
from rai_check.metric_frames.tables import Tables
from rai_check.stats.resample import resamples

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ROOM = 4_000_000
"""Numbers held at once: 32 MB."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Resampled:
    """The metric in every resample.

    Attributes:
        own: float64, resamples x groups (the unknown last, if any).
        rest: float64, resamples x known groups: of everyone of a known group but that one.
    """

    own: Floats
    rest: Floats


def resampled(tables: Tables, named: Named, *, times: int, seed: str) -> Resampled:
    """Draw every group again, and work the metric out of each draw.

    The same rows give the same draws, whatever their order and the names of the groups.

    Args:
        tables: rows of each group by outcome.
        named: the metric.
        times: how many draws.
        seed: of the project.
    """
    key = int.from_bytes(hashlib.sha256(f"{seed} {named.id}".encode()).digest()[:8])
    drawn = _of_units if tables.repeated is not None else _of_rows
    own, rest = [], []
    for chunk in drawn(tables, named.kind, times, key):
        own.append(named.value(chunk, tables.at))
        known = chunk[:, : tables.known]
        others = known.sum(axis=1, keepdims=True) - known
        rest.append(named.value(np.maximum(others, 0.0), tables.at))
    return Resampled(own=np.concatenate(own), rest=np.concatenate(rest))


def added(counts: Floats, kind: Kind, said: Floats, truth: Floats) -> "NDArray[np.int64]":
    """Rows added to each group before drawing: an empty cell is not an impossible one."""
    extra = np.zeros(counts.shape, dtype=np.int64)
    if kind == "labels":
        return extra + 1
    if kind == "means":
        return extra
    for i, row in enumerate(counts):
        held = said[row > 0]
        if held.size:
            extra[i, np.flatnonzero((said == held.min()) & (truth == 1))] = 1
            extra[i, np.flatnonzero((said == held.max()) & (truth == 0))] = 1
    return extra


def _of_rows(tables: Tables, kind: Kind, times: int, key: int) -> Iterator[Floats]:
    extra = added(tables.counts, kind, tables.at.said, tables.at.truth)
    filled = tables.counts.astype(np.int64) + extra
    rank = _rank(filled)
    seeds = np.random.SeedSequence(key).generate_state(len(filled) + 1, np.uint64)
    chunk = max(1, _ROOM // filled.size)
    somebody = np.flatnonzero(filled.any(axis=1))
    draws = [resamples(filled[g], times, seed=int(seeds[rank[g]]), chunk=chunk) for g in somebody]
    noise = np.random.default_rng(int(seeds[-1]))
    for parts in zip(*draws, strict=True):
        drawn = np.zeros((len(parts[0]), *filled.shape))
        drawn[:, somebody] = np.stack(parts, axis=1)
        yield drawn if tables.squares is None else _weighted(drawn, tables, noise, rank)


def _weighted(
    drawn: Floats, tables: Tables, noise: np.random.Generator, rank: "NDArray[np.int64]"
) -> Floats:
    """Draws of rows as sums of their sampling weights, spread as the weights in a cell are."""
    assert tables.squares is not None  # noqa: S101 - asked for only where rows carry weights
    rows = np.maximum(tables.counts, 1.0)
    typical = tables.weights.sum(axis=1) / np.maximum(tables.counts.sum(axis=1), 1.0)
    mean = np.where(tables.counts > 0, tables.weights / rows, typical[:, None])
    spread = np.sqrt(np.maximum(tables.squares / rows - (tables.weights / rows) ** 2, 0.0))
    moved = noise.standard_normal(drawn.shape)[:, rank]
    return np.maximum(drawn * mean + np.sqrt(drawn) * spread * moved, 0.0)


def _of_units(tables: Tables, kind: Kind, times: int, key: int) -> Iterator[Floats]:
    """Units drawn whole, with all their rows; units with the same rows are one pattern."""
    assert tables.repeated is not None  # noqa: S101 - asked for only where rows repeat units
    shape = tables.counts.shape
    extra = added(tables.counts, kind, tables.at.said, tables.at.truth)
    pattern, place, n, units = _patterns(tables, extra)
    order = np.argsort(place, kind="stable")
    pattern, place, n = pattern[order], place[order], n[order, None]
    starts = np.flatnonzero(np.diff(place, prepend=-1))
    chunk = max(1, _ROOM // max(len(place), len(units), int(np.prod(shape))))
    for drawn in resamples(units, times, seed=key, chunk=chunk):
        sums = np.zeros((int(np.prod(shape)), len(drawn)))
        by_pattern = np.ascontiguousarray(drawn.T, dtype=np.float64)
        rows = by_pattern[pattern]
        rows *= n
        sums[place[starts]] = np.add.reduceat(rows, starts, axis=0)
        yield np.ascontiguousarray(sums.T).reshape(-1, *shape)


def _patterns(
    tables: Tables, extra: "NDArray[np.int64]"
) -> "tuple[NDArray[np.int64], NDArray[np.int64], Floats, NDArray[np.int64]]":
    """Rows of each distinct pattern (pattern, place, n), and how many units have each pattern."""
    rows, size = tables.repeated, extra.shape[1]
    assert rows is not None  # noqa: S101 - as its caller
    unit = np.unique(rows.unit, return_inverse=True)[1].ravel()
    marks = np.zeros(int(unit.max(initial=-1)) + 1, dtype=np.uint64)
    rank = _rank(tables.weights)
    np.add.at(marks, unit, _mixed(rank[rows.group] * size + rows.cell, rows.n))
    _, first, of_unit, units = np.unique(
        marks, return_index=True, return_inverse=True, return_counts=True
    )
    kept = np.isin(unit, first)  # one unit stands for all that have its pattern
    at = np.flatnonzero(extra.ravel())
    at = at[np.argsort(rank[at // size] * size + at % size)]
    typical = tables.weights.sum(axis=1) / np.maximum(tables.counts.sum(axis=1), 1.0)
    return (
        np.concatenate([of_unit.ravel()[unit[kept]], len(units) + np.arange(len(at))]),
        np.concatenate([(rows.group * size + rows.cell)[kept], at]),
        np.concatenate([rows.n[kept], typical[at // size]]),
        np.concatenate([units, np.ones(len(at), dtype=np.int64)]),
    )


def _rank(counts: "NDArray[np.int64] | Floats") -> "NDArray[np.int64]":
    """Groups in the order of their counts, so that what they are called changes nothing."""
    return np.argsort(np.lexsort(counts.T[::-1]), kind="stable")


def _mixed(place: "NDArray[np.int64]", n: Floats) -> "NDArray[np.uint64]":
    """A 64-bit mark of each row, whose sum marks a set of rows (the mixer of SplitMix64)."""
    found = place.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + n.view(np.uint64)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        found = (found ^ (found >> np.uint64(shift))) * np.uint64(factor)
    return found ^ (found >> np.uint64(31))

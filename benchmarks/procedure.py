"""The whole procedure of docs/statistics.md on many samples at once, for simulations.

It is the judge's procedure in arrays: groups under 10 pooled, each against everyone else, ratio
limits of 0.80 and 1.25, Farrington-Manning score tests, the exact unconditional test below 50
units or 5 expected events or non-events, Holm over every group and bound, floors. A test holds it
to the judge itself, sample by sample. Exact tests are made only where they can change an outcome.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from rai_check.stats.arguments import Side
from rai_check.stats.exact import exact_p
from rai_check.stats.exact_screen import exact_at_least_array
from rai_check.stats.two_proportions import score_p_array

LOW, HIGH, ALPHA, POOL_BELOW, UNITS = 0.80, 1.25, 0.05, 10, 10
EXACT_BELOW_UNITS, EXACT_BELOW_EVENTS = 50, 5.0
FAILS: tuple[tuple[float, Side], ...] = ((LOW, "below"), (HIGH, "above"))
PASSES: tuple[tuple[float, Side], ...] = ((LOW, "above"), (HIGH, "below"))

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """One flag a sample."""

    fail: Flags
    passed: Flags
    """Passes, floors and all."""
    guilty: Flags
    """Samples x groups: which groups failed; the last column is the small groups together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tables:
    """Samples x groups: events and sizes of each group and of everyone else."""

    x: Whole
    n: Whole
    x0: Whole
    n0: Whole
    held: Flags
    """Where there is a comparison to make."""
    small: Flags
    """Where it takes the exact test."""


def decide(events: Whole, sizes: Whole) -> Decided:
    """Judge samples x groups of events among sizes."""
    x, n = pooled(events, sizes)
    tables = _tables(x, n)
    fail_p = np.stack([_p(tables, bound, side) for bound, side in FAILS], axis=-1)
    family = 2 * _distinct(tables)
    for i, (bound, side) in enumerate(FAILS):  # Holm's first step: size x smallest p
        _sharpen(fail_p[..., i], tables, bound, side, below=ALPHA / family[:, None])
    guilty = _holm(fail_p, family)
    inside = _inside(tables)
    floor = np.where(tables.held, np.minimum(tables.n, tables.n0), UNITS) >= UNITS
    nobody = (n > 0) & ~tables.held  # nobody to compare with
    some = tables.held.any(axis=1) & ~nobody.any(axis=1)
    fail = guilty.any(axis=1)
    return Decided(
        fail=fail, passed=some & ~fail & floor.all(axis=1) & inside.all(axis=1), guilty=guilty
    )


def pooled(events: Whole, sizes: Whole) -> tuple[Whole, Whole]:
    """Put groups under 10 together in a last column."""
    few = sizes < POOL_BELOW
    x = np.column_stack([np.where(few, 0, events), np.where(few, events, 0).sum(axis=1)])
    n = np.column_stack([np.where(few, 0, sizes), np.where(few, sizes, 0).sum(axis=1)])
    return x, n


def _tables(x: Whole, n: Whole) -> _Tables:
    x0, n0 = x.sum(axis=1, keepdims=True) - x, n.sum(axis=1, keepdims=True) - n
    held = (n > 0) & (n0 > 0)
    rate = (x + x0) / np.maximum(n + n0, 1)
    smaller = np.minimum(n, n0)
    expected = smaller * np.minimum(rate, 1.0 - rate)
    small = held & ((smaller < EXACT_BELOW_UNITS) | (expected < EXACT_BELOW_EVENTS))
    return _Tables(x=x, n=n, x0=x0, n0=n0, held=held, small=small)


def _distinct(tables: _Tables) -> Floats:
    """Comparisons that are not one another's mirror image: two groups are one comparison."""
    count = tables.held.sum(axis=1)
    return np.where(count == 2, 1.0, count.astype(float))  # noqa: PLR2004 - a pair


def _p(tables: _Tables, bound: float, side: Side) -> Floats:
    """Score p-values; 0 as a lower bound where the exact test is due, 1 where there is nothing."""
    p = np.ones(tables.x.shape)
    plain = tables.held & ~tables.small
    cells = (tables.x[plain], tables.n[plain], tables.x0[plain], tables.n0[plain])
    p[plain] = score_p_array(*cells, effect="ratio", bound=bound, side=side)
    some = tables.small
    cells = (tables.x[some], tables.n[some], tables.x0[some], tables.n0[some])
    if some.any():
        p[some] = exact_at_least_array(*cells, effect="ratio", bound=bound, side=side)
    return p


def _sharpen(p: Floats, tables: _Tables, bound: float, side: Side, *, below: Floats) -> None:
    """Put the exact p where its lower bound does not settle the matter."""
    due = tables.small & (p < below)
    for place in zip(*np.nonzero(due), strict=True):
        cells = (tables.x[place], tables.n[place], tables.x0[place], tables.n0[place])
        p[place] = _exact(*(int(cell) for cell in cells), bound, side)


@lru_cache(maxsize=200_000)
def _exact(x: int, n: int, x0: int, n0: int, bound: float, side: Side) -> float:
    return exact_p(x, n, x0, n0, effect="ratio", bound=bound, side=side)


def _holm(p: Floats, family: Floats) -> Flags:
    """Which groups have a bound rejected; exact where the first step rejects anything at all."""
    flat = p.reshape(len(p), -1)
    size = np.maximum(family.astype(int), 1)
    rejected = np.zeros(flat.shape, dtype=bool)
    for i in np.flatnonzero(flat.min(axis=1) * size < ALPHA):
        order = np.argsort(flat[i])
        steps = flat[i][order][: size[i]] * np.arange(
            size[i], size[i] - min(size[i], flat.shape[1]), -1
        )
        stop = int(np.argmax(steps >= ALPHA)) if (steps >= ALPHA).any() else len(steps)
        rejected[i, order[:stop]] = True
    return rejected.reshape(p.shape).any(axis=-1)


def _inside(tables: _Tables) -> Flags:
    """Which groups are shown to be inside both limits; exact tests only where all else passes."""
    least = [_p(tables, bound, side) for bound, side in PASSES]
    could = ~tables.held | ((least[0] < ALPHA) & (least[1] < ALPHA))
    live = could.all(axis=1, keepdims=True)
    for p, (bound, side) in zip(least, PASSES, strict=True):
        _sharpen(p, tables, bound, side, below=np.where(live, ALPHA, 0.0))
    return ~tables.held | ((least[0] < ALPHA) & (least[1] < ALPHA))

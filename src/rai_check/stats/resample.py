"""The row bootstrap of a table of counts, without the rows.

Drawing n rows with replacement and counting them by cell is one multinomial draw of the table, so
a resample costs what the table's cells cost, however many rows there were (Efron & Tibshirani
1993, An Introduction to the Bootstrap, ch. 6 and 13).
"""

import math
from collections.abc import Iterator
from typing import SupportsIndex, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rai_check.stats.arguments import part_of_arrays, whole
from rai_check.stats.interval import Interval
from rai_check.stats.levels import levels

Counts: TypeAlias = NDArray[np.int64]

_ENTRIES = 2**20  # counts drawn at a time: 8 MB, and a few times that while they are made
_ROWS = 2**22  # most rows for which a list of every row's cell is kept: 16 MB
_SHORT = 1.5  # standard deviations by which the Poisson draw falls short of the rows


def resamples(
    counts: ArrayLike, b: SupportsIndex, *, seed: SupportsIndex, chunk: SupportsIndex | None = None
) -> Iterator[Counts]:
    """Yield `b` bootstrap tables in portions, each table with as many rows as the one given.

    Sum a table's cells to get any marginal of the same resample. The interval of a gap between
    the best and the worst of several groups cannot be had this way: see `percentile_interval`.

    Args:
        counts: Whole numbers of rows in each cell, of any shape; one row or more in all.
        b: How many resamples, at least 1.
        seed: The same seed, counts and chunk give the same tables (with the same numpy).
        chunk: Resamples in a portion; None keeps the memory at work under 100 MB for tables of up
            to a million cells.

    Returns:
        An iterator of int64 arrays of shape (portion, *shape of counts).

    Raises:
        ValueError: If counts are not whole, negative or all 0, or another argument is impossible.
    """
    table = np.asarray(counts)
    if table.dtype.kind not in "iu":
        raise ValueError("counts must hold whole numbers")
    if np.any(table < 0) or not np.any(table > 0):
        raise ValueError("counts must be at least 0, and above 0 somewhere")
    draws, generator = whole("b", b, least=1), np.random.default_rng(whole("seed", seed))
    portion = max(1, _ENTRIES // table.size) if chunk is None else whole("chunk", chunk, least=1)
    return _portions(table.astype(np.int64), draws, portion, generator)


def percentile_interval(x: ArrayLike, n: ArrayLike, *, level: float = 0.95) -> Interval:
    """Return the percentile bootstrap interval for the rate of one group.

    For the rate of one group, or another smooth figure of one, and only with ten events and ten
    non-events or more: with fewer it covers too little (`rai_check.stats.one_proportion.wilson`
    does not). Never for an extreme over groups such as max - min: that is 0 or more in every
    resample, so its interval cannot hold a true gap of nothing.

    Args:
        x: Events in the group, one entry for each resample.
        n: Its denominators; resamples in which it is 0 are left out.
        level: Nominal coverage, strictly between 0 and 1.

    Raises:
        ValueError: If counts are not whole or impossible, no resample has a denominator, or the
            level is impossible.
    """
    held = np.asarray(n) > 0
    if not np.any(held):
        raise ValueError("n must be above 0 in one resample or more")
    if np.asarray(x).shape != held.shape:
        raise ValueError("x must have an entry for each resample of n")
    events, sizes = part_of_arrays("x", np.asarray(x)[held], "n", np.asarray(n)[held])
    tail = (1.0 - float(levels(level))) / 2.0
    low, high = np.quantile(events / sizes, (tail, 1.0 - tail))
    return Interval(
        low=float(low), high=float(high), level=float(level), method="percentile bootstrap"
    )


def _portions(
    table: Counts, draws: int, portion: int, generator: np.random.Generator
) -> Iterator[Counts]:
    held = np.flatnonzero(table)  # an empty cell stays empty
    cells = table.ravel()[held]
    rows = int(cells.sum())
    # a Poisson draw is cheaper than a multinomial one, finding the rows it is short of is not
    topped = math.isqrt(rows) < cells.size and rows <= _ROWS
    cell_of_row = np.repeat(np.arange(cells.size, dtype=np.int32), cells) if topped else None
    for done in range(0, draws, portion):
        size = min(portion, draws - done)
        if cell_of_row is None:
            drawn = generator.multinomial(rows, cells / rows, size=size)
        else:
            drawn = _topped_up(cells, cell_of_row, size, generator)
        whole_tables = np.zeros((size, table.size), dtype=np.int64)
        whole_tables[:, held] = drawn
        yield whole_tables.reshape(size, *table.shape)


def _topped_up(
    cells: Counts, cell_of_row: NDArray[np.int32], size: int, generator: np.random.Generator
) -> Counts:
    """Return multinomial draws by way of Poisson ones.

    Independent Poisson counts are multinomial given their total. Those whose total is above the
    rows wanted are drawn again, which depends on the total alone; the rows still wanted are drawn
    one by one. The sum of two multinomials of the same shares is exactly the one wanted.
    """
    rows = cell_of_row.size
    mean = cells * max(0.0, 1.0 - _SHORT / math.sqrt(rows))
    drawn = generator.poisson(mean, size=(size, cells.size))
    short = rows - drawn.sum(axis=1)
    while (over := np.flatnonzero(short < 0)).size:
        drawn[over] = generator.poisson(mean, size=(over.size, cells.size))
        short[over] = rows - drawn[over].sum(axis=1)
    more = cell_of_row[generator.integers(0, rows, size=int(short.sum()))]
    place = np.repeat(np.arange(size) * cells.size, short) + more
    added = np.bincount(place, minlength=size * cells.size)
    return np.asarray(drawn + added.reshape(size, -1), dtype=np.int64)

"""Two-by-two tables of strata: checked, and what the statistics of strata are made of."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rai_check.stats.arguments import Effect, Floats
from rai_check.stats.score import restricted_spreads


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tables:
    """Checked two-by-two tables, one a stratum, with somebody on both sides of each."""

    x: Floats
    n: Floats
    x0: Floats
    n0: Floats
    places: NDArray[np.intp]
    """Which of the strata given these are."""
    left_out: int

    @property
    def weights(self) -> Floats:
        """Cochran's weights n n0 / (n + n0)."""
        return self.n * self.n0 / (self.n + self.n0)


def tables_of(x: ArrayLike, n: ArrayLike, x0: ArrayLike, n0: ArrayLike) -> Tables:
    """Check the counts and leave out the strata that have nobody on one side.

    Raises:
        ValueError: If counts are not whole or impossible, or nothing is left.
    """
    columns = [_counts(*pair) for pair in (("x", x), ("n", n), ("x0", x0), ("n0", n0))]
    events, sizes, events0, sizes0 = columns
    if len({column.size for column in columns}) != 1:
        raise ValueError("x, n, x0 and n0 must be of the same length")
    for name, part, whole_name, whole in (
        ("x", events, "n", sizes),
        ("x0", events0, "n0", sizes0),
    ):
        if np.any(part > whole):
            raise ValueError(f"{name} must not exceed {whole_name}")
    places = np.flatnonzero((sizes > 0) & (sizes0 > 0))
    if not places.size:
        raise ValueError("n and n0 must both be at least 1 in some stratum")
    a, b, c, d = (column[places].astype(np.float64) for column in columns)
    left_out = sizes.size - places.size
    return Tables(x=a, n=b, x0=c, n0=d, places=places, left_out=left_out)


def mantel_haenszel(tables: Tables, effect: Effect) -> float | None:
    """Return Mantel and Haenszel's common difference or ratio; None for 0 / 0."""
    weights = tables.weights
    group = float(np.sum(weights * tables.x / tables.n))
    rest = float(np.sum(weights * tables.x0 / tables.n0))
    if effect == "difference":
        return (group - rest) / float(weights.sum())
    if effect != "ratio":
        raise ValueError("effect must be 'ratio' or 'difference'")
    if rest == 0.0:
        return math.inf if group > 0.0 else None
    return group / rest


def _counts(name: str, values: ArrayLike) -> NDArray[np.int64]:
    array = np.asarray(values)
    if array.ndim != 1 or array.dtype.kind not in "iu":
        raise ValueError(f"{name} must be a list of whole numbers")
    if np.any(array < 0):
        raise ValueError(f"{name} must be at least 0")
    return array.astype(np.int64)


def deviations(tables: Tables, effect: Effect, at: float) -> tuple[Floats, Floats]:
    """Return by how much each stratum's effect is beyond `at`, and its variance if `at` holds."""
    x, n, x0, n0 = tables.x, tables.n, tables.x0, tables.n0
    spread, rest_spread = restricted_spreads(x, n, x0, n0, effect=effect, bound=at)
    factor = (n + n0) / (n + n0 - 1.0)
    if effect == "ratio":
        return x / n - at * (x0 / n0), factor * (spread / n + at * at * rest_spread / n0)
    return x / n - x0 / n0 - at, factor * (spread / n + rest_spread / n0)

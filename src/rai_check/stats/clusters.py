"""Rates of rows that repeat a unit, such as a person: linearised variances and effective sizes.

A rate is a ratio of two sums over units, so its variance follows from how units differ from it
(Cochran 1977, Sampling Techniques, 6.3; Rao & Scott 1992, Biometrics 48:577). The sums may be of
weights. What comes out is what `rai_check.stats.weighted` takes in.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from rai_check.stats.arguments import Floats, real, reals

_ROUNDING = 1e-9  # of a sum of weights: events may exceed the denominator by this much


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusteredRate:
    """A rate and the size of the sample of independent rows that would know it as well.

    Attributes:
        rate: Events over denominator, from 0 to 1.
        variance: Of the rate, linearised, between units; 0 where every unit has the same rate.
        effective: Effective size: never more than the rows, never less than 1.
        design_effect: Rows over effective size, 1 or more (Kish 1965).
        units: Units with a denominator.
    """

    rate: float
    variance: float
    effective: float
    design_effect: float
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoClusteredRates:
    """A group's rate and the comparison's, with what units on both sides make them share.

    Attributes:
        group: Rate of the group.
        rest: Rate of the comparison.
        correlation: Of the two estimates; 0 where no unit has rows on both sides.
        df: Degrees of freedom: one less than the units of the smaller side, at least 1.
    """

    group: ClusteredRate
    rest: ClusteredRate
    correlation: float
    df: float


def design_effect(x: ArrayLike, n: ArrayLike, *, rows: float | None = None) -> ClusteredRate:
    """Return a rate, its variance between units, and its effective size.

    Where the rate is 0 or 1 units show no difference and the variance says nothing: there the
    effective size is that of units whose rows are wholly alike, (sum n)^2 / sum n^2.

    Args:
        x: Events of each unit, or the weights of its rows that have the event.
        n: Denominator of each unit, or the weights of its rows; units without one are left out.
        rows: Most that the effective size may be: the number of rows, or Kish's
            (sum w)^2 / sum w^2 over rows. Must be given for weights; None means sum n, which for
            counts is the number of rows.

    Raises:
        ValueError: If the arrays are not one-dimensional of one length, a number is not finite, an
            x lies outside 0 to n, `rows` is below 1, or no unit has a denominator.
    """
    events, sizes = _sums("x", x, "n", n)
    if not np.any(sizes > 0.0):
        raise ValueError("n must be above 0 for one unit or more")
    return _clustered(events, sizes, _most(rows, sizes, "rows"))


def two_clustered_rates(
    x: ArrayLike,
    n: ArrayLike,
    x0: ArrayLike,
    n0: ArrayLike,
    *,
    rows: float | None = None,
    rows0: float | None = None,
) -> TwoClusteredRates:
    """Return two rates of the same units with the correlation of their estimates.

    Args:
        x: Events of each unit in the group, as `design_effect`.
        n: Its denominator there; 0 where it has no row in the group.
        x0: Events of the same units in the comparison.
        n0: Their denominators there.
        rows: As `design_effect`, for the group.
        rows0: For the comparison.

    Raises:
        ValueError: As `design_effect`, for either side.
    """
    (events, sizes), (events0, sizes0) = _sums("x", x, "n", n), _sums("x0", x0, "n0", n0)
    if sizes.shape != sizes0.shape:
        raise ValueError("n0 must have an entry for each unit of n")
    for name, size in (("n", sizes), ("n0", sizes0)):
        if not np.any(size > 0.0):
            raise ValueError(f"{name} must be above 0 for one unit or more")
    group = _clustered(events, sizes, _most(rows, sizes, "rows"))
    rest = _clustered(events0, sizes0, _most(rows0, sizes0, "rows0"))
    own, others = events - group.rate * sizes, events0 - rest.rate * sizes0
    scale = float(np.sqrt((own @ own) * (others @ others)))
    shared = float(own @ others) / scale if scale > 0.0 else 0.0
    return TwoClusteredRates(
        group=group,
        rest=rest,
        correlation=min(1.0, max(-1.0, shared)),
        df=float(max(1, min(group.units, rest.units) - 1)),
    )


def _clustered(x: Floats, n: Floats, most: float) -> ClusteredRate:
    total, units = float(n.sum()), int(np.count_nonzero(n))
    rate = min(1.0, float(x.sum()) / total)
    apart = (x - rate * n) / total
    variance = float(apart @ apart) * units / (units - 1) if units > 1 else 0.0
    spread = rate * (1.0 - rate)
    alike = total * total / float(n @ n)
    if units == 1 or spread == 0.0:
        effective = min(most, alike)
    else:
        effective = min(most, spread / variance) if variance > 0.0 else most
    effective = max(1.0, effective)
    return ClusteredRate(
        rate=rate,
        variance=variance,
        effective=effective,
        design_effect=max(1.0, most / effective),
        units=units,
    )


def _most(rows: float | None, n: Floats, name: str) -> float:
    if rows is None:
        return float(n.sum())
    if real(name, rows) < 1.0:
        raise ValueError(f"{name} must be at least 1")
    return float(rows)


def _sums(name: str, value: ArrayLike, whole_name: str, total: ArrayLike) -> tuple[Floats, Floats]:
    part, size = reals(name, value, low=0.0), reals(whole_name, total, low=0.0)
    if size.ndim != 1 or part.shape != size.shape:
        raise ValueError(f"{name} and {whole_name} must have one entry for each unit")
    if not np.all(np.isfinite(size)):
        raise ValueError(f"{whole_name} must be finite")
    if np.any(part > size * (1.0 + _ROUNDING)):
        raise ValueError(f"{name} must not exceed {whole_name}")
    return np.minimum(part, size), size

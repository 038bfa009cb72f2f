"""Strata in which a comparison points the other way from what is common to them all."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rai_check.stats.arguments import Effect, Side, between
from rai_check.stats.exact import exact_p
from rai_check.stats.multiple import holm
from rai_check.stats.strata import common_p
from rai_check.stats.strata_tables import Tables, mantel_haenszel, tables_of
from rai_check.stats.two_proportions import score_p, score_p_array

SIDES: tuple[Side, Side] = ("above", "below")
_FEW_UNITS, _FEW_EVENTS = 50, 5.0  # below them the exact test, as everywhere in the procedure
_SCREEN = 4.0  # times alpha: an exact p is not below alpha where the score p is above this


@dataclass(frozen=True, slots=True, kw_only=True)
class Reversal:
    """A stratum whose own effect is shown to lie on the other side of equality.

    Attributes:
        stratum: Its place among those given.
        p: One-sided p-value of its own test at equality, for the other side.
        adjusted: The same after Holm's correction over the strata that have people on both sides
            (over both sides of each where `opposed`).
        opposed: What is common is not told from equality, while strata are shown to lie on either
            side of it; this is one of them.
    """

    stratum: int
    p: float
    adjusted: float
    opposed: bool = False


def reversals(
    x: ArrayLike,
    n: ArrayLike,
    x0: ArrayLike,
    n0: ArrayLike,
    *,
    effect: Effect,
    alpha: float = 0.05,
) -> tuple[Reversal, ...]:
    """Return the strata that point the other way from the common effect, with p below `alpha`.

    Where the common effect is not told from equality and strata on both sides of it are, they point
    the other way from one another, and all of them are returned.

    Each stratum is tested by itself at equality: the score test, and the exact unconditional one
    below 50 people or 5 expected events or non-events on either side. With many strata some will be
    returned by chance; `Reversal.adjusted` below alpha is one that chance does not explain.

    Args:
        x: Events of the group, one whole number a stratum.
        n: Sizes of the group; 0 is allowed.
        x0: Events of the comparison.
        n0: Sizes of the comparison; 0 is allowed.
        effect: ``ratio`` or ``difference``.
        alpha: Level of each test, strictly between 0 and 1.

    Raises:
        ValueError: If counts are not whole or impossible, no stratum has people on both sides,
            or alpha is impossible.
    """
    between("alpha", alpha, 0.0, 1.0)
    tables, equality = tables_of(x, n, x0, n0), 1.0 if effect == "ratio" else 0.0
    common = mantel_haenszel(tables, effect)
    if common is None:
        return ()
    above, below = (_tested(tables, effect, equality, side, alpha) for side in SIDES)
    told = min(common_p(x, n, x0, n0, effect=effect, bound=equality, side=s) for s in SIDES)
    if told >= alpha and (above < alpha).any() and (below < alpha).any():
        both = np.concatenate([above, below])
        return _found(tables, both, alpha, opposed=True)
    if common == equality:
        return ()
    return _found(tables, below if common > equality else above, alpha)


def _tested(
    tables: Tables, effect: Effect, equality: float, side: Side, alpha: float
) -> NDArray[np.float64]:
    """One p-value a stratum at equality; the exact one where it is small enough to matter."""
    counts = (column.astype(np.int64) for column in (tables.x, tables.n, tables.x0, tables.n0))
    p = score_p_array(*counts, effect=effect, bound=equality, side=side)
    for i in np.flatnonzero(p < min(1.0, _SCREEN * alpha)):
        p[i] = _own_p(tables, int(i), effect, equality, side)
    return p


def _found(
    tables: Tables, p: NDArray[np.float64], alpha: float, *, opposed: bool = False
) -> tuple[Reversal, ...]:
    """Those below alpha in the order of the strata, each with Holm's correction over all of `p`."""
    adjusted, strata = holm(p.tolist()), len(tables.places)
    found = [
        Reversal(
            stratum=int(tables.places[i % strata]),
            p=float(p[i]),
            adjusted=adjusted[i],
            opposed=opposed,
        )
        for i in np.flatnonzero(p < alpha)
    ]
    return tuple(sorted(found, key=lambda one: one.stratum))


def _own_p(tables: Tables, i: int, effect: Effect, equality: float, side: Side) -> float:
    x, n, x0, n0 = (int(c[i]) for c in (tables.x, tables.n, tables.x0, tables.n0))
    rarer = min(x + x0, n + n0 - x - x0) / (n + n0)
    few = min(n, n0) < _FEW_UNITS or min(n, n0) * rarer < _FEW_EVENTS
    test = exact_p if few else score_p
    return test(x, n, x0, n0, effect=effect, bound=equality, side=side)

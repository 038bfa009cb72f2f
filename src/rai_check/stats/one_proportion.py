"""One rate: intervals, the exact binomial test, and bounds from a sampled scan."""

import math
from statistics import NormalDist
from typing import SupportsIndex

from rai_check.stats.arguments import Side, between, known_side, part_of, probabilities, whole
from rai_check.stats.interval import Interval


def wilson(x: SupportsIndex, n: SupportsIndex, *, level: float = 0.95) -> Interval:
    """Return Wilson's score interval for a rate (Wilson 1927, JASA 22:209).

    Args:
        x: Events.
        n: Units, at least 1.
        level: Nominal coverage, strictly between 0 and 1.

    Raises:
        ValueError: If counts are not whole or impossible, or the level is.
    """
    x, n = part_of("x", x, "n", n)
    z = NormalDist().inv_cdf(0.5 + between("level", level, 0.0, 1.0) / 2.0)
    rate, width = x / n, 1.0 + z * z / n
    centre = (rate + z * z / (2 * n)) / width
    half = z / width * math.sqrt(rate * (1 - rate) / n + (z / (2 * n)) ** 2)
    low = 0.0 if x == 0 else max(0.0, centre - half)
    high = 1.0 if x == n else min(1.0, centre + half)
    return Interval(low=low, high=high, level=float(level), method="Wilson score")


def clopper_pearson(x: SupportsIndex, n: SupportsIndex, *, level: float = 0.95) -> Interval:
    """Return the exact interval that covers at least `level` (Clopper & Pearson 1934).

    Args:
        x: Events.
        n: Units, at least 1.
        level: Least coverage, strictly between 0 and 1.

    Raises:
        ValueError: If counts are not whole or impossible, or the level is.
    """
    from scipy.special import betaincinv

    x, n = part_of("x", x, "n", n)
    tail = (1.0 - between("level", level, 0.0, 1.0)) / 2.0
    low = 0.0 if x == 0 else float(betaincinv(x, n - x + 1, tail))
    high = 1.0 if x == n else float(betaincinv(x + 1, n - x, 1.0 - tail))
    return Interval(low=low, high=high, level=float(level), method="Clopper-Pearson")


def exact_binomial_p(x: SupportsIndex, n: SupportsIndex, *, bound: float, side: Side) -> float:
    """Return the exact one-sided p-value for a rate above (or below) `bound`.

    Args:
        x: Events.
        n: Units, at least 1.
        bound: The rate at the edge of the hypothesis, from 0 to 1.
        side: ``above`` gives P(X >= x), ``below`` gives P(X <= x), X binomial at the bound.

    Raises:
        ValueError: If counts are not whole or impossible, or the bound is.
    """
    from scipy.special import betainc

    x, n = part_of("x", x, "n", n)
    (rate,) = probabilities("bound", (bound,))
    if known_side(side) == "below":
        x, rate = n - x, 1.0 - rate
    return 1.0 if x == 0 else float(betainc(x, n - x + 1, rate))


def sampled_upper(
    hits: SupportsIndex, looked: SupportsIndex, population: SupportsIndex, *, level: float = 0.95
) -> float:
    """Return an exact upper confidence bound on the share of a finite population that has hits.

    `looked` units were drawn without replacement; the bound is the largest number of hits the
    population could hold without making so few in the sample rarer than 1 - level.

    Args:
        hits: Units with a hit among those looked at.
        looked: Units looked at, at least 1.
        population: Units there are, at least `looked`.
        level: One-sided confidence, strictly between 0 and 1.

    Returns:
        A share from 0 to 1; exact (hits / population) when everything was looked at.

    Raises:
        ValueError: If counts are not whole or impossible, or the level is.
    """
    hits, looked, population = _sample(hits, looked, population)
    alpha = 1.0 - between("level", level, 0.0, 1.0)
    possible, beyond = hits, population - (looked - hits) + 1
    while beyond - possible > 1:  # P(at most `hits`) falls as the population's hits grow
        middle = (possible + beyond) // 2
        if _at_most(hits, looked, middle, population) > alpha:
            possible = middle
        else:
            beyond = middle
    return possible / population


def sampled_lower(
    hits: SupportsIndex, looked: SupportsIndex, population: SupportsIndex, *, level: float = 0.95
) -> float:
    """Return the exact lower bound that goes with `sampled_upper` (hits and misses exchanged).

    Raises:
        ValueError: If counts are not whole or impossible, or the level is.
    """
    hits, looked, population = _sample(hits, looked, population)
    misses = round(sampled_upper(looked - hits, looked, population, level=level) * population)
    return (population - misses) / population


def _sample(
    hits: SupportsIndex, looked: SupportsIndex, population: SupportsIndex
) -> tuple[int, int, int]:
    hits, looked = part_of("hits", hits, "looked", looked)
    looked, population = part_of("looked", looked, "population", population)
    return hits, looked, whole("population", population, least=1)


def _at_most(hits: int, looked: int, marked: int, population: int) -> float:
    """Return the hypergeometric P(X <= hits): `looked` drawn, `marked` of `population` are hits."""
    import numpy as np
    from scipy.special import gammaln

    def log_choose(of: int, chosen: np.ndarray | int) -> np.ndarray:
        above = np.asarray(chosen)
        return np.asarray(gammaln(of + 1.0) - gammaln(above + 1.0) - gammaln(of - above + 1.0))

    drawn = np.arange(max(0, looked - (population - marked)), min(hits, marked) + 1)
    logs = log_choose(marked, drawn) + log_choose(population - marked, looked - drawn)
    return float(min(1.0, np.exp(logs - log_choose(population, looked)).sum()))

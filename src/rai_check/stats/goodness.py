"""How far counts of several groups are from the shares they would be expected to have."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

LEAST_EXPECTED = 5.0
"""Expected counts below which chi-square is no longer trusted (Cochran 1954, Biometrics 10)."""
MOST_TABLES = 50_000
"""Tables that an exact test goes through at most."""
_DUST = 1e-7  # two statistics that arithmetic alone has made differ are the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """A test of all shares at once."""

    statistic: float
    """Pearson's chi-square."""
    p: float
    method: Literal["exact multinomial", "chi-square", "chi-square, rare groups together"]
    groups: int
    """Groups that were tested, those put together as one."""


def residuals(counts: Sequence[int], shares: Sequence[float]) -> tuple[float, ...]:
    """Adjusted residuals: distance of each count from the expected one in standard deviations.

    (x - n s) / sqrt(n s (1 - s)), about standard normal where the share is s (Haberman 1973,
    Biometrics 29). A group that has all of the share has none to be away from: 0.

    Raises:
        ValueError: As `departure`.
    """
    _, expected = _checked(counts, shares)
    pairs = zip(counts, expected, shares, strict=True)
    return tuple((x - e) / math.sqrt(e * (1 - s)) if s < 1 else 0.0 for x, e, s in pairs)


def dissimilarity(counts: Sequence[int], shares: Sequence[float]) -> float:
    """The share of records that would have to be of another group for all shares to be equal.

    Half the sum of the absolute differences of shares (Duncan and Duncan 1955), from 0 to 1.

    Raises:
        ValueError: As `departure`.
    """
    n, _ = _checked(counts, shares)
    return sum(abs(x / n - s) for x, s in zip(counts, shares, strict=True)) / 2.0


def departure(counts: Sequence[int], shares: Sequence[float]) -> Departure:
    """Test whether counts come from the given shares.

    Where every expected count is 5 or more, Pearson's chi-square. Otherwise the exact multinomial
    test with the same statistic, where there are few enough tables to go through; else chi-square
    with the groups of small expected counts as one.

    Args:
        counts: of each group, two groups or more.
        shares: of each group in what they are compared with, all above 0, summing to 1.

    Raises:
        ValueError: If they do not fit together.
    """
    n, expected = _checked(counts, shares)
    if min(expected) >= LEAST_EXPECTED:
        return _asymptotic(counts, expected, "chi-square")
    if math.comb(n + len(counts) - 1, len(counts) - 1) <= MOST_TABLES:
        return _exact(counts, shares, expected)
    counts, expected = _rare_together(counts, expected)
    return _asymptotic(counts, expected, "chi-square, rare groups together")


def _checked(counts: Sequence[int], shares: Sequence[float]) -> tuple[int, list[float]]:
    n = sum(counts)
    if len(counts) != len(shares) or len(counts) < 2 or n < 1 or min(counts) < 0:  # noqa: PLR2004 - a comparison needs two
        raise ValueError("counts and shares must be of the same two groups or more, not all empty")
    if min(shares) <= 0 or not math.isclose(sum(shares), 1.0, rel_tol=1e-9):
        raise ValueError("shares must be above 0 and sum to 1")
    return n, [n * share for share in shares]


def _statistic(counts: Sequence[int], expected: Sequence[float]) -> float:
    return sum((x - e) ** 2 / e for x, e in zip(counts, expected, strict=True))


def _asymptotic(
    counts: Sequence[int],
    expected: Sequence[float],
    method: Literal["chi-square", "chi-square, rare groups together"],
) -> Departure:
    from scipy.special import gammaincc

    found = _statistic(counts, expected)
    p = float(gammaincc((len(counts) - 1) / 2.0, found / 2.0)) if len(counts) > 1 else 1.0
    return Departure(statistic=found, p=p, method=method, groups=len(counts))


def _exact(counts: Sequence[int], shares: Sequence[float], expected: Sequence[float]) -> Departure:
    """Probability of all tables whose statistic is at least the one observed."""
    n, least = sum(counts), _statistic(counts, expected) - _DUST
    logs = [math.log(share) for share in shares]
    whole = math.lgamma(n + 1)
    p = math.fsum(
        math.exp(whole + sum(x * g - math.lgamma(x + 1) for x, g in zip(table, logs, strict=True)))
        for table in _tables(n, len(counts))
        if _statistic(table, expected) >= least
    )
    return Departure(
        statistic=least + _DUST, p=min(1.0, p), method="exact multinomial", groups=len(counts)
    )


def _tables(n: int, groups: int) -> Iterator[tuple[int, ...]]:
    if groups == 1:
        yield (n,)
        return
    for first in range(n + 1):
        for rest in _tables(n - first, groups - 1):
            yield (first, *rest)


def _rare_together(
    counts: Sequence[int], expected: Sequence[float]
) -> tuple[list[int], list[float]]:
    """The rarest groups as one, until none is expected to have fewer than five."""
    cells = sorted(zip(expected, counts, strict=True))
    while len(cells) > 1 and cells[0][0] < LEAST_EXPECTED:
        (e, x), (e2, x2) = cells[:2]
        cells = sorted([(e + e2, x + x2), *cells[2:]])
    return [x for _, x in cells], [e for e, _ in cells]

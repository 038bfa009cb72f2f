import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, quantile_test

from rai_check.stats.estimate import estimate_p
from rai_check.stats.quantiles import quantile, quantile_gap, quantile_interval

VALUES = st.lists(st.integers(0, 20), min_size=1, max_size=60)


def histogram(values) -> tuple[np.ndarray, np.ndarray]:
    return np.unique(np.asarray(values), return_counts=True)


def test_median_interval_by_hand() -> None:
    # of ten values P(X < 2) = 11/1024 = .0107 and P(X < 3) = 56/1024 = .0547 for X binomial at one
    # half: the 2nd and the 9th value
    got = quantile_interval(*histogram(range(1, 11)))
    assert (got.low, got.high) == (2.0, 9.0)
    assert got.method == "order statistics"


def test_median_gap_by_hand() -> None:
    # medians 5.5 and 55, limits 2 to 9 and 20 to 90: MOVER goes sqrt(3.5^2 + 35^2) either way
    own, rest = histogram(range(1, 11)), histogram(range(10, 101, 10))
    got = quantile_gap(*own, *rest)
    half = math.hypot(3.5, 35)
    assert got.value == pytest.approx(-49.5)
    assert (got.interval.low, got.interval.high) == pytest.approx((-49.5 - half, -49.5 + half))


@given(VALUES, st.sampled_from([0.1, 0.25, 0.5, 0.9]))
def test_quantile_equals_numpy(values: list[int], q: float) -> None:
    expected = np.quantile(values, q, method="averaged_inverted_cdf")
    assert quantile(*histogram(values), q=q) == pytest.approx(expected)


@given(st.integers(1, 300), st.sampled_from([0.25, 0.5, 0.9]))
def test_ranks_are_the_furthest_that_cover(n: int, q: float) -> None:
    got = quantile_interval(np.arange(1, n + 1), np.ones(n, dtype=int), q=q)
    low = 0 if got.low == -math.inf else int(got.low)
    high = n + 1 if got.high == math.inf else int(got.high)
    assert binom.cdf(low - 1, n, q) <= 0.025 < binom.cdf(low, n, q)
    assert binom.sf(high - 1, n, q) <= 0.025 < binom.sf(high - 2, n, q)


def test_median_interval_equals_scipy() -> None:
    values = np.random.default_rng(1).normal(size=101)
    got = quantile_interval(*histogram(values))
    expected = quantile_test(values, p=0.5).confidence_interval(0.95)
    assert (got.low, got.high) == pytest.approx((expected.low, expected.high))


def test_few_values_have_no_interval() -> None:
    five = histogram(range(5))
    got = quantile_interval(*five)
    assert (got.low, got.high) == (-math.inf, math.inf)
    gap = quantile_gap(*histogram([1, 2]), *histogram(range(100)))
    assert gap.se is None
    assert (gap.interval.low, gap.interval.high) == (-math.inf, math.inf)


def test_standard_error_is_the_widest_of_the_levels() -> None:
    own, rest = histogram(range(40)), histogram(range(1000))
    got = quantile_gap(*own, *rest)
    assert got.se >= (got.interval.high - got.value) / 1.959965
    assert got.se >= (got.value - got.interval.low) / 1.959965


def test_a_value_that_most_share_leaves_no_doubt() -> None:
    got = quantile_gap([0, 1], [990, 10], [0, 7], [9000, 50])
    assert (got.value, got.se) == (0.0, 0.0)


def test_empty_bins_do_not_matter() -> None:
    with_empty = quantile_gap([0, 3, 5, 9], [0, 20, 30, 0], [1, 2, 8], [40, 0, 40])
    without = quantile_gap([3, 5], [20, 30], [1, 8], [40, 40])
    assert with_empty == without


@pytest.mark.parametrize(
    ("values", "counts", "message"),
    [
        ([1, 1], [2, 3], "values must be finite numbers that rise"),
        ([1, math.nan], [2, 3], "values must be finite"),
        ([1, 2], [2.0, 3.0], "counts must be whole numbers"),
        ([1, 2], [2], "counts must be whole numbers, one for each"),
        ([1, 2], [0, 0], "counts must be at least 0, and not all 0"),
        ([1, 2], [3, -1], "counts must be at least 0"),
    ],
)
def test_impossible_histograms_are_refused(values, counts, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        quantile(values, counts)
    with pytest.raises(ValueError, match="q must lie"):
        quantile([1, 2], [3, 4], q=1.0)


DRAWS = {
    "exponential": lambda generator, n: generator.exponential(1, n),
    "whole days": lambda generator, n: generator.geometric(0.05, n),
    "few days": lambda generator, n: generator.poisson(1.5, n),
}


def rates(kind: str, n: int, n0: int, repetitions: int) -> tuple[float, float]:
    """Coverage of the interval of no gap, and the larger one-sided error of tests at 5%."""
    generator, covered, wrong = np.random.default_rng(3), 0, np.zeros(2)
    for _ in range(repetitions):
        own, rest = (histogram(DRAWS[kind](generator, k)) for k in (n, n0))
        got = quantile_gap(*own, *rest)
        covered += got.interval.low <= 0.0 <= got.interval.high
        words = {"df": None, "link": "identity", "bound": 0.0}
        wrong += [
            estimate_p(got.value, got.se, side=side, **words) < 0.05 for side in ("above", "below")
        ]
    return covered / repetitions, float(wrong.max()) / repetitions


@pytest.mark.parametrize("kind", DRAWS)
def test_quantile_gap_covers_and_keeps_its_size(kind: str) -> None:
    # 300 repetitions: three standard errors of 5% are 3.8 points
    covered, wrong = rates(kind, 60, 600, 300)
    assert covered > 0.91
    assert wrong < 0.05


@pytest.mark.slow
@pytest.mark.parametrize("kind", DRAWS)
@pytest.mark.parametrize(("n", "n0"), [(15, 15), (30, 300), (200, 2000)])
def test_quantile_gap_covers_closely(kind: str, n: int, n0: int) -> None:
    # 2,000 repetitions: three standard errors of 5% are 1.5 points
    covered, wrong = rates(kind, n, n0, 2000)
    assert covered > 0.935
    assert wrong < 0.05

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, chi2_contingency

from rai_check.stats.spread import between_groups, homogeneity_p, spread_interval

FIVE = np.array([850, 60, 40, 30, 20])


def test_between_groups_by_hand() -> None:
    # 4 of 5 and 6 of 21: rates .8 and 2/7, variance (.8 - 2/7)^2 / 2 = .1322449; sampling
    # variances .16/4 = .04 and (2/7 * 5/7)/20 = .0102041, mean .0251020; between: .1071429
    got = between_groups([4, 6], [5, 21])
    assert got.variance == pytest.approx(0.1322449 - 0.0251020, abs=1e-7)
    assert got.sd == pytest.approx(math.sqrt(got.variance), rel=1e-15)
    assert got.naive_sd == pytest.approx(math.sqrt(0.1322449), abs=1e-7)
    assert got.groups == 2


def test_variance_may_be_below_zero_and_sd_may_not() -> None:
    got = between_groups([5, 5, 5], [10, 10, 10])
    assert got.variance == pytest.approx(-0.25 / 9, rel=1e-14)
    assert got.sd == got.naive_sd == 0.0


def test_variance_is_unbiased_over_every_table() -> None:
    # the expectation over all outcomes of groups of 3, 6 and 9 is the variance of the true rates
    sizes, rates, total = (3, 6, 9), (0.2, 0.5, 0.9), 0.0
    for x in np.ndindex(4, 7, 10):
        weight = math.prod(binom.pmf(a, n, p) for a, n, p in zip(x, sizes, rates, strict=True))
        total += weight * between_groups(list(x), sizes).variance
    assert total == pytest.approx(np.var(rates, ddof=1), rel=1e-10)


def test_homogeneity_p_by_hand() -> None:
    # 10 of 20 and 4 of 20: pooled .35, expected 7, (9 + 9)/(20 * .35 * .65) = 3.9560; the tail of
    # chi-square on 1 df is that of the normal: P(|Z| > 1.98898) = .04670
    assert homogeneity_p([10, 4], [20, 20]) == pytest.approx(0.04670, abs=5e-6)


@pytest.mark.parametrize(
    ("x", "n"), [((10, 4, 7), (20, 21, 40)), ((0, 4), (9, 30)), ((5, 5, 1, 0), (5, 6, 7, 8))]
)
def test_homogeneity_p_equals_scipy(x: tuple[int, ...], n: tuple[int, ...]) -> None:
    table = [x, [size - events for events, size in zip(x, n, strict=True)]]
    theirs = chi2_contingency(table, correction=False).pvalue
    assert homogeneity_p(x, n) == pytest.approx(theirs, rel=1e-10)


@pytest.mark.parametrize("x", [(0, 0, 0), (4, 5, 6)])
def test_homogeneity_p_is_one_when_nobody_or_everybody_has_the_event(x: tuple[int, ...]) -> None:
    assert homogeneity_p(x, (4, 5, 6)) == 1.0


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(2, 50)), min_size=2, max_size=20))
def test_results_are_finite_whatever_the_groups(cells: list[tuple[int, int]]) -> None:
    x, n = [events for events, _ in cells], [events + more for events, more in cells]
    got = between_groups(x, n)
    assert 0.0 <= got.sd <= got.naive_sd <= math.sqrt(0.5)
    assert 0.0 <= homogeneity_p(x, n) <= 1.0
    limits = spread_interval(x, n, seed=1)
    assert 0.0 <= limits.low <= limits.high <= math.sqrt(0.5)


def test_interval_is_the_same_for_the_same_seed() -> None:
    one = spread_interval([300, 9, 12], [850, 60, 40], seed=4)
    assert one == spread_interval([300, 9, 12], [850, 60, 40], seed=4)
    assert one.method == "double-corrected bootstrap"


@pytest.mark.parametrize("rates", [(0.3,) * 5, (0.3, 0.15, 0.3, 0.3, 0.3)])
def test_variance_is_unbiased_and_covered_where_the_plain_one_is_not(
    rates: tuple[float, ...],
) -> None:
    # 300 draws of 1,000 rows in UK-like shares; truth 0 or .0045, the plain variance about .005
    # too large
    generator, truth = np.random.default_rng(6), float(np.var(rates, ddof=1))
    draws = generator.binomial(FIVE, rates, (300, 5))
    found = [between_groups(x, FIVE) for x in draws]
    variances = np.array([spread.variance for spread in found])
    error = variances.std() / math.sqrt(300)
    assert abs(variances.mean() - truth) < 4 * error
    assert np.mean([spread.naive_sd**2 for spread in found]) - truth > 10 * error
    limits = [spread_interval(x, FIVE, seed=i) for i, x in enumerate(draws[:100])]
    assert np.mean([i.low <= math.sqrt(truth) <= i.high for i in limits]) >= 0.9


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rates", "sizes"),
    [
        (np.full(18, 0.3), np.full(18, 100)),
        (np.linspace(0.1, 0.9, 18), np.full(18, 100)),
        (np.array([0.3, 0.15, 0.3, 0.3, 0.3]), FIVE * 10),
        (np.array([0.3, 0.36]), np.array([500, 500])),
    ],
)
def test_interval_covers_at_least_about_its_level(rates: np.ndarray, sizes: np.ndarray) -> None:
    generator, truth = np.random.default_rng(7), rates.std(ddof=1)
    limits = [
        spread_interval(generator.binomial(sizes, rates), sizes, seed=seed) for seed in range(1000)
    ]
    # a hair is allowed for a true spread of 0 that is not 0 in floating point
    held = np.mean([i.low <= truth + 1e-12 and truth <= i.high for i in limits])
    assert held >= 0.95 - 3 * math.sqrt(0.05 * 0.95 / 1000)


@pytest.mark.parametrize(
    ("x", "n", "name"),
    [
        ([1], [4], "x and n"),
        ([1, 2], [4, 1], "n|x"),
        ([1, 2], [4, 0], "n"),
        ([1.0, 2.0], [4, 5], "x"),
        ([1, -1], [4, 5], "x"),
        ([[1, 2]], [[4, 5]], "x and n"),
        ([1, 2], 5, "x and n"),
    ],
)
def test_impossible_groups_are_refused(x: object, n: object, name: str) -> None:
    for call in (
        lambda: between_groups(x, n),
        lambda: spread_interval(x, n, seed=1),
        lambda: homogeneity_p(x, n),
    ):
        with pytest.raises(ValueError, match=rf"^({name}) must"):
            call()


def test_group_of_one_is_refused_where_its_own_error_is_needed() -> None:
    with pytest.raises(ValueError, match=r"^n must be at least 2"):
        between_groups([1, 1], [4, 1])
    assert 0.0 < homogeneity_p([1, 1], [4, 1]) < 1.0

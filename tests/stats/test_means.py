import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ttest_ind
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from rai_check.stats.estimate import estimate_interval, estimate_p
from rai_check.stats.means import Moments, mean_gap, mean_ratio, moments

VALUES = st.lists(st.integers(-1000, 1000), min_size=2, max_size=30)


def sums(values, scale: int = 1) -> Moments:
    whole = [round(v * scale) for v in values]
    return moments(len(whole), sum(whole), sum(v * v for v in whole), scale=scale)


def test_mean_gap_by_hand() -> None:
    # 2, 4, 6: mean 4, variance 4, over 3 = 4/3. 1, 3: mean 2, variance 2, over 2 = 1.
    # se = sqrt(7/3); df = (7/3)^2 / ((4/3)^2 / 2 + 1^2 / 1) = (49/9) / (17/9) = 49/17
    got = mean_gap(sums([2, 4, 6]), sums([1, 3]))
    assert (got.value, got.link) == (2.0, "identity")
    assert got.se == pytest.approx(math.sqrt(7 / 3))
    assert got.df == pytest.approx(49 / 17)


def test_mean_ratio_by_hand() -> None:
    # the same: log(4/2); variances 4/3 / 16 = 1/12 and 1 / 4, together 1/3;
    # df = (1/9) / ((1/144) / 2 + 1/16) = (1/9) / (19/288) = 32/19
    got = mean_ratio(sums([2, 4, 6]), sums([1, 3]))
    assert (got.value, got.link) == (pytest.approx(math.log(2)), "log")
    assert got.se == pytest.approx(math.sqrt(1 / 3))
    assert got.df == pytest.approx(32 / 19)


@given(VALUES, VALUES)
def test_mean_gap_equals_scipy_and_statsmodels(first: list[int], second: list[int]) -> None:
    got = mean_gap(sums(first), sums(second))
    if len(set(first)) == 1 or len(set(second)) == 1:
        return  # scipy warns; see the tests of no spread below
    expected = ttest_ind(first, second, equal_var=False, alternative="greater")
    words = {"df": got.df, "link": "identity"}
    p = estimate_p(got.value, got.se, bound=0.0, side="above", **words)
    assert p == pytest.approx(expected.pvalue, abs=1e-9)
    shown = estimate_interval(got.value, got.se, **words)
    both = CompareMeans(DescrStatsW(first), DescrStatsW(second))
    assert (shown.low, shown.high) == pytest.approx(both.tconfint_diff(usevar="unequal"), rel=1e-6)


def test_nothing_is_lost_where_a_mean_is_large_beside_its_spread() -> None:
    # a billion and 0, 1, 2 millionths: variance one squared millionth, exact in whole numbers
    found = sums([10**9 + k / 10**6 for k in (0, 1, 2)], scale=10**6)
    assert found.variance == pytest.approx(1e-12, rel=1e-12)
    assert found.mean == pytest.approx(10**9 + 1e-6, rel=1e-15)


def test_scale_does_not_matter() -> None:
    rough, fine = (
        mean_gap(sums([2.5, 4, 6], scale), sums([1, 3.5], scale)) for scale in (2, 10**6)
    )
    assert (rough.value, rough.se, rough.df) == pytest.approx((fine.value, fine.se, fine.df))


def test_one_side_without_spread_takes_the_other_sides_degrees_of_freedom() -> None:
    got = mean_gap(sums([3, 3, 3]), sums([1, 2, 4, 5]))
    assert got.df == pytest.approx(3.0)
    assert got.se > 0.0


def test_no_spread_at_all_has_no_standard_error() -> None:
    got = mean_gap(sums([3, 3, 3]), sums([1, 1]))
    assert (got.value, got.se, got.df) == (2.0, 0.0, 3.0)


@given(st.integers(-(10**30), 10**30), st.integers(2, 10**9))
def test_huge_sums_do_not_overflow(value: int, n: int) -> None:
    same = moments(n, n * value, n * value**2)
    other = moments(n, n * value, n * value**2 + n)
    assert same.variance == 0.0
    assert math.isfinite(mean_gap(same, other).se)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0, 0, 0), "n must be at least 1"),
        ((2, 1.5, 3), "total must be a whole number"),
        ((2, 3, True), "squares must be a whole number"),
        ((2, 4, 7), "squares must be at least"),
    ],
)
def test_impossible_sums_are_refused(arguments: tuple, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}"):
        moments(*arguments)


def test_what_has_no_comparison_is_refused() -> None:
    with pytest.raises(ValueError, match="n must be at least 2 on both sides"):
        mean_gap(sums([3]), sums([1, 2]))
    with pytest.raises(ValueError, match="a mean above 0"):
        mean_ratio(sums([0, 0]), sums([1, 2]))


def errs(n: int, n0: int, repetitions: int, *, lognormal: bool) -> float:
    """The larger share of wrong rejections of equality, of four one-sided tests at 5%."""
    generator, wrong = np.random.default_rng(5), np.zeros(4)
    for _ in range(repetitions):
        draws = (
            generator.lognormal(0, 1, k) if lognormal else generator.exponential(1, k)
            for k in (n, n0)
        )  # fmt: skip
        own, rest = (np.rint(d * 1000).astype(np.int64) for d in draws)
        group, other = (
            moments(d.size, int(d.sum()), int(np.sum(d * d)), scale=1000) for d in (own, rest)
        )
        for i, (got, equal) in enumerate(
            ((mean_gap(group, other), 0.0), (mean_ratio(group, other), 1.0))
        ):
            p = estimate_p(got.value, got.se, df=got.df, link=got.link, bound=equal, side="above")
            wrong[2 * i : 2 * i + 2] += p < 0.05, p > 0.95
    return float(wrong.max()) / repetitions


def test_means_keep_their_size_for_skewed_waits() -> None:
    # 7% and three standard errors of 800 repetitions
    assert errs(100, 1000, 800, lognormal=False) < 0.07 + 0.027


@pytest.mark.slow
@pytest.mark.parametrize(
    ("n", "lognormal", "most"),
    [(30, False, 0.1), (100, False, 0.07), (30, True, 0.14), (100, True, 0.11)],
)
def test_means_err_as_often_as_the_module_says(n: int, *, lognormal: bool, most: float) -> None:
    # 4,000 repetitions: three standard errors of 10% are 1.4 points
    assert errs(n, 10 * n, 4000, lognormal=lognormal) < most + 0.014

"""Two means: Welch where nothing is borrowed, care where a small sample is skewed."""

import math

import numpy as np
import pytest
from scipy.stats import ttest_ind_from_stats

from rai_check.fairness.clustered import UnitSums, covariance_of, gap_of
from rai_check.fairness.two_means import Mean, gap, mean_of_rows, mean_of_units
from rai_check.stats.estimate import estimate_p
from rai_check.stats.means import moments


def mean(value, variance, size):
    """A mean of `size` values that vary by `variance`."""
    return Mean(value=value, variance=variance / size, size=size)


def test_equal_spreads_give_welch():
    found = gap(mean(10, 9, 40), mean(12, 9, 60), effect="difference")

    welch = ttest_ind_from_stats(10, 3, 40, 12, 3, 60, equal_var=False)
    assert found.value / found.se == pytest.approx(welch.statistic)
    assert found.link == "identity"


def test_smaller_sample_that_varies_more_is_left_as_it_is():
    found = gap(mean(10, 25, 40), mean(9, 4, 60), effect="difference")

    assert found.se == pytest.approx(math.sqrt(25 / 40 + 4 / 60))


def test_smaller_sample_that_varies_less_borrows_in_proportion_to_a_higher_mean():
    # the rest varies by 4 at a mean of 10; the group, at 15, by at least 4 x 1.5 squared = 9
    found = gap(mean(15, 1, 40), mean(10, 4, 60), effect="difference")

    assert found.se == pytest.approx(math.sqrt(9 / 40 + 4 / 60))


def test_larger_group_never_borrows():
    found = gap(mean(15, 1, 600), mean(10, 4, 60), effect="difference")

    assert found.se == pytest.approx(math.sqrt(1 / 600 + 4 / 60))


def test_means_below_zero_borrow_the_spread_alone():
    found = gap(mean(-15, 1, 40), mean(-10, 4, 60), effect="difference")

    assert found.se == pytest.approx(math.sqrt(4 / 40 + 4 / 60))


def test_ratio_is_on_the_log_scale():
    found = gap(mean(8, 16, 50), mean(10, 25, 50), effect="ratio")

    assert found.link == "log"
    assert found.value == pytest.approx(math.log(0.8))
    assert found.se == pytest.approx(math.sqrt(16 / 50 / 64 + 25 / 50 / 100))


def test_units_take_off_their_covariance_and_keep_the_fewer_degrees_of_freedom():
    rng = np.random.default_rng(3)
    base = rng.normal(20, 5, 60)
    own = UnitSums(total=base + rng.normal(size=60), n=np.ones(60))
    rest = UnitSums(total=base + rng.normal(size=60), n=np.ones(60))

    shared = covariance_of(own, rest)
    found = gap(mean_of_units(own), mean_of_units(rest), effect="difference", covariance=shared)

    assert found.df == 59
    assert found.se == pytest.approx(gap_of(own, rest).se)
    assert found.se < 0.3


def test_mean_of_rows_is_that_of_exact_sums():
    found = mean_of_rows(moments(4, 24_000_000, 210_000_000_000_000, scale=10**6))

    assert (found.value, found.size) == (6, 4)
    assert found.variance == pytest.approx((210 - 4 * 36) / 3 / 4)


def drawn(name, rng, shape):
    if name == "exponential":
        return rng.exponential(size=shape)
    if name == "log-normal":
        return np.exp(rng.normal(size=shape))
    if name == "gamma":
        return rng.gamma(0.3, size=shape)
    return np.where(rng.random(shape) < 0.1, rng.exponential(size=shape), 0.0)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["exponential", "log-normal", "gamma", "mostly nothing"])
@pytest.mark.parametrize(("effect", "most"), [("ratio", 0.07), ("difference", 0.1)])
def test_one_sided_tests_at_a_bound_hold_for_skewed_numbers(name, effect, most):
    rng = np.random.default_rng(17)
    truth = drawn(name, rng, 4_000_000).mean()
    runs = 1500
    for n, times in ((30, 0.8), (30, 1.0), (100, 1.25)):
        own, rest = drawn(name, rng, (runs, n)) * times, drawn(name, rng, (runs, 2000))
        bound = times if effect == "ratio" else (times - 1) * truth
        wrong = np.zeros(2)
        for one, other in zip(own, rest, strict=True):
            if effect == "ratio" and not one.any():
                continue  # undefined
            sides = (Mean(value=x.mean(), variance=x.var(ddof=1) / x.size, size=x.size)
                     for x in (one, other))  # fmt: skip
            found = gap(*sides, effect=effect)
            for i, side in enumerate(("below", "above")):
                p = estimate_p(
                    found.value, found.se, df=found.df, link=found.link, bound=bound, side=side
                )
                wrong[i] += p < 0.05
        assert (wrong / runs < most).all()

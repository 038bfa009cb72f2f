"""All shares at once: by hand, against SciPy, and by simulation."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, chisquare, multinomial

from rai_check.stats.goodness import departure, dissimilarity, residuals

THIRDS = (0.5, 0.3, 0.2)


def test_chi_square_is_as_by_hand_and_as_scipy_has_it():
    # expected 50, 30, 20: 10^2/50 + 0 + 10^2/20 = 2 + 0 + 5
    found = departure((60, 30, 10), THIRDS)

    assert found.statistic == pytest.approx(7.0)
    assert found.p == pytest.approx(chisquare((60, 30, 10), (50, 30, 20)).pvalue)
    assert (found.method, found.groups) == ("chi-square", 3)


def test_exact_test_of_two_groups_is_the_binomial_one():
    # with two groups the statistic orders tables by distance from the expected count
    found = departure((5, 3), (0.5, 0.5))

    assert found.method == "exact multinomial"
    assert found.p == pytest.approx(binomtest(5, 8, 0.5).pvalue)


def test_exact_test_sums_every_table_that_is_as_far_off():
    counts, shares = (6, 0, 2), (0.4, 0.4, 0.2)
    expected = [8 * s for s in shares]

    def far(table):
        return sum((x - e) ** 2 / e for x, e in zip(table, expected, strict=True))

    tables = [t for t in itertools.product(range(9), repeat=3) if sum(t) == 8]
    p = sum(multinomial.pmf(t, 8, shares) for t in tables if far(t) >= far(counts) - 1e-9)
    assert departure(counts, shares).p == pytest.approx(p)


def test_rare_groups_are_put_together_where_there_are_too_many_tables():
    shares = (0.899, 0.1, 0.0005, 0.0005)
    found = departure((1800, 196, 2, 2), shares)

    # of 2,000 one each is expected of the last two: 2, and 202 with the next; x = 4 + 196
    assert (found.method, found.groups) == ("chi-square, rare groups together", 2)
    assert found.p == pytest.approx(chisquare((1800, 200), (1798, 202)).pvalue)


def test_residuals_are_by_hand():
    # expected 10 of 100 with variance 9: 19 is 3 standard deviations above
    assert residuals((19, 81), (0.1, 0.9)) == pytest.approx((3.0, -3.0))
    assert residuals((100, 0), (1 - 1e-12, 1e-12))[0] == pytest.approx(0.0, abs=1e-4)


def test_dissimilarity_is_half_of_all_differences():
    assert dissimilarity((60, 30, 10), THIRDS) == pytest.approx(0.1)
    assert dissimilarity((0, 0, 10), THIRDS) == pytest.approx(0.8)


@given(st.lists(st.integers(1, 60), min_size=2, max_size=4), st.integers(1, 5))
def test_counts_in_proportion_depart_from_nothing(weights, times):
    counts = [w * times for w in weights]
    shares = [w / sum(weights) for w in weights]

    assert dissimilarity(counts, shares) == pytest.approx(0.0, abs=1e-9)
    assert departure(counts, shares).p == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("counts", "shares"),
    [((1,), (1.0,)), ((1, 2), (0.5, 0.6)), ((1, 2), (0.0, 1.0)), ((0, 0), (0.5, 0.5)),
     ((1, -1), (0.5, 0.5)), ((1, 2, 3), (0.5, 0.5))],
)  # fmt: skip
def test_what_does_not_fit_is_refused(counts, shares):
    with pytest.raises(ValueError, match="shares"):
        departure(counts, shares)


def size_of(n: int, shares: tuple[float, ...], draws: int, seed: int) -> float:
    found = np.random.default_rng(seed).multinomial(n, shares, size=draws)
    values, times = np.unique(found, axis=0, return_counts=True)
    small = [departure(v.tolist(), shares).p <= 0.05 for v in values]
    return float(times[small].sum() / draws)


def test_test_of_all_shares_keeps_its_size_when_small():
    # exact: at most 5%; 3 standard errors of 4,000 draws above it
    assert size_of(12, (0.7, 0.2, 0.1), 4_000, 1) <= 0.05 + 3 * math.sqrt(0.05 * 0.95 / 4_000)


@pytest.mark.slow
@pytest.mark.parametrize(("n", "shares"), [(60, (0.6, 0.3, 0.1)), (400, (0.8, 0.1, 0.06, 0.04))])
def test_chi_square_keeps_its_size_about(n, shares):
    assert 0.035 <= size_of(n, shares, 20_000, 2) <= 0.065

"""Linearised variances by unit, worked by hand and against a regression."""

import numpy as np
import pytest
from statsmodels.api import OLS

from rai_check.fairness.clustered import UnitSums, covariance_of, gap_of, mean_of


def sums(total, n):
    return UnitSums(total=np.array(total, dtype=float), n=np.array(n, dtype=float))


def test_units_of_one_row_have_the_standard_error_of_a_mean():
    values = np.array([1.0, 4.0, 7.0, 12.0])

    found = mean_of(sums(values, np.ones(4)))

    assert found.value == 6
    assert found.se == pytest.approx(values.std(ddof=1) / 2)
    assert found.df == 3


def test_mean_by_unit_when_rows_repeat():
    # units (sum, rows): (6, 3), (4, 1): mean 10/4 = 2.5; pulls (6 - 7.5)/4 and (4 - 2.5)/4;
    # variance 2/1 x (0.375^2 + 0.375^2) = 0.5625
    found = mean_of(sums([6, 4], [3, 1]))

    assert found.value == 2.5
    assert found.se == pytest.approx(0.75)


def test_unit_on_both_sides_brings_its_covariance():
    # a person of high values on both sides: the gap is known better than the two means
    both = [1.0, 2, 3, 10, 20, 4]
    group, rest = sums(both, [1] * 6), sums([v + 1 for v in both], [1] * 6)

    found = gap_of(group, rest)

    assert found.value == pytest.approx(-1)
    assert found.se == pytest.approx(0)
    assert mean_of(group).se > 2


def test_gap_is_that_of_a_cluster_robust_regression():
    rng = np.random.default_rng(7)
    unit = rng.integers(0, 80, 600)
    side = rng.integers(0, 2, 600)
    value = rng.normal(size=80)[unit] + rng.normal(size=600) + side
    n = [np.bincount(unit[side == s], minlength=80) for s in (1, 0)]
    totals = [np.bincount(unit[side == s], value[side == s], minlength=80) for s in (1, 0)]

    found = gap_of(sums(totals[0], n[0]), sums(totals[1], n[1]))

    design = np.column_stack([np.ones(600), side])
    fitted = OLS(value, design).fit(
        cov_type="cluster", cov_kwds={"groups": unit, "use_correction": False}
    )
    assert found.value == pytest.approx(fitted.params[1])
    assert found.se == pytest.approx(fitted.bse[1], rel=0.01)  # times root of units/(units - 1)
    assert found.df == min(np.count_nonzero(one) for one in n) - 1


def test_covariance_is_what_the_gap_takes_off():
    rng = np.random.default_rng(5)
    shared = rng.normal(size=40)
    group = sums(shared + rng.normal(size=40), np.ones(40))
    rest = sums(shared + rng.normal(size=40), np.ones(40))

    found = gap_of(group, rest).se ** 2

    apart = mean_of(group).se ** 2 + mean_of(rest).se ** 2
    assert covariance_of(group, rest) > 0
    assert found == pytest.approx(apart - 2 * covariance_of(group, rest))


def test_units_on_one_side_only_have_no_covariance():
    group = sums([20, 30, 10, 0, 0, 0], [1, 1, 1, 0, 0, 0])
    rest = sums([0, 0, 0, 10, 40, 20], [0, 0, 0, 1, 1, 1])

    assert covariance_of(group, rest) == 0
    assert gap_of(group, rest).df == 2


def test_order_of_units_never_matters():
    rng = np.random.default_rng(1)
    total, n = rng.normal(size=50) * 1e6, rng.integers(1, 9, 50).astype(float)
    order = rng.permutation(50)

    assert mean_of(sums(total, n)) == mean_of(sums(total[order], n[order]))

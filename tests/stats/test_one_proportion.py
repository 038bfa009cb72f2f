import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, hypergeom
from statsmodels.stats.proportion import proportion_confint

from rai_check.stats.one_proportion import (
    clopper_pearson,
    exact_binomial_p,
    sampled_lower,
    sampled_upper,
    wilson,
)

TABLES = [(0, 1), (1, 1), (0, 20), (20, 20), (3, 40), (81, 263), (900, 20_000)]


def test_wilson_equals_published() -> None:
    # Newcombe 1998 (Stat Med 17:857), table I, method 3: 81/263
    got = wilson(81, 263)
    assert (got.low, got.high) == pytest.approx((0.2553, 0.3662), abs=5e-5)


@pytest.mark.parametrize(("x", "n"), TABLES)
@pytest.mark.parametrize("level", [0.8, 0.95, 0.999])
def test_intervals_equal_statsmodels(x: int, n: int, level: float) -> None:
    for ours, method in ((wilson, "wilson"), (clopper_pearson, "beta")):
        got, theirs = ours(x, n, level=level), proportion_confint(x, n, 1 - level, method=method)
        assert (got.low, got.high) == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize(("x", "n"), TABLES)
@pytest.mark.parametrize("bound", [0.0, 0.05, 0.3, 1.0])
def test_exact_binomial_p_equals_scipy(x: int, n: int, bound: float) -> None:
    for side, alternative in (("above", "greater"), ("below", "less")):
        theirs = binomtest(x, n, bound, alternative=alternative).pvalue
        assert exact_binomial_p(x, n, bound=bound, side=side) == pytest.approx(theirs, abs=1e-12)


def test_exact_binomial_p_by_hand() -> None:
    # P(X >= 2) for three tosses of a fair coin: 3/8 + 1/8
    assert exact_binomial_p(2, 3, bound=0.5, side="above") == pytest.approx(0.5)


def test_sampled_upper_by_hand() -> None:
    # 0 hits in 3 of 5. With M hits P(0) = C(5-M, 3)/C(5, 3): M=0: 1, M=1: 4/10, M=2: 1/10.
    # At level .95 both 1 and 2 remain possible; at level .85 (alpha .15) only 1 does.
    assert sampled_upper(0, 3, 5, level=0.95) == 2 / 5
    assert sampled_upper(0, 3, 5, level=0.85) == 1 / 5


@pytest.mark.parametrize(
    ("hits", "looked", "population"),
    [(0, 300, 10_000), (5, 300, 10_000), (300, 300, 10_000), (7, 50, 60), (0, 1, 1_000_000)],
)
def test_sampled_upper_is_the_last_prevalence_scipy_does_not_reject(
    hits: int, looked: int, population: int
) -> None:
    most = round(sampled_upper(hits, looked, population) * population)
    assert hypergeom.cdf(hits, population, most, looked) > 0.05
    if most < population - (looked - hits):
        assert hypergeom.cdf(hits, population, most + 1, looked) <= 0.05


def test_sampled_lower_is_the_first_prevalence_scipy_does_not_reject() -> None:
    least = round(sampled_lower(5, 300, 10_000) * 10_000)
    assert hypergeom.sf(4, 10_000, least, 300) > 0.05
    assert hypergeom.sf(4, 10_000, least - 1, 300) <= 0.05


@given(st.data())
def test_sampled_bounds_hold_the_sample_rate_and_are_exact_when_all_was_looked_at(
    data: st.DataObject,
) -> None:
    population = data.draw(st.integers(1, 3000))
    looked = data.draw(st.integers(1, population))
    hits = data.draw(st.integers(0, looked))
    low, high = sampled_lower(hits, looked, population), sampled_upper(hits, looked, population)
    assert 0.0 <= low <= high <= 1.0
    assert hits / population <= high
    assert low <= (population - looked + hits) / population
    if looked == population:
        assert low == high == hits / population


@given(st.integers(1, 500), st.data())
def test_intervals_contain_the_rate(n: int, data: st.DataObject) -> None:
    x = data.draw(st.integers(0, n))
    for got in (wilson(x, n), clopper_pearson(x, n)):
        assert 0.0 <= got.low <= x / n <= got.high <= 1.0


@given(st.integers(1, 300), st.data())
def test_clopper_pearson_and_exact_test_agree(n: int, data: st.DataObject) -> None:
    x, bound = data.draw(st.integers(0, n)), data.draw(st.floats(0.001, 0.999))
    got, p = clopper_pearson(x, n), exact_binomial_p(x, n, bound=bound, side="above")
    if abs(p - 0.025) > 1e-9:
        assert (bound < got.low) == (p < 0.025)


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: wilson(1, 0), "n"),
        (lambda: wilson(2, 1), "x"),
        (lambda: wilson(1, 2, level=1.5), "level"),
        (lambda: clopper_pearson(1.5, 2), "x"),
        (lambda: exact_binomial_p(1, 2, bound=math.nan, side="above"), "bound"),
        (lambda: exact_binomial_p(1, 2, bound=1.1, side="above"), "bound"),
        (lambda: exact_binomial_p(1, 2, bound=0.1, side="up"), "side"),
        (lambda: sampled_upper(1, 0, 5), "looked"),
        (lambda: sampled_upper(1, 6, 5), "looked"),
        (lambda: sampled_upper(3, 2, 5), "hits"),
        (lambda: sampled_lower(1, 2, 5, level=0.0), "level"),
    ],
)
def test_impossible_arguments_are_refused(call: object, name: str) -> None:
    with pytest.raises(ValueError, match=rf"^{name} must"):
        call()

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from rai_check.stats.power import rows_needed, smallest_detectable
from rai_check.stats.power_arrays import rows_needed_array, smallest_detectable_array
from rai_check.stats.score import score_z


def effect_of(p: float, p0: float, effect: str) -> float:
    if effect == "difference":
        return p - p0
    return p / p0 if effect == "ratio" else p / (1 - p) / (p0 / (1 - p0))


def exact_power(
    n: int, n0: int, p: float, p0: float, *, effect: str, bound: float, z: float, sides: int = 1
) -> float:
    """Probability, summed over all tables, that the score test passes z on the truth's side."""
    own, rest = (np.arange(size + 1.0) for size in (n, n0))
    weight = binom.pmf(own, n, p)[:, None] * binom.pmf(rest, n0, p0)
    statistic = score_z(own[:, None], n, rest, n0, effect=effect, bound=bound)
    if sides == 2:
        return float(weight[np.abs(statistic) > z].sum())
    above = p - p0 > bound if effect == "difference" else effect_of(p, p0, effect) > bound
    return float(weight[statistic > z if above else statistic < -z].sum())


def test_rows_needed_by_hand() -> None:
    # p = .3, ratio .8, large rest: under the bound p = .24, so
    # n = ((1.644854 sqrt(.24 * .76) + .841621 sqrt(.3 * .7)) / .06)^2 = (1.088176 / .06)^2
    #   = 18.1363^2 = 328.92, and 329 is the first whole number that is enough
    assert rows_needed(0.3, 0.8, effect="ratio") == 329


@pytest.mark.parametrize(
    # smallest group with exact power 80% against a large rest, found by enumeration
    ("base_rate", "exact"),
    [(0.05, 2624), (0.1, 1236), (0.3, 341), (0.5, 154), (0.7, 77)],
)
def test_rows_needed_is_within_five_percent_of_exact_enumeration(
    base_rate: float, exact: int
) -> None:
    assert rows_needed(base_rate, 0.8, effect="ratio") == pytest.approx(exact, rel=0.05)


@pytest.mark.parametrize(
    ("base_rate", "effect", "bound"),
    [
        (0.3, "ratio", 0.8),
        (0.3, "ratio", 1.25),
        (0.5, "ratio", 0.8),
        (0.3, "difference", -0.1),
        (0.5, "difference", 0.1),
        (0.3, "odds", 0.6),
        (0.5, "odds", 1.6),
    ],
)
@pytest.mark.parametrize("share", [0.1, 0.5])
def test_rows_needed_gives_the_power_asked_for(
    base_rate: float, effect: str, bound: float, share: float
) -> None:
    n = rows_needed(base_rate, bound, effect=effect, share=share)
    n0 = round(n * (1 - share) / share)
    power = exact_power(n, n0, base_rate, base_rate, effect=effect, bound=bound, z=1.644854)
    assert power == pytest.approx(0.8, abs=0.03)


def test_rows_needed_with_a_fixed_rest_gives_the_power_asked_for() -> None:
    n = rows_needed(0.5, 0.8, effect="ratio", rest_n=400)
    power = exact_power(n, 400, 0.5, 0.5, effect="ratio", bound=0.8, z=1.644854)
    assert power == pytest.approx(0.8, abs=0.03)


def test_rows_needed_is_none_when_the_rest_is_too_small() -> None:
    # 30 in the rest at 10%: three events cannot show a ratio above .8 for any group
    assert rows_needed(0.1, 0.8, effect="ratio", rest_n=30) is None


@settings(deadline=None)
@given(st.floats(0.02, 0.9), st.floats(0.5, 0.9), st.floats(0.55, 0.95))
def test_rows_needed_grows_with_a_closer_bound_more_power_and_a_smaller_rest(
    base_rate: float, bound: float, power: float
) -> None:
    n = rows_needed(base_rate, bound, effect="ratio", power=power)
    assert n <= rows_needed(base_rate, bound + 0.05, effect="ratio", power=power)
    assert n <= rows_needed(base_rate, bound, effect="ratio", power=power + 0.02)
    assert n <= rows_needed(base_rate, bound, effect="ratio", power=power, share=0.3)


@pytest.mark.parametrize(
    ("n", "n0", "base_rate"),
    [(100, 2_000, 0.3), (400, 3_000, 0.1), (200, 200, 0.5), (1_000, 1_500, 0.1)],
)
@pytest.mark.parametrize("effect", ["ratio", "difference", "odds"])
def test_smallest_detectable_is_seen_with_the_power_asked_for(
    n: int, n0: int, base_rate: float, effect: str
) -> None:
    got = smallest_detectable(n, n0, base_rate, effect=effect)
    equality = 0.0 if effect == "difference" else 1.0
    for departure in (got.below, got.above):
        odds = departure * base_rate / (1 - base_rate)
        rate = {
            "ratio": departure * base_rate,
            "difference": base_rate + departure,
            "odds": odds / (1 + odds),
        }[effect]
        power = exact_power(
            n, n0, rate, base_rate, effect=effect, bound=equality, z=1.959964, sides=2
        )
        assert power == pytest.approx(0.8, abs=0.04)
    assert got.below < equality < got.above


def test_smallest_detectable_by_hand_against_a_large_rest() -> None:
    # p0 = .5, rest so large that only the group's spread counts: p solves
    # .5 - p = (1.959964 * .5 + .841621 sqrt(p (1 - p))) / sqrt(n).
    # Take p = .4: sqrt(.24) = .489898, sum .979982 + .412308 = 1.392290, n = 13.92290^2 = 193.85
    got = smallest_detectable(194, 10**12, 0.5, effect="difference")
    assert got.below == pytest.approx(-0.1, abs=1e-4)


def test_smallest_detectable_is_none_where_nothing_would_be_seen() -> None:
    # at a base rate of 5%, 20 people without any event are no surprise: .95^20 = .36
    got = smallest_detectable(20, 2_000, 0.05, effect="ratio")
    assert got.below is None
    assert got.above == pytest.approx(4.53, abs=0.01)


@settings(deadline=None)
@given(st.integers(1, 10**6), st.integers(1, 10**9), st.floats(1e-4, 0.9999))
def test_smallest_detectable_stays_inside_what_rates_can_be(
    n: int, n0: int, base_rate: float
) -> None:
    got = smallest_detectable(n, n0, base_rate, effect="ratio")
    assert got.below is None or 0.0 <= got.below < 1.0
    assert got.above is None or 1.0 < got.above <= 1.0 / base_rate * (1 + 1e-12)


@pytest.mark.parametrize(
    ("effect", "bound"),
    [("ratio", 0.8), ("ratio", 1.25), ("difference", -0.1), ("odds", 0.8), ("odds", 1.25)],
)
def test_rows_needed_of_many_are_those_one_by_one(effect: str, bound: float) -> None:
    # the one searches, the other solves: they agree to the unit
    rates, shares = np.array([0.02, 0.1, 0.3, 0.5, 0.9]), np.array([0.01, 0.2, 0.5, 0.9, 0.3])
    alone = [
        rows_needed(rate, bound, effect=effect, share=share)
        for rate, share in zip(rates.tolist(), shares.tolist(), strict=True)
    ]
    assert rows_needed_array(rates, bound, effect=effect, share=shares).tolist() == alone


def test_rows_needed_of_many_have_none_where_nothing_varies_or_too_many_are_needed() -> None:
    got = rows_needed_array([0.0, 1.0, 1e-13, 0.5], 0.8, effect="ratio", share=0.1)
    assert np.isnan(got).tolist() == [True, True, True, False]


@pytest.mark.parametrize("effect", ["ratio", "difference", "odds"])
def test_smallest_detectable_of_many_are_those_one_by_one(effect: str) -> None:
    n, n0, base = np.array([20, 100, 400, 3]), np.array([2_000, 50, 3_000, 3]), 0.05
    low, high = smallest_detectable_array(n, n0, base, effect=effect)
    for i in range(n.size):
        alone = smallest_detectable(int(n[i]), int(n0[i]), base, effect=effect)
        for one, many in ((alone.below, low[i]), (alone.above, high[i])):
            assert math.isnan(many) if one is None else many == pytest.approx(one, abs=1e-9)


def test_smallest_detectable_takes_effective_sizes_that_are_not_whole() -> None:
    whole, parted = (
        smallest_detectable_array(n, 2_000, 0.3, effect="ratio")[0] for n in (100, 100.5)
    )
    assert whole < parted < smallest_detectable_array(101, 2_000, 0.3, effect="ratio")[0]


def test_smallest_detectable_of_a_rate_of_nought_is_no_ratio() -> None:
    low, high = smallest_detectable_array(100, 2_000, [0.0, 1.0], effect="ratio")
    assert np.isnan(low).tolist() == [True, False]
    assert np.isnan(high[1])


def test_smallest_detectable_of_a_rate_of_nought_or_one_is_no_odds_ratio() -> None:
    for values in smallest_detectable_array(100, 2_000, [0.0, 0.5, 1.0], effect="odds"):
        assert np.isnan(values).tolist() == [True, False, True]


def test_rows_needed_odds_by_hand() -> None:
    # rates of .5, odds ratio 2.25, sides alike: under the bound .6 and .4 (odds 1.5 and 2/3; as
    # many events), each with .24. The log odds are beyond by .1/.24 + .1/.24 = 1/1.2, variance
    # 2/(.24 n) under the bound and 2 * .25/(.24^2 n) in truth: sqrt gives 2.886751, 2.946278.
    #   n = ((1.644854 * 2.886751 + .841621 * 2.946278) * 1.2)^2 = 8.6737^2 = 75.23
    assert rows_needed(0.5, 2.25, effect="odds", share=0.5) == 76


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: rows_needed(0.3, 1.0, effect="odds"), "bound"),
        (lambda: rows_needed(0.3, -0.5, effect="odds"), "bound"),
        (lambda: rows_needed_array(1.1, 0.8, effect="ratio", share=0.1), "base_rate"),
        (lambda: rows_needed_array(math.nan, 0.8, effect="ratio", share=0.1), "base_rate"),
        (lambda: rows_needed_array(0.3, 1.0, effect="ratio", share=0.1), "bound"),
        (lambda: rows_needed_array(0.3, 0.8, effect="ratio", share=[0.1, 1.0]), "share"),
        (lambda: smallest_detectable_array(0, 5, 0.3, effect="ratio"), "n and n0"),
        (lambda: smallest_detectable_array(5, math.inf, 0.3, effect="ratio"), "n and n0"),
        (lambda: smallest_detectable_array(5, 5, -0.1, effect="ratio"), "base_rate"),
        (lambda: rows_needed(0.0, 0.8, effect="ratio"), "base_rate"),
        (lambda: rows_needed(math.nan, 0.8, effect="ratio"), "base_rate"),
        (lambda: rows_needed(0.3, 1.0, effect="ratio"), "bound"),
        (lambda: rows_needed(0.3, 0.0, effect="difference"), "bound"),
        (lambda: rows_needed(0.3, 0.8, effect="ratio", alpha=0.0), "alpha"),
        (lambda: rows_needed(0.3, 0.8, effect="ratio", power=1.0), "power"),
        (lambda: rows_needed(0.3, 0.8, effect="ratio", share=1.0), "share"),
        (lambda: rows_needed(0.3, 0.8, effect="ratio", rest_n=0), "rest_n"),
        (lambda: rows_needed(0.3, 0.8, effect="ratio", rest_n=9, share=0.1), "share and rest_n"),
        (lambda: smallest_detectable(0, 5, 0.3, effect="ratio"), "n"),
        (lambda: smallest_detectable(5, 5.0, 0.3, effect="ratio"), "n0"),
        (lambda: smallest_detectable(5, 5, 1.0, effect="ratio"), "base_rate"),
        (lambda: smallest_detectable(5, 5, 0.3, effect="risk"), "effect"),
    ],
)
def test_impossible_arguments_are_refused(call: object, name: str) -> None:
    with pytest.raises(ValueError, match=rf"^{name} must"):
        call()

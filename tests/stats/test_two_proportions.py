import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from scipy.special import ndtr, xlog1py, xlogy
from scipy.stats import binom
from statsmodels.stats.proportion import confint_proportions_2indep
from statsmodels.stats.proportion import test_proportions_2indep as sm_test

from rai_check.stats.score import restricted_rates, score_z
from rai_check.stats.two_proportions import (
    mover_r,
    newcombe,
    score_interval,
    score_interval_array,
    score_p,
    score_p_array,
)

EDGES = ((0, 10, 5, 50), (3, 10, 0, 50), (10, 10, 45, 50), (0, 5, 0, 7), (5, 5, 7, 7), (4, 4, 0, 9))
EFFECTS = ("ratio", "difference", "odds")


@st.composite
def tables(draw: st.DrawFn) -> tuple[int, int, int, int]:
    n, n0 = draw(st.integers(1, 400)), draw(st.integers(1, 20_000))
    return draw(st.integers(0, n)), n, draw(st.integers(0, n0)), n0


@st.composite
def hypotheses(draw: st.DrawFn) -> tuple[str, float]:
    effect = draw(st.sampled_from(EFFECTS))
    limits = (-0.9, 0.9) if effect == "difference" else (0.05, 20.0)
    return effect, round(draw(st.floats(*limits)), 4)


def floats(*table: float) -> list[np.ndarray]:
    return [np.float64(cell) for cell in table]


def test_restricted_rates_ratio_by_hand() -> None:
    # 1/17 against 9/18 at ratio 1/2. Try p0 = .4, p = .2 in the likelihood equation
    #   (x + x0)/p0 = (n - x) r/(1 - r p0) + (n0 - x0)/(1 - p0):
    #   10/.4 = 25;  16 * .5/.8 + 9/.6 = 10 + 15 = 25. So (.2, .4) is the restricted estimate.
    # Z = (1/17 - .5 * 9/18) / sqrt(.2*.8/17 + .25 * .4*.6/18) = -(13/68) / sqrt(3.9/306)
    table = floats(1, 17, 9, 18)
    rate, rest = restricted_rates(*table, effect="ratio", bound=0.5)
    assert (rate, rest) == pytest.approx((0.2, 0.4), abs=1e-14)
    z = score_z(*table, effect="ratio", bound=0.5)
    assert z == pytest.approx(-(13 / 68) / math.sqrt(3.9 / 306), abs=1e-12)
    assert score_p(1, 17, 9, 18, effect="ratio", bound=0.5, side="below") == pytest.approx(ndtr(z))


def test_restricted_rates_difference_by_hand() -> None:
    # 9/13 against 4/13 at difference .2. Try p0 = .4, p = .6 in
    #   x/p - (n - x)/(1 - p) + x0/p0 - (n0 - x0)/(1 - p0) = 15 - 10 + 10 - 15 = 0.
    # V = (.24/13 + .24/13) * 26/25 = .0384;  Z = (5/13 - .2) / sqrt(.0384)
    table = floats(9, 13, 4, 13)
    rate, rest = restricted_rates(*table, effect="difference", bound=0.2)
    assert (rate, rest) == pytest.approx((0.6, 0.4), abs=1e-14)
    z = score_z(*table, effect="difference", bound=0.2)
    assert z == pytest.approx((5 / 13 - 0.2) / math.sqrt(0.0384), abs=1e-12)


@pytest.mark.parametrize(
    "table", [(8, 20, 40, 100), (0, 10, 5, 50), (3, 10, 1, 50), (47, 50, 3, 9)]
)
@pytest.mark.parametrize("bound", [-0.3, -0.05, 0.1, 0.45])
def test_restricted_rates_difference_maximise_likelihood(
    table: tuple[int, int, int, int], bound: float
) -> None:
    # A numeric maximiser is the oracle here: statsmodels 0.14 and 0.15 have a wrong coefficient in
    # this cubic for bounds other than 0 (statsmodels issue 10269).
    x, n, x0, n0 = table

    def minus_log_likelihood(q: float) -> float:
        p = q + bound
        own = xlogy(x, p) + xlog1py(n - x, -p)
        return float(-(own + xlogy(x0, q) + xlog1py(n0 - x0, -q)))

    ends = (max(0.0, -bound), min(1.0, 1.0 - bound))
    best = minimize_scalar(
        minus_log_likelihood, bounds=ends, method="bounded", options={"xatol": 1e-12}
    ).x
    rest = restricted_rates(*floats(*table), effect="difference", bound=bound)[1]
    assert rest == pytest.approx(best, abs=1e-6)


@pytest.mark.parametrize("table", [(8, 20, 40, 100), (0, 10, 5, 50), (3, 40, 900, 20_000)])
@pytest.mark.parametrize("bound", [0.5, 0.8, 1.0, 1.25, 3.0])
def test_score_p_ratio_equals_statsmodels(table: tuple[int, int, int, int], bound: float) -> None:
    theirs = sm_test(
        *table, value=bound, compare="ratio", method="score", alternative="larger", correction=False
    ).pvalue
    ours = score_p(*table, effect="ratio", bound=bound, side="above")
    assert ours == pytest.approx(theirs, rel=1e-8)


@pytest.mark.parametrize("table", [(8, 20, 40, 100), (0, 10, 5, 50), (3, 40, 900, 20_000)])
def test_score_p_difference_equals_statsmodels_at_zero(table: tuple[int, int, int, int]) -> None:
    theirs = sm_test(*table, value=0, compare="diff", method="score", alternative="smaller").pvalue
    ours = score_p(*table, effect="difference", bound=0.0, side="below")
    assert ours == pytest.approx(theirs, rel=1e-8)


@pytest.mark.parametrize(
    ("table", "low", "high"),
    # Newcombe 1998 (Stat Med 17:873), table II, method 6 (Miettinen-Nurminen)
    [((56, 70, 48, 80), 0.0528, 0.3382), ((9, 10, 3, 10), 0.1700, 0.8406)],
)
def test_score_interval_difference_equals_published(
    table: tuple[int, int, int, int], low: float, high: float
) -> None:
    got = score_interval(*table, effect="difference")
    assert (got.low, got.high) == pytest.approx((low, high), abs=5e-5)
    assert got.method == "Miettinen-Nurminen score"


@pytest.mark.parametrize("table", [(8, 20, 40, 100), (3, 40, 900, 20_000), (19, 20, 99, 100)])
def test_score_interval_ratio_equals_statsmodels(table: tuple[int, int, int, int]) -> None:
    theirs = confint_proportions_2indep(*table, compare="ratio", method="score", correction=False)
    got = score_interval(*table, effect="ratio")
    assert (got.low, got.high) == pytest.approx(theirs, rel=1e-6)


@pytest.mark.parametrize(
    ("table", "low", "high"),
    # Newcombe 1998, table II, method 10
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((5, 56, 0, 29), -0.0381, 0.1926),
    ],
)
def test_newcombe_equals_published(
    table: tuple[int, int, int, int], low: float, high: float
) -> None:
    got = newcombe(*table)
    assert (got.low, got.high) == pytest.approx((low, high), abs=5e-5)


def test_mover_r_equals_published_formula_where_that_is_defined() -> None:
    # 8/20 against 40/100. Wilson intervals (l1, u1) and (l2, u2); Donner & Zou 2012.
    rate, rest = 0.4, 0.4
    (l1, u1), (l2, u2) = (0.218807, 0.613422), (0.309401, 0.497997)
    low = rate * rest - math.sqrt((rate * rest) ** 2 - l1 * u2 * (2 * rate - l1) * (2 * rest - u2))
    high = rate * rest + math.sqrt((rate * rest) ** 2 - u1 * l2 * (2 * rate - u1) * (2 * rest - l2))
    got = mover_r(8, 20, 40, 100)
    assert got.low == pytest.approx(low / (u2 * (2 * rest - u2)), abs=1e-5)
    assert got.high == pytest.approx(high / (l2 * (2 * rest - l2)), abs=1e-5)


@pytest.mark.parametrize("table", EDGES)
@pytest.mark.parametrize("effect", EFFECTS)
def test_every_interval_is_finite_and_ordered_when_cells_are_empty(
    table: tuple[int, int, int, int], effect: str
) -> None:
    x, n, x0, n0 = table
    hybrids = {"ratio": [mover_r], "difference": [newcombe], "odds": []}[effect]
    for got in (score_interval(*table, effect=effect), *(hybrid(*table) for hybrid in hybrids)):
        assert not math.isnan(got.low)
        assert not math.isnan(got.high)
        assert got.low <= got.high
        if effect == "ratio":
            assert (got.low == 0.0) == (x == 0)
            assert (got.high == math.inf) == (x0 == 0)
        elif effect == "odds":
            assert (got.low == 0.0) == (x == 0 or x0 == n0)
            assert (got.high == math.inf) == (x0 == 0 or x == n)
        else:
            assert got.low >= -1.0
            assert got.high <= 1.0


def test_score_p_is_half_when_nothing_happened_anywhere() -> None:
    for side in ("above", "below"):
        assert score_p(0, 5, 0, 7, effect="ratio", bound=0.8, side=side) == 0.5
        assert score_p(0, 5, 0, 7, effect="odds", bound=0.8, side=side) == 0.5
        assert score_p(5, 5, 7, 7, effect="odds", bound=0.8, side=side) == 0.5


def test_restricted_rates_odds_by_hand() -> None:
    # 9 of 20 against 5 of 15 at odds 6. The restricted rates have odds in the ratio 6 and make as
    # many events as were seen: 20 p + 15 q = 14. Try p = .6 (odds 1.5) and q = .2 (odds .25):
    # the ratio is 6, and 12 + 3 = 15 events. So they are the estimate for 10 of 20 and 5 of 15:
    # h = 20 * .24 = 4.8, h0 = 15 * .16 = 2.4, Z = (10 - 12) sqrt(1/4.8 + 1/2.4) / sqrt(35/34)
    table = floats(10, 20, 5, 15)
    rate, rest = restricted_rates(*table, effect="odds", bound=6.0)
    assert (rate, rest) == pytest.approx((0.6, 0.2), abs=1e-15)
    z = -2 * math.sqrt(0.625 * 34 / 35)
    assert score_z(*table, effect="odds", bound=6.0) == pytest.approx(z, rel=1e-14)
    p = score_p(10, 20, 5, 15, effect="odds", bound=6.0, side="below")
    assert p == pytest.approx(ndtr(z), rel=1e-12)


@pytest.mark.parametrize(
    "table", [(8, 20, 40, 100), (0, 10, 5, 50), (3, 40, 900, 20_000), (19, 20, 99, 100)]
)
@pytest.mark.parametrize("bound", [0.2, 0.8, 1.0, 1.25, 3.0])
def test_score_p_odds_equals_statsmodels(table: tuple[int, int, int, int], bound: float) -> None:
    theirs = sm_test(
        *table,
        value=bound,
        compare="odds-ratio",
        method="score",
        alternative="larger",
        correction=True,
    ).pvalue
    ours = score_p(*table, effect="odds", bound=bound, side="above")
    assert ours == pytest.approx(theirs, rel=1e-10)


@pytest.mark.parametrize("table", [(8, 20, 40, 100), (3, 40, 900, 20_000), (19, 30, 9, 100)])
def test_score_interval_odds_equals_statsmodels(table: tuple[int, int, int, int]) -> None:
    theirs = confint_proportions_2indep(
        *table, compare="odds-ratio", method="score", correction=True
    )
    got = score_interval(*table, effect="odds")
    assert (got.low, got.high) == pytest.approx(theirs, rel=1e-6)
    assert got.method == "Miettinen-Nurminen score of odds"


@given(tables(), st.floats(0.05, 20.0))
def test_score_p_odds_of_non_events_inverts_bound_and_side(
    table: tuple[int, int, int, int], bound: float
) -> None:
    x, n, x0, n0 = table
    one = score_p(x, n, x0, n0, effect="odds", bound=bound, side="above")
    two = score_p(n - x, n, n0 - x0, n0, effect="odds", bound=1.0 / bound, side="below")
    assert one == pytest.approx(two, abs=1e-12)


def test_score_p_odds_and_difference_are_one_test_at_equality() -> None:
    for table in ((8, 20, 40, 100), (3, 40, 900, 20_000), (0, 10, 5, 50)):
        one = score_p(*table, effect="odds", bound=1.0, side="below")
        two = score_p(*table, effect="difference", bound=0.0, side="below")
        assert one == pytest.approx(two, rel=1e-10)


def test_score_interval_odds_by_hand_when_one_side_has_every_event() -> None:
    # 4 of 4 against 2 of 4 (6 events, 2 non-events): as r grows the restricted rates tend to 1 and
    # 1/2 and Z to 0 from below, so nothing is too large. At the lower limit Z = z.
    got = score_interval(4, 4, 2, 4, effect="odds")
    assert got.high == math.inf
    z = score_z(*floats(4, 4, 2, 4), effect="odds", bound=got.low)
    assert z == pytest.approx(1.959963984540054, abs=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize("bound", [0.8, 1.25])
@pytest.mark.parametrize(("n", "n0"), [(50, 500), (50, 5000), (200, 200), (400, 3600)])
def test_score_p_odds_size_is_near_alpha_at_a_limit(bound: float, n: int, n0: int) -> None:
    # by enumeration; rates with 5 expected events and non-events on either side
    x, x0 = np.arange(n + 1), np.arange(n0 + 1)
    for side in ("above", "below"):
        p = score_p_array(x[:, None], n, x0, n0, effect="odds", bound=bound, side=side)
        sizes = []
        for rest in np.linspace(0.02, 0.98, 49):
            rate = bound * rest / (1.0 - rest + bound * rest)
            pooled = (n * rate + n0 * rest) / (n + n0)
            if min(n, n0) * min(pooled, 1.0 - pooled) >= 5.0:
                own, other = binom.pmf(x, n, rate), binom.pmf(x0, n0, rest)
                sizes.append(own @ (p <= 0.05) @ other)
        assert len(sizes) > 30
        assert max(sizes) <= 0.07
        assert np.mean(sizes) == pytest.approx(0.05, abs=0.005)


@given(tables(), hypotheses())
def test_score_p_sides_add_to_one(
    table: tuple[int, int, int, int], hypothesis: tuple[str, float]
) -> None:
    effect, bound = hypothesis
    above, below = (score_p(*table, effect=effect, bound=bound, side=s) for s in ("above", "below"))
    assert 0.0 <= above <= 1.0
    assert above + below == pytest.approx(1.0, abs=1e-12)


@given(tables(), st.sampled_from(EFFECTS))
def test_score_p_above_rises_with_bound(table: tuple[int, int, int, int], effect: str) -> None:
    ratio = effect != "difference"
    bounds = np.geomspace(0.05, 20, 40) if ratio else np.linspace(-0.95, 0.95, 40)
    p = ndtr(-score_z(*floats(*table), effect=effect, bound=bounds))
    assert all(earlier <= later + 1e-9 for earlier, later in pairwise(p))


@given(tables(), hypotheses())
def test_score_p_of_exchanged_groups_inverts_effect_and_side(
    table: tuple[int, int, int, int], hypothesis: tuple[str, float]
) -> None:
    effect, bound = hypothesis
    x, n, x0, n0 = table
    other = -bound if effect == "difference" else 1.0 / bound
    one = score_p(x, n, x0, n0, effect=effect, bound=bound, side="above")
    two = score_p(x0, n0, x, n, effect=effect, bound=other, side="below")
    assert one == pytest.approx(two, abs=1e-6)


@settings(deadline=None)
@given(tables())
def test_intervals_contain_the_estimate(table: tuple[int, int, int, int]) -> None:
    x, n, x0, n0 = table
    difference = x / n - x0 / n0
    if 0 < x0 < n0:
        got, odds = score_interval(*table, effect="odds"), x * (n0 - x0) / x0
        assert got.low * (n - x) * (1 - 1e-9) <= odds
        assert x == n or odds / (n - x) <= got.high * (1 + 1e-9)
    for got in (score_interval(*table, effect="difference"), newcombe(*table)):
        assert got.low - 1e-12 <= difference <= got.high + 1e-12
    if x0 > 0:
        ratio = (x / n) / (x0 / n0)
        for got in (score_interval(*table, effect="ratio"), mover_r(*table)):
            assert got.low * (1 - 1e-9) <= ratio <= got.high * (1 + 1e-9)


@settings(deadline=None)
@given(tables(), hypotheses(), st.sampled_from([0.5, 0.9, 0.95, 0.995]))
def test_interval_and_test_agree(
    table: tuple[int, int, int, int], hypothesis: tuple[str, float], level: float
) -> None:
    effect, bound = hypothesis
    tail = (1.0 - level) / 2.0
    got = score_interval(*table, effect=effect, level=level)
    above, below = (score_p(*table, effect=effect, bound=bound, side=s) for s in ("above", "below"))
    if min(abs(above - tail), abs(below - tail)) > 1e-6:
        assert (bound < got.low) == (above < tail)
        assert (bound > got.high) == (below < tail)


def test_array_forms_equal_scalar_forms_element_by_element() -> None:
    cells = np.array([*EDGES, (8, 20, 40, 100), (170, 500, 9_000, 20_000)]).T
    for effect, bound in (("ratio", 0.8), ("difference", -0.05), ("odds", 0.8)):
        p = score_p_array(*cells, effect=effect, bound=bound, side="below")
        low, high = score_interval_array(*cells, effect=effect)
        for i, table in enumerate(cells.T.tolist()):
            alone = score_interval(*table, effect=effect)
            assert p[i] == score_p(*table, effect=effect, bound=bound, side="below")
            assert (low[i], high[i]) == (alone.low, alone.high)


@pytest.mark.parametrize(
    ("table", "name"),
    [
        ((1.0, 4, 1, 4), "x"),
        ((True, 4, 1, 4), "x"),
        ((5, 4, 1, 4), "x"),
        ((-1, 4, 1, 4), "x"),
        ((0, 0, 1, 4), "n"),
        ((1, 4, 5, 4), "x0"),
        ((1, 4, 0, 0), "n0"),
        ((1, 4, float("nan"), 4), "x0"),
        ((1, 4, "1", 4), "x0"),
    ],
)
def test_impossible_counts_are_refused_without_their_value(
    table: tuple[int, int, int, int], name: str
) -> None:
    calls = (
        lambda: score_p(*table, effect="ratio", bound=0.8, side="above"),
        lambda: score_interval(*table, effect="ratio"),
        lambda: newcombe(*table),
        lambda: mover_r(*table),
        lambda: score_p_array(*table, effect="ratio", bound=0.8, side="above"),
    )
    for call in calls:
        with pytest.raises(ValueError, match=rf"^{name} must") as caught:
            call()
        assert not any(
            digit in str(caught.value).replace("x0", "").replace("n0", "") for digit in "45"
        )


@pytest.mark.parametrize(
    "words",
    [
        {"effect": "ratio", "bound": 0.0, "side": "above"},
        {"effect": "ratio", "bound": math.nan, "side": "above"},
        {"effect": "ratio", "bound": math.inf, "side": "above"},
        {"effect": "difference", "bound": 1.0, "side": "above"},
        {"effect": "odds", "bound": 0.0, "side": "above"},
        {"effect": "odds", "bound": math.inf, "side": "above"},
        {"effect": "risk", "bound": 1.0, "side": "above"},
        {"effect": "ratio", "bound": 1.0, "side": "beside"},
    ],
)
def test_impossible_hypotheses_are_refused(words: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"^(bound|effect|side) must"):
        score_p(1, 4, 1, 4, **words)


@pytest.mark.parametrize("level", [0.0, 1.0, math.nan, -1.0])
def test_impossible_level_is_refused(level: float) -> None:
    with pytest.raises(ValueError, match=r"^level must"):
        score_interval(1, 4, 1, 4, effect="ratio", level=level)


def test_interval_refuses_unknown_effect() -> None:
    with pytest.raises(ValueError, match=r"^effect must"):
        score_interval(1, 4, 1, 4, effect="risk")

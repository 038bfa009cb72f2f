import math
import statistics

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr
from scipy.stats import chi2
from statsmodels.stats.contingency_tables import StratifiedTable

from rai_check.stats.reversals import reversals
from rai_check.stats.strata import common_effect, common_interval, common_p
from rai_check.stats.two_proportions import score_interval, score_p

EFFECTS = ("ratio", "difference")
# Mehrotra & Railkar 2000 (Stat Med 19:811), as quoted by the R package ratesci
TRIAL = ([21, 11, 8], [464, 165, 69], [26, 25, 11], [453, 174, 70])


def stratified_table(x, n, x0, n0) -> StratifiedTable:
    cells = np.array([[x, np.subtract(n, x)], [x0, np.subtract(n0, x0)]])
    return StratifiedTable(cells.astype(float))


@st.composite
def strata(draw: st.DrawFn) -> tuple[list[int], ...]:
    k = draw(st.integers(1, 6))
    n = [draw(st.integers(0, 60)) for _ in range(k)]
    n0 = [draw(st.integers(0, 400)) for _ in range(k)]
    n[0], n0[0] = n[0] + 1, n0[0] + 1
    return [draw(st.integers(0, i)) for i in n], n, [draw(st.integers(0, i)) for i in n0], n0


def test_common_p_ratio_by_hand() -> None:
    # 1/17 against 9/18 at ratio 1/2 has restricted rates .2 and .4 (see test_two_proportions), and
    # so has the same table doubled. Weights 306/35 and 612/70 * 2 = twice that. Both are
    # 1/17 - .25 = -13/68 off, with variances 3.9/306 * 35/34 and 3.9/612 * 70/69:
    # so Z is three times -13/68 over the root of 3.9/306 * 35/34 + 4 * 3.9/612 * 70/69.
    z = 3 * (-13 / 68) / math.sqrt(3.9 / 306 * 35 / 34 + 4 * 3.9 / 612 * 70 / 69)
    got = common_p([1, 2], [17, 34], [9, 18], [18, 36], effect="ratio", bound=0.5, side="below")
    assert got == pytest.approx(ndtr(z), rel=1e-10)


def test_common_effect_by_hand() -> None:
    # Strata 10/20 : 20/80 and 4/20 : 6/60. Weights 20 * 80 / 100 = 16 and 20 * 60 / 80 = 15.
    # Ratio (16 * .5 + 15 * .2) / (16 * .25 + 15 * .1) = 11 / 5.5 = 2
    # Difference (16 * .25 + 15 * .1) / 31 = 5.5 / 31
    table = [10, 4], [20, 20], [20, 6], [80, 60]
    assert common_effect(*table, effect="ratio").value == pytest.approx(2.0)
    assert common_effect(*table, effect="difference").value == pytest.approx(5.5 / 31)


def test_common_effect_has_no_heterogeneity_where_every_stratum_agrees() -> None:
    # both strata have ratio 2, so every score statistic at the common ratio is 0
    got = common_effect([10, 4], [20, 20], [20, 6], [80, 60], effect="ratio")
    assert (got.q, got.df, got.p_same) == (pytest.approx(0.0, abs=1e-20), 1, pytest.approx(1.0))


def test_heterogeneity_by_hand() -> None:
    # 60/100 : 40/100 and 40/100 : 60/100. Common difference 0; at 0 both have restricted rate .5
    # and variance (.25/100 + .25/100) * 200/199 = 1/199. Q = 2 * .04 * 199 = 15.92, df 1; the
    # deviations cancel, so nothing is taken off.
    got = common_effect([60, 40], [100, 100], [40, 60], [100, 100], effect="difference")
    assert got.q == pytest.approx(15.92)
    assert got.p_same == pytest.approx(chi2.sf(15.92, 1))


@pytest.mark.parametrize("effect", EFFECTS)
@pytest.mark.parametrize("table", [TRIAL, ([3, 0, 9], [10, 4, 12], [30, 2, 90], [90, 7, 300])])
def test_common_p_at_equality_is_cochran_mantel_haenszel(effect: str, table) -> None:
    equality = 1.0 if effect == "ratio" else 0.0
    expected = stratified_table(*table).test_null_odds(correction=False).pvalue
    p = common_p(*table, effect=effect, bound=equality, side="below")
    assert 2 * min(p, 1 - p) == pytest.approx(expected, rel=1e-9)


def test_common_effect_ratio_equals_statsmodels() -> None:
    got = common_effect(*TRIAL, effect="ratio").value
    assert got == pytest.approx(stratified_table(*TRIAL).riskratio_pooled)


def test_common_interval_lies_by_another_method_on_published_data() -> None:
    # ratesci: 0.4444 to 0.9468 with inverse-variance weights and no N / (N - 1)
    got = common_interval(*TRIAL, effect="ratio")
    assert (got.low, got.high) == pytest.approx((0.4444, 0.9468), rel=0.01)


@given(strata(), st.sampled_from(EFFECTS))
def test_one_stratum_is_the_score_test(table: tuple[list[int], ...], effect: str) -> None:
    x, n, x0, n0 = (column[:1] for column in table)
    bound = 0.8 if effect == "ratio" else 0.1
    got = common_p(x, n, x0, n0, effect=effect, bound=bound, side="above")
    one = score_p(x[0], n[0], x0[0], n0[0], effect=effect, bound=bound, side="above")
    if effect == "ratio":  # without Miettinen and Nurminen's factor
        size = n[0] + n0[0]
        z = statistics.NormalDist().inv_cdf(one) if 0 < one < 1 else None
        one = one if z is None else float(ndtr(z * math.sqrt((size - 1) / size)))
    assert got == pytest.approx(one, abs=1e-9)


def test_common_interval_of_one_stratum_is_miettinen_nurminen() -> None:
    got = common_interval([8], [20], [40], [200], effect="difference")
    one = score_interval(8, 20, 40, 200, effect="difference")
    assert (got.low, got.high) == pytest.approx((one.low, one.high), abs=1e-9)


@settings(max_examples=60)
@given(strata(), st.sampled_from(EFFECTS))
def test_common_interval_and_test_agree(table: tuple[list[int], ...], effect: str) -> None:
    if effect == "ratio" and not sum(table[0]) + sum(table[2]):
        return  # says nothing; see test_strata_without_events
    got = common_interval(*table, effect=effect, level=0.9)
    x, n, _, n0 = table
    used = sum(a for a, b, c in zip(x, n, n0, strict=True) if b and c)
    assert got.low > (0.0 if effect == "ratio" else -1.0) or used == 0
    ends = [(got.low, "above"), (got.high, "below")]
    for end, side in ends:
        if (0 < end < 1e6) if effect == "ratio" else (-0.999 < end < 0.999):
            p = common_p(*table, effect=effect, bound=end, side=side)
            assert p == pytest.approx(0.05, abs=1e-6)
    assert got.low <= got.high


@settings(max_examples=60)
@given(strata(), st.sampled_from(EFFECTS))
def test_exchanging_the_sides_mirrors_everything(table: tuple[list[int], ...], effect: str) -> None:
    x, n, x0, n0 = table
    bound, back = (0.8, 1.25) if effect == "ratio" else (0.1, -0.1)
    p = common_p(x, n, x0, n0, effect=effect, bound=bound, side="above")
    q = common_p(x0, n0, x, n, effect=effect, bound=back, side="below")
    assert p == pytest.approx(q, abs=1e-7)


def test_strata_with_nobody_on_one_side_are_left_out_and_counted() -> None:
    with_empty = [10, 0, 4, 3], [20, 0, 20, 9], [20, 5, 6, 0], [80, 30, 60, 0]
    without = [10, 4], [20, 20], [20, 6], [80, 60]
    for effect in EFFECTS:
        got, same = (
            common_effect(*with_empty, effect=effect),
            common_effect(*without, effect=effect),
        )
        assert (got.used, got.left_out) == (2, 2)
        assert (got.value, got.q) == (same.value, same.q)
        words = {"effect": effect, "bound": 0.9, "side": "above"}
        assert common_p(*with_empty, **words) == common_p(*without, **words)


def test_strata_without_events() -> None:
    table = [0, 0], [5, 6], [0, 0], [7, 8]
    assert common_effect(*table, effect="ratio").value is None
    assert common_p(*table, effect="ratio", bound=0.8, side="above") == 0.5
    got = common_interval(*table, effect="ratio")
    assert (got.low, got.high) == (0.0, math.inf)
    assert common_effect(*table, effect="difference").value == 0.0


def test_strata_where_one_side_has_no_event() -> None:
    none, some = [0, 0], [3, 4]
    group = common_interval(none, [20, 30], some, [40, 40], effect="ratio")
    rest = common_interval(some, [40, 40], none, [20, 30], effect="ratio")
    assert (group.low, rest.high) == (0.0, math.inf)
    assert group.high == pytest.approx(1 / rest.low, rel=1e-6)
    assert common_effect(some, [40, 40], none, [20, 30], effect="ratio").value == math.inf


def test_simpsons_paradox_is_undone() -> None:
    # Berkeley-like: the same rates in each stratum, but the group applies where rates are low
    table = [80, 20], [100, 200], [320, 10], [400, 100]
    assert common_effect(*table, effect="ratio").value == pytest.approx(1.0)
    pooled = score_p(100, 300, 330, 500, effect="ratio", bound=0.8, side="below")
    assert pooled < 1e-6
    assert common_p(*table, effect="ratio", bound=0.8, side="below") > 0.9


def test_reversals_are_named_by_place() -> None:
    # common effect well below 1; the third stratum is significantly above, the fourth only looks it
    x, n = [20, 25, 60, 4], [100, 100, 100, 10]
    x0, n0 = [200, 200, 200, 30], [400, 400, 500, 100]
    got = reversals(x, n, x0, n0, effect="ratio")
    assert [r.stratum for r in got] == [2]
    expected = score_p(60, 100, 200, 500, effect="ratio", bound=1.0, side="above")
    assert got[0].p == pytest.approx(expected)
    assert got[0].adjusted == pytest.approx(4 * expected)


def test_reversals_keep_the_places_of_what_was_given() -> None:
    x, n = [0, 20, 25, 60], [0, 100, 100, 100]
    x0, n0 = [5, 200, 200, 200], [9, 400, 400, 500]
    assert [r.stratum for r in reversals(x, n, x0, n0, effect="difference")] == [3]


def test_reversals_use_the_exact_test_in_small_strata() -> None:
    # 4/4 against 6/12 by itself: score p .0375, exact about .06
    x, n, x0, n0 = [20, 4], [100, 4], [200, 6], [400, 12]
    assert score_p(4, 4, 6, 12, effect="ratio", bound=1.0, side="above") < 0.05
    assert reversals(x, n, x0, n0, effect="ratio") == ()


def test_reversals_are_none_without_a_common_side() -> None:
    assert reversals([0], [5], [0], [7], effect="ratio") == ()
    assert reversals([5], [10], [50], [100], effect="difference") == ()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"x": [3, 9]}, "x must not exceed n"),
        ({"x0": [-1, 2]}, "x0 must be at least 0"),
        ({"n": [10.0, 8.0]}, "n must be a list of whole numbers"),
        ({"x": 3}, "x must be a list of whole numbers"),
        ({"n": [10, 8, 9]}, "must be of the same length"),
        ({"x": [0, 0], "n": [0, 0]}, "n and n0 must both be at least 1 in some stratum"),
        ({"effect": "odds"}, "effect must be"),
    ],
)
def test_impossible_strata_are_refused(change: dict[str, object], message: str) -> None:
    words = {"x": [3, 2], "n": [10, 8], "x0": [5, 2], "n0": [20, 9], "effect": "ratio"} | change
    with pytest.raises(ValueError, match=message):
        common_effect(**words)
    with pytest.raises(ValueError, match=message):
        common_interval(**words)
    with pytest.raises(ValueError, match="bound must lie"):
        common_p([1], [2], [1], [2], effect="ratio", bound=0.0, side="above")


SETTINGS = [(5, 40, 300), (20, 8, 20), (200, 1, 3)]


def sizes(k: int, n: int, n0: int, effect: str, seed: int, repetitions: int) -> dict[str, float]:
    """How often a common effect just at the bound is found to be beyond it, on either side."""
    generator, found = np.random.default_rng(seed), {"above": 0, "below": 0, "same": 0}
    bound = 0.8 if effect == "ratio" else -0.05
    rest = np.clip(0.3 * np.exp(generator.normal(0.0, 0.4, k)), 0.06, 0.75)
    rate = rest * bound if effect == "ratio" else rest + bound
    own, others = np.full(k, n), np.full(k, n0)
    for _ in range(repetitions):
        table = generator.binomial(n, rate), own, generator.binomial(n0, rest), others
        p = common_p(*table, effect=effect, bound=bound, side="above")
        found["above"] += p < 0.05
        found["below"] += p > 0.95
        found["same"] += common_effect(*table, effect=effect).p_same < 0.05
    return {key: count / repetitions for key, count in found.items()}


@pytest.mark.parametrize("effect", EFFECTS)
def test_common_test_keeps_its_size(effect: str) -> None:
    # 1,000 repetitions: three standard errors of 5% are 2.1 points
    for i, (k, n, n0) in enumerate(SETTINGS):
        assert max(sizes(k, n, n0, effect, seed=i, repetitions=1000).values()) < 0.071


@pytest.mark.slow
@pytest.mark.parametrize("effect", EFFECTS)
@pytest.mark.parametrize("setting", [*SETTINGS, (1, 50, 500), (300, 1, 1), (30, 2, 300)])
def test_common_test_keeps_its_size_closely(effect: str, setting: tuple[int, int, int]) -> None:
    # 10,000 repetitions: three standard errors are 0.65 points, on the 6.3% of the docstring
    got = sizes(*setting, effect, seed=9, repetitions=10_000)
    assert max(got.values()) < 0.07


def test_reversals_of_strata_that_oppose_each_other_around_equality_are_all_named() -> None:
    # 60% against 40%, and 40% against 60%: what is common is no difference at all
    x, n, x0, n0 = [120, 80, 50], [200, 200, 100], [80, 120, 50], [200, 200, 100]

    found = reversals(x, n, x0, n0, effect="difference")

    assert [one.stratum for one in found] == [0, 1]
    assert all(one.opposed and one.adjusted < 0.05 for one in found)

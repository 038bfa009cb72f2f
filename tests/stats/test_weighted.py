import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t as student

from rai_check.stats.score import score_z
from rai_check.stats.two_proportions import score_interval, score_p
from rai_check.stats.weighted import (
    design_interval,
    design_interval_array,
    design_p,
    design_p_array,
)

EFFECTS = ("ratio", "difference", "odds")
HYPOTHESES = [("ratio", 0.8), ("ratio", 1.25), ("difference", 0.1), ("difference", -0.2)]
HYPOTHESES += [("odds", 0.8), ("odds", 2.0)]
PLAIN = {"correlation": 0.0, "df": None}


def test_design_p_ratio_by_hand() -> None:
    # Effective counts 1 of 17 against 9 of 18 at ratio 1/2: the restricted rates are .2 and .4
    # (worked out in test_two_proportions). With correlation .6 the variance is
    #   a + b - 2 * .6 sqrt(a b), a = .16/17, b = .25 * .24/18.
    a, b = 0.16 / 17, 0.25 * 0.24 / 18
    statistic = (1 / 17 - 0.5 * 0.5) / math.sqrt(a + b - 1.2 * math.sqrt(a * b))
    words = {"correlation": 0.6, "effect": "ratio", "bound": 0.5}
    got = design_p(1 / 17, 17.0, 0.5, 18.0, df=7, side="below", **words)
    assert got == pytest.approx(student.cdf(statistic, 7), rel=1e-10)
    got = design_p(1 / 17, 17.0, 0.5, 18.0, df=7, side="above", **words)
    assert got == pytest.approx(student.sf(statistic, 7), rel=1e-10)


def test_design_p_difference_by_hand() -> None:
    # 9/13 against 4/13 at difference .2: restricted rates .6 and .4, so both spreads are .24/13
    # and with correlation 1/2 V = .24/13 * 26/25 = .0192; Z = (5/13 - .2) / sqrt(.0192)
    got = design_p(
        9 / 13, 13, 4 / 13, 13, correlation=0.5, df=4, effect="difference", bound=0.2, side="above"
    )
    assert got == pytest.approx(student.sf((5 / 13 - 0.2) / math.sqrt(0.0192), 4), rel=1e-10)


def test_design_p_odds_by_hand() -> None:
    # Effective counts 10 of 20 against 5 of 15 at odds 6: the restricted rates are .6 and .2
    # (worked out in test_two_proportions), h = 4.8 and h0 = 2.4. The log odds are beyond by
    #   (.5 - .6)/.24 - (1/3 - .2)/.16 = -1.25, and with correlation 1/2 the variance of that is
    #   1/4.8 + 1/2.4 - 1/sqrt(4.8 * 2.4), times 35/34.
    variance = (1 / 4.8 + 1 / 2.4 - 1 / math.sqrt(4.8 * 2.4)) * 35 / 34
    got = design_p(
        0.5, 20, 1 / 3, 15, correlation=0.5, df=6, effect="odds", bound=6.0, side="below"
    )
    assert got == pytest.approx(student.cdf(-1.25 / math.sqrt(variance), 6), rel=1e-10)


def test_design_p_odds_of_a_rate_too_rare_for_its_square_is_a_probability() -> None:
    # no event in the group and next to none beside it: such rates say nothing of their odds
    p = design_p(0.0, 1.0, 1e-240, 1.0, **PLAIN, effect="odds", bound=0.8, side="above")
    assert p == pytest.approx(0.5, abs=1e-9)


@pytest.mark.parametrize(("effect", "bound"), HYPOTHESES)
@pytest.mark.parametrize("table", [(12, 40, 360, 900), (0, 10, 5, 50), (5, 5, 7, 7), (3, 9, 0, 7)])
def test_design_equals_score_test_when_rows_stand_alone(
    table: tuple[int, int, int, int], effect: str, bound: float
) -> None:
    x, n, x0, n0 = table
    words = {"effect": effect, "bound": bound, "side": "below"}
    got = design_p(x / n, n, x0 / n0, n0, **PLAIN, **words)
    assert got == pytest.approx(score_p(*table, **words), rel=1e-9)
    interval = design_interval(x / n, n, x0 / n0, n0, **PLAIN, effect=effect)
    plain = score_interval(*table, effect=effect)
    assert (interval.low, interval.high) == pytest.approx((plain.low, plain.high), rel=1e-9)
    assert interval.method.endswith("effective sizes")


@settings(deadline=None)
@given(
    st.tuples(st.floats(0, 1), st.floats(0, 1)),
    st.tuples(st.floats(1, 500), st.floats(1, 5000)),
    st.floats(-0.9, 0.9),
    st.sampled_from([1.0, 3.0, 40.0, math.inf]),
    st.sampled_from(HYPOTHESES),
)
def test_interval_and_test_agree_and_sides_add_to_one(
    rates: tuple[float, float],
    sizes: tuple[float, float],
    correlation: float,
    df: float,
    hypothesis: tuple[str, float],
) -> None:
    effect, bound = hypothesis
    design = (rates[0], sizes[0], rates[1], sizes[1])
    joint = {"correlation": correlation, "df": df, "effect": effect}
    above, below = (
        float(design_p_array(*design, **joint, bound=bound, side=side))
        for side in ("above", "below")
    )
    assert above + below == pytest.approx(1.0, abs=1e-9)
    low, high = (float(end) for end in design_interval_array(*design, **joint, level=0.9))
    assert low <= high
    if min(abs(above - 0.05), abs(below - 0.05)) > 1e-6 and correlation <= 0.0:
        assert (bound < low) == (above < 0.05)
        assert (bound > high) == (below < 0.05)


@pytest.mark.parametrize("effect", EFFECTS)
def test_less_effective_size_or_fewer_degrees_of_freedom_widen_the_interval(effect: str) -> None:
    def width(effective: float, df: float | None, correlation: float) -> float:
        got = design_interval(
            0.3, effective, 0.4, 900.0, correlation=correlation, df=df, effect=effect
        )
        return got.high - got.low

    assert width(40.0, None, 0.0) < width(25.5, None, 0.0) < width(25.5, 5, 0.0)
    assert width(40.0, 5, 0.5) < width(40.0, 5, 0.0) < width(40.0, 5, -0.5)


def test_statistic_keeps_no_information_at_one_half() -> None:
    # no events anywhere; and rates so bound together that the restricted variance vanishes
    nothing = {"df": 3, "effect": "ratio", "side": "above"}
    assert design_p(0.0, 9.5, 0.0, 40.5, correlation=0.2, bound=0.8, **nothing) == 0.5
    assert design_p(0.3, 9.5, 0.4, 9.5, correlation=1.0, bound=1.0, **nothing) == 0.5


def test_array_forms_broadcast_and_take_a_level_for_each() -> None:
    rate, level = np.array([[0.1], [0.3]]), np.array([0.8, 0.95, 0.99])
    joint = {"correlation": 0.1, "df": np.array([4.0, 9.0, np.inf])}
    low, high = design_interval_array(rate, 40, 0.4, 900, **joint, effect="ratio", level=level)
    p = design_p_array(rate, 40, 0.4, 900, **joint, effect="ratio", bound=0.8, side="below")
    assert low.shape == high.shape == p.shape == (2, 3)
    for (i, j), got in np.ndenumerate(low):
        df = None if math.isinf(joint["df"][j]) else float(joint["df"][j])
        alone = {"correlation": 0.1, "df": df, "effect": "ratio"}
        one = design_interval(float(rate[i, 0]), 40, 0.4, 900, **alone, level=float(level[j]))
        assert (got, high[i, j]) == pytest.approx((one.low, one.high), rel=1e-10)
        assert p[i, j] == pytest.approx(
            design_p(float(rate[i, 0]), 40, 0.4, 900, **alone, bound=0.8, side="below"), rel=1e-12
        )


def test_design_p_is_not_the_normal_one_when_units_are_few() -> None:
    z = score_z(*(np.float64(c) for c in (12, 40, 360, 900)), effect="ratio", bound=0.8)
    got = design_p(0.3, 40, 0.4, 900, correlation=0, df=2, effect="ratio", bound=0.8, side="below")
    assert got == pytest.approx(student.cdf(z, 2), rel=1e-9)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"rate": 1.1}, "rate"),
        ({"rate0": math.nan}, "rate0"),
        ({"effective": 0.0}, "effective"),
        ({"effective0": math.inf}, "effective0"),
        ({"effective0": "many"}, "effective0"),
        ({"correlation": 1.01}, "correlation"),
        ({"df": 0.5}, "df"),
        ({"df": math.nan}, "df"),
    ],
)
def test_impossible_designs_are_refused(change: dict[str, object], name: str) -> None:
    design = {"rate": 0.3, "effective": 40.0, "rate0": 0.4, "effective0": 900.0}
    words = design | {"correlation": 0.0, "df": 5.0, "effect": "ratio"} | change
    with pytest.raises(ValueError, match=rf"^{name} must"):
        design_p(**words, bound=0.8, side="above")
    with pytest.raises(ValueError, match=rf"^{name} must"):
        design_interval(**words)


@pytest.mark.parametrize(
    "words",
    [
        {"effect": "risk", "bound": 0.8, "side": "above"},
        {"effect": "ratio", "bound": 0.0, "side": "above"},
        {"effect": "ratio", "bound": 0.8, "side": "over"},
    ],
)
def test_impossible_hypotheses_are_refused(words: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"^(effect|bound|side) must"):
        design_p(0.3, 40, 0.4, 900, **PLAIN, **words)


def test_interval_refuses_unknown_effect() -> None:
    with pytest.raises(ValueError, match=r"^effect must"):
        design_interval(0.3, 40, 0.4, 900, **PLAIN, effect="risk")

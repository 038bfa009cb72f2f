import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm
from scipy.stats import t as student

from rai_check.stats.estimate import estimate_interval, estimate_p

MODERATE = st.floats(-50, 50)


def test_estimate_p_normal_by_hand() -> None:
    # (0.5 - 0.304) / 0.1 = 1.96, upper tail .0249979
    p = estimate_p(0.5, 0.1, df=None, link="identity", bound=0.304, side="above")
    assert p == pytest.approx(0.0249979, abs=1e-7)


def test_estimate_p_student_equals_scipy() -> None:
    p = estimate_p(-0.3, 0.1, df=12, link="log", bound=0.8, side="below")
    assert p == pytest.approx(student.cdf((-0.3 - math.log(0.8)) / 0.1, 12))


def test_estimate_p_keeps_small_tails() -> None:
    p = estimate_p(10.0, 1.0, df=None, link="identity", bound=0.0, side="above")
    assert p == pytest.approx(norm.sf(10.0), rel=1e-12)


@pytest.mark.parametrize(
    ("value", "side", "expected"),
    [(1.0, "above", 1.0), (1.0, "below", 1.0), (1.1, "above", 0.0), (1.1, "below", 1.0)],
)
def test_estimate_p_is_zero_or_one_when_known_exactly(
    value: float, side: str, expected: float
) -> None:
    assert estimate_p(value, 0.0, df=3, link="identity", bound=1.0, side=side) == expected


def test_estimate_interval_log_is_on_the_natural_scale() -> None:
    # exp(0 +/- 2.228139 * 0.1), t quantile with 10 degrees of freedom
    got = estimate_interval(0.0, 0.1, df=10, link="log")
    assert got.high == pytest.approx(math.exp(0.2228139), rel=1e-6)
    assert got.low == pytest.approx(1 / got.high)
    assert got.method == "Student's t"


def test_estimate_interval_is_a_point_when_known_exactly() -> None:
    got = estimate_interval(2.5, 0.0, df=None, link="identity")
    assert (got.low, got.high) == (2.5, 2.5)


@given(MODERATE, st.floats(1e-3, 10), st.none() | st.floats(1, 1e6), MODERATE)
def test_interval_and_test_agree(value: float, se: float, df: float | None, bound: float) -> None:
    got = estimate_interval(value, se, df=df, link="identity")
    p = estimate_p(value, se, df=df, link="identity", bound=bound, side="above")
    other = estimate_p(value, se, df=df, link="identity", bound=bound, side="below")
    assert p + other == pytest.approx(1.0)
    if abs(p - 0.025) > 1e-8:
        assert (bound < got.low) == (p < 0.025)


def test_estimate_interval_is_unbounded_when_degrees_of_freedom_all_but_vanish() -> None:
    # the 97.5% quantile with df degrees is near .05^(-1/df): 10^1301 for .001
    got = estimate_interval(0.1, 0.2, df=0.001, link="identity")
    assert (got.low, got.high) == (-math.inf, math.inf)


@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.floats(0, allow_nan=False, allow_infinity=False),
    st.sampled_from([None, 1e-300, 1e-3, 0.5, 1.0, 3.5, 1e9, 1e300]),
    st.sampled_from(["identity", "log"]),
)
def test_nothing_is_nan_for_extreme_numbers(
    value: float, se: float, df: float | None, link: str
) -> None:
    got = estimate_interval(value, se, df=df, link=link)
    p = estimate_p(value, se, df=df, link=link, bound=0.8, side="above")
    assert 0.0 <= p <= 1.0
    assert got.low <= got.high


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"value": math.nan}, "value"),
        ({"se": math.inf}, "se"),
        ({"se": -1.0}, "se"),
        ({"df": 0.0}, "df"),
        ({"df": math.nan}, "df"),
        ({"link": "logit"}, "link"),
        ({"link": "log", "bound": 0.0}, "bound"),
        ({"side": "up"}, "side"),
    ],
)
def test_impossible_arguments_are_refused(change: dict[str, object], name: str) -> None:
    words = {"value": 1.0, "se": 0.1, "df": 5.0, "link": "identity", "bound": 1.0, "side": "above"}
    words |= change
    with pytest.raises(ValueError, match=rf"^{name} must"):
        estimate_p(words.pop("value"), words.pop("se"), **words)

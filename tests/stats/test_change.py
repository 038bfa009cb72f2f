import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import norm

from rai_check.stats.change import (
    change_interval,
    change_p,
    log_ratio,
    log_ratio_paired,
)

LOGS = st.floats(-2, 2)
ERRORS = st.floats(0.01, 1)
CORRELATIONS = st.floats(-0.95, 0.95)
BOUNDS = st.floats(0.3, 4)


def test_wider_by_hand() -> None:
    # a = .9, b = -.2, both with standard error .1, uncorrelated: a - b = 1.1, a + b = .7, each
    # with error .1 sqrt(2) = .1414214. Against m = log 1.25 = .2231436 the smaller z is
    # (.7 - .2231436) / .1414214 = 3.371883, upper tail .000373; the other half adds the tail at
    # 3.371883 + 2 * .2231436 / .1414214 = 6.528, which is nothing.
    p = change_p(0.9, 0.1, -0.2, 0.1, 0.0, bound=1.25, side="above")
    assert p == pytest.approx(norm.sf(3.371883), rel=1e-5)


def test_not_wider_by_hand() -> None:
    # a = .1, b = .5, errors .1, correlation .5: a - b = -.4 with error .1, a + b = .6 with error
    # sqrt(.03). Against m = log 1.25 the smaller z is (-.4 - .2231436) / .1 = -6.23, tail 2.3e-10.
    # b is at least .5 - 3.890592 * .1 = .110941, so the mirror adds less still. The other
    # sign: -a - b = -.6, -a + b = .4, z (-.6 - .2231436) / sqrt(.03) = -4.752422, tail
    # 1.005e-6, and its mirror's z is 2 * .110941 / .1 further off. The larger, plus .0001.
    p = change_p(0.1, 0.1, 0.5, 0.1, 0.5, bound=1.25, side="below")
    other = norm.sf(4.752422) + norm.sf(4.752422 + 2 * 0.110941 / 0.1)
    assert p == pytest.approx(other + 1e-4, rel=1e-6)


def test_nothing_changed_is_shown_neither_way_by_little_data() -> None:
    words = {"bound": 1.25, "side": "above"}
    assert change_p(-0.4, 0.3, -0.4, 0.3, 0.2, **words) > 0.5
    assert change_p(-0.4, 0.3, -0.4, 0.3, 0.2, **words | {"side": "below"}) > 0.05


@pytest.mark.parametrize(
    ("bound", "side", "expected"),
    [(2.0, "above", 0.0), (2.0, "below", 1.0), (8.0, "above", 1.0), (8.0, "below", 0.0)],
)
def test_known_exactly_is_zero_or_one(bound: float, side: str, expected: float) -> None:
    # exp(|log 8| - |log 2|) = 4
    words = {"bound": bound, "side": side}
    assert change_p(-math.log(8), 0.0, math.log(2), 0.0, 0.0, **words) == expected


def test_known_to_be_at_the_bound_is_shown_neither_way() -> None:
    for side in ("above", "below"):
        assert change_p(2.0, 0.0, 1.0, 0.0, 0.0, bound=math.e, side=side) == 1.0


def test_before_known_and_far_off_is_the_one_sample_test() -> None:
    # with b known to be 1, |a| - 1 > m is a > 1 + m or a < -1 - m; near a = 2 only the first
    p = change_p(2.0, 0.2, 1.0, 0.0, 0.0, bound=math.exp(0.6), side="above")
    assert p == pytest.approx(norm.sf(0.4 / 0.2), rel=1e-6)
    p = change_p(1.2, 0.2, 1.0, 0.0, 0.0, bound=math.exp(0.6), side="below")
    assert p == pytest.approx(norm.sf(0.4 / 0.2), rel=1e-6)


@given(LOGS, ERRORS, LOGS, ERRORS, CORRELATIONS, BOUNDS)
def test_signs_do_not_matter_and_swapping_mirrors(
    a: float, sa: float, b: float, sb: float, r: float, bound: float
) -> None:
    p = change_p(a, sa, b, sb, r, bound=bound, side="above")
    assert change_p(-a, sa, -b, sb, r, bound=bound, side="above") == pytest.approx(p)
    assert change_p(-a, sa, b, sb, -r, bound=bound, side="above") == pytest.approx(p)
    assert change_p(b, sb, a, sa, r, bound=1 / bound, side="below") == pytest.approx(p)


@given(LOGS, ERRORS, LOGS, ERRORS, CORRELATIONS)
def test_p_does_not_fall_as_the_bound_rises(
    a: float, sa: float, b: float, sb: float, r: float
) -> None:
    bounds = np.exp(np.linspace(-3, 3, 25))
    p = [change_p(a, sa, b, sb, r, bound=x, side="above") for x in bounds]
    assert np.all(np.diff(p) > -1.001e-4)  # at a bound of 1 Berger and Boos's .0001 drops out


@given(LOGS, ERRORS, LOGS, ERRORS, CORRELATIONS, st.sampled_from([0.5, 0.9, 0.95]))
def test_interval_and_test_agree(
    a: float, sa: float, b: float, sb: float, r: float, level: float
) -> None:
    got, tail = change_interval(a, sa, b, sb, r, level=level), (1 - level) / 2
    assert got.low <= math.exp(abs(a) - abs(b)) <= got.high
    for end, side, out in ((got.low, "above", 0.999), (got.high, "below", 1.001)):
        assume(abs(math.log(end)) > 0.002)
        p = change_p(a, sa, b, sb, r, bound=end * out, side=side)
        assert p <= tail + 1e-9
        assert change_p(a, sa, b, sb, r, bound=end / out, side=side) > tail - 1.001e-4


def test_interval_is_a_point_when_known_exactly() -> None:
    got = change_interval(math.log(0.5), 0.0, math.log(0.8), 0.0, 0.0)
    assert (got.low, got.high) == pytest.approx((1.6, 1.6))


def test_interval_has_no_end_at_levels_beyond_the_nuisance_interval() -> None:
    got = change_interval(0.1, 0.2, 0.1, 0.2, 0.0, level=0.9999)
    assert (got.low, got.high) == (0.0, math.inf)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"now": math.nan}, "now"),
        ({"now_se": -1.0}, "now_se"),
        ({"before_se": -0.1}, "before_se"),
        ({"before_se": math.inf}, "before_se"),
        ({"correlation": 1.1}, "correlation"),
        ({"bound": 0.0}, "bound"),
        ({"side": "wider"}, "side"),
    ],
)
def test_impossible_arguments_are_refused(change: dict[str, object], name: str) -> None:
    words = {"now": 0.1, "now_se": 0.1, "before": 0.2, "before_se": 0.1, "correlation": 0.0}
    words |= {"bound": 1.25, "side": "above"} | change
    with pytest.raises(ValueError, match=rf"^{name} must"):
        change_p(**words)


SPREADS = [(0.05, 0.05), (0.2, 0.2), (0.2, 0.02), (0.02, 0.3), (0.6, 0.6), (0.5, 0.1), (0.3, 0.0)]


def wrongly_shown(now: float, before: float, errors, r: float, m: float, draws) -> dict[str, float]:
    """How often 5% tests show |now| - |before| to be beyond m, where it is exactly m."""
    (sa, sb), (first, second) = errors, draws
    a, b = now + sa * first, before + sb * (r * first + math.sqrt(1 - r * r) * second)
    pairs = list(zip(a.tolist(), b.tolist(), strict=True))
    return {
        side: np.mean(
            [change_p(x, sa, y, sb, r, bound=math.exp(m), side=side) < 0.05 for x, y in pairs]
        )
        for side in ("above", "below")
    }


@pytest.mark.parametrize("errors", SPREADS)
def test_size_is_kept_where_before_is_level(errors: tuple[float, float]) -> None:
    # 1,000 draws: three standard errors of 5% are 2.1 points
    draws = np.random.default_rng(4).normal(size=(2, 1000))
    got = wrongly_shown(-math.log(1.25), 0.0, errors, 0.5, math.log(1.25), draws)
    assert max(got.values()) < 0.071


@pytest.mark.slow
@pytest.mark.parametrize("errors", SPREADS)
@pytest.mark.parametrize("r", [-0.5, 0.0, 0.6, 0.95])
def test_size_is_kept_over_a_grid(errors: tuple[float, float], r: float) -> None:
    # 4,000 draws, 672 cells in all: four standard errors are 1.4 points
    draws = np.random.default_rng(5).normal(size=(2, 4000))
    for m in (0.05, math.log(1.25), 0.5):
        for before in (0.0, 0.1, -0.5, 2.0):
            got = wrongly_shown(m + abs(before), before, errors, r, m, draws)
            assert max(got.values()) < 0.064


def test_log_ratio_by_hand() -> None:
    # log(.2 / .4) = -.693147; 1/20 - 1/100 + 1/80 - 1/200 = .0475
    got = log_ratio(20, 100, 80, 200)
    assert got.value == pytest.approx(math.log(0.5))
    assert got.se == pytest.approx(math.sqrt(0.0475))


@pytest.mark.parametrize("table", [(0, 10, 5, 50), (3, 10, 0, 50), (10, 10, 9, 50), (0, 5, 7, 7)])
def test_log_ratio_adds_half_a_case_each_way_where_a_rate_is_extreme(
    table: tuple[int, int, int, int],
) -> None:
    x, n, x0, n0 = table
    got = log_ratio(*table)
    assert got.value == pytest.approx(math.log((x + 0.5) / (n + 1) * (n0 + 1) / (x0 + 0.5)))
    variance = 1 / (x + 0.5) - 1 / (n + 1) + 1 / (x0 + 0.5) - 1 / (n0 + 1)
    assert got.se == pytest.approx(math.sqrt(variance))


def test_log_ratio_paired_by_hand() -> None:
    # Group of 100: 30 both, 10 first only, 20 second only. Covariance 30 / (40 * 50) - 1/100 = .005
    # Rest of 400: 160 both, 40 first only, 0 second only: 160 / (200 * 160) - 1/400 = .0025
    # Variances: first 1/40 - 1/100 + 1/200 - 1/400 = .0175; second .01 + .00375 = .01375
    got = log_ratio_paired((30, 10, 20, 40), (160, 40, 0, 200))
    assert got.now == pytest.approx(math.log(0.4 / 0.5))
    assert got.before == pytest.approx(math.log(0.5 / 0.4))
    assert got.now_se == pytest.approx(math.sqrt(0.0175))
    assert got.before_se == pytest.approx(math.sqrt(0.01375))
    assert got.correlation == pytest.approx(0.0075 / math.sqrt(0.0175 * 0.01375))


CELLS = st.tuples(*[st.integers(0, 12)] * 4).filter(any)


@given(CELLS, CELLS)
def test_log_ratio_paired_has_the_margins_of_log_ratio(group, rest) -> None:
    got = log_ratio_paired(group, rest)
    n, n0 = sum(group), sum(rest)
    assert -1.0 <= got.correlation <= 1.0
    assert got.now_se > 0.0
    first = (group[0] + group[1], n, rest[0] + rest[1], n0)
    second = (group[0] + group[2], n, rest[0] + rest[2], n0)
    extreme = any(e in (0, t[i + 1]) for t in (first, second) for i, e in ((0, t[0]), (2, t[2])))
    if not extreme:
        for table, value, se in (
            (first, got.now, got.now_se), (second, got.before, got.before_se)
        ):  # fmt: skip
            one = log_ratio(*table)
            assert (one.value, one.se) == (pytest.approx(value), pytest.approx(se))


def test_the_same_answers_are_wholly_correlated() -> None:
    got = log_ratio_paired((30, 0, 0, 70), (160, 0, 0, 240))
    assert got.correlation == pytest.approx(1.0)
    p = change_p(
        got.now, got.now_se, got.before, got.before_se, got.correlation, bound=1.25, side="below"
    )
    assert p < 0.001


@pytest.mark.parametrize(
    ("group", "message"),
    [((0, 0, 0, 0), "not all 0"), ((1, 2, 3), "four counts"), ((1, 2, -3, 4), "at least 0")],
)
def test_impossible_kinds_are_refused(group: tuple[int, ...], message: str) -> None:
    with pytest.raises(ValueError, match=f"^group must be .*{message}"):
        log_ratio_paired(group, (5, 5, 5, 5))


def test_tool_against_today_on_the_same_cases_keeps_its_size() -> None:
    # group of 400 at .24 today and .192 under the tool, rest of 2,000 at .3 both times: ratios .8
    # and .64, so the tool's is exactly 1.25 times further off. Answers agree more than by chance.
    generator = np.random.default_rng(6)
    group = generator.multinomial(400, [0.15, 0.042, 0.09, 0.718], size=600)
    rest = generator.multinomial(2000, [0.2, 0.1, 0.1, 0.6], size=600)
    wrong = {"above": 0, "below": 0}
    for own, other in zip(group, rest, strict=True):
        r = log_ratio_paired(own, other)
        parts = r.now, r.now_se, r.before, r.before_se, r.correlation
        for side in wrong:
            wrong[side] += change_p(*parts, bound=1.25, side=side) < 0.05
    # 600 draws: three standard errors of 5% are 2.7 points
    assert max(wrong.values()) / 600 < 0.077
    assert min(wrong.values()) / 600 > 0.005

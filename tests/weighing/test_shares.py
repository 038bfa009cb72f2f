"""A share against a known one: exact, by hand, against SciPy, no more often wrong than said."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, binomtest

from rai_check.measurement import Measurement, Share
from rai_check.policy.model import Floors, Limit
from rai_check.weigh import Against, weigh_all
from rai_check.weighing.intervals import Asked, deciding_intervals
from rai_check.weighing.planning import plans
from rai_check.weighing.shares import share_interval, share_p

LIMIT = Limit(of="ratio", min=0.8, max=1.25, whose="ours")


def weighed(e: Share, limit: Limit = LIMIT, **more: object):
    m = Measurement(metric="share of records", evidence=e, against="all", size=e.n, **more)
    return weigh_all([m], Against(limit=limit, floors=Floors(), alpha=0.05, level=0.95))[0]


def test_ratio_and_tests_are_the_exact_binomial_ones():
    # 30 of 500 are 6%; the reference has 10%: 0.6; bounds 0.8 and 1.25 are shares of 8% and 12.5%
    found = weighed(Share(x=30, n=500, x0=1_000, n0=10_000))

    assert found.estimate == pytest.approx(0.6)
    low, high = found.tests
    assert low.fail == pytest.approx(binomtest(30, 500, 0.08, "less").pvalue)
    assert low.inside == pytest.approx(binomtest(30, 500, 0.08, "greater").pvalue)
    assert high.fail == pytest.approx(binomtest(30, 500, 0.125, "greater").pvalue)
    assert high.inside == pytest.approx(binomtest(30, 500, 0.125, "less").pvalue)
    exact = binomtest(30, 500).proportion_ci(0.95)
    assert (found.interval.low, found.interval.high) == pytest.approx(
        (exact.low * 10, exact.high * 10)
    )
    assert found.shortfall is None


def test_size_of_the_population_does_not_matter_since_it_is_known():
    small, large = (Share(x=30, n=500, x0=k, n0=10 * k) for k in (10, 10_000_000))
    assert weighed(small).tests == weighed(large).tests


def test_a_ratio_that_no_share_can_have_is_never_found_and_always_ruled_out():
    # the reference has 85%: 1.25 times that is more than everybody
    high = weighed(Share(x=500, n=500, x0=85, n0=100)).tests[1]
    assert (high.fail, high.inside) == (1.0, 0.0)


def test_nobody_of_a_group_is_a_ratio_of_nought():
    found = weighed(Share(x=0, n=500, x0=90, n0=1_000))
    # the chance of nobody among 500 at 7.2%
    assert found.estimate == 0.0
    assert found.tests[0].fail == pytest.approx((1 - 0.072) ** 500)


def test_interval_inverts_the_tests():
    e = Share(x=30, n=500, x0=1_000, n0=10_000)
    found = share_interval(e, level=0.9)
    assert share_p(e, found.low, "above") == pytest.approx(0.05)
    assert share_p(e, found.high, "below") == pytest.approx(0.05)
    asked = Asked(evidence=e, effect="ratio", exact=False, level=0.9)
    assert deciding_intervals([asked]) == [found]


def test_too_few_or_too_little_known_cannot_pass():
    assert weighed(Share(x=5, n=9, x0=1, n0=2)).shortfall[0] == "too_few"
    known = weighed(Share(x=30, n=500, x0=1, n0=10), known=500, total=1_000)
    assert known.shortfall[0] == "unknown_share"


@pytest.mark.parametrize(("of", "most"), [("difference", 0.1), ("odds", 2), ("value", 2)])
def test_other_limits_do_not_fit(of, most):
    said = weighed(Share(x=30, n=500, x0=1, n0=10), Limit(of=of, max=most, whose="ours"))
    assert "needs a limit of 'ratio'" in said


@pytest.mark.parametrize("bad", [{"x0": 0}, {"x": 501}, {"n": 0, "x": 0}, {"x0": 11}])
def test_impossible_counts_are_refused(bad):
    with pytest.raises(ValueError, match="Share needs"):
        Share(**{"x": 30, "n": 500, "x0": 1, "n0": 10, **bad})


def test_plan_gives_the_records_that_show_equal_shares_with_the_power_it_says():
    # the reference has 20%: as many records of the group as planned pass about four times in five
    m = Measurement(metric="m", evidence=Share(x=20, n=100, x0=20, n0=100), against="all", size=100)
    plan = plans([m], LIMIT, alpha=0.05)[0]
    n = round(plan.rows_needed / 0.2)
    xs = np.arange(n + 1)
    passes = (binom.sf(xs - 1, n, 0.16) < 0.05) & (binom.cdf(xs, n, 0.25) < 0.05)
    assert 0.77 <= binom.pmf(xs, n, 0.2)[passes].sum() <= 0.9
    # with 100 records: 1 - (1.96 + 0.84) * sqrt(0.2 * 0.8 / 100) / 0.2 = 0.44
    assert plan.below == pytest.approx(0.44, abs=0.01)
    assert plan.above == pytest.approx(1.56, abs=0.01)


def test_plan_of_a_group_that_is_everyone_is_none():
    m = Measurement(metric="m", evidence=Share(x=9, n=9, x0=5, n0=5), against="all", size=9)
    assert plans([m], LIMIT, alpha=0.05) == [None]


@given(
    x=st.integers(0, 200), more=st.integers(1, 300), x0=st.integers(1, 99),
    bound=st.floats(0.05, 5.0),
)  # fmt: skip
def test_p_values_are_probabilities_that_leave_nothing_out(x, more, x0, bound):
    e = Share(x=x, n=x + more, x0=x0, n0=100)
    above, below = share_p(e, bound, "above"), share_p(e, bound, "below")
    assert 0.0 <= above <= 1.0
    assert 0.0 <= below <= 1.0
    assert above + below >= 1.0 - 1e-9


@pytest.mark.parametrize("share", [0.01, 0.1, 0.5, 0.81])
@pytest.mark.parametrize("n", [40, 300, 3_000])
def test_error_rates_are_kept_for_every_size(share, n):
    # exact, so no simulation is needed: the chance of a wrong answer with the truth at a bound
    xs = np.arange(n + 1)
    for bound, fails, inside in ((0.8, "below", "above"), (1.25, "above", "below")):
        if bound * share >= 1:
            continue
        chance = binom.pmf(xs, n, bound * share)
        likely = xs[chance > 1e-12]
        for side in (fails, inside):
            shares = [Share(x=int(x), n=n, x0=round(share * 1e6), n0=10**6) for x in likely]
            wrong = np.array([share_p(e, bound, side) <= 0.05 for e in shares])
            assert math.fsum(chance[likely][wrong]) <= 0.05 + 1e-9

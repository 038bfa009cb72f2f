"""What a comparison could have shown is said of every one, whatever became of it."""

import math

import numpy as np
import pytest

from rai_check.measurement import (
    Change,
    Design,
    Estimate,
    Exact,
    Measurement,
    Paired,
    Proportion,
    Strata,
    TwoProportions,
    Undefined,
)
from rai_check.policy.model import Limit
from rai_check.stats.power import rows_needed, smallest_detectable
from rai_check.stats.two_proportions import score_p_array
from rai_check.weighing.planning import plans

RATIO = Limit(of="ratio", min=0.8, max=1.25, whose="ours")
DIFFERENCE = Limit(of="difference", min=-0.05, max=0.1, whose="ours")
ODDS = Limit(of="odds", min=0.8, max=1.25, whose="ours")
TWO = TwoProportions(x=60, n=200, x0=540, n0=1800)


def plan(evidence, limit=RATIO, **more):
    m = Measurement(metric="m", evidence=evidence, **{"against": "rest", **more})
    return plans([m], limit, alpha=0.05)[0]


def test_rate_is_the_planned_one_or_else_the_pooled_one_observed():
    assert (plan(TWO).rate, plan(TWO).planned) == (0.3, False)
    as_planned = plan(TWO, planned_rate=0.1)
    assert (as_planned.rate, as_planned.planned) == (0.1, True)
    assert plan(TWO, planned_rate=0.0).planned is False


@pytest.mark.parametrize("limit", [RATIO, DIFFERENCE, ODDS])
def test_figures_are_those_of_power_one_by_one_at_the_harder_bound(limit):
    found = plan(TWO, limit, planned_rate=0.25)

    needed = [  # each bound nine times in ten, so that both are shown four times in five
        rows_needed(0.25, bound, effect=limit.of, share=0.1, power=0.9)
        for bound in (limit.min, limit.max)
    ]
    seen = smallest_detectable(200, 1800, 0.25, effect=limit.of)
    assert found.rows_needed == max(*needed, 50)
    assert (found.below, found.above) == pytest.approx((seen.below, seen.above))


@pytest.mark.parametrize(("share", "rate"), [(0.05, 0.3), (0.3, 0.3), (0.5, 0.3), (0.5, 0.1)])
def test_so_many_rows_pass_four_times_in_five_where_rates_are_equal(share, rate):
    total = 2000
    n, n0 = round(total * share), round(total * (1 - share))
    two = TwoProportions(x=round(n * rate), n=n, x0=round(n0 * rate), n0=n0)
    needed = plan(two, planned_rate=rate).rows_needed
    rest = round(needed * (1 - share) / share)

    generator = np.random.default_rng(1)
    x, x0 = generator.binomial(needed, rate, 3000), generator.binomial(rest, rate, 3000)
    sides = [(0.8, "above"), (1.25, "below")]
    p = [
        score_p_array(x, needed, x0, rest, effect="ratio", bound=bound, side=side)
        for bound, side in sides
    ]
    passed = (np.maximum(*p) < 0.05).mean()

    assert 0.78 <= passed <= 0.9


def test_design_needs_as_many_more_rows_as_it_is_worth_less():
    design = Design(rate=0.3, rate0=0.3, effective=50, effective0=450, units=50, units0=450)
    found = plan(TwoProportions(x=60, n=200, x0=540, n0=1800, design=design))

    # four rows to each effective one
    assert found.rows_needed == 4 * plan(TWO).rows_needed
    seen = smallest_detectable(50, 450, 0.3, effect="ratio")
    assert (found.below, found.above) == pytest.approx((seen.below, seen.above))


def test_strata_are_planned_for_as_their_sum():
    halves = TwoProportions(x=30, n=100, x0=270, n0=900)

    assert plan(Strata(tables=(halves, halves))) == plan(TWO)


def test_nothing_would_show_where_there_is_no_event_at_all():
    found = plan(TwoProportions(x=0, n=200, x0=0, n0=1800))

    assert (found.rows_needed, found.below) == (None, None)


def test_group_that_nobody_is_in_needs_people_at_the_planned_rate():
    nobody = Undefined(code="nobody", text="nobody")

    found = plan(nobody, planned_rate=0.3)

    # against a large rest the bound of 0.80 needs 329 four times in five (worked in
    # tests/stats/test_power.py), and more for nine times in ten
    needed = max(rows_needed(0.3, bound, effect="ratio", power=0.9) for bound in (0.8, 1.25))
    assert found.rows_needed == needed >= 329
    assert (found.rate, found.below, found.above) == (0.3, None, None)
    assert plan(nobody) is None
    assert plan(Undefined(code="clustered", text="repeated"), planned_rate=0.3) is None


def test_pairs_are_planned_for_by_the_share_of_answers_that_differ():
    # 60 of 1,000 cases differ; a difference of 0.05 at 0.06 of unlike answers:
    # n = ((1.644854 + 1.281552) / 0.05)^2 * 0.06 = 58.5281^2 * 0.06 = 205.53
    found = plan(Paired(both=300, only=30, only0=30, neither=640), DIFFERENCE)

    assert found.rows_needed == 206
    # seen: (1.959964 + 0.841621) * sqrt(0.06 / 1000) = 2.801585 * 0.00774597 = 0.0217010
    assert (found.below, found.above) == pytest.approx((-0.021701, 0.021701), abs=1e-6)
    ratio = plan(Paired(both=300, only=30, only0=30, neither=640), RATIO)
    # rate 0.33: 0.021701 / 0.33 = 0.0657606
    assert (ratio.below, ratio.above) == pytest.approx((1 - 0.06576, 1 + 0.06576), abs=1e-5)
    assert plan(Paired(both=300, only=0, only0=0, neither=700), RATIO).rows_needed is None


def test_estimate_says_what_its_standard_error_would_have_let_be_seen():
    # 2.801585 standard errors of 0.5
    gap = plan(Estimate(value=3.0, se=0.5), DIFFERENCE)
    assert (gap.below, gap.above) == pytest.approx((-1.400793, 1.400793), abs=1e-5)
    assert (gap.rate, gap.rows_needed) == (None, None)
    ratio = plan(Estimate(value=0.7, se=0.1, link="log"), RATIO)
    seen = math.exp(0.2801585)
    assert (ratio.below, ratio.above) == pytest.approx((1 / seen, seen), abs=1e-6)
    few = plan(Estimate(value=3.0, se=0.5, df=3.0), DIFFERENCE)
    assert few.above > gap.above


def test_change_says_what_its_two_standard_errors_would_have_let_be_seen():
    # sqrt(0.3^2 + 0.4^2) = 0.5 without correlation
    limit = Limit(of="change", max=1.2, whose="ours")
    found = plan(Change(now=0.1, now_se=0.3, before=0.1, before_se=0.4), limit)

    assert found.above == pytest.approx(math.exp(2.801585 * 0.5), rel=1e-5)


def test_what_is_no_comparison_has_no_plan():
    value = Limit(max=1, whose="ours")

    assert plan(Exact(value=1), value) is None
    assert plan(Proportion(x=1, n=10), value) is None
    assert plan(Estimate(value=1.0, se=0.1), value, against=None) is None
    assert plan(TwoProportions(x=1, n=2**60, x0=1, n0=2**60)) is None


def test_estimate_needs_as_many_more_units_as_its_standard_error_is_too_large():
    # bounds at 0.1 both ways: ((1.644854 + 1.281552) x 0.08 / 0.1)^2 = 2.341125^2 = 5.480865
    limit = Limit(of="difference", min=-0.1, max=0.1, whose="ours")
    found = plan(Estimate(value=0.0, se=0.08), limit, size=100)

    assert found.rows_needed == 549
    assert plan(Estimate(value=0.0, se=0.08), limit).rows_needed is None
    beyond = Limit(min=0.1, max=0.3, whose="ours")
    assert plan(Estimate(value=0.0, se=0.08), beyond, size=100).rows_needed is None

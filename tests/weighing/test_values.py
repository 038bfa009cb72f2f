"""Numbers by themselves, and rates whose rows repeat units."""

import pytest

from rai_check.measurement import Estimate, Measurement, Proportion, TwoProportions, Undefined
from rai_check.policy.model import Floors, Limit
from rai_check.stats.one_proportion import clopper_pearson, exact_binomial_p, wilson
from rai_check.weigh import Against, weigh_all
from rai_check.weighing.values import value_interval

HALF = Limit(min=0.2, max=0.5, whose="ours")


def weighed(evidence, limit=HALF):
    m = Measurement(metric="m", evidence=evidence)
    return weigh_all([m], Against(limit=limit, floors=Floors(), alpha=0.05, level=0.95))[0]


def test_proportion_is_tested_and_shown_by_its_own_counts():
    found = weighed(Proportion(x=60, n=100))

    assert found.tests[1].fail == exact_binomial_p(60, 100, bound=0.5, side="above")
    assert found.tests[0].inside == exact_binomial_p(60, 100, bound=0.2, side="above")
    shown = wilson(60, 100)
    assert (found.interval.low, found.interval.high) == (shown.low, shown.high)


def test_proportion_of_repeated_units_is_tested_on_what_its_rows_are_worth():
    # 60 of 100 rows worth 33.3: 33 units, 19.8 events: 19 to show more than a bound, 20 less
    found = weighed(Proportion(x=60, n=100, effective=33.3))

    assert found.estimate == 0.6
    assert found.tests[1].fail == exact_binomial_p(19, 33, bound=0.5, side="above")
    assert found.tests[1].inside == exact_binomial_p(20, 33, bound=0.5, side="below")
    assert found.tests[1].method == "exact binomial on effective counts"
    assert (found.interval.low, found.interval.high) == (wilson(19, 33).low, wilson(20, 33).high)
    by = value_interval(Proportion(x=60, n=100, effective=33.3), level=0.9)
    assert by.low == clopper_pearson(19, 33, level=0.9).low


def test_rows_are_never_worth_more_than_themselves_and_few_units_are_too_few():
    more = weighed(Proportion(x=60, n=100, effective=500.0))

    assert more.tests[1].fail == weighed(Proportion(x=60, n=100)).tests[1].fail
    assert weighed(Proportion(x=60, n=100, effective=9.5)).shortfall[0] == "too_few"
    assert weighed(Proportion(x=60, n=100)).shortfall is None


def test_mean_gap_in_days_is_held_against_a_difference_of_days():
    limit = Limit(of="difference", min=-2, max=2, whose="ours")

    found = weighed(Estimate(value=5.0, se=1.0, df=40.0), limit)

    assert found.tests[1].fail == pytest.approx(0.00229, abs=1e-4)  # t of 3 on 40
    assert found.estimate == 5.0


@pytest.mark.parametrize(
    ("evidence", "limit"),
    [
        (Estimate(value=0.1, se=0.1), Limit(of="ratio", min=0.8, whose="ours")),
        (Estimate(value=0.1, se=0.1, link="log"), HALF),
        (Estimate(value=0.1, se=0.1, link="log"), Limit(of="change", max=2, whose="ours")),
        (Proportion(x=1, n=10), Limit(of="ratio", min=0.8, whose="ours")),
        (Proportion(x=1, n=10), Limit(max=2, whose="ours")),
        (TwoProportions(x=1, n=10, x0=1, n0=10), HALF),
        (Undefined(code="x", text="y"), HALF),
    ],
)
def test_limit_of_another_kind_is_a_sentence(evidence, limit):
    assert isinstance(weighed(evidence, limit), str)


def test_floor_holds_for_evidence_without_counts_of_its_own():
    limit = Limit(of="difference", min=-0.5, max=0.5, whose="ours")
    against = Against(limit=limit, floors=Floors(units=500), alpha=0.05, level=0.95)
    sure = Estimate(value=0.0, se=0.001)
    measured = [
        Measurement(metric="m", evidence=sure, against="rest", size=size)
        for size in (60, 500, None)
    ]

    few, enough, unsaid = weigh_all(measured, against)

    assert few.shortfall[0] == "too_few"
    assert enough.shortfall is None
    assert unsaid.shortfall[0] == "too_few"

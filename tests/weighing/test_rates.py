"""Many comparisons weighed together come out as each would by itself."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rai_check.measurement import Measurement, TwoProportions
from rai_check.policy.model import Floors, Limit
from rai_check.stats.two_proportions import score_interval, score_p
from rai_check.weigh import DO_NOT_FIT, Against, weigh_all

RATIO = Limit(of="ratio", min=0.8, max=1.25, whose="ours")
DIFFERENCE = Limit(of="difference", min=-0.1, max=0.1, whose="ours")
ODDS = Limit(of="odds", min=0.8, max=1.25, whose="ours")


def against(limit, **floors):
    return Against(limit=limit, floors=Floors(**floors), alpha=0.05, level=0.95)


def rates(x, n, x0, n0, **more):
    evidence = TwoProportions(x=x, n=n, x0=x0, n0=n0)
    return Measurement(metric="m", evidence=evidence, against="rest", **more)


large = st.tuples(st.integers(20, 180), st.integers(40, 960)).map(
    lambda c: rates(c[0], 200, c[1], 1000)
)


@given(st.lists(large, min_size=1, max_size=6), st.sampled_from([RATIO, DIFFERENCE, ODDS]))
@settings(max_examples=40, deadline=None)
def test_p_and_intervals_are_those_of_the_score_tests_one_by_one(measured, limit):
    found = weigh_all(measured, against(limit))

    for m, weighed in zip(measured, found, strict=True):
        e = m.evidence
        cells = e.x, e.n, e.x0, e.n0
        low, high = weighed.tests
        for p, bound, side in (
            (low.fail, limit.min, "below"),
            (low.inside, limit.min, "above"),
            (high.fail, limit.max, "above"),
            (high.inside, limit.max, "below"),
        ):
            wanted = score_p(*cells, effect=limit.of, bound=bound, side=side)
            assert p == pytest.approx(wanted, abs=1e-12)
        alone = score_interval(*cells, effect=limit.of)
        assert (weighed.interval.low, weighed.interval.high) == pytest.approx(
            (alone.low, alone.high)
        )
        assert (weighed.interval.method, weighed.exact) == (alone.method, False)


def test_order_is_kept_where_large_and_small_tables_and_other_evidence_are_mixed():
    measured = [rates(3, 20, 300, 1000), rates(90, 300, 300, 1000), rates(5, 12, 300, 1000)]

    found = weigh_all(measured, against(RATIO))

    assert [round(w.estimate, 3) for w in found] == [0.5, 1.0, 1.389]
    assert [w.exact for w in found] == [True, False, True]
    assert [w.interval.method for w in found] == ["MOVER-R", "Koopman score", "MOVER-R"]
    assert weigh_all(measured[:1], against(DIFFERENCE))[0].interval.method == "Newcombe"
    (odds,) = weigh_all(measured[:1], against(ODDS))
    # 3 to 17 against 300 to 700
    assert (odds.exact, odds.estimate) == (True, pytest.approx(3 * 700 / (17 * 300)))
    assert odds.interval.method == "Miettinen-Nurminen score of odds"


def test_ratio_to_a_rate_of_zero_has_no_estimate_and_no_upper_end():
    (found,) = weigh_all([rates(30, 100, 0, 1000)], against(RATIO))

    assert found.estimate is None
    assert found.interval.high is None
    assert found.interval.low > 1


@pytest.mark.parametrize(
    ("table", "estimate", "open_end"),
    [
        ((30, 100, 0, 1000), None, "high"),
        ((100, 100, 300, 1000), None, "high"),
        ((0, 100, 300, 1000), 0.0, None),
        ((30, 100, 1000, 1000), 0.0, None),
    ],
)
def test_odds_of_a_rate_of_nought_or_one_are_nought_or_have_no_end(table, estimate, open_end):
    (found,) = weigh_all([rates(*table)], against(ODDS))

    assert found.estimate == estimate
    assert (found.interval.high is None) == (open_end == "high")
    assert (found.interval.low == 0.0) == (open_end is None)


def test_floors_are_on_the_smaller_denominator_and_the_known_share():
    few = rates(4, 9, 300, 1000)
    unknown = rates(90, 300, 300, 1000, known=700, total=1000)

    found = weigh_all([few, unknown], against(RATIO))

    assert [w.shortfall[0] for w in found] == ["too_few", "unknown_share"]


def test_comparison_that_does_not_fit_spoils_no_other():
    too_large = rates(1, 2**60, 1, 2**60)
    fine = rates(90, 300, 300, 1000)

    found = weigh_all([fine, too_large], against(RATIO))

    assert found[1] == DO_NOT_FIT
    assert found[0] == weigh_all([fine], against(RATIO))[0]


@pytest.mark.parametrize(
    ("limit", "says"),
    [
        (Limit(max=2, whose="ours"), "need a limit of 'ratio', 'difference' or 'odds'"),
        (Limit(of="change", max=2, whose="ours"), "need a limit of 'ratio', 'difference' or"),
        (Limit(of="difference", max=2, whose="ours"), "between -1 and 1"),
    ],
)
def test_limit_that_two_rates_cannot_be_held_against_is_a_sentence(limit, says):
    (found,) = weigh_all([rates(90, 300, 300, 1000)], against(limit))

    assert says in found

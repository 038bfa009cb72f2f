"""Comparisons on effective sizes: what repeated units and weights take away."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rai_check.measurement import Design, Measurement, TwoProportions
from rai_check.policy.model import Floors, Limit
from rai_check.stats.exact import exact_p
from rai_check.stats.weighted import design_interval, design_p
from rai_check.weigh import Against, weigh_all
from rai_check.weighing.designs import effective_counts

RATIO = Limit(of="ratio", min=0.8, max=1.25, whose="ours")
AGAINST = Against(limit=RATIO, floors=Floors(), alpha=0.05, level=0.95)
DESIGN = Design(rate=0.3, rate0=0.3, effective=400.0, effective0=2000.0, units=300, units0=1500)


def repeated(design, n=1200, n0=6000):
    x, x0 = round(design.rate * n), round(design.rate0 * n0)
    evidence = TwoProportions(x=x, n=n, x0=x0, n0=n0, design=design)
    return Measurement(metric="m", evidence=evidence, against="rest")


def weighed(design, **sizes):
    return weigh_all([repeated(design, **sizes)], AGAINST)[0]


def test_tests_and_interval_are_on_effective_sizes_with_units_for_degrees_of_freedom():
    found = weighed(replace(DESIGN, correlation=0.2))

    sizes = (0.3, 400.0, 0.3, 2000.0)
    rest = {"correlation": 0.2, "df": 299, "effect": "ratio"}
    low, _ = found.tests
    assert low.inside == pytest.approx(design_p(*sizes, **rest, bound=0.8, side="above"))
    assert low.fail == pytest.approx(design_p(*sizes, **rest, bound=0.8, side="below"))
    shown = design_interval(*sizes, **rest)
    assert (found.interval.low, found.interval.high) == pytest.approx((shown.low, shown.high))
    assert low.method == "Farrington-Manning score on effective sizes, Student t"
    assert not found.exact


def test_odds_are_tested_on_effective_sizes_too():
    limit = Limit(of="odds", min=0.8, max=1.25, whose="ours")
    (found,) = weigh_all([repeated(DESIGN)], replace(AGAINST, limit=limit))

    low, _ = found.tests
    sizes = (0.3, 400.0, 0.3, 2000.0)
    words = {"correlation": 0.0, "df": 299, "effect": "odds"}
    assert low.inside == pytest.approx(design_p(*sizes, **words, bound=0.8, side="above"))
    assert found.estimate == pytest.approx(1.0)
    assert low.method == "Miettinen-Nurminen score of odds on effective sizes, Student t"


def test_same_rows_repeating_units_show_less_than_rows_that_stand_alone():
    alone = weigh_all(
        [Measurement(metric="m", evidence=TwoProportions(x=360, n=1200, x0=1800, n0=6000))], AGAINST
    )[0]

    assert weighed(DESIGN).tests[0].inside > alone.tests[0].inside
    assert alone.tests[0].inside < 0.001


def test_weighted_rate_is_the_estimate_and_not_that_of_the_rows():
    design = replace(DESIGN, rate=0.2, rate0=0.4, weighted=True)
    m = repeated(design)
    m = replace(m, evidence=replace(m.evidence, x=600))

    assert weigh_all([m], AGAINST)[0].estimate == pytest.approx(0.5)


@pytest.mark.parametrize(
    "few", [{"units": 9}, {"units0": 9}, {"effective": 9.9}, {"effective0": 9.9}]
)
def test_floor_of_units_is_on_units_and_effective_sizes_too(few):
    found = weighed(replace(DESIGN, **few))

    assert found.shortfall == ("too_few", "fewer than 10 rows to measure it on")


@pytest.mark.parametrize("few", [{"units": 40}, {"effective": 49.0}, {"effective": 60.0}])
def test_small_design_takes_the_larger_of_the_score_and_the_exact_p(few):
    # with an effective 60 at a rate of 0.05 there are 3 expected events
    rate = 0.05 if few == {"effective": 60.0} else 0.3
    design = replace(DESIGN, rate=rate, rate0=rate, **few)

    found = weighed(design)

    assert found.exact
    for test in found.tests:
        assert test.method == "exact unconditional on effective counts"
        for p, bounded, side in (
            (test.fail, test.fail_bounded, "below" if test.end == "min" else "above"),
            (test.inside, test.inside_bounded, "above" if test.end == "min" else "below"),
        ):
            counts = effective_counts(design, side)
            exact = exact_p(*counts, effect="ratio", bound=test.bound, side=side)
            sizes = design.rate, design.effective, design.rate0, design.effective0
            df = min(design.units, design.units0) - 1
            score = design_p(
                *sizes, correlation=0, df=df, effect="ratio", bound=test.bound, side=side
            )
            assert p <= max(exact, score) + 1e-9
            assert p >= score
            assert bounded or p == pytest.approx(max(exact, score))


def test_one_unit_shows_nothing_however_many_rows_it_has():
    design = replace(DESIGN, rate=0.9, effective=300.0, units=1)

    found = weighed(design)

    assert [(t.fail, t.inside) for t in found.tests] == [(1.0, 1.0)] * 2


def test_effective_counts_by_hand():
    # 0.3 of 40.7: the size is 40; 12 events exactly. 0.41 of 99.9: 99, 40.59 events.
    # An effect above a bound is harder to show with the rest's events rounded up.
    design = replace(DESIGN, rate=0.3, effective=40.7, rate0=0.41, effective0=99.9)

    assert effective_counts(design, "above") == (12, 40, 41, 99)
    assert effective_counts(design, "below") == (12, 40, 40, 99)
    # a correlation of -0.25 takes a fifth off: 40.7 / 1.25 = 32.56, and 9.6 events of 32
    apart = replace(design, correlation=-0.25)
    assert effective_counts(apart, "above")[:2] == (9, 32)
    assert effective_counts(apart, "below")[:2] == (10, 32)


@given(
    st.floats(0, 1),
    st.floats(0, 1),
    st.floats(1, 80),
    st.floats(1, 80),
    st.sampled_from(["above", "below"]),
)
@settings(max_examples=200, deadline=None)
def test_effective_counts_are_never_easier_to_show_an_effect_with(rate, rate0, n, n0, side):
    design = replace(DESIGN, rate=rate, rate0=rate0, effective=n, effective0=n0)

    x, size, x0, size0 = effective_counts(design, side)

    sign = 1 if side == "above" else -1
    assert 0 <= x <= size <= max(n, 1)
    assert 0 <= x0 <= size0 <= max(n0, 1)
    assert sign * (x / size - rate) <= 1e-8
    assert sign * (x0 / size0 - rate0) >= -1e-8

"""Strata, pairs and changes: each by its own test, and only against a limit that fits."""

import math

import pytest

from rai_check.measurement import Change, Measurement, Paired, Strata, TwoProportions
from rai_check.policy.model import Floors, Limit
from rai_check.stats.change import change_interval, change_p
from rai_check.stats.paired import paired_exact_p, paired_interval, paired_p
from rai_check.stats.strata import common_interval, common_p
from rai_check.weigh import Against, weigh_all

RATIO = Limit(of="ratio", min=0.8, max=1.25, whose="ours")
DIFFERENCE = Limit(of="difference", min=-0.1, max=0.1, whose="ours")
CHANGE = Limit(of="change", max=1.2, whose="ours")
VALUE = Limit(max=1, whose="ours")


def weighed(evidence, limit, **more):
    m = Measurement(metric="m", evidence=evidence, **more)
    return weigh_all([m], Against(limit=limit, floors=Floors(), alpha=0.05, level=0.95))[0]


def strata(*tables):
    return Strata(tables=tuple(TwoProportions(x=a, n=b, x0=c, n0=d) for a, b, c, d in tables))


BY_KIND = ((90, 100, 180, 200), (20, 200, 10, 100))


@pytest.mark.parametrize("limit", [RATIO, DIFFERENCE])
def test_strata_are_judged_by_what_is_common(limit):
    found = weighed(strata(*BY_KIND), limit)

    columns = tuple(zip(*BY_KIND, strict=True))
    for test, side in zip(found.tests, ("above", "below"), strict=True):
        wanted = common_p(*columns, effect=limit.of, bound=test.bound, side=side)
        assert test.inside == pytest.approx(wanted)
        assert test.method == "stratified Miettinen-Nurminen score"
    shown = common_interval(*columns, effect=limit.of)
    assert (found.interval.low, found.interval.high) == (shown.low, shown.high)
    # rates are alike within each kind, though 110 of 300 and 190 of 300 in all
    assert found.estimate == pytest.approx(1.0 if limit is RATIO else 0.0)
    assert found.shortfall is None


@pytest.mark.parametrize(
    "evidence", [strata(*BY_KIND), Paired(both=400, only=40, only0=60, neither=500)]
)
def test_strata_and_pairs_have_no_test_of_odds_and_say_so(evidence):
    limit = Limit(of="odds", min=0.8, max=1.25, whose="ours")

    assert "need a limit of 'ratio' or 'difference'" in weighed(evidence, limit)


def test_strata_below_the_floors_in_all_are_not_tested():
    # 40 in the group over both strata: fewer than 50
    few = weighed(strata((10, 20, 90, 200), (12, 20, 90, 200)), RATIO)

    assert few.tests == ()
    assert few.shortfall[0] == "too_few"
    assert "strata have no exact test" in few.shortfall[1]
    # 60, of whom 2 of 460 are selected: 0.3 expected events
    rare = weighed(strata((0, 30, 1, 200), (0, 30, 1, 200)), RATIO)
    assert rare.tests == ()
    # 9 in the group: below the floor of units as well
    assert "fewer than 10" in weighed(strata((2, 5, 90, 200), (2, 4, 90, 200)), RATIO).shortfall[1]


@pytest.mark.parametrize("limit", [RATIO, DIFFERENCE])
@pytest.mark.parametrize("cells", [(300, 30, 20, 650), (300, 5, 4, 691)])
def test_pairs_are_tested_exactly_where_few_answers_differ(limit, cells):
    found = weighed(Paired(both=cells[0], only=cells[1], only0=cells[2], neither=cells[3]), limit)

    few = cells[1] + cells[2] < 10
    test_p = paired_exact_p if few else paired_p
    for test, side in zip(found.tests, ("above", "below"), strict=True):
        wanted = test_p(*cells, effect=limit.of, bound=test.bound, side=side)
        assert test.inside == pytest.approx(wanted)
        assert ("exact" in test.method) == few
    shown = paired_interval(*cells, effect=limit.of)
    assert (found.interval.low, found.interval.high) == (shown.low, shown.high)
    rate, rate0 = (cells[0] + cells[1]) / 1000, (cells[0] + cells[2]) / 1000
    assert found.estimate == pytest.approx(rate / rate0 if limit is RATIO else rate - rate0)


def test_pairs_are_held_to_the_floor_of_units():
    found = weighed(Paired(both=4, only=1, only0=1, neither=3), RATIO)

    assert found.shortfall == ("too_few", "fewer than 10 rows to measure it on")


def test_change_is_held_against_a_factor():
    # a gap of ratio 0.5 now and 0.8 before is log 1.6 further from equality
    e = Change(now=math.log(0.5), now_se=0.05, before=math.log(0.8), before_se=0.05)

    found = weighed(e, CHANGE)

    assert found.estimate == pytest.approx(1.6)
    (test,) = found.tests
    numbers = e.now, e.now_se, e.before, e.before_se, e.correlation
    assert test.fail == pytest.approx(change_p(*numbers, bound=1.2, side="above"))
    assert test.fail < 0.001
    shown = change_interval(*numbers)
    assert (found.interval.low, found.interval.high) == (shown.low, shown.high)


@pytest.mark.parametrize(
    ("evidence", "limit"),
    [
        (strata(*BY_KIND), VALUE),
        (strata(*BY_KIND), CHANGE),
        (Paired(both=300, only=30, only0=20, neither=650), VALUE),
        (Paired(both=300, only=30, only0=20, neither=650), CHANGE),
        (Change(now=0.1, now_se=0.1, before=0.1, before_se=0.1), RATIO),
        (Change(now=0.1, now_se=0.1, before=0.1, before_se=0.1), VALUE),
    ],
)
def test_limit_of_another_kind_is_a_sentence_and_no_pass(evidence, limit):
    found = weighed(evidence, limit)

    assert isinstance(found, str)
    assert found.startswith("m: ")


def test_strata_that_break_the_limit_both_ways_cannot_pass_on_what_is_common():
    # 30 against 70% in one stratum, 70 against 30% in the other: 1 in common, 0.43 and 2.33 apart
    apart = strata((450, 1500, 1050, 1500), (1050, 1500, 450, 1500))
    alike = strata((600, 1500, 610, 1500), (600, 1500, 610, 1500))

    found = weighed(apart, RATIO)

    assert found.estimate == pytest.approx(1.0)
    assert found.shortfall is not None
    assert found.shortfall[0] == "strata_differ"
    assert weighed(alike, RATIO).shortfall is None


def test_strata_that_differ_inside_the_limit_can_pass():
    inside = strata((5_300, 10_000, 5_000, 10_000), (4_700, 10_000, 5_000, 10_000))

    assert weighed(inside, RATIO).shortfall is None

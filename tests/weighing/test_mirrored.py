"""One comparison seen from its two sides is one."""

from rai_check.measurement import (
    Change,
    Design,
    Estimate,
    Measurement,
    Strata,
    TwoProportions,
    Undefined,
    where,
    where_of,
)
from rai_check.policy.model import Limit
from rai_check.weighing.mirrored import Seen, seen_twice

RATIO = Limit(of="ratio", min=0.8, max=1.25, whose="ours")
DIFFERENCE = Limit(of="difference", min=-0.1, max=0.1, whose="ours")
ODDS = Limit(of="odds", min=0.8, max=1.25, whose="ours")
WOMEN = TwoProportions(x=30, n=100, x0=90, n0=200)
MEN = TwoProportions(x=90, n=200, x0=30, n0=100)


def measured(*evidence, against="rest", labels="ABCD", metric="m"):
    opposite = against if isinstance(against, tuple) else (against,) * len(evidence)
    return [
        Measurement(metric=metric, evidence=e, where=where(e=label), against=other)
        for e, label, other in zip(evidence, labels, opposite, strict=False)
    ]


def turned(*evidence, **more):
    return [seen.first for seen in seen_twice(measured(*evidence, **more))]


def test_two_groups_against_the_rest_are_one_comparison_turned():
    assert seen_twice(measured(WOMEN, MEN)) == [Seen(first=0), Seen(first=0, turned=True)]


def test_bound_of_a_comparison_turned_is_inverted():
    straight, other = Seen(first=0), Seen(first=0, turned=True)

    assert other.key("max", 1.25, RATIO) == straight.key("min", 0.8, RATIO)
    assert other.key("min", 0.8, RATIO) == straight.key("max", 1.25, RATIO)
    assert other.key("max", 1.25, ODDS) == straight.key("min", 0.8, ODDS)
    assert other.key("min", -0.1, DIFFERENCE) == straight.key("max", 0.1, DIFFERENCE)
    assert other.key("max", 1.2, RATIO) != straight.key("min", 0.8, RATIO)


def test_three_groups_are_three_comparisons_though_two_have_the_same_counts():
    third = TwoProportions(x=30, n=100, x0=90, n0=200)

    assert turned(WOMEN, MEN, third) == [0, 1, 2]


def test_group_that_nobody_is_in_leaves_the_others_one_comparison():
    nobody = Undefined(code="nobody", text="nobody")

    assert turned(WOMEN, MEN, nobody) == [0, 0, 2]


def test_other_metric_characteristic_or_reference_is_another_comparison():
    assert turned(WOMEN, MEN, against=None) == [0, 1]
    one, other = measured(WOMEN, MEN)
    by_age = Measurement(metric="m", evidence=MEN, where=where(age="B"), against="rest")
    both = where_of({"age": "A", "e": "B"})
    by_both = Measurement(metric="m", evidence=MEN, where=both, against="rest")
    of_other = measured(MEN, metric="another")[0]
    for second in (by_age, by_both, of_other):
        assert [seen.first for seen in seen_twice([one, second])] == [0, 1]
    assert [seen.first for seen in seen_twice([one, by_age, other])] == [0, 1, 0]


def test_pairs_in_both_directions_are_each_one_comparison():
    third = TwoProportions(x=5, n=50, x0=30, n0=100)
    found = measured(WOMEN, MEN, third, against=("B", "A", "A"), labels="ABC")

    assert [seen.first for seen in seen_twice(found)] == [0, 0, 2]


def test_pair_measured_twice_in_one_direction_is_not_taken_for_its_mirror():
    alike = TwoProportions(x=30, n=100, x0=30, n0=100)

    assert turned(alike, alike, against=("B", "B"), labels="AA") == [0, 1]


def test_pairs_of_intersections_are_known_by_the_parts_of_their_names():
    one = where_of({"age": "old", "sex": "F"})
    other = where_of({"age": "young", "sex": "M"})
    found = [
        Measurement(metric="m", evidence=WOMEN, where=one, against="M & young"),
        Measurement(metric="m", evidence=MEN, where=other, against="old & F"),
    ]

    assert [seen.first for seen in seen_twice(found)] == [0, 0]


def test_design_is_turned_with_its_counts():
    design = Design(
        rate=0.3, rate0=0.45, effective=50.0, effective0=80.0, correlation=0.1, units=40, units0=70
    )
    other = Design(
        rate=0.45,
        rate0=0.3 + 1e-17,
        effective=80.0,
        effective0=50.0000000000001,
        correlation=0.1,
        units=70,
        units0=40,
    )
    one = TwoProportions(x=30, n=100, x0=90, n0=200, design=design)

    assert turned(one, TwoProportions(x=90, n=200, x0=30, n0=100, design=other)) == [0, 0]
    assert turned(one, MEN) == [0, 1]


def test_strata_estimates_and_changes_are_turned_too():
    assert turned(Strata(tables=(WOMEN, MEN)), Strata(tables=(MEN, WOMEN))) == [0, 0]
    assert turned(Strata(tables=(WOMEN, MEN)), Strata(tables=(WOMEN, MEN))) == [0, 1]
    gap = Estimate(value=1.5, se=0.2, df=17.3)
    assert turned(gap, Estimate(value=-1.5, se=0.2, df=17.3)) == [0, 0]
    assert turned(gap, Estimate(value=-1.5, se=0.3, df=17.3)) == [0, 1]
    now = Change(now=0.4, now_se=0.1, before=-0.1, before_se=0.1)
    before = Change(now=-0.4, now_se=0.1, before=0.1, before_se=0.1)
    # how far from equality does not depend on the side: the same bound, not its inverse
    assert seen_twice(measured(now, before))[1] == Seen(first=0, turned=False)

"""Families: what is counted, and what is counted once."""

from dataclasses import replace

import pytest

from builders import RATIO, control, judged, measured, policy
from rai_check.measured import MeasuredItem, PartResult
from rai_check.measurement import CheckResult, Measurement, TwoProportions, where
from rai_check.outcome import Outcome

WOMEN = TwoProportions(x=46, n=200, x0=90, n0=200)
MEN = TwoProportions(x=90, n=200, x0=46, n0=200)
RULES = policy({"AA-01": control(parts=[RATIO], per="group")})


def item_of(*pairs, name="AA-01"):
    """An item of measurements (evidence, label, against)."""
    measurements = tuple(
        Measurement(metric="m", evidence=e, where=where(e=label), against=against)
        for e, label, against in pairs
    )
    part = PartResult(check="x", index=0, result=CheckResult(measurements=measurements))
    return MeasuredItem(control=name, group="e", parts=(part,))


def test_two_groups_against_the_rest_are_two_tests_and_not_four():
    found = judged(RULES, item_of((WOMEN, "F", "rest"), (MEN, "M", "rest"))).items[0]
    unrelated = judged(RULES, item_of((WOMEN, "F", None), (MEN, "M", None))).items[0]

    assert (found.family_size, unrelated.family_size) == (2, 4)
    one, other = (line.hypotheses for line in found.lines)
    assert one[0].p_fail == pytest.approx(other[1].p_fail)
    # 46 of 200 against 90 of 200: the same event, once "below 0.80" and once "above 1.25"
    assert one[0].p_fail_adjusted == other[1].p_fail_adjusted == pytest.approx(2 * one[0].p_fail)
    assert unrelated.lines[0].hypotheses[0].p_fail_adjusted > one[0].p_fail_adjusted


def test_counting_a_comparison_once_finds_what_counting_it_twice_misses():
    # p at 0.80 is 0.016: above 0.05 / 4 and below 0.05 / 2
    evidence = TwoProportions(x=64, n=200, x0=102, n0=200)
    mirror = TwoProportions(x=102, n=200, x0=64, n0=200)

    once = judged(RULES, item_of((evidence, "F", "rest"), (mirror, "M", "rest"))).items[0]
    twice = judged(RULES, item_of((evidence, "F", None), (mirror, "M", None))).items[0]

    assert 0.05 / 4 < once.lines[0].hypotheses[0].p_fail < 0.05 / 2
    assert {line.outcome for line in once.lines} == {Outcome.FAIL}
    assert {line.outcome for line in twice.lines} == {Outcome.INCONCLUSIVE}


def test_all_pairs_in_both_directions_are_each_counted_once():
    third = TwoProportions(x=45, n=100, x0=46, n0=200)
    pairs = [
        (WOMEN, "F", "M"),
        (MEN, "M", "F"),
        (third, "X", "F"),
        (TwoProportions(x=46, n=200, x0=45, n0=100), "F", "X"),
        (TwoProportions(x=45, n=100, x0=90, n0=200), "X", "M"),
        (TwoProportions(x=90, n=200, x0=45, n0=100), "M", "X"),
    ]

    found = judged(RULES, item_of(*pairs)).items[0]

    assert found.family_size == 6  # three pairs, two bounds
    assert len(found.lines) == 6


def test_bounds_that_are_not_each_others_inverse_stay_tests_of_their_own():
    part = {**RATIO, "limit": {**RATIO["limit"], "max": "1.2"}}
    rules = policy({"AA-01": control(parts=[part], per="group")})

    found = judged(rules, item_of((WOMEN, "F", "rest"), (MEN, "M", "rest"))).items[0]

    assert found.family_size == 4


def test_small_tables_of_one_comparison_have_one_p():
    one, other = (
        TwoProportions(x=1, n=20, x0=18, n0=30),
        TwoProportions(x=18, n=30, x0=1, n0=20),
    )
    found = judged(RULES, item_of((one, "F", "rest"), (other, "M", "rest"))).items[0]

    first, second = (line.hypotheses for line in found.lines)
    assert first[0].p_fail == second[1].p_fail
    assert first[0].p_fail_adjusted == 2 * first[0].p_fail


def test_named_family_keeps_its_size_and_counts_a_comparison_once_against_it():
    def found(size):
        rules = policy(
            {"AA-01": control(parts=[RATIO], per="group", family="fairness")},
            families={"fairness": size},
        )
        return judged(rules, item_of((WOMEN, "F", "rest"), (MEN, "M", "rest")))

    two = found("2").items[0]
    assert (two.outcome, two.family_size) == (Outcome.FAIL, 2)
    ten = found("10").items[0].lines[0].hypotheses[0]
    assert ten.p_fail_adjusted == pytest.approx(10 * ten.p_fail)
    # a fail stands whatever else is wrong, but the family is said to be miscounted
    assert any(line.outcome is Outcome.ERROR for line in found("1").items[0].lines)


def test_parts_of_a_control_do_not_stand_in_for_one_another():
    rules = policy({"AA-01": control(parts=[RATIO, RATIO], per="group")})
    item = item_of((WOMEN, "F", "rest"))
    parts = (item.parts[0], replace(item_of((MEN, "M", "rest")).parts[0], index=1))

    found = judged(rules, replace(item, parts=parts)).items[0]

    assert found.family_size == 4


def test_bounded_p_changes_no_decision_of_the_family():
    # the second group is small and nowhere near a bound: its p is a bound, and not below alpha
    small = TwoProportions(x=9, n=20, x0=90, n0=200)
    item = measured("AA-01", WOMEN, small, group="e", labels=("F", "X"))

    first, second = judged(RULES, item).items[0].lines

    assert all(h.p_fail_bounded for h in second.hypotheses)
    assert all(h.p_fail_adjusted >= 0.05 for h in second.hypotheses)
    # four tests: the smallest p is multiplied by 4 whatever the others are
    smallest = min(h.p_fail for h in first.hypotheses)
    assert min(h.p_fail_adjusted for h in first.hypotheses) == pytest.approx(4 * smallest)

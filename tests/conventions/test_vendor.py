"""A vendor's figures follow from our counts, or from another formula, or not at all."""

import math

import pytest

from rai_check.conventions import Confusion, Figure, reconcile_vendor
from rai_check.errors import UsageError

# picked 40 and 60 of 100: difference 0.2, ratio 1.5 or its inverse 0.6667
A = Confusion(label="A", tp=30, fp=10, fn=10, tn=50)
B = Confusion(label="B", tp=45, fp=15, fn=5, tn=35)
NO_NEED = Confusion(label="B", tp=0, fp=10, fn=0, tn=90)


def one(name, figure, groups=(A, B), **more):
    (found,) = reconcile_vendor(name, groups, [figure], reference="A", **more)
    return found


def test_figure_printed_to_four_places_follows():
    found = one("fairlearn", Figure(name="demographic_parity_ratio", value=0.6667))

    assert found.agrees
    assert found.ours == pytest.approx(2 / 3)
    assert found.sentence.endswith("follows from our counts.")


def test_figure_of_another_convention_is_recognised():
    found = one("fairlearn", Figure(name="demographic_parity_ratio", value=1.5))

    assert not found.agrees
    assert found.given_by == ("aif360", "aequitas", "clarify")
    assert "aif360 or aequitas or clarify" in found.sentence


def test_sign_turned_is_recognised():
    # AIF360 gives 0.6 - 0.4; Clarify's DPPL of B is 0.4 - 0.6
    found = one("aif360", Figure(name="statistical_parity_difference", value=-0.2))

    assert not found.agrees
    assert found.given_by == ("clarify",)


def test_figure_that_no_formula_gives_tells_of_other_counts():
    found = one("clarify", Figure(name="DI", value=1.2, group="B"))

    assert not found.agrees
    assert found.given_by == ()
    assert "counts behind it must differ" in found.sentence


@pytest.mark.parametrize(("value", "agrees"), [(0.67, True), (0.66, False), (0.68, False)])
def test_places_say_how_near_is_near_enough(value, agrees):
    figure = Figure(name="demographic_parity_ratio", value=value)

    assert one("fairlearn", figure, places=2).agrees is agrees


def test_number_that_an_engine_makes_of_nothing_agrees_with_itself_only():
    groups = (A, NO_NEED)
    name = "equal_opportunity_difference"
    nothing = one("aif360", Figure(name=name, value=math.nan), groups)
    zero = one("aif360", Figure(name=name, value=0.75), groups)

    assert nothing.agrees
    assert nothing.given_by == ("aif360",)
    assert not zero.agrees
    assert zero.given_by == ("fairlearn", "clarify")  # both take B's 0/0 for 0.0: 0.75 - 0


def test_yes_and_no_are_not_numbers():
    # 1.5 is outside 0.8 to 1.25
    assert one("aequitas", Figure(name="Impact Parity", value=False, group="B")).agrees
    assert not one("aequitas", Figure(name="Impact Parity", value=0.0, group="B")).agrees


def test_infinite_ratio_agrees_with_itself():
    nobody = Confusion(label="A", tp=0, fp=0, fn=40, tn=60)

    assert one("clarify", Figure(name="DI", value=math.inf, group="B"), (nobody, B)).agrees
    assert not one("clarify", Figure(name="DI", value=10.0, group="B"), (nobody, B)).agrees


def test_unknown_figure_suggests_a_near_one():
    with pytest.raises(UsageError, match="Did you mean 'disparate_impact'"):
        one("aif360", Figure(name="disparate_impct", value=1.0))


def test_figure_of_a_group_must_name_it():
    with pytest.raises(UsageError, match="which group"):
        one("clarify", Figure(name="DI", value=1.5))


def test_conventions_without_a_reference_need_none():
    printed = [Figure(name="demographic_parity_difference", value=0.2)]

    (found,) = reconcile_vendor("fairlearn", (A, B), printed)

    assert found.agrees
    assert found.given_by == ("fairlearn", "clarify")  # the others cannot be asked

"""Groups compared: who with whom, what is refused and in which words, what is promised."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects import PLAN, PREDICTION, TRUTH, open_project, rows
from rai_check.check import Missing
from rai_check.fairness import METRICS, compare, compare_rates, count, cube_of, planned, refusal
from rai_check.fairness.compare import lines, pairs
from rai_check.measurement import NOT_KNOWN, Proportion, TwoProportions, Undefined, where
from rai_check.project import Role
from role_tables import decided, labelled, role_table

SELECTION = METRICS["selection"]
LINES = rows(a_yes=30, a_no=70, b_yes=20, b_no=20, c_yes=10, c_no=50)


def counted_of(lines_, metric=SELECTION):
    table = decided([tuple(line.split(",")) for line in lines_], "one", "says", one=labelled("abc"))
    cube = cube_of(table, ("one",))
    return cube, count(cube, ("one",), metric, pool_below=10)


def compared(lines_, **arguments):
    return compare(*counted_of(lines_), **{"against": "rest", **arguments})


def judged(result):
    return [m for m in result.measurements if not m.information]


def test_each_group_is_set_against_everyone_else():
    _, counted = counted_of(LINES)

    assert [(g.label, other.label, other.n) for g, other in pairs(counted, "rest")] == [
        ("A", "rest", 100), ("B", "rest", 160), ("C", "rest", 140),
    ]  # fmt: skip


def test_reference_is_not_compared_with_itself_and_its_place_is_not_promised():
    result = compared(LINES, against="B")

    assert [(m.where, m.against) for m in judged(result)] == [
        (where(one="A"), "B"), (where(one="C"), "B"),
    ]  # fmt: skip
    assert result.expected == (where(one="A"), where(one="C"))


def test_reference_that_is_not_there_is_missing_evidence_with_a_suggestion():
    with pytest.raises(Missing, match="reference group"):
        compared(LINES, against="Z")


def test_reference_that_is_too_small_is_missing_evidence():
    with pytest.raises(Missing, match="too few rows"):
        compared([*LINES[:-60], "c,yes"], against="C")


def test_all_pairs_of_one_group_have_nobody_to_be_compared_with():
    result = compared(rows(a_yes=3, b_no=3), against="all-pairs")

    assert [m.evidence.code for m in judged(result)] == ["nobody_beside"]


def test_all_pairs_go_both_ways():
    _, counted = counted_of(LINES)

    assert len(list(pairs(counted, "all-pairs"))) == 6


def test_fewer_than_two_groups_are_missing_evidence():
    table = decided([("a", "yes")] * 20, "one", "says", one=labelled("a"))
    cube = cube_of(table, ("one",))

    with pytest.raises(Missing, match="fewer than two groups"):
        compare(cube, count(cube, ("one",), SELECTION, pool_below=10), against="rest")


def test_groups_that_are_all_small_are_one_and_have_nobody_to_be_compared_with():
    result = compared(rows(a_yes=3, b_no=3, c_no=3))

    assert [m.evidence.code for m in judged(result)] == ["nobody_beside"]
    assert result.absent() == ()


def test_nobody_selected_is_measured():
    result = compared([*rows(a_no=50, b_no=50), "c,yes"])

    by_group = {dict(m.where)["one"]: m.evidence for m in judged(result)}
    assert by_group["A"] == TwoProportions(x=0, n=50, x0=1, n0=51)


def test_refusal_takes_the_place_of_every_line_and_nothing_is_shown_beside():
    no = Undefined(code="why", text="because", mendable=True)

    result = compared(LINES, refusal=no)

    assert {m.evidence for m in result.measurements} == {no}
    assert len(result.measurements) == 3
    assert result.absent() == ()


def test_not_known_is_shown_and_not_compared():
    result = compared([*LINES, *[",yes"] * 7])

    shown = [m for m in result.measurements if m.where == where(one=NOT_KNOWN)]
    assert [m.evidence for m in shown] == [Proportion(x=7, n=7)]
    assert all(m.information for m in shown)


@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "b", "c", None]), st.sampled_from(["yes", "no", None])),
        max_size=60,
    ),
    st.sampled_from(["rest", "all-pairs"]),
)
@settings(max_examples=40, deadline=None)
def test_every_promised_group_comes_back(rows_, against):
    table = decided(rows_, "one", "says", one=labelled("abc"))
    cube = cube_of(table, ("one",))

    result = compare(cube, count(cube, ("one",), SELECTION, pool_below=10), against=against)

    assert result.measurements
    assert result.absent() == ()
    for m in judged(result):
        assert m.known <= m.total
        assert isinstance(m.evidence, TwoProportions | Undefined)


def test_lines_carry_a_name_and_evidence_of_their_own():
    _, counted = counted_of(LINES)

    result = lines(counted, lambda g, other: Proportion(x=g.n, n=g.n + other.n), metric="share")

    assert [m.metric for m in result.measurements] == ["share"] * 3
    assert [m.evidence for m in result.measurements] == [
        Proportion(x=100, n=200), Proportion(x=40, n=200), Proportion(x=60, n=200),
    ]  # fmt: skip


def refused(rate, columns, frame, **spec):
    table = role_table(pd.DataFrame(frame), {"one": labelled("ab"), **columns}, **spec)
    found = refusal(table, cube_of(table, ("one",)), METRICS[rate])
    return found and found.code


FRAME = {"one": ["a", "b"], "says": ["yes", "no"], "truth": ["yes", "no"], "w": ["1", "2"]}
BOTH = {"says": PREDICTION, "truth": TRUTH}


def test_truth_of_the_selected_alone_is_enough_for_precision_only():
    for rate in METRICS:
        fine = rate in {"selection", "precision", "fdr"}
        code = refused(rate, BOTH, FRAME, outcome_known="selected")
        assert code == (None if fine else "selected")


def test_prediction_that_does_not_fit_spoils_every_rate_and_truth_those_that_need_it():
    odd = {**PREDICTION, "positive": ["Y"]}
    odd_truth = {**TRUTH, "positive": ["Y"]}

    assert refused("selection", {**BOTH, "says": odd}, FRAME) == "no_positive"
    assert refused("tpr", {**BOTH, "truth": odd_truth}, FRAME) == "no_positive"
    assert refused("selection", {**BOTH, "truth": odd_truth}, FRAME) is None


@pytest.mark.parametrize("weight", ["0", "-1", "", "heavy", "nan", "inf", "-0.0"])
def test_weight_that_is_not_above_zero_is_refused(weight):
    columns = {**BOTH, "w": {"means": "weight"}}

    assert refused("selection", columns, {**FRAME, "w": ["1", weight]}) == "weights"
    assert refused("selection", columns, FRAME) is None


def test_plan_is_by_name_and_the_base_rate_is_for_selection_alone(tmp_path):
    plan = {**PLAN, "base_rate": "0.4", "base_rates": {"precision": "0.7"}}
    project = open_project(tmp_path, lines=["a,yes"], fairness_plan=plan)

    assert planned(project, SELECTION) == 0.4
    assert planned(project, METRICS["precision"]) == 0.7
    assert planned(project, METRICS["tpr"]) is None


def test_without_a_plan_nothing_is_planned(tmp_path):
    project = open_project(tmp_path, lines=["a,yes"], fairness_plan=None)

    assert planned(project, SELECTION) is None


def test_plan_goes_with_every_line(tmp_path):
    project = open_project(tmp_path, lines=rows(a_yes=30, a_no=20, b_yes=10, b_no=20))

    result = compare_rates(
        project,
        project.table(Role.DECISIONS),
        ("group",),
        SELECTION,
        against="rest",
        pool_below=10,
    )

    assert {m.planned_rate for m in judged(result)} == {0.5}

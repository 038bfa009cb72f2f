"""Counts worked by hand; degenerate tables; agreement with fairlearn."""

import pytest

from projects import GROUP, PREDICTION, decisions, open_project, rows
from rai_check.check import Missing
from rai_check.checks.selection_rate import selection_rate
from rai_check.errors import DataError
from rai_check.measurement import Exact, Proportion, TwoProportions, Undefined, where

LABELS = {"a": "A", "b": "B", "c": "C"}
THREE = {**GROUP, "labels": LABELS}


def measure(folder, lines, column=THREE, prediction=PREDICTION, **parameters):
    project = open_project(
        folder, lines=lines, tables={"decisions": decisions(group=column, says=prediction)}
    )
    return selection_rate(project, by="group", **parameters)


def judged(result):
    return {dict(m.where)["group"]: m for m in result.measurements if not m.information}


def test_each_group_is_set_against_everyone_else(tmp_path):
    # a 30 of 100, b 20 of 40, c 10 of 60: the rest of a is 30 of 100, of b 40 of 160 ...
    lines = rows(a_yes=30, a_no=70, b_yes=20, b_no=20, c_yes=10, c_no=50)

    found = judged(measure(tmp_path, lines))

    assert found["A"].evidence == TwoProportions(x=30, n=100, x0=30, n0=100)
    assert found["B"].evidence == TwoProportions(x=20, n=40, x0=40, n0=160)
    assert found["C"].evidence == TwoProportions(x=10, n=60, x0=50, n0=140)
    assert {m.against for m in found.values()} == {"rest"}


def test_reference_group_and_all_pairs(tmp_path):
    lines = rows(a_yes=30, a_no=70, b_yes=20, b_no=20, c_yes=10, c_no=50)

    reference = judged(measure(tmp_path, lines, against="A"))
    pairs = measure(tmp_path, lines, against="all-pairs").measurements

    assert measure(tmp_path, lines, against="all-pairs").absent() == ()
    assert measure(tmp_path, lines, against="A").absent() == ()
    assert set(reference) == {"B", "C"}
    assert reference["B"].evidence == TwoProportions(x=20, n=40, x0=30, n0=100)
    assert [(dict(m.where)["group"], m.against) for m in pairs if not m.information] == [
        ("A", "B"), ("A", "C"), ("B", "A"), ("B", "C"), ("C", "A"), ("C", "B"),
    ]  # fmt: skip
    with pytest.raises(Missing, match="reference group"):
        measure(tmp_path, lines, against="Z")


def test_groups_under_ten_are_pooled_and_still_measured(tmp_path):
    lines = rows(a_yes=50, a_no=50, b_yes=3, b_no=3, c_yes=1, c_no=7)

    result = measure(tmp_path, lines)

    found = judged(result)
    assert found["small groups together"].evidence == TwoProportions(x=4, n=14, x0=50, n0=100)
    assert found["small groups together"].members == ("B", "C")
    assert result.absent() == ()


def test_worst_pair_and_fairlearn_are_beside_it(tmp_path):
    lines = rows(a_yes=30, a_no=70, b_yes=20, b_no=20, c_yes=10, c_no=50)

    beside = {m.metric: m for m in measure(tmp_path, lines).measurements if m.information}

    worst = beside["selection rate, lowest against highest"]
    assert (worst.where, worst.against) == (where(group="C"), "B")
    agreed = beside["largest difference from fairlearn's rates"]
    assert agreed.evidence == Exact(value=0.0)
    assert "fairlearn" in agreed.notes[0]
    rates = [m for m in measure(tmp_path, lines).measurements if "of each group" in m.metric]
    assert rates[0].evidence == Proportion(x=30, n=100)


def test_unknown_group_and_unknown_outcome_count_against_the_known_share(tmp_path):
    lines = rows(a_yes=20, a_no=20, b_yes=20, b_no=20) + [",yes"] * 10 + ["a,"] * 10

    (one, *_) = judged(measure(tmp_path, lines)).values()

    assert (one.known, one.total) == (80, 100)


def test_not_known_prediction_is_left_out(tmp_path):
    lines = rows(a_yes=20, a_no=20, b_yes=20, b_no=20, a_pending=50)

    found = judged(measure(tmp_path, lines, prediction={**PREDICTION, "not_known": ["pending"]}))

    assert found["A"].evidence == TwoProportions(x=20, n=40, x0=20, n0=40)


def test_positive_value_that_never_occurs_is_undefined_not_zero(tmp_path):
    lines = rows(a_Yes=20, a_no=20, b_Yes=20, b_no=20)

    found = judged(measure(tmp_path, lines))

    assert all(isinstance(m.evidence, Undefined) for m in found.values())
    assert found["A"].evidence.code == "no_positive"


@pytest.mark.parametrize("lines", [[], ["a,yes"], rows(a_yes=50, a_no=50)])
def test_nobody_to_compare_with_is_undefined(tmp_path, lines):
    found = judged(measure(tmp_path, lines))

    assert found
    assert all(isinstance(m.evidence, Undefined) for m in found.values())


def test_one_group_alone_is_missing_evidence(tmp_path):
    with pytest.raises(Missing, match="fewer than two groups"):
        measure(tmp_path, rows(a_yes=50, a_no=50), column={**GROUP, "labels": {"a": "A"}})


def test_column_that_is_not_there_is_named_with_a_suggestion(tmp_path):
    project = open_project(
        tmp_path,
        lines=["a,yes"],
        header="gruop,says",
        tables={"decisions": decisions(group=THREE, says=PREDICTION)},
    )

    with pytest.raises(DataError, match=r"(?i)did you mean 'gruop'"):
        selection_rate(project, by="group")


def test_score_is_cut_at_the_declared_threshold(tmp_path):
    score = {"means": "prediction", "at_least": "0.5", "positive_is": "unfavourable"}
    lines = ["a,0.5"] * 10 + ["a,0.4"] * 30 + ["b,0.9"] * 20 + ["b,-1"] * 20
    odd = ["a,nan", "a,inf", "b,text", "b,"]

    found = judged(measure(tmp_path, lines + odd, GROUP, prediction=score))

    assert found["Group A"].evidence == TwoProportions(x=10, n=40, x0=20, n0=40)
    assert (found["Group B"].known, found["Group B"].total) == (80, 84)


def with_units(folder, units):
    """50 rows of A, all picked, and 50 of B, none picked, with these units in turn."""
    tables = {"decisions": decisions(group=THREE, says=PREDICTION, who={"means": "unit"})}
    pairs = [("a", "yes"), ("b", "no")] * 50
    lines = [f"{g},{s},{unit}" for (g, s), unit in zip(pairs, units, strict=True)]
    project = open_project(folder, lines=lines, header="group,says,who", tables=tables)
    return judged(selection_rate(project, by="group"))


def test_rows_that_repeat_a_person_are_worth_fewer(tmp_path):
    found = with_units(tmp_path, [i % 30 for i in range(100)])["A"].evidence

    # 15 people a side: ten with 3 rows and five with 4; every rate is 0 or 1, so their rows are
    # taken as wholly alike: 50 x 50 / (10 x 9 + 5 x 16) = 14.7 independent rows
    assert (found.x, found.n, found.x0, found.n0) == (50, 50, 0, 50)
    assert (found.design.rate, found.design.rate0) == (1.0, 0.0)
    assert found.design.effective == pytest.approx(2500 / 170)
    assert found.design.units == found.design.units0 == 14  # that would count alike


def test_group_of_few_people_with_many_rows_is_small(tmp_path):
    found = with_units(tmp_path, [i % 10 for i in range(100)])

    # five people a side, ten rows each: neither group can stand alone
    assert set(found) == {"small groups together"}
    assert found["small groups together"].evidence.code == "nobody_beside"


def test_rows_that_do_not_repeat_a_person_stand_alone(tmp_path):
    found = with_units(tmp_path, range(100))["A"].evidence

    assert found == TwoProportions(x=50, n=50, x0=0, n0=50)


def test_order_of_rows_never_matters(tmp_path):
    lines = rows(a_yes=30, a_no=70, b_yes=20, b_no=20)

    assert measure(tmp_path, lines) == measure(tmp_path, lines[::-1])


@pytest.mark.parametrize("against", ["rest", "all-pairs"])
@pytest.mark.parametrize("limit", [{"min": 0.8}, {"min": 0.8, "max": 1.25}])
def test_names_of_groups_and_order_of_rows_never_matter_from_file_to_verdict(
    tmp_path, against, limit
):
    from random import Random

    from builders import control
    from projects import write_project
    from rai_check.assess import run

    part = {"check": "selection-rate", "with": {"against": against}}
    part["limit"] = {"of": "ratio", "whose": "o", **limit}
    lines = rows(a_yes=600, a_no=1400, b_yes=1200, b_no=800, c_yes=620, c_no=1380)

    def outcomes(names, order):
        column = {"means": "group", "labels": dict(zip("abc", names, strict=True))}
        path = write_project(
            tmp_path,
            lines=Random(order).sample(lines, len(lines)),  # noqa: S311 - a shuffle
            controls={"AA-01": control(per="group", parts=[part])},
            tables={"decisions": decisions(group=column, says=PREDICTION)},
        )
        judgement = run(path).judgement
        return judgement.verdict, sorted(x.outcome for x in judgement.items[0].lines)

    first = outcomes(("A", "B", "C"), 1)
    assert first[0].value == "fail"
    assert outcomes(("Zed", "Bee", "Sea"), 2) == first
    assert outcomes(("M", "Z", "A"), 3) == first


def test_several_values_besides_the_positive_ones_must_be_declared(tmp_path):
    lines = rows(a_yes=20, a_no=20, b_yes=20, b_no=20, b_pending=300)
    listed = {**PREDICTION, "negative": ["no"]}

    unclear = judged(measure(tmp_path, lines))
    clear = judged(measure(tmp_path, lines, prediction=listed))

    assert {m.evidence.code for m in unclear.values()} == {"undeclared_values"}
    assert clear["B"].evidence == TwoProportions(x=20, n=40, x0=20, n0=40)
    assert (clear["B"].known, clear["B"].total) == (40, 340)


def test_undeclared_groups_are_tested_and_do_not_count_as_known(tmp_path):
    lines = rows(a_yes=20, a_no=20, b_yes=20, b_no=20, zz_yes=200, zz_no=200)

    found = judged(measure(tmp_path, lines))

    assert found["undeclared group 1"].evidence.n == 400
    assert (found["A"].known, found["A"].total) == (80, 480)


def test_group_whose_outcomes_are_all_unknown_stands_alone_and_is_undefined(tmp_path):
    lines = [*rows(a_yes=50, a_no=50, b_yes=3, b_no=4), *["c,"] * 60]

    found = judged(measure(tmp_path, lines))

    assert set(found) == {"A", "C", "small groups together"}
    assert found["C"].evidence.code == "nobody"


def test_score_that_means_not_known_is_not_a_score(tmp_path):
    score = {
        "means": "prediction", "at_least": "50", "not_known": ["999"], "positive_is": "favourable",
    }  # fmt: skip
    lines = rows(a_80=40, a_10=30, a_999=30, b_80=40, b_10=30, b_999=30)

    found = judged(measure(tmp_path, lines, GROUP, prediction=score))

    assert found["Group A"].evidence == TwoProportions(x=40, n=70, x0=40, n0=70)
    assert (found["Group A"].known, found["Group A"].total) == (140, 200)


def test_rows_without_a_unit_are_not_known(tmp_path):
    found = with_units(tmp_path, [""] * 100)

    assert {m.evidence.code for m in found.values()} == {"nobody"}
    assert {(m.known, m.total) for m in found.values()} == {(0, 100)}


def test_rows_without_a_unit_are_left_out_beside_others(tmp_path):
    found = with_units(tmp_path, [*range(60), *range(40, 60), *[""] * 20])["A"]

    assert found.evidence.n == 40
    # 20 people with one row a side and 10 with two: 40 x 40 / (20 + 40) = 26.7 that count alike
    assert found.evidence.design.units == 26
    assert (found.known, found.total) == (80, 100)


def test_sampling_weights_count_rows_as_what_they_stand_for(tmp_path):
    tables = {"decisions": decisions(group=GROUP, says=PREDICTION, w={"means": "weight"})}
    # a: 20 picked of weight 3 and 40 passed over of weight 1: 60 of 100
    lines = ["a,yes,3"] * 20 + ["a,no,1"] * 40 + ["b,yes,1"] * 20 + ["b,no,1"] * 30
    project = open_project(tmp_path, lines=lines, header="group,says,w", tables=tables)

    found = judged(selection_rate(project, by="group"))["Group A"].evidence

    assert (found.x, found.n) == (20, 60)
    assert found.rates == (pytest.approx(0.6), pytest.approx(0.4))
    assert found.design.weighted


@pytest.mark.parametrize("weight", ["0", "-2", ""])
def test_weights_not_above_zero_are_refused_as_something_to_mend(tmp_path, weight):
    tables = {"decisions": decisions(group=GROUP, says=PREDICTION, w={"means": "weight"})}
    lines = ["a,yes,1"] * 20 + ["b,no,1"] * 20 + [f"b,yes,{weight}"]
    project = open_project(tmp_path, lines=lines, header="group,says,w", tables=tables)

    found = judged(selection_rate(project, by="group"))

    assert {(m.evidence.code, m.evidence.mendable) for m in found.values()} == {("weights", True)}


def test_declared_values_that_never_occur_are_something_to_mend_with_negatives_too(tmp_path):
    listed = {**PREDICTION, "negative": ["no"]}

    found = judged(measure(tmp_path, rows(a_Yes=20, a_No=20, b_Yes=20), prediction=listed))

    assert {(m.evidence.code, m.evidence.mendable) for m in found.values()} == {
        ("no_positive", True)
    }

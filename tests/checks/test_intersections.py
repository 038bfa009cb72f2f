"""Where characteristics meet: every combination compared or named."""

import pytest

from projects import PREDICTION, TRUTH, decisions, open_project
from rai_check.check import Missing
from rai_check.checks.intersections import intersections
from rai_check.errors import UsageError
from rai_check.measurement import SMALL_GROUPS, Exact, Proportion, TwoProportions, Undefined, where


def group(values):
    return {"means": "group", "labels": {v: v.upper() for v in values}}


COLUMNS = {"sex": group("fm"), "age": group("yo"), "eth": group("wb"), "says": PREDICTION}
HEADER = "sex,age,eth,says"
# women and men alike (50 of 100), young and old alike, but young women and old men are picked
# 10 times of 50 and the other two 40 times
CROSSED = [
    *["f,y,w,yes"] * 10, *["f,y,w,no"] * 40, *["f,o,w,yes"] * 40, *["f,o,w,no"] * 10,
    *["m,y,b,yes"] * 40, *["m,y,b,no"] * 10, *["m,o,b,yes"] * 10, *["m,o,b,no"] * 40,
]  # fmt: skip


def measure(folder, lines=CROSSED, *, specs=COLUMNS, header=HEADER, **parameters):
    tables = {"decisions": decisions(**specs)}
    project = open_project(folder, lines=lines, header=header, tables=tables)
    return intersections(project, **parameters)


def judged(result, *columns):
    found = (m for m in result.measurements if not m.information)
    return {
        tuple(label for _, label in m.where): m
        for m in found
        if not columns or tuple(key for key, _ in m.where) == columns
    }


def coverage(result):
    return {m.metric: m for m in result.measurements if m.metric.startswith("combinations")}


def test_what_each_characteristic_hides_shows_where_they_meet(tmp_path):
    found = judged(measure(tmp_path), "age", "sex")

    assert found["Y", "F"].evidence == TwoProportions(x=10, n=50, x0=90, n0=150)
    assert found["O", "F"].evidence == TwoProportions(x=40, n=50, x0=60, n0=150)
    assert found["Y", "F"].where == where(age="Y", sex="F")
    assert found["Y", "F"].against == "rest"


def test_every_pair_of_group_columns_is_crossed(tmp_path):
    result = measure(tmp_path)

    crossings = {tuple(key for key, _ in m.where) for m in result.measurements if len(m.where) > 1}
    assert crossings == {("age", "eth"), ("age", "sex"), ("eth", "sex")}
    assert len(coverage(result)) == 3


def test_three_deep_and_chosen_columns(tmp_path):
    deep = measure(tmp_path, deep="3")
    chosen = measure(tmp_path, columns=["sex", "eth"])

    assert {len(m.where) for m in deep.measurements if not m.information} == {3}
    assert list(coverage(deep)) == ["combinations of age and eth and sex compared on their own"]
    assert list(coverage(chosen)) == ["combinations of eth and sex compared on their own"]


def test_small_combinations_are_put_together_and_named_with_those_of_nobody(tmp_path):
    lines = [*CROSSED, *["f,y,b,yes"] * 4]  # young Black women: 4; nobody else is f and b

    result = measure(tmp_path, lines, columns=("eth", "sex"))

    found = judged(result)
    assert set(found) == {("W", "F"), ("B", "M"), (SMALL_GROUPS, SMALL_GROUPS)}
    together = found[SMALL_GROUPS, SMALL_GROUPS]
    assert together.evidence == TwoProportions(x=4, n=4, x0=100, n0=200)
    assert together.members == ("B & F", "W & M")
    (beside,) = coverage(result).values()
    assert beside.evidence == Exact(value=2)
    assert "other 2" in beside.notes[0]
    assert beside.members == ()


def test_combinations_of_nobody_are_named_where_none_is_small(tmp_path):
    result = measure(tmp_path, columns=("eth", "sex"))

    (beside,) = coverage(result).values()
    assert beside.evidence == Exact(value=2)
    assert beside.members == ("B & F", "W & M")
    assert not beside.about_people
    assert set(judged(result)) == {("W", "F"), ("B", "M")}


def test_full_crossing_says_so(tmp_path):
    (beside,) = coverage(measure(tmp_path, columns=("age", "sex"))).values()

    assert beside.evidence == Exact(value=4)
    assert beside.notes == ("That is every combination.",)


def test_fairlearn_is_not_asked_of_combinations_but_the_worst_pair_is_named(tmp_path):
    result = measure(tmp_path, columns=("age", "sex"))

    assert not [m for m in result.measurements if "fairlearn" in m.metric]
    worst = next(m for m in result.measurements if m.metric.endswith("lowest against highest"))
    assert (worst.where, worst.against) == (where(age="O", sex="M"), "Y & M")
    own = [m for m in result.measurements if m.metric == "selection rate of each group"]
    assert next(m.evidence for m in own) == Proportion(x=40, n=50)


def test_other_rates_and_all_pairs(tmp_path):
    result = measure(
        tmp_path,
        [f"{line},yes" for line in CROSSED],
        specs={**COLUMNS, "truth": TRUTH},
        header=f"{HEADER},truth",
        columns=("age", "sex"),
        rate="fnr",
        against="all-pairs",
    )

    found = [m for m in result.measurements if not m.information]
    assert len(found) == 12
    assert {m.metric for m in found} == {"false negative rate"}
    # old women (missed 10 of 50) against old men (40 of 50)
    assert found[0].evidence == TwoProportions(x=10, n=50, x0=40, n0=50)
    assert (found[0].where, found[0].against) == (where(age="O", sex="F"), "O & M")


def test_crossing_that_cannot_be_made_is_a_line_and_does_not_hide_the_others(tmp_path):
    result = measure(
        tmp_path,
        [f"{line},v{i}" for i, line in enumerate(CROSSED)],
        specs={**COLUMNS, "ward": {"means": "group"}},
        header=f"{HEADER},ward",
        columns=("age", "sex", "ward"),
    )

    odd = judged(result, "age", "ward")["every group", "every group"]
    assert isinstance(odd.evidence, Undefined)
    assert odd.evidence.mendable
    assert "more than 40 values" in odd.evidence.text
    assert ("Y", "F") in judged(result, "age", "sex")


def test_nothing_but_crossings_that_cannot_be_made_is_missing_evidence(tmp_path):
    specs = {"sex": group("f"), "age": group("y"), "says": PREDICTION}

    with pytest.raises(Missing, match="'age and sex' has fewer than two groups"):
        measure(tmp_path, ["f,y,yes"] * 20, specs=specs, header="sex,age,says")


def test_one_group_column_cannot_meet_another(tmp_path):
    specs = {"sex": group("fm"), "says": PREDICTION}

    with pytest.raises(Missing, match="needs 2 group columns; table 'decisions' has 1"):
        measure(tmp_path, ["f,yes", "m,no"], specs=specs, header="sex,says")


def test_column_that_is_no_group_is_named_with_a_suggestion(tmp_path):
    with pytest.raises(Missing, match=r"'sec'.*Did you mean 'sex'"):
        measure(tmp_path, columns=("sec", "age"))


@pytest.mark.parametrize("wrong", [{"deep": "5"}, {"deep": "1"}, {"rate": "auc"}, {"against": "A"}])
def test_parameters_are_checked_before_data_is_read(tmp_path, wrong):
    with pytest.raises(UsageError):
        measure(tmp_path, **wrong)


def test_truth_of_the_picked_alone_refuses_every_crossing(tmp_path):
    tables = {"decisions": {**decisions(**COLUMNS, truth=TRUTH), "outcome_known": "selected"}}
    lines = [f"{line},yes" for line in CROSSED]
    project = open_project(tmp_path, lines=lines, header=f"{HEADER},truth", tables=tables)

    found = judged(intersections(project, rate="tpr"))

    assert {m.evidence.code for m in found.values()} == {"selected"}


def test_crossings_of_many_groups_are_not_named_one_by_one(tmp_path, monkeypatch):
    monkeypatch.setattr("rai_check.fairness.crossings.MOST_NAMED", 3)

    (beside,) = coverage(measure(tmp_path, columns=("eth", "sex"))).values()

    assert beside.members == ()
    assert "other 2" in beside.notes[0]

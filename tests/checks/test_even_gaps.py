"""Missing values by group, counted by hand, and judged: an uneven gap fails, an even one passes."""

import pytest

from builders import control, judged, policy
from projects import GROUP, PREDICTION, TRUTH, decisions, open_project
from rai_check.check import Missing, NotApplicable
from rai_check.checks.even_gaps import even_gaps
from rai_check.measured import MeasuredItem, PartResult
from rai_check.measurement import TwoProportions, Undefined
from rai_check.outcome import Outcome

SEX = {"means": "group", "characteristic": "sex", "codes": "sex"}
LIMIT = {"of": "difference", "min": "-0.05", "max": "0.05", "whose": "ours"}
RULES = policy({"DP-14": control(per="group", parts=[{"check": "even-gaps", "limit": LIMIT}])})


def measure(folder, lines, header="group,says,true", columns=None, **more):
    columns = columns or {"group": GROUP, "says": PREDICTION, "true": TRUTH}
    project = open_project(
        folder, lines=lines, header=header, tables={"decisions": decisions(**columns)}
    )
    return even_gaps(project, by="group", **more)


def lines_of(**groups):
    """``a=(3, 10)``: three of ten rows of group a have no truth."""
    return [
        f"{name},yes,{'' if i < missing else 'yes'}"
        for name, (missing, n) in groups.items()
        for i in range(n)
    ]


def outcome(result):
    part = PartResult(check="even-gaps", index=0, result=result)
    item = MeasuredItem(control="DP-14", group="group", parts=(part,))
    (found,) = judged(RULES, item).items
    return found.outcome


def test_gaps_of_each_group_are_set_against_everyone_elses(tmp_path):
    found = measure(tmp_path, lines_of(a=(3, 20), b=(1, 30)))

    assert {(dict(m.where)["group"], m.metric): m.evidence for m in found.measurements} == {
        ("Group A", "missing values of 'true'"): TwoProportions(x=3, n=20, x0=1, n0=30),
        ("Group B", "missing values of 'true'"): TwoProportions(x=1, n=30, x0=3, n0=20),
    }


def test_uneven_gaps_fail(tmp_path):
    # 20% against 2%, 400 rows each: 18 points apart, far outside five
    assert outcome(measure(tmp_path, lines_of(a=(80, 400), b=(8, 400)))) is Outcome.FAIL


def test_even_gaps_pass(tmp_path):
    assert outcome(measure(tmp_path, lines_of(a=(20, 400), b=(20, 400)))) is Outcome.PASS


def test_few_rows_can_show_nothing(tmp_path):
    assert outcome(measure(tmp_path, lines_of(a=(2, 25), b=(2, 25)))) is Outcome.INCONCLUSIVE


def test_column_in_which_nothing_is_missing_is_left_out(tmp_path):
    found = measure(tmp_path, lines_of(a=(1, 20), b=(0, 20)))

    assert {m.metric for m in found.measurements} == {"missing values of 'true'"}


def test_nothing_missing_at_all_is_not_applicable(tmp_path):
    with pytest.raises(NotApplicable, match="nothing is missing"):
        measure(tmp_path, lines_of(a=(0, 20), b=(0, 20)))


def test_not_stated_in_another_group_column_is_missing_and_a_stranger_is_not(tmp_path):
    columns = {"group": GROUP, "says": PREDICTION, "eth": {**SEX, "codes": "dfe-ethnicity-5"}}
    lines = ["a,yes,WBRI"] * 8 + ["a,yes,REFU"] * 2 + ["b,no,WBRI"] * 9 + ["b,no,strange"] * 3
    found = measure(tmp_path, lines, header="group,says,eth", columns=columns)

    assert [m.evidence for m in found.measurements] == [
        TwoProportions(x=2, n=10, x0=0, n0=12),
        TwoProportions(x=0, n=12, x0=2, n0=10),
    ]


def test_group_column_that_says_nothing_but_not_stated_is_missing_throughout(tmp_path):
    columns = {"group": GROUP, "says": PREDICTION, "eth": {**SEX, "codes": "dfe-ethnicity-5"}}
    lines = ["a,yes,REFU"] * 20 + ["b,no,"] * 5 + ["b,no,NOBT"] * 25
    found = measure(tmp_path, lines, header="group,says,eth", columns=columns)

    assert [m.evidence for m in found.measurements] == [
        TwoProportions(x=20, n=20, x0=30, n0=30),
        TwoProportions(x=30, n=30, x0=20, n0=20),
    ]


def test_rows_of_no_known_group_are_not_compared_and_count_against_the_known_share(tmp_path):
    lines = [*lines_of(a=(2, 20), b=(2, 20)), *[",yes,"] * 10]
    found = measure(tmp_path, lines)

    assert {(m.known, m.total) for m in found.measurements} == {(40, 50)}


def test_required_column_is_looked_at_and_another_is_not(tmp_path):
    columns = {
        "group": GROUP,
        "says": PREDICTION,
        "why": {"means": "reason", "required": "always"},
        "note": {"means": "other", "purpose": "p"},
    }
    lines = ["a,yes,,", "b,no,x,"] * 15
    found = measure(tmp_path, lines, header="group,says,why,note", columns=columns)

    assert {m.metric for m in found.measurements} == {"missing values of 'why'"}


def test_rows_that_repeat_a_person_are_tested_by_person(tmp_path):
    # 30 people of ten rows each in either group; of group a three people have no truth at all
    rows = [
        f"{g},yes,{'' if g == 'a' and p < 3 else 'yes'},{g}{p}"
        for g in "ab"
        for p in range(30)
        for _ in range(10)
    ]
    columns = {"group": GROUP, "says": PREDICTION, "true": TRUTH, "who": {"means": "unit"}}
    found = measure(tmp_path, rows, header="group,says,true,who", columns=columns)

    a = found.measurements[0].evidence
    assert (a.x, a.n, a.x0, a.n0) == (30, 300, 0, 300)
    assert a.design.units == a.design.units0 == 30
    # rate 0.1; variance between 30 units (27 x 0.1^2 + 3 x 0.9^2) / 900 x 30 / 29: 29 units' worth
    assert a.design.effective == pytest.approx(29.0)


def test_small_groups_are_put_together(tmp_path):
    group = {**GROUP, "labels": {"a": "A", "b": "B", "c": "C"}}
    columns = {"group": group, "says": PREDICTION, "true": TRUTH}
    found = measure(tmp_path, lines_of(a=(2, 40), b=(1, 4), c=(0, 5)), columns=columns)

    pooled = {m.members: m.evidence for m in found.measurements}
    assert pooled["B", "C"] == TwoProportions(x=1, n=9, x0=2, n0=40)


def test_declared_group_without_a_row_is_not_silent(tmp_path):
    group = {**GROUP, "labels": {"a": "A", "b": "B", "c": "C"}}
    columns = {"group": group, "says": PREDICTION, "true": TRUTH}
    found = measure(tmp_path, lines_of(a=(2, 40), b=(1, 40)), columns=columns, pool_below="2")

    assert not found.absent()
    assert any(isinstance(m.evidence, Undefined) or "C" in m.members for m in found.measurements)


def test_table_without_rows_or_outcomes_is_missing(tmp_path):
    with pytest.raises(Missing, match="no rows"):
        measure(tmp_path, [])
    with pytest.raises(Missing, match="no column that results rest on"):
        measure(tmp_path, ["a", "b"], "group", {"group": GROUP})

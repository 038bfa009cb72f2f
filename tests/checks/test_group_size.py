"""Sizes by hand, and what so many could show at the planned base rate."""

import pytest

from projects import GROUP, PLAN, PREDICTION, decisions, open_project, rows
from rai_check.check import Missing
from rai_check.checks.group_size import group_size
from rai_check.measurement import Exact, Undefined

THREE = {**GROUP, "labels": {"a": "A", "b": "B", "c": "C"}}


def measure(folder, lines, header="group,says", **more):
    columns = {"group": THREE, "says": PREDICTION, **more.pop("columns", {})}
    tables = {"decisions": decisions(**columns)}
    project = open_project(folder, lines=lines, header=header, tables=tables, **more)
    found = group_size(project, by="group").measurements
    return {(dict(m.where)["group"], m.metric): m for m in found}


def test_sizes_and_expected_events_at_the_planned_rate(tmp_path):
    # base rate 0.1: of 40 people 4 positive outcomes are expected, of 300 thirty.
    lines = rows(a_yes=100, a_no=200, b_yes=40)
    found = measure(tmp_path, lines, fairness_plan={**PLAN, "base_rate": "0.1"})

    assert found["A", "group size"].evidence == Exact(value=300)
    assert found["B", "group size"].evidence == Exact(value=40)
    assert found["B", "expected events"].evidence == Exact(value=4.0)
    assert found["C", "group size"].evidence == Exact(value=0)


def test_expected_events_are_the_rarer_of_the_two_outcomes(tmp_path):
    found = measure(tmp_path, rows(a_yes=100), fairness_plan={**PLAN, "base_rate": "0.9"})

    assert found["A", "expected events"].evidence == Exact(value=10.0)


def test_what_so_many_could_show_is_information(tmp_path):
    found = measure(tmp_path, rows(a_yes=150, a_no=150, b_yes=50, b_no=50))

    needed = found["B", "rows needed to show similar rates"]
    # At base rate 0.5 and ratio 0.8, about 154 in a group against a large rest.
    assert 150 <= needed.evidence.value <= 158
    assert needed.information
    below = found["B", "largest ratio below 1 that would have been seen"].evidence.value
    above = found["B", "smallest ratio above 1 that would have been seen"].evidence.value
    assert 0.5 < below < 1 < above < 1.5
    nobody = found["C", "largest ratio below 1 that would have been seen"].evidence
    assert isinstance(nobody, Undefined)


def test_people_are_counted_where_rows_repeat_them(tmp_path):
    lines = [f"a,yes,{i % 7}" for i in range(50)] + [f"b,no,x{i}" for i in range(9)]
    found = measure(tmp_path, lines, header="group,says,who", columns={"who": {"means": "unit"}})

    assert found["A", "group size"].evidence == Exact(value=7)
    assert found["B", "group size"].evidence == Exact(value=9)


def test_without_a_plan_there_is_no_base_rate(tmp_path):
    with pytest.raises(Missing, match="fairness_plan"):
        measure(tmp_path, rows(a_yes=3), fairness_plan=None)


def test_no_known_group_is_missing_evidence(tmp_path):
    project = open_project(
        tmp_path,
        lines=[",yes"],
        tables={"decisions": decisions(group={"means": "group", "codes": "sex"}, says=PREDICTION)},
    )

    with pytest.raises(Missing, match="no known group"):
        group_size(project, by="group")

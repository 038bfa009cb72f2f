"""Rates conditional on the truth, worked by hand."""

import pytest

from projects import GROUP, PREDICTION, TRUTH, decisions, open_project, rows
from rai_check.checks.error_rate import error_rate
from rai_check.measurement import TwoProportions, Undefined

# group, says, truth: a has 20 who needed it (15 got it) and 80 who did not (8 got it);
# b has 40 who needed it (20 got it) and 60 who did not (30 got it).
LINES = rows(
    a_yes_yes=15, a_no_yes=5, a_yes_no=8, a_no_no=72,
    b_yes_yes=20, b_no_yes=20, b_yes_no=30, b_no_no=30,
)  # fmt: skip


def measure(folder, rate, lines=LINES, **table):
    columns = {"group": GROUP, "says": PREDICTION, "truth": TRUTH}
    tables = {"decisions": {**decisions(**columns), **table}}
    project = open_project(folder, lines=lines, header="group,says,truth", tables=tables)
    result = error_rate(project, by="group", rate=rate)
    return {dict(m.where)["group"]: m for m in result.measurements if not m.information}


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        ("fnr", TwoProportions(x=5, n=20, x0=20, n0=40)),
        ("tpr", TwoProportions(x=15, n=20, x0=20, n0=40)),
        ("fpr", TwoProportions(x=8, n=80, x0=30, n0=60)),
        ("tnr", TwoProportions(x=72, n=80, x0=30, n0=60)),
    ],
)
def test_rate_is_that_of_its_own_denominator(tmp_path, rate, expected):
    assert measure(tmp_path, rate)["Group A"].evidence == expected


def test_rows_without_a_truth_are_left_out_and_counted(tmp_path):
    found = measure(tmp_path, "fnr", [*LINES, *["a,yes,"] * 50])["Group A"]

    assert found.evidence == TwoProportions(x=5, n=20, x0=20, n0=40)
    assert (found.known, found.total) == (100, 150)  # of group A itself, the lesser share


def test_truth_known_only_for_those_selected_is_undefined(tmp_path):
    found = measure(tmp_path, "fnr", outcome_known="selected")

    assert {m.evidence.code for m in found.values()} == {"selected"}


def test_nobody_who_needed_it_in_a_group_is_undefined_not_zero(tmp_path):
    lines = rows(a_yes_no=30, a_no_no=30, b_yes_yes=20, b_no_yes=20)

    found = measure(tmp_path, "fnr", lines)

    assert set(found) == {"Group B", "small groups together"}
    assert all(isinstance(m.evidence, Undefined) for m in found.values())
    assert found["small groups together"].evidence.text == (
        "nobody who needed the outcome, so the false negative rate cannot be measured"
    )


@pytest.mark.parametrize("rate", ["fnr", "fpr", "tpr"])
@pytest.mark.parametrize("column", ["says", "truth"])
def test_positive_value_that_never_occurs_is_undefined_for_every_rate(tmp_path, rate, column):
    columns = {"group": GROUP, "says": PREDICTION, "truth": TRUTH}
    columns[column] = {**columns[column], "positive": ["Yes"]}
    tables = {"decisions": decisions(**columns)}
    project = open_project(tmp_path, lines=LINES, header="group,says,truth", tables=tables)

    found = error_rate(project, by="group", rate=rate).measurements

    assert {m.evidence.code for m in found} == {"no_positive"}


def test_tool_that_misses_nobody_is_measured_and_not_refused(tmp_path):
    lines = rows(a_yes_yes=300, a_no_no=300, b_yes_yes=300, b_no_no=300)

    found = measure(tmp_path, "fnr", lines)

    assert found["Group A"].evidence == TwoProportions(x=0, n=300, x0=0, n0=300)

"""Rates among the picked and the passed over, worked by hand."""

import pytest

from projects import GROUP, PREDICTION, TRUTH, decisions, open_project, rows
from rai_check.checks.predictive_value import predictive_value
from rai_check.errors import UsageError
from rai_check.measurement import TwoProportions

# group, says, truth: of a 40 picked (30 needed it) and 60 passed over (6 needed it);
# of b 50 picked (20 needed it) and 50 passed over (10 needed it).
LINES = rows(
    a_yes_yes=30, a_yes_no=10, a_no_yes=6, a_no_no=54,
    b_yes_yes=20, b_yes_no=30, b_no_yes=10, b_no_no=40,
)  # fmt: skip


def measure(folder, rate, lines=LINES, **table):
    columns = {"group": GROUP, "says": PREDICTION, "truth": TRUTH}
    tables = {"decisions": {**decisions(**columns), **table}}
    project = open_project(folder, lines=lines, header="group,says,truth", tables=tables)
    result = predictive_value(project, by="group", rate=rate)
    return {dict(m.where)["group"]: m for m in result.measurements if not m.information}


@pytest.mark.parametrize(
    ("rate", "name", "expected"),
    [
        ("precision", "precision", TwoProportions(x=30, n=40, x0=20, n0=50)),
        ("fdr", "false discovery rate", TwoProportions(x=10, n=40, x0=30, n0=50)),
        ("for", "false omission rate", TwoProportions(x=6, n=60, x0=10, n0=50)),
        ("npv", "negative predictive value", TwoProportions(x=54, n=60, x0=40, n0=50)),
    ],
)
def test_rate_is_that_of_its_own_denominator(tmp_path, rate, name, expected):
    found = measure(tmp_path, rate)["Group A"]

    assert found.metric == name
    assert found.evidence == expected


@pytest.mark.parametrize("rate", ["precision", "fdr"])
def test_outcome_test_needs_the_truth_of_the_picked_only(tmp_path, rate):
    lines = rows(a_yes_yes=30, a_yes_no=10, b_yes_yes=20, b_yes_no=30) + ["a,no,", "b,no,"] * 40

    found = measure(tmp_path, rate, lines, outcome_known="selected")["Group A"]

    assert (found.evidence.n, found.evidence.n0) == (40, 50)
    assert (found.known, found.total) == (90, 90)


@pytest.mark.parametrize("rate", ["for", "npv"])
def test_rates_among_the_passed_over_are_undefined_where_only_the_picked_are_known(tmp_path, rate):
    found = measure(tmp_path, rate, outcome_known="selected")

    assert {m.evidence.code for m in found.values()} == {"selected"}


def test_picks_whose_truth_is_not_known_count_against_the_known_share(tmp_path):
    found = measure(tmp_path, "precision", [*LINES, *["a,yes,"] * 60])["Group A"]

    assert found.evidence == TwoProportions(x=30, n=40, x0=20, n0=50)
    assert (found.known, found.total) == (40, 100)  # of the picks of group A, the lesser share


def test_group_of_which_nobody_is_picked_is_put_with_the_small(tmp_path):
    lines = rows(a_yes_yes=30, a_yes_no=10, b_no_yes=20, b_no_no=30)

    found = measure(tmp_path, "precision", lines)

    assert found["small groups together"].members == ("Group B",)
    assert found["small groups together"].evidence.code == "nobody"


def test_rate_it_does_not_have_is_refused_with_those_it_has(tmp_path):
    with pytest.raises(UsageError, match="precision"):
        measure(tmp_path, "ppv")

"""Shares of those who waited too long, worked by hand."""

import pytest

from projects import GROUP, PLAN, decisions, open_project
from rai_check.check import Missing
from rai_check.checks.late_rate import late_rate
from rai_check.errors import UsageError
from rai_check.measurement import NOT_KNOWN, Proportion, TwoProportions, Undefined

WAIT = {"means": "wait"}


def measure(folder, lines, header="group,days", more=None, wait=WAIT, plan=None, **parameters):
    columns = {"group": GROUP, "days": wait, **(more or {})}
    project = open_project(
        folder,
        lines=lines,
        header=header,
        tables={"decisions": decisions(**columns)},
        fairness_plan=plan or PLAN,
    )
    return late_rate(project, by="group", **{"after": "28", **parameters})


def judged(result):
    return {dict(m.where)["group"]: m for m in result.measurements if not m.information}


LINES = ["a,29"] * 12 + ["a,28"] * 28 + ["b,28.01"] * 6 + ["b,5"] * 54


def test_more_than_the_days_is_late_and_exactly_is_not(tmp_path):
    found = judged(measure(tmp_path, LINES))

    assert found["Group A"].evidence == TwoProportions(x=12, n=40, x0=6, n0=60)
    assert found["Group A"].metric == "late rate"


def test_nobody_late_is_a_rate_of_nought_and_no_mistake(tmp_path):
    found = judged(measure(tmp_path, LINES, after="90"))

    assert found["Group A"].evidence == TwoProportions(x=0, n=40, x0=0, n0=60)


def test_planned_rate_is_that_of_late_rates_and_no_other(tmp_path):
    named = {**PLAN, "base_rates": {"late rate": "0.2"}}

    assert judged(measure(tmp_path, LINES))["Group A"].planned_rate is None
    assert judged(measure(tmp_path, LINES, plan=named))["Group A"].planned_rate == 0.2


def test_people_still_waiting_count_against_the_known_share(tmp_path):
    found = judged(measure(tmp_path, [*LINES, *["b,"] * 20, "b,soon"]))["Group B"]

    assert found.evidence == TwoProportions(x=6, n=60, x0=12, n0=40)
    assert (found.known, found.total) == (60, 81)


def test_declared_numbers_are_not_known(tmp_path):
    lines = [*LINES, *["a,999"] * 10, *["a,-1"] * 10]

    found = judged(measure(tmp_path, lines, wait={**WAIT, "not_known": ["999", "-1"]}))

    assert found["Group A"].evidence == TwoProportions(x=12, n=40, x0=6, n0=60)


def test_days_below_zero_are_a_mistake_and_mendable(tmp_path):
    found = judged(measure(tmp_path, [*LINES, "a,-3"]))

    assert {(m.evidence.code, m.evidence.mendable) for m in found.values()} == {
        ("below_zero", True)
    }


def test_rates_of_each_group_and_of_the_not_known_stand_beside(tmp_path):
    result = measure(tmp_path, [*LINES, ",40", ",2"])

    rates = {
        dict(m.where)["group"]: m.evidence
        for m in result.measurements
        if m.metric == "late rate of each group"
    }
    assert rates["Group A"] == Proportion(x=12, n=40)
    assert rates[NOT_KNOWN] == Proportion(x=1, n=2)


def test_repeated_people_bring_a_design(tmp_path):
    lines = [f"{line},{i // 2}" for i, line in enumerate(LINES)]

    found = judged(measure(tmp_path, lines, "group,days,who", {"who": {"means": "unit"}}))

    assert found["Group A"].evidence.design.units == 20


def test_weights_are_taken_in(tmp_path):
    lines = [f"{line},{3 if line == 'a,29' else 1}" for line in LINES]

    found = judged(measure(tmp_path, lines, "group,days,w", {"w": {"means": "weight"}}))

    assert found["Group A"].evidence.design.rate == pytest.approx(36 / 64)


def test_reference_group_is_compared_with(tmp_path):
    found = judged(measure(tmp_path, LINES, against="Group B"))

    assert set(found) == {"Group A"}
    assert found["Group A"].against == "Group B"


@pytest.mark.parametrize("after", ["-1", "inf", "nan", "soon"])
def test_days_must_be_a_number_of_at_least_0(tmp_path, after):
    with pytest.raises(UsageError, match="'after'"):
        measure(tmp_path, LINES, after=after)


def test_days_must_be_given(tmp_path):
    project = open_project(tmp_path, lines=LINES)

    with pytest.raises(UsageError, match="'after'"):
        late_rate(project, by="group")


def test_column_that_means_wait_is_needed(tmp_path):
    with pytest.raises(Missing, match="'wait'"):
        measure(tmp_path, ["a,1"], wait={"means": "other"})


@pytest.mark.parametrize("lines", [[], ["a,1"], ["a,x", "b,y"] * 30])
def test_nothing_to_compare_is_undefined(tmp_path, lines):
    found = judged(measure(tmp_path, lines))

    assert found
    assert all(isinstance(m.evidence, Undefined) for m in found.values())

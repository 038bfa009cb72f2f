"""Rows without a reason are counted; none is hidden by the way it is left blank."""

import pytest

from projects import PREDICTION, decisions, open_project
from rai_check.checks.reasons_given import reasons_given
from rai_check.measurement import Exact, Proportion, Undefined


def measure(folder, reasons, *, sample=False, **column):
    columns = {"why": {"means": "reason", **column}, "says": PREDICTION}
    lines = [f"{reason},yes" for reason in reasons]
    tables = {"decisions": decisions(**columns)}
    project = open_project(folder, lines=lines, header="why,says", tables=tables)
    return reasons_given(project, sample=sample).measurements[0]


def test_rows_without_a_reason_are_counted(tmp_path):
    found = measure(tmp_path, ["late", "", "  ", "new"])

    assert found.evidence == Exact(value=2)


def test_value_declared_as_not_known_is_no_reason(tmp_path):
    assert measure(tmp_path, ["late", "n/a"], not_known=["n/a"]).evidence == Exact(value=1)


def test_every_row_with_a_reason_counts_none(tmp_path):
    assert measure(tmp_path, ["late", "new"]).evidence == Exact(value=0)


def test_table_without_rows_is_undefined_not_complete(tmp_path):
    assert isinstance(measure(tmp_path, []).evidence, Undefined)


def test_sample_gives_a_share_that_the_judge_can_weigh(tmp_path):
    found = measure(tmp_path, ["late", "", "new", "new"], sample=True)

    assert found.evidence == Proportion(x=1, n=4)
    assert found.metric == "share of decisions without a reason"


def test_sample_counts_rows_that_repeat_a_person_for_what_they_are_worth(tmp_path):
    columns = {"why": {"means": "reason"}, "who": {"means": "unit"}, "says": PREDICTION}
    lines = [f"{'' if person == 3 else 'late'},{person},yes" for person in range(10)] * 4
    project = open_project(tmp_path, lines=lines, header="why,who,says",
                           tables={"decisions": decisions(**columns)})  # fmt: skip
    (found,) = reasons_given(project, sample=True).measurements

    assert (found.evidence.x, found.evidence.n) == (4, 40)
    assert found.evidence.effective == pytest.approx(10, rel=0.15)  # ten people, each of one mind


def test_empty_sample_is_undefined(tmp_path):
    assert isinstance(measure(tmp_path, [], sample=True).evidence, Undefined)

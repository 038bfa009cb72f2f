"""Rows without a reason are counted; none is hidden by the way it is left blank."""

from projects import PREDICTION, decisions, open_project
from rai_check.checks.reasons_given import reasons_given
from rai_check.measurement import Exact, Undefined


def measure(folder, reasons, **column):
    columns = {"why": {"means": "reason", **column}, "says": PREDICTION}
    lines = [f"{reason},yes" for reason in reasons]
    tables = {"decisions": decisions(**columns)}
    project = open_project(folder, lines=lines, header="why,says", tables=tables)
    return reasons_given(project).measurements[0]


def test_rows_without_a_reason_are_counted(tmp_path):
    found = measure(tmp_path, ["late", "", "  ", "new"])

    assert found.evidence == Exact(value=2)


def test_value_declared_as_not_known_is_no_reason(tmp_path):
    assert measure(tmp_path, ["late", "n/a"], not_known=["n/a"]).evidence == Exact(value=1)


def test_every_row_with_a_reason_counts_none(tmp_path):
    assert measure(tmp_path, ["late", "new"]).evidence == Exact(value=0)


def test_table_without_rows_is_undefined_not_complete(tmp_path):
    assert isinstance(measure(tmp_path, []).evidence, Undefined)

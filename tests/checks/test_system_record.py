"""Every fact counts, and a TODO is not a fact."""

import pytest

from projects import SYSTEM, open_project
from rai_check.checks.system_record import FIELDS, system_record
from rai_check.measurement import Exact


def absent(folder, **changes):
    system = {k: v for k, v in {**SYSTEM, **changes}.items() if v is not None}
    result = system_record(open_project(folder, lines=[], system=system))
    (measurement,) = result.measurements
    assert isinstance(measurement.evidence, Exact)
    assert measurement.evidence.value == len(result.findings)
    return [finding.place for finding in result.findings]


def test_complete_record_has_no_gap(tmp_path):
    assert absent(tmp_path) == []


@pytest.mark.parametrize("name", [f for f in FIELDS if f != "changed_on"])
def test_todo_counts_as_not_given(tmp_path, name):
    assert absent(tmp_path, **{name: "todo: ask the supplier"}) == [f"system.{name}"]


def test_date_of_the_last_change_is_a_fact(tmp_path):
    assert absent(tmp_path, changed_on=None) == ["system.changed_on"]

"""Every fact counts, and a TODO is not a fact."""

import pytest

from projects import SYSTEM, open_project
from rai_check.check import Missing
from rai_check.checks.system_record import FIELDS, system_record
from rai_check.measurement import Exact


def record(folder, **changes):
    system = {k: v for k, v in {**SYSTEM, **changes}.items() if v is not None}
    return system_record(open_project(folder, lines=[], system=system))


def test_complete_record_has_no_gap(tmp_path):
    (measurement,) = record(tmp_path).measurements

    assert measurement.evidence == Exact(value=0)
    assert measurement.notes == ("8 of 8 facts are supplied.",)


@pytest.mark.parametrize("name", [f for f in FIELDS if f != "changed_on"])
def test_todo_counts_as_not_given(tmp_path, name):
    with pytest.raises(Missing, match=f"project file: {name}$"):
        record(tmp_path, **{name: "todo: ask the supplier"})


def test_date_of_the_last_change_is_a_fact(tmp_path):
    with pytest.raises(Missing, match=r"changed_on$"):
        record(tmp_path, changed_on=None)


def test_every_fact_that_is_absent_is_named(tmp_path):
    with pytest.raises(Missing, match=r"purpose, decides$"):
        record(tmp_path, purpose="TODO", decides="TODO")

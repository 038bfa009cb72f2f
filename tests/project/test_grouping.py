"""Labels: shown only where something declares them."""

import pytest

from projects import GROUP, PREDICTION, decisions, open_project
from rai_check.check import Missing
from rai_check.errors import UsageError
from rai_check.project import Role
from rai_check.project.grouping import grouping


def groups(folder, values, **column):
    spec = column or GROUP
    project = open_project(
        folder,
        lines=[f"{v},yes" for v in values],
        tables={"decisions": decisions(group=spec, says=PREDICTION)},
    )
    return grouping(project.table(Role.DECISIONS), "group")


def test_declared_values_have_labels_and_are_promised(tmp_path):
    found = groups(tmp_path, ["a", "b"])

    assert (found.label("a"), found.label("b")) == ("Group A", "Group B")
    assert found.promised == ("Group A", "Group B")
    assert found.notes == ()


def test_undeclared_value_is_numbered_and_never_shown(tmp_path):
    found = groups(tmp_path, ["a", "zeta", "secret"])

    assert found.label("secret") == "undeclared group 1"
    assert found.label("zeta") == "undeclared group 2"
    assert "secret" not in " ".join(found.notes)
    assert "2 values" in found.notes[0]


def test_not_known_and_empty_are_no_group(tmp_path):
    found = groups(tmp_path, ["a", "refused", ""], **GROUP, not_known=["refused"])

    assert found.label("refused") is None
    assert found.label(None) is None


def test_code_list_gives_labels_and_promises_nothing(tmp_path):
    found = groups(tmp_path, ["M", "F", "U"], means="group", codes="sex")

    assert found.label("F") == "Female"
    assert found.label("U") is None
    assert found.promised == ()


def test_too_many_undeclared_values_are_missing_evidence(tmp_path):
    with pytest.raises(Missing, match="more than 40 values"):
        groups(tmp_path, [f"v{i}" for i in range(100_000)])


def test_two_labels_for_one_value_are_refused(tmp_path):
    labels = {"1": "One", "1.0": "Other"}
    with pytest.raises(UsageError, match="two of its 'labels' are for the same value"):
        groups(tmp_path, ["1"], means="group", labels=labels)


def test_one_label_written_twice_is_one_label(tmp_path):
    found = groups(tmp_path, ["1"], means="group", labels={"1": "One", "1.0": "One"})

    assert found.label("1") == "One"


def test_list_of_labels_reads_other_wordings_and_counts_the_rest(tmp_path):
    values = ["White - British", "WHITE IRISH", "not stated", "Klingon"]
    found = groups(tmp_path, values, means="group", codes="ethnicity-labels-5")

    assert found.label("White - British") == found.label("WHITE IRISH") == "White"
    assert found.label("not stated") is None
    assert found.undeclared == 1
    assert found.label("Klingon") == "undeclared group 1"
    assert not found.declares("Klingon")


def test_labels_add_to_a_code_list(tmp_path):
    more = {"means": "group", "codes": "ethnicity-labels-5", "labels": {"Klingon": "Other"}}
    found = groups(tmp_path, ["Klingon", "Asian"], **more)

    assert (found.label("Klingon"), found.label("Asian")) == ("Other", "Asian")
    assert found.promised == ("Other",)

"""Columns against their declarations: extra, lacking, purposeless, and a clean twin."""

import pytest

from projects import GROUP, PREDICTION, decisions, open_project
from rai_check.check import Missing
from rai_check.checks.column_dictionary import column_dictionary
from rai_check.project.columns import ColumnFile
from rai_check.quality.dictionary import has_purpose

RACE = {**GROUP, "characteristic": "race"}
CASE = {"means": "case", "purpose": "Local reference of the case."}
CLEAN = {"ref": CASE, "group": RACE, "says": PREDICTION}


def measure(folder, header="ref,group,says", columns=CLEAN, lines=("1,a,yes", "2,b,no")):
    tables = {"decisions": decisions(**columns)}
    project = open_project(folder, lines=list(lines), header=header, tables=tables)
    found = column_dictionary(project)
    counts = {m.metric: m.evidence.value for m in found.measurements}
    return counts, {(one.place, one.kind) for one in found.findings}


def counts(extra=0, lacking=0, purposeless=0):
    return {
        "columns not declared": extra,
        "declared columns not in the file": lacking,
        "columns without a purpose": purposeless,
    }


def test_table_that_matches_has_no_gap(tmp_path):
    assert measure(tmp_path) == (counts(), set())


def test_column_that_nobody_declared_is_named(tmp_path):
    found = measure(tmp_path, "ref,group,says,religion", lines=["1,a,yes,x"])

    assert found == (counts(extra=1), {("decisions.religion", "not declared")})


def test_declared_column_that_is_not_there_is_a_gap_not_an_error(tmp_path):
    found = measure(tmp_path, columns={**CLEAN, "reason": {"means": "reason"}})

    assert found == (counts(lacking=1), {("decisions.reason", "declared but not in the file")})


def test_column_whose_meaning_says_nothing_needs_words(tmp_path):
    found = measure(tmp_path, columns={**CLEAN, "ref": {"means": "case"}})

    assert found == (counts(purposeless=1), {("decisions.ref", "no purpose given")})


@pytest.mark.parametrize("purpose", ["TODO: why?", "todo"])
def test_purpose_that_is_a_todo_is_missing(tmp_path, purpose):
    with pytest.raises(Missing, match=r"TODO for decisions\.ref$"):
        measure(tmp_path, columns={**CLEAN, "ref": {"means": "case", "purpose": purpose}})


def test_todo_beside_a_column_that_is_not_there_is_a_gap_like_it(tmp_path):
    columns = {**CLEAN, "ref": {"means": "case", "purpose": "TODO"}, "reason": {"means": "reason"}}

    found = measure(tmp_path, columns=columns)

    assert found[0] == counts(lacking=1, purposeless=1)
    assert ("decisions.ref", "still to do") in found[1]


@pytest.mark.parametrize("means", ["case", "date", "free_text", "other", "group"])
def test_meaning_without_a_use_of_its_own_needs_a_purpose(means):
    bare = ColumnFile.model_validate({"means": means})
    told = ColumnFile.model_validate({"means": means, "purpose": "To know."})

    assert (has_purpose(bare), has_purpose(told)) == (False, True)


@pytest.mark.parametrize("means", ["reason", "unit", "wait", "amount", "score", "stratum", "count"])
def test_meaning_that_a_check_uses_is_its_own_purpose(means):
    bare = ColumnFile.model_validate({"means": means})
    marked = ColumnFile.model_validate({"means": means, "purpose": "TODO"})

    assert (has_purpose(bare), has_purpose(marked)) == (True, False)


def test_identifier_is_there_for_the_reason_given():
    why = {"means": "other", "identifier": {"kinds": ["upn"], "why": "To join."}}
    todo = {"means": "other", "identifier": {"kinds": ["upn"], "why": "TODO"}}

    assert has_purpose(ColumnFile.model_validate(why))
    assert not has_purpose(ColumnFile.model_validate(todo))


def test_every_table_counts_golden_cases_among_them(tmp_path):
    (tmp_path / "golden.csv").write_text("case,required,note\n1,yes,x\n", "utf-8")
    golden = {
        "path": "golden.csv",
        "role": "golden_cases",
        "columns": {"case": {"means": "case"}, "required": {"means": "required"}},
    }
    tables = {"decisions": decisions(**CLEAN), "golden": golden}
    project = open_project(tmp_path, lines=["1,a,yes"], header="ref,group,says", tables=tables)

    places = {(one.place, one.kind) for one in column_dictionary(project).findings}

    assert places == {("golden.note", "not declared"), ("golden.case", "no purpose given")}


@pytest.mark.parametrize("name", ["jo@example.com", "943 476 5919", "X123456"])
def test_undeclared_name_that_may_be_data_is_given_by_position(tmp_path, name):
    _, places = measure(tmp_path, f"ref,group,says,{name}", lines=["1,a,yes,x"])

    assert places == {("decisions.column 4", "not declared")}


def test_names_of_a_table_without_a_header_are_not_shown(tmp_path):
    # no declared column is there, so the first row is somebody's record
    _, places = measure(tmp_path, "Ann,Smith,Leeds", lines=["1,2,3", "4,5,6"])

    assert {place for place, kind in places if kind == "not declared"} == {
        f"decisions.column {i}" for i in (1, 2, 3)
    }

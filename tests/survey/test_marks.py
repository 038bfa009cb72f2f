"""Errors of formulas, ##### and totals: told in a text file as in a workbook, and only there."""

import openpyxl
import pytest

from rai_check.survey import Sort
from rai_check.survey.marks import is_error, is_mark
from surveyed import clean, kinds, looked, surveyed, told, with_

ERRORS = [
    "#REF!",
    "#N/A",
    "#VALUE!",
    "#DIV/0!",
    "#NAME?",
    "#NUM!",
    "#NULL!",
    "#SPILL!",
    "#CALC!",
    "Err:502",
    "#ERROR!",
]


@pytest.mark.parametrize("mark", [*ERRORS, "#n/a", " #REF! "])
def test_error_of_a_formula_in_a_text_file_is_to_mend(mark):
    found = looked(**with_("score", [mark] * 12))

    assert ("formula-errors", "score", Sort.MEND) in kinds(found)
    assert told(found, "formula-errors")[0].startswith("10 rows with the error of a formula")


def test_column_shown_as_hashes_is_to_mend():
    found = looked(**with_("decided on", ["########"] * 12))

    assert [one.kind for one in found.notices if one.sort is Sort.MEND] == ["no-room"]


@pytest.mark.parametrize(
    "text", ["#", "##", "#1", "#12 High Road", "N/A", "Ref: 12", "#REF", "#nofilter"]
)
def test_texts_with_a_hash_are_no_marks(text):
    assert not is_mark(text)
    assert not looked(**with_("ethnicity", [text] * 12)).to_mend


def test_errors_in_a_column_of_dates_are_told_once():
    found = looked(**with_("decided on", ["#VALUE!"] * 12))

    assert [one.kind for one in found.notices if one.sort is Sort.MEND] == ["formula-errors"]


def test_value_declared_as_not_known_is_no_error():
    declared = {"score": {"means": "other", "not_known": ["#N/A"]}}

    assert not looked(declared, **with_("score", ["#N/A"] * 12)).to_mend


def test_column_of_nothing_but_errors_is_to_mend():
    assert looked(**clean(60), when=["#VALUE!"] * 60).to_mend == 1


def workbook(folder, cells):
    book = openpyxl.Workbook()
    book.active.append(["ref", "days"])
    for number, cell in enumerate(cells):
        book.active.append([f"R{number}", cell])
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def test_errors_in_a_workbook_are_to_mend_as_in_a_text_file(tmp_path):
    found = surveyed(workbook(tmp_path, [3, "#N/A", 4] * 20))

    assert ("formula-errors", None, Sort.MEND) in kinds(found)
    assert not surveyed(workbook(tmp_path, [3, 5, 4] * 20)).to_mend


def test_totals_among_the_rows_are_to_mend_and_below_them_are_not(tmp_path):
    body = [f"North,{i % 7},x" for i in range(20)]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(["team,days,band", *body, "Total,60,", *body]) + "\n", "utf-8")
    found = surveyed(path)
    assert ("totals", None, Sort.MEND) in kinds(found)
    assert told(found, "totals")[0].startswith("fewer than 10 rows that look like totals")

    path.write_text("\n".join(["team,days,band", *body, *body, "Total,120,"]) + "\n", "utf-8")
    assert not surveyed(path).to_mend


def test_names_that_begin_like_errors_are_none():
    assert not any(map(is_error, ["#N/A today", "REF!", "", "Err:", "#" * 40]))

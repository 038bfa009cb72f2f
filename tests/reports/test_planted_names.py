"""Names of people in names of sheets, tables, columns and files: in no report that is shared."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from projects import GROUP, PREDICTION, write_project
from rai_check.assess import run
from rai_check.assessment import Assessment
from rai_check.pytest_shown import closing as closing_text
from rai_check.pytest_shown import shown
from rai_check.reports import FORMATS, terminal
from rai_check.reports.escape import visible

SHARED = [name for name in FORMATS if name != "json"]
PLANTED = [
    "J Plantedsmith caseload",
    "Aisha Plantedkhan",
    "planted.jo@example.com",
    "943 476 5919",
    "QQ 12 34 56 C",
    "12 March 2010",
    "ZZ99 3VZ",
]
HOSTILE = [
    "<img src=x onerror=planted>",
    "[planted](javascript:x)",
    "`planted`|*planted*",
    "=PLANTED()+1",
    "pla\u202ented",
    "{planted}",
    "planted" * 700,
]
CHECKS = ("column-dictionary", "personal-identifiers")
COLUMNS = {"group": GROUP, "says": PREDICTION}
LINES = [("a", "yes"), ("a", "no"), ("b", "yes"), ("b", "no")] * 20


def _control(check: str) -> dict[str, Any]:
    source = {"title": "S", "reference": "R", "checked_on": "2026-01-01", "review_by": "2030-01-01"}
    parts = [{"check": check, "limit": {"max": "0", "whose": "ours"}}]
    base = {"title": "T", "why": "W", "source": source, "severity": "high", "stage": "approve"}
    return {**base, "parts": parts}


def assessed(folder: Path, path: str, **table: Any) -> Assessment:
    spec = {"path": path, "role": "decisions", "columns": COLUMNS, **table}
    controls = {f"AA-0{at}": _control(check) for at, check in enumerate(CHECKS, start=1)}
    return run(write_project(folder, controls=controls, tables={"decisions": spec}))


def shared_texts(found: Assessment) -> str:
    """Everything that is shared: each format, the long form, and what pytest shows."""
    texts = [FORMATS[name].render(found) for name in SHARED]
    texts += [terminal.render(found, verbose=True), closing_text(found, colour=True, verbose=True)]
    return "\n".join([*texts, *(f"{one.name} {one.text}" for one in shown(found))])


def book(path: Path, sheets: dict[str, list[list[str]]]) -> None:
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
            for cell in sheet[sheet.max_row]:
                cell.data_type = "s"  # no formula
    made.save(path)


def table_of(extra: list[str]) -> list[list[str]]:
    return [["group", "says", *extra], *([*line, *(["x"] * len(extra))] for line in LINES)]


def assert_none_told(found: Assessment, planted: list[str]) -> None:
    text = shared_texts(found)
    assert "planted" not in text.casefold()
    assert not [name for name in planted if name in text or visible(name) in text]


def test_columns_that_nobody_declared_are_given_by_their_places(tmp_path: Path) -> None:
    names = [*PLANTED, *HOSTILE[:-1]]
    book(tmp_path / "d.xlsx", {"Reviews": table_of(names)})

    found = assessed(tmp_path, "d.xlsx", header_row=1)

    assert_none_told(found, names)
    assert "column 3" in shared_texts(found)


def test_register_by_person_is_told_of_without_their_names_or_how_few_they_are(
    tmp_path: Path,
) -> None:
    book(tmp_path / "d.xlsx", {"Reviews": table_of(PLANTED)})

    found = assessed(tmp_path, "d.xlsx", header_row=1)

    assert_none_told(found, PLANTED)
    assert "names or numbers of persons: fewer than 10" in " ".join(shared_texts(found).split())


def test_heading_of_five_thousand_characters_is_shown_by_no_report(tmp_path: Path) -> None:
    rows = [",".join(row) for row in table_of(HOSTILE[-1:])]
    (tmp_path / "d.csv").write_text("\n".join(rows), "utf-8")

    assert_none_told(assessed(tmp_path, "d.csv"), HOSTILE[-1:])


def test_ordinary_heading_is_named_though_nobody_declared_it(tmp_path: Path) -> None:
    book(tmp_path / "d.xlsx", {"Reviews": table_of(["Case Ref"])})

    text = shared_texts(assessed(tmp_path, "d.xlsx"))

    assert "decisions.Case Ref" in text
    assert "Reviews" in text


@pytest.mark.parametrize("name", [PLANTED[0], "{planted}", "<b>planted"])
def test_sheet_that_is_read_is_given_by_its_place(tmp_path: Path, name: str) -> None:
    book(tmp_path / "d.xlsx", {"Notes": [["about"]], name: table_of([])})

    found = assessed(tmp_path, "d.xlsx")

    assert_none_told(found, [name])
    assert "sheet 2" in shared_texts(found)


def test_sheet_is_named_where_the_project_file_names_it(tmp_path: Path) -> None:
    book(tmp_path / "d.xlsx", {PLANTED[0]: table_of([]), "Other": table_of([])})

    text = shared_texts(assessed(tmp_path, "d.xlsx", sheet=PLANTED[0]))

    assert PLANTED[0] in text


def test_sheet_of_notes_is_given_by_its_place(tmp_path: Path) -> None:
    book(tmp_path / "d.xlsx", {"Notes J Planted": [["about"]], "Reviews": table_of([])})

    assert_none_told(assessed(tmp_path, "d.xlsx"), [])


def test_several_sheets_as_the_reason_of_a_control_are_given_by_their_places(
    tmp_path: Path,
) -> None:
    book(tmp_path / "d.xlsx", {name: table_of([]) for name in (*PLANTED[:4], "<b>planted")})

    found = assessed(tmp_path, "d.xlsx")

    assert_none_told(found, PLANTED)
    assert "several sheets" in shared_texts(found)
    assert "sheet 5" in shared_texts(found)


def test_asked_sheet_that_is_not_there_suggests_no_name_of_a_person(tmp_path: Path) -> None:
    book(tmp_path / "d.xlsx", {"J Plantedsmith": table_of([]), "Other": table_of([])})

    assert_none_told(assessed(tmp_path, "d.xlsx", sheet="J Smith"), ["J Plantedsmith"])


def test_tables_of_a_database_are_given_by_their_places(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "d.sqlite")) as database:
        for name in PLANTED[:3]:
            database.execute(f'CREATE TABLE "{name}" ("group" TEXT, says TEXT)')
        database.commit()

    found = assessed(tmp_path, "d.sqlite")

    assert_none_told(found, PLANTED)
    assert "table 3" in shared_texts(found)


def test_column_that_cannot_be_read_is_not_named(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "d.sqlite")) as database:
        database.execute(f'CREATE TABLE "{PLANTED[0]}" ("group" TEXT, says TEXT, "{PLANTED[1]}")')
        database.execute("INSERT INTO \"J Plantedsmith caseload\" VALUES ('a', 'yes', x'00')")
        database.commit()

    found = assessed(tmp_path, "d.sqlite")

    assert_none_told(found, PLANTED)
    assert "a column not named here" in shared_texts(found)


def test_other_files_and_the_folder_are_not_named_where_a_file_is_not_found(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "J Plantedsmith"
    folder.mkdir()
    (folder / "Planted Aisha decision.csv").write_text("x", "utf-8")

    found = assessed(folder, "Aisha decision.csv")

    assert_none_told(found, [])
    assert "was not found" in shared_texts(found)


def test_declared_column_that_is_not_there_suggests_no_name_of_a_person(tmp_path: Path) -> None:
    book(tmp_path / "d.xlsx", {"Reviews": [["group", "says", "J Plantedsmith"], *map(list, LINES)]})
    columns = {**COLUMNS, "J Smith": {"means": "other", "purpose": "To know."}}

    assert_none_told(assessed(tmp_path, "d.xlsx", columns=columns), ["J Plantedsmith"])

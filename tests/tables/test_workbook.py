"""Workbooks as officers keep them: title rows, several sheets, merged cells, dates, totals."""

import datetime as dt
import hashlib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odf import opendocument
from odf import table as odf_table
from odf.style import Style, TableProperties
from odf.text import P

from made_books import archive, sheet_data, xlsb, xlsb_rows, xlsx, xlsx_parts
from rai_check.errors import DataError
from rai_check.reading import LeftOut
from rai_check.tables import Table, open_table

Opened = Callable[[Table], Table]
HEADER = ["case_ref", "met_on", "outcome", "days"]
CASES = [
    ["007", dt.date(2025, 4, 1), "bring forward", 12],
    ["008", dt.date(2025, 4, 2), "no action", 0],
    ["009", dt.date(2025, 4, 3), "no action", 40],
]
MESSY = Path(__file__).parents[2] / "../shared/data/messy"


def book(sheets: dict[str, list[list[object]]]) -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return made


@pytest.fixture
def saved(tmp_path: Path, opened: Opened) -> Callable[..., Table]:
    def save(made: openpyxl.Workbook | bytes, name: str = "cases.xlsx", **options: object) -> Table:
        path = tmp_path / name
        if isinstance(made, bytes):
            path.write_bytes(made)
        else:
            made.save(path)
        return opened(open_table(path, name="cases", **options))

    return save


def rows_of(table: Table) -> list[tuple[str | None, ...]]:
    names = [column.name for column in table.columns]
    return [
        tuple(row[name] for name in names)
        for batch in table.batches(names)
        for row in batch.to_pylist()
    ]


def said(table: Table) -> str:
    return " ".join(str(remark) for remark in table.note.remarks)


def test_title_blank_rows_and_total_are_left_out_and_counted(saved) -> None:
    rows = [["Annual reviews 2025-26"], [], HEADER, *CASES, [], ["Total", None, None, 52]]
    table = saved(book({"Reviews": rows}))

    assert rows_of(table) == [
        ("007", "2025-04-01", "bring forward", "12"),
        ("008", "2025-04-02", "no action", "0"),
        ("009", "2025-04-03", "no action", "40"),
    ]
    assert (table.note.sheet, table.note.header_rows, table.note.rows_in) == ("Reviews", (3,), 8)
    left_out = table.note.left_out
    assert LeftOut(why="above the header", rows=2, first=1) in left_out
    assert sum(each.rows for each in left_out) + table.rows + 1 == 8
    assert {each.why: each.first for each in left_out}["of totals under the table"] == 8


def test_fingerprint_is_of_the_bytes_when_read(saved, tmp_path) -> None:
    table = saved(book({"Reviews": [HEADER, *CASES]}))

    content = (tmp_path / "cases.xlsx").read_bytes()
    assert table.fingerprint() == hashlib.sha256(content).hexdigest()


def test_every_format_gives_the_same_rows_when_it_holds_the_same(saved, tmp_path) -> None:
    wanted = [("a", "1", "true", "2025-04-01"), ("b", "2.5", "false", "2025-04-02")]
    rows = [["ref", "days", "late", "on"], ["a", 1, True, dt.date(2025, 4, 1)]]
    rows.append(["b", 2.5, False, dt.date(2025, 4, 2)])

    assert rows_of(saved(book({"A": rows}))) == wanted
    old = xlwt.Workbook()
    sheet = old.add_sheet("A")
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            date = xlwt.easyxf(num_format_str="dd/mm/yyyy")
            is_date = isinstance(cell, dt.date)
            sheet.write(at, column, cell, date) if is_date else sheet.write(at, column, cell)
    old.save(tmp_path / "old.xls")
    assert rows_of(saved((tmp_path / "old.xls").read_bytes(), "cases.xls")) == wanted
    assert rows_of(saved(ods({"A": rows}, tmp_path), "cases.ods")) == wanted
    binary = [[c.isoformat() if isinstance(c, dt.date) else c for c in row] for row in rows]
    assert rows_of(saved(xlsb({"A": xlsb_rows(binary)}), "cases.xlsb")) == wanted


def ods(sheets: dict[str, list[list[object]]], folder: Path, *, hidden: str = "") -> bytes:
    made = opendocument.OpenDocumentSpreadsheet()
    style = Style(name="unseen", family="table")
    style.addElement(TableProperties(display="false"))
    made.automaticstyles.addElement(style)
    for name, rows in sheets.items():
        sheet = odf_table.Table(name=name, **({"stylename": "unseen"} if name == hidden else {}))
        for row in rows:
            line = odf_table.TableRow()
            for cell in row:
                line.addElement(ods_cell(cell))
            sheet.addElement(line)
        made.spreadsheet.addElement(sheet)
    path = folder / "made.ods"
    made.save(path)
    return path.read_bytes()


def ods_cell(cell: object) -> odf_table.TableCell:
    if isinstance(cell, bool):
        return odf_table.TableCell(valuetype="boolean", booleanvalue=str(cell).lower())
    if isinstance(cell, dt.timedelta):
        hours = int(cell.total_seconds()) // 3600
        return odf_table.TableCell(valuetype="time", timevalue=f"PT{hours:02d}H00M00S")
    if isinstance(cell, dt.date):
        return odf_table.TableCell(valuetype="date", datevalue=cell.isoformat())
    if isinstance(cell, int | float):
        return odf_table.TableCell(valuetype="float", value=cell)
    made = odf_table.TableCell(valuetype="string")
    made.addElement(P(text=cell))
    return made


def test_times_and_durations_are_clock_times(saved, tmp_path) -> None:
    moment = dt.datetime(2025, 4, 1, 9, 30)  # noqa: DTZ001 - a workbook has no zones
    rows = [["ref", "at", "long", "seen"], ["a", dt.time(9, 5), dt.timedelta(hours=30), moment]]
    table = saved(book({"A": [*rows, ["b", dt.time(10, 5), dt.timedelta(hours=1), moment]]}))

    assert rows_of(table)[0] == ("a", "09:05:00", "30:00:00", "2025-04-01T09:30:00")
    made = ods({"A": [["ref", "long"], ["a", dt.timedelta(hours=30)]]}, tmp_path)
    assert rows_of(saved(made, "cases.ods")) == [("a", "30:00:00")]


@pytest.mark.parametrize("suffix", ["xlsx", "xls"])
def test_dates_are_those_of_the_sheet_when_it_counts_from_1904(saved, tmp_path, suffix) -> None:
    if suffix == "xlsx":
        made = book({"A": [HEADER, *CASES]})
        made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    else:
        old = xlwt.Workbook()
        old.dates_1904 = True
        sheet = old.add_sheet("A")
        for at, row in enumerate([HEADER, *CASES]):
            for column, cell in enumerate(row):
                style = xlwt.easyxf(num_format_str="yyyy-mm-dd" if column == 1 else "General")
                sheet.write(at, column, cell, style)
        old.save(tmp_path / "mac.xls")
        made = (tmp_path / "mac.xls").read_bytes()

    assert [row[1] for row in rows_of(saved(made, f"cases.{suffix}"))] == [
        "2025-04-01", "2025-04-02", "2025-04-03",
    ]  # fmt: skip


def test_notes_and_cover_are_not_the_table_when_one_sheet_is(saved) -> None:
    notes = [["Notes"], ["Figures under 10 are not shown."], ["Ask the data team."]]
    table = saved(
        book({"Cover": [["SEND annual reviews"]], "Reviews": [HEADER, *CASES], "Notes": notes})
    )

    assert table.note.sheet == "Reviews"
    assert "Sheet 'Cover' looks like notes and was not read." in said(table)
    assert "Sheet 'Notes' looks like notes and was not read." in said(table)


def test_sheets_are_listed_when_two_could_be_the_table(saved) -> None:
    made = book({"2024-25": [HEADER, *CASES], "2025-26": [HEADER, *CASES], "Cover": [["x"]]})

    with pytest.raises(DataError, match=r"'2024-25', '2025-26'; add `sheet:`") as caught:
        saved(made)
    assert "bring forward" not in str(caught.value)
    assert saved(made, sheet="2025-26").note.sheet == "2025-26"
    assert saved(made, sheet=" 2025-26 ").note.sheet == "2025-26"


def test_sheet_is_refused_with_a_hint_when_there_is_none_of_its_name(saved) -> None:
    with pytest.raises(DataError, match=r"no sheet 'Reveiws'; it has 'Reviews'. Did you mean"):
        saved(book({"Reviews": [HEADER, *CASES]}), sheet="Reveiws")


def test_hidden_sheets_are_counted_and_not_read(saved, tmp_path) -> None:
    made = book({"Reviews": [HEADER, *CASES], "Raw": [HEADER, *CASES], "Keys": [HEADER, *CASES]})
    made["Raw"].sheet_state = "hidden"
    made["Keys"].sheet_state = "veryHidden"
    table = saved(made)

    assert table.note.sheet == "Reviews"
    assert "hidden sheets that were not read: 2" in said(table)
    assert "hidden" not in said(saved(book({"Reviews": [HEADER, *CASES]})))
    rows = [["ref", "days"], ["a", 1], ["b", 2]]
    other = saved(ods({"A": rows, "B": rows}, tmp_path, hidden="B"), "cases.ods")
    assert "hidden sheets that were not read: 1" in said(other)


def test_hidden_sheet_is_read_and_said_when_it_is_named(saved) -> None:
    made = book({"Front": [["x"]], "Raw": [HEADER, *CASES]})
    made["Raw"].sheet_state = "hidden"
    table = saved(made, sheet="Raw")

    assert table.rows == 3
    assert "Sheet 'Raw' is hidden, and was read." in said(table)


def test_workbook_is_refused_when_all_that_holds_cells_is_hidden(saved) -> None:
    made = book({"Front": [], "Raw": [HEADER, *CASES]})
    made["Raw"].sheet_state = "hidden"
    with pytest.raises(DataError, match="hidden are 'Raw'"):
        saved(made)


def test_hidden_rows_and_columns_are_read_and_said(saved) -> None:
    made = book({"A": [HEADER, *CASES]})
    made["A"].row_dimensions[3].hidden = True
    made["A"].column_dimensions["C"].hidden = True
    table = saved(made)

    assert table.rows == 3
    assert "hidden in the workbook, as by a filter, were read too: 1" in said(table)
    assert "Columns that are hidden in the workbook were read too: 1" in said(table)


def test_headings_are_joined_when_merged_over_two_rows(saved) -> None:
    rows = [["Case", "Decision", None, "Days"], [None, "Date", "Outcome", None], *CASES]
    made = book({"A": rows})
    for merged in ("A1:A2", "B1:C1", "D1:D2"):
        made["A"].merge_cells(merged)
    table = saved(made)

    names = [column.name for column in table.columns]
    assert names == ["Case", "Decision Date", "Decision Outcome", "Days"]
    assert table.note.header_rows == (1, 2)
    assert table.rows == 3


def test_text_is_filled_in_when_merged_down_a_column(saved) -> None:
    rows = [["ward", "case", "days"], ["North", "a1", 1], [None, "a2", 2], ["South", "a3", 3]]
    made = book({"A": rows})
    made["A"].merge_cells("A2:A3")
    table = saved(made)

    assert [row[0] for row in rows_of(table)] == ["North", "North", "South"]
    assert "Cells merged down column 'ward' were filled in: 1." in said(table)


def test_blank_cells_stay_blank_when_they_are_not_merged(saved) -> None:
    rows = [["ward", "case", "days"], ["North", "a1", 1], [None, "a2", 2], ["South", "a3", 3]]

    assert [row[0] for row in rows_of(saved(book({"A": rows})))] == ["North", None, "South"]


def test_workbook_is_refused_when_a_number_is_merged_over_rows(saved) -> None:
    rows = [["case", "ward", "cost"], ["a1", "N", 987], ["a2", "N", None], ["a3", "S", 3]]
    made = book({"A": rows})
    made["A"].merge_cells("C2:C3")
    with pytest.raises(DataError, match="row 3, column 3: a number is merged") as caught:
        saved(made)
    assert "987" not in str(caught.value)


def test_heading_is_left_out_when_merged_across_the_columns(saved) -> None:
    rows = [
        ["case", "ward", "days"],
        ["North area"],
        ["a1", "N", 1],
        ["South area"],
        ["a2", "S", 2],
    ]
    made = book({"A": rows})
    made["A"].merge_cells("A2:C2")
    made["A"].merge_cells("A4:C4")
    table = saved(made)

    assert rows_of(table) == [("a1", "N", "1"), ("a2", "S", "2")]
    assert (
        LeftOut(why="of headings merged across the columns", rows=2, first=2) in table.note.left_out
    )


def test_error_cells_are_missing_and_counted(saved, tmp_path) -> None:
    made = book({"A": [HEADER, *CASES, ["010", None, "#N/A", "#DIV/0!"]]})
    table = saved(made)

    assert rows_of(table)[-1] == ("010", None, None, None)
    assert "Cells that hold an error, such as #N/A, in place of a value are missing: 2." in said(
        table
    )
    rows = [["ref", "days"], ["a", "#REF!"], ["b", 2], ["c", 3]]
    assert "missing: 1." in said(saved(ods({"A": rows}, tmp_path), "cases.ods"))
    old = xlwt.Workbook()
    sheet = old.add_sheet("A")
    for at, (ref, days) in enumerate([("ref", "days"), ("a", 1), ("b", 2), ("c", 3)]):
        sheet.write(at, 0, ref)
        sheet.write(at, 1, days)
    sheet.row(4).set_cell_error(1, 42)
    sheet.write(4, 0, "d")
    old.save(tmp_path / "old.xls")
    table = saved((tmp_path / "old.xls").read_bytes(), "cases.xls")
    assert (table.rows, "missing: 1." in said(table)) == (4, True)
    rows = [["ref", "days"], ["a", 1.0], ["b", None], ["c", 3.0]]
    assert "missing: 1." in said(saved(xlsb({"A": xlsb_rows(rows)}), "cases.xlsb"))


def test_formulas_are_said_when_they_were_never_calculated(saved) -> None:
    made = book({"A": [HEADER, *CASES]})
    made["A"]["D2"] = "=6+6"  # openpyxl stores no results
    table = saved(made)

    assert [row[3] for row in rows_of(table)] == [None, "0", "40"]
    assert "Formulas whose result was never calculated are missing: 1" in said(table)


def test_formula_is_its_last_result_when_it_has_one(saved) -> None:
    cells = sheet_data([["ref", "days"], ["a", "1"], ["b", "2"]])
    result = '<c r="B3"><f>1+1</f><v>2</v></c>'
    blank = '<c r="B2" t="str"><f>""</f><v></v></c>'
    cells = cells.replace('<c r="B3"><v>2</v></c>', result).replace('<c r="B2"><v>1</v></c>', blank)
    table = saved(xlsx(cells))

    assert rows_of(table) == [("a", None), ("b", "2")]
    assert "never calculated" not in said(table)


def test_numbers_are_said_when_they_have_more_digits_than_excel_keeps(saved) -> None:
    rows = [["ref", "nhs"], ["a", 1234567890123456789], ["b", 123], ["c", 999999999999999]]
    table = saved(book({"A": rows}))

    assert "Column 'nhs' holds numbers of more than fifteen digits" in said(table)
    assert "has lost the last: 1;" in said(table)
    assert [row[1] for row in rows_of(table)][1:] == ["123", "999999999999999"]


def test_leading_zeros_stay_when_the_cell_is_text(saved) -> None:
    rows = [["ref", "days"], ["00123", 1], ["00007", 2]]
    assert [row[0] for row in rows_of(saved(book({"A": rows})))] == ["00123", "00007"]


def test_header_row_is_taken_as_given(saved) -> None:
    rows = [["a", "b", "c"], HEADER[:3], ["1", "2", "3"], ["4", "5", "6"]]
    table = saved(book({"A": rows}), header_row=2)

    assert [column.name for column in table.columns] == HEADER[:3]
    assert table.rows == 2


def test_table_that_starts_further_right_loses_its_margin(saved) -> None:
    made = openpyxl.Workbook()
    for at, row in enumerate([HEADER, *CASES], 4):
        for column, cell in enumerate(row, 3):
            made.active.cell(at, column, cell)
    table = saved(made)

    assert [column.name for column in table.columns] == HEADER
    assert table.note.header_rows == (4,)


def test_rows_far_below_are_no_matter_when_they_are_only_coloured(saved) -> None:
    cells = sheet_data([["ref", "days"], ["a", "1"], ["b", "2"]])
    far = '<row r="1048576"><c r="A1048576" s="0"/><c r="XFD1048576" s="0"/></row></sheetData>'
    table = saved(xlsx(cells.replace("</sheetData>", far)))

    assert (table.rows, table.note.rows_in) == (2, 3)


def test_cells_are_read_when_they_do_not_say_where_they_are(saved) -> None:
    def cell(text: str) -> str:
        return f'<c t="inlineStr"><is><t>{text}</t></is></c>'

    rows = "".join(f"<row>{cell(f'case {i}')}<c><v>{i}</v></c></row>" for i in range(3))
    table = saved(xlsx(f"<sheetData><row>{cell('ref')}{cell('days')}</row>{rows}</sheetData>"))

    assert rows_of(table) == [("case 0", "0"), ("case 1", "1"), ("case 2", "2")]


def test_label_that_does_not_encrypt_is_said(saved) -> None:
    parts = xlsx_parts({"A": sheet_data([["ref", "days"], ["a", "1"], ["b", "2"]])})
    plain = saved(archive(parts))
    labelled = saved(archive({**parts, "docMetadata/LabelInfo.xml": "<labelList/>"}))
    custom = '<property name="MSIP_Label_x_Enabled"/>'
    older = saved(archive({**parts, "docProps/custom.xml": custom}))

    assert "sensitivity label" not in said(plain)
    assert "sensitivity label" in said(labelled)
    assert "sensitivity label" in said(older)


def test_count_column_works_when_stored_in_a_workbook(saved) -> None:
    rows = [["group", "n"], ["A", 10], ["B", 32]]
    table = saved(book({"A": rows}), count="n")

    assert (table.rows, table.note.rows, table.note.stands_for) == (42, 2, 42)
    assert "group" in [column.name for column in table.columns]


def test_name_of_a_sheet_with_braces_is_given_by_its_place(saved) -> None:
    made = book({"Notes {n}": [["about this"]], "Reviews": [HEADER, *CASES]})
    assert "Sheet 1 looks like notes" in said(saved(made))


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=st.lists(
        st.tuples(
            st.from_regex(r"\Acase [a-z]{1,8}\Z"),
            st.one_of(st.integers(-(10**9), 10**9), st.decimals(-(10**9), 10**9, places=2)),
            st.dates(dt.date(1900, 3, 1), dt.date(2100, 1, 1)),
        ),
        min_size=2,
        max_size=40,
    ),
    title=st.integers(0, 3),
)
def test_rows_in_are_all_accounted_for_whatever_the_sheet(rows, title, tmp_path) -> None:
    sheet = [["Report"]] * bool(title) + [[]] * max(0, title - 1)
    path = tmp_path / "made.xlsx"
    book({"A": [*sheet, ["ref", "amount", "on"], *map(list, rows)]}).save(path)
    table = open_table(path, name="cases")
    try:
        note = table.note
        got = rows_of(table)
    finally:
        table.close()

    assert [row[0] for row in got] == [row[0] for row in rows]
    assert [Decimal(row[1]) for row in got] == [row[1] for row in rows]
    assert [row[2] for row in got] == [row[2].isoformat() for row in rows]
    left_out = sum(each.rows for each in note.left_out)
    assert note.rows_in == note.rows + left_out + len(note.header_rows)


def test_real_workbook_loads(opened: Opened) -> None:
    files = sorted(MESSY.glob("*.xlsx"))
    if not files:
        pytest.skip("no workbooks of third parties here")
    for path in files:
        table = opened(open_table(path, name="cases"))
        assert table.rows > 100
        assert table.note.header_rows == (1,)


def test_numbers_are_read_as_shown_when_their_format_puts_noughts_before_them(saved) -> None:
    made = book({"A": [["ref", "code", "days"], [12, 7, 3], [123456, 45, 4], [-5, 1.5, 5]]})
    for row in range(2, 5):
        made["A"].cell(row, 1).number_format = "000000"
        made["A"].cell(row, 2).number_format = "000"
        made["A"].cell(row, 3).number_format = "0"
    table = saved(made)
    assert rows_of(table) == [
        ("000012", "007", "3"),
        ("123456", "045", "4"),
        ("-5", "1.5", "5"),  # no identifiers: as they are stored
    ]
    assert "Column 'ref' holds numbers that the workbook shows with noughts" in said(table)
    assert "'days'" not in said(table)


def test_numbers_of_an_xls_are_read_as_shown(tmp_path: Path, opened: Opened) -> None:
    made = xlwt.Workbook()
    sheet = made.add_sheet("A")
    noughts, plain = (xlwt.easyxf(num_format_str=code) for code in ("000000", "0.00"))
    for column, name in enumerate(("ref", "code", "days", "open")):
        sheet.write(0, column, name)
    for row, ref in enumerate((12, 123456, 1e9, 1.5), start=1):
        sheet.write(row, 0, ref, noughts)
        sheet.row(row).set_cell_mulblanks(5, 7, noughts)
        sheet.write(row, 1, row, noughts if row > 2 else plain)
        sheet.write(row, 2, row, plain)
        sheet.write(row, 3, True, noughts)  # noqa: FBT003 - the value of a cell
    made.save(str(tmp_path / "cases.xls"))
    table = opened(open_table(tmp_path / "cases.xls", name="cases"))
    assert rows_of(table) == [
        ("000012", "1", "1", "true"),
        ("123456", "2", "2", "true"),
        ("1000000000", "000003", "3", "true"),
        ("1.5", "000004", "4", "true"),
    ]
    assert "Column 'ref' holds numbers that the workbook shows with noughts" in said(table)


def test_numbers_are_read_as_shown_when_only_some_cells_have_the_format(saved) -> None:
    made = book({"A": [["ref", "days"], *[[at, 1] for at in range(1, 6)]]})
    for row in (2, 3, 5):
        made["A"].cell(row, 1).number_format = "00"
    assert [row[0] for row in rows_of(saved(made))] == ["01", "02", "3", "04", "5"]


def test_number_is_as_stored_when_no_format_says_otherwise(saved) -> None:
    table = saved(book({"A": [["ref", "days"], [12, 3], [13, 4]]}))
    assert rows_of(table) == [("12", "3"), ("13", "4")]
    assert "noughts" not in said(table)


def test_sheets_are_listed_with_what_to_give_when_there_is_no_project_file(saved) -> None:
    rows = [HEADER, *CASES]
    with pytest.raises(DataError, match=r"`--sheet NAME`"):
        saved(book({"2024-25": rows, "2025-26": rows}))

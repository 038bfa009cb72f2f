"""Layout: which row is the header, which rows are of the table, and what cannot be told."""

import pytest

from rai_check.errors import DataError
from rai_check.reading import LeftOut
from rai_check.tables.grid import find_head
from rai_check.tables.grid_cells import clean, kind_of_cell
from rai_check.tables.grid_footer import footer
from rai_check.tables.grid_rows import body, stray
from rai_check.tables.grid_totals import is_note, is_page, is_total

ROWS = [
    ["P001", "01/04/2025", "Granted", "12.50"],
    ["P002", "02/04/2025", "Refused", "1.00"],
    ["P003", "03/04/2025", "Granted", "7.25"],
]
NAMES = ["Ref", "Date", "Outcome", "Cost"]


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("", "blank"),
        *((cell, "mark") for cell in ("< 10", "-", "n/a", "[c]", "..", "#REF!", "not known")),
        *(
            (cell, "number")
            for cell in ("12", "-1.5", "£1,234.50", "12%", "(3)", "1.2E+11", "5 CR")
        ),
        *((cell, "year") for cell in ("2024", "2011/12", "2023-2024", "Q1 2024", "FY2024")),
        *((cell, "date") for cell in ("1/4/25", "2025-04-01T10:00:00", "03-Jan-06", "Apr-24")),
        *((cell, "date") for cell in ("3rd January 2006", "01/04/2025 10:30", "March 2024")),
        ("09:30", "time"),
        *((cell, "flag") for cell in ("Yes", "n", "TRUE")),
        *((cell, "link") for cell in ("a@b.example", "https://example.org/x")),
        ("E01003012", "code:A9"),
        ("36 New Mount Street", "code:9 A A A"),
        ("Date received", "text"),
        ("x" * 500 + "1", "text"),
    ],
)
def test_kind_is_told_when_a_cell_looks_like_it(cell: str, kind: str) -> None:
    assert kind_of_cell(cell) == kind


def test_cell_is_clean_when_it_had_blanks_of_every_sort() -> None:
    assert clean("\ufeff\u00a0Date\n received\u2003\u200b") == "Date received"


@pytest.mark.parametrize(
    ("above", "names", "header_rows"),
    [
        ([], ["Ref", "Date", "Outcome", "Cost"], (1,)),
        ([["Reviews 2025"]], NAMES, (2,)),
        ([["Reviews", "", "", ""], [], ["Run on:", "02/07/2025"], []], NAMES, (5,)),
        ([["From", "01/04/2025", "To", "30/04/2025"], ["Team:", "SEN"], []], NAMES, (4,)),
        ([[], ["", "", "", ""]], NAMES, (3,)),
        ([["Person", "", "Decision", ""]], NAMES, (1, 2)),
        ([["Person", "Person", "Decision", "Decision"]], NAMES, (1, 2)),
        ([["Title"] * 4], NAMES, (2,)),
        ([["", "Decision", "", "Cost"]], ["Ref", "Date", "Outcome", ""], (1, 2)),
    ],
)
def test_header_is_found_when_rows_stand_above_it(
    above: list[list[str]], names: list[str], header_rows: tuple[int, ...]
) -> None:
    head = find_head([*above, names, *ROWS], where="t.csv")
    assert head.header_rows == header_rows
    assert head.first == header_rows[-1] + 1
    out = sum(each.rows for each in head.left_out)
    assert out == header_rows[0] - 1


@pytest.mark.parametrize(
    ("upper", "lower", "names"),
    [
        (
            ["Person", "", "Decision", ""],
            NAMES,
            ("Person Ref", "Person Date", "Decision Outcome", "Decision Cost"),
        ),
        (
            ["Ref", "Decision", "", "Cost"],
            ["", "Date", "Outcome", ""],
            ("Ref", "Decision Date", "Decision Outcome", "Cost"),
        ),
        (  # as a workbook's merged ranges repeat them
            ["Ref", "Decision", "Decision", "Cost"],
            ["Ref", "Date", "Outcome", "Cost"],
            ("Ref", "Decision Date", "Decision Outcome", "Cost"),
        ),
        (
            ["", "2023", "", ""],
            ["Ref", "Count", "Rate", "Share"],
            ("Ref", "Count", "Rate", "Share"),  # one label with nothing to settle: a title
        ),
        (
            ["Count of Ref", "Column Labels", "", ""],
            ["Row Labels", "Yes", "No", "Total"],
            ("Row Labels", "Yes", "No", "Total"),
        ),
    ],
)
def test_names_are_joined_when_headings_are_merged(
    upper: list[str], lower: list[str], names: tuple[str, ...]
) -> None:
    assert find_head([upper, lower, *ROWS], where="t.csv").names == names


def test_names_are_told_apart_when_groups_repeat_them() -> None:
    rows = [["", "2023", "", "2024", ""], ["Ward", "Count", "Rate", "Count", "Rate"]]
    rows += [["Abbey", "1", "2.5", "3", "4.5"], ["Barton", "2", "3.5", "4", "5.5"]]
    names = ("Ward", "2023 Count", "2023 Rate", "2024 Count", "2024 Rate")
    assert find_head(rows, where="t.csv").names == names


@pytest.mark.parametrize("years", [["2021", "2022"], ["2021/22", "2022/23"], ["Apr-24", "May-24"]])
def test_header_is_found_when_its_names_are_periods(years: list[str]) -> None:
    head = find_head([["Ward", *years], ["Abbey", "10", "12"], ["Barton", "9", "11"]], where="t")
    assert head.names == ("Ward", *years)


def test_header_is_found_when_columns_are_spacers() -> None:
    rows = [["", "Ref", "", "Cost", ""], ["", "P001", "", "1", ""], ["", "P002", "", "2", ""]]
    head = find_head(rows, where="t.csv")
    assert (head.names, head.kept) == (("Ref", "Cost"), (1, 3))
    (said,) = head.remarks
    assert str(said).startswith("Columns between others without a name or a value were left out: 1")
    assert not find_head([row[1:2] + row[3:] for row in rows], where="t.csv").remarks
    rows[2][2] = "stray"
    with pytest.raises(DataError, match=r"t\.csv, row 3: column 3 has no name"):
        body(head, rows[1:], first_row=2)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (ROWS, "seems to have no header"),
        ([["Smith", "Male"], ["Jones", "Male"], ["Brown", "Male"]], "seems to have no header"),
        ([["P001", "Smith"], ["P002", "Jones"], ["P003", "Brown"]], "seems to have no header"),
        ([["Dept", "Housing"], ["Supplier", "Cost"], ["X", "1"], ["Y", "2"]], "row 1 or row 2"),
        ([["Name", "Cost"], ["text", "£"], ["A", "1"], ["B", "2"]], "row 1 or row 2"),
        ([["List"], ["Surname", "Sex"], ["Smith", "Male"]], "row 1 or row 2"),
        ([[], ["", "\u00a0"]], "is empty: it has no header"),
        ([["Ref", "", "Cost"], ["P1", "x", "1"], ["P2", "y", "2"]], "row 1: column 2 has no name"),
        ([["a", "b", "a"], ["1", "2", "3"]], "row 1 repeats a column name: columns 1, 3"),
    ],
)
def test_header_is_refused_when_it_cannot_be_told(rows: list[list[str]], message: str) -> None:
    with pytest.raises(DataError, match=message) as caught:
        find_head(rows, where="t.csv")
    assert not any(word in str(caught.value) for word in ("Smith", "P001", "Housing"))


@pytest.mark.parametrize(("row", "message"), [(0, "no such row"), (9, "no such"), (2, "is blank")])
def test_declared_header_is_refused_when_it_is_none(row: int, message: str) -> None:
    with pytest.raises(DataError, match=message):
        find_head([["Title"], [], NAMES, *ROWS], where="t.csv", header_row=row)


def test_header_is_taken_as_declared_when_another_looks_likelier() -> None:
    head = find_head([NAMES, ["w", "x", "y", "z"], *ROWS], where="t.csv", header_row=2)
    assert (head.names, head.header_rows) == (("w", "x", "y", "z"), (2,))
    assert head.left_out == (LeftOut(why="above the header", rows=1, first=1),)


@pytest.mark.parametrize(
    "text",
    ["Total", "TOTALS", "Grand Total", "Sub-total:", "Subtotal", "Report Total: 31", "Total £"],
)
def test_total_is_told_when_its_words_stand_alone(text: str) -> None:
    assert is_total(("", text, "12"))


@pytest.mark.parametrize("text", ["Total Gas & Power", "Totally Local", "St Total School", "P1"])
def test_name_is_no_total_when_it_only_begins_so(text: str) -> None:
    assert not is_total((text, "Total"))
    assert not is_note(text)


@pytest.mark.parametrize(
    "text",
    [
        "Source: a made-up council",
        "* figures under 10 are not shown",
        "Applied filters: Year is 2024",
        "Notes",
        "Page 1 of 3",
        "2 rows selected.",
        "(3 rows affected)",
        "Contains public sector information",
        "[c] suppressed",
    ],
)
def test_note_is_told_when_it_begins_as_notes_do(text: str) -> None:
    assert is_note(text)


@pytest.mark.parametrize("cell", ["Page 3", "page 1 of 12", "- 4 -", "2 of 9"])
def test_page_is_told_when_its_number_stands_alone(cell: str) -> None:
    assert is_page(("", cell))
    assert not is_page((cell, "x"))


def test_rows_are_left_out_with_their_place_when_they_are_none_of_the_table() -> None:
    rows = [["Reviews", "", "", ""], NAMES, *ROWS, [], ["Page 1 of 2"], ["Reviews"], NAMES, *ROWS]
    rows += [["----"] * 4, ["Total", "", "", "41.50"], ["Source: a made-up council"]]
    head = find_head(rows, where="t.csv")
    found = body(head, rows[2:], first_row=3)
    assert [rows[2 + at] for at in found.rows] == ROWS * 2
    assert found.left_out == (
        LeftOut(why="blank", rows=1, first=6),
        LeftOut(why="of page numbers", rows=1, first=7),
        LeftOut(why="that print the title or the header again", rows=2, first=8),
        LeftOut(why="of lines drawn", rows=1, first=13),
        LeftOut(why="of totals under the table", rows=1, first=14),
        LeftOut(why="of notes under the table", rows=1, first=15),
    )
    assert found.remarks == ()


def test_total_is_kept_and_said_when_it_stands_among_rows() -> None:
    rows = [NAMES, *ROWS, ["Total", "", "", "20.75"], *ROWS]
    found = body(find_head(rows, where="t.csv"), rows[1:], first_row=2)
    assert len(found.rows) == 7
    assert [(remark.n, "look like totals" in remark.text) for remark in found.remarks] == [
        (1, True)
    ]


@pytest.mark.parametrize(
    "last",
    [
        ["P004", "", "", ""],  # a person of whom nothing else is known
        ["P004", "04/04/2025", "", ""],
        ["Total Gas & Power", "04/04/2025", "Granted", "1.00"],
        ["", "04/04/2025", "Granted", "1.00"],
    ],
)
def test_last_row_is_kept_when_it_could_be_a_record(last: list[str]) -> None:
    head = find_head([NAMES, *ROWS, last], where="t.csv")
    assert body(head, [*ROWS, last], first_row=2).rows == (0, 1, 2, 3)


@pytest.mark.parametrize(
    ("last", "why"),
    [
        (["", "", "", "20.75"], "of totals under the table"),
        (["", "", "Total", "20.75"], "of totals under the table"),
        (["Some have moved away since", "", "", ""], "of notes under the table"),
    ],
)
def test_last_row_is_left_out_when_it_is_no_record(last: list[str], why: str) -> None:
    head = find_head([NAMES, *ROWS, last], where="t.csv")
    assert footer(head, [*ROWS, last]) == (None, None, None, why)


def test_printed_header_of_one_column_is_no_stray_when_it_could_be_a_value() -> None:
    head = find_head([["Name"], ["Ann"], ["Bob"]], where="t.csv")
    assert stray(head, ["Name"]) is None
    assert stray(head, ["\u00a0".strip()]) == "blank"


def test_head_is_found_quickly_when_a_sheet_is_wide() -> None:
    names = [f"column {i}" for i in range(2_000)]
    rows = [names, *([str(i) for i in range(2_000)] for _ in range(50))]
    assert len(find_head(rows, where="t.csv").names) == 2_000


SUBTOTALS = [
    ["Team", "Ref", "Decided", "Cost"],
    *([["North", f"N{at}", "01/04/2025", "2.00"] for at in range(4)]),
    ["North Total", "", "", "8.00"],
    *([["South", f"S{at}", "01/04/2025", "2.00"] for at in range(4)]),
    ["South Total", "", "", "8.00"],
    ["Grand Total", "", "", "16.00"],
]


def test_subtotals_are_left_out_when_they_name_the_group_above() -> None:
    found = body(find_head(SUBTOTALS, where="t.csv"), SUBTOTALS[1:], first_row=2)
    assert found.rows == (0, 1, 2, 3, 5, 6, 7, 8)
    assert found.left_out == (
        LeftOut(why="of subtotals of the rows above them", rows=2, first=6),
        LeftOut(why="of totals under the table", rows=1, first=12),
    )
    assert found.remarks == ()


def test_subtotals_are_left_out_when_one_closes_another() -> None:
    """Two levels, as Excel writes them: the second comes right below the first."""
    rows = [["Area", "Team", "Ref", "Days"]]
    rows += [["East", "A", f"E{at}", "3"] for at in range(3)]
    rows += [["", "A Count", "3", ""], ["East Count", "", "3", ""]]
    rows += [["West", "B", f"W{at}", "3"] for at in range(3)]
    found = body(find_head(rows, where="t.csv"), rows[1:], first_row=2)
    assert found.rows == (0, 1, 2, 5, 6, 7)
    assert [(each.rows, each.first) for each in found.left_out] == [(2, 5)]


@pytest.mark.parametrize(
    ("row", "remarks"),
    [
        (["South Total", "", "", "8.00"], 1),  # of other rows than those above: only suspected
        (["North Total", "N9", "02/04/2025", "2.00"], 1),  # filled as a record is
        (["Overhead Total", "N9", "02/04/2025", "2.00"], 0),  # a name, and a record
        (["North", "", "", "8.00"], 0),
    ],
)
def test_row_is_kept_when_it_is_not_surely_a_subtotal(row: list[str], remarks: int) -> None:
    rows = [*SUBTOTALS[:5], row, *SUBTOTALS[1:5]]
    found = body(find_head(rows, where="t.csv"), rows[1:], first_row=2)
    assert len(found.rows) == 9
    assert sum("look like totals" in each.text for each in found.remarks) == remarks


WAITING = ["Number", "Surname", "Asked on", "Decided on", "Outcome"]
PEOPLE = [
    [str(10001 + at), name, f"0{at + 1}/04/2025", "09/04/2025", "Granted"]
    for at, name in enumerate(["Ashe", "Birch", "Cole", "Dell", "Elm", "Fenn"])
]


@pytest.mark.parametrize(
    "last",
    [
        [["10007", "", "", "", ""]],  # somebody of whom no more is known yet
        [["10007", "", "", "", ""], ["10008", "", "", "", ""]],
        [["007", "", "", "", ""]],
        [["", "Total", "07/04/2025", "09/04/2025", "Granted"]],
    ],
)
def test_people_are_kept_when_little_is_known_of_them(last: list[list[str]]) -> None:
    head = find_head([WAITING, *PEOPLE, *last], where="t.csv")
    found = body(head, [*PEOPLE, *last], first_row=2)
    assert len(found.rows) == len(PEOPLE) + len(last)
    assert len(found.remarks) == 1


@pytest.mark.parametrize(
    ("number", "rows"),
    [("41.50", 0), ("90", 0), ("41.48", 0), ("41.4", 1), ("0042", 1), ("17", 1)],
)
def test_figure_under_a_column_is_a_total_when_it_can_be_its_sum(number: str, rows: int) -> None:
    head = find_head([NAMES, *ROWS, *ROWS], where="t.csv")
    last = ["", "", "", number]
    found = body(head, [*ROWS, *ROWS, last], first_row=2)
    assert len(found.rows) == 2 * len(ROWS) + rows
    assert len(found.remarks) == rows

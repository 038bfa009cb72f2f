"""CSV files of odd shapes, as programs in councils write them: what is read, and what is said."""

from collections.abc import Callable

import pytest

from rai_check.errors import DataError
from rai_check.tables import Table, csv_reader

OpenFile = Callable[..., Table]
HEADER = "Ref,Date,Outcome,Cost\n"
CASES = (
    "P001,01/04/2025,Granted,12.50\nP002,02/04/2025,Refused,1.00\nP003,03/04/2025,Granted,7.25\n"
)
FILE = HEADER + CASES
WIDE = FILE.replace(",", ";")
NAMES = ["Ref", "Date", "Outcome", "Cost"]


def _out(table: Table) -> dict[str, int]:
    return {each.why: each.rows for each in table.note.left_out}


@pytest.mark.parametrize(
    ("content", "header", "left_out"),
    [
        ("sep=;\r\n" + WIDE.replace("\n", "\r\n"), 2, {"above the header": 1}),
        ('"sep=,"\n' + FILE, 2, {"above the header": 1}),
        ("\ufeffsep=;\n" + WIDE, 2, {"above the header": 1}),
        ("sep=\t\n" + FILE.replace(",", "\t"), 2, {"above the header": 1}),
        (FILE.replace("\n", "\r\r\n"), 1, {"blank": 4}),
        ("Annual reviews\n\n" + FILE, 3, {"above the header": 2}),
        ("Annual reviews\n" + FILE, 2, {"above the header": 1}),
        ("Annual reviews,,,\n" + FILE, 2, {"above the header": 1}),
        ("\n\n,,,\n" + FILE, 4, {"above the header": 3}),
        ("Run by\nFrom,01/04/2025,To,30/04/2025\nTeam:,all\n\n" + FILE, 5, {"above the header": 4}),
        ("Textbox1,Textbox5\nReviews,Page 1\n\n" + FILE, 4, {"above the header": 3}),
        ("".join(f"Parameter {i}: x\n" for i in range(40)) + FILE, 41, {"above the header": 40}),
        (FILE + "\x1a", 1, {"blank": 1}),
        (FILE + "\u00a0,\u00a0,,\n", 1, {"blank": 1}),
        (FILE + ",,\n", 1, {"blank": 1}),
        (FILE + "\nSource: made up\n* provisional\nPage 1 of 3\n", 1, {"blank": 1, "notes": 3}),
        (FILE + ",,,\nTotal,,,20.75\nSource: x,,,\n", 1, {"blank": 1, "totals": 1, "notes": 1}),
        (FILE + "Total,20.75\n", 1, {"totals": 1}),
        (FILE + ",,Grand Total,20.75\n", 1, {"totals": 1}),
        (FILE + "Source: somewhere, 2024, page 3, and more\n", 1, {"notes": 1}),
        (FILE + '\n"Applied filters:\nYear is 2024\n"\n', 1, {"blank": 1, "notes": 1}),
        (FILE + '"","","",""\n"Applied filters:\nx","","",""\n', 1, {"blank": 1, "notes": 1}),
        (FILE + "\n3 rows selected.\n", 1, {"blank": 1, "notes": 1}),
        (HEADER + "----,----,----,----\n" + CASES, 1, {"of lines drawn": 1}),
        (HEADER + ",,,£\n" + CASES, 1, {"of units under the header": 1}),
        (HEADER + ",(dd/mm/yyyy),,(£)\n" + CASES, 1, {"of units under the header": 1}),
        (
            "x y\n" + HEADER + ",,,£000\n\n" + CASES,
            2,
            {
                "above the header": 1,
                "of units under the header": 1,
                "blank": 1,
            },
        ),
    ],
)
def test_rows_are_those_of_the_table_when_others_stand_around(
    read: OpenFile, content: str, header: int, left_out: dict[str, int]
) -> None:
    table = read(content)
    short = {"notes": "of notes under the table", "totals": "of totals under the table"}
    assert [column.name for column in table.columns] == NAMES
    assert list(table.distinct("Ref")) == [("P001", 1), ("P002", 1), ("P003", 1)]
    assert table.note.header_rows == (header,)
    assert _out(table) == {short.get(why, why): n for why, n in left_out.items()}
    assert table.note.rows_in == 4 + sum(left_out.values())


@pytest.mark.parametrize("end", [",,,\n", "\n"])
def test_pages_are_one_table_when_each_prints_the_header(read: OpenFile, end: str) -> None:
    title = "Made-up report" + end
    table = read(f"{title}{FILE}{end}Page 1 of 2{end}{title}{FILE}Page 2 of 2{end}")
    assert table.rows == 6
    assert _out(table) == {
        "above the header": 1,
        "blank": 1,
        "of page numbers": 2,
        "that print the title or the header again": 2,
    }


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        ('Ref,Size,N\nP1,5" pipe,1\nP2,the "big" one,2\n', ['5" pipe', 'the "big" one']),
        (
            'Ref,Size,N\r\nP1,"1 High St\rTown",1\r\nP2,"2\r\nX",2\r\n',
            ["1 High St\rTown", "2\r\nX"],
        ),
        ("Ref;Size;Rate\nP1;1,50;2,5\nP2;1,75;3,5\n", ["1,50", "1,75"]),
        (
            "Ref\tSize\tN\nSmith, J\t1 St, Town\t3\nJo, A\t2 St, Town\t4\n",
            ["1 St, Town", "2 St, Town"],
        ),
        ("Ref,Size,N,\nP1,a,1\nP2,b,2\n", ["a", "b"]),
        ("Ref,Size,N\nP1,a,1,\nP2,b,2,\n", ["a", "b"]),
        (",Ref,,Size,N,\n,P1,,a,1,\n,P2,,b,2,\n", ["a", "b"]),
        ('\u00a0Ref\u00a0,Size ,"N"\nP1,a,1\nP2,b,2', ["a", "b"]),
        ("Person,,Decision\nRef,Size,N\nP1,a,1\nP2,b,2\n", None),
    ],
)
def test_cells_are_whole_when_the_file_is_odd(
    read: OpenFile, content: str, rows: list[str] | None
) -> None:
    table = read(content)
    if rows is None:
        names = ["Person Ref", "Person Size", "Decision N"]
        assert [column.name for column in table.columns] == names
        assert table.note.header_rows == (1, 2)
    else:
        batch = next(iter(table.batches(["Size"])))
        assert batch.column(0).to_pylist() == rows


@pytest.mark.parametrize(
    ("content", "n", "says"),
    [
        (FILE.replace("Granted", "Gr\ufffdnted"), 2, "U+FFFD"),
        (FILE.replace("Granted", "O\u00e2\u20ac\u2122Neil"), 2, "were garbled"),
        (FILE + "P004,04/04/2025,Granted,1,\n", 1, "end in delimiters"),
        (FILE + "Total,,,20.75\n" + CASES, 1, "look like totals"),
        (FILE + "P004,,,\n", None, "next to nothing"),
    ],
)
def test_remark_is_made_when_a_reader_should_know(
    read: OpenFile, content: str, n: int | None, says: str
) -> None:
    (remark,) = read(content).note.remarks
    assert remark.n == n
    assert says in str(remark)
    assert read(FILE).note.remarks == ()


@pytest.mark.parametrize(
    "last", ["Total Gas & Power,04/04/2025,Paid,1\n", "P004,,,\n", "P004,04/04/2025,,\n"]
)
def test_record_is_kept_when_it_looks_a_little_like_a_total(read: OpenFile, last: str) -> None:
    assert read(FILE + last).rows == 4


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (CASES, "seems to have no header"),
        (FILE + "P004,04/04", r"line 5 \(row 5\): expected 4 columns as in the header, got 2"),
        (FILE + "P004", r"line 5 \(row 5\): expected 4 .* got 1"),
        (FILE + "P004,x\nP005,y\n" + CASES, r"line 5 .* got 2 \(and 1 more such rows\)"),
        (FILE + "Source: x\n" + CASES, r"line 5 \(row 5\): expected 4 .* got 1"),
        (FILE + 'P004,"04/04/2025,Granted,1\n', "opened on or after line 5 is never closed"),
        ("Units,Amount\nname,pounds\nA,1\nB,2\n", "row 1 or row 2; say which with `header_row:`"),
        (",,,\n,,,\n", "is empty: it has no header"),
        (",a,b\n0,x,1\n1,y,2\n", "row 1: column 1 has no name"),
        (HEADER.replace("Date", "") + CASES, "row 1: column 2 has no name"),
    ],
)
def test_file_is_refused_with_what_to_do_when_it_cannot_be_told(
    read: OpenFile, content: str, message: str
) -> None:
    with pytest.raises(DataError, match=message) as caught:
        read(content)
    assert not any(cell in str(caught.value) for cell in ("P001", "P004", "Granted", "pounds"))


def test_header_is_taken_as_declared(read: OpenFile) -> None:
    table = read("w,x,y,z\n" + FILE, header_row=2)
    assert [column.name for column in table.columns] == NAMES
    assert table.rows == 3
    with pytest.raises(DataError, match="header_row: 9"):
        read(FILE, header_row=9)


def test_spacer_is_refused_when_it_holds_something_far_down(read: OpenFile) -> None:
    rows = "P1,,2\n" * 400
    with pytest.raises(DataError, match="row 402: column 2 has no name"):
        read("Ref,,N\n" + rows + "P1,stray,2\n" + rows)


@pytest.mark.parametrize("bad", ["", "Source: made up\n"])
def test_rows_are_the_same_when_read_one_by_one(
    read: OpenFile, bad: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # blocks of 4 KiB: a ragged last row is met after most rows have been passed on
    monkeypatch.setattr(csv_reader, "BLOCK", 1 << 12)
    content = "Ref,Text,N\n" + "".join(f'P{i},"text\r{i}",{i}\n' for i in range(3_000)) + bad
    table = read(content)
    assert table.rows == table.count_distinct("Ref") == 3_000
    assert table.note.rows_in == 3_001 + bool(bad)


@pytest.mark.parametrize("ragged", [False, True])
@pytest.mark.parametrize("label", ["{},,,", ",{},,"])
def test_subtotals_are_left_out_when_a_spreadsheet_wrote_them(
    read: OpenFile,
    label: str,
    ragged: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """As Data > Subtotal writes them, in a file longer than one block of rows is."""
    first = label.startswith("{")
    content = "Team,Ref,Outcome,Days\n" if first else "Ref,Team,Outcome,Days\n"
    for team in ("North", "South", "East"):
        for at in range(300):
            content += f"{team},R{at},Yes,2\n" if first else f"R{at},{team},Yes,2\n"
        content += label.format(f"{team} Total") + "600\n"
    content += label.format("Grand Total") + "1800\n" + ("Source: made up\n" if ragged else "")
    table = read(content)
    assert table.rows == 900
    outs = {each.why: (each.rows, each.first) for each in table.note.left_out}
    assert outs["of subtotals of the rows above them"] == (3, 302)
    assert outs["of totals under the table"] == (1, 905)
    assert table.note.remarks == ()


def test_total_is_said_when_the_rows_above_do_not_name_its_group(read: OpenFile) -> None:
    (remark,) = read(FILE + "North Total,,,20.75\n" + CASES).note.remarks
    assert remark.n == 1
    assert "look like totals" in remark.text


@pytest.mark.parametrize("row", [",,days,", "P000,,,£", ",,,0", ",01/03/2025,,£"])
def test_row_under_the_header_is_kept_unless_it_only_gives_units_of_figures(
    read: OpenFile, row: str
) -> None:
    table = read(HEADER + row + "\n" + CASES)
    assert table.note.rows == len(CASES.splitlines()) + 1
    assert not _out(table)


def test_header_longer_than_the_start_that_is_read_says_so(read: OpenFile) -> None:
    names = ",".join(f"column{i}" for i in range(200_000))
    with pytest.raises(DataError, match="or it is longer than 1,048,576 characters"):
        read(names + "\n" + "1," * 199_999 + "1\n")

"""CSV: encodings, delimiters, line ends, and every way to refuse one, with the place."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from rai_check.errors import DataError, UsageError
from rai_check.tables import ReadNote, Table, csv_reader, open_table

OpenFile = Callable[..., Table]


def _rows(table: Table) -> list[list[str | None]]:
    names = [column.name for column in table.columns]
    return [list(row.values()) for batch in table.batches(names) for row in batch.to_pylist()]


@pytest.mark.parametrize(
    ("codec", "note"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("cp1252", "cp1252"),
    ],
)
def test_encoding_is_found_when_not_given(read: OpenFile, codec: str, note: str) -> None:
    table = read("naïve,b\nCafé “x”,2\n".encode(codec))
    assert table.note == ReadNote(
        encoding=note, delimiter=",", rows=1, line_ends="LF", header_rows=(1,), rows_in=2
    )
    assert [column.name for column in table.columns] == ["naïve", "b"]
    assert _rows(table) == [["Café “x”", "2"]]


def test_encoding_is_found_when_utf_16_is_big_endian(read: OpenFile) -> None:
    assert _rows(read(b"\xfe\xff" + "a\nÿ\n".encode("utf-16-be"))) == [["ÿ"]]


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_encoding_is_found_when_utf_16_has_no_mark(read: OpenFile, codec: str) -> None:
    table = read("name,b\nCaf\u00e9 \u201cx\u201d,2\n".encode(codec))
    assert table.note.encoding == codec
    assert _rows(table) == [["Caf\u00e9 \u201cx\u201d", "2"]]


def test_encoding_is_found_when_the_odd_byte_is_far_down(read: OpenFile) -> None:
    table = read(b"a\n" + b"plain\n" * 300_000 + b"caf\xe9\n")
    assert table.note.encoding == "cp1252"
    assert table.count_distinct("a") == 2


def test_text_is_whole_when_characters_straddle_chunks(read: OpenFile) -> None:
    # three bytes a character and a line of two: some character falls on every chunk's edge
    table = read("a\n" + "☃\n" * 600_000)
    assert list(table.distinct("a")) == [("☃", 600_000)]


@pytest.mark.parametrize("encoding", ["utf-8", "UTF8", "utf_8_sig"])
def test_encoding_is_kept_when_given(read: OpenFile, encoding: str) -> None:
    assert _rows(read("a\né\n", encoding=encoding)) == [["é"]]


def test_mark_is_not_part_of_a_name_when_the_encoding_is_given(read: OpenFile) -> None:
    content = b"\xff\xfe" + "a\né\n".encode("utf-16-le")
    for encoding in ("utf-16", "utf-16-le"):
        assert read(content, encoding=encoding).columns[0].name == "a"


def test_encoding_is_used_when_given_and_another_fits(read: OpenFile) -> None:
    table = read("a\nŁódź\n".encode("iso8859-2"), encoding="latin2")
    assert table.note.encoding == "iso8859-2"
    assert _rows(table) == [["Łódź"]]


@pytest.mark.parametrize("encoding", ["utf9", "hex", "unicode_escape", "idna", "\0"])
def test_encoding_is_refused_when_it_is_none(read: OpenFile, encoding: str) -> None:
    with pytest.raises(UsageError, match="is not an encoding"):
        read("a\n1\n", encoding=encoding)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a,b\r\n1,\xe9\r\n2,3\r\n\x81,4\r\n", r"neither UTF-8 \(line 2\) nor .* \(line 4\)"),
        (b"a\r1\r\x8d\xff", r"neither UTF-8 \(line 3\) nor .* \(line 3\)"),
        (b"a,b\n1,2\n3,\x00\n", "cases.csv, line 3: a NUL"),
        (b"a,b\n1,\0\0\n" + b"1,2\n" * 9, "line 2: a NUL"),
        ("\ufeffa\n1\n\0\n".encode("utf-16-le"), "line 3: a NUL"),
        ("\ufeffa\nb\n".encode("utf-16-le") + b"\x00\xd8x\x00", "line 3: not in .* utf-16"),
    ],
)
def test_file_is_refused_when_it_is_not_text(read: OpenFile, content: bytes, message: str) -> None:
    with pytest.raises(DataError, match=message):
        read(content)


def test_line_is_right_when_crlf_straddles_chunks(read: OpenFile) -> None:
    start = b"a\r\n" + b"x" * ((1 << 20) - 4) + b"\r"  # a chunk is 1 MiB: CR ends it, LF follows
    with pytest.raises(DataError, match="line 3: a NUL"):
        read(start + b"\n\0\n")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_found_when_in_the_header(read: OpenFile, delimiter: str) -> None:
    table = read(f'a{delimiter}"x,x;y;y|z|z"{delimiter}c\n1{delimiter}2{delimiter}3\n')
    assert table.note.delimiter == delimiter
    assert _rows(table) == [["1", "2", "3"]]


def test_delimiter_is_a_comma_when_there_is_nothing_to_go_by(read: OpenFile) -> None:
    table = read("a\n1;2\n")
    assert table.note.delimiter == ","
    assert _rows(table) == [["1;2"]]


def test_delimiter_is_a_tab_when_the_suffix_says_so(read: OpenFile) -> None:
    assert _rows(read("a,b,c\td\n1\t2\n", name="cases.TSV")) == [["1", "2"]]


def test_delimiter_is_used_when_given(read: OpenFile) -> None:
    assert _rows(read("a,b^c\n1^2\n", delimiter="^")) == [["1", "2"]]


@pytest.mark.parametrize("delimiter", ["", ",,", "é", '"', "\n", "x"])
def test_delimiter_is_refused_when_it_is_none(read: OpenFile, delimiter: str) -> None:
    with pytest.raises(UsageError, match="cannot delimit"):
        read("a\n1\n", delimiter=delimiter)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_rows_are_found_when_lines_end_so(read: OpenFile, end: str, last: bool) -> None:  # noqa: FBT001 - a parameter of the test
    text = end.join(["a,b", "1,2", "", "3,4"]) + (end if last else "")
    assert _rows(read(text)) == [["1", "2"], ["3", "4"]]


def test_values_are_whole_when_quoted(read: OpenFile) -> None:
    table = read('a,b\n"line 1\r\nline 2, ""so""",5" pipe\n"",x\n')
    assert _rows(table) == [['line 1\r\nline 2, "so"', '5" pipe'], [None, "x"]]


def test_codes_stay_text_when_they_look_like_numbers(read: OpenFile) -> None:
    table = read("a,b\n007,1e5\nNA,null\n")
    assert {column.kind for column in table.columns} == {"text"}
    assert _rows(table) == [["007", "1e5"], ["NA", "null"]]


@pytest.mark.parametrize("content", ["a,b\n", "a,b", "\ufeffa,b\r\n\r\n"])
def test_table_has_no_rows_when_there_is_only_a_header(read: OpenFile, content: str) -> None:
    table = read(content)
    assert (table.rows, len(table.columns), table.counts(["a"]).rows) == (0, 2, ())


@pytest.mark.parametrize("content", ["", "\ufeff", "\n\r\n", " \n"])
def test_file_is_refused_when_empty(read: OpenFile, content: str) -> None:
    with pytest.raises(DataError, match=r"cases\.csv is empty"):
        read(content)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a,b\n1,2\n3,4,5\n", r"line 3 \(row 3\): expected 2 .* got 3"),
        ("a,b\n1,2\n\n\n3\n", r"line 5 \(row 5\): expected 2 .* got 1"),
        ('a,b\n"1\n1",2\n3\n', r"line 4 \(row 3\): expected 2 .* got 1"),
        ("a,b\r1,2\r3,4,5\r", r"line 3 \(row 3\): expected 2 .* got 3"),
        ("a,b,c\n1;2;3\n", r"line 2 \(row 2\): expected 3 .* got 1"),
        ('a,b\n1,2\n3,"4\n5,6\n', "opened on or after line 3 is never closed"),
        ('a,b\n1,2\n3,"', "opened on or after line 3 is never closed"),
        ('a\n1\n"2\n', "opened on or after line 3 is never closed"),
        ('a,b\n"1,2\n3,4\n', "opened on or after line 2 is never closed"),
        ('"a,b\n1,2\n', "quotation marks of the header"),
        ("a,,c\n1,2,3\n4,5,6\n", "row 1: column 2 has no name"),
        ("a,b,\n1,2,3\n4,5,6\n", "row 1: column 3 has no name"),
        ("a, b,a ,b\n", "row 1 repeats a column name: columns 1, 3, columns 2, 4"),
    ],
)
def test_file_is_refused_when_it_is_not_a_table(read: OpenFile, content: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        read(content)


def test_ragged_row_is_found_when_far_down(read: OpenFile) -> None:
    with pytest.raises(DataError, match=r"line 400002 \(row 400002\): expected 2"):
        read("a,b\n" + "some text,more\n" * 400_000 + "1,2,3\n" + "1,2\n" * 1_000)


@pytest.mark.parametrize(
    "content",
    [
        b"a,b\n1,2\n3," + b"x" * 10_000_000 + b"\n5,6\n",
        b'a,b\n1,2\n3,"' + b"x,y\n" * 2_500_000 + b'"\n',
        b'a,b\n1,2\n3,"' + b"x,y\n" * 2_500_000,
    ],
)
def test_file_is_refused_when_a_value_has_10_mb(read: OpenFile, content: bytes) -> None:
    with pytest.raises(DataError, match=r"longer than 1 MiB begins on or after line 3"):
        read(content)


def test_row_is_read_when_it_has_9_mb(read: OpenFile) -> None:
    row = ",".join(["x" * 900_000] * 10)
    (cells,) = _rows(read(",".join("abcdefghij") + f"\n{row}\n"))
    assert [len(cell or "") for cell in cells] == [900_000] * 10


def test_value_is_read_when_it_is_long_but_honest(read: OpenFile) -> None:
    assert len(_rows(read("a,b\n1," + "x" * 1_000_000 + "\n"))[0][1] or "") == 1_000_000


def test_fingerprint_is_of_the_bytes_when_a_file(read: OpenFile) -> None:
    content = "a\né\r\n".encode("cp1252")
    assert read(content).fingerprint() == hashlib.sha256(content).hexdigest()


def test_file_is_refused_when_changed_while_read(
    write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("a\n1\n")
    layout = csv_reader._layout

    def change(*arguments: object) -> object:
        path.write_text("a\n1\n2\n")
        return layout(*arguments)  # type: ignore[arg-type] # passed on as they came

    monkeypatch.setattr(csv_reader, "_layout", change)
    with pytest.raises(DataError, match="was changed while"):
        open_table(path, name="cases")


@pytest.mark.parametrize("plain", [0, 400_000])
def test_file_is_refused_when_it_mixes_encodings(read: OpenFile, plain: int) -> None:
    """Half of its rows are UTF-8: read as Windows-1252 they would be other words."""
    content = b"ref,place\n" + b"1,plain\n" * plain
    content += "2,caf\u00e9\n".encode() + "3,caf\u00e9\n".encode("cp1252")
    content += "4,caf\u00e9 \u2013 x\n".encode()
    with pytest.raises(DataError, match="mixes two encodings") as caught:
        read(content)
    assert f"line {plain + 2} is UTF-8, line {plain + 3} is not" in str(caught.value)
    assert "caf" not in str(caught.value)
    assert read(content, encoding="cp1252").rows == plain + 3


def test_file_is_read_when_capitals_before_quotation_marks_look_like_utf_8(
    read: OpenFile,
) -> None:
    """In Windows-1252 a capital E acute and a closing quotation mark are UTF-8 by chance."""
    content = "ref,place\n1,CAF\u00c9\u2019S\n2,CAF\u00c9\u2019S\n3,caf\u00e9 \u2013 \u00a35\n"
    table = read(content.encode("cp1252"))
    assert table.note.encoding == "cp1252"
    assert _rows(table)[0] == ["1", "CAF\u00c9\u2019S"]

"""Workbooks that are made to harm, or are merely broken: refused before memory is asked for."""

import io
import random
import struct
import traceback
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwt

from made_books import (
    MAIN,
    archive,
    biff12,
    compound,
    sheet_data,
    text_cell,
    xlsb,
    xlsb_rows,
    xlsx,
    xlsx_parts,
)
from rai_check.errors import DataError
from rai_check.tables import Table, open_table
from rai_check.tables.ole import CompoundFile

TABLE = sheet_data([["ref", "days"], ["a", "1"], ["b", "2"]])
PERSON = "Jo Bloggs"  # stands for any content of a cell
OPEN = "urn:oasis:names:tc:opendocument:xmlns"
Opened = Callable[[Table], Table]


def refused(tmp_path: Path, name: str, content: bytes) -> str:
    """The message of the refusal; nothing of the content is in it, or in what led to it."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DataError) as caught:
        open_table(path, name="cases")
    assert PERSON not in "".join(traceback.format_exception(caught.value))
    assert caught.value.__context__ is None
    return str(caught.value)


def cell(place: str, more: str = "") -> str:
    return f'<sheetData><row r="1"><c r="{place}" {more}><v>1</v></c></row></sheetData>'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (cell("A1048576") + cell("XFD1"), "1,048,576 rows and 16,384 columns"),
        (cell("A1048577"), "is damaged"),
        (cell("XFE1"), "is damaged"),
        (cell("AAAAAAA1"), "is damaged"),
        (cell("a1"), "is damaged"),
        (cell("A4294967295"), "is damaged"),
        (cell("A1").replace('r="A1"', "r = 'ZZZZ1'"), "is damaged"),
        ('<sheetData><row r="1048576">' + "<c><v>1</v></c>" * 11 + "</row></sheetData>", "11 col"),
        (TABLE + '<mergeCells count="4000000000"/>', "is damaged"),
        (TABLE.replace("<v>1</v>", "<v>1"), "is damaged"),
        (TABLE[:-30] + text_cell("A9", PERSON), "is damaged"),
    ],
)
def test_sheet_is_refused_when_it_would_ask_for_too_much(tmp_path, content, message) -> None:
    assert message in refused(tmp_path, "cases.xlsx", xlsx(content))


def test_sheet_is_read_when_only_its_tag_of_dimensions_is_large(tmp_path, opened: Opened) -> None:
    path = tmp_path / "cases.xlsx"
    path.write_bytes(xlsx(f'<dimension ref="A1:XFD1048576"/>{TABLE}'))
    assert opened(open_table(path, name="cases")).rows == 2


def test_workbook_is_refused_when_it_declares_more_strings_than_it_has(tmp_path) -> None:
    strings = f'<sst xmlns="{MAIN}" uniqueCount="4294967295"><si><t>{PERSON}</t></si></sst>'
    assert "is damaged" in refused(tmp_path, "cases.xlsx", xlsx(TABLE, strings=strings))


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_workbook_is_refused_when_it_declares_entities(tmp_path, part) -> None:
    parts = xlsx_parts({"A": TABLE})
    bomb = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "{PERSON}">]>'
    parts[part] = bomb + parts[part].replace("ref", "&a;")
    assert "is damaged" in refused(tmp_path, "cases.xlsx", archive(parts))


def test_workbook_is_refused_when_it_unpacks_to_too_much(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("rai_check.tables.workbook_package.MOST_UNPACKED", 1 << 20)
    parts = {**xlsx_parts({"A": TABLE}), "xl/worksheets/sheet2.xml": b" " * (2 << 20)}
    content = archive(parts)
    assert len(content) < 10_000
    assert "cases.xlsx unpacks to 2 MiB" in refused(tmp_path, "cases.xlsx", content)


def test_workbook_is_refused_when_a_part_lies_about_its_length(tmp_path) -> None:
    content = bytearray(archive({**xlsx_parts({"A": TABLE}), "xl/styles.xml": b" " * 5_000}))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.find(mark, 0)
        while at >= 0 and struct.unpack_from("<I", content, at + offset)[0] != 5_000:
            at = content.find(mark, at + 1)
        struct.pack_into("<I", content, at + offset, 10)
    assert "is damaged" in refused(tmp_path, "cases.xlsx", bytes(content))


def test_workbook_is_refused_when_two_parts_have_one_name(tmp_path) -> None:
    parts = xlsx_parts({"A": TABLE})
    parts["xl/worksheets/SHEET1.xml"] = parts["xl/worksheets/sheet1.xml"]
    assert "is damaged" in refused(tmp_path, "cases.xlsx", archive(parts))


def test_workbook_is_refused_when_its_file_is_too_large(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("rai_check.tables.workbook_file.LARGEST_FILE", 100)
    assert "too large for a workbook" in refused(tmp_path, "cases.xlsx", xlsx(TABLE))


@pytest.mark.parametrize("end", [30, 200, 600])
def test_workbook_is_refused_when_cut_short(tmp_path, end) -> None:
    assert "damaged" in refused(tmp_path, "cases.xlsx", xlsx(TABLE)[:-end])


def old_book(folder: Path) -> bytes:
    made = xlwt.Workbook()
    sheet = made.add_sheet("A")
    for at, (ref, days) in enumerate([("ref", "days"), (PERSON, 1), ("b", 2.5)]):
        sheet.write(at, 0, ref)
        sheet.write(at, 1, days)
    made.save(folder / "made.xls")
    book = CompoundFile((folder / "made.xls").read_bytes()).stream("Workbook")
    assert book is not None
    return book


def patched(book: bytes, id_: int, content: bytes) -> bytes:
    """Overwrite the start of the first record of a kind."""
    changed, at = bytearray(book), 0
    while at + 4 <= len(changed):
        found, size = struct.unpack_from("<HH", changed, at)
        if found == id_:
            changed[at + 4 : at + 4 + len(content)] = content
            return compound({"Workbook": bytes(changed)})
        at += 4 + size
    raise AssertionError(id_)


@pytest.mark.parametrize(
    ("record", "content", "message"),
    [
        (0x200, struct.pack("<IIHH", 0, 0xFFFFFFFF, 0, 0xFFFF), "is damaged"),
        (0x200, struct.pack("<IIHH", 10, 0, 10, 0), "is damaged"),
        (0xFC, struct.pack("<II", 0x7FFFFFFF, 0x7FFFFFFF), "is damaged"),
        (0x27E, struct.pack("<HH", 65535, 65535), "span 4,294,967,296 cells"),
    ],
)
def test_old_workbook_is_refused_when_it_would_ask_for_too_much(
    tmp_path, record, content, message
) -> None:
    made = patched(old_book(tmp_path), record, content)
    assert message in refused(tmp_path, "cases.xls", made)


def test_old_workbook_is_read_when_it_is_stored_by_hand(tmp_path, opened: Opened) -> None:
    path = tmp_path / "cases.xls"
    path.write_bytes(compound({"Workbook": old_book(tmp_path)}))
    assert opened(open_table(path, name="cases")).rows == 2


def test_compound_file_is_refused_when_its_sectors_run_in_a_ring(tmp_path) -> None:
    made = bytearray(compound({"Workbook": old_book(tmp_path)}))
    table = made.rfind(struct.pack("<II", 1, 2))
    struct.pack_into("<I", made, table + 4, 0)
    assert "damaged" in refused(tmp_path, "cases.xls", bytes(made))


def test_binary_workbook_is_refused_when_it_would_ask_for_too_much(tmp_path) -> None:
    rows = xlsb_rows([["ref", "days"], [PERSON, 1.0]])
    far = biff12((0, struct.pack("<IIHHI", 0xFFFFF, 0, 0, 0, 0) + b"\0"))
    far += biff12((5, struct.pack("<IId", 0x3FFF, 0, 1.0)))
    strings = biff12((159, struct.pack("<II", 0x7FFFFFFF, 0x7FFFFFFF)))

    assert "1,048,576 rows" in refused(tmp_path, "cases.xlsb", xlsb({"A": rows + far}))
    assert "is damaged" in refused(tmp_path, "cases.xlsb", xlsb({"A": rows}, strings=strings))


def open_document(rows: str) -> bytes:
    content = (
        f'<office:document-content xmlns:office="{OPEN}:office:1.0" xmlns:table="{OPEN}:table:1.0"'
        f' xmlns:text="{OPEN}:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="A">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="{OPEN}:manifest:1.0"/>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    parts = {"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content}
    return archive(parts)


def ods_cell(text: str, more: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def ods_row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


TOP = ods_row(ods_cell("case reference"), ods_cell("outcome"))
COLUMNS, ROWS = "table:number-columns-repeated", "table:number-rows-repeated"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            ods_row(ods_cell(PERSON, f'{COLUMNS}="16384"'), more=f'{ROWS}="1048576"'),
            "17,179,885,568",
        ),
        (ods_row(f'<table:table-cell {COLUMNS}="2000000000"/>', ods_cell(PERSON)), "is damaged"),
        (ods_row(f'<table:table-cell {COLUMNS}="-1"/>', ods_cell(PERSON)), "is damaged"),
        (ods_row(ods_cell(f"&{PERSON[:2]};")), "is damaged"),
    ],
)
def test_open_document_is_refused_when_it_would_ask_for_too_much(tmp_path, rows, message) -> None:
    assert message in refused(tmp_path, "cases.ods", open_document(TOP + rows))


def test_open_document_is_read_when_only_blanks_are_repeated(tmp_path, opened: Opened) -> None:
    rows = "".join(ods_row(ods_cell(f"A{i}"), ods_cell("no action")) for i in range(3))
    blank = ods_row(f'<table:table-cell {COLUMNS}="16384"/>', more=f'{ROWS}="1000000"')
    path = tmp_path / "cases.ods"
    path.write_bytes(open_document(TOP + rows + blank))
    table = opened(open_table(path, name="cases"))
    assert (table.rows, table.note.rows_in) == (3, 4)


def test_hidden_rows_are_said_when_an_open_document_filters(tmp_path, opened: Opened) -> None:
    rows = [ods_row(ods_cell(f"A{i}"), ods_cell("no action")) for i in range(3)]
    hidden = rows[0].replace("<table:table-row ", '<table:table-row table:visibility="filter" ')
    path = tmp_path / "cases.ods"
    path.write_bytes(open_document(TOP + hidden + "".join(rows[1:])))
    table = opened(open_table(path, name="cases"))
    assert "read too: 1." in " ".join(map(str, table.note.remarks))


def test_workbook_is_refused_when_it_changes_while_it_is_read(tmp_path, monkeypatch) -> None:
    path = tmp_path / "cases.xlsx"
    path.write_bytes(xlsx(TABLE))
    from rai_check.tables import workbook

    find_head = workbook.find_head

    def meddled(rows: object, **options: object) -> object:
        path.write_bytes(xlsx(TABLE) + b"more")
        return find_head(rows, **options)

    monkeypatch.setattr(workbook, "find_head", meddled)
    with pytest.raises(DataError, match="was changed while it was being read"):
        open_table(path, name="cases")


@pytest.mark.parametrize("seed", range(60))
def test_workbook_is_read_or_refused_quietly_when_bytes_of_it_are_wrong(
    tmp_path, seed, capfd
) -> None:
    drawn = random.Random(seed)  # noqa: S311 - a repeatable draw, nothing secret
    rows = "".join(ods_row(ods_cell(f"{PERSON} {i}"), ods_cell("no action")) for i in range(3))
    made = {
        "cases.xlsx": xlsx(TABLE),
        "cases.xls": compound({"Workbook": old_book(tmp_path)}),
        "cases.xlsb": xlsb({"A": xlsb_rows([["ref", "days"], [PERSON, 1.0], ["b", 2.0]])}),
        "cases.ods": open_document(TOP + rows),
    }
    name = drawn.choice(sorted(made))
    content = damaged(made[name], drawn)
    path = tmp_path / name
    path.write_bytes(content)
    refusals: list[DataError] = []
    try:
        open_table(path, name="cases").close()
    except DataError as error:
        refusals.append(error)
    for error in refusals:
        assert PERSON not in "".join(traceback.format_exception(error))
        assert error.__context__ is None
    assert capfd.readouterr().err == ""


def damaged(content: bytes, drawn: random.Random) -> bytes:
    """Change some bytes: of the file, or of one part of an archive, whose checksum then fits."""
    if not content.startswith(b"PK") or drawn.random() < 0.2:
        return changed(content, drawn)
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    name = drawn.choice(sorted(name for name, part in parts.items() if part))
    return archive({**parts, name: changed(parts[name], drawn)})


def changed(content: bytes, drawn: random.Random) -> bytes:
    made = bytearray(content)
    for _ in range(drawn.choice([1, 2, 5, 20])):
        made[drawn.randrange(len(made))] = drawn.choice([0, 255, drawn.randrange(256)])
    return bytes(made)

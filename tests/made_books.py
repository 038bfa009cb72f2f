"""Workbooks made byte by byte, for what the libraries that write honest ones will not write."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP archive of parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return made.getvalue()


def relations(targets: Mapping[str, tuple[str, str]]) -> str:
    """Return a part of relations: id → kind and target."""
    each = "".join(
        f'<Relationship Id="{id_}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for id_, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{each}</Relationships>'


def xlsx_parts(sheets: Mapping[str, str], *, strings: str = "", workbook: str = "") -> dict:
    """Return the parts of an .xlsx: name of each sheet → what is in its <worksheet>."""
    listed = "".join(
        f'<sheet name="{name}" sheetId="{i}" r:id="rId{i}"/>' for i, name in enumerate(sheets, 1)
    )
    targets = {
        f"rId{i}": ("worksheet", f"worksheets/sheet{i}.xml") for i in range(1, len(sheets) + 1)
    }
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{workbook}'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations(
            {**targets, **({"rIdS": ("sharedStrings", "sharedStrings.xml")} if strings else {})}
        ),
    }
    if strings:
        parts["xl/sharedStrings.xml"] = strings
    for i, content in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/sheet{i}.xml"] = f'<worksheet xmlns="{MAIN}">{content}</worksheet>'
    return parts


def xlsx(content: str, **options: str) -> bytes:
    """Return an .xlsx of one sheet, 'Sheet1', from what is in its <worksheet>."""
    return archive(xlsx_parts({"Sheet1": content}, **options))


def text_cell(place: str, text: str) -> str:
    """Return a cell of text in place, as some programs write it."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def sheet_data(rows: Sequence[Sequence[str]]) -> str:
    """Return rows of cells, numbers as numbers and the rest as text."""
    written = []
    for number, row in enumerate(rows, 1):
        cells = []
        for column, cell in enumerate(row):
            place = f"{chr(65 + column)}{number}"
            figure = cell.replace(".", "", 1).isdigit()
            cells.append(f'<c r="{place}"><v>{cell}</v></c>' if figure else text_cell(place, cell))
        written.append(f'<row r="{number}">{"".join(cells)}</row>')
    return f"<sheetData>{''.join(written)}</sheetData>"


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Return an OLE compound file of streams, each in sectors of its own."""
    padded = {name: data.ljust(4096, b"\0") for name, data in streams.items()}
    entries = [_entry("Root Entry", 5, _END, 0)]
    fat: list[int] = []
    body = b""
    for name, data in padded.items():
        entries.append(_entry(name, 2, len(fat), len(data)))
        sectors = -(-len(data) // _SECTOR)
        fat += [*range(len(fat) + 1, len(fat) + sectors), _END]
        body += data.ljust(sectors * _SECTOR, b"\0")
    directory = b"".join(entries)
    directory += _entry("", 0, 0, 0) * (-len(entries) % 4)
    first_directory, sectors = len(fat), len(directory) // _SECTOR
    fat += [*range(len(fat) + 1, len(fat) + sectors), _END]
    tables = 1
    while (len(fat) + tables) * 4 > tables * _SECTOR:
        tables += 1
    places = range(len(fat), len(fat) + tables)
    fat += [_FAT] * tables
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(tables * _SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, tables, first_directory, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", *places, *[_FREE] * (109 - tables))
    return header + body + directory + table


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le")
    held = (raw + b"\0\0").ljust(64, b"\0") + struct.pack(
        "<HBB", len(raw) + 2 if raw else 0, kind, 1
    )
    return (
        held
        + struct.pack("<III", _FREE, _FREE, _FREE)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def biff(*records: tuple[int, bytes]) -> bytes:
    """Return records of an .xls."""
    return b"".join(struct.pack("<HH", id_, len(body)) + body for id_, body in records)


def biff12(*records: tuple[int, bytes]) -> bytes:
    """Return records of an .xlsb: [MS-XLSB] 2.1.4."""
    written = b""
    for id_, body in records:
        written += bytes([id_]) if id_ < 0x80 else bytes([id_ & 0x7F | 0x80, id_ >> 7])
        size = len(body)
        while size > 0x7F:
            written, size = written + bytes([size & 0x7F | 0x80]), size >> 7
        written += bytes([size]) + body
    return written


def wide(text: str) -> bytes:
    """Return a string of an .xlsb."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(sheets: Mapping[str, bytes], *, hidden: Sequence[str] = (), strings: bytes = b"") -> bytes:
    """Return an .xlsb: name of each sheet → the records of its cells."""
    listed = b"".join(
        biff12((156, struct.pack("<II", name in hidden, i) + wide(f"rId{i}") + wide(name)))
        for i, name in enumerate(sheets, 1)
    )
    targets = {
        f"rId{i}": ("worksheet", f"worksheets/sheet{i}.bin") for i in range(1, len(sheets) + 1)
    }
    book = (
        biff12((131, b""), (153, bytes(12)), (143, b"")) + listed + biff12((144, b""), (132, b""))
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": relations({"rId1": ("officeDocument", "xl/workbook.bin")}),
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": relations(targets),
    }
    if strings:
        parts["xl/sharedStrings.bin"] = strings
    for i, cells in enumerate(sheets.values(), 1):
        start = biff12((129, b""), (148, struct.pack("<IIII", 0, 9, 0, 9)), (145, b""))
        parts[f"xl/worksheets/sheet{i}.bin"] = start + cells + biff12((146, b""), (130, b""))
    return archive(parts)


def xlsb_rows(rows: Sequence[Sequence[str | float | bool | None]]) -> bytes:
    """Return the records of rows of an .xlsb; None is a cell with an error."""
    written = b""
    for number, row in enumerate(rows):
        written += biff12((0, struct.pack("<IIHHI", number, 0, 300, 0, 0) + bytes(1)))
        for column, cell in enumerate(row):
            place = struct.pack("<II", column, 0)
            if cell is None:
                written += biff12((3, place + b"\x2a"))
            elif isinstance(cell, bool):
                written += biff12((4, place + bytes([cell])))
            elif isinstance(cell, str):
                written += biff12((6, place + wide(cell)))
            else:
                written += biff12((5, place + struct.pack("<d", cell)))
    return written

"""Measuring an .xlsx: how far its sheets reach, and what in them a reader cannot see.

A sheet can be hundreds of megabytes of XML, so patterns look through it in pieces that end with a
row. They only count; calamine does the reading.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from rai_check.tables.workbook_formats import padding_formats
from rai_check.tables.workbook_package import Package, elements, sheet_parts
from rai_check.tables.workbook_stats import Counting, Measured, SheetStats


def _tag(pattern: bytes, name: bytes, *, holds: bool = False) -> re.Pattern[bytes]:
    """Return the pattern of a start tag, whatever its prefix; `holds`: not one closed at once."""
    end = rb"[^<>]*(?<!/)>(?!</)" if holds else rb""
    return re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?" + name + rb"(?=[\s/>])" + pattern + end)


_PLACE = _tag(rb"[^<>]*?\sr\s*=\s*[\"']([A-Z]{1,3})([0-9]{1,7})[\"']", b"c", holds=True)
_ODD_PLACE = _tag(rb"[^<>]*?\sr\s*=\s*[\"'](?![A-Z]{1,3}[0-9]{1,7}[\"'])", b"c")
_CELL = _tag(b"", b"c", holds=True)
_ANY_CELL = _tag(b"", b"c")
_ROW = _tag(b"", b"row")
_NUMBERED = _tag(rb"[^<>]*?\sr=[\"']([0-9]{1,7})[\"']", b"row")
_ERROR = _tag(rb"[^<>]*?\st=[\"']e[\"'][^<>]*>", b"c")
_STYLED = _tag(rb"[^<>]*?\ss=[\"']([0-9]{1,7})[\"']", b"c", holds=True)
_HIDDEN_ROW = _tag(rb"[^<>]*?\shidden=[\"'](?:1|true)[\"']", b"row", holds=True)
_COLUMN = _tag(rb"[^<>]*>", b"col")
_BARE = re.compile(
    rb"<(?:\w+:)?c\s([^<>]*)>\s*<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>\s*)?</(?:\w+:)?c>"
)
_EMPTY_TEXT = re.compile(rb"\bt=[\"']str[\"']")
_LAST_ROW, _LAST_COLUMN = 1 << 20, 1 << 14
_ROW_ENDS = b"row>"
_LONGEST_ROW = 64 << 20


def measure_xlsx(data: bytes, where: str) -> Measured:
    """Measure an .xlsx or .xlsm.

    Raises:
        DataError: it unpacks to too much.
        ValueError: it is damaged.
    """
    package = Package(data, where)
    home = _home(package)
    ids = [a.get("id", "") for name, a in elements(package.part(home)) if name == "sheet"]
    parts = sheet_parts(package, home, ids)
    styles = padding_formats(package, f"{home.rpartition('/')[0]}/styles.xml")
    sheets = tuple(
        SheetStats() if part is None else _measure(package, part, styles) for part in parts
    )
    package.must_be_sound()
    return Measured(sheets=sheets, labelled=package.labelled)


def _home(package: Package) -> str:
    for name, attributes in elements(package.part("_rels/.rels")):
        target = attributes.get("Target", "").lstrip("/")
        if name == "Relationship" and attributes.get("Type", "").endswith("/officeDocument"):
            return target
    return "xl/workbook.xml"


def _measure(package: Package, part: str, styles: Mapping[int, int]) -> SheetStats:
    seen, columns, bare = Counting(), set[bytes](), 0
    for piece in _pieces(package, part):
        if b"\0" in piece or _ODD_PLACE.search(piece):
            raise ValueError("a sheet is not UTF-8, or a cell of it is nowhere")
        places = _PLACE.findall(piece)
        columns.update(column for column, _ in places)
        if not _all_placed(piece) and len(places) != len(_CELL.findall(piece)):
            seen.cell(*_counted(piece, seen.height))
        seen.cell(max((int(row) for _, row in places), default=0) - 1, -1)
        if b"hidden" in piece:
            seen.hidden_rows += len(_HIDDEN_ROW.findall(piece))
            for first, last in _hidden_columns(piece):
                seen.hide(first - 1, last - 1)
        if b't="e"' in piece or b"t='e'" in piece:
            for cell in _ERROR.finditer(piece):
                _meet_error(seen, cell[0])
        _meet_padded(seen, piece, styles)
        if b"f>" in piece or b"<f" in piece:
            bare += sum(1 for cell in _BARE.findall(piece) if not _EMPTY_TEXT.search(cell))
    seen.cell(-1, max(map(_number, columns), default=0) - 1)
    if seen.height > _LAST_ROW or seen.width > _LAST_COLUMN:
        raise ValueError("a cell lies beyond the last row or column that there can be")
    return replace(seen.stats(), uncalculated=bare)


def _pieces(package: Package, part: str) -> Iterator[bytes]:
    rest = b""
    for block in package.blocks(part):
        rest += block
        found = rest.rfind(_ROW_ENDS)
        if found >= 0:
            cut = found + len(_ROW_ENDS)
            yield rest[:cut]
            rest = rest[cut:]
        elif len(rest) > _LONGEST_ROW:
            raise ValueError("a row never ends")
    yield rest


def _all_placed(piece: bytes) -> bool:
    """Say whether every cell says where it is, as those of most writers do; a quick look only."""
    cells = sum(map(piece.count, (b"<c ", b"<c>", b"<c/", b":c ", b":c>", b":c/")))
    return cells == piece.count(b"<c r=")


def _counted(piece: bytes, before: int) -> tuple[int, int]:
    """Return the last row and column of the cells of a piece, from zero, when but counted."""
    widest, row = 0, before
    starts = [match.start() for match in _ROW.finditer(piece)]
    for start, end in pairwise([*starts, len(piece)]):
        one = piece[start:end]
        said = _NUMBERED.match(one)
        row = int(said[1]) if said else row + 1
        widest = max(widest, len(_ANY_CELL.findall(one)))
    return row - 1, widest - 1


def _meet_error(seen: Counting, cell: bytes) -> None:
    place = _PLACE.match(cell)
    if place is None:
        seen.errors_nowhere += 1
    else:
        seen.error(int(place[2]) - 1, _number(place[1]) - 1)


def _meet_padded(seen: Counting, piece: bytes, styles: Mapping[int, int]) -> None:
    for cell in _STYLED.finditer(piece) if styles else ():
        digits, place = styles.get(int(cell[1])), _PLACE.match(cell[0])
        if digits is not None and place is not None:
            seen.pad(int(place[2]) - 1, _number(place[1]) - 1, digits)


def _hidden_columns(piece: bytes) -> Iterator[tuple[int, int]]:
    for column in _COLUMN.findall(piece):
        said = dict(re.findall(rb"\b(min|max|hidden)=[\"']([0-9a-z]{1,6})[\"']", column))
        if said.get(b"hidden") in {b"1", b"true"}:
            yield int(said.get(b"min", b"1")), int(said.get(b"max", b"1"))


def _number(letters: bytes) -> int:
    """Return the number, from one, of a column: 1 of A, 27 of AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number

"""Measuring an .xlsb: the records of its sheets, walked one after another, only counted.

Source: [MS-XLSB] Excel Binary File Format: 2.1.4 on records, 2.4 on each.
"""

import struct
from collections.abc import Iterator

from rai_check.tables.workbook_package import Package, sheet_parts
from rai_check.tables.workbook_stats import Counting, Measured, SheetStats

_HOME = "xl/workbook.bin"
_ROW, _BLANK, _ERROR, _ERROR_OF_FORMULA, _LAST_CELL = 0, 1, 3, 11, 11
_COLUMNS, _SHEET, _STRINGS, _FORMATS = 60, 156, 159, 617
_LARGEST = 512 << 20
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x10, 0x01


def measure_xlsb(data: bytes, where: str) -> Measured:
    """Measure an .xlsb.

    Raises:
        DataError: it unpacks to too much.
        ValueError, struct.error: it is damaged.
    """
    package = Package(data, where)
    ids = list(_sheet_ids(package.part(_HOME)))
    for part in ("xl/sharedStrings.bin", "xl/styles.bin"):
        _must_hold(_whole(package, part))
    parts = sheet_parts(package, _HOME, ids)
    sheets = tuple(SheetStats() if p is None else _measure(_whole(package, p)) for p in parts)
    package.must_be_sound()
    return Measured(sheets=sheets, labelled=package.labelled)


def _whole(package: Package, part: str) -> bytes:
    return b"".join(package.blocks(part)) if package.has(part) else b""


def _records(part: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield the records of a part: what each is, where its body starts, and how long it is."""
    at, end = 0, len(part)
    while at < end:
        id_ = part[at]
        at += 1
        if id_ & 0x80 and at < end:
            id_ = (id_ & 0x7F) | (part[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        while at < end and shift < 28:  # noqa: PLR2004 - a size is four bytes of seven bits at most
            size |= (part[at] & 0x7F) << shift
            at, shift, more = at + 1, shift + 7, part[at] & 0x80
            if not more:
                break
        yield id_, at, size
        at += size


def _sheet_ids(book: bytes) -> Iterator[str]:
    for id_, at, size in _records(book):
        if id_ == _SHEET:
            (length,) = struct.unpack_from("<I", book, at + 8)
            if length > size:
                raise ValueError("a name is longer than its record")
            yield book[at + 12 : at + 12 + 2 * length].decode("utf-16-le")


def _must_hold(part: bytes) -> None:
    """Raise `ValueError` if a part declares more items than it has bytes."""
    for id_, at, _ in _records(part):
        if id_ in {_STRINGS, _FORMATS}:
            counts = struct.unpack_from("<II" if id_ == _STRINGS else "<I", part, at)
            if max(counts[-1:]) > len(part):
                raise ValueError("more items are declared than there is room for")


def _measure(part: bytes) -> SheetStats:
    seen, row = Counting(), 0
    for id_, at, _ in _records(part):
        if id_ == _ROW:
            (row,) = struct.unpack_from("<I", part, at)
            seen.hidden_rows += bool(part[at + 11] & _HIDDEN_ROW)
        elif _BLANK < id_ <= _LAST_CELL:
            (column,) = struct.unpack_from("<I", part, at)
            seen.cell(row, column)
            if id_ in {_ERROR, _ERROR_OF_FORMULA}:
                seen.error(row, column)
        elif id_ == _COLUMNS:
            first, last, _, _, flags = struct.unpack_from("<IIIIH", part, at)
            if flags & _HIDDEN_COLUMN:
                seen.hide(first, last)
    return seen.stats()

"""Measuring an .xls: its records, walked one after another, only counted.

Source: [MS-XLS] Excel Binary File Format, the sections named beside each record.
"""

import struct
from collections.abc import Iterator, Mapping

from rai_check.tables.ole import CompoundFile
from rai_check.tables.workbook_formats import digits_shown
from rai_check.tables.workbook_stats import Counting, Measured, SheetStats

_END, _BEGIN, _SHEET, _STRINGS, _DIMENSIONS = 0x0A, 0x809, 0x85, 0xFC, 0x200
_CELLS = frozenset({0x06, 0x203, 0x204, 0x205, 0x27E, 0xFD, 0xD6, 0xBD})
"""Formula, Number, Label, BoolErr, RK, LabelSst, RString and MulRk: 2.5.13 and 2.4.x of each."""
_FORMULA, _BOOL_OR_ERROR, _SEVERAL, _ROW, _COLUMNS = 0x06, 0x205, 0xBD, 0x208, 0x7D
_NUMBERS = frozenset({_FORMULA, 0x203, 0x27E, _SEVERAL})
_FORMAT, _STYLE = 0x41E, 0xE0
"""Format and XF: 2.4.126 and 2.4.353."""
_BIFF8 = 0x600
_LAST_ROW, _LAST_COLUMN = 1 << 16, 1 << 8
_SHORTEST_STRING = 3


def measure_xls(data: bytes, _where: str) -> Measured:
    """Measure an .xls.

    Raises:
        ValueError, struct.error: it is damaged.
    """
    book = CompoundFile(data).stream("Workbook", "Book")
    if book is None:
        raise ValueError("no workbook in it")
    places: list[int] = []
    codes: dict[int, int] = {}
    styles: list[int] = []
    for id_, at, size in _records(book, 0):
        if id_ == _SHEET:
            places.append(struct.unpack_from("<I", book, at)[0])
        elif id_ == _STRINGS and size >= 8:  # noqa: PLR2004 - length of the two counts
            _must_hold(book, struct.unpack_from("<I", book, at + 4)[0])
        elif id_ == _FORMAT:
            codes[struct.unpack_from("<H", book, at)[0]] = digits_shown(_code(book, at, size))
        elif id_ == _STYLE:
            styles.append(struct.unpack_from("<H", book, at + 2)[0])
    padding = {i: codes[format_] for i, format_ in enumerate(styles) if codes.get(format_)}
    return Measured(
        sheets=tuple(_measure(book, place, padding) for place in places),
        labelled=b"MSIP_Label_" in data or "MSIP_Label_".encode("utf-16-le") in data,
        at_once=True,
    )


def _records(book: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Yield the records of a substream: what each is, where its body starts, and how long it is."""
    depth = 0
    while at + 4 <= len(book):
        id_, size = struct.unpack_from("<HH", book, at)
        depth += (id_ == _BEGIN) - (id_ == _END)
        yield id_, at + 4, size
        if id_ == _END and depth <= 0:
            return
        at += 4 + size


def _code(book: bytes, at: int, size: int) -> str:
    """Return a format of one byte for each character, as all of noughts are; of others, nothing."""
    new = struct.unpack_from("<H", book, 4)[0] >= _BIFF8
    start = at + 5 if new else at + 3
    wide = new and book[at + 4] & 1
    return "" if wide else book[start : at + size].decode("latin-1")


def _must_hold(book: bytes, strings: int) -> None:
    if strings * _SHORTEST_STRING > len(book):
        raise ValueError("more strings are declared than there is room for")


def _measure(book: bytes, place: int, padding: Mapping[int, int]) -> SheetStats:
    seen = Counting()
    for id_, at, size in _records(book, place):
        if id_ in _CELLS:
            _meet_cells(seen, book, (id_, at, size), padding)
        elif id_ == _ROW:
            filled, flags = struct.unpack_from("<H", book, at + 4)[0], book[at + 12]
            seen.hidden_rows += bool(filled and flags & 0x20)
        elif id_ == _COLUMNS:
            first, last, _, _, flags = struct.unpack_from("<5H", book, at)
            if flags & 1:
                seen.hide(first, last)
        elif id_ == _DIMENSIONS:
            _must_be_possible(book, at)
    return seen.stats()


def _meet_cells(
    seen: Counting, book: bytes, record: tuple[int, int, int], padding: Mapping[int, int]
) -> None:
    id_, at, size = record
    row, column, style = struct.unpack_from("<HHH", book, at)
    styles = [(column, style)]
    if id_ == _SEVERAL:
        styles = list(_several(book, at, size))
        (column,) = struct.unpack_from("<H", book, at + size - 2)
    seen.cell(row, column)
    if _is_error(book, id_, at):
        seen.error(row, column)
    for place, its in styles if id_ in _NUMBERS else ():
        if its in padding:
            seen.pad(row, place, padding[its])


def _several(book: bytes, at: int, size: int) -> Iterator[tuple[int, int]]:
    """Yield column and style of the cells of a MulRk record: 2.4.175."""
    (first,) = struct.unpack_from("<H", book, at + 2)
    for number in range((size - 6) // 6):
        yield first + number, struct.unpack_from("<H", book, at + 4 + 6 * number)[0]


def _is_error(book: bytes, id_: int, at: int) -> bool:
    if id_ == _BOOL_OR_ERROR:
        return book[at + 7] == 1
    return id_ == _FORMULA and book[at + 6] == 2 and book[at + 12 : at + 14] == b"\xff\xff"  # noqa: PLR2004 - an error, [MS-XLS] 2.5.133


def _must_be_possible(book: bytes, at: int) -> None:
    top, bottom, left, right = struct.unpack_from("<IIHH", book, at)
    if bottom > _LAST_ROW or right > _LAST_COLUMN or top > bottom or left > right:
        raise ValueError("a sheet says that it is larger than one can be")

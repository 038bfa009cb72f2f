"""Calamine, the library that reads workbooks, kept at arm's length: its errors may quote cells."""

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from rai_check.errors import DataError
from rai_check.tables.foreign import guarded
from rai_check.tables.workbook_file import BookFile
from rai_check.tables.workbook_merged import Range

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetName:
    """A sheet of a workbook: its place among all, its name, and whether one sees it."""

    at: int
    name: str
    visible: bool
    holds_cells: bool
    """Whether it is a worksheet, not a chart or a macro."""


class Book:
    """An opened workbook.

    Args:
        file: read and measured.

    Raises:
        DataError: from every method, where the file is damaged; never with its content.
    """

    def __init__(self, file: BookFile) -> None:
        self._file, self._damaged = file, file.damaged
        file.measured.must_fit(file.where)
        self._book: CalamineWorkbook = _parsed(lambda: _opened(file.data), self._damaged)
        self.sheets = _tried(lambda: tuple(_names(self._book)), self._damaged)
        self._last: tuple[SheetName, Sheet] | None = None

    def sheet(self, name: SheetName) -> "Sheet":
        """Return a sheet with its cells.

        Raises:
            DataError: it is too large.
        """
        if self._last is None or self._last[0] != name:
            self._last = None  # before the next, so that there is one in memory at a time
            self._file.stats(name.at).must_fit(self._file.where)
            found = _parsed(lambda: self._book.get_sheet_by_index(name.at), self._damaged)
            self._last = name, Sheet(found, self._damaged)
        return self._last[1]


class Sheet:
    """The cells of one sheet, from its first row and column on."""

    def __init__(self, sheet: "CalamineSheet", damaged: str) -> None:
        self._sheet, self._damaged = sheet, damaged
        start, end = _tried(lambda: (sheet.start, sheet.end), damaged)
        self._left = 0 if start is None else start[1]
        self.height = 0 if end is None else end[0] + 1
        self.width = 0 if end is None else end[1] + 1

    def rows(self) -> Iterator[list[object]]:
        """Yield every row as wide as the sheet; an empty cell, or an error, is an empty text."""
        rows = _tried(self._sheet.iter_rows, self._damaged)
        margin: list[object] = [""] * self._left
        for _ in range(self.height):
            row = _tried(lambda: next(rows, None), self._damaged)
            if row is None:
                return
            yield margin + list(row)

    def merged(self) -> tuple[Range, ...]:
        """Return the merged cells; none where the format does not tell (.xlsb, .ods)."""
        ranges = _tried(lambda: self._sheet.merged_cell_ranges or [], self._damaged)
        return tuple(ranges)


def _opened(data: bytes) -> "CalamineWorkbook":
    from python_calamine import load_workbook

    return load_workbook(io.BytesIO(data))


def _names(book: "CalamineWorkbook") -> Iterator[SheetName]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    for at, sheet in enumerate(book.sheets_metadata):
        yield SheetName(
            at=at,
            name=sheet.name,
            visible=sheet.visible == SheetVisibleEnum.Visible,
            holds_cells=sheet.typ == SheetTypeEnum.WorkSheet,
        )


@contextmanager
def _silent() -> Iterator[None]:
    """Send what the process writes to its standard error nowhere.

    A panic in calamine writes there by itself, and may quote what it could not read.
    """
    try:
        kept = os.dup(2)
    except OSError:  # there is none, as in a program without a console
        yield
        return
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _parsed(work: Callable[[], T], message: str) -> T:
    """Do `work` that parses a file, in silence."""
    with _silent():
        return _tried(work, message)


def _tried(work: Callable[[], T], message: str) -> T:
    """Do `work`; a panic in calamine is no `Exception`, but is replaced like one."""
    try:
        return guarded(work, message)
    except DataError:
        raise
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
    raise DataError(f"{message}.")

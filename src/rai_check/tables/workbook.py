"""The reader of workbooks: .xlsx, .xlsm, .xls, .xlsb and .ods, through calamine.

A workbook is held in memory whole, so it is measured before it is opened. Its sheet, its header
and its last row are found as in a text file; what was found, and left out, is in the note.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from rai_check.reading import ReadNote, Remark
from rai_check.tables.files import must_be_unchanged, opened, state
from rai_check.tables.grid import Head, find_head
from rai_check.tables.grid_cells import Cells, clean
from rai_check.tables.grid_footer import FOOTER_ROWS, footer
from rai_check.tables.grid_rows import Tally, is_lone, must_be_named, remarks, stray
from rai_check.tables.grid_totals import may_be_total
from rai_check.tables.interface import Column
from rai_check.tables.names import checked_names, named, said, shown
from rai_check.tables.source import ReadOptions, Source
from rai_check.tables.workbook_cells import (
    ERROR,
    ERRORS_MISSING,
    Seen,
    pad,
    texts,
    without_errors,
)
from rai_check.tables.workbook_file import BookFile, book_file
from rai_check.tables.workbook_merged import Merged
from rai_check.tables.workbook_reading import Book, Sheet
from rai_check.tables.workbook_sheets import chosen, top
from rai_check.tables.workbook_stats import SheetStats

if TYPE_CHECKING:
    import pyarrow as pa

_BLOCK = 1 << 13
HEADINGS = "of headings merged across the columns"


@contextmanager
def workbook_source(path: Path, options: ReadOptions) -> Iterator[Source]:
    """Open a sheet of a workbook.

    Raises:
        DataError: it is damaged, sealed or too large; its sheet or its header is not found, or
            could be several.
    """
    where = shown(path.name)
    with opened(path) as file:
        before = state(file)
        book = book_file(file, where)
        yield _source(book, options)
        must_be_unchanged(file, before, where)


def _source(file: BookFile, options: ReadOptions) -> Source:
    picked = chosen(Book(file), options.sheet, file.where)
    place = f"{file.where}, sheet {named(picked.name.name, str(picked.name.at + 1))}"
    head = find_head(top(picked.sheet), where=place, header_row=options.header_row)
    stats = file.stats(picked.name.at)
    body = SheetBody(sheet=picked.sheet, head=head, stats=stats)
    said = (*file.remarks(), *picked.remarks, *stats.remarks(), *head.remarks)
    return Source(
        where=file.where,
        columns=tuple(Column(name, "text") for name in checked_names(head.names, place)),
        batches=body.batches(),
        fingerprint=file.fingerprint,
        note=lambda rows: ReadNote(
            encoding=None,
            delimiter=None,
            rows=rows,
            sheet=shown(picked.name.name),
            sheet_asked=options.sheet is not None,
            sheet_number=picked.name.at + 1,
            header_rows=head.header_rows,
            rows_in=picked.sheet.height,
            left_out=(*head.left_out, *body.tally.left_out),
            remarks=(*said, *body.remarks()),
        ),
    )


@dataclass(slots=True, kw_only=True)
class SheetBody:
    """The rows of a sheet below its header, read once; then what was seen on the way."""

    sheet: Sheet
    head: Head
    stats: SheetStats
    tally: Tally = field(default_factory=Tally)
    _seen: Seen = field(default_factory=Seen)
    _merged: Merged = field(init=False)
    _totals: set[int] = field(default_factory=set)
    _lone: bool = False

    def batches(self) -> Iterator["pa.RecordBatch"]:
        """Yield the rows of the table as text."""
        self._seen.errors = self.stats.errors_nowhere
        self._merged = Merged(self.sheet.merged(), first=self.head.first - 1)
        block: list[list[str]] = []
        for row in self._rows():
            block.append(row)
            if len(block) == _BLOCK:
                yield _batch(block)
                block = []
        if block:
            yield _batch(block)

    def remarks(self) -> tuple[Remark, ...]:
        """Return what to say of the rows, once all have been read."""
        names = self._names()
        said = [*self._merged.remarks(names), *remarks(len(self._totals), lone=self._lone)]
        if self._seen.errors:
            said.append(Remark(text=ERRORS_MISSING, n=self._seen.errors))
        for at, cells in sorted(self._seen.long_numbers.items()):
            if names[at] is not None:
                text = (
                    f"Column {names[at]} holds numbers of more than fifteen digits, of which "
                    "Excel has lost the last: {n}; if they are identifiers, get them again as text."
                )
                said.append(Remark(text=text, n=cells))
        for at, cells in sorted(self._seen.padded.items()):
            if names[at] is not None:
                text = (
                    f"Column {names[at]} holds numbers that the workbook shows with noughts "
                    "before them; they were read as shown: {n}."
                )
                said.append(Remark(text=text, n=cells))
        return tuple(said)

    def _rows(self) -> Iterator[list[str]]:
        """Yield the rows of the table; the last ones are held back until the footer is known."""
        held: deque[tuple[int, list[str], Cells]] = deque()
        above: Cells = ()
        for number, row in self._below():
            cells = tuple(map(clean, row))
            why = stray(self.head, cells, above)
            if why is not None:
                self.tally.add(why, number)
                continue
            if may_be_total(cells, above, self.head.typical):
                self._totals.add(number)
            above = cells
            held.append((number, row, cells))
            if len(held) > FOOTER_ROWS:
                yield self._kept(*held.popleft())
        last = list(held)
        whys = footer(self.head, [cells for _, _, cells in last])
        for (number, row, cells), why in zip(last, whys, strict=True):
            if why is None:
                yield self._kept(number, row, cells)
            else:
                self.tally.add(why, number)
                self._totals.discard(number)

    def _below(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows below the header with their numbers, merged cells filled in."""
        padded = {column: deque(runs) for column, runs in self.stats.padded.items()}
        for number, row in enumerate(self.sheet.rows(), start=1):
            if number < self.head.first:
                continue
            for column in self.stats.errors.get(number - 1, ()):
                if column < len(row):
                    row[column] = ERROR  # or the row could look like a note with one cell
            for column, runs in padded.items():
                while runs and runs[0][1] < number - 1:
                    runs.popleft()
                if runs and runs[0][0] < number and column < len(row):
                    pad(row, column, runs[0][2], self._seen)
            self._merged.fill(number - 1, row, self.head.where)
            if self._merged.heading(number - 1, row):
                self.tally.add(HEADINGS, number)
            else:
                yield number, texts(row, self._seen)

    def _kept(self, number: int, row: list[str], cells: Cells) -> list[str]:
        must_be_named(self.head, cells, number)
        self._lone = is_lone(self.head, cells)
        return without_errors([row[at] for at in self.head.kept], self._seen)

    def _names(self) -> list[str | None]:
        names: list[str | None] = [None] * self.sheet.width
        for at, name in zip(self.head.kept, self.head.names, strict=True):
            names[at] = said(name, str(at + 1))
        return names


def _batch(rows: list[list[str]]) -> "pa.RecordBatch":
    import pyarrow as pa

    names = [f"c{i}" for i in range(len(rows[0]))]
    arrays = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, names=names)

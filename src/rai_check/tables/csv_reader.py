"""The reader of CSV files: every column as text, in bounded blocks.

Arrow parses. It takes a quotation mark that is never closed for a last, long value and says
nothing; so a row of our own follows the file's last, and has to come back as a row. From the first
row on that has another width than the others, rows are read one by one: see `csv_mended`.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from rai_check.errors import DataError
from rai_check.reading import ReadNote, Remark
from rai_check.tables.csv_faults import BLOCK
from rai_check.tables.csv_layout import Layout, layout
from rai_check.tables.csv_mended import mended
from rai_check.tables.csv_sieve import Found, Sieve
from rai_check.tables.csv_text import Scan, Utf8Stream, inspect
from rai_check.tables.files import must_be_unchanged, opened, state
from rai_check.tables.foreign import guarded
from rai_check.tables.grid_rows import remarks
from rai_check.tables.interface import Column
from rai_check.tables.names import checked_names, shown
from rai_check.tables.source import ReadOptions, Source

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.csv as pc

T = TypeVar("T")
_HEAD = 1 << 20
_LOST = (
    "Characters were lost before the file came here, and a mark stands in their place (U+FFFD): "
    "{n}; get the file again from where it came from if they matter."
)
_GARBLED = (
    "Quotation marks or dashes were garbled before the file came here, by a conversion from UTF-8 "
    "as Windows-1252: {n}."
)
_LONGER = "Rows that end in delimiters without a column were read without: {n}."


@contextmanager
def csv_source(path: Path, options: ReadOptions) -> Iterator[Source]:
    """Open a CSV file.

    Raises:
        DataError: it is empty, not text, ragged, or its header cannot be found or used.
        UsageError: an option is not usable.
    """
    where = shown(path.name)
    with opened(path) as file:
        before = state(file)
        scan = inspect(file, encoding=options.encoding, where=where)
        held = _layout(file, scan, path, options)
        reading = _Reading(path=path, file=file, before=before, layout=held)
        names = checked_names(held.head.names, where)
        yield Source(
            where=where,
            columns=tuple(Column(name, "text") for name in names),
            batches=reading.batches(),
            fingerprint=scan.fingerprint,
            note=lambda rows: reading.note(scan, rows),
        )
        must_be_unchanged(file, before, where)


def _layout(file: BinaryIO, scan: Scan, path: Path, options: ReadOptions) -> Layout:
    where = shown(path.name)
    head, whole = guarded(lambda: _head(file, scan.encoding), f"{where} cannot be read")
    return layout(
        head,
        whole=whole,
        where=where,
        encoding=scan.encoding,
        ended=scan.ended,
        delimiter=options.delimiter,
        header_row=options.header_row,
        tabs=path.suffix.lower() == ".tsv",
    )


def _head(file: BinaryIO, encoding: str) -> tuple[str, bool]:
    """Return the start of a file's text, and whether that is all of it."""
    raw = io.BufferedReader(Utf8Stream(file, encoding)).read(_HEAD)
    return raw.decode("utf-8", errors="ignore"), len(raw) < _HEAD  # a character may be cut


class _IrregularError(Exception):
    """Rows are not all of one width, or Arrow could not parse one."""


@dataclass(slots=True, kw_only=True)
class _Reading:
    """One reading of a file's rows."""

    path: Path
    file: BinaryIO
    before: tuple[int, ...]
    layout: Layout
    found: Found = field(default_factory=Found)
    _ragged: bool = False

    def batches(self) -> Iterator["pa.RecordBatch"]:
        """Yield the rows of the table."""
        passed = 0
        try:
            for batch in self._sieve().rows(self._regular()):
                passed += batch.num_rows
                yield batch
        except _IrregularError:
            pass  # its traceback is let go before the rows are read again
        else:
            return
        with opened(self.path) as file:  # one of its own: Arrow may be ahead in the other
            must_be_unchanged(file, self.before, self.layout.where)
            yield from mended(file, self.layout, self._sieve(), skip=passed)

    def note(self, scan: Scan, rows: int) -> ReadNote:
        """Return how the file was read."""
        held, found = self.layout, self.found
        left_out = (*held.head.left_out, *found.tally.left_out)
        return ReadNote(
            encoding=scan.encoding,
            delimiter=held.delimiter,
            rows=rows,
            line_ends=held.line_ends,
            header_rows=held.head.header_rows,
            rows_in=rows + len(held.head.header_rows) + sum(each.rows for each in left_out),
            left_out=left_out,
            remarks=(
                *held.head.remarks,
                *_of_text(scan, found),
                *remarks(len(found.totals), lone=found.lone),
            ),
        )

    def _sieve(self) -> Sieve:
        head = self.layout.head
        sieve = Sieve(head=head, openings=self.layout.openings, row=head.first)
        self.found = sieve.found
        return sieve

    def _regular(self) -> Iterator["pa.RecordBatch"]:
        """Yield what Arrow parses between the header and the row of our own after the last.

        Raises:
            _IrregularError: a row has another width, or cannot be parsed.
        """
        reader = self._tried(self._open)
        held: pa.RecordBatch | None = None
        while (batch := self._tried(lambda: next(reader, None))) is not None:
            if not batch.num_rows:
                continue
            if held is not None:
                yield held
            held = batch
        if held is None or held.column(0)[-1].as_py() != self.layout.end:
            raise _IrregularError
        yield held.slice(0, held.num_rows - 1)

    def _tried(self, work: Callable[[], T]) -> T:
        try:
            done = guarded(work, self.layout.where)
        except DataError:
            raise _IrregularError from None
        if self._ragged:
            raise _IrregularError
        return done

    def _open(self) -> "pc.CSVStreamingReader":
        import pyarrow as pa
        import pyarrow.csv as pc

        held = self.layout
        stream = Utf8Stream(self.file, held.encoding, skip=held.skip, tail=held.last_row)
        names = [f"f{at}" for at in range(held.width)]
        return pc.open_csv(
            io.BufferedReader(stream, BLOCK),
            read_options=pc.ReadOptions(column_names=names, block_size=BLOCK),
            parse_options=pc.ParseOptions(
                delimiter=held.delimiter,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=self._see_ragged,
            ),
            convert_options=pc.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )

    def _see_ragged(self, _: object) -> str:
        self._ragged = True
        return "skip"


def _of_text(scan: Scan, found: Found) -> tuple[Remark, ...]:
    """Return what to say of the characters and of the delimiters."""
    counted = ((_LOST, scan.replaced), (_GARBLED, scan.garbled), (_LONGER, found.longer))
    return tuple(Remark(text=text, n=n) for text, n in counted if n)

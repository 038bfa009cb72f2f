"""Why a CSV file could not be parsed: a slow second reading that finds the line."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from rai_check.errors import DataError
from rai_check.tables.csv_text import Utf8Stream
from rai_check.tables.source import LONGEST_VALUE

BLOCK = 4 << 20
"""Bytes parsed at a time; no row may be longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How the text of a CSV file is to be parsed; `end` is a text that it does not contain."""

    where: str
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    end: str

    @property
    def last_row(self) -> bytes:
        """A row of our own to follow the file's last: `end`, then empty cells."""
        return f"\n{self.end}{self.delimiter * (len(self.header) - 1)}\n".encode()


def fault(file: BinaryIO, layout: Layout) -> DataError:
    """Return the error of the first row that is wrong, by line and row number, without content."""
    line, number, width = 1, 0, len(layout.header)
    stream = Utf8Stream(file, layout.encoding, tail=layout.last_row)
    with _field_limit(LONGEST_VALUE):
        rows = csv.reader(_lines(stream), delimiter=layout.delimiter)
        try:
            for row in rows:
                if row and layout.end in "".join(row):
                    return _at_the_end(layout, row, line)
                if row and len(row) != width:
                    return _ragged(layout, line=line, number=number, got=len(row))
                line, number = rows.line_num + 1, number + bool(row)
        except UnicodeError:  # it was text a moment ago: someone is writing to it
            return _unknown(layout)
        except csv.Error:
            return DataError(
                f"{layout.where}: a value longer than {LONGEST_VALUE >> 20} MiB begins on or after "
                f"line {line}; is a quotation mark never closed?"
            )
    return _unknown(layout)


def _lines(stream: io.RawIOBase) -> Iterator[str]:
    """Return the lines of a stream of UTF-8 with their ends (LF, CR or CRLF) as they are."""
    return io.TextIOWrapper(io.BufferedReader(stream), encoding="utf-8", newline="")


def _ragged(layout: Layout, *, line: int, number: int, got: int) -> DataError:
    width = len(layout.header)
    title = " Is there a title above the header?" if width < got else ""
    return DataError(
        f"{layout.where}, line {line} (row {number}): expected {width} columns as in the header, "
        f"got {got}.{title}"
    )


def _at_the_end(layout: Layout, row: list[str], line: int) -> DataError:
    if row[0] == layout.end:
        return _unknown(layout)
    return DataError(
        f"{layout.where}: a quotation mark opened on or after line {line} is never closed."
    )


def _unknown(layout: Layout) -> DataError:
    return DataError(
        f"{layout.where} cannot be parsed as CSV with the delimiter {layout.delimiter!r} and rows "
        f"of {BLOCK >> 20} MiB at most; save it as CSV UTF-8 or Parquet."
    )


@contextmanager
def _field_limit(size: int) -> Iterator[None]:
    before = csv.field_size_limit(size)
    try:
        yield
    finally:
        csv.field_size_limit(before)

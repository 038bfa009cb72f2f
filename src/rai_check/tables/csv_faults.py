"""The rows of a CSV file one by one, with their places, and what can be wrong with them.

Slower than Arrow, but it can say where: it reads a file again that Arrow could not.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from rai_check.errors import DataError
from rai_check.tables.csv_layout import Layout, field_limit
from rai_check.tables.csv_text import Utf8Stream
from rai_check.tables.source import LONGEST_VALUE

BLOCK = 4 << 20
"""Bytes parsed at a time; no row may be longer."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it stands in the file; `number` and `line` count from one."""

    cells: Sequence[str]
    number: int
    line: int


def rows_of(file: BinaryIO, layout: Layout) -> Iterator[Row]:
    """Return the rows after the header.

    Raises:
        DataError: a value is too long, or a quotation mark is never closed.
    """
    line, number, first = 1, 0, layout.head.first
    stream = Utf8Stream(file, layout.encoding, tail=layout.last_row)
    with field_limit(LONGEST_VALUE):
        rows = csv.reader(_lines(stream), delimiter=layout.delimiter)
        try:
            for number, cells in enumerate(rows, start=1):
                if cells and layout.end in cells[-1] + cells[0]:
                    if cells[0] == layout.end:
                        return
                    break
                if number >= first:
                    yield Row(cells, number, line)
                line = rows.line_num + 1
        except UnicodeError:  # it was text a moment ago: someone is writing to it
            raise unknown(layout) from None
        except csv.Error:
            raise DataError(
                f"{layout.where}: a value longer than {LONGEST_VALUE >> 20} MiB begins on or after "
                f"line {line}; is a quotation mark never closed?"
            ) from None
    raise DataError(
        f"{layout.where}: a quotation mark opened on or after line {line} is never closed."
    )


def fits(cells: Sequence[str], width: int) -> bool:
    """Say whether a row has as many cells as it should, or more that are blank."""
    return len(cells) == width or (
        len(cells) > width and not any(cell.strip() for cell in cells[width:])
    )


def ragged(row: Row, layout: Layout, others: int) -> DataError:
    """Return the error of a row of the table that has too few cells, or too many.

    Args:
        row: the first such row.
        layout: of the file.
        others: how many more there are.
    """
    more = f" (and {others:,} more such rows)" if others else ""
    return DataError(
        f"{layout.where}, line {row.line} (row {row.number}): expected {layout.width} columns "
        f"as in the header, got {len(row.cells)}{more}; is a delimiter or a line end missing? "
        "Correct it, or save the file again from where it came from."
    )


def unknown(layout: Layout) -> DataError:
    """Return the error of a file that cannot be parsed, where nothing says why."""
    return DataError(
        f"{layout.where} cannot be parsed as CSV with the delimiter {layout.delimiter!r} and rows "
        f"of {BLOCK >> 20} MiB at most; save it as CSV UTF-8 or Parquet."
    )


def _lines(stream: io.RawIOBase) -> Iterator[str]:
    """Return the lines of a stream of UTF-8 with their ends (LF, CR or CRLF) as they are."""
    return io.TextIOWrapper(io.BufferedReader(stream), encoding="utf-8", newline="")

"""The reader of CSV files: every column as text, in bounded blocks, ragged rows refused.

Arrow parses. It takes a quotation mark that is never closed for a last, long value and says
nothing; so a row of our own follows the file's last, and has to come back as a row.
"""

import csv
import io
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from rai_check.errors import DataError, UsageError
from rai_check.reading import ReadNote
from rai_check.tables.csv_faults import BLOCK, Layout, fault
from rai_check.tables.csv_text import Scan, Utf8Stream, inspect
from rai_check.tables.files import must_be_unchanged, opened, state
from rai_check.tables.foreign import guarded
from rai_check.tables.interface import Column
from rai_check.tables.names import checked_names, shown
from rai_check.tables.source import ReadOptions, Source

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.csv as pc

T = TypeVar("T")
_HEAD = 1 << 20
_DELIMITERS = (",", ";", "\t", "|")  # the first wins a draw


@contextmanager
def csv_source(path: Path, options: ReadOptions) -> Iterator[Source]:
    """Open a CSV file.

    Raises:
        DataError: it is empty, not text, ragged, or its header cannot be used.
        UsageError: an option is not usable.
    """
    where = shown(path.name)
    with opened(path) as file:
        before = state(file)
        scan = inspect(file, encoding=options.encoding, where=where)
        layout = _layout(file, scan, path, options.delimiter)
        yield Source(
            where=where,
            columns=tuple(Column(name, "text") for name in checked_names(layout.header, where)),
            batches=_batches(file, layout),
            fingerprint=scan.fingerprint,
            note=lambda rows: ReadNote(
                encoding=scan.encoding, delimiter=layout.delimiter, rows=rows
            ),
        )
        must_be_unchanged(file, before, where)


def _layout(file: BinaryIO, scan: Scan, path: Path, delimiter: str | None) -> Layout:
    where = shown(path.name)
    head = guarded(lambda: _head(file, scan.encoding), f"{where} cannot be read")
    first = re.search(r"[^\r\n]*\S[^\r\n]*", head)
    if first is None:
        raise DataError(f"{where} is empty: it has no header.")
    chosen = _usable(delimiter) if delimiter is not None else _sniffed(first[0], path.suffix)
    header = guarded(
        lambda: next(row for row in _rows(head, chosen) if row),
        f"{where}: the quotation marks of the header line do not match",
    )
    end = f"end-of-file-{secrets.token_hex(16)}"
    return Layout(
        where=where, encoding=scan.encoding, delimiter=chosen, header=tuple(header), end=end
    )


def _head(file: BinaryIO, encoding: str) -> str:
    raw = io.BufferedReader(Utf8Stream(file, encoding)).read(_HEAD)
    return raw.decode("utf-8", errors="ignore")  # the cut may fall within a character


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _usable(delimiter: str) -> str:
    if not re.fullmatch(r"[^\w\s\"]|[\t _]", delimiter, re.ASCII) or not delimiter.isascii():
        raise UsageError(
            f"{delimiter!r} cannot delimit columns; give one character: {', '.join(_DELIMITERS)!r}."
        )
    return delimiter


def _sniffed(header: str, suffix: str) -> str:
    if suffix.lower() == ".tsv":
        return "\t"
    unquoted = re.sub(r'"[^"]*"', "", header)
    return max(_DELIMITERS, key=unquoted.count)


def _batches(file: BinaryIO, layout: Layout) -> Iterator["pa.RecordBatch"]:
    """Yield the rows between the header and the row of our own after the last."""
    reader = _tried(lambda: _open(file, layout), file, layout)
    if len(reader.schema) != len(layout.header):
        raise fault(file, layout)
    held: pa.RecordBatch | None = None
    while (batch := _tried(lambda: next(reader, None), file, layout)) is not None:
        if not batch.num_rows:
            continue
        if held is not None:
            yield held
        held = batch.slice(1) if held is None else batch
    if held is None or not held.num_rows or held.column(0)[-1].as_py() != layout.end:
        raise fault(file, layout)
    yield held.slice(0, held.num_rows - 1)


def _tried(work: Callable[[], T], file: BinaryIO, layout: Layout) -> T:
    try:
        return guarded(work, layout.where)
    except DataError:
        pass  # read again by a slower reader, which can say where
    raise fault(file, layout)


def _open(file: BinaryIO, layout: Layout) -> "pc.CSVStreamingReader":
    import pyarrow as pa
    import pyarrow.csv as pc

    stream = Utf8Stream(file, layout.encoding, tail=layout.last_row)
    names = [f"f{i}" for i in range(len(layout.header))]  # as Arrow generates them
    return pc.open_csv(
        io.BufferedReader(stream, BLOCK),
        read_options=pc.ReadOptions(autogenerate_column_names=True, block_size=BLOCK),
        parse_options=pc.ParseOptions(delimiter=layout.delimiter, newlines_in_values=True),
        convert_options=pc.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
        ),
    )

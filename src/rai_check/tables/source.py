"""What a reader hands to the engine: columns, and their rows as bounded Arrow batches."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rai_check.errors import DataError
from rai_check.reading import ReadNote
from rai_check.tables.foreign import guarded
from rai_check.tables.interface import Column
from rai_check.tables.names import checked_names, shown
from rai_check.tables.text import kind_of, text_form
from rai_check.two_readers import held

if TYPE_CHECKING:
    import pyarrow as pa

BATCH_ROWS = 1 << 16
LONGEST_VALUE = 1 << 20
"""Bytes of UTF-8: no honest cell is longer, an unclosed quotation mark or an embedded file is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What the project file says of how a file is read; None where that is to be found out."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    """Of a workbook; of a database file, its table or view."""
    header_row: int | None = None
    """Row of the file, counted from one, that holds the column names (the last of several)."""


def as_stored(rows: int) -> ReadNote:
    """Return the note of rows that were read as they are stored."""
    return ReadNote(encoding=None, delimiter=None, rows=rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An opened file or frame, read once from start to end.

    Attributes:
        where: the file's name, or what kind of frame it is; for messages.
        columns: names checked, kinds as stored.
        batches: the rows; the arrays stand in the order of `columns`, whatever their names.
        fingerprint: SHA-256 (hex) of a file's bytes; None for a frame.
        note: called with the number of rows once `batches` is at its end: how they were read.
        weighted: after the columns the batches have one more array, of integers: how many rows
            each row stands for.
    """

    where: str
    columns: tuple[Column, ...]
    batches: Iterator["pa.RecordBatch"]
    fingerprint: str | None = None
    note: Callable[[int], ReadNote] = as_stored
    weighted: bool = False

    def place(self, column: str) -> str:
        """Say where a column is, for messages."""
        return place_of(self.where, column)


def place_of(where: str, column: str) -> str:
    """Say where a column is, for messages."""
    return f"{where}, {named_column(column)}"


def named_column(column: str) -> str:
    """Name a column in the message of an error."""
    return held(shown(column), f"column {shown(column)!r}", "a column not named here")


def text_of(array: "pa.Array", place: str) -> "pa.Array":
    """Return the text form of an array.

    Raises:
        DataError: it has none, or one that is not UTF-8 or longer than `LONGEST_VALUE`; `place`
            says where.
    """
    import pyarrow.compute as pc

    text = guarded(lambda: text_form(array), f"{place} could not be read as text")
    guarded(lambda: text.validate(full=True), f"{place} is not all UTF-8")
    if (pc.max(pc.binary_length(text)).as_py() or 0) > LONGEST_VALUE:
        raise DataError(f"{place} holds a value longer than {LONGEST_VALUE >> 20} MiB.")
    return text


def columns_of(schema: "pa.Schema", where: str) -> tuple[Column, ...]:
    """Return the columns of an Arrow schema.

    Raises:
        DataError: a name is missing or repeated, or a column holds lists, records or bytes.
    """
    names = checked_names(schema.names, where)
    kinds = [(name, kind_of(stored)) for name, stored in zip(names, schema.types, strict=True)]
    for name, kind in kinds:
        if kind is None:
            raise DataError(
                f"{place_of(where, name)} holds lists, records, durations or bytes, not "
                "single values; leave the column out or write it as text, numbers or dates."
            )
    return tuple(Column(name, kind) for name, kind in kinds if kind is not None)


def bounded(batches: Iterator["pa.RecordBatch"]) -> Iterator["pa.RecordBatch"]:
    """Cut batches of any size into batches of at most `BATCH_ROWS`."""
    for batch in batches:
        for start in range(0, batch.num_rows, BATCH_ROWS):
            yield batch.slice(start, BATCH_ROWS)

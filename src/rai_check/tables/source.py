"""What a reader hands to the engine: columns, and their rows as bounded Arrow batches."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rai_check.errors import DataError
from rai_check.tables.interface import Column
from rai_check.tables.names import checked_names, shown
from rai_check.tables.text import kind_of

if TYPE_CHECKING:
    import pyarrow as pa

BATCH_ROWS = 1 << 16
LONGEST_VALUE = 1 << 20
"""Bytes of UTF-8: no honest cell is longer, an unclosed quotation mark or an embedded file is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextOptions:
    """What the project file says of a text file; None where it leaves that to be found out."""

    encoding: str | None = None
    delimiter: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An opened file or frame, read once from start to end.

    Attributes:
        where: the file's name, or what kind of frame it is; for messages.
        columns: names checked, kinds as stored.
        batches: the rows; the arrays stand in the order of `columns`, whatever their names.
        fingerprint: SHA-256 (hex) of a file's bytes; None for a frame.
        encoding: of a text file.
        delimiter: of a text file.
    """

    where: str
    columns: tuple[Column, ...]
    batches: Iterator["pa.RecordBatch"]
    fingerprint: str | None = None
    encoding: str | None = None
    delimiter: str | None = None


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
                f"{where}, column {shown(name)!r} holds lists, records, durations or bytes, not "
                "single values; leave the column out or write it as text, numbers or dates."
            )
    return tuple(Column(name, kind) for name, kind in kinds if kind is not None)


def bounded(batches: Iterator["pa.RecordBatch"]) -> Iterator["pa.RecordBatch"]:
    """Cut batches of any size into batches of at most `BATCH_ROWS`."""
    for batch in batches:
        for start in range(0, batch.num_rows, BATCH_ROWS):
            yield batch.slice(start, BATCH_ROWS)

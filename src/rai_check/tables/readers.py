"""Opening tables: one reader for each kind of file, and one for frames."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from rai_check.reading import Remark
from rai_check.tables.contents import Content
from rai_check.tables.csv_reader import csv_source
from rai_check.tables.duckdb_file import duckdb_source
from rai_check.tables.frames import Frame, frame_source, read_frame
from rai_check.tables.interface import Table
from rai_check.tables.parquet import parquet_source
from rai_check.tables.sealed import misnamed, readable
from rai_check.tables.source import ReadOptions, Source
from rai_check.tables.sqlite_file import sqlite_source
from rai_check.tables.wide_form import wide_form
from rai_check.tables.workbook import workbook_source

if TYPE_CHECKING:
    from rai_check.tables.duckdb_table import DuckDBTable
    from rai_check.tables.frame_table import FrameTable
    from rai_check.tables.parquet_table import ParquetTable

Reader: TypeAlias = Callable[[Path, ReadOptions], AbstractContextManager[Source]]

_BOOK = (Content.XLSX, Content.XLS, Content.XLSB, Content.ODS)
READERS: Mapping[Content, Reader] = MappingProxyType(
    {
        Content.TEXT: csv_source,
        Content.PARQUET: parquet_source,
        Content.SQLITE: sqlite_source,
        Content.DUCKDB: duckdb_source,
        **dict.fromkeys(_BOOK, workbook_source),
    }
)


def open_table(
    path: Path,
    *,
    name: str,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    header_row: int | None = None,
    count: str | None = None,
) -> Table:
    """Read a file into a table.

    Args:
        path: the file; its name and its content must agree on how it is read.
        name: what the project calls the table.
        encoding: of a text file; found out if not given (UTF-8, UTF-16 with a byte order mark,
            else Windows-1252).
        delimiter: of a text file; found out from its header if not given.
        sheet: of a workbook, or the table of a database file; the only one if not given.
        header_row: row of the file, from one, that holds the column names; found if not given.
        count: the column that says how many records each row stands for, in a table that is
            already counts. Such a table is small, and is loaded whatever its format.

    Raises:
        DataError: the file is missing, sealed, of a kind not read, not what its name says,
            damaged or ragged.
        UsageError: `encoding` or `delimiter` is not one.
    """
    content = readable(path)
    reader = READERS[content]
    from rai_check.tables.duckdb_table import DuckDBTable
    from rai_check.tables.parquet_table import ParquetTable

    if reader is parquet_source and count is None:
        return _remarked(ParquetTable(path, name=name), ())
    options = ReadOptions(
        encoding=encoding, delimiter=delimiter, sheet=sheet, header_row=header_row
    )
    with reader(path, options) as source:
        table = DuckDBTable(source, name=name, count=count)
    return _remarked(table, misnamed(path, content))


def _remarked(table: "DuckDBTable | FrameTable | ParquetTable", said: tuple[Remark, ...]) -> Table:
    """The table, with what its reader could not know before its own remarks."""
    about = wide_form(column.name for column in table.columns)
    table.note = replace(table.note, remarks=(*said, *about, *table.note.remarks))
    return table


def from_frame(frame: object, *, name: str, count: str | None = None) -> Table:
    """Make a table of a pandas, Polars or PyArrow frame, or a PyArrow `RecordBatchReader`.

    A frame is not copied: leave it as it is while the table is in use. A stream is loaded, and so
    is a frame with a `count` column, which says how many records each row stands for.

    Raises:
        UsageError: it is none of these.
        DataError: it has columns that cannot be used.
    """
    from rai_check.tables.duckdb_table import DuckDBTable
    from rai_check.tables.frame_table import FrameTable

    read = read_frame(frame)
    if isinstance(read, Frame):
        if count is None:
            return _remarked(FrameTable(read, name=name), ())
        read = frame_source(read)
    return _remarked(DuckDBTable(read, name=name, count=count), ())

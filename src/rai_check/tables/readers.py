"""Opening tables: one reader a file format, by suffix, and one for frames."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from rai_check.errors import DataError
from rai_check.tables.csv_reader import csv_source
from rai_check.tables.files import must_be_file
from rai_check.tables.frames import Frame, frame_source, read_frame
from rai_check.tables.interface import Table
from rai_check.tables.names import shown
from rai_check.tables.parquet import parquet_source
from rai_check.tables.source import ReadOptions, Source

Reader: TypeAlias = Callable[[Path, ReadOptions], AbstractContextManager[Source]]

READERS: Mapping[str, Reader] = MappingProxyType(
    {
        ".csv": csv_source,
        ".tsv": csv_source,
        ".txt": csv_source,
        ".parquet": parquet_source,
        ".pq": parquet_source,
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
        path: the file; its suffix says how it is read.
        name: what the project calls the table.
        encoding: of a text file; found out if not given (UTF-8, UTF-16 with a byte order mark,
            else Windows-1252).
        delimiter: of a text file; found out from its header if not given.
        sheet: of a workbook, or the table of a database file; the only one if not given.
        header_row: row of the file, from one, that holds the column names; found if not given.
        count: the column that says how many records each row stands for, in a table that is
            already counts. Such a table is small, and is loaded whatever its format.

    Raises:
        DataError: the file is missing, of a kind not read, damaged or ragged.
        UsageError: `encoding` or `delimiter` is not one.
    """
    must_be_file(path)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        kind = repr(shown(path.suffix)) if path.suffix else "a file without a suffix"
        raise DataError(
            f"{shown(path.name)}: {kind} is not read yet; save as CSV UTF-8 or Parquet."
        )
    from rai_check.tables.duckdb_table import DuckDBTable
    from rai_check.tables.parquet_table import ParquetTable

    if reader is parquet_source and count is None:
        return ParquetTable(path, name=name)
    options = ReadOptions(
        encoding=encoding, delimiter=delimiter, sheet=sheet, header_row=header_row
    )
    with reader(path, options) as source:
        return DuckDBTable(source, name=name, count=count)


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
            return FrameTable(read, name=name)
        read = frame_source(read)
    return DuckDBTable(read, name=name, count=count)

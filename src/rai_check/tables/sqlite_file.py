"""The reader of SQLite files: one table or view, opened so that nothing can be written or run.

The file is opened as immutable, so that no file is made beside it; its schema is not trusted, and
an authorizer allows reading alone (https://www.sqlite.org/security.html).
"""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from rai_check.errors import DataError
from rai_check.reading import ReadNote
from rai_check.tables.databases import (
    OF_TABLE,
    OF_VIEW,
    Bound,
    chosen_table,
    must_be_whole,
    named_table,
)
from rai_check.tables.digests import file_digest
from rai_check.tables.files import must_be_unchanged, opened, state
from rai_check.tables.foreign import guarded
from rai_check.tables.interface import Column
from rai_check.tables.names import checked_names, shown
from rai_check.tables.source import BATCH_ROWS, LONGEST_VALUE, ReadOptions, Source, place_of
from rai_check.tables.sql import quoted

if TYPE_CHECKING:
    import sqlite3

    import pyarrow as pa

_STEPS = 100_000
"""Instructions of SQLite's machine between two looks at the clock."""
_TABLES = (
    "SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view') "
    "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
    "AND coalesce(sql, '') NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
)


@contextmanager
def sqlite_source(path: Path, options: ReadOptions) -> Iterator[Source]:
    """Open a table or view of an SQLite file.

    Raises:
        DataError: it is damaged, in use or without such a table, or a column holds bytes.
    """
    where = shown(path.name)
    with opened(path) as file:
        before = state(file)
        must_be_whole(path, ("-wal", "-journal"), where)
        fingerprint = file_digest(file)
        broken = f"{where} is damaged, or is no SQLite database that can be read"
        with closing(guarded(lambda: _connected(path), broken)) as database:
            kinds = dict(guarded(lambda: database.execute(_TABLES).fetchall(), broken))
            table = chosen_table(tuple(kinds), options.sheet, where)
            place = f"{where}, {named_table(table)}"
            bound = OF_VIEW if kinds[table] == "view" else OF_TABLE
            _stopped(database, bound)
            cursor = guarded(
                lambda: database.execute(f"SELECT * FROM {quoted(table)}"),  # noqa: S608 - a quoted identifier
                bound.too_long(place),
            )
            found = checked_names([column for column, *_ in cursor.description], place)
            yield Source(
                where=where,
                columns=tuple(Column(name, "text") for name in found),
                batches=_batches(cursor, found, place, bound),
                fingerprint=fingerprint,
                note=lambda rows: ReadNote(
                    encoding=None,
                    delimiter=None,
                    rows=rows,
                    sheet=shown(table),
                    sheet_asked=options.sheet is not None,
                ),
            )
        must_be_unchanged(file, before, where)


def uri(path: Path) -> str:
    """Return the address of a file, to be read alone and left alone, as SQLite writes it."""
    name = quote(path.absolute().as_posix())
    return f"file://{'' if name.startswith('/') else '/'}{name}?mode=ro&immutable=1"


def _connected(path: Path) -> "sqlite3.Connection":
    import sqlite3

    database = sqlite3.connect(uri(path), uri=True, isolation_level=None)
    try:
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 4 * LONGEST_VALUE)
        database.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        for pragma in ("query_only = ON", "trusted_schema = OFF", "cell_size_check = ON"):
            database.execute(f"PRAGMA {pragma}")
        database.set_authorizer(_allowed)
    except BaseException:
        database.close()
        raise
    return database


def _stopped(database: "sqlite3.Connection", bound: Bound) -> None:
    """Stop a database that has not answered in time."""
    ends = time.monotonic() + bound.seconds
    database.set_progress_handler(lambda: time.monotonic() > ends, _STEPS)


def _allowed(action: int, _first: str | None, second: str | None, *_: str | None) -> int:
    import sqlite3

    reading = {
        sqlite3.SQLITE_SELECT,
        sqlite3.SQLITE_READ,
        sqlite3.SQLITE_RECURSIVE,
        sqlite3.SQLITE_FUNCTION,
    }
    harmless = action in reading and (second or "").casefold() != "load_extension"
    return sqlite3.SQLITE_OK if harmless else sqlite3.SQLITE_DENY


def _batches(
    cursor: "sqlite3.Cursor", names: tuple[str, ...], place: str, bound: Bound
) -> Iterator["pa.RecordBatch"]:
    import pyarrow as pa

    broken = f"{bound.too_long(place)}, or is not UTF-8"
    read = 0
    while rows := guarded(lambda: cursor.fetchmany(BATCH_ROWS), broken):
        read += len(rows)
        bound.must_hold(read, place)
        columns = zip(names, zip(*rows, strict=True), strict=True)
        arrays = [pa.array(_texts(values, place_of(place, name)), pa.string())
                  for name, values in columns]  # fmt: skip
        yield pa.RecordBatch.from_arrays(arrays, names=[f"c{i}" for i in range(len(names))])


def _texts(values: tuple[object, ...], place: str) -> list[str | None]:
    if any(isinstance(value, bytes) for value in values):
        raise DataError(
            f"{place} holds bytes, not single values; make a view without it, and read that."
        )
    return [None if value is None else str(value) for value in values]

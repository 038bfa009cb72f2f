"""The reader of DuckDB files: one table or view, opened to be read, with every other door shut."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rai_check.errors import DataError
from rai_check.reading import ReadNote
from rai_check.tables.databases import (
    MOST_ROWS,
    MOST_SECONDS,
    chosen_table,
    must_be_whole,
    named_table,
)
from rai_check.tables.digests import file_digest
from rai_check.tables.engine import MEMORY_LIMIT
from rai_check.tables.files import must_be_unchanged, opened, state
from rai_check.tables.foreign import guarded
from rai_check.tables.names import shown
from rai_check.tables.source import BATCH_ROWS, ReadOptions, Source, bounded, columns_of
from rai_check.tables.spill import private_directory, remove
from rai_check.tables.sql import quoted

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

_TABLES = (
    "SELECT schema_name, table_name FROM duckdb_tables() WHERE NOT internal AND NOT temporary "
    "UNION ALL SELECT schema_name, view_name FROM duckdb_views() WHERE NOT internal "
    "AND NOT temporary ORDER BY ALL"
)


@contextmanager
def duckdb_source(path: Path, options: ReadOptions) -> Iterator[Source]:
    """Open a table or view of a DuckDB file.

    Raises:
        DataError: it is damaged, in use or without such a table, or a column holds lists, records
            or bytes.
    """
    where = shown(path.name)
    with opened(path) as file, _spill() as directory:
        before = state(file)
        must_be_whole(path, (".wal",), where)
        fingerprint = file_digest(file)
        with closing(_connected(path, directory, where)) as database, _stopped(database):
            table, name = _chosen(database, options.sheet, where)
            place = f"{where}, {named_table(name)}"
            rows = guarded(lambda: _reader(database, table), f"{place} cannot be read")
            yield Source(
                where=where,
                columns=columns_of(rows.schema, place),
                batches=bounded(_batches(rows, place)),
                fingerprint=fingerprint,
                note=lambda rows: ReadNote(
                    encoding=None,
                    delimiter=None,
                    rows=rows,
                    sheet=shown(name),
                    sheet_asked=options.sheet is not None,
                ),
            )
        must_be_unchanged(file, before, where)


def _connected(path: Path, directory: Path, where: str) -> "duckdb.DuckDBPyConnection":
    import duckdb

    settings: dict[str, str | bool | int | float | list[str]] = {
        "enable_external_access": False,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_community_extensions": False,
        "allow_persistent_secrets": False,
        "python_enable_replacements": False,
        "preserve_insertion_order": True,
        "temp_directory": str(directory),
        "memory_limit": MEMORY_LIMIT,
    }
    message = (
        f"{where} cannot be opened: it is open in another program, damaged, encrypted, or of a "
        "newer DuckDB; close it there, or write its table to Parquet"
    )
    name = _plain(path, where)
    database = guarded(lambda: duckdb.connect(name, read_only=True, config=settings), message)
    guarded(lambda: database.execute("SET TimeZone = 'UTC'").fetchall(), message)
    guarded(lambda: database.execute("SET lock_configuration = true").fetchall(), message)
    return database


def _plain(path: Path, where: str) -> str:
    """Return a path that DuckDB takes for the name of one file, not for a pattern of names."""
    name = str(path.absolute())
    if not name.isprintable() or set(name) & set("*?["):
        raise DataError(
            f"{where}: DuckDB takes *, ? and [ in the name of a file or its folder for a pattern; "
            "rename it, or give a copy elsewhere."
        )
    return name


def _chosen(
    database: "duckdb.DuckDBPyConnection", asked: str | None, where: str
) -> tuple[str, str]:
    """Return a table as SQL and by its name, with its schema unless that is the usual one."""
    message = f"{where} cannot be read: what it holds cannot be listed"
    found = guarded(lambda: database.execute(_TABLES).fetchall(), message)
    names = {
        table if schema == "main" else f"{schema}.{table}": f"{quoted(schema)}.{quoted(table)}"
        for schema, table in found
    }
    name = chosen_table(tuple(names), asked, where)
    return names[name], name


def _reader(database: "duckdb.DuckDBPyConnection", table: str) -> "pa.RecordBatchReader":
    relation = database.sql(f"SELECT * FROM {table}")  # noqa: S608 - a quoted identifier
    renamed = hasattr(relation, "to_arrow_reader")  # DuckDB 1.x has it under another name
    return (relation.to_arrow_reader if renamed else relation.fetch_arrow_reader)(BATCH_ROWS)


def _batches(rows: "pa.RecordBatchReader", place: str) -> Iterator["pa.RecordBatch"]:
    message = f"{place} cannot be read to its end: it is damaged, or takes too long"
    read = 0
    while (batch := guarded(lambda: next(rows, None), message)) is not None:
        read += batch.num_rows
        if read > MOST_ROWS:
            raise DataError(f"{place} has more than {MOST_ROWS:,} rows; write it to Parquet.")
        yield batch


@contextmanager
def _spill() -> Iterator[Path]:
    directory = guarded(private_directory, "No private folder for temporary files")
    try:
        yield directory
    finally:
        remove(directory)


@contextmanager
def _stopped(database: "duckdb.DuckDBPyConnection") -> Iterator[None]:
    """Stop a database that has not answered within the time that a view may take."""
    clock = threading.Timer(MOST_SECONDS, database.interrupt)
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()

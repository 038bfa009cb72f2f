"""The reader of DuckDB files: one table or view, opened to be read, with every other door shut."""

import re
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

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
    "SELECT schema_name, table_name, false FROM duckdb_tables() WHERE NOT internal "
    "AND NOT temporary UNION ALL SELECT schema_name, view_name, true FROM duckdb_views() "
    "WHERE NOT internal AND NOT temporary ORDER BY ALL"
)
_PROGRAMS = (
    "SELECT sql FROM duckdb_views() WHERE NOT internal UNION ALL "
    "SELECT macro_definition FROM duckdb_functions() WHERE NOT internal"
)
_OF_THE_SYSTEM = re.compile(
    r"duckdb_|pragma_|pg_catalog|information_schema|sqlite_(?:master|schema)|current_setting"
    r"|getvariable|getenv|\bquery(?:_table)?\W*\(|\bsystem\b|\bshow\b|\bdescribe\b",
    re.IGNORECASE,
)
"""What a view says of the machine and the program, not of the file; or what it may hide that in."""


class _Chosen(NamedTuple):
    """A table or view as SQL, by its name (with its schema unless that is the usual one)."""

    sql: str
    name: str
    bound: Bound


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
        with closing(_connected(path, directory, where)) as database:
            chosen = _chosen(database, options.sheet, where)
            name, bound = chosen.name, chosen.bound
            place = f"{where}, {named_table(name)}"
            if bound is OF_VIEW:
                _must_be_of_the_file(database, place)
            with (
                _stopped(database, bound),
                guarded(lambda: _reader(database, chosen.sql), bound.too_long(place)) as rows,
            ):
                yield Source(
                    where=where,
                    columns=columns_of(rows.schema, place),
                    batches=bounded(_batches(rows, place, bound)),
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


def _chosen(database: "duckdb.DuckDBPyConnection", asked: str | None, where: str) -> _Chosen:
    message = f"{where} cannot be read: what it holds cannot be listed"
    found = guarded(lambda: database.execute(_TABLES).fetchall(), message)
    names = {
        table if schema == "main" else f"{schema}.{table}": (schema, table, is_view)
        for schema, table, is_view in found
    }
    name = chosen_table(tuple(names), asked, where)
    schema, table, is_view = names[name]
    return _Chosen(
        sql=f"{quoted(schema)}.{quoted(table)}",
        name=name,
        bound=OF_VIEW if is_view else OF_TABLE,
    )


def _must_be_of_the_file(database: "duckdb.DuckDBPyConnection", place: str) -> None:
    """Raise `DataError` if a view of the file may read more than its tables."""
    found = guarded(lambda: database.execute(_PROGRAMS).fetchall(), f"{place} cannot be read")
    if any(_OF_THE_SYSTEM.search(str(program)) for (program,) in found):
        raise DataError(
            f"{place} is a view in a file whose views or macros ask DuckDB about itself, not about "
            "the file's tables; make a table of this view, in a file of its own."
        )


def _reader(database: "duckdb.DuckDBPyConnection", table: str) -> "pa.RecordBatchReader":
    """Return the rows, to be closed: DuckDB opens no file again whose rows are still held."""
    relation = database.sql(f"SELECT * FROM {table}")  # noqa: S608 - a quoted identifier
    renamed = hasattr(relation, "to_arrow_reader")  # DuckDB 1.x has it under another name
    return (relation.to_arrow_reader if renamed else relation.fetch_arrow_reader)(BATCH_ROWS)


def _batches(rows: "pa.RecordBatchReader", place: str, bound: Bound) -> Iterator["pa.RecordBatch"]:
    read = 0
    while (batch := guarded(lambda: next(rows, None), bound.too_long(place))) is not None:
        read += batch.num_rows
        bound.must_hold(read, place)
        yield batch


@contextmanager
def _spill() -> Iterator[Path]:
    directory = guarded(private_directory, "No private folder for temporary files")
    try:
        yield directory
    finally:
        remove(directory)


@contextmanager
def _stopped(database: "duckdb.DuckDBPyConnection", bound: Bound) -> Iterator[None]:
    """Stop a database that has not answered in time."""
    clock = threading.Timer(bound.seconds, database.interrupt)
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()

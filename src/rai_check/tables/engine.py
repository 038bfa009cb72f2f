"""A locked-down DuckDB: no files, no network, no extensions, no settings changed after opening.

Data arrives as Arrow, or from one file, named at the start, and no other. What does not fit into
memory is spilled to a private directory (mode 0700) that goes when the engine does. It is not
encrypted: DuckDB's own cipher is not meant for writing, and the one that is comes in an extension,
which we do not load.
"""

import os
import shutil
import weakref
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rai_check.errors import DataError
from rai_check.tables.foreign import guarded
from rai_check.tables.spill import private_directory, remove
from rai_check.tables.sql import literal

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

MEMORY_LIMIT = "768MiB"
MOST_THREADS = 4
_BROKE = "The data engine could not answer"


class Engine:
    """One in-memory database; every statement runs on a connection of its own.

    Args:
        memory_limit: of DuckDB, in its words.
        reads: the one file it may open; None for none.
        broke: what to say when a statement fails.

    Raises:
        DataError: from every method, in place of DuckDB's errors, whose text may quote rows.
    """

    def __init__(
        self, *, memory_limit: str = MEMORY_LIMIT, reads: Path | None = None, broke: str = _BROKE
    ) -> None:
        self._broke = broke
        self.directory = guarded(private_directory, "No private folder for temporary files")
        try:
            self.reads = reads and guarded(
                lambda: _literal_path(reads, self.directory), "No path to the data for the engine"
            )
            self._database = guarded(
                lambda: _locked_down(self.directory, memory_limit, self.reads),
                "The data engine did not start",
            )
        except BaseException:
            remove(self.directory)
            raise
        self._streams: set[duckdb.DuckDBPyConnection] = set()
        self._release = weakref.finalize(
            self, _release, self._database, self._streams, self.directory, os.getpid()
        )

    def rows(self, statement: str, parameters: Sequence[object] = ()) -> list[tuple[object, ...]]:
        """Run a statement and return all its rows."""
        cursor = self._cursor()
        try:
            return guarded(
                lambda: cursor.execute(statement, list(parameters)).fetchall(), self._broke
            )
        finally:
            self._done(cursor)

    def insert(self, table: str, batch: "pa.RecordBatch") -> None:
        """Append a batch to a table of the same columns; `table` is quoted."""
        cursor = self._cursor()

        def work() -> None:
            cursor.register("incoming", batch)
            cursor.execute(f"INSERT INTO {table} SELECT * FROM incoming").fetchall()  # noqa: S608 - a quoted identifier of ours
            cursor.unregister("incoming")

        try:
            guarded(work, "The data engine could not take in the rows")
        finally:
            self._done(cursor)

    def stream(self, statement: str, size: int) -> Iterator["pa.RecordBatch"]:
        """Run a statement and return its rows as Arrow batches of at most `size`, in order."""
        cursor = self._cursor()
        return self._drain(cursor, guarded(lambda: _reader(cursor, statement, size), self._broke))

    def table(self, statement: str, size: int) -> "pa.Table":
        """Run a statement and return all its rows as an Arrow table, in batches of `size`."""
        cursor = self._cursor()
        try:
            return guarded(lambda: _reader(cursor, statement, size).read_all(), self._broke)
        finally:
            self._done(cursor)

    def close(self) -> None:
        """Close the database and remove its directory; safe to call twice."""
        self._release()

    def _cursor(self) -> "duckdb.DuckDBPyConnection":
        self._must_be_open()
        cursor = guarded(self._database.cursor, _BROKE)
        self._streams.add(cursor)
        return cursor

    def _drain(
        self, cursor: "duckdb.DuckDBPyConnection", batches: "pa.RecordBatchReader"
    ) -> Iterator["pa.RecordBatch"]:
        self._must_be_open()
        try:
            while (batch := guarded(lambda: next(batches, None), self._broke)) is not None:
                yield batch
                self._must_be_open()
        finally:
            self._done(cursor)

    def _must_be_open(self) -> None:
        if not self._release.alive:
            raise DataError("This table has been closed; open it again.")

    def _done(self, cursor: "duckdb.DuckDBPyConnection") -> None:
        self._streams.discard(cursor)
        cursor.close()


def _reader(
    cursor: "duckdb.DuckDBPyConnection", statement: str, size: int
) -> "pa.RecordBatchReader":
    relation = cursor.sql(statement)
    renamed = hasattr(relation, "to_arrow_reader")  # DuckDB 1.x has it under another name
    return (relation.to_arrow_reader if renamed else relation.fetch_arrow_reader)(size)


def _literal_path(path: Path, directory: Path) -> Path:
    """Return a path of the file that DuckDB takes for one name, not for a pattern of names."""
    name = str(path.absolute())
    if name.isprintable() and not set(name) & set("*?["):
        return Path(name)
    link = directory / "data"
    try:
        link.symlink_to(name)
    except OSError:  # Windows lets few people make links
        shutil.copyfile(name, link)
    return link


def _locked_down(
    directory: Path, memory_limit: str, reads: Path | None
) -> "duckdb.DuckDBPyConnection":
    """Open the database. Order matters: what it may open is fixed before the doors are shut."""
    import duckdb

    settings: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_community_extensions": False,
        "allow_persistent_secrets": False,
        "python_enable_replacements": False,
        "preserve_insertion_order": True,
        "temp_directory": str(directory),
        "memory_limit": memory_limit,
        "threads": min(MOST_THREADS, os.cpu_count() or 1),
    }
    database = duckdb.connect(":memory:", config=settings)
    if reads is not None:
        database.execute(f"SET allowed_paths = [{literal(str(reads))}]").fetchall()
    database.execute("SET enable_external_access = false").fetchall()
    database.execute("SET lock_configuration = true").fetchall()
    return database


def _release(
    database: "duckdb.DuckDBPyConnection",
    streams: "set[duckdb.DuckDBPyConnection]",
    directory: Path,
    owner: int,
) -> None:
    if os.getpid() != owner:
        return  # a fork: database and directory belong to the process it came from
    for cursor in list(streams):
        cursor.close()
    database.close()
    remove(directory)

"""Rows of one table on the bench: loaded as text, while steps add, rewrite and leave out.

The engine holds them as `data`, one column `row` (their number in the file) before the others, so
that they end in the order of the file whatever was done to them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING

from rai_check.errors import DataError
from rai_check.tables.bench_rows import engine_with, pairs_of_texts
from rai_check.tables.duckdb_table import DuckDBTable
from rai_check.tables.interface import Column, Table
from rai_check.tables.loading import WEIGHT, Loaded, must_count
from rai_check.tables.names import hint_at, shown
from rai_check.tables.source import BATCH_ROWS, Source, place_of
from rai_check.tables.sql import quoted

if TYPE_CHECKING:
    import pyarrow as pa

_DATA, _NEXT = quoted("data"), quoted("next")
_WHOLE = "[0-9]{1,16}"
Text = Callable[[str, int], str | None]
"""A new text for a text and its number of rows; None for missing."""


class Bench:
    """The rows of a table, in an engine of their own; `close` or `finish` it.

    In every statement the rows are `d`, and `place` names their columns.
    """

    row = 'd."row"'
    """SQL for a row's place in the file."""

    def __init__(self, table: Table) -> None:
        """Take over a table, which is not to be used after this.

        Raises:
            DataError: its rows cannot be read as text.
        """
        self.name, self.source = table.name, table.source
        self._note, self._fingerprint = table.note, table.fingerprint()
        self._columns = {column.name: column for column in table.columns}
        self._tables = count()
        self._engine = engine_with(table)
        self._replaced('SELECT rowid AS "row", * FROM "data" d')

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns so far."""
        return tuple(self._columns)

    @property
    def rows(self) -> int:
        """How many rows there are now."""
        return self.numbers("SELECT count(*) FROM $data")[0]

    def place(self, column: str) -> str:
        """Return a column as SQL.

        Raises:
            DataError: there is none of that name; the message suggests a near one.
        """
        if column not in self._columns:
            hint = hint_at(shown(column), [shown(name) for name in self._columns])
            raise DataError(f"there is no column {shown(column)!r} here.{hint}")
        return f"d.{quoted(f'c{list(self._columns).index(column)}')}"

    def distinct(self, column: str) -> Iterator[tuple[str, int]]:
        """Stream the known values of a column, in order, with their numbers of rows."""
        place = self.place(column)
        statement = (
            f"SELECT {place}, count(*) FROM {_DATA} d WHERE {place} IS NOT NULL "  # noqa: S608 - identifiers of ours
            "GROUP BY 1 ORDER BY 1"
        )
        for batch in self._engine.stream(statement, BATCH_ROWS):
            yield from zip(*(array.to_pylist() for array in batch.columns), strict=True)

    def numbers(self, statement: str, parameters: Sequence[object] = ()) -> tuple[int, ...]:
        """Return the one row of whole numbers that a statement gives; `$data` is the rows `d`."""
        (row,) = self._engine.rows(statement.replace("$data", f"{_DATA} d"), parameters)
        return tuple(int(str(value or 0)) for value in row)

    def make(self, statement: str, parameters: Sequence[object] = ()) -> str:
        """Make a table of what a statement gives, and return its name; `$data` is the rows `d`."""
        name = self._new_name()
        body = statement.replace("$data", f"{_DATA} d")
        self._engine.rows(f"CREATE TABLE {name} AS {body}", parameters)
        return name

    def bring(self, table: Table, columns: Sequence[str]) -> str:
        """Load columns of another table as "k0", "k1" and so on, and return the new table's name.

        Raises:
            DataError: it has no such column.
        """
        names = [f"k{i}" for i in range(len(columns))]
        batches = table.batches(list(columns), BATCH_ROWS)
        return self._filled(names, (batch.rename_columns(names) for batch in batches))

    def listed(self, pairs: Iterable[tuple[str, str | None]]) -> str:
        """Make a table of pairs of texts, "k" and "v", and return its name."""
        return self._filled(["k", "v"], pairs_of_texts(pairs))

    def drop(self, name: str) -> None:
        """Let go of a table that `make` or `bring` made."""
        self._engine.rows(f"DROP TABLE {name}")

    def rewrite(self, column: str, text: Text) -> None:
        """Replace every known value of a column by another text, worked out once for each value."""
        map_ = self.listed((value, text(value, n)) for value, n in self.distinct(column))
        place = self.place(column)
        new = f"d.* REPLACE (m.v AS {place.removeprefix('d.')})"
        self._replaced(f"SELECT {new} FROM {_DATA} d LEFT JOIN {map_} m ON m.k = {place}")  # noqa: S608 - identifiers of ours
        self.drop(map_)

    def add(self, columns: Mapping[str, str], *, joins: str = "", where: str = "") -> None:
        """Add columns by SQL for their texts, with further tables joined, where a condition holds.

        Raises:
            DataError: there is a column of that name already.
        """
        for name in columns:
            if name in self._columns:
                raise DataError(
                    f"there is a column {shown(name)!r} already; give the new one another name."
                )
        first = len(self._columns)
        new = [
            f", CAST({sql} AS VARCHAR) AS {quoted(f'c{i}')}"
            for i, sql in enumerate(columns.values(), start=first)
        ]
        tail = f" WHERE {where}" if where else ""
        self._replaced(f"SELECT d.*{''.join(new)} FROM {_DATA} d {joins}{tail}")  # noqa: S608 - identifiers of ours
        self._columns |= {name: Column(name, "text") for name in columns}

    def keep(self, condition: str) -> None:
        """Leave out every row for which a condition does not hold."""
        self._replaced(f"SELECT d.* FROM {_DATA} d WHERE {condition}")  # noqa: S608 - identifiers of ours

    def finish(self, count_by: str | None = None) -> DuckDBTable:
        """Return the rows as a table; `count_by` names the column of what they stand for.

        Raises:
            DataError: a count is no whole number.
        """
        columns = tuple(self._columns.values())
        names = [quoted(f"c{i}") for i in range(len(columns))]
        loaded = self._weighed(names, count_by)
        source = Source(
            where=self.source,
            columns=columns,
            batches=iter(()),
            fingerprint=self._fingerprint,
            note=lambda _: self._note,
        )
        return DuckDBTable(source, name=self.name, held=(self._engine, loaded))

    def close(self) -> None:
        """Let go of the rows."""
        self._engine.close()

    def _weighed(self, names: Sequence[str], count_by: str | None) -> Loaded:
        rows, weight, where = self.rows, "", ""
        total: int | None = None
        if count_by is not None:
            place = self.place(count_by)
            whole = f"CASE WHEN regexp_full_match({place}, '{_WHOLE}') THEN {place}::BIGINT END"
            unusable, total = self.numbers(
                f"SELECT count(*) - count({whole}), sum({whole})::HUGEINT FROM $data"  # noqa: S608 - identifiers of ours
            )
            must_count(place_of(self.source, count_by), unusable, total)
            weight, where = f", {whole} AS {WEIGHT}", f"WHERE {whole} > 0"
        columns = ", ".join(names) + weight
        self._replaced(f"SELECT {columns} FROM {_DATA} d {where} ORDER BY {self.row}")  # noqa: S608 - identifiers of ours
        return Loaded(rows=rows, stands_for=total)

    def _replaced(self, statement: str) -> None:
        """Put what a statement gives in place of the rows."""
        self._engine.rows(f"CREATE TABLE {_NEXT} AS {statement}")
        self._engine.rows(f"DROP TABLE {_DATA}")
        self._engine.rows(f"ALTER TABLE {_NEXT} RENAME TO {_DATA}")

    def _filled(self, columns: Sequence[str], batches: "Iterator[pa.RecordBatch]") -> str:
        name = self._new_name()
        declared = ", ".join(f"{quoted(column)} VARCHAR" for column in columns)
        self._engine.rows(f"CREATE TABLE {name} ({declared})")
        for batch in batches:
            self._engine.insert(name, batch)
        return name

    def _new_name(self) -> str:
        return quoted(f"t{next(self._tables)}")

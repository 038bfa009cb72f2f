"""The default table: text columns in a locked-down DuckDB, counted there and out of core.

Columns are stored by position ("c0", "c1", …), so that no name from outside is ever part of a
statement, and names that differ only in case stay apart.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from rai_check.errors import DataError, UsageError
from rai_check.tables.cells import cells_of
from rai_check.tables.cube import Rows, grouped
from rai_check.tables.digests import content_digest
from rai_check.tables.engine import Engine
from rai_check.tables.interface import (
    NO_MEASURES,
    Cells,
    CountRow,
    Counts,
    Cut,
    NumericProfile,
    Predicate,
)
from rai_check.tables.loading import WEIGHT, Loaded, load
from rai_check.tables.names import require, shown
from rai_check.tables.source import Source
from rai_check.tables.sql import Sql, condition, quoted, tally
from rai_check.tables.stored import Held, profile_of, profiled

if TYPE_CHECKING:
    import pyarrow as pa

STREAMED = 10_000
"""Rows fetched at a time."""

_DATA = quoted("data")


class DuckDBTable:
    """A `Table` of rows loaded into an `Engine`; made by `open_table` and `from_frame`."""

    def __init__(
        self,
        source: Source,
        *,
        name: str,
        count: str | None = None,
        held: tuple[Engine, Loaded] | None = None,
    ) -> None:
        """Read `source` to its end; `count` names the column of what rows stand for.

        With `held` the rows are in an engine already, as `load` leaves them, and none is read.

        Raises:
            DataError: it cannot be read, a value is longer than `LONGEST_VALUE`, or a count is
                no whole number.
        """
        self.name, self.source, self.columns = name, source.where, source.columns
        self._place_of = source.place
        self._places = {column.name: quoted(f"c{i}") for i, column in enumerate(source.columns)}
        counted_by = None if count is None else self.columns.index(require(self, count))
        self._engine, loaded = held or _loaded(source, counted_by)
        self._fingerprint = source.fingerprint
        self._weight = None if loaded.stands_for is None else WEIGHT
        self.rows = loaded.rows if loaded.stands_for is None else loaded.stands_for
        self.note = replace(source.note(loaded.rows), stands_for=loaded.stands_for)

    def handed_over(self) -> Engine:
        """Return the engine with the rows, to be worked on; this table is done with."""
        return self._engine

    def fingerprint(self) -> str:
        """See `Table`."""
        if self._fingerprint is None:
            every = self.batches([column.name for column in self.columns])
            self._fingerprint = content_digest(self.columns, every)
        return self._fingerprint

    def counts(
        self,
        by: Sequence[str],
        measures: Mapping[str, Predicate] = NO_MEASURES,
        *,
        unit: str | None = None,
    ) -> Counts:
        """See `Table`. One statement; all sums are integers."""
        keys = [self._place(column) for column in by]
        sums = [self._where(condition(predicate, self._place)) for predicate in measures.values()]
        self._must_have_units(unit)
        units = f"count(DISTINCT {self._place(unit)})" if unit is not None else "NULL"
        columns = ", ".join([*keys, tally(self._weight), units, *(s.text for s in sums)])
        order = ", ".join(f"{key} ASC NULLS LAST" for key in keys)
        tail = f" GROUP BY {', '.join(keys)} ORDER BY {order}" if keys else ""
        found = self._engine.rows(
            f"SELECT {columns} FROM {_DATA}{tail}",  # noqa: S608 - identifiers of ours
            [value for s in sums for value in s.parameters],
        )
        rows = tuple(_count_row(row, len(keys)) for row in found)
        return Counts(by=tuple(by), measures=tuple(measures), rows=rows)

    def cells(
        self, by: Sequence[str | Cut], *, sums: Sequence[str] = (), unit: str | None = None
    ) -> Cells:
        """See `Table`."""
        self._must_have_units(unit)
        keys = [*by, unit] if unit is not None else by
        return cells_of(grouped(self.relation(), keys, sums), by, unit=unit is not None)

    def units(self, by: Sequence[str], unit: str) -> Counts:
        """See `Table`."""
        return self.counts(by, unit=unit)

    def distinct(self, column: str) -> Iterator[tuple[str | None, int]]:
        """See `Table`."""
        batches = self.values(column, STREAMED)
        pairs = (zip(*(c.to_pylist() for c in batch.columns), strict=True) for batch in batches)
        return chain.from_iterable(pairs)

    def count_distinct(self, column: str) -> int:
        """See `Table`."""
        return self._numbers([f"count(DISTINCT {self._place(column)})"])[0]

    def numeric_profile(self, column: str) -> NumericProfile:
        """See `Table`."""
        conditions = profiled(Held(place=self._place(column), stored="form"))
        return profile_of(self.rows, self._numbers([tally(self._weight, c) for c in conditions]))

    def sample(self, column: str, n: int, key: str) -> tuple[str, ...]:
        """See `Table`. In order of SHA-256(BLAKE2b-256(key) in hex, then the value).

        SHA-256 because every engine has it in SQL, over UTF-8, as lower-case hex.
        """
        if n < 1:
            raise UsageError("Ask for a sample of one value or more.")
        place = self._place(column)
        prefix = hashlib.blake2b(key.encode(), digest_size=32).hexdigest()
        found = self._engine.rows(
            f"SELECT value FROM (SELECT DISTINCT {place} AS value FROM {_DATA}) "  # noqa: S608 - identifiers of ours
            "WHERE value IS NOT NULL ORDER BY sha256(concat(?, value)), value LIMIT ?",
            [prefix, n],
        )
        return tuple(str(value) for (value,) in found)

    def batches(self, columns: Sequence[str], size: int = 10_000) -> Iterator["pa.RecordBatch"]:
        """See `Table`."""
        if not columns or size < 1:
            raise UsageError("Ask for one column or more, in batches of one row or more.")
        places = ", ".join(self._place(column) for column in columns)
        batches = self._engine.stream(f"SELECT {places} FROM {_DATA}", size)  # noqa: S608 - identifiers of ours
        return (batch.rename_columns(list(columns)) for batch in batches)

    def close(self) -> None:
        """See `Table`."""
        self._engine.close()

    def relation(self) -> Rows:
        """Return the rows, to be grouped."""
        return Rows(
            engine=self._engine,
            held=lambda column: Held(place=self._place(column), stored="form"),
            written=lambda _, texts: texts,
            place=self._place_of,
            weight=self._weight,
        )

    def values(self, column: str, size: int) -> Iterator["pa.RecordBatch"]:
        """Stream the values of a column with how many rows have each, in order, missing last."""
        statement = (
            f"SELECT {self._place(column)}, {tally(self._weight)} FROM {_DATA} GROUP BY 1 "  # noqa: S608 - identifiers of ours
            "ORDER BY 1 ASC NULLS LAST"
        )
        return self._engine.stream(statement, size)

    def _must_have_units(self, unit: str | None) -> None:
        if unit is not None and self._weight is not None:
            raise DataError(
                f"Table {shown(self.name)!r} has a count column: its rows stand for many, so that "
                f"none is of one {shown(unit)!r}; declare the unit or the count, not both."
            )

    def _where(self, predicate: Sql) -> Sql:
        return Sql(text=tally(self._weight, predicate.text), parameters=predicate.parameters)

    def _place(self, column: str) -> str:
        return self._places[require(self, column).name]

    def _numbers(self, expressions: Sequence[str]) -> tuple[int, ...]:
        (row,) = self._engine.rows(f"SELECT {', '.join(expressions)} FROM {_DATA}")  # noqa: S608 - identifiers of ours
        return tuple(int(str(value)) for value in row)


def _loaded(source: Source, counted_by: int | None) -> tuple[Engine, Loaded]:
    engine = Engine()
    try:
        return engine, load(engine, source, counted_by)
    except BaseException:
        engine.close()
        raise


def _count_row(row: tuple[object, ...], width: int) -> CountRow:
    key = tuple(None if value is None else str(value) for value in row[:width])
    n, units, *sums = (None if value is None else int(str(value)) for value in row[width:])
    return CountRow(key=key, n=n or 0, sums=tuple(s or 0 for s in sums), units=units)

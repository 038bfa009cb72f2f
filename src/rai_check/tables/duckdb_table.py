"""The default table: text columns in a locked-down DuckDB, counted there and out of core.

Columns are stored by position ("c0", "c1", …), so that no name from outside is ever part of a
statement, and names that differ only in case stay apart.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from rai_check.errors import DataError, UsageError
from rai_check.tables.digests import content_digest
from rai_check.tables.engine import Engine
from rai_check.tables.foreign import guarded
from rai_check.tables.interface import (
    NO_MEASURES,
    Column,
    CountRow,
    Counts,
    NumericProfile,
    Predicate,
    ReadNote,
)
from rai_check.tables.names import require, shown
from rai_check.tables.source import LONGEST_VALUE, Source
from rai_check.tables.sql import INFINITE, NAN, Sql, condition, finite, number, quoted
from rai_check.tables.text import text_form

if TYPE_CHECKING:
    import pyarrow as pa

STREAMED = 10_000
"""Rows fetched at a time."""

_DATA = quoted("data")


class DuckDBTable:
    """A `Table` of rows held by an `Engine`; made by `open_table` and `from_frame`."""

    def __init__(self, source: Source, *, name: str) -> None:
        """Read `source` to its end.

        Raises:
            DataError: it cannot be read, or a value is longer than `LONGEST_VALUE`.
        """
        self.name = name
        self.source = source.where
        self.columns = source.columns
        self._places = {column.name: quoted(f"c{i}") for i, column in enumerate(source.columns)}
        self._engine = Engine()
        try:
            self.rows = self._load(source)
            self._fingerprint = source.fingerprint
        except BaseException:
            self.close()
            raise
        self.note = ReadNote(encoding=source.encoding, delimiter=source.delimiter, rows=self.rows)

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
        sums = [_where(condition(predicate, self._place)) for predicate in measures.values()]
        units = f"count(DISTINCT {self._place(unit)})" if unit is not None else "NULL"
        columns = ", ".join([*keys, "count(*)", units, *(s.text for s in sums)])
        order = ", ".join(f"{key} ASC NULLS LAST" for key in keys)
        tail = f" GROUP BY {', '.join(keys)} ORDER BY {order}" if keys else ""
        found = self._engine.rows(
            f"SELECT {columns} FROM {_DATA}{tail}",  # noqa: S608 - identifiers of ours
            [value for s in sums for value in s.parameters],
        )
        rows = tuple(_count_row(row, len(keys)) for row in found)
        return Counts(by=tuple(by), measures=tuple(measures), rows=rows)

    def units(self, by: Sequence[str], unit: str) -> Counts:
        """See `Table`."""
        return self.counts(by, unit=unit)

    def distinct(self, column: str) -> Iterator[tuple[str | None, int]]:
        """See `Table`."""
        place = self._place(column)
        statement = f"SELECT {place}, count(*) FROM {_DATA} GROUP BY 1 ORDER BY 1 ASC NULLS LAST"  # noqa: S608 - identifiers of ours
        batches = self._engine.stream(statement, STREAMED)
        pairs = (zip(*(c.to_pylist() for c in batch.columns), strict=True) for batch in batches)
        return chain.from_iterable(pairs)

    def count_distinct(self, column: str) -> int:
        """See `Table`."""
        return self._numbers([f"count(DISTINCT {self._place(column)})"])[0]

    def numeric_profile(self, column: str) -> NumericProfile:
        """See `Table`."""
        place = self._place(column)
        known, value = finite(place), number(place)
        is_nan = f"regexp_full_match({place}, '{NAN}')"
        is_infinite = f"regexp_full_match({place}, '{INFINITE}') OR NOT isfinite({value})"
        rows, finites, present, nan, infinite, negative = self._numbers(
            [
                "count(*)",
                f"count({known})",
                f"count({place})",
                f"count(*) FILTER (WHERE {is_nan})",
                f"count(*) FILTER (WHERE {is_infinite})",
                f"count(*) FILTER (WHERE ({known}) < 0)",
            ]
        )
        return NumericProfile(
            known=finites,
            missing=rows - present,
            not_numeric=present - finites - nan - infinite,
            nan=nan,
            infinite=infinite,
            negative=negative,
        )

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

    def _load(self, source: Source) -> int:
        import pyarrow as pa

        columns = ", ".join(f"{place} VARCHAR" for place in self._places.values())
        self._engine.rows(f"CREATE TABLE {_DATA} ({columns})")
        rows = 0
        for batch in source.batches:
            texts = [self._text(c, a) for c, a in zip(self.columns, batch.columns, strict=True)]
            names = [f"c{i}" for i in range(len(texts))]
            self._engine.insert(_DATA, pa.RecordBatch.from_arrays(texts, names=names))
            rows += batch.num_rows
        return rows

    def _text(self, column: Column, array: "pa.Array") -> "pa.Array":
        import pyarrow.compute as pc

        place = f"{self.source}, column {shown(column.name)!r}"
        text = guarded(lambda: text_form(array), f"{place} could not be read as text")
        if (pc.max(pc.binary_length(text)).as_py() or 0) > LONGEST_VALUE:
            raise DataError(f"{place} holds a value longer than {LONGEST_VALUE >> 20} MiB.")
        return text

    def _place(self, column: str) -> str:
        return self._places[require(self, column).name]

    def _numbers(self, expressions: Sequence[str]) -> tuple[int, ...]:
        (row,) = self._engine.rows(f"SELECT {', '.join(expressions)} FROM {_DATA}")  # noqa: S608 - identifiers of ours
        return tuple(int(str(value)) for value in row)


def _count_row(row: tuple[object, ...], width: int) -> CountRow:
    key = tuple(None if value is None else str(value) for value in row[:width])
    n, units, *sums = (None if value is None else int(str(value)) for value in row[width:])
    return CountRow(key=key, n=n or 0, sums=tuple(s or 0 for s in sums), units=units)


def _where(predicate: Sql) -> Sql:
    return Sql(text=f"count(*) FILTER (WHERE {predicate.text})", parameters=predicate.parameters)

"""A Parquet file as a relation of the engine, which reads it where it lies, again for each answer.

What the engine sees must be what Arrow sees, whose text form is the rule: a column of which that
is not sure (times of day, nanoseconds with a zone) is `odd`, and asked of the loaded file.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rai_check.errors import DataError
from rai_check.tables.cube import Rows
from rai_check.tables.digests import FileDigest
from rai_check.tables.engine import Engine
from rai_check.tables.files import must_be_unchanged, opened, state
from rai_check.tables.foreign import guarded
from rai_check.tables.interface import NumericProfile
from rai_check.tables.names import shown
from rai_check.tables.parquet import parquet_file
from rai_check.tables.source import columns_of, place_of, text_of
from rai_check.tables.sql import literal, quoted
from rai_check.tables.stored import Held, Stored, known, profile_of, profiled, stored_as

if TYPE_CHECKING:
    import pyarrow as pa

_DATA = quoted("data")
_UNITS = ("s", "ms", "us", "ns")


class ParquetInPlace:
    """An opened file: its columns, its engine, its digest, and that it stays as it was.

    Raises:
        DataError: from every method, if it is not Parquet, is damaged, or has changed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self.where = shown(path.name)
        with opened(path) as file:
            self._state = state(file)
            parquet = parquet_file(file, self.where)
            self.rows: int = parquet.metadata.num_rows
            schema = parquet.schema_arrow
        self.columns = columns_of(schema, self.where)
        self._digest = FileDigest(self.path)
        try:
            self.engine = self._started()
            self._held = self._seen(schema)
        except BaseException:
            self.close()
            raise

    def odd(self, column: str) -> bool:
        """Say whether a column is to be asked of the loaded file."""
        return column not in self._held

    def stored(self, column: str) -> Stored:
        """Say how a column that is not odd is stored."""
        return self._held[column][0].stored

    def relation(self) -> Rows:
        """Return the rows, to be grouped."""
        return Rows(
            engine=self.engine,
            held=lambda c: self._held[c][0],
            written=self._written,
            place=self._place,
        )

    def batches(self, columns: Sequence[str], size: int) -> Iterator["pa.RecordBatch"]:
        """Stream columns in text form, in file order."""
        import pyarrow as pa

        places = ", ".join(self._held[column][0].place for column in columns)
        for batch in self.engine.stream(f"SELECT {places} FROM {_DATA}", size):  # noqa: S608 - identifiers of ours
            pairs = zip(columns, batch.columns, strict=True)
            texts = [self._written(column, array) for column, array in pairs]
            yield pa.RecordBatch.from_arrays(texts, names=list(columns))
        self.must_be_unchanged()

    def values(self, column: str, size: int) -> Iterator["pa.RecordBatch"]:
        """Stream the values of a column as stored, in text form, with how many rows have each."""
        import pyarrow as pa

        place = self._held[column][0].place
        statement = f"SELECT {place}, count(*) FROM {_DATA} GROUP BY 1"  # noqa: S608 - identifiers of ours
        for batch in self.engine.stream(statement, size):
            arrays = [self._written(column, batch.column(0)), batch.column(1)]
            yield pa.RecordBatch.from_arrays(arrays, names=["value", "n"])
        self.must_be_unchanged()

    def count_distinct(self, column: str) -> int:
        """Count the distinct known values of a column that is not text."""
        held = self._held[column][0]
        return self._numbers([f"count(DISTINCT {held.place}) FILTER (WHERE {known(held)})"])[0]

    def profile(self, column: str) -> NumericProfile:
        """Say how many rows of a column are numbers."""
        conditions = profiled(self._held[column][0])
        counts = self._numbers([f"count(*) FILTER (WHERE {one})" for one in conditions])
        return profile_of(self.rows, counts)

    def must_be_unchanged(self) -> None:
        """Raise `DataError` if the file is not the one that was opened, as it was."""
        must_be_unchanged(self.path, self._state, self.where)

    def fingerprint(self) -> str:
        """Return the SHA-256 of the file's bytes."""
        found = self._digest.result(self.where)
        self.must_be_unchanged()
        return found

    def close(self) -> None:
        """Close the engine and leave the file; safe to call twice."""
        self._digest.stop()
        if hasattr(self, "engine"):
            self.engine.close()

    def _started(self) -> Engine:
        message = f"{self.where} is damaged, or too large for this machine: its rows cannot be read"
        engine = Engine(reads=self.path, broke=message)
        names = ", ".join(quoted(f"c{i}") for i in range(len(self.columns)))
        file = f"read_parquet({literal(str(engine.reads))}, hive_partitioning=false)"
        try:
            engine.rows(f"CREATE VIEW {_DATA}({names}) AS SELECT * FROM {file}")  # noqa: S608 - identifiers of ours, and a path
        except BaseException:
            engine.close()
            raise
        return engine

    def _seen(self, schema: "pa.Schema") -> "dict[str, tuple[Held, pa.DataType]]":
        """Read a first row: what the engine makes of each column that is not odd."""
        first = self.engine.table(f"SELECT * FROM {_DATA} LIMIT 1", 1).schema  # noqa: S608 - identifiers of ours
        if len(first) != len(schema):
            raise DataError(f"{self.where} is damaged: its columns cannot be told apart.")
        seen = {}
        for i, (column, kind) in enumerate(zip(self.columns, schema.types, strict=True)):
            stored = stored_as(kind)
            if stored is not None and _alike(kind, first.field(i).type):
                seen[column.name] = (Held(place=quoted(f"c{i}"), stored=stored), kind)
        return seen

    def _numbers(self, wanted: Sequence[str]) -> list[int]:
        (found,) = self.engine.rows(f"SELECT {', '.join(wanted)} FROM {_DATA}")  # noqa: S608 - identifiers of ours
        self.must_be_unchanged()
        return [int(str(number)) for number in found]

    def _written(self, column: str, array: "pa.Array") -> "pa.Array":
        import pyarrow as pa
        import pyarrow.types as pt

        kind, place = self._held[column][1], self._place(column)
        if pt.is_null(kind):
            return pa.nulls(len(array), pa.string())
        if pt.is_timestamp(kind):
            array = guarded(lambda: array.cast(kind), f"{place} could not be read as text")
        return text_of(array, place)

    def _place(self, column: str) -> str:
        return place_of(self.where, column)


def _alike(kind: "pa.DataType", seen: "pa.DataType") -> bool:
    """Say whether the engine's values are those that Arrow reads: no digit or zone is lost."""
    import pyarrow.types as pt

    if pt.is_dictionary(kind):
        return _alike(kind.value_type, seen)
    if pt.is_large_string(kind):
        return bool(pt.is_string(seen))
    if pt.is_timestamp(kind):
        fine = pt.is_timestamp(seen) and _UNITS.index(seen.unit) >= _UNITS.index(kind.unit)
        return fine and (kind.tz is None) == (seen.tz is None)
    return bool(pt.is_null(kind) or kind == seen)

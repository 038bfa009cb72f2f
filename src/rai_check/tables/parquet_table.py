"""A table of a Parquet file that is read where it lies; loaded only where there is no other way."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rai_check.errors import UsageError
from rai_check.reading import ReadNote
from rai_check.tables.cells import Groups, Key
from rai_check.tables.cube import Rows, grouped
from rai_check.tables.duckdb_table import DuckDBTable
from rai_check.tables.in_place import ParquetInPlace
from rai_check.tables.interface import NumericProfile
from rai_check.tables.keyed_table import KeyedTable
from rai_check.tables.names import require
from rai_check.tables.parquet import parquet_source
from rai_check.tables.source import BATCH_ROWS, ReadOptions

if TYPE_CHECKING:
    import pyarrow as pa


class ParquetTable(KeyedTable):
    """A `Table` of a Parquet file; made by `open_table`."""

    def __init__(self, path: Path, *, name: str) -> None:
        """Open the file and read its first row.

        Raises:
            DataError: it is not Parquet, is damaged, or has columns that cannot be used.
        """
        super().__init__()
        self._file = ParquetInPlace(path)
        self._loaded: DuckDBTable | None = None
        self.name, self.source = name, self._file.where
        self.columns, self.rows = self._file.columns, self._file.rows
        self.note = ReadNote(encoding=None, delimiter=None, rows=self.rows)

    def fingerprint(self) -> str:
        """See `Table`."""
        return self._file.fingerprint()

    def count_distinct(self, column: str) -> int:
        """See `Table`."""
        if self._any_odd([column]) or self._file.stored(column) == "text":
            return super().count_distinct(column)
        return self._file.count_distinct(column)

    def numeric_profile(self, column: str) -> NumericProfile:
        """See `Table`."""
        if self._any_odd([column]):
            return super().numeric_profile(column)
        return self._file.profile(column)

    def batches(self, columns: Sequence[str], size: int = 10_000) -> Iterator["pa.RecordBatch"]:
        """See `Table`."""
        if not columns or size < 1:
            raise UsageError("Ask for one column or more, in batches of one row or more.")
        if self._any_odd(columns):
            return self._text().batches(columns, size)
        return self._file.batches(columns, size)

    def close(self) -> None:
        """See `Table`."""
        super().close()
        self._file.close()
        if self._loaded is not None:
            self._loaded.close()

    def _groups(self, keys: Sequence[Key], sums: Sequence[str], unit: str | None) -> Groups:
        if unit is not None:
            keys = [*keys, unit]
        found = grouped(self._relation(keys, sums), keys, sums)
        self._file.must_be_unchanged()
        return found

    def _relation(self, keys: Sequence[Key], sums: Sequence[str]) -> Rows:
        """Return the file's own rows, or loaded ones where only their text has the answer.

        A sum of single-precision numbers is of what their shortest decimals say.
        """
        names = [key if isinstance(key, str) else key.column for key in keys]
        if self._any_odd([*names, *sums]) or any(self._file.stored(c) == "single" for c in sums):
            return self._text().relation()
        return self._file.relation()

    def _values(self, column: str) -> Iterator["pa.RecordBatch"]:
        if self._any_odd([column]):
            return self._text().values(column, BATCH_ROWS)
        return self._file.values(column, BATCH_ROWS)

    def _any_odd(self, columns: Sequence[str]) -> bool:
        return any(self._file.odd(require(self, column).name) for column in columns)

    def _text(self) -> DuckDBTable:
        """Return the file loaded as text: once, when first needed."""
        if self._loaded is None:
            with parquet_source(self._file.path, ReadOptions()) as source:
                loaded = DuckDBTable(source, name=self.name)
            self._loaded = loaded
            self._file.must_be_unchanged()
        return self._loaded

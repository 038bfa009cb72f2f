"""What tables that are not loaded have in common: all answers come from groups of rows."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING
from weakref import WeakSet

from rai_check.reading import ReadNote
from rai_check.tables.cells import Groups, Key, cells_of
from rai_check.tables.counting import counted
from rai_check.tables.duckdb_table import DuckDBTable
from rai_check.tables.interface import (
    NO_MEASURES,
    Cells,
    Column,
    Counts,
    Cut,
    NumericProfile,
    Predicate,
)
from rai_check.tables.names import require
from rai_check.tables.source import Source

if TYPE_CHECKING:
    import pyarrow as pa


class KeyedTable(ABC):
    """A `Table` that groups its rows by values as stored; a kind of source each.

    Questions on the values of one column alone are put to a small table of those values, loaded
    as text with how many rows have each.
    """

    name: str
    source: str
    columns: tuple[Column, ...]
    rows: int
    note: ReadNote

    def __init__(self) -> None:
        self._small: WeakSet[DuckDBTable] = WeakSet()
        self._latest: tuple[str, DuckDBTable] | None = None

    @abstractmethod
    def _groups(self, keys: Sequence[Key], sums: Sequence[str], unit: str | None) -> Groups:
        """Group rows by keys, and by the unit after them."""

    @abstractmethod
    def _values(self, column: str) -> Iterator["pa.RecordBatch"]:
        """Stream the values of a column in text form, and in a second array their rows."""

    @abstractmethod
    def fingerprint(self) -> str:
        """See `Table`."""

    @abstractmethod
    def batches(self, columns: Sequence[str], size: int = 10_000) -> Iterator["pa.RecordBatch"]:
        """See `Table`."""

    def cells(
        self, by: Sequence[str | Cut], *, sums: Sequence[str] = (), unit: str | None = None
    ) -> Cells:
        """See `Table`."""
        return cells_of(self._groups(by, sums, unit), by, unit=unit is not None)

    def counts(
        self,
        by: Sequence[str],
        measures: Mapping[str, Predicate] = NO_MEASURES,
        *,
        unit: str | None = None,
    ) -> Counts:
        """See `Table`."""

        def keyed(keys: Sequence[Key], unit: str | None) -> Cells:
            return cells_of(self._groups(keys, (), unit), keys, unit=unit is not None)

        return counted(keyed, by, measures, unit)

    def units(self, by: Sequence[str], unit: str) -> Counts:
        """See `Table`."""
        return self.counts(by, unit=unit)

    def distinct(self, column: str) -> Iterator[tuple[str | None, int]]:
        """See `Table`."""
        return self._small_table(column).distinct(column)

    def count_distinct(self, column: str) -> int:
        """See `Table`."""
        return self._small_table(column).count_distinct(column)

    def numeric_profile(self, column: str) -> NumericProfile:
        """See `Table`."""
        return self._small_table(column).numeric_profile(column)

    def sample(self, column: str, n: int, key: str) -> tuple[str, ...]:
        """See `Table`."""
        return self._small_table(column).sample(column, n, key)

    def close(self) -> None:
        """See `Table`."""
        for table in list(self._small):
            table.close()
        self._latest = None

    def _small_table(self, column: str) -> DuckDBTable:
        """Return the values of a column as a table; the latest is kept for the next question."""
        held = require(self, column)
        if self._latest is None or self._latest[0] != column:
            source = Source(
                where=self.source, columns=(held,), batches=self._values(column), weighted=True
            )
            small = DuckDBTable(source, name=self.name)
            self._small.add(small)
            self._latest = (column, small)
        return self._latest[1]

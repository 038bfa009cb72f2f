"""A table of a frame in memory, counted where it lies: Arrow codes its columns, numpy counts."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from rai_check.errors import DataError, UsageError
from rai_check.reading import ReadNote
from rai_check.tables.cells import Coded, Groups, Key, partition
from rai_check.tables.coding import cut, encoded, flagged, numbers, side_by_side
from rai_check.tables.digests import content_digest
from rai_check.tables.fixed import summed
from rai_check.tables.frames import Frame
from rai_check.tables.interface import Cut, IsIn, Known
from rai_check.tables.keyed_table import KeyedTable
from rai_check.tables.names import require
from rai_check.tables.source import BATCH_ROWS, place_of, text_of

if TYPE_CHECKING:
    import pyarrow as pa

_KEPT = 1 << 16
"""Columns of at most so many values are kept coded: a byte or two a row."""


class FrameTable(KeyedTable):
    """A `Table` of a frame; made by `from_frame`.

    The frame is not copied: it must stay as it is while the table is in use.
    """

    def __init__(self, frame: Frame, *, name: str) -> None:
        """Take the frame as it is."""
        super().__init__()
        self.name, self.source = name, frame.where
        self.columns, self.rows = frame.columns, frame.rows
        self.note = ReadNote(encoding=None, delimiter=None, rows=self.rows)
        names = [column.name for column in frame.columns]
        arrays = dict(zip(names, frame.arrays, strict=True))
        self._arrays: dict[str, pa.ChunkedArray] | None = arrays
        self._coded: dict[str, Coded] = {}
        self._fingerprint: str | None = None

    def fingerprint(self) -> str:
        """See `Table`."""
        if self._fingerprint is None:
            every = self.batches([column.name for column in self.columns])
            self._fingerprint = content_digest(self.columns, every)
        return self._fingerprint

    def distinct(self, column: str) -> Iterator[tuple[str | None, int]]:
        """See `Table`."""
        cells = self.cells([column])
        return zip(cells.keys[0], cells.n.tolist(), strict=True)

    def count_distinct(self, column: str) -> int:
        """See `Table`."""
        return sum(value is not None for value, _ in self.distinct(column))

    def batches(self, columns: Sequence[str], size: int = 10_000) -> Iterator["pa.RecordBatch"]:
        """See `Table`."""
        if not columns or size < 1:
            raise UsageError("Ask for one column or more, in batches of one row or more.")
        arrays = [(column, self._array(column)) for column in columns]
        return self._slices(arrays, size)

    def close(self) -> None:
        """See `Table`."""
        super().close()
        self._arrays = None
        self._coded.clear()

    def _groups(self, keys: Sequence[Key], sums: Sequence[str], unit: str | None) -> Groups:
        wanted = [*keys, unit] if unit is not None else keys
        for column in [*(key if isinstance(key, str) else key.column for key in wanted), *sums]:
            self._array(column)
        codes = side_by_side(self._key, list(dict.fromkeys(wanted)), self.rows)
        by_key = dict(zip(dict.fromkeys(wanted), codes, strict=True))
        columns = [by_key[key] for key in wanted]
        parts = partition([c.codes for c in columns], [c.size for c in columns], self.rows)
        part = parts.part() if sums else parts.flat
        return Groups(
            keys=tuple(Coded(texts=c.texts, codes=c.codes[parts.first]) for c in columns),
            n=parts.size.astype(np.int64),
            sums={
                c: summed(self._numbers(c), part, len(parts.first), self._place(c)) for c in sums
            },
        )

    def _key(self, key: Key) -> Coded:
        match key:
            case str():
                return self._values_of(key)
            case Cut():
                return cut(self._numbers(key.column), key)
            case IsIn() | Known():
                return flagged(self._values_of(key.column), key)

    def _values_of(self, column: str) -> Coded:
        if (kept := self._coded.get(column)) is not None:
            return kept
        found = encoded(self._array(column), self._place(column))
        if len(found.texts) <= _KEPT:
            self._coded[column] = found
        return found

    def _numbers(self, column: str) -> np.ndarray:
        return numbers(self._array(column), lambda: self._values_of(column))

    def _values(self, column: str) -> Iterator["pa.RecordBatch"]:
        import pyarrow as pa

        held = self._values_of(column)
        n = np.bincount(held.codes, minlength=held.size)
        texts = pa.concat_arrays([held.texts, pa.nulls(1, held.texts.type)])
        table = pa.table({"value": texts, "n": pa.array(n, pa.int64())})
        return iter(table.to_batches(max_chunksize=BATCH_ROWS))

    def _slices(
        self, arrays: "list[tuple[str, pa.ChunkedArray]]", size: int
    ) -> Iterator["pa.RecordBatch"]:
        import pyarrow as pa

        for start in range(0, self.rows, size):
            pieces = [(c, array.slice(start, size).combine_chunks()) for c, array in arrays]
            texts = [text_of(piece, self._place(column)) for column, piece in pieces]
            yield pa.RecordBatch.from_arrays(texts, names=[column for column, _ in arrays])

    def _array(self, column: str) -> "pa.ChunkedArray":
        if self._arrays is None:
            raise DataError("This table has been closed; open it again.")
        return self._arrays[require(self, column).name]

    def _place(self, column: str) -> str:
        return place_of(self.source, column)

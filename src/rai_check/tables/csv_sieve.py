"""Rows on their way to the table, in bulk, without those that are not rows of it.

Most pass unseen. Only a row whose first cell with something in it could be a total's, a page's or
a header's is looked at for itself; and the last are held back until the end of the file is known.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rai_check.tables.grid import Head
from rai_check.tables.grid_cells import Cells, clean
from rai_check.tables.grid_footer import FOOTER_ROWS, footer
from rai_check.tables.grid_rows import Tally, is_lone, must_be_named, stray
from rai_check.tables.grid_totals import may_be_total, names_subtotal

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

_OUTER = r"[\s\x0b\x1a\x1c-\x1f\x85\xa0%s]*"
_MAYBE = (
    "(?:$|page|sheet|[-=_\u2013\u2014]|[0-9]+[ ]?of[ ]"
    r"|(?:(?:sub|grand|overall|report|column|running|final)[\s-]*)*total"
    r"|.{1,80}[\s-](?:sub-?)?(?:totals?|count|average|max|min)[\s\xa0]*$)"
)
_ODD_BLANKS = "\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
_SUSPECT = f"^(?i:{_OUTER % _ODD_BLANKS}{_MAYBE})"
_SUSPECTED = re.compile(_SUSPECT)
_ENOUGH = 200
"""Characters of a cell that tell whether to look at its row; of a long one the pattern is slow."""


@dataclass(slots=True)
class Found:
    """What reading the rows has shown so far.

    Attributes:
        tally: rows left out.
        totals: rows of the file that look like totals and were kept.
        lone: whether the last row kept has but one cell with something in it.
        longer: rows with blank cells beyond the last column.
    """

    tally: Tally = field(default_factory=Tally)
    totals: set[int] = field(default_factory=set)
    lone: bool = False
    longer: int = 0


@dataclass(frozen=True, slots=True)
class _Piece:
    """Rows of the table, each with its row of the file."""

    batch: "pa.RecordBatch"
    numbers: "np.ndarray"


@dataclass(slots=True)
class Sieve:
    """What tells the rows of one file's table.

    Attributes:
        head: of the file.
        openings: first cells, as they stand, of rows above the table that may be printed again.
        row: the row of the file that comes next.
        found: on the way.
    """

    head: Head
    openings: frozenset[str]
    row: int
    found: Found = field(default_factory=Found)
    _above: Cells = ()

    def suspected(self, cells: Sequence[str]) -> bool:
        """Say whether a row has to be looked at."""
        first = next((cell for cell in cells if cell and not cell.isspace()), "")
        start = first.lstrip()[:_ENOUGH]
        return not first or first in self.openings or _SUSPECTED.match(start) is not None

    def rows(self, batches: Iterator["pa.RecordBatch"]) -> Iterator["pa.RecordBatch"]:
        """Pass on the rows of the table, without totals and notes after the last.

        Raises:
            DataError: a column without a name holds something.
        """
        held: list[_Piece] = []
        for batch in batches:
            held.append(self._without_strays(batch))
            while sum(piece.batch.num_rows for piece in held[1:]) >= FOOTER_ROWS:
                yield self._named(held.pop(0))
        drop = self._footer(held)
        for piece in held:
            keep = piece.batch.num_rows - sum(number in drop for number in piece.numbers.tolist())
            yield self._named(_Piece(piece.batch.slice(0, keep), piece.numbers[:keep]))

    def judged(self, cells: Cells, above: Cells, number: int) -> str | None:
        """Return why a suspected row is not of the table, None if it is; and count it."""
        why = stray(self.head, cells, above)
        if why is not None:
            self.found.tally.add(why, number)
        elif may_be_total(cells, above, self.head.typical):
            self.found.totals.add(number)
        return why

    def _row(self, batch: "pa.RecordBatch", at: int) -> Cells:
        """Return a row of a batch, clean; the last of the one before it where `at` is -1."""
        return self._above if at < 0 else _cells(batch.slice(at, 1))[0]

    def _footer(self, held: Sequence[_Piece]) -> frozenset[int]:
        """Return the rows of the file that are totals and notes after the last of the table."""
        last: list[tuple[int, Cells]] = []
        for piece in reversed(held):
            start = max(0, piece.batch.num_rows - (FOOTER_ROWS - len(last)))
            numbers = piece.numbers[start:].tolist()
            last = [*zip(numbers, _cells(piece.batch.slice(start)), strict=True), *last]
        drop: set[int] = set()
        whys = footer(self.head, [row for _, row in last])
        for (number, cells), why in zip(last, whys, strict=True):
            if why is None:
                self.found.lone = is_lone(self.head, cells)
            else:
                drop.add(number)
                self.found.tally.add(why, number)
                self.found.totals.discard(number)
        return frozenset(drop)

    def _without_strays(self, batch: "pa.RecordBatch") -> _Piece:
        import numpy as np

        numbers = np.arange(self.row, self.row + batch.num_rows)
        self.row += batch.num_rows
        places = self._suspects(batch)
        stays = np.ones(batch.num_rows, dtype=bool)
        before = -1  # place of the last row of the table before the one looked at
        for at, cells in zip(places.tolist(), _cells(batch.take(places)), strict=True):
            before = at - 1 if at and stays[at - 1] else before
            above = self._row(batch, before) if names_subtotal(cells) else ()
            why = self.judged(cells, above, int(numbers[at]))
            stays[at] = why is None
        kept = np.flatnonzero(stays)
        if len(kept):
            self._above = self._row(batch, int(kept[-1]))
        return _Piece(batch if stays.all() else batch.filter(stays), numbers[stays])

    def _suspects(self, batch: "pa.RecordBatch") -> "np.ndarray":
        """Return the places of rows that have to be looked at.

        These are found column by column: the second matters only where the first is blank.
        """
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        suspects: list[np.ndarray] = []
        left = np.arange(batch.num_rows)
        openings = pa.array(sorted(self.openings), pa.string())
        for column in batch.columns:
            cells = column if len(left) == batch.num_rows else column.take(left)
            seen = pc.or_(pc.match_substring_regex(cells, _SUSPECT), pc.is_in(cells, openings))
            odd = np.flatnonzero(seen.to_numpy(zero_copy_only=False))
            blank = pc.equal(pc.utf8_trim_whitespace(cells.take(odd)), "")
            blank = blank.to_numpy(zero_copy_only=False)
            suspects.append(left[odd[~blank]])
            left = left[odd[blank]]
            if not len(left):
                break
        return np.sort(np.concatenate([*suspects, left]))

    def _named(self, piece: _Piece) -> "pa.RecordBatch":
        """Return the columns kept, if the others hold nothing."""
        import numpy as np
        import pyarrow.compute as pc

        for at in sorted(set(range(piece.batch.num_columns)) - set(self.head.kept)):
            cells = pc.utf8_trim_whitespace(piece.batch.column(at))
            for row in np.flatnonzero(pc.not_equal(cells, "").to_numpy(zero_copy_only=False)):
                only = _cells(piece.batch.slice(int(row), 1))[0]
                must_be_named(self.head, only, int(piece.numbers[row]))
        return piece.batch.select(list(self.head.kept))


def _cells(batch: "pa.RecordBatch") -> list[Cells]:
    columns = [column.to_pylist() for column in batch.columns]
    return [tuple(map(clean, row)) for row in zip(*columns, strict=True)]

"""Merged cells: only the first of them holds the value, whatever the reader of the sheet sees.

A text or a date that is merged down one column says the same of every row it spans, so it is
filled in. A number is not: whether it is of each row or of all of them together, no one can tell.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from rai_check.errors import DataError
from rai_check.reading import Remark

Range = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell, each as row and column from zero."""


class Merged:
    """The merged cells of a sheet, for rows that are asked in order.

    Args:
        ranges: all of them.
        first: row, from zero, where the data start; merged cells above it are the header's.
    """

    def __init__(self, ranges: Iterable[Range], *, first: int) -> None:
        self._down: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self._across: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self._open: dict[int, tuple[int, object]] = {}
        self.filled: dict[int, int] = {}
        """How many cells were filled in, by place of the column."""
        self.across = 0
        """How many rows have cells merged over several columns."""
        for (top, left), (bottom, right) in ranges:
            if top < first:
                continue
            if left == right and bottom > top:
                self._down[top].append((left, bottom))
            elif right > left:
                self._across[top].append((left, right))

    def fill(self, row: int, cells: list[object], where: str) -> None:
        """Fill in what is merged from above, in a row that holds something of its own.

        Args:
            row: of the sheet, from zero.
            cells: of the row; changed.
            where: the file or sheet, for messages.

        Raises:
            DataError: numbers are merged over several rows.
        """
        if row in self._down:
            for column, bottom in self._down[row]:
                if column < len(cells):
                    self._open[column] = bottom, cells[column]
        if not self._open:
            return
        own = any(cell not in {"", None} for cell in cells)
        for column, (bottom, value) in list(self._open.items()):
            if row > bottom:
                del self._open[column]
            elif own and cells[column] in {"", None} and value not in {"", None}:
                if isinstance(value, (int, float)) and not isinstance(value, bool):
                    raise _numbers(where, row, column)
                cells[column] = value
                self.filled[column] = self.filled.get(column, 0) + 1

    def heading(self, row: int, cells: Sequence[object]) -> bool:
        """Say whether a row is but a heading merged across columns; else count it if merged."""
        spans = self._across.get(row)
        if spans is None:
            return False
        held = [at for at, cell in enumerate(cells) if cell not in {"", None}]
        if len(held) == 1 and any(left == held[0] for left, _ in spans):
            return True
        self.across += bool(held)
        return False

    def remarks(self, names: Sequence[str | None]) -> tuple[Remark, ...]:
        """Return what to say; `names` has what to call each column of the sheet."""
        said = [
            Remark(text=f"Cells merged down column {names[column]} were filled in: {{n}}.", n=cells)
            for column, cells in sorted(self.filled.items())
            if column < len(names) and names[column] is not None
        ]
        if self.across:
            text = (
                "Rows with cells merged across columns: {n}; their value is read in the first of "
                "the columns, and the others are blank."
            )
            said.append(Remark(text=text, n=self.across))
        return tuple(said)


def _numbers(where: str, row: int, column: int) -> DataError:
    return DataError(
        f"{where}, row {row + 1}, column {column + 1}: a number is merged over several rows; "
        "whether it is of each of them or of all together cannot be told. Unmerge the cells in "
        "Excel and fill in what each row should hold."
    )

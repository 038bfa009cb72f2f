"""What a workbook is measured by before it is opened, and the limits it is held to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rai_check.errors import DataError
from rai_check.reading import Remark

MOST_CELLS = 10_000_000
"""Cells of the rectangle that a sheet's filled cells span: calamine holds each of them in memory,
filled or not, in about 70 bytes."""


Run = tuple[int, int, int]
"""First row, last row, and a number of digits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetStats:
    """What was counted in a sheet; 0 also where the format does not tell.

    Attributes:
        height: the last row, from one, with something in it.
        width: the last column, from one, with something in it.
        errors: columns, from zero, of the cells that hold an error in place of a value, by row.
        errors_nowhere: such cells that do not say where they are.
        uncalculated: formulas without a stored result.
        hidden_rows: rows with cells that are hidden, by a filter or by hand.
        hidden_columns: columns that are hidden.
        padded: for each column, from zero, the runs of rows whose numbers are shown with noughts
            before them: first row, last row, and how many digits at least.
    """

    height: int = 0
    width: int = 0
    errors: Mapping[int, Sequence[int]] = field(default_factory=dict)
    errors_nowhere: int = 0
    uncalculated: int = 0
    hidden_rows: int = 0
    hidden_columns: int = 0
    padded: Mapping[int, Sequence[Run]] = field(default_factory=dict)

    def must_fit(self, where: str) -> None:
        """Raise `DataError` if the sheet is too large to be held in memory."""
        if self.height * self.width > MOST_CELLS:
            raise DataError(
                f"{where}: a sheet spans {self.height:,} rows and {self.width:,} columns, more "
                f"than {MOST_CELLS:,} cells; save it as CSV UTF-8, which is read in parts, or "
                "clear what stands far from the table."
            )

    def remarks(self) -> Iterator[Remark]:
        """Yield what a reader of the sheet should know."""
        if self.uncalculated:
            text = (
                "Formulas whose result was never calculated are missing: {n}; open the workbook in "
                "Excel and save it, to have their results stored."
            )
            yield Remark(text=text, n=self.uncalculated)
        if self.hidden_rows:
            text = "Rows that are hidden in the workbook, as by a filter, were read too: {n}."
            yield Remark(text=text, n=self.hidden_rows)
        if self.hidden_columns:
            text = "Columns that are hidden in the workbook were read too: {n}."
            yield Remark(text=text, n=self.hidden_columns)


@dataclass(slots=True)
class Counting:
    """Cells of a sheet as they are met; rows and columns count from zero."""

    height: int = 0
    width: int = 0
    errors: dict[int, list[int]] = field(default_factory=dict)
    errors_nowhere: int = 0
    hidden_rows: int = 0
    padded: dict[int, list[Run]] = field(default_factory=dict)
    _hidden: list[tuple[int, int]] = field(default_factory=list)

    def cell(self, row: int, column: int) -> None:
        """Meet a cell with something in it."""
        self.height = max(self.height, row + 1)
        self.width = max(self.width, column + 1)

    def error(self, row: int, column: int) -> None:
        """Meet a cell with an error in place of a value."""
        self.errors.setdefault(row, []).append(column)

    def pad(self, row: int, column: int, digits: int) -> None:
        """Meet a cell whose number is shown with noughts before it, in the order of rows."""
        runs = self.padded.setdefault(column, [])
        if runs and runs[-1][1:] == (row - 1, digits):
            runs[-1] = runs[-1][0], row, digits
        else:
            runs.append((row, row, digits))

    def hide(self, first: int, last: int) -> None:
        """Meet columns that are hidden."""
        self._hidden.append((first, last))

    def stats(self) -> SheetStats:
        """Return what was counted; of hidden columns, those that hold something."""
        within = [(first, min(last, self.width - 1)) for first, last in self._hidden]
        return SheetStats(
            height=self.height,
            width=self.width,
            errors=self.errors,
            errors_nowhere=self.errors_nowhere,
            hidden_rows=self.hidden_rows,
            padded=self.padded,
            hidden_columns=sum(last - first + 1 for first, last in within if last >= first),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A workbook before it is opened.

    Attributes:
        sheets: in their order.
        labelled: whether it bears a sensitivity label, one that does not encrypt it.
        at_once: whether calamine reads all sheets when it opens the file (.xls, .ods).
    """

    sheets: tuple[SheetStats, ...]
    labelled: bool = False
    at_once: bool = False

    def must_fit(self, where: str) -> None:
        """Raise `DataError` if opening the workbook would hold too much in memory."""
        if self.at_once:
            cells = sum(sheet.height * sheet.width for sheet in self.sheets)
            if cells > MOST_CELLS:
                raise DataError(
                    f"{where}: its sheets span {cells:,} cells together, more than "
                    f"{MOST_CELLS:,}; save the one to read as CSV UTF-8, which is read in parts."
                )

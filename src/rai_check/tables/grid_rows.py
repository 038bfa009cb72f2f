"""Which rows below a header are rows of the table, and why the others are not.

Nothing is left out in silence, and nothing that could be a record: inside the table only rows
that are blank, that print a row of the title or the header again, or a page's number, and
subtotals that name the group of the rows above them; after its last row also totals and notes. Any
other total among ordinary rows stays, and is remarked on.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rai_check.reading import LeftOut, Remark
from rai_check.tables.grid import Head
from rai_check.tables.grid_cells import Cells, clean
from rai_check.tables.grid_footer import FOOTER_ROWS, footer, held_cells, is_figures, tight
from rai_check.tables.grid_names import nameless_column
from rai_check.tables.grid_totals import (
    is_page,
    is_rule,
    is_subtotal,
    may_be_total,
)

BLANK = "blank"
AGAIN = "that print the title or the header again"
PAGE = "of page numbers"
RULE = "of lines drawn"
_FEW = 3
SUBTOTAL = "of subtotals of the rows above them"
TOTALS_KEPT = (
    "Rows that look like totals are among the ordinary rows and were kept as rows of the table: "
    "{n}; take them out of the file if they are totals."
)
"""The remark on them."""


@dataclass(slots=True)
class Tally:
    """Rows left out so far, by why; `first` is a row of the file."""

    held: dict[str, LeftOut] = field(default_factory=dict)

    def add(self, why: str, first: int | None, rows: int = 1) -> None:
        """Count rows left out."""
        before = self.held.get(why, LeftOut(why=why, rows=0, first=first))
        self.held[why] = LeftOut(why=why, rows=before.rows + rows, first=before.first)

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """Everything left out, in the order it was met."""
        return tuple(each for each in self.held.values() if each.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The rows of a table.

    Attributes:
        rows: their places, from zero, among the rows given.
        left_out: the others, counted.
        remarks: what a reader should know.
    """

    rows: tuple[int, ...]
    left_out: tuple[LeftOut, ...]
    remarks: tuple[Remark, ...]


def body(head: Head, rows: Sequence[Sequence[str]], *, first_row: int) -> Body:
    """Tell the rows of a table, all in memory, from those that are not.

    Args:
        head: of the sheet.
        rows: everything below the header.
        first_row: the row of the file, from one, of the first of them.

    Raises:
        DataError: a column without a name, taken for a spacer, holds something.
    """
    cells = [tuple(clean(cell) for cell in row) for row in rows]
    whys: list[str | None] = []
    maybe: set[int] = set()
    above: Cells = ()
    for at, row in enumerate(cells):
        whys.append(stray(head, row, above))
        if whys[-1] is None:
            maybe |= {at} if may_be_total(row, above, head.typical) else set()
            above = row
    end = [at for at, why in enumerate(whys) if why is None][-FOOTER_ROWS:]
    for at, why in zip(end, footer(head, [cells[at] for at in end]), strict=True):
        whys[at] = why
    tally = Tally()
    for at, why in enumerate(whys):
        if why is not None:
            tally.add(why, first_row + at)
    kept = [at for at, why in enumerate(whys) if why is None]
    for at in kept:
        must_be_named(head, cells[at], first_row + at)
    totals = len(maybe.intersection(kept))
    lone = bool(kept) and is_lone(head, cells[kept[-1]])
    return Body(rows=tuple(kept), left_out=tally.left_out, remarks=remarks(totals, lone=lone))


def stray(head: Head, cells: Sequence[str], above: Cells = ()) -> str | None:
    """Return why a row anywhere below a header is not a row of the table, None if it is one.

    Args:
        head: of the sheet.
        cells: the row, clean; blank cells at its end are no matter.
        above: the row of the table before it, clean; nothing before the first.
    """
    row = tight(cells)
    if not row:
        return BLANK
    if row in head.printed and (len(row) > 1 or head.typical >= _FEW):
        return AGAIN
    if is_rule(row):
        return RULE
    if is_subtotal(row, above):
        return SUBTOTAL
    return PAGE if head.typical >= _FEW and is_page(row) else None


def remarks(totals: int, *, lone: bool) -> tuple[Remark, ...]:
    """Return what to say of totals among the rows, and of a last row with next to nothing in it."""
    said: list[Remark] = []
    if totals:
        said.append(Remark(text=TOTALS_KEPT, n=totals))
    if lone:
        text = (
            "The last row has next to nothing in it and was kept as a row of the table; take it "
            "out of the file if it is a note or a total."
        )
        said.append(Remark(text=text))
    return tuple(said)


def is_lone(head: Head, cells: Sequence[str]) -> bool:
    """Say whether a row has one cell, or few and figures only, in a table whose rows fill more."""
    held = held_cells(cells)
    return (head.typical >= _FEW and len(held) == 1) or is_figures(head, held)


def must_be_named(head: Head, cells: Sequence[str], row: int) -> None:
    """Raise `DataError` if a row of the table has something in a column without a name."""
    names = frozenset(head.kept)
    nameless = [at + 1 for at, cell in enumerate(cells) if cell and at not in names]
    if nameless:
        raise nameless_column(f"{head.where}, row {row}", nameless)

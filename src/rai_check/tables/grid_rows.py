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
from rai_check.tables.grid_cells import Cells, clean, evidence, kind_of_cell
from rai_check.tables.grid_names import nameless_column
from rai_check.tables.grid_totals import (
    is_note,
    is_page,
    is_rule,
    is_subtotal,
    is_total,
    may_be_total,
)

BLANK = "blank"
AGAIN = "that print the title or the header again"
PAGE = "of page numbers"
RULE = "of lines drawn"
SUBTOTAL = "of subtotals of the rows above them"
TOTAL = "of totals under the table"
NOTE = "of notes under the table"
TOTALS_KEPT = (
    "Rows that look like totals are among the ordinary rows and were kept as rows of the table: "
    "{n}; take them out of the file if they are totals."
)
"""The remark on them."""
FOOTER_ROWS = 200
"""Rows of totals and notes that there may be after the last row of a table."""
_FEW, _MANY = 3, 4


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
    row = _tight(cells)
    if not row:
        return BLANK
    if row in head.printed and (len(row) > 1 or head.typical >= _FEW):
        return AGAIN
    if is_rule(row):
        return RULE
    if is_subtotal(row, above):
        return SUBTOTAL
    return PAGE if head.typical >= _FEW and is_page(row) else None


def footer(
    head: Head, rows: Sequence[Sequence[str]], *, width: int | None = None
) -> tuple[str | None, ...]:
    """Return why each of the last rows is not a row of the table, None where it is one.

    Args:
        head: of the sheet.
        rows: the last rows of the sheet, clean, without those that `stray` tells.
        width: of a text file, how many cells a row of the table has. One of another width is none
            of the table, and is a note where it reads like one.
    """
    whys: list[str | None] = [None] * len(rows)
    for at in reversed(range(len(rows))):
        row = _tight(rows[at])
        why = _footing(head, row)
        if why is None and width not in {None, len(rows[at])} and len(row) != width:
            why = NOTE if _reads_as_note(row) else None
        if why is None:
            break
        whys[at] = why
    return tuple(whys)


def remarks(totals: int, *, lone: bool) -> tuple[Remark, ...]:
    """Return what to say of totals among the rows, and of a last row with but one cell."""
    said: list[Remark] = []
    if totals:
        said.append(Remark(text=TOTALS_KEPT, n=totals))
    if lone:
        text = (
            "The last row has only one cell with something in it and was kept as a row of the "
            "table; take it out of the file if it is a note."
        )
        said.append(Remark(text=text))
    return tuple(said)


def is_lone(head: Head, cells: Sequence[str]) -> bool:
    """Say whether only one cell of a row is filled in a table whose rows fill several."""
    return head.typical >= _FEW and sum(map(bool, cells)) == 1


def must_be_named(head: Head, cells: Sequence[str], row: int) -> None:
    """Raise `DataError` if a row of the table has something in a column without a name."""
    names = frozenset(head.kept)
    nameless = [at + 1 for at, cell in enumerate(cells) if cell and at not in names]
    if nameless:
        raise nameless_column(f"{head.where}, row {row}", nameless)


def _footing(head: Head, row: Cells) -> str | None:
    if is_total(row):
        return TOTAL
    held = [(at, cell) for at, cell in enumerate(row) if cell]
    if len(held) == 1 and head.typical > 1:
        at, cell = held[0]
        if is_note(cell) or (head.typical >= _FEW and _unlike(head, at, cell)):
            return NOTE
    if is_note(held[0][1]) and _is_cut_note(head, row):
        return NOTE
    return TOTAL if _is_bare_total(head, held) else None


def _reads_as_note(row: Cells) -> bool:
    """Say whether a row that is not as wide as the table starts as notes do, or is a sentence."""
    first = next(cell for cell in row if cell)
    return is_note(first) or (len(row) == 1 and first.count(" ") >= _FEW)


def _is_cut_note(head: Head, row: Cells) -> bool:
    """Say whether no cell of a row is like its column: a note that its own commas have cut."""
    kinds = [kind_of_cell(row[at]) if at < len(row) else "blank" for at in head.kept]
    unlike, alike, _ = evidence(kinds, head.kinds)
    return unlike > 0 and not alike


def _is_bare_total(head: Head, held: Sequence[tuple[int, str]]) -> bool:
    """Say whether a row has figures only, in columns of figures, and few of the cells of a row."""
    few = head.typical >= _MANY and _MANY * len(held) <= head.typical + 1
    places = dict(zip(head.kept, head.kinds, strict=True))
    return few and all(
        kind_of_cell(cell) == "number" and places.get(at) == "number" for at, cell in held
    )


def _unlike(head: Head, at: int, cell: str) -> bool:
    """Say whether a lone cell is a sentence where its column has figures, dates or codes."""
    kind = head.kinds[head.kept.index(at)] if at in head.kept else None
    return kind not in {None, "text"} and " " in cell and kind_of_cell(cell) == "text"


def _tight(cells: Sequence[str]) -> Cells:
    last = max((at for at, cell in enumerate(cells) if cell), default=-1)
    return tuple(cells[: last + 1])

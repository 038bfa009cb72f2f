"""Totals and notes under the last row of a table.

A row of figures without words is a total only if they can be sums of the figures above them: it may
else be somebody of whom no more than a number is known yet.
"""

from collections.abc import Sequence

from rai_check.tables.grid import Head
from rai_check.tables.grid_cells import Cells, evidence, figure_of, kind_of_cell
from rai_check.tables.grid_totals import is_note, is_total

TOTAL = "of totals under the table"
NOTE = "of notes under the table"
FOOTER_ROWS = 200
"""Rows of totals and notes that there may be after the last row of a table."""
_FEW, _MANY = 3, 4
_ROUNDED = 0.005
"""What a figure of a table may be off by that was rounded to pence."""


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
        row = tight(rows[at])
        why = _footing(head, row, rows[:at])
        if why is None and width not in {None, len(rows[at])} and len(row) != width:
            why = NOTE if _reads_as_note(row) else None
        if why is None:
            break
        whys[at] = why
    return tuple(whys)


def _footing(head: Head, row: Cells, above: Sequence[Sequence[str]]) -> str | None:
    if is_total(row) and not _is_record(head, row):
        return TOTAL
    held = held_cells(row)
    if len(held) == 1 and head.typical > 1:
        at, cell = held[0]
        if is_note(cell) or (head.typical >= _FEW and _unlike(head, at, cell)):
            return NOTE
    if is_note(held[0][1]) and _is_cut_note(head, row):
        return NOTE
    return TOTAL if _is_bare_total(head, held, above) else None


def _reads_as_note(row: Cells) -> bool:
    """Say whether a row that is not as wide as the table starts as notes do, or is a sentence."""
    first = next(cell for cell in row if cell)
    return is_note(first) or (len(row) == 1 and first.count(" ") >= _FEW)


def _is_cut_note(head: Head, row: Cells) -> bool:
    """Say whether no cell of a row is like its column: a note that its own commas have cut."""
    kinds = [kind_of_cell(row[at]) if at < len(row) else "blank" for at in head.kept]
    unlike, alike, _ = evidence(kinds, head.kinds)
    return unlike > 0 and not alike


def _is_record(head: Head, row: Cells) -> bool:
    """Say whether a row that starts with "Total" is of somebody of that name.

    That is, whether it has a date or a reference like those above it.
    """
    places = dict(zip(head.kept, head.kinds, strict=True))
    kinds = [(kind_of_cell(cell), places.get(at)) for at, cell in held_cells(row)]
    return any(kind == "date" or kind.startswith("code") for kind, own in kinds if kind == own)


def _is_bare_total(
    head: Head, held: Sequence[tuple[int, str]], above: Sequence[Sequence[str]]
) -> bool:
    """Say whether a row has a few figures only, and none in the first column or too small."""
    return (
        is_figures(head, held)
        and head.kept[0] not in {at for at, _ in held}
        and all(_may_be_sum(cell, [row[at] for row in above if at < len(row)]) for at, cell in held)
    )


def is_figures(head: Head, held: Sequence[tuple[int, str]]) -> bool:
    """Say whether a row has figures only, in columns of figures, and few of the cells of a row."""
    few = head.typical >= _MANY and _MANY * len(held) <= head.typical + 1
    places = dict(zip(head.kept, head.kinds, strict=True))
    return few and all(
        kind_of_cell(cell) == "number" and places.get(at) == "number" for at, cell in held
    )


def _may_be_sum(cell: str, above: Sequence[str]) -> bool:
    """Say whether a figure is no less than the sum of those above it, of which there are a few.

    The rows above may be but the last ones of a table, so that a total may be more. Numbers of
    cases, which count up, come to far more than the next of them.
    """
    figures = [figure for figure in map(figure_of, above) if figure is not None]
    total = figure_of(cell)
    if total is None or len(figures) < _FEW:
        return False
    return total >= sum(figures) - _ROUNDED * len(figures)


def held_cells(row: Sequence[str]) -> list[tuple[int, str]]:
    """Return the cells of a row that have something in them, with their places from zero."""
    return [(at, cell) for at, cell in enumerate(row) if cell]


def _unlike(head: Head, at: int, cell: str) -> bool:
    """Say whether a lone cell is a sentence where its column has figures, dates or codes."""
    kind = head.kinds[head.kept.index(at)] if at in head.kept else None
    return kind not in {None, "text"} and " " in cell and kind_of_cell(cell) == "text"


def tight(cells: Sequence[str]) -> Cells:
    """Return a row without the blank cells at its end."""
    last = max((at for at, cell in enumerate(cells) if cell), default=-1)
    return tuple(cells[: last + 1])

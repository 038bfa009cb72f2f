"""Where a table begins in a sheet of cells: its header, found by what stands above and below it.

Officers' files have titles, parameters and blank rows above the header, spacer columns in it, and
merged headings over it. A header names every column that is used below it, and its cells are
unlike those below: words over numbers, dates, codes. Where that does not tell, nothing is guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rai_check.errors import DataError
from rai_check.reading import LeftOut, Remark
from rai_check.tables.grid_cells import Cells, clean
from rai_check.tables.grid_names import heading_above, joined, names_of
from rai_check.tables.grid_survey import Survey, survey
from rai_check.tables.grid_totals import is_units

SAMPLE_ROWS = 300
"""Rows from the top of a file that are enough to find the header; it is in the first hundred."""
SPACERS = "Columns between others without a name or a value were left out:"
"""Begins the remark on them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the top of a sheet of cells says of the table below it.

    Attributes:
        where: the file or sheet, for messages.
        header_rows: rows, counted from one, that the column names came from.
        first: the row after them, and after one of units.
        names: of the columns.
        kept: places, from zero, of the columns; one that is unnamed and unused is not.
        typical: how many cells a row of the table usually fills.
        kinds: what most cells of each column kept look like, None where they are mixed.
        printed: rows of the title and the header, clean, that a report may print again.
        left_out: rows above the header, and one of units under it.
        remarks: what a reader should know.
    """

    where: str
    header_rows: tuple[int, ...]
    first: int
    names: tuple[str, ...]
    kept: tuple[int, ...]
    typical: int
    kinds: tuple[str | None, ...]
    printed: frozenset[Cells]
    left_out: tuple[LeftOut, ...] = ()
    remarks: tuple[Remark, ...] = ()


def find_head(rows: Sequence[Sequence[str]], *, where: str, header_row: int | None = None) -> Head:
    """Find the header of a table.

    Args:
        rows: from the first row of the file or sheet on, blank ones included; `SAMPLE_ROWS` of
            them are enough. Of merged cells either the first holds the value, or all.
        where: the file or sheet, for messages.
        header_row: the row, from one, that holds the column names, where it is known.

    Raises:
        DataError: there is no header, it cannot be told from data, or a name is missing or
            repeated.
    """
    seen = survey([tuple(clean(cell) for cell in row) for row in rows])
    if seen.blank:
        raise DataError(f"{where} is empty: it has no header.")
    at = _found(seen, where) if header_row is None else _given(seen, where, header_row)
    top = at - 1 if heading_above(seen, at) else at
    header_rows = tuple(range(top + 1, at + 2))
    titles = joined(seen.rows[top], seen.rows[at]) if top < at else seen.rows[at]
    used = seen.used_below[at]
    names = names_of(titles, used, where=where, row=at + 1)
    units = _gives_units(seen, at + 1, tuple(names))
    last = at + 1 if units else at
    left_out = (
        LeftOut(why="above the header", rows=top, first=1),
        LeftOut(why="of units under the header", rows=int(units), first=at + 2),
    )
    return Head(
        where=where,
        header_rows=header_rows,
        first=last + 2,
        names=tuple(names.values()),
        kept=tuple(names),
        typical=seen.typical(last),
        kinds=tuple(seen.kind(last, column) for column in names),
        printed=frozenset(row for row in map(_tight, seen.rows[: at + 1]) if row),
        left_out=tuple(each for each in left_out if each.rows),
        remarks=_remarks(len(header_rows), _spacers(tuple(names))),
    )


def _gives_units(seen: Survey, at: int, columns: tuple[int, ...]) -> bool:
    if at >= len(seen.rows):
        return False
    return is_units(seen.rows[at], columns, [seen.kind(at, column) for column in columns])


def _tight(row: Cells) -> Cells:
    """Return a row without the blank cells at its end."""
    last = max((i for i, cell in enumerate(row) if cell), default=-1)
    return row[: last + 1]


def _spacers(places: tuple[int, ...]) -> int:
    return places[-1] - places[0] + 1 - len(places)


def _remarks(headings: int, spacers: int) -> tuple[Remark, ...]:
    said: list[Remark] = []
    if headings > 1:
        text = "Each column name is put together from two rows of headings, as in merged cells."
        said.append(Remark(text=text))
    if spacers:
        text = (
            f"{SPACERS} {{n}}; where they keep two tables apart, give each table a sheet or file "
            "of its own."
        )
        said.append(Remark(text=text, n=spacers))
    return tuple(said)


def _given(seen: Survey, where: str, header_row: int) -> int:
    if not 1 <= header_row <= len(seen.rows):
        raise DataError(
            f"{where}: the project file says `header_row: {header_row}`, but there is no such row "
            f"among the first {len(seen.rows):,}; count from 1, blank rows too."
        )
    if not any(seen.rows[header_row - 1]):
        raise DataError(
            f"{where}: the project file says `header_row: {header_row}`, but that row is blank; "
            "count from 1, blank rows too."
        )
    return header_row - 1


def _found(seen: Survey, where: str) -> int:
    """Return the place of the header among the rows.

    Raises:
        DataError: there is none, or more than one row could be it.
    """
    at = seen.first_named()
    if at is None:
        raise _headless(where)
    rival = seen.rival(at)
    if not seen.contrasts(at):
        for found in (seen.pair(at), seen.partial(at)):
            if found is not None:
                return found
        if seen.looks_like_data(at):
            raise _headless(where)
        if not seen.under_titles(at):
            rival, at = at, min(seen.searched())
    if rival is not None:
        raise DataError(
            f"{where}: which row holds the column names cannot be told, row {at + 1} or row "
            f"{rival + 1}; say which with `header_row:`."
        )
    return at


def _headless(where: str) -> DataError:
    return DataError(
        f"{where} seems to have no header: its first rows look like data, not like names of "
        "columns; add a row of names at the top, or say `header_row:` if one of its rows holds "
        "them."
    )

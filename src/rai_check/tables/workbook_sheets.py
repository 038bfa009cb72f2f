"""Which sheet of a workbook is read: the one that is named, or the only one with a table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from rai_check.errors import DataError
from rai_check.reading import Remark
from rai_check.tables.grid import SAMPLE_ROWS, find_head
from rai_check.tables.names import SHOWN_NAMES, hint_at, named, said, shown
from rai_check.tables.workbook_cells import Seen, texts
from rai_check.tables.workbook_reading import Book, Sheet, SheetName

_BESIDE = re.compile(
    r"\W*(?:front|title|cover|contents?|index|notes?|read ?me|about|guidance|guide|instructions?|"
    r"information|info|introduction|metadata|meta data|definitions?|glossary|key|legend|terms|"
    r"(?:data )?dictionary|change ?log|version(?:s| control)?|disclaimer|contacts?|help)\b.*",
    re.IGNORECASE,
)
"""What sheets are called that explain a workbook and are not its table."""
_HOW = "`sheet:` to the project file, or `--sheet NAME` to the command"
_FEW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The sheet that is read, and what to say of the others."""

    name: SheetName
    sheet: Sheet
    remarks: tuple[Remark, ...]


def chosen(book: Book, asked: str | None, where: str) -> Chosen:
    """Return the sheet to read.

    Raises:
        DataError: there is none of that name; or none with a table, or several, and no name.
    """
    sheets = [sheet for sheet in book.sheets if sheet.holds_cells]
    if asked is not None:
        name = _named(sheets, asked, where)
        return Chosen(name=name, sheet=book.sheet(name), remarks=_hidden(sheets, name))
    filled = [sheet for sheet in sheets if sheet.visible and book.sheet(sheet).height]
    if not filled:
        raise _nothing(where, sheets)
    tables = filled if len(filled) == 1 else _tables(book, filled)
    if len(tables) != 1:
        raise _several(where, tables or filled)
    name = tables[0]
    beside = [sheet for sheet in filled if sheet != name]
    remarks = (*_beside(beside), *_hidden(sheets, name))
    return Chosen(name=name, sheet=book.sheet(name), remarks=remarks)


def top(sheet: Sheet) -> list[list[str]]:
    """Return the first rows of a sheet as text, enough to find its header."""
    return [texts(row, Seen()) for row in islice(sheet.rows(), SAMPLE_ROWS)]


def _named(sheets: Sequence[SheetName], asked: str, where: str) -> SheetName:
    for same in (str, lambda name: name.strip().casefold()):
        found = [sheet for sheet in sheets if same(sheet.name) == same(asked)]
        if len(found) == 1:
            return found[0]
    names = [shown(sheet.name) for sheet in sheets]
    raise DataError(
        f"{where} has no sheet {shown(asked)!r}; it has {_listed(sheets)}."
        f"{hint_at(shown(asked), names)}"
    )


def _tables(book: Book, sheets: Sequence[SheetName]) -> list[SheetName]:
    """Return the sheets with a table, without those that only explain the others."""
    widths = {sheet: width for sheet in sheets if (width := _columns(book.sheet(sheet))) > 1}
    wide = [sheet for sheet, width in widths.items() if width >= _FEW]
    if len(wide) == len(widths):
        named = [sheet for sheet in wide if not _BESIDE.fullmatch(sheet.name)]
        return named or wide
    told = [sheet for sheet in widths if not _BESIDE.fullmatch(sheet.name)]
    return told if wide and set(wide) >= set(told) else list(widths)


def _columns(sheet: Sheet) -> int:
    """Return how many columns the table of a sheet has, 0 where there is no table."""
    try:
        head = find_head(top(sheet), where="the sheet")
    except DataError:
        return 0 if _narrow(top(sheet)) else _FEW
    return len(head.names) if sheet.height >= head.first else 0


def _narrow(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether a sheet without a header is a page of text: few of its rows fill three cells."""
    filled = [sum(map(bool, row)) for row in rows]
    used = [cells for cells in filled if cells]
    return sum(cells >= _FEW for cells in used) <= 0.1 * len(used)


def _beside(sheets: Sequence[SheetName]) -> Iterator[Remark]:
    for sheet in sheets[:SHOWN_NAMES]:
        yield Remark(text=f"Sheet {_said(sheet)} looks like notes and was not read.")


def _hidden(sheets: Sequence[SheetName], chosen_one: SheetName) -> tuple[Remark, ...]:
    said = []
    if not chosen_one.visible:
        said.append(Remark(text=f"Sheet {_said(chosen_one)} is hidden, and was read."))
    others = sum(1 for sheet in sheets if not sheet.visible and sheet != chosen_one)
    if others:
        text = (
            "The workbook has hidden sheets that were not read: {n}; whoever gets the file gets "
            "them too."
        )
        said.append(Remark(text=text, n=others))
    return tuple(said)


def _said(sheet: SheetName) -> str:
    return said(sheet.name, str(sheet.at + 1))


def _nothing(where: str, sheets: Sequence[SheetName]) -> DataError:
    hidden = [sheet for sheet in sheets if not sheet.visible]
    if hidden:
        return DataError(
            f"{where} has nothing on a sheet that one sees; hidden are {_listed(hidden)}. Add "
            f"{_HOW}, with the one to read."
        )
    return DataError(f"{where} is empty: it has no header.")


def _several(where: str, sheets: Sequence[SheetName]) -> DataError:
    return DataError(
        f"{where} has several sheets that could be the table: {_listed(sheets)}; add "
        f"{_HOW}, with the one to read."
    )


def _listed(sheets: Sequence[SheetName]) -> str:
    more = len(sheets) - SHOWN_NAMES
    some = ", ".join(named(one.name, f"sheet {one.at + 1}") for one in sheets[:SHOWN_NAMES])
    return some + (f" and {more} more" if more > 0 else "")

"""What stands in a cell in place of its value: the error of a formula, or signs for no room."""

import re
from collections.abc import Iterator

from rai_check.survey.model import Notice, Sort
from rai_check.survey.said import some
from rai_check.survey.seen import Seen
from rai_check.tables import Table
from rai_check.tables.grid_rows import TOTALS_KEPT
from rai_check.tables.workbook_cells import ERRORS, ERRORS_MISSING

_ERRORS = frozenset(mark.upper() for mark in ERRORS) | {"#ERROR!", "#N/A!", "#NAME!"}
"""Those of workbooks, and what Google Sheets and hands make of them."""
_NO_ROOM = re.compile(r"#{3,}")
_LONGEST = 16
TOLD = frozenset({TOTALS_KEPT, ERRORS_MISSING})
"""Remarks of the readers that are told as notices here."""
_ERROR_DO = "Put the formula right, or look the value up, and export the file again."


def is_error(text: str) -> bool:
    """Whether a text is what a spreadsheet shows for a formula that failed: ``#REF!``."""
    return len(text) <= _LONGEST and text.strip().upper() in _ERRORS


def is_mark(text: str) -> bool:
    """Whether a text is such an error, or ``#####`` for what a column had no room for."""
    return is_error(text) or _NO_ROOM.fullmatch(text.strip()) is not None


def mark_notices(seen: Seen) -> Iterator[Notice]:
    """Yield the marks of a column that a text file holds as if they were values."""
    if errors := seen.count(is_error):
        says = f"{some(errors, seen.what)} with the error of a formula, such as #N/A or #REF!"
        yield seen.notice(Sort.MEND, "formula-errors", says, _ERROR_DO)
    if full := seen.count(lambda text: _NO_ROOM.fullmatch(text.strip())):
        says = (
            f"{some(full, seen.what)} shown as #####: the column was too narrow, the value is lost"
        )
        do = "Widen the column in the spreadsheet, and export the file again."
        yield seen.notice(Sort.MEND, "no-room", says, do)


def remarked(table: Table) -> Iterator[Notice]:
    """Yield what the reader of the file remarked on that has to be mended."""
    for one in table.note.remarks:
        if one.text == TOTALS_KEPT:
            says = f"{some(one.n or 0)} that look like totals are among the ordinary rows"
            do = "Take them out: they are counted as if they were records."
            yield Notice(sort=Sort.MEND, kind="totals", column=None, says=says, do=do)
        elif one.text == ERRORS_MISSING:
            says = f"{some(one.n or 0, 'cell')} with the error of a formula, read as missing"
            yield Notice(
                sort=Sort.MEND, kind="formula-errors", column=None, says=says, do=_ERROR_DO
            )

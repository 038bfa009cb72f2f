"""written: a column's texts read as the dates or numbers that the project says they are."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rai_check.derive.interface import named, told
from rai_check.reading import StepNote
from rai_check.tables.text import text_forms_of
from rai_check.values import (
    Written,
    impossible_day,
    mixed_orders,
    read,
    read_moment,
    spent,
    suppression,
)
from rai_check.values.days import PIVOT, in_form

if TYPE_CHECKING:
    from rai_check.tables.bench import Bench

STEP = "written"
_SWAPPED = "whose day and month a spreadsheet seems to have swapped"


def read_written(
    bench: "Bench", column: str, written: Written, not_known: Sequence[str]
) -> StepNote:
    """Replace the texts of a column by ISO dates or plain numbers; what is neither goes missing.

    Marks that the project declares as not known stay as they are, and are not counted. Where a
    spreadsheet has swapped day and month in some rows (see `mixed_orders`), those go missing.
    """
    marks = {form for form in text_forms_of(tuple(not_known)) if form is not None}
    why: Counter[str] = Counter()
    short = False
    swapped = written is Written.DAY_FIRST and mixed_orders(bench.distinct(column))

    def text(value: str, rows: int) -> str | None:
        nonlocal short
        if value in marks:
            return value
        found = read(value, written)
        if swapped and not in_form(value, written):
            found = None
            why[_SWAPPED] += rows
        elif found is None:
            why[_reason(value, written)] += rows
        elif written.is_day and not short:
            moment = read_moment(value, written)
            short = moment is not None and moment.short_year
        return found

    bench.rewrite(column, text)
    rows = bench.rows
    years = f"; years of two digits are 19{PIVOT} to 20{PIVOT - 1}" if short else ""
    return StepNote(
        step=STEP,
        does=f"read {named(column)} as {written.value}{years}",
        rows_in=rows,
        rows_out=rows,
        unset=told(*sorted(why.items())),
        columns=(column,),
    )


def unread(steps: Sequence[StepNote]) -> dict[str, int]:
    """Return the columns of which some values could not be read, with how many."""
    lost = {
        note.columns[0]: sum(line.rows for line in note.unset)
        for note in steps
        if note.step == STEP
    }
    return {column: rows for column, rows in lost.items() if rows}


def _reason(value: str, written: Written) -> str:
    if spent(value):
        return "with a number that a spreadsheet cut short, as in 1.2E+11"
    if written.is_day and impossible_day(value, written):
        return "with a date that is not in the calendar"
    if suppression(value):
        return "with a mark of suppression"
    return f"that cannot be read as {written.value}"

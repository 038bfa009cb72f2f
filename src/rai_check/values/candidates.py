"""Which forms the values of a column fit: counts of rows, never values."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rai_check.values.days import in_form, read_moment
from rai_check.values.marks import suppression
from rai_check.values.reading import read
from rai_check.values.written import Written

_SWAPPED = {
    Written.DAY_FIRST: Written.MONTH_FIRST,
    Written.MONTH_FIRST: Written.DAY_FIRST,
}
_ENOUGH, _MONTHS = 10, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A form that some values of a column can be read in; every count is of rows.

    Attributes:
        written: the form.
        of: rows with a value that is no mark of suppression.
        fits: of them, those that can be read in this form.
        own: of `fits`, those written in just this form; the others are ISO dates, months by name
            and amounts without their £, which cannot be mistaken.
        changes: of `fits`, those whose text the reading alters; where it is 0 the column needs no
            `written`.
        decides: of `fits`, those that tell for this order of day and month: the other order makes
            no day of them (25/12/2026).
        either: of `fits`, those that the other order reads too, as another day (03/04/2026).
        against: rows that only the other order reads.
        short_years: of `fits`, those whose year has two digits.
    """

    written: Written
    of: int
    fits: int = 0
    own: int = 0
    changes: int = 0
    decides: int = 0
    either: int = 0
    against: int = 0
    short_years: int = 0

    @property
    def settled(self) -> bool:
        """Whether the values alone say that this is the form, so that nobody need be asked.

        Not where day and month could be the other way round in every row, or where rows tell for
        both orders; and never for Excel's serial numbers, which any whole number may be.
        """
        if self.written is Written.EXCEL_SERIAL or self.against:
            return False
        return not self.either or self.decides > 0


def candidates(values: Iterable[tuple[str | None, int]]) -> tuple[Candidate, ...]:
    """Return the forms that any of the values are written in, best first.

    Args:
        values: distinct texts of a column, each with its number of rows, as `Table.distinct`
            gives them; missing ones and marks of suppression count for nothing.
    """
    found = {written: Candidate(written=written, of=0) for written in Written}
    rows = 0
    for text, n in values:
        if text is None or not text.strip() or suppression(text):
            continue
        rows += n
        for written, held in found.items():
            found[written] = _with(held, text, n)
    fitting = [replace(held, of=rows) for held in found.values() if held.own]
    order = list(Written)
    return tuple(
        sorted(
            fitting,
            key=lambda c: (-c.fits, -c.own, not c.settled, -c.decides, order.index(c.written)),
        )
    )


def mixed_orders(values: Iterable[tuple[str | None, int]]) -> bool:
    """Whether a workbook seems to have swapped day and month in some rows, and not in others.

    Opened where months come first, a spreadsheet takes 03/04/2026 for 4 March and makes a real
    date of it, but leaves 13/04/2026 as text. Then every real date has a day of 12 or less, and
    every text one of 13 or more: from ten different ones of each, that is no chance.
    """
    real: set[str] = set()
    texts: set[str] = set()
    for text, _ in values:
        moment = None if text is None else read_moment(text, Written.DAY_FIRST)
        if text is None or moment is None:
            continue
        told = in_form(text, Written.DAY_FIRST)
        if told != (moment.day.day > _MONTHS):
            return False
        (texts if told else real).add(str(moment))
    return min(len(real), len(texts)) >= _ENOUGH


def _is_own(text: str, written: Written) -> bool:
    if written.is_day:
        return in_form(text, written)
    return written is not Written.POUNDS or "£" in text


def _with(held: Candidate, text: str, n: int) -> Candidate:
    written, other = held.written, _SWAPPED.get(held.written)
    now = read(text, written)
    swapped = read(text, other) if other else None
    if now is None:
        return replace(held, against=held.against + n * (swapped is not None))
    moment = read_moment(text, written) if written.is_day else None
    return replace(
        held,
        fits=held.fits + n,
        own=held.own + n * _is_own(text, written),
        changes=held.changes + n * (now != text.strip()),
        decides=held.decides + n * (other is not None and swapped is None),
        either=held.either + n * (swapped is not None and swapped != now),
        short_years=held.short_years + n * (moment is not None and moment.short_year),
    )

"""How a column's dates or numbers are written, as far as its values tell."""

from dataclasses import dataclass

from rai_check.intake.profile import ColumnProfile
from rai_check.intake.words import BIRTH, DATE
from rai_check.values import Candidate, Written

NEARLY_ALL = 0.9
"""Share of the rows that a form must fit for a column to be of dates or numbers."""
SERIAL, ISO_DIGITS = 5, 8
"""Digits of Excel's serial numbers from 1927 to 2173, and of 20260401."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """A column of dates.

    Attributes:
        written: their form; None where only a person can tell day from month.
        plain: whether they are ISO dates already, so that nothing need be declared.
        sure: whether the values alone say so; serial numbers could be other numbers.
        share: of the rows with a value that can be read.
    """

    written: Written | None
    plain: bool
    sure: bool
    share: float


def dates(column: ColumnProfile) -> Dates | None:
    """Say how a column's dates are written, or None where it holds no dates."""
    days = [c for c in column.written if c.written.is_day and c.fits >= NEARLY_ALL * c.of]
    days = [c for c in days if _is_believed(c, column)]
    if not days:
        return None
    best = days[0]
    orders = {Written.DAY_FIRST, Written.MONTH_FIRST}
    asked = best.written in orders and not best.settled
    return Dates(
        written=None if asked else best.written,
        plain=best.changes == 0 and best.written is Written.ISO,
        sure=best.settled and best.written is not Written.EXCEL_SERIAL,
        share=best.fits / best.of,
    )


def _is_believed(form: Candidate, column: ColumnProfile) -> bool:
    """Whole numbers are days of Excel's calendar, or of eight digits, only where the name says."""
    serial = form.written is Written.EXCEL_SERIAL
    if not column.number:
        return not serial
    width = SERIAL if serial else ISO_DIGITS
    said = bool((DATE | BIRTH).intersection(column.words))
    return said and column.longest == width


def numbers(column: ColumnProfile) -> Written | None:
    """Return the form of numbers that are not plain (percent, pounds, thousands), or None."""
    for form in column.written:
        if form.written is Written.NUMBER and column.number:
            return None
        if not form.written.is_day and form.fits >= NEARLY_ALL * form.of and form.changes:
            return form.written
    return None

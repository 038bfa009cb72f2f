"""A cell's text in a form, as tables then hold it."""

from rai_check.values.days import read_moment
from rai_check.values.numbers import plain, read_number
from rai_check.values.written import Written


def read(text: str, written: Written) -> str | None:
    """Return what a table holds for a text in a form: an ISO date or a plain number; or None.

    A time of day stays with its date ("2026-04-03T14:30:00"), since events of one day have an
    order; one of midnight is left off, as in every table.
    """
    if written.is_day:
        moment = read_moment(text, written)
        return None if moment is None else str(moment)
    number = read_number(text, written)
    return None if number is None else plain(number)

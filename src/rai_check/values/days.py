"""Dates as people and systems write them; what is not surely a day is not read."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from rai_check.values.cleaning import cleaned
from rai_check.values.clock import TIME, time_of
from rai_check.values.written import Written

PIVOT = 30
"""Years of two digits below it are of this century (2000 to 2029), others of the last (1930 to
1999): the rule of Excel, from which most such files come."""
_FIRST_YEAR = 1000
_FIRST_SERIAL, _LAST_SERIAL = 61, 73_050
"""1 March 1900 (below lies Excel's 29 February 1900, which never was) to 31 December 2099."""
_COMPACT_YEARS = range(1900, 2100)
_EPOCH = date(1899, 12, 30)
_DAY_SECONDS = 86_400

_WEEKDAY = (
    r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,? )?"  # no matter
)
_YEAR = r"(?P<year>[0-9]{4}|[0-9]{2})"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_ORDINAL = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_TWO = re.compile(
    _WEEKDAY + r"(?P<a>[0-9]{1,2})(?P<mark> ?[/.\-] ?| )(?P<b>[0-9]{1,2})(?P=mark)" + _YEAR + TIME,
    re.ASCII | re.IGNORECASE,
)
_ISO = re.compile(
    r"(?P<year>[0-9]{4})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})" + TIME,
    re.ASCII | re.IGNORECASE,
)
_COMPACT = re.compile(
    r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})" + TIME, re.ASCII | re.IGNORECASE
)
_NAMED = tuple(
    re.compile(_WEEKDAY + shape + TIME, re.ASCII | re.IGNORECASE)
    for shape in (
        _ORDINAL + r"(?:[-/. ]| of )?" + _NAME + r"(?:[-/ ]|, ?)?" + _YEAR,
        _NAME + r"[- ]?" + _ORDINAL + r"(?:[- ]|, ?)" + _YEAR,
    )
)
_SERIAL = re.compile(r"[0-9]{2,5}(?:\.[0-9]{0,17})?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A day, and the time of day that was written with it."""

    day: date
    time: str = ""
    """As ``T14:30:00``, with a fraction and an offset if written; empty for midnight or none."""
    short_year: bool = False
    """Whether the year was written with two digits."""

    def __str__(self) -> str:
        return self.day.isoformat() + self.time


def read_day(text: str, written: Written) -> date | None:
    """Return the day that a text says in a form, or None where it says none for sure.

    A time is read past; the day is the one written, whatever the offset from UTC. See
    `read_moment` for what is taken.
    """
    found = read_moment(text, written)
    return None if found is None else found.day


def read_moment(text: str, written: Written) -> Moment | None:
    """Return the day and time that a text says in a form of dates, or None.

    Days that are not in the calendar (31/02/2026) are None, and so is a form of numbers. Years of
    two digits: see `PIVOT`. A weekday before the date is not looked at. In every form but ISO
    itself, what cannot be mistaken is read too: ISO (a workbook's real dates among dates that it
    holds as text) and a month by its name.
    """
    clean = cleaned(text)
    own = _own(clean, written)
    if own is not None or written is Written.ISO or not written.is_day:
        return own
    return _iso(clean) or _named(clean)


def in_form(text: str, written: Written) -> bool:
    """Whether a text is a date in just this form, not in one that every form reads besides."""
    return _own(cleaned(text), written) is not None


def impossible_day(text: str, written: Written | None = None) -> bool:
    """Whether a text has the shape of a date but is no day of the calendar, as 31/02/2026.

    Args:
        text: of one cell.
        written: the order of day and month, if it is known; else no order may make a day of it.
    """
    clean = cleaned(text)
    if _TWO.fullmatch(clean):
        orders = [Written.DAY_FIRST, Written.MONTH_FIRST]
        forms = [written] if written in orders else orders
        return not any(_own(clean, form) for form in forms if form)
    if _ISO.fullmatch(clean):
        return _iso(clean) is None
    return any(shape.fullmatch(clean) for shape in _NAMED) and _named(clean) is None


def _own(clean: str, written: Written) -> Moment | None:
    match written:
        case Written.ISO:
            return _iso(clean) or _compact(clean)
        case Written.DAY_FIRST | Written.MONTH_FIRST:
            return _numeric(clean, day_first=written is Written.DAY_FIRST)
        case Written.NAMED_MONTH:
            return _named(clean)
        case Written.EXCEL_SERIAL:
            return _serial(clean)
        case _:
            return None


def _numeric(clean: str, *, day_first: bool) -> Moment | None:
    found = _TWO.fullmatch(clean)
    if found is None:
        return None
    day, month = (found["a"], found["b"]) if day_first else (found["b"], found["a"])
    return _moment(found, int(month), int(day))


def _iso(clean: str) -> Moment | None:
    found = _ISO.fullmatch(clean)
    return found and _moment(found, int(found["month"]), int(found["day"]))


def _compact(clean: str) -> Moment | None:
    found = _COMPACT.fullmatch(clean)
    if found is None or int(found["year"]) not in _COMPACT_YEARS:
        return None
    return _moment(found, int(found["month"]), int(found["day"]))


def _named(clean: str) -> Moment | None:
    for shape in _NAMED:
        if found := shape.fullmatch(clean):
            month = _MONTHS.index(found["name"][:3].lower()) + 1
            return _moment(found, month, int(found["day"]))
    return None


def _serial(clean: str) -> Moment | None:
    if not _SERIAL.fullmatch(clean) or not _FIRST_SERIAL <= Decimal(clean) < _LAST_SERIAL + 1:
        return None
    exact = (Decimal(clean) * _DAY_SECONDS).quantize(Decimal(1), ROUND_HALF_UP)
    days, seconds = divmod(int(exact), _DAY_SECONDS)
    time = f"T{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}" if seconds else ""
    return Moment(day=_EPOCH + timedelta(days=days), time=time)


def _moment(found: re.Match[str], month: int, day: int) -> Moment | None:
    digits = found["year"]
    short = len(digits) == len("26")
    year = int(digits) + ((2000 if int(digits) < PIVOT else 1900) if short else 0)
    time = time_of(found)
    if year < _FIRST_YEAR or time is None:
        return None
    try:
        return Moment(day=date(year, month, day), time=time, short_year=short)
    except ValueError:
        return None

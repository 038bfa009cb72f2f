"""What is odd about a column of dates; months counted, no date shown."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from rai_check.protected import SMALL
from rai_check.quality.days import fault_of
from rai_check.quality.period import month_of
from rai_check.reports.numerals import plural
from rai_check.survey.marks import is_mark
from rai_check.survey.model import Notice, Sort
from rai_check.survey.said import some
from rai_check.survey.seen import Seen
from rai_check.values import Candidate, Written, impossible_day, mixed_orders, read_day

_BIRTH = frozenset({"dob", "birth", "born", "birthdate", "dateofbirth", "birthday"})
_MONTHS = 12
_OTHER = {
    Written.DAY_FIRST: Written.MONTH_FIRST,
    Written.MONTH_FIRST: Written.DAY_FIRST,
}
_ISO_AGAIN = "Export the dates again as yyyy-mm-dd from the system that they come from."


def date_notices(seen: Seen, as_of: date) -> Iterator[Notice]:
    """Yield what is odd about a column that holds dates; nothing of any other."""
    best = seen.dates
    if best is None:
        return
    declared = seen.spec.written if seen.spec else None
    written = declared if declared and declared.is_day else best.written
    if seen.two_orders:
        yield _two_orders(seen)
    elif declared is None:
        yield from _form(seen, best)
    yield from _faults(seen, written, as_of)
    if not is_birth(seen) and not seen.two_orders:
        yield from _months(seen, written)


def is_birth(seen: Seen) -> bool:
    """Whether the name of a column says that people were born then."""
    return bool(_BIRTH.intersection(seen.profile.words))


def _two_orders(seen: Seen) -> Notice:
    day_first, month_first = (
        some(_only(seen, order), seen.what) for order in (Written.DAY_FIRST, Written.MONTH_FIRST)
    )
    says = (
        f"some dates are day first and others month first ({day_first} can only be the one, "
        f"{month_first} only the other), so that no rule reads the rest"
    )
    return seen.notice(Sort.MEND, "two-orders", says, _ISO_AGAIN)


def _only(seen: Seen, order: Written) -> int:
    """How many only this order of day and month reads."""
    return sum(
        n for v, n in seen.values if read_day(v, order) and read_day(v, _OTHER[order]) is None
    )


def _form(seen: Seen, best: Candidate) -> Iterator[Notice]:
    form = best.written.value
    if mixed_orders(seen.values):
        says = "in some rows a spreadsheet seems to have exchanged day and month"
        yield seen.notice(Sort.MEND, "day-and-month-mixed", says, _ISO_AGAIN)
    elif best.written is Written.EXCEL_SERIAL:
        says = "its dates are stored as the serial numbers of a spreadsheet"
        yield seen.notice(Sort.LOOK, "serial-dates", says, "Add 'written: excel serial'.")
    elif not best.settled:
        says = "its dates can be read day first or month first"
        do = "Find out which, and add 'written: dd/mm/yyyy' or 'written: mm/dd/yyyy'."
        yield seen.notice(Sort.LOOK, "ambiguous-dates", says, do)
    elif best.changes:
        says = f"its dates are written {form}"
        yield seen.notice(Sort.KNOW, "written", says, f"Add 'written: {form}' to the column.")
    if best.short_years:
        says = "years are written with two digits; 00 to 29 are read as 2000 to 2029"
        do = "Export four digits; until then check that no year is meant to be before 1930."
        sort = Sort.MEND if is_birth(seen) else Sort.KNOW
        yield seen.notice(sort, "short-years", says, do)


def _faults(seen: Seen, written: Written, as_of: date) -> Iterator[Notice]:
    fault = fault_of(as_of, birth=is_birth(seen))
    found: Counter[str] = Counter()
    for value, n in seen.values:
        day = read_day(value, written)
        if day is None and is_mark(value):
            continue  # told already
        if day is None and seen.two_orders and read_day(value, _OTHER.get(written, written)):
            continue  # told already
        kind = "not read as dates" if day is None else fault(day)
        if day is None and impossible_day(value, written):
            kind = "days that are in no calendar"
        if kind:
            found[kind] += n
    for kind, n in sorted(found.items()):
        says = f"{some(n, seen.what)}: {kind}"
        do = "Correct them in the system that they come from, or leave those cells blank."
        yield seen.notice(Sort.MEND, "dates-that-cannot-be", says, do)


def _months(seen: Seen, written: Written) -> Iterator[Notice]:
    """The months that have rows enough to be named, and those between them that have none."""
    if not seen.whole:
        return
    months: Counter[int] = Counter()
    for value, n in seen.values:
        if (day := read_day(value, written)) is not None:
            months[month_of(day)] += n
    many = sorted(month for month, n in months.items() if n >= SMALL)
    if not many:
        return
    first, last = many[0], many[-1]
    empty = sum(month not in months for month in range(first, last + 1))
    says = f"covers {_named(first)}" + (f" to {_named(last)}" if last > first else "")
    gap = f", {plural(empty, 'month')} without a row" if empty else ""
    gap = gap or (", rows in every month" if last > first else "")
    outside = sum(n for month, n in months.items() if not first <= month <= last)
    if outside:
        gap += f"; {some(outside)} before or after"
    do = "Say under 'covers' which period the file should hold; check-data then counts by it."
    yield seen.notice(Sort.LOOK if empty else Sort.KNOW, "months", says + gap, do)


def _named(month: int) -> str:
    return date(month // _MONTHS, month % _MONTHS + 1, 1).strftime("%Y-%m")

"""Texts as dates and numbers in SQL; a step refuses a column that holds anything else."""

from itertools import islice

from rai_check.derive.interface import Work, about, named
from rai_check.tables.sql import NUMBER
from rai_check.values import Written, candidates

_LOOKED_AT = 1000
"""Distinct values, the first in order, that say what a column looks like."""
_ISO_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?"
_OFFSET = "(Z|[+-][0-9]{2}:[0-9]{2})"
_HOURS_MINUTES = "([+-])([0-9]{2}):([0-9]{2})"
_ISO = f"{_ISO_DAY}(T{_CLOCK}{_OFFSET}?)?"


def day(work: Work, column: str) -> str:
    """Return SQL for the DATE in a column, null where it is blank or declared not known.

    A time is read past: the day is the one written, whatever its offset from UTC.

    Raises:
        DataError: some of its values are no ISO dates; the message says how to declare them.
    """
    text = work.known(column)
    found = f"TRY_CAST(substr({_matching(text, _ISO)}, 1, 10) AS DATE)"
    _must_all_be(work, column, text, found, dates=True)
    return found


def moment(work: Work, column: str) -> str:
    """Return SQL for the TIMESTAMP in a column; a date without a time is its midnight.

    Raises:
        DataError: some of its values are no ISO dates, or some times have an offset from UTC and
            some have none, so that their order is not known.
    """
    day(work, column)
    text = work.known(column)
    offset = f"regexp_matches({text}, '{_OFFSET}$') AND {text} LIKE '%T%'"
    zoned, plain = work.count(offset), work.count(f"{text} IS NOT NULL AND NOT ({offset})")
    if zoned and plain:
        raise work.fault(
            f"{about(zoned, 'time')} in column {named(column)} have an offset from UTC and "
            f"{about(plain)} have none, so that their order is not known; write all of them the "
            "same way."
        )
    local = f"TRY_CAST(regexp_replace({text}, '{_OFFSET}$', '') AS TIMESTAMP)"
    return f"{local} - to_minutes({_ahead(text)})" if zoned else local


def _ahead(text: str) -> str:
    """SQL for how many minutes the offset from UTC at the end of a text is ahead of it."""
    hours, minutes = (
        f"TRY_CAST(regexp_extract({text}, '{_HOURS_MINUTES}$', {i}) AS INTEGER)" for i in (2, 3)
    )
    sign = f"CASE WHEN regexp_extract({text}, '{_HOURS_MINUTES}$', 1) = '-' THEN -1 ELSE 1 END"
    return f"coalesce({sign} * ({hours} * 60 + {minutes}), 0)"


def number(work: Work, column: str) -> str:
    """Return SQL for the finite DOUBLE in a column, null where it is blank or not known.

    Raises:
        DataError: some of its values are no numbers.
    """
    text = work.known(column)
    value = f"TRY_CAST({_matching(text, NUMBER)} AS DOUBLE)"
    found = f"CASE WHEN isfinite({value}) THEN {value} END"
    _must_all_be(work, column, text, found, dates=False)
    return found


def _matching(text: str, pattern: str) -> str:
    return f"CASE WHEN regexp_full_match({text}, '{pattern}') THEN {text} END"


def _must_all_be(work: Work, column: str, text: str, found: str, *, dates: bool) -> None:
    wrong = work.count(f"{text} IS NOT NULL AND {found} IS NULL")
    if not wrong:
        return
    what = "date written yyyy-mm-dd" if dates else "plain number"
    rows = about(wrong)
    raise work.fault(
        f"{rows} of column {named(column)} hold something that is no {what}; say how it is written"
        f"{_looks(work, column, dates=dates)}, or list what stands for none under 'not_known'."
    )


def _looks(work: Work, column: str, *, dates: bool) -> str:
    """What to write in the project file, as far as the values themselves can tell."""
    found = candidates(islice(work.bench.distinct(column), _LOOKED_AT))
    fitting = [c for c in found if c.written.is_day == dates and c.changes]
    if not fitting:
        form = Written.DAY_FIRST if dates else Written.NUMBER
        return f", as in 'written: {form}' under the column in its own table"
    if not fitting[0].settled:
        return (
            " under the column in its own table ('written: dd/mm/yyyy' or 'written: mm/dd/yyyy': "
            "its values do not tell)"
        )
    return f" under the column in its own table: they look like 'written: {fitting[0].written}'"

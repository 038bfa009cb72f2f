"""Survey one open file."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain
from types import MappingProxyType

from rai_check.headings import is_identifier
from rai_check.project.columns import ColumnFile
from rai_check.reports.numerals import percent, plural
from rai_check.survey.amounts import amount_notices, needs_saying
from rai_check.survey.codes import code_notices
from rai_check.survey.dates import date_notices, is_birth
from rai_check.survey.garbled import garbled_notices, name_notices
from rai_check.survey.groups import gap_notices
from rai_check.survey.headed import headed_dates
from rai_check.survey.marks import mark_notices, remarked
from rai_check.survey.model import ColumnLook, Notice, Sort, Survey
from rai_check.survey.rows import row_notices
from rai_check.survey.said import rounded, share
from rai_check.survey.seen import Seen, see
from rai_check.tables import Table
from rai_check.values import Candidate, Written

NOTHING: Mapping[str, ColumnFile] = MappingProxyType({})
_FEW = 40
_HALF = 0.5
_ALL = 0.995


def survey(table: Table, as_of: date, *, declared: Mapping[str, ColumnFile] = NOTHING) -> Survey:
    """Look at every column of a file and at its rows.

    Args:
        table: open; nothing of it is kept.
        as_of: the day after which nobody can have been born.
        declared: what a project says of its columns, if one does.

    Raises:
        DataError: the file cannot be read to its end.
    """
    names = [column.name for column in table.columns]
    columns = [
        see(table, place, name, declared.get(name), telling=is_identifier(name))
        for place, name in enumerate(names, start=1)
    ]
    found = chain(
        remarked(table),
        name_notices([one.name for one in columns if not one.telling]),
        *(mark_notices(one) for one in columns),
        *(garbled_notices(one) for one in columns),
        *(code_notices(one) for one in columns),
        *(amount_notices(one) for one in columns),
        *(date_notices(one, as_of) for one in columns),
        *(headed_dates(one) for one in columns),
        row_notices(table, columns),
        gap_notices(table, columns),
        *(_missing(one) for one in columns),
    )
    order = list(Sort)
    return Survey(
        rows=table.rows,
        columns=tuple(_look(one) for one in columns),
        notices=tuple(sorted(found, key=lambda one: order.index(one.sort))),
    )


def _look(one: Seen) -> ColumnLook:
    missing = share(one.gaps, one.rows) if one.gaps else ("none" if one.rows else "no rows")
    return ColumnLook(name=one.shown, looks_like=looks_like(one), missing=missing)


def _missing(one: Seen) -> Iterator[Notice]:
    if one.rows and one.values and one.gaps > _HALF * one.rows:
        says = f"more than half of its values are missing: {share(one.gaps, one.rows)}"
        do = "Find out whether it is filled in for some cases only; say so in its purpose."
        yield one.notice(Sort.LOOK, "mostly-missing", says, do)


def looks_like(one: Seen) -> str:
    """What a column looks like, in words."""
    found = one.profile
    if not one.values:
        return "empty"
    if found.free_text and not one.codes:
        return "free text"
    if (best := next(iter(found.identifiers), None)) and best.passes >= _HALF * found.looked:
        return best.kind
    if dates := one.dates:
        return "dates of birth" if is_birth(one) else f"dates, {_form(one, dates)}"
    if codes := one.codes:
        held, match = codes
        part = (
            ""
            if match is None or match.share >= _ALL
            else f" ({percent(match.share)} of its values)"
        )
        return f"code list {held.id}{part}"
    return _plain(one)


def _form(one: Seen, dates: Candidate) -> str:
    if one.two_orders:
        return "some month first"
    known = dates.settled or dates.written is Written.EXCEL_SERIAL
    return dates.written.value if known else "day and month cannot be told apart"


def _plain(one: Seen) -> str:
    found = one.profile
    if found.yes_no:
        return "yes or no"
    if one.is_key:
        return "a key: a value for each row" if found.unique else "a key, with repeats"
    if found.distinct == 1:
        return "one value"
    few = found.distinct <= _FEW
    several = plural(found.distinct if few else rounded(found.distinct), "value")
    if found.number:
        return f"numbers, {several}"
    if needs_saying(one):
        return f"numbers, written {one.amounts}"
    return f"labels, {several}" if few else f"text, {several}"

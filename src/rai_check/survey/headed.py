"""A column whose heading says identifiers or dates, and whose values are not what it says."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from rai_check.quality.identifiers import is_valid, lost_a_zero
from rai_check.survey.headings import named_kind, names_dates
from rai_check.survey.marks import is_mark
from rai_check.survey.model import Notice, Sort
from rai_check.survey.said import some
from rai_check.survey.seen import Seen
from rai_check.values import Written, impossible_day, read_day, spent

_MOSTLY, _ALLOWED = 0.5, 0.02
_DIGITS = re.compile(r"(?:[0-9][ -]?){7,11}[0-9]", re.ASCII)
_LIKE: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "NHS number": _DIGITS,
        "unique learner number": _DIGITS,
        "unique taxpayer reference": re.compile(r"(?:[0-9][ -]?){7,11}[0-9]K?", re.ASCII),
        "unique pupil number": re.compile(r"[A-Z]?[0-9]{9,13}[A-Z0-9]?", re.ASCII | re.IGNORECASE),
        "National Insurance number": re.compile(
            r"[A-Z]{1,3}[ -]?(?:[0-9][ -]?){5,7}[A-Z]?", re.ASCII | re.IGNORECASE
        ),
    }
)
"""What somebody who meant to write one may have written."""
_CODE = re.compile(r"(?=.*[0-9])(?=.*[A-Za-z])[A-Za-z0-9+/=_-]{8,}", re.ASCII)
_PERIOD = re.compile(
    r"(?:1[89]|20)[0-9]{2}(?:[-/ ](?:[0-9]{1,2}|(?:20)?[0-9]{2}|Q[1-4]|W[0-9]{1,2}))?"
    r"|(?:Q[1-4]|W[0-9]{1,2}|[0-9]{1,2}|[a-z]{3,9})[-/ ,]{1,2}(?:[0-9]{2}|(?:1[89]|20)[0-9]{2})"
    r"|[0-9]{1,3}|[a-z]{3,9}day",
    re.ASCII | re.IGNORECASE,
)
"""A year, a month of a year, a quarter, a week, a year of account, an age, a day of the week."""
_FORMS = tuple(form for form in Written if form.is_day and form is not Written.EXCEL_SERIAL)


def headed_kind(seen: Seen) -> str | None:
    """The kind of identifier that a column's heading names, if it is no flag and not empty."""
    return None if seen.profile.yes_no or not seen.values else named_kind(seen.name)


def headed_identifiers(seen: Seen) -> Iterator[Notice]:
    """Yield what is odd about a column that is headed as a kind with a rule, at any pass rate.

    Keys of somebody's own in their place, such as hashes, are a remark: nothing says that they
    are wrong. What could only be meant as one of the kind and is not valid has to be mended.
    """
    kind = headed_kind(seen)
    if kind is None:
        return
    real = [(v, n) for v, n in seen.values if not is_mark(v) and not spent(v)]
    known = sum(n for _, n in real)
    good = sum(n for v, n in real if is_valid(v, (kind,)) or lost_a_zero(v, (kind,)))
    like = sum(n for v, n in real if is_valid(v, (kind,)) or _LIKE[kind].fullmatch(v.strip()))
    bad = known - good
    if bad and like < _MOSTLY * known:
        says = f"is headed as {kind}, and most of its values have another form"
        do = "Give it a name that says what it holds, or find out what was exported."
        yield seen.notice(Sort.LOOK, "not-as-headed", says, do)
    elif bad:
        sort = Sort.MEND if bad > _ALLOWED * known else Sort.LOOK
        says = f"{some(bad, seen.what)} not valid as {kind}"
        do = (
            "Correct them where they are kept: a wrong number is another person's. If they are "
            "keys of your own, name the column so."
        )
        yield seen.notice(sort, "not-valid", says, do)


def headed_dates(seen: Seen) -> Iterator[Notice]:
    """Yield what is odd about a column that is headed as dates, where too few of them can be read.

    One in which nearly all can be read is looked at as a column of dates instead.
    """
    if seen.dates or seen.profile.yes_no or seen.profile.free_text or not names_dates(seen.name):
        return
    real = [(v, n) for v, n in seen.values if not is_mark(v)]
    form, kinds = _form(seen), Counter[str]()
    for value, n in real:
        kinds[_sort_of(value, form)] += n
    known = sum(n for _, n in real)
    other = kinds[_AS_PERIOD] + kinds[_AS_CODE]
    if other >= _MOSTLY * known:
        if known:
            does = "holds years, months or codes" if kinds[_AS_CODE] else "holds years or months"
            says = f"is headed as dates, and mostly {does}"
            do = "Give it a name that says what it holds, or have it exported with the day."
            yield seen.notice(Sort.LOOK, "not-as-headed", says, do)
        return
    for kind, n in sorted(kinds.items()):
        if kind:
            wrong = kind if kind in {_NO_DAY, _ANOTHER} else _UNREAD
            says = f"{some(n, seen.what)}: {wrong}"
            do = "Correct them in the system that they come from, or leave those cells blank."
            yield seen.notice(Sort.MEND, "dates-that-cannot-be", says, do)


_AS_PERIOD, _AS_CODE = "years or months", "codes"
_NO_DAY, _UNREAD = "days that are in no calendar", "not read as dates"
_ANOTHER = "dates written in another way than the rest"


def _form(seen: Seen) -> Written | None:
    """How its dates are written, as declared or as most of them are."""
    if seen.spec is not None and seen.spec.written is not None:
        return seen.spec.written
    return next((one.written for one in seen.profile.written if one.written in _FORMS), None)


def _sort_of(value: str, form: Written | None) -> str:
    """What a value is in a column of dates; nothing where it is one."""
    if form is not None and read_day(value, form):
        return ""
    if any(read_day(value, one) for one in _FORMS):
        return _ANOTHER
    if impossible_day(value):
        return _NO_DAY
    if _PERIOD.fullmatch(value.strip()):
        return _AS_PERIOD
    return _AS_CODE if _CODE.fullmatch(value.strip()) else _UNREAD

"""The column that should name each row: blank, all the same, or the same in several rows."""

from collections.abc import Iterator, Sequence

from rai_check.project import Meaning
from rai_check.survey.headings import names_record
from rai_check.survey.model import Notice, Sort
from rai_check.survey.said import some
from rai_check.survey.seen import Seen
from rai_check.values import spent

_NONE = frozenset({"null", "none", "nan", "n/a", "na", "nil", "unknown", "not known", "tbc", "-"})
_LEAST_ROWS = 10
"""Rows from which one key for all of them is not just a short extract of one case."""


def key_notices(columns: Sequence[Seen]) -> Iterator[Notice]:
    """Yield what is odd about keys.

    A column that is headed as the record's own key and fails is to be mended only where no other
    such column is whole: linked, earlier and other people's references are often blank, and the
    case reference of a log of events stands in many rows.
    """
    cases = [one for one in columns if one.spec is not None and one.spec.means is Meaning.CASE]
    parts = cases if len(cases) > 1 else []  # of a key of several columns each may repeat
    own = [one for one in columns if is_own_key(one) and one not in parts]
    for one in columns:
        others = [other for other in own if other is not one and _is_whole(other)]
        failing = Sort.LOOK if others or one not in own else Sort.MEND
        if one.is_key:
            yield from _repeats(one, failing)
        if one in own and not others:
            yield from _faults(one)


def is_own_key(seen: Seen) -> bool:
    """Whether a column is declared or headed as what names each row."""
    if seen.spec is not None and seen.spec.means is not Meaning.OTHER:
        return seen.spec.means is Meaning.CASE
    return names_record(seen.name) and not (seen.profile.yes_no and len(seen.values) > 1)


def _is_whole(seen: Seen) -> bool:
    return seen.profile.unique and not seen.missing


def _repeats(key: Seen, sort: Sort) -> Iterator[Notice]:
    """A column that names one row each, but for some; what is cut short repeats because it is."""
    repeated = key.profile.known - key.profile.distinct
    if not repeated or key.count(spent):
        return
    people = key.profile.identifiers  # who may come twice
    says = f"{some(repeated)} repeat a value, in a column that otherwise names one row each"
    do = "Find out which row is right; 'one_per' in the project file then keeps it."
    yield key.notice(Sort.LOOK if people else sort, "key-repeats", says, do)


def _faults(key: Seen) -> Iterator[Notice]:
    if not key.values:
        do = "Export it again with its keys: rows without one cannot be told apart or joined."
        yield key.notice(Sort.MEND, "no-key", "is headed as a key, and blank in every row", do)
        return
    if blank := key.missing + (key.count(_is_none) if key.whole else 0):
        says = f"{some(blank)} blank, in a column that is headed as a key"
        do = "Find out which rows those are: they cannot be told apart, joined or corrected."
        yield key.notice(Sort.MEND, "key-missing", says, do)
    if key.whole and len(key.values) == 1 and key.known >= _LEAST_ROWS:
        do = "Export it again: the rows cannot be told apart."
        says = "is headed as a key, and has the same value in every row that has one"
        yield key.notice(Sort.MEND, "key-constant", says, do)
    elif not key.is_key and key.profile.distinct < key.profile.known and _is_undeclared(key):
        says = "several rows for each value, in a column that is headed as a key"
        do = "If rows are events, declare the column as their 'unit'; else find out which is right."
        yield key.notice(Sort.LOOK, "key-shared", says, do)


def _is_none(value: str) -> bool:
    """Whether a value says that there is none."""
    return value.strip().casefold() in _NONE


def _is_undeclared(key: Seen) -> bool:
    """Whether no project says what it is: of a declared key, a control counts the repeats."""
    return key.spec is None or key.spec.means is Meaning.OTHER

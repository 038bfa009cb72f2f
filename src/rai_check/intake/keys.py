"""Which columns of two files hold the same references: every one compared, none guessed."""

from collections.abc import Iterator
from dataclasses import dataclass

from rai_check.intake.profile import ColumnProfile
from rai_check.intake.words import KEY
from rai_check.tables import IsIn, Table

LEAST = 0.5
"""Share of the rows that must find their match for a key to be proposed."""
MOST_COLUMNS = 12
"""Columns of a file that are tried as a key."""
LONGEST_NAME = 200
FEWEST = 12
"""Different values below which a column tells no records apart."""
TRIED = 100
SMALL = 50_000
"""Different values up to which keys are also compared without leading zeros and case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedKey:
    """A column here and one there with the same references.

    Attributes:
        here: column of the one table.
        there: column of the other.
        rows: rows here with a reference.
        matched: of them, those whose reference is there as well.
        unique_here: whether no reference occurs twice here.
        unique_there: the same there.
        only_loosely: matched only without leading zeros, blanks and case.
    """

    here: str
    there: str
    rows: int
    matched: int
    unique_here: bool
    unique_there: bool
    only_loosely: bool = False

    @property
    def share(self) -> float:
        """Share of the rows here that find their match."""
        return self.matched / self.rows if self.rows else 0.0


def may_be_key(column: ColumnProfile) -> bool:
    """Whether a column could tell records apart: many different values, short, no text or day."""
    if "of" in column.words and column.number:
        return False
    if len(column.name) > LONGEST_NAME:
        return False
    days = any(form.written.is_day and form.fits >= LEAST * form.of for form in column.written)
    fractions = any("." in shape.mask and column.number for shape in column.shapes)
    said = named_like_key(column)
    apart = column.distinct > FEWEST and (said or column.distinct >= LEAST * column.known)
    return apart and not column.free_text and not fractions and (said or not days)


def named_like_key(column: ColumnProfile) -> bool:
    """Whether a column is named like a reference, and not like "number of children"."""
    return bool(KEY.intersection(column.words)) and "of" not in column.words


def shared_key(
    here: Table, ours: tuple[ColumnProfile, ...], there: Table, theirs: tuple[ColumnProfile, ...]
) -> SharedKey | None:
    """Return the pair of columns with which most rows here find their match there, if any does.

    Every reference of both columns is compared, in one pass through each.
    """
    pairs = [
        (a, b)
        for a in _first(ours)
        for b in _first(theirs)
        if b.unique or b.distinct >= LEAST * b.known
    ]
    found = [one for a, b in pairs if (one := _compared(here, a, there, b))]
    good = [one for one in found if one.share >= LEAST]
    return max(good, key=_merit, default=None)


def _first(columns: tuple[ColumnProfile, ...]) -> list[ColumnProfile]:
    return [column for column in columns if may_be_key(column)][:MOST_COLUMNS]


def _merit(one: SharedKey) -> tuple[bool, bool, float, bool]:
    return not one.only_loosely, one.unique_there, one.share, one.here == one.there


def _compared(
    here: Table, ours: ColumnProfile, there: Table, theirs: ColumnProfile
) -> SharedKey | None:
    matched, loosely = 0, False
    if _some_in(here, ours.name, there, theirs.name):
        matched = _matched(here.distinct(ours.name), there.distinct(theirs.name))
    elif max(ours.distinct, theirs.distinct) <= SMALL:
        matched, loosely = _loosely(here, ours.name, there, theirs.name), True
    if not matched:
        return None
    return SharedKey(
        here=ours.name,
        there=theirs.name,
        rows=ours.known,
        matched=matched,
        unique_here=ours.unique,
        unique_there=theirs.unique,
        only_loosely=loosely,
    )


def _some_in(here: Table, ours: str, there: Table, theirs: str) -> bool:
    """Whether any of a few references here is there at all; spares a pass through both."""
    few = here.sample(ours, TRIED, "rai-check")
    rows = there.counts((), {"in": IsIn(theirs, few)}).rows if few else ()
    return any(row.sums[0] for row in rows)


def _matched(
    ours: Iterator[tuple[str | None, int]], theirs: Iterator[tuple[str | None, int]]
) -> int:
    """Rows of `ours` whose value is in `theirs`; both come in order, missing last."""
    found, other = 0, next(theirs, (None, 0))[0]
    for value, n in ours:
        if value is None:
            break
        while other is not None and other < value:
            other = next(theirs, (None, 0))[0]
        if other is None:
            break
        found += n if other == value else 0
    return found


def _loosely(here: Table, ours: str, there: Table, theirs: str) -> int:
    """Rows here whose reference is there but for leading zeros, blanks and case."""
    held = {_bare(value) for value, _ in there.distinct(theirs) if value is not None}
    pairs = ((_bare(value), n) for value, n in here.distinct(ours) if value is not None)
    return sum(n for value, n in pairs if value and value in held)


def _bare(value: str) -> str:
    return "".join(value.split()).casefold().lstrip("0")

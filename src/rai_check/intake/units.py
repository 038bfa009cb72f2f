"""Which column says whom a row is about, so that several rows of one person count as one."""

from collections.abc import Sequence
from dataclasses import replace

from rai_check.intake.draft import Confidence, DraftColumn
from rai_check.intake.keys import may_be_key, named_like_key
from rai_check.intake.look import Looked, LookedAt
from rai_check.intake.profile import ColumnProfile
from rai_check.intake.words import EMPLOYEE, SUBJECT
from rai_check.project.columns import Meaning


def unit_question(file: LookedAt, looked: Looked, place: int) -> tuple[str, ...]:
    """Return the columns to choose from, where neither names nor keys tell; else none."""
    held = _candidates(file, looked, place)
    if any(_merit(one, looked, place) for one in held) or all(one.unique for one in held):
        return ()
    return tuple(one.name for one in held)


def with_unit(
    columns: Sequence[DraftColumn], file: LookedAt, looked: Looked, place: int, said: str | None
) -> list[DraftColumn]:
    """Give one column the meaning `unit`: as answered, else the best by its name or its use."""
    held = _candidates(file, looked, place)
    unit = next((one for one in held if one.name == said), None) or _best(held, looked, place)
    if unit is None:
        return list(columns)
    why = (
        "no reference occurs twice: one row each"
        if unit.unique
        else f"{unit.known:,} rows are about {unit.distinct:,} different ones"
    )
    return [_as_unit(one, why) if one.name == unit.name else one for one in columns]


def _as_unit(column: DraftColumn, why: str) -> DraftColumn:
    purpose = "Whom a row is about."
    return replace(
        column, means=Meaning.UNIT, confidence=Confidence.LIKELY, why=why, purpose=purpose
    )


def _candidates(file: LookedAt, looked: Looked, place: int) -> list[ColumnProfile]:
    joined = _joined(looked, place)
    return [
        one
        for one in file.columns
        if may_be_key(one) and (named_like_key(one) or one.name in joined)
    ]


def _best(held: list[ColumnProfile], looked: Looked, place: int) -> ColumnProfile | None:
    """The one that speaks for itself; else the one without repeats, which claims least."""
    best = max(held, key=lambda one: _merit(one, looked, place), default=None)
    if best is None or _merit(best, looked, place):
        return best
    return next((one for one in held if one.unique), None)


def _merit(column: ColumnProfile, looked: Looked, place: int) -> int:
    """How much speaks for a column: named after people served, joined to a file, or after staff."""
    words = set(column.words)
    named = 4 * bool(words & SUBJECT) + bool(words & EMPLOYEE)
    return named + 2 * (column.name in _joined(looked, place))


def _joined(looked: Looked, place: int) -> set[str]:
    return {link.key.here for link in looked.links if link.here == place}

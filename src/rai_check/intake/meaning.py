"""What a column most likely means, from its name and from what its values look like."""

import math
from dataclasses import replace

from rai_check.intake.draft import FOR_BANDS, Confidence, DraftColumn
from rai_check.intake.forms import dates, numbers
from rai_check.intake.groups import Values, group, said_by_name
from rai_check.intake.keys import named_like_key
from rai_check.intake.profile import ColumnProfile
from rai_check.intake.words import BIRTH, KEY, REASON, SCORE, WAIT
from rai_check.project.columns import Characteristic, Meaning
from rai_check.values import Written

FEW = 12
"""Different values that an answer of a tool or of a person may have."""
NEARLY_ALL = 0.9
"""Share of the rows with a reference of their own from which it is one of cases."""
SHARED = "Reference that several rows may share."
TODO_PURPOSE = "TODO say why this assessment needs the column, or leave it out of the file"


def meaning(column: ColumnProfile, values: Values) -> DraftColumn:
    """Propose what a column means.

    An answer (of the tool, of a person, what turned out to be right) is never proposed here:
    which values of it are positive, and whether that is good for the person, is asked.
    """
    found = _meaning(column, values)
    kinds = tuple(one.kind for one in column.identifiers)
    return replace(found, identifiers=kinds, notes=(*found.notes, *_damage(column)))


def _meaning(column: ColumnProfile, values: Values) -> DraftColumn:
    if not column.known:
        return _other(column, "it is empty")
    if BIRTH.intersection(column.words) and (born := _date(column)):
        return replace(born, purpose=FOR_BANDS)
    if found := (None if column.identifiers else group(column, values)):
        return found
    return (
        _text(column)
        or _aged(column)
        or _date(column)
        or (_identified(column) if column.identifiers else None)
        or _measured(column)
        or _key(column)
        or _other(column, _plainly(column))
    )


def _text(column: ColumnProfile) -> DraftColumn | None:
    said = bool(REASON.intersection(column.words))
    if said:
        return _drawn(column, Meaning.REASON, Confidence.LIKELY, "the name says so")
    if not column.free_text:
        return None
    found = _drawn(column, Meaning.FREE_TEXT, Confidence.CERTAIN, "its values are sentences")
    note = "Free text holds what nobody expects; leave it out unless the tool reads it."
    return replace(found, purpose=TODO_PURPOSE, notes=(note,))


def _aged(column: ColumnProfile) -> DraftColumn | None:
    """An age in years, to be put into bands."""
    if said_by_name(column) is not Characteristic.AGE or not column.number:
        return None
    return replace(_other(column, "the name says age; it holds numbers"), purpose=FOR_BANDS)


def _date(column: ColumnProfile) -> DraftColumn | None:
    form = dates(column)
    if form is None:
        return None
    found = _drawn(
        column,
        Meaning.DATE,
        Confidence.CERTAIN if form.sure else Confidence.LIKELY,
        f"{math.floor(100 * form.share)} % of its values are dates",
    )
    if form.written is None:
        note = "Day and month cannot be told apart: every date could be read both ways."
        return replace(found, purpose=TODO_PURPOSE, notes=(note,))
    written = None if form.plain else form.written.value
    return replace(found, purpose=TODO_PURPOSE, written=written)


def _identified(column: ColumnProfile) -> DraftColumn:
    first = column.identifiers[0]
    found = _other(column, f"its values look like this kind of identifier: {first.kind}")
    return replace(found, confidence=Confidence.LIKELY)


def _measured(column: ColumnProfile) -> DraftColumn | None:
    """Scores and waits: numbers whose name says what they are."""
    form = numbers(column)
    if not (column.number or form):
        return None
    for means, said in ((Meaning.SCORE, SCORE), (Meaning.WAIT, WAIT)):
        if said.intersection(column.words) and not KEY.intersection(column.words):
            found = _drawn(column, means, Confidence.LIKELY, "the name says so; it holds numbers")
            return replace(found, written=form.value if form else None)
    if form in {Written.POUNDS, Written.PERCENT}:
        found = _other(column, f"it holds numbers written as {form.value}")
        return replace(found, written=form.value)
    return None


def _key(column: ColumnProfile) -> DraftColumn | None:
    """A reference of a case or a person: named like one, and of many different values."""
    if not named_like_key(column) or column.distinct <= FEW:
        return None
    if column.unique or column.distinct >= NEARLY_ALL * column.known:
        how = "no value occurs twice" if column.unique else "few of its values occur twice"
        found = _drawn(column, Meaning.CASE, Confidence.LIKELY, f"named like a reference; {how}")
        return replace(found, purpose="Reference that tells records apart.")
    why = "named like a reference; several rows share one"
    found = _drawn(column, Meaning.OTHER, Confidence.LIKELY, why)
    return replace(found, purpose=SHARED)


def _plainly(column: ColumnProfile) -> str:
    if column.distinct == 1:
        return "every row has the same value"
    if said := said_by_name(column):
        return (
            f"the name speaks of {said.words}, but its {column.distinct:,} different values are "
            "not groups yet, and no shipped code list has half of them"
        )
    kind = "numbers" if column.number else "different values"
    return f"nothing in its name or its {column.distinct:,} {kind} says more"


def _other(column: ColumnProfile, why: str) -> DraftColumn:
    found = _drawn(column, Meaning.OTHER, Confidence.GUESS, why)
    return replace(found, purpose=TODO_PURPOSE)


def _drawn(column: ColumnProfile, means: Meaning, sure: Confidence, why: str) -> DraftColumn:
    return DraftColumn(name=column.name, means=means, confidence=sure, why=why)


def _damage(column: ColumnProfile) -> tuple[str, ...]:
    """What a reader must mend in the file itself."""
    notes = []
    if column.spent:
        notes.append(
            "A spreadsheet cut some values to the form 1.23457E+11: the digits are lost. "
            "Export again with this column as text."
        )
    if column.lost_zeros:
        notes.append(
            "Some values are shorter than the others: leading zeros may be lost. "
            "Export again with this column as text."
        )
    if column.marks and column.number:
        notes.append("Some numbers are suppressed (such as '< 10') and count as missing.")
    return tuple(notes)

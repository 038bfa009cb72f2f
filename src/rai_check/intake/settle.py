"""Proposals for one column or table, settled in the light of the others and of the answers."""

from collections.abc import Sequence
from dataclasses import replace

from rai_check.intake.answers import Answers, one
from rai_check.intake.draft import Confidence, DraftColumn, DraftTable
from rai_check.intake.look import LookedAt
from rai_check.intake.steps import is_readable
from rai_check.intake.words import REQUIRED, USUAL_LABELS
from rai_check.project.columns import Meaning
from rai_check.project.table_file import Role
from rai_check.protected import SMALL
from rai_check.recognisers.text import header_words
from rai_check.values import Written

_SINGLE = (Meaning.SCORE, Meaning.WAIT, Meaning.REQUIRED, Meaning.COUNT)
"""Meanings that one column of a table can have at most."""

_HELD_BACK = "Counts held back (such as '<10') are left out, and the report says how many rows."
_RARE = (
    f"Values of fewer than {SMALL} rows are not written here: reports show them as undeclared "
    "groups. Add those that are groups of their own, and mend those that are slips."
)


def dated(column: DraftColumn, answers: Answers) -> DraftColumn:
    """Give a column whose day and month cannot be told apart the order that was answered."""
    said = one(answers.day_first)
    if column.means is not Meaning.DATE or is_readable(column) or said is None:
        return column
    form = Written.DAY_FIRST if said == "day" else Written.MONTH_FIRST
    why = f"{column.why}, {said} first as you said"
    return replace(
        column, confidence=Confidence.CERTAIN, written=form.value, why=why, notes=column.notes[1:]
    )


def required(column: DraftColumn) -> DraftColumn:
    """Say what must come out, in a table of golden cases."""
    if column.means is not Meaning.OTHER or not REQUIRED.intersection(header_words(column.name)):
        return column
    why = "the name says that it must come out"
    return replace(
        column, means=Meaning.REQUIRED, confidence=Confidence.LIKELY, why=why, purpose=None
    )


def counting(column: DraftColumn, counts: str | None, file: LookedAt) -> DraftColumn:
    """Give the column of counts of a reference its meaning."""
    if column.name != counts:
        return column
    why = "the only numbers of a file of groups"
    counting_ = replace(
        column, means=Meaning.COUNT, confidence=Confidence.LIKELY, why=why, purpose=None
    )
    marks = file.marks(column.name)
    return replace(counting_, not_known=marks, notes=(_HELD_BACK,)) if marks else counting_


def without_rare(column: DraftColumn, file: LookedAt) -> DraftColumn:
    """Leave out labels of few rows that are no usual words of their characteristic.

    A label of the project file stands in reports: one that few rows have may single someone out,
    and may be a name that was typed into the wrong column.
    """
    rare = file.rare(column.name) if column.labels else frozenset()
    unusual = {value for value in rare if value.casefold() not in USUAL_LABELS}
    kept = tuple(pair for pair in column.labels if pair[0] not in unusual)
    if len(kept) == len(column.labels):
        return column
    return replace(column, labels=kept, notes=(*column.notes, _RARE))


def one_of_each_meaning(columns: Sequence[DraftColumn]) -> list[DraftColumn]:
    """Let the first column of a meaning keep it, where a table can have only one."""
    seen: set[Meaning] = set()
    kept = []
    for column in columns:
        if column.means in _SINGLE and column.means in seen:
            kept.append(replace(column, means=Meaning.OTHER, confidence=Confidence.GUESS))
        else:
            kept.append(column)
        seen.add(column.means)
    return kept


def one_of_each_role(tables: Sequence[DraftTable]) -> list[DraftTable]:
    """Let the first table of a role keep it, where a project can have only one."""
    seen: set[Role] = set()
    kept = []
    for table in tables:
        twice = table.role in seen and table.role is not Role.LOOKUP
        why = "another file has the role that its name speaks of"
        kept.append(replace(table, role=Role.LOOKUP, why=why) if twice else table)
        seen.add(table.role)
    return kept

"""Proposals for one column or table, settled in the light of the others and of the answers."""

from collections.abc import Sequence
from dataclasses import replace

from rai_check.intake.answers import Answers, one
from rai_check.intake.draft import Confidence, DraftColumn, DraftTable
from rai_check.intake.steps import is_readable
from rai_check.intake.words import REQUIRED
from rai_check.project.columns import Meaning
from rai_check.project.file import Role
from rai_check.recognisers.text import header_words
from rai_check.values import Written

_SINGLE = (Meaning.SCORE, Meaning.WAIT, Meaning.REQUIRED, Meaning.COUNT)
"""Meanings that one column of a table can have at most."""


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


def counting(column: DraftColumn, counts: str | None) -> DraftColumn:
    """Give the column of counts of a reference its meaning."""
    if column.name != counts:
        return column
    why = "the only numbers of a file of groups"
    return replace(column, means=Meaning.COUNT, confidence=Confidence.LIKELY, why=why, purpose=None)


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

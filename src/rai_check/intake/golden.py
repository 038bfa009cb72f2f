"""Which column of the golden cases holds what the system gave, and which of its values are bad."""

from dataclasses import replace

from rai_check.intake.answers import Answers
from rai_check.intake.draft import Confidence, DraftColumn, DraftTable
from rai_check.intake.look import LookedAt
from rai_check.intake.profile import ColumnProfile
from rai_check.intake.roles import tool_merit
from rai_check.project.columns import Meaning
from rai_check.project.table_file import Role

ALIKE = 0.5
"""Share of the values of both columns together that both must have."""


def outcome_column(file: LookedAt, table: DraftTable) -> DraftColumn | None:
    """Return the column with the values of what is required, or None where none or several are.

    Of several the one that is named most like a tool's answer, if there is one.
    """
    required = next((c.name for c in table.columns if c.means is Meaning.REQUIRED), None)
    if table.role is not Role.GOLDEN_CASES or required is None:
        return None
    wanted = set(file.values(required))
    held = [one for one in file.columns if one.name != required and _is_alike(one, file, wanted)]
    held = [one for one in held if _means(table, one.name) is Meaning.OTHER]
    best = sorted(held, key=tool_merit, reverse=True)[:2]
    if not best or (len(best) > 1 and tool_merit(best[0]) == tool_merit(best[1])):
        return None
    return table.column(best[0].name)


def _is_alike(column: ColumnProfile, file: LookedAt, wanted: set[str]) -> bool:
    values = set(file.values(column.name))
    return bool(wanted & values) and len(wanted & values) >= ALIKE * len(wanted | values)


def _means(table: DraftTable, name: str) -> Meaning | None:
    column = table.column(name)
    return column.means if column else None


def told_already(values: tuple[str, ...], decisions: DraftTable) -> DraftColumn | None:
    """Return the answer in the decisions, where what was said of its values settles these too."""
    tool = next((c for c in decisions.columns if c.means is Meaning.PREDICTION), None)
    if tool is None or not set(values) & set(tool.positive):
        return None
    known = {*tool.positive, *tool.negative, *tool.not_known}
    return tool if set(values) <= known or not tool.negative else None


def with_outcomes(
    table: DraftTable, file: LookedAt, decisions: DraftTable, answers: Answers
) -> DraftTable:
    """Give the golden cases' column of outcomes its meaning, as far as it is known."""
    found = outcome_column(file, table)
    if found is None:
        return table
    values = file.values(found.name)
    settled = _settled(found, values, decisions, answers)
    return replace(table, columns=tuple(settled if c is found else c for c in table.columns))


def _settled(
    column: DraftColumn, values: tuple[str, ...], decisions: DraftTable, answers: Answers
) -> DraftColumn:
    why = "it has the values of what is required"
    tool = told_already(values, decisions)
    if tool:
        positive = tuple(value for value in values if value in tool.positive)
        return _outcome(column, values, positive, tool.positive_is, f"{why}, as you said of them")
    bad = tuple(value for value in answers.golden or () if value in values)
    if bad:
        return _outcome(column, values, bad, "unfavourable", f"{why}; you said which are bad")
    note = (
        "TODO: it seems to hold what the system gave. Once you know which values are bad for the "
        "person, write: means: prediction, positive: [...], positive_is: unfavourable"
    )
    return replace(column, confidence=Confidence.LIKELY, why=why, notes=(*column.notes, note))


def _outcome(
    column: DraftColumn,
    values: tuple[str, ...],
    positive: tuple[str, ...],
    positive_is: str | None,
    why: str,
) -> DraftColumn:
    rest = tuple(value for value in values if value not in positive)
    return replace(
        column,
        means=Meaning.PREDICTION,
        confidence=Confidence.LIKELY,
        why=why,
        positive=positive,
        negative=rest if len(rest) > 1 else (),
        positive_is=positive_is,
        purpose=None,
    )

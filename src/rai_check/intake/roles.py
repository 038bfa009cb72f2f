"""Which file holds the decisions, and what the others are for."""

import math
from dataclasses import dataclass

from rai_check.intake.forms import dates
from rai_check.intake.groups import MOST_GROUPS, best_list, said_by_name
from rai_check.intake.look import Looked, LookedAt
from rai_check.intake.meaning import FEW
from rai_check.intake.profile import ColumnProfile
from rai_check.intake.words import OUTCOME, PEOPLE, REASON, REQUIRED, ROLES, TOOL, TRUTH
from rai_check.project.table_file import Role
from rai_check.recognisers.text import header_words

MOST_GOLDEN = 2_000
"""Rows beyond which a file is not one of cases that somebody worked out by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleOf:
    """The role of a file, and why."""

    role: Role
    why: str


def answer_columns(file: LookedAt) -> tuple[ColumnProfile, ...]:
    """Columns that may hold an answer: few different values, no group, no text; best first."""
    held = [column for column in file.columns if _may_be_answer(column)]
    return tuple(sorted(held, key=lambda one: -tool_merit(one)))


def _may_be_answer(column: ColumnProfile) -> bool:
    few = 2 <= column.distinct <= FEW  # noqa: PLR2004 - an answer that never differs tells nothing
    return few and not (column.free_text or column.identifiers or _is_something_else(column))


def _is_something_else(column: ColumnProfile) -> bool:
    """Whether a column is of groups, dates or reasons, unless its name speaks of an answer."""
    if TOOL.intersection(column.words):
        return False
    group = said_by_name(column) is not None or best_list(column, None) is not None
    return group or dates(column) is not None or bool(REASON.intersection(column.words))


def tool_merit(column: ColumnProfile) -> int:
    """How much a column's name speaks for the answer of a tool, rather than of a person."""
    words = set(column.words)
    people = bool(words & (PEOPLE | TRUTH))
    return 3 * bool(words & TOOL) + bool(words & OUTCOME) - 2 * people


def decisions_file(looked: Looked) -> tuple[int, bool]:
    """Return the place of the file with the decisions, and whether that is sure.

    One file is always it; of several, the one with a column named like a tool's answer.
    """
    merits = [_merit(file) for file in looked.files]
    best = max(merits)
    return merits.index(best), merits.count(best) == 1


def _merit(file: LookedAt) -> int:
    named = _named_role(file) is not None
    return max((tool_merit(one) for one in answer_columns(file)), default=-1) - 3 * named


def role_of(looked: Looked, place: int, decisions: int) -> RoleOf:
    """Propose the role of one file."""
    file = looked.files[place]
    if place == decisions:
        return RoleOf(role=Role.DECISIONS, why="it holds what the system said of each case")
    if said := _named_role(file):
        return RoleOf(role=said, why="its name or its columns say so")
    if looked.link(decisions, place):
        return RoleOf(role=Role.LOOKUP, why="it shares a key with the decisions")
    return RoleOf(role=Role.LOOKUP, why="nothing says more; a lookup is read by no check alone")


def _named_role(file: LookedAt) -> Role | None:
    if _is_golden(file):
        return Role.GOLDEN_CASES
    if counted(file) is not None:
        return Role.REFERENCE
    words = set(header_words(file.path.stem))
    return next((role for role, known in ROLES if words & known), None)


def _is_golden(file: LookedAt) -> bool:
    required = any(REQUIRED.intersection(column.words) for column in file.columns)
    return required and file.table.rows <= MOST_GOLDEN


def counted(file: LookedAt) -> str | None:
    """Return the column of counts of a file that is nothing but groups and their counts."""
    numbers = [one for one in file.columns if _is_counts(file, one)]
    groups = [one for one in file.columns if one not in numbers]
    if len(numbers) != 1 or not groups or file.table.rows > MOST_GOLDEN:
        return None
    said = any(said_by_name(one) is not None or best_list(one, None) for one in groups)
    alike = all(one.distinct <= MOST_GROUPS and not one.free_text for one in groups)
    cells = math.prod(max(1, one.distinct) for one in groups)
    whole = numbers[0].numeric.negative == 0 and not _has_fractions(numbers[0])
    return numbers[0].name if said and alike and whole and file.table.rows <= cells else None


def _is_counts(file: LookedAt, column: ColumnProfile) -> bool:
    """Whether every value is a number or stands for one held back, and most are numbers."""
    if column.missing or column.numeric.known < column.known / 2:
        return False
    if column.number or not (marks := {*file.marks(column.name)}):
        return column.number
    held_back = sum(n for value, n in file.table.distinct(column.name) if value in marks)
    return column.numeric.known + held_back == column.known


def _has_fractions(column: ColumnProfile) -> bool:
    return any("." in shape.mask for shape in column.shapes)

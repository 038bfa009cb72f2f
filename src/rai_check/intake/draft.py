"""A project file before it is written: what is proposed, how sure we are, and why."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from rai_check.project.columns import Characteristic, Meaning
from rai_check.project.table_file import Role


class Confidence(StrEnum):
    """How sure a proposal is."""

    CERTAIN = "certain"
    """Name and values both say so, or the person who was asked."""
    LIKELY = "likely"
    """One of them says so."""
    GUESS = "guess"
    """Neither does; the best of what is left."""


FOR_BANDS = "Only to work out an age band."
"""Purpose of a date of birth, or of an age in years."""
Value: TypeAlias = "str | int | float | tuple[str | int, ...] | tuple[tuple[str, str], ...]"
"""What a key of a step or a column may hold: one thing, a list, or pairs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftColumn:
    """What is proposed for one column of a file, or for one that a step makes.

    Attributes:
        name: of the column.
        means: its meaning.
        confidence: how sure that is.
        why: the reason, in words of ours that a reader can check.
        characteristic: the protected characteristic that it records.
        codes: a shipped code list.
        labels: value to name of the group, where no list fits.
        not_known: values that say "not stated".
        positive: values that count as positive, as the person who was asked said.
        negative: the values that do not.
        positive_is: `favourable` or `unfavourable`.
        written: how its dates or numbers are written.
        always: whether a row without a value is incomplete.
        purpose: what it is for.
        identifiers: kinds of personal identifier that it looks like; nobody has declared them.
        notes: further lines for the reader of the file.
    """

    name: str
    means: Meaning
    confidence: Confidence
    why: str
    characteristic: Characteristic | None = None
    codes: str | None = None
    labels: tuple[tuple[str, str], ...] = ()
    not_known: tuple[str, ...] = ()
    positive: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()
    positive_is: str | None = None
    written: str | None = None
    always: bool = False
    purpose: str | None = None
    identifiers: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftStep:
    """One step on the rows: its kind, its keys, why, and whether it is only a suggestion."""

    kind: str
    body: tuple[tuple[str, Value], ...]
    why: str
    suggested: bool = False
    """Written as a comment, because only a person can know whether it is wanted."""
    reads: tuple[str, ...] = ()
    """Columns of its own table that it reads."""
    other: str | None = None
    takes: tuple[str, ...] = ()
    """Columns that it takes from the table `other`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftTable:
    """One file: its role, and what is proposed for its columns."""

    name: str
    path: str
    """Relative to the project file, with forward slashes."""
    role: Role
    why: str
    columns: tuple[DraftColumn, ...]
    sheet: str | None = None
    header_row: int | None = None
    """Only where it was given, not found."""
    derive: tuple[DraftStep, ...] = ()

    def column(self, name: str) -> DraftColumn | None:
        """The column of a name, if it is there."""
        return next((column for column in self.columns if column.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPlan:
    """What the person who was asked said of harm and of the share they expect."""

    harm: str | None = None
    base_rate: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The whole of a project file before it is written; None stands for "not said"."""

    tables: tuple[DraftTable, ...]
    policy: str
    policy_why: str
    system: tuple[tuple[str, str], ...] = ()
    """Facts of the system that were given: key and text."""
    plan: DraftPlan = field(default_factory=DraftPlan)
    about: str | None = None
    """`services` or `staff`: which part of the Equality Act applies."""
    why_not_held: str | None = None
    """Why the characteristics that no column records are not held."""

    @property
    def decisions(self) -> DraftTable | None:
        """The table that holds what the system said."""
        return next((table for table in self.tables if table.role is Role.DECISIONS), None)

    def held(self) -> tuple[Characteristic, ...]:
        """Characteristics that a column of the decisions table records."""
        columns = self.decisions.columns if self.decisions else ()
        found = {column.characteristic for column in columns}
        return tuple(one for one in Characteristic if one in found)

"""What a survey of one file comes to: a line for each column, and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """How much a notice matters; the worst first."""

    MEND = "mend"
    """Wrong in the file: whatever is worked out from it would be wrong too."""
    LOOK = "look"
    """May be wrong, or has to be said in the project file before it can be used."""
    KNOW = "know"
    """Good to know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing that was noticed, and what to do next. No value, counts protected."""

    sort: Sort
    kind: str
    """What it is, for a program: ``digits-lost``."""
    column: str | None
    """As it may be shown; None where it is of whole rows."""
    says: str
    """One sentence."""
    do: str
    """One sentence that begins with a verb."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnLook:
    """One column in a line."""

    name: str
    looks_like: str
    """In words: ``dates, written dd/mm/yyyy``."""
    missing: str
    """Share without a value, with its interval, or ``none``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What was seen in one file."""

    rows: int
    columns: tuple[ColumnLook, ...]
    notices: tuple[Notice, ...]
    """Worst first."""

    @property
    def to_mend(self) -> int:
        """How many notices stand in the way."""
        return sum(one.sort is Sort.MEND for one in self.notices)

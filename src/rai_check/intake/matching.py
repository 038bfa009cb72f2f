"""Which shipped code lists a column's values come from."""

from collections.abc import Sequence
from dataclasses import dataclass

from rai_check.measurement import NOT_KNOWN
from rai_check.tables import CODE_LISTS, CodeList

MOST = 500
"""Distinct values beyond which a column is not one of codes."""
LEAST = 0.5
"""Share of the distinct values, or of the rows, that a list must have to be mentioned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListMatch:
    """How much of a column a code list has.

    Attributes:
        codes: the list's id.
        matched: distinct values looked at that the list has, "not stated" ones included.
        of: distinct values looked at.
        groups: how many different groups they name.
        rows: share of the rows (of the values looked at, where they are a sample).
    """

    codes: str
    matched: int
    of: int
    groups: int
    rows: float

    @property
    def share(self) -> float:
        """Share of the distinct values that the list has."""
        return self.matched / self.of


def list_matches(valued: Sequence[tuple[str, int]]) -> tuple[ListMatch, ...]:
    """Return the lists that have at least `LEAST` of the values, the best first."""
    found = [m for held in CODE_LISTS.values() if (m := _match(held, valued))]
    return tuple(sorted(found, key=lambda one: (-one.share, -one.rows, one.codes)))


def _match(held: CodeList, valued: Sequence[tuple[str, int]]) -> ListMatch | None:
    if len(valued) > MOST:
        return None
    read = [(held.read_published(text), n) for text, n in valued]
    known = [(label, n) for label, n in read if label is not None]
    groups = {label for label, _ in known} - {NOT_KNOWN}
    rows = sum(n for _, n in valued)
    held_rows = sum(n for _, n in known)
    if not groups or (len(known) < LEAST * len(valued) and held_rows < LEAST * rows):
        return None
    return ListMatch(
        codes=held.id,
        matched=len(known),
        of=len(valued),
        groups=len(groups),
        rows=held_rows / rows,
    )

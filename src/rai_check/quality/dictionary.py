"""Columns held against what the project declares of them: extra, lacking, without a purpose."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rai_check.project import Meaning, RoleTable, is_given
from rai_check.project.columns import ColumnFile
from rai_check.quality.places import place_of

Gap = Literal["not declared", "declared but not in the file", "no purpose given", "still to do"]
"""The last: somebody has written that a purpose is to be given, and nobody has given it."""
NEEDS_WORDS = frozenset({Meaning.CASE, Meaning.DATE, Meaning.FREE_TEXT, Meaning.OTHER})
"""Meanings that do not say what a column is for; a group is one unless it records a protected
characteristic, which the fairness plan has to answer for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnGap:
    """One column that does not match."""

    place: str
    gap: Gap


def gaps_of(table: RoleTable) -> Iterator[ColumnGap]:
    """Yield what is wrong with the columns of a table, those of the file first."""
    held = [column.name for column in table.data.columns]
    for name in held:
        if name not in table.spec.columns:
            yield ColumnGap(place=place_of(table, name), gap="not declared")
    for name, spec in table.spec.columns.items():
        if name not in held:
            yield ColumnGap(place=place_of(table, name), gap="declared but not in the file")
        if not has_purpose(spec):
            to_do = spec.purpose is not None
            gap: Gap = "still to do" if to_do else "no purpose given"
            yield ColumnGap(place=place_of(table, name), gap=gap)


def has_purpose(spec: ColumnFile) -> bool:
    """Whether it is said what a column is for: in words, or by what it means.

    A TODO is no purpose. A prediction, a truth or a wait is there to be measured; why an
    identifier is held is its purpose.
    """
    if is_given(spec.purpose) or (spec.identifier is not None and is_given(spec.identifier.why)):
        return True
    if spec.purpose is not None:
        return False  # a TODO marker says that somebody meant to give one
    if spec.means is Meaning.GROUP:
        return spec.characteristic is not None
    return spec.means not in NEEDS_WORDS

"""What a group column is compared with: counts of a population by the column's own labels."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Counts of a population, by the labels of the groups they are to be compared with."""

    people: str
    """Who they are, to be read after "of": "the people of England, Census 2021"."""
    counts: Mapping[str, int]
    joined: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Labels of the data that stand for one group of the population, and what that is called."""
    sampled: bool = False
    """Whether the counts are themselves a sample, so that they have a sampling error too."""
    notes: tuple[str, ...] = ()
    """Whole sentences for the reader: where the counts come from, and what was made alike."""

"""What a code list is, and how it reads a value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from rai_check.measurement import NOT_KNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeList:
    """A published list of codes, or of labels that it reads in more than one wording.

    Attributes:
        id: what a project file calls it.
        title: for people.
        origin: who publishes it, and where.
        version: of the published list, so that a later one can stand beside it.
        labels: value in the data to name of the group; several values may share a group.
        not_known: values that say "refused", "not stated" or "not known": not groups.
        wordings: reads any other wording, as `read` does; None where values must be exact.
    """

    id: str
    title: str
    origin: str
    version: str
    labels: Mapping[str, str]
    not_known: frozenset[str] = frozenset()
    wordings: Callable[[str], str | None] | None = field(default=None, repr=False)

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups, each once, in the order in which they are published."""
        return tuple(dict.fromkeys(self.labels.values()))

    def read(self, value: str) -> str | None:
        """Say which group a value is of: one that is published, or the label of a group itself.

        A table of residents, or one made from a report, names the groups by their labels.

        Args:
            value: as the table holds it.

        Returns:
            The group's label; `NOT_KNOWN` for "refused", "not stated" and the like; None where
            the list has no such value.
        """
        found = self.read_published(value)
        return value if found is None and value in self.labels.values() else found

    def read_published(self, value: str) -> str | None:
        """Say the same of published values and their wordings only.

        By them lists are told apart: many have the same labels for their groups.
        """
        if value in self.labels:
            return self.labels[value]
        if value in self.not_known:
            return NOT_KNOWN
        return self.wordings(value) if self.wordings is not None else None

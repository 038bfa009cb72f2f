"""A table of the project at run time: its rows, and what the project says of its columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rai_check.check import Missing
from rai_check.project.columns import ColumnFile, Meaning
from rai_check.project.table_file import TableFile
from rai_check.reading import StepNote

if TYPE_CHECKING:
    from rai_check.tables import Predicate, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleTable:
    """A table with what the project says of it."""

    name: str
    spec: TableFile
    data: "Table"
    steps: tuple[StepNote, ...] = ()
    """What was done to its rows after they were read."""
    unread: Mapping[str, int] = field(default_factory=dict)
    """Column → how many of its blanks may stand for something; see `rai_check.derive.Derived`."""
    memo: dict[object, object] = field(default_factory=dict, repr=False, compare=False)
    """What has been counted already, so that every check can share it."""

    def column(self, meaning: Meaning) -> str:
        """Name of the column with a meaning that only one can have.

        Raises:
            Missing: when the project declares none.
            DataError: when the column declared is not in the file.
        """
        found = self.columns(meaning)
        if not found:
            raise Missing(f"no column of table {self.name!r} means {meaning.value!r}")
        return found[0]

    def columns(self, meaning: Meaning) -> tuple[str, ...]:
        """Names of the columns with a meaning, each checked to be in the file."""
        from rai_check.tables import require

        names = tuple(name for name, spec in self.spec.columns.items() if spec.means is meaning)
        for name in names:
            require(self.data, name)
        return names

    def known(self, name: str) -> "Predicate":
        """Where a column has a value that the project does not declare as not known."""
        from rai_check.tables import And, AtLeast, IsIn, Known, Not

        spec = self.spec.columns[name]
        parts: list[Predicate] = [Known(name)]
        if spec.at_least is not None:
            parts.append(AtLeast(name, float("-inf")))  # that is: a finite number
        if spec.not_known:
            parts.append(Not(IsIn(name, spec.not_known)))
        if spec.negative:
            parts.append(IsIn(name, (*spec.positive, *spec.negative)))
        return And(tuple(parts))

    def column_spec(self, name: str) -> ColumnFile:
        """What the project says of one column."""
        return self.spec.columns[name]

"""From the values of a group column to the labels that may be shown.

A label is shown only if the project declares it or a shipped code list has it;
anything else is "undeclared group N", numbered in the order of the values.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rai_check.check import Missing
from rai_check.errors import UsageError
from rai_check.measurement import NOT_KNOWN, UNDECLARED
from rai_check.project.columns import ColumnFile
from rai_check.project.role_table import RoleTable

MAX_UNDECLARED = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """How the values of one column become groups."""

    column: str
    labels: Mapping[str, str]
    """Value → label; a value that is not here is not known."""
    promised: tuple[str, ...]
    """Labels that the project itself declares, so that their absence is noticed."""
    undeclared: int
    """Number of distinct values that nothing declares."""

    def label(self, value: str | None) -> str | None:
        """Label of a value; None where the group is not known."""
        return None if value is None else self.labels.get(value)

    def declares(self, value: str | None) -> bool:
        """Whether a value is of a group that the project or a code list declares."""
        label = self.label(value)
        return label is not None and not label.startswith(UNDECLARED)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know of the labels."""
        if not self.undeclared:
            return ()
        values = "value" if self.undeclared == 1 else "values"
        note = (
            f"{self.undeclared} {values} of column {self.column!r} not declared; "
            "declare them under 'labels' (or 'not_known') to see their names."
        )
        return (note,)


def grouping(table: RoleTable, column: str) -> Grouping:
    """Work out the groups of a column.

    Raises:
        Missing: when it is not declared as a group, or holds too many undeclared values.
        DataError: when the column is not in the file.
        UsageError: when its code list does not exist.
    """
    from rai_check.tables import require

    if column not in table.spec.columns:
        raise Missing(f"column {column!r} is not declared as a group of table {table.name!r}")
    require(table.data, column)
    return grouping_of(table, column, (value for value, _ in table.data.distinct(column)))


def grouping_of(table: RoleTable, column: str, values: Iterable[str | None]) -> Grouping:
    """Work out the groups of a declared column from its distinct values.

    Raises:
        Missing: when it holds too many undeclared values.
        UsageError: when its code list does not exist, or two labels are for one value.
    """
    from rai_check.tables import code_list

    spec = table.spec.columns[column]
    declared, not_known = _declared(column, spec)
    codes = code_list(spec.codes) if spec.codes else None
    if codes is not None:
        declared |= dict(codes.labels)
        not_known |= codes.not_known
    unknown: list[str] = []
    for value in values:
        if value is None or value in not_known or value in declared:
            continue
        if codes is not None and (label := codes.read(value)) is not None:
            if label != NOT_KNOWN:  # a list of labels reads more wordings than it can name here
                declared[value] = label
            continue
        unknown.append(value)
        if len(unknown) > MAX_UNDECLARED:
            raise Missing(
                f"column {column!r} has more than {MAX_UNDECLARED} values that nothing declares; "
                "declare its groups under 'labels', or name a code list with 'codes'"
            )
    names = {value: f"{UNDECLARED}{i}" for i, value in enumerate(sorted(unknown), start=1)}
    labels = {v: name for v, name in declared.items() if v not in not_known}
    return Grouping(
        column=column,
        labels={**labels, **names},
        promised=tuple(sorted({*spec.labels.values()})),
        undeclared=len(unknown),
    )


def _declared(column: str, spec: ColumnFile) -> tuple[dict[str, str], set[str | None]]:
    """The project's own labels and values that are not known, as the table's values are read."""
    from rai_check.tables.text import text_forms_of

    forms = text_forms_of(tuple(spec.labels))
    declared = {f: name for f, name in zip(forms, spec.labels.values(), strict=True) if f}
    kept = [f and declared[f] for f in forms]
    if kept != [*spec.labels.values()]:
        raise UsageError(
            f"column {column!r}: two of its 'labels' are for the same value once read, or for "
            "an empty one; keep one of them"
        )
    return declared, {*text_forms_of(spec.not_known)}

"""Whether a value is there: neither blank, nor declared or listed as not known."""

from typing import TYPE_CHECKING

from rai_check.measurement import Proportion
from rai_check.project import Meaning, RoleTable
from rai_check.project.grouping import MAX_UNDECLARED, grouping_of
from rai_check.quality.codes import batched

if TYPE_CHECKING:
    from rai_check.tables import Predicate


def is_there(table: RoleTable, column: str) -> "Predicate":
    """Where a column has a value; of a group column, one that its code list does not call unknown.

    Raises:
        DataError: the column is not in the file.
    """
    return _but(table, column, declared=False)


def is_declared(table: RoleTable, column: str) -> "Predicate":
    """As `is_there`; of a group column, only groups that are declared.

    That is the known share that fairness controls ask for.

    Raises:
        DataError: the column is not in the file.
    """
    return _but(table, column, declared=True)


def _but(table: RoleTable, column: str, *, declared: bool) -> "Predicate":
    from rai_check.tables import And, IsIn, Not, require

    require(table.data, column)
    plain = table.known(column)
    if table.column_spec(column).means is not Meaning.GROUP:
        return plain
    present, absent = _parted(table, column, declared=declared)
    if not absent:
        return plain
    if not present:
        return And((plain, Not(plain)))  # nobody: not even where it is blank
    if len(present) < len(absent):  # the shorter list: a mistaken column may hold a million
        return And((plain, IsIn(column, present)))
    return And((plain, Not(IsIn(column, absent))))


def _parted(
    table: RoleTable, column: str, *, declared: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Values that stand for a known group, and values that do not."""
    present: list[str] = []
    absent: list[str] = []
    for some in batched(table.data.distinct(column), MAX_UNDECLARED):
        values = [value for value, _ in some if value is not None]
        groups = grouping_of(table, column, values)
        for value in values:
            good = groups.declares(value) if declared else groups.label(value) is not None
            (present if good else absent).append(value)
    return tuple(present), tuple(absent)


def known_share(table: RoleTable, where: "Predicate", unit: tuple[str, ...] = ()) -> Proportion:
    """The share of rows with a value; of rows that repeat a unit, with what they are worth.

    Args:
        table: with one row or more.
        where: has a value.
        unit: the column that rows repeat, or nothing. Rows without one count by themselves.
    """
    rows = table.data.counts(unit, {"there": where}).rows
    x, n = sum(row.sums[0] for row in rows), sum(row.n for row in rows)
    return Proportion(x=x, n=n, effective=_worth([(r.sums[0], r.n, r.key) for r in rows], unit))


def _worth(
    counts: list[tuple[int, int, tuple[str | None, ...]]], unit: tuple[str, ...]
) -> float | None:
    """Effective size: as of independent rows that would know the share as well (Kish 1965)."""
    if not unit:
        return None
    from rai_check.stats.clusters import design_effect

    single = [(x, n) for x, n, key in counts if key[0] is None]
    units = [(x, n) for x, n, key in counts if key[0] is not None]
    for x, n in single:
        units += [(1, 1)] * x + [(0, 1)] * (n - x)
    return design_effect([x for x, _ in units], [n for _, n in units]).effective

"""Rows that repeat what should name one of them."""

from typing import TYPE_CHECKING

from rai_check.measurement import Exact, Measurement, Undefined, where_of
from rai_check.project import Meaning, RoleTable

if TYPE_CHECKING:
    from rai_check.tables import Table

METRIC = "rows that repeat a key"


def key_of(table: RoleTable) -> tuple[str, ...]:
    """The columns that together name a row: those that mean `case`, in the order declared.

    None where rows stand for many, as in a table with a count column.

    Raises:
        DataError: a declared column is not in the file.
    """
    return () if table.columns(Meaning.COUNT) else table.columns(Meaning.CASE)


def repeats(table: "Table", key: tuple[str, ...]) -> int | None:
    """Rows beyond the first of each key, None where no row has a whole one.

    One with a part of it missing names no row.
    """
    from rai_check.tables import Known

    if len(key) == 1:
        known = sum(row.sums[0] for row in table.counts((), {"known": Known(key[0])}).rows)
        return known - table.count_distinct(key[0]) if known else None
    cells = table.cells(key)
    n = cells.n
    for place, values in enumerate(cells.keys):
        if values and values[-1] is None:
            n = n * (cells.codes[:, place] != len(values) - 1)
    return int((n[n > 0] - 1).sum()) if n.any() else None


def measured(table: RoleTable, key: tuple[str, ...]) -> Measurement:
    """How many rows of a table repeat a key."""
    found = repeats(table.data, key)
    text = "no row has a value in every column of its key"
    return Measurement(
        metric=METRIC,
        evidence=Undefined(code="no_key", text=text, mendable=True)
        if found is None
        else Exact(value=found),
        where=where_of({"table": table.name}),
        unit="rows",
    )

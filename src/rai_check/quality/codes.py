"""Values held against the list of those that the project, or a shipped code list, declares."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from rai_check.project import Meaning, RoleTable
from rai_check.project.grouping import MAX_UNDECLARED, grouping_of
from rai_check.quality.places import place_of
from rai_check.quality.shares import Share, share_of, values_of

V = TypeVar("V", str, str | None)
_DECIDED = frozenset({Meaning.PREDICTION, Meaning.TRUTH, Meaning.TODAY})
WRONG = "value that nothing declares"


def listed_columns(table: RoleTable) -> tuple[str, ...]:
    """Columns whose values are all declared: groups with labels or codes, whole outcomes."""
    return tuple(
        name
        for name, spec in table.spec.columns.items()
        if (spec.means is Meaning.GROUP and (spec.labels or spec.codes))
        or (spec.means is Meaning.STRATUM and spec.labels)
        or (spec.means in _DECIDED and spec.negative)
    )


def code_shares(table: RoleTable) -> Iterator[Share]:
    """Yield the share of declared values of each such column that has a value.

    Raises:
        DataError: a declared column is not in the file.
    """
    for name in listed_columns(table):
        if (found := _share(table, name)) is not None:
            yield found


def _share(table: RoleTable, column: str) -> Share | None:
    from rai_check.tables import require
    from rai_check.tables.text import text_forms_of

    require(table.data, column)
    spec = table.column_spec(column)
    if spec.means is Meaning.GROUP:
        return _of_groups(table, column)
    meant = {*text_forms_of((*spec.labels, *spec.positive, *spec.negative))}
    return share_of(table, column, lambda value: value in meant, wrong=WRONG)


def _of_groups(table: RoleTable, column: str) -> Share | None:
    """As the fairness checks read them; a few at a time, as they refuse many undeclared values."""
    known = good = 0
    for some in batched(values_of(table, column), MAX_UNDECLARED):
        groups = grouping_of(table, column, (value for value, _ in some))
        known += sum(n for value, n in some if groups.label(value) is not None)
        good += sum(n for value, n in some if groups.declares(value))
    if not known:
        return None
    return Share(place=place_of(table, column), good=good, known=known, wrong=WRONG)


def batched(values: Iterable[tuple[V, int]], size: int) -> Iterator[tuple[tuple[V, int], ...]]:
    """Cut values with their rows into tuples of at most `size`."""
    rest = iter(values)
    while some := tuple(islice(rest, size)):
        yield some

"""Names for the strata of a column: those that the project declares, numbers for the others.

A value of the data is never shown. Unlike groups, strata are not compared with one another, so
their number is not capped and one without a declared name does not count as not known.
"""

from collections.abc import Iterable
from itertools import count

from rai_check.project.columns import ColumnFile
from rai_check.project.grouping import Grouping
from rai_check.tables.text import text_forms_of

STRATUM = "stratum "
"""How the name of a value begins that nothing declares; a number follows."""


def stratum_labels(column: str, spec: ColumnFile, values: Iterable[str | None]) -> Grouping:
    """Name every value of a stratum column that occurs.

    Args:
        column: its name.
        spec: what the project declares of it.
        values: its distinct values in text form; None for missing.

    Returns:
        Labels by value: declared ones, and "stratum N" in the order of the other values.
    """
    declared = dict(zip(text_forms_of(tuple(spec.labels)), spec.labels.values(), strict=True))
    unknown = {*text_forms_of(spec.not_known)}
    others = sorted(v for v in values if v is not None and v not in unknown and v not in declared)
    taken = {*declared.values()}
    names = (name for i in count(1) if (name := f"{STRATUM}{i}") not in taken)
    named = {value: label for value, label in declared.items() if value is not None}
    return Grouping(
        column=column,
        labels={**named, **dict(zip(others, names, strict=False))},
        promised=(),
        undeclared=0,
    )

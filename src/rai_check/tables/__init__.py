"""Tables: every check asks one for aggregates; the engine behind it counts."""

from rai_check.reading import ReadNote
from rai_check.tables.codes import CODE_LISTS, CodeList, code_list
from rai_check.tables.interface import (
    NO_MEASURES,
    SCALE,
    And,
    AtLeast,
    Cells,
    Column,
    CountRow,
    Counts,
    Cut,
    IsIn,
    Kind,
    Known,
    Not,
    NumericProfile,
    Predicate,
    Sums,
    Table,
)
from rai_check.tables.names import require, shown
from rai_check.tables.readers import from_frame, open_table

__all__ = [
    "CODE_LISTS",
    "NO_MEASURES",
    "SCALE",
    "And",
    "AtLeast",
    "Cells",
    "CodeList",
    "Column",
    "CountRow",
    "Counts",
    "Cut",
    "IsIn",
    "Kind",
    "Known",
    "Not",
    "NumericProfile",
    "Predicate",
    "ReadNote",
    "Sums",
    "Table",
    "code_list",
    "from_frame",
    "open_table",
    "require",
    "shown",
]

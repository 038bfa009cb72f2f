"""Numbers that can be used: finite, and none below nought where that cannot be."""

from collections.abc import Iterator

from rai_check.project import Meaning, RoleTable
from rai_check.project.columns import ColumnFile
from rai_check.quality.days import unread
from rai_check.quality.places import place_of
from rai_check.quality.shares import Share
from rai_check.values import Written

NUMBERS = frozenset({Written.NUMBER, Written.PERCENT, Written.POUNDS})
_MEANT = frozenset({Meaning.AMOUNT, Meaning.WAIT, Meaning.SCORE, Meaning.WEIGHT})
_FROM_NOUGHT = frozenset({Meaning.WAIT, Meaning.WEIGHT})
NOT_A_NUMBER, BELOW = "not a number", "below nought"


def is_numeric(spec: ColumnFile) -> bool:
    """Whether the project says that a column holds numbers."""
    return spec.means in _MEANT or spec.at_least is not None or spec.written in NUMBERS


def number_shares(table: RoleTable) -> Iterator[Share]:
    """Yield the share of usable numbers of each declared column of numbers that has a value.

    Raises:
        DataError: a declared column is not in the file.
    """
    for name, spec in table.spec.columns.items():
        if is_numeric(spec) and (found := _share(table, name, spec)) is not None:
            yield found


def _share(table: RoleTable, column: str, spec: ColumnFile) -> Share | None:
    from rai_check.tables import And, AtLeast, IsIn, Known, Not

    meant = And((Known(column), *([Not(IsIn(column, spec.not_known))] if spec.not_known else [])))
    measures = {
        "known": meant,
        "number": And((meant, AtLeast(column, float("-inf")))),
        "from nought": And((meant, AtLeast(column, 0.0))),
    }
    rows = table.data.counts((), measures).rows
    there, number, from_nought = (sum(row.sums[i] for row in rows) for i in range(3))
    lost = unread(table, column)
    if not (known := there + lost):
        return None
    below = number - from_nought if spec.means in _FROM_NOUGHT else 0
    return Share(
        place=place_of(table, column),
        good=number - below,
        known=known,
        wrong=NOT_A_NUMBER,
        finer=((NOT_A_NUMBER, known - number), (BELOW, below)),
    )

"""Whether the rows of a table are of the period that it is said to cover."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rai_check.measurement import Exact, Measurement, Where, where_of
from rai_check.project import RoleTable
from rai_check.quality.days import day_of
from rai_check.quality.places import place_of
from rai_check.quality.shares import Share

INSIDE = "percentage of rows dated in the period"
_OUTSIDE = "without a date in the period that the table is said to cover"
_MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Rows of one table by where their date falls."""

    table: str
    place: str
    """Of the column that dates its rows."""
    share: Share | None
    """Of all rows, as one without a date is not shown to be of the period; None where none has."""
    undated: int
    months: int
    """Months that the period touches."""
    empty: int
    """Of those, months without a row."""
    ends: int
    """Of the first and the last month, those without a row."""

    def information(self) -> Iterator[Measurement]:
        """What stands beside the share."""
        where = where_of({"table": self.table})
        yield Measurement(
            metric="rows without a date",
            evidence=Exact(value=self.undated),
            where=where,
            unit="rows",
            information=True,
        )
        yield self._months("months of the period without a row", self.empty, where)
        yield self._months("first and last month without a row", self.ends, where)

    def _months(self, metric: str, n: int, where: Where) -> Measurement:
        return Measurement(
            metric=metric,
            evidence=Exact(value=n),
            where=where,
            unit="months",
            about_people=False,
            information=True,
        )


def coverage_of(table: RoleTable) -> Coverage | None:
    """Count the rows of a table by its period; None where it has none, or no row.

    Raises:
        DataError: the column of the period is not in the file.
    """
    from rai_check.tables import require

    covers = table.spec.covers
    if covers is None or not table.data.rows:
        return None
    require(table.data, covers.column)
    inside, outside, undated = 0, 0, 0
    seen: set[int] = set()
    for value, n in table.data.distinct(covers.column):
        day = day_of(value) if value is not None else None
        if day is None:
            undated += n
        elif covers.from_ <= day <= covers.to:
            inside += n
            seen.add(month_of(day))
        else:
            outside += n
    first, last = month_of(covers.from_), month_of(covers.to)
    place, dated = place_of(table, covers.column), inside + outside
    return Coverage(
        table=table.name,
        place=place,
        share=Share(place=place, good=inside, known=dated + undated, wrong=_OUTSIDE)
        if dated
        else None,
        undated=undated,
        months=last - first + 1,
        empty=sum(month not in seen for month in range(first, last + 1)),
        ends=len({first, last} - seen),
    )


def month_of(day: date) -> int:
    """Months since the year nought, so that two can be subtracted."""
    return day.year * _MONTHS + day.month - 1

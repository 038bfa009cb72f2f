"""days_between: calendar days from one date to another."""

from typing import Annotated

from pydantic import Field

from rai_check.derive.interface import ColumnName, Step, Work, named, told
from rai_check.derive.typed import day
from rai_check.reading import StepNote


class DaysBetween(Step):
    """`days_between: {from: met_on, to: notice_on, into: days_to_notice}`.

    The day after `from` is day 1, so that a 28-day limit is kept by 28. Below nought where `to`
    comes first; missing where either date is.
    """

    from_: Annotated[ColumnName, Field(alias="from")]
    to: ColumnName
    into: ColumnName

    @property
    def adds(self) -> tuple[str, ...]:
        """See `Step`."""
        return (self.into,)

    def run(self, work: Work) -> StepNote:
        """See `Step`."""
        start, end = day(work, self.from_), day(work, self.to)
        lacking = work.count(f"{start} IS NULL OR {end} IS NULL")
        work.bench.add({self.into: f"date_diff('day', {start}, {end})"})
        rows = work.bench.rows
        return StepNote(
            step="days_between",
            does=f"days from {named(self.from_)} to {named(self.to)}",
            rows_in=rows,
            rows_out=rows,
            unset=told((f"without {named(self.from_)} or {named(self.to)}", lacking)),
            columns=(self.into,),
        )

"""period: only rows dated within a period."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from rai_check.derive.interface import ColumnName, Step, Work, named, told
from rai_check.derive.typed import day
from rai_check.documents import Day
from rai_check.reading import StepNote


class Period(Step):
    """`period: {column: decided_on, from: 2025-04-01, to: 2026-03-31}`; both days count.

    Rows without a date leave too, and are counted apart.
    """

    column: ColumnName
    from_: Annotated[Day, Field(alias="from")]
    to: Day

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.to < self.from_:
            raise ValueError("'to' is before 'from'")
        return self

    def run(self, work: Work) -> StepNote:
        """See `Step`."""
        rows, on = work.bench.rows, day(work, self.column)
        first, last = f"DATE '{self.from_}'", f"DATE '{self.to}'"
        left_out = told(
            (f"before {self.from_}", work.count(f"{on} < {first}")),
            (f"after {self.to}", work.count(f"{on} > {last}")),
            (f"without {named(self.column)}", work.count(f"{on} IS NULL")),
        )
        work.bench.keep(f"{on} BETWEEN {first} AND {last}")
        return StepNote(
            step="period",
            does=f"only {named(self.column)} from {self.from_} to {self.to}",
            rows_in=rows,
            rows_out=work.bench.rows,
            left_out=left_out,
        )

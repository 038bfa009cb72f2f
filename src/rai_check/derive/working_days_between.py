"""working_days_between: days that are no Saturday, Sunday or bank holiday of England and Wales."""

from typing import Annotated

from pydantic import Field

from rai_check.derive.bank_holidays import FIRST_YEAR, LAST_YEAR, bank_holidays
from rai_check.derive.interface import ColumnName, Step, Work, named, told
from rai_check.derive.typed import day
from rai_check.reading import StepNote


class WorkingDaysBetween(Step):
    """`working_days_between: {from: received_on, to: answered_on, into: days_taken}`.

    The working days after `from` up to and including `to`, as section 10 of the Freedom of
    Information Act 2000 counts its twentieth working day following receipt. Where `to` comes
    first: minus those after `to` up to and including `from`. Missing where either date is, or lies
    in a year for which bank holidays are not known.
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
        lacking = f"({start} IS NULL OR {end} IS NULL)"
        years = f"year({start}) NOT BETWEEN {FIRST_YEAR} AND {LAST_YEAR}"
        outside = f"{years} OR {years.replace(start, end)}"
        counts = told(
            (f"without {named(self.from_)} or {named(self.to)}", work.count(lacking)),
            (
                f"with a date outside {FIRST_YEAR} to {LAST_YEAR}",
                work.count(f"NOT {lacking} AND ({outside})"),
            ),
        )
        passed = _working_days_passed(work)
        joins = f"LEFT JOIN {passed} a ON a.day = {start} LEFT JOIN {passed} b ON b.day = {end}"
        work.bench.add({self.into: "b.passed - a.passed"}, joins=joins)
        work.bench.drop(passed)
        rows = work.bench.rows
        return StepNote(
            step="working_days_between",
            does=f"working days in England after {named(self.from_)} up to {named(self.to)}",
            rows_in=rows,
            rows_out=rows,
            unset=counts,
            columns=(self.into,),
        )


def _working_days_passed(work: Work) -> str:
    """Make a table of every day, with how many working days there have been up to its end."""
    days = f"range(DATE '{FIRST_YEAR}-01-01', DATE '{LAST_YEAR + 1}-01-01', INTERVAL 1 DAY)"
    return work.bench.make(
        "SELECT day, sum((isodow(day) < 6 AND day NOT IN (SELECT unnest(?::DATE[])))::INT) "  # noqa: S608 - SQL of ours
        f"OVER (ORDER BY day) AS passed FROM (SELECT unnest({days})::DATE AS day)",
        [list(bank_holidays(FIRST_YEAR, LAST_YEAR))],
    )

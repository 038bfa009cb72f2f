"""age_at: completed years on a day."""

from rai_check.derive.interface import ColumnName, Step, Work, named, told
from rai_check.derive.typed import day
from rai_check.reading import StepNote


class AgeAt(Step):
    """`age_at: {born: date_of_birth, on: decided_on, into: age}`.

    An age is reached at the start of the anniversary of the birth (Family Law Reform Act 1969, s9);
    who was born on 29 February reaches it, in a year without one, on 1 March. Missing where either
    date is, or where the birth comes after the day.
    """

    born: ColumnName
    on: ColumnName
    into: ColumnName

    @property
    def adds(self) -> tuple[str, ...]:
        """See `Step`."""
        return (self.into,)

    def run(self, work: Work) -> StepNote:
        """See `Step`."""
        born, on = day(work, self.born), day(work, self.on)
        to_come = f"{_month_and_day(on)} < {_month_and_day(born)}"
        years = f"year({on}) - year({born}) - ({to_come})::INT"
        unset = told(
            (
                f"without {named(self.born)} or {named(self.on)}",
                work.count(f"{born} IS NULL OR {on} IS NULL"),
            ),
            (f"with {named(self.born)} after {named(self.on)}", work.count(f"{born} > {on}")),
        )
        work.bench.add({self.into: f"CASE WHEN {born} <= {on} THEN {years} END"})
        rows = work.bench.rows
        return StepNote(
            step="age_at",
            does=f"age in completed years on {named(self.on)}, from {named(self.born)}",
            rows_in=rows,
            rows_out=rows,
            unset=unset,
            columns=(self.into,),
        )


def _month_and_day(date: str) -> str:
    return f"(month({date}) * 100 + day({date}))"

"""age_at: completed years on a day."""

from rai_check.derive.interface import ColumnName, Step, Work, named, told
from rai_check.derive.typed import day
from rai_check.reading import StepNote

OLDEST = 130
"""Years; nobody is older."""


class AgeAt(Step):
    """`age_at: {born: date_of_birth, on: decided_on, into: age}`.

    An age is reached at the start of the anniversary of the birth (Family Law Reform Act 1969, s9);
    who was born on 29 February reaches it, in a year without one, on 1 March. Missing where either
    date is, where the birth comes after the day, or where the age would be over 130: the oldest
    person known lived to 122, so such a birth is a slip or a stand-in such as 01/01/1800.
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
            (f"with an age over {OLDEST}", work.count(f"{years} > {OLDEST}")),
        )
        possible = f"{born} <= {on} AND {years} <= {OLDEST}"
        work.bench.add({self.into: f"CASE WHEN {possible} THEN {years} END"})
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

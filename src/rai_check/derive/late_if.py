"""late_if: `late` or `in time`, from a number of days or from two dates."""

from typing import Self

from pydantic import model_validator

from rai_check.derive.interface import ColumnName, Step, Work, about, named, told
from rai_check.derive.typed import day, number
from rai_check.documents import Day
from rai_check.reading import LeftOut, StepNote

LATE, IN_TIME = "late", "in time"
"""The values of the column that it adds."""


class LateIf(Step):
    """`late_if: {column: days_to_notice, more_than: 28, into: late}`, or from two dates.

    `late_if: {done: notice_on, due: notice_due, as_of: 2026-06-01, into: late}`: late where `done`
    is after `due`, or where it is blank and `as_of`, the day the data was drawn, is after `due`.
    Blank with `due` still to come is open: missing, and counted. So waiting cases that are overdue
    count as late.
    """

    column: ColumnName | None = None
    more_than: float | None = None
    done: ColumnName | None = None
    due: ColumnName | None = None
    as_of: Day | None = None
    into: ColumnName

    @model_validator(mode="after")
    def _is_one_form(self) -> Self:
        given = {name for name in _FORMS[0] | _FORMS[1] if getattr(self, name) is not None}
        if given not in _FORMS:
            raise ValueError("give 'column' and 'more_than', or 'done', 'due' and 'as_of'")
        return self

    @property
    def adds(self) -> tuple[str, ...]:
        """See `Step`."""
        return (self.into,)

    def run(self, work: Work) -> StepNote:
        """See `Step`."""
        does, sql, unset = self._by_number(work) if self.column else self._by_dates(work)
        work.bench.add({self.into: sql})
        rows = work.bench.rows
        return StepNote(
            step="late_if",
            does=does,
            rows_in=rows,
            rows_out=rows,
            unset=unset,
            columns=(self.into,),
        )

    def _by_number(self, work: Work) -> tuple[str, str, tuple[LeftOut, ...]]:
        assert self.column is not None  # noqa: S101 - this is the form with a column
        value = number(work, self.column)
        late = f"{value} > {self.more_than!r}::DOUBLE"
        unset = told((f"without {named(self.column)}", work.count(f"{value} IS NULL")))
        return (
            f"late where {named(self.column)} is more than {self.more_than:g}",
            _said(late),
            unset,
        )

    def _by_dates(self, work: Work) -> tuple[str, str, tuple[LeftOut, ...]]:
        assert self.done is not None  # noqa: S101 - this is the form with two dates
        assert self.due is not None  # noqa: S101 - as above
        blank = work.count(f"{work.bench.place(self.done)} IS NULL")
        # What could not be read is blank: where a step has left such rows out, fewer are.
        if unread := min(work.unread.get(self.done, 0), blank):
            raise work.fault(
                f"a blank {named(self.done)} means not done, and {about(unread, 'value')} of it "
                "could not be read, were not listed by a recode, or may be hidden from a join by "
                "damaged keys; correct them, "
                "or list what they say under 'not_known' if it means not done."
            )
        done, due, as_of = day(work, self.done), day(work, self.due), f"DATE '{self.as_of}'"
        ends = f"coalesce({done}, {as_of})"
        waiting = f"{done} IS NULL AND {due} >= {as_of}"
        unset = told(
            (f"without {named(self.due)}", work.count(f"{due} IS NULL")),
            ("still open and not yet due", work.count(waiting)),
        )
        does = (
            f"late where {named(self.done)}, or {self.as_of} if blank, is after {named(self.due)}"
        )
        return does, f"CASE WHEN NOT ({waiting}) THEN {_said(f'{ends} > {due}')} END", unset


_FORMS = ({"column", "more_than"}, {"done", "due", "as_of"})


def _said(late: str) -> str:
    return f"CASE {late} WHEN TRUE THEN '{LATE}' WHEN FALSE THEN '{IN_TIME}' END"

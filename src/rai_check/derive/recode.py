"""recode: values replaced by others from a list that the project gives."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from rai_check.derive.interface import ColumnName, Step, Work, named, told
from rai_check.reading import StepNote
from rai_check.tables.text import text_forms_of

_NewText = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Recode(Step):
    """`recode: {column: outcome, into: tool_says, values: {A: bring forward, N: no action}}`.

    Values are matched as they are read, exactly, and the new ones are written as if they had been
    read ("True" as "true"), so that what is declared of the new column finds them. `others:
    missing`, the default, leaves what is not listed missing; `others: keep` keeps it as it is; both
    count it.
    """

    column: ColumnName
    into: ColumnName
    values: Annotated[dict[str, _NewText], Field(min_length=1, max_length=10_000)]
    others: Literal["missing", "keep"] = "missing"

    @model_validator(mode="after")
    def _values_differ(self) -> Self:
        if any(not value.strip() for value in self.values):
            raise ValueError("a blank cell is missing and cannot be recoded; leave it out")
        return self

    @property
    def adds(self) -> tuple[str, ...]:
        """See `Step`."""
        return (self.into,)

    def run(self, work: Work) -> StepNote:
        """See `Step`."""
        place, text, new = work.bench.place(self.column), work.known(self.column), self._new(work)
        unlisted = f"NOT coalesce({place} IN (SELECT k FROM {new}), FALSE)"  # noqa: S608 - SQL of ours
        others = work.count(f"{unlisted} AND {text} IS NOT NULL")
        blank = work.count(f"{unlisted} AND {text} IS NULL")
        unset = told((f"without {named(self.column)}", blank), ("of other values", others))
        found = f"coalesce(m.v, {text})" if self.others == "keep" else "m.v"
        work.bench.add({self.into: found}, joins=f"LEFT JOIN {new} m ON m.k = {place}")
        work.bench.drop(new)
        blanked = others if self.others == "missing" else 0
        if lost := work.unread.get(self.column, 0) + blanked:
            work.unread[self.into] = lost
        rows, kept = work.bench.rows, _OTHERS[self.others]
        return StepNote(
            step="recode",
            does=f"recode {len(self.values)} values of {named(self.column)}, others {kept}",
            rows_in=rows,
            rows_out=rows,
            unset=unset,
            columns=(self.into,),
        )

    def _new(self, work: Work) -> str:
        """Make a table of the values as they are read, and what becomes of them."""
        forms = [str(form) for form in text_forms_of(tuple(self.values))]
        if len({*forms}) < len(forms):
            raise work.fault("two of its 'values' are the same once read; keep one of them.")
        new = text_forms_of(tuple(self.values.values()))
        return work.bench.listed(zip(forms, new, strict=True))


_OTHERS = {"missing": "missing", "keep": "as they are"}

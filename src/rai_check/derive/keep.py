"""keep: only rows with one of some values."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from rai_check.derive.interface import ColumnName, Step, Work, named, told
from rai_check.reading import StepNote
from rai_check.tables.text import text_forms_of


class Keep(Step):
    """`keep: {column: area_code, values: [E10000001]}`; values are matched exactly."""

    column: ColumnName
    values: Annotated[tuple[str, ...], Field(min_length=1, max_length=10_000)]

    @model_validator(mode="after")
    def _none_is_blank(self) -> Self:
        if any(not value.strip() for value in self.values):
            raise ValueError("one of 'values' is blank; rows without a value are never kept")
        return self

    def run(self, work: Work) -> StepNote:
        """See `Step`."""
        rows, place = work.bench.rows, work.bench.place(self.column)
        forms = {str(form) for form in text_forms_of(self.values)}
        kept = work.bench.listed((form, None) for form in forms)
        among = f"{place} IN (SELECT k FROM {kept})"  # noqa: S608 - SQL of ours
        left_out = told(
            (f"with another {named(self.column)}", work.count(f"NOT ({among})")),
            (f"without {named(self.column)}", work.count(f"{place} IS NULL")),
        )
        work.bench.keep(among)
        work.bench.drop(kept)
        return StepNote(
            step="keep",
            does=f"only rows with one of {len(forms)} values of {named(self.column)}",
            rows_in=rows,
            rows_out=work.bench.rows,
            left_out=left_out,
        )

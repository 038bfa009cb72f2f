"""age_band: ages in bands."""

from itertools import pairwise
from typing import Annotated, Self

from pydantic import Field, model_validator

from rai_check.derive.age_at import OLDEST
from rai_check.derive.interface import ColumnName, Step, Work, named, told
from rai_check.derive.typed import number
from rai_check.reading import StepNote


class AgeBand(Step):
    """`age_band: {column: age, bands: [0, 16, 25, 35, 50, 65], into: age_band}`.

    Each band begins at its number: "0 to 15", "16 to 24" and so on to "65 and over". Missing where
    the age is, where it is below the first, or where it is nobody's: below 0 or over 130.
    """

    column: ColumnName
    bands: Annotated[tuple[Annotated[int, Field(ge=0, le=150)], ...], Field(min_length=1)]
    into: ColumnName

    @model_validator(mode="after")
    def _rise(self) -> Self:
        if any(low >= high for low, high in pairwise(self.bands)):
            raise ValueError("'bands' must be rising whole numbers")
        return self

    @property
    def adds(self) -> tuple[str, ...]:
        """See `Step`."""
        return (self.into,)

    def run(self, work: Work) -> StepNote:
        """See `Step`."""
        age = number(work, self.column)
        possible = f"{age} BETWEEN 0 AND {OLDEST}"
        unset = told(
            (f"without {named(self.column)}", work.count(f"{age} IS NULL")),
            ("below the first band", work.count(f"{possible} AND {age} < {self.bands[0]}")),
            (f"with an age below 0 or over {OLDEST}", work.count(f"NOT ({possible})")),
        )
        within = " ".join(
            f"WHEN {age} >= {low} THEN '{label}'"
            for low, label in reversed([*zip(self.bands, band_labels(self.bands), strict=True)])
        )
        work.bench.add({self.into: f"CASE WHEN {possible} THEN CASE {within} END END"})
        rows = work.bench.rows
        return StepNote(
            step="age_band",
            does=f"{named(self.column)} in {len(self.bands)} bands",
            rows_in=rows,
            rows_out=rows,
            unset=unset,
            columns=(self.into,),
        )


def band_labels(bands: tuple[int, ...]) -> tuple[str, ...]:
    """Return what each band is called, as "16 to 24", "17" or "65 and over"."""
    inner = [f"{a} to {b - 1}" if b - a > 1 else str(a) for a, b in pairwise(bands)]
    return (*inner, f"{bands[-1]} and over")

"""one_per: one row for each key; duplicates leave, contradictions are errors."""

from typing import Annotated

from pydantic import Field

from rai_check.derive.interface import ColumnName, Step, Work, named
from rai_check.derive.latest import latest
from rai_check.reading import StepNote


class OnePer(Step):
    """`one_per: {key: [case_ref]}`, or with `latest_by: updated_on`.

    Rows of one key that are the same in every column become one, the first in the file. If they
    differ, the one with the latest `latest_by` stays (an undated row counts as the earliest); where
    none is given, or two that differ are the latest, that is an error. Rows with a blank key stay,
    and are counted.
    """

    key: Annotated[tuple[ColumnName, ...], Field(min_length=1, max_length=10)]
    latest_by: ColumnName | None = None

    def run(self, work: Work) -> StepNote:
        """See `Step`."""
        rows = work.bench.rows
        found = latest(work, self.key, self.latest_by, keyless="keep")
        by = f", the latest by {named(self.latest_by)}" if self.latest_by else ""
        return StepNote(
            step="one_per",
            does=f"one row for each {named(*self.key)}{by}",
            rows_in=rows,
            rows_out=work.bench.rows,
            left_out=found.left_out,
            unset=found.unset,
        )

"""last_event: of a log, the last row of each unit."""

from rai_check.derive.interface import ColumnName, Step, Work, named
from rai_check.derive.latest import latest
from rai_check.reading import StepNote


class LastEvent(Step):
    """`last_event: {unit: pupil_ref, by: happened_on}`.

    Rows without a unit leave, and are counted. Two last events of a unit at the same moment that
    differ are an error; that are the same in every column, one. An undated row counts as the
    earliest.
    """

    unit: ColumnName
    by: ColumnName

    def run(self, work: Work) -> StepNote:
        """See `Step`."""
        rows = work.bench.rows
        found = latest(work, (self.unit,), self.by, keyless="drop")
        return StepNote(
            step="last_event",
            does=f"the last row of each {named(self.unit)} by {named(self.by)}",
            rows_in=rows,
            rows_out=work.bench.rows,
            left_out=found.left_out,
            unset=found.unset,
        )

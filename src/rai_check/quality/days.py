"""Dates that can be: a day there is, neither a placeholder nor far off, and no birth to come."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from rai_check.measurement import Measurement, Undefined, where_of
from rai_check.project import Meaning, RoleTable
from rai_check.project.columns import ColumnFile
from rai_check.quality.places import place_of
from rai_check.quality.shares import Share, values_of
from rai_check.values import Written, read_day

EARLIEST = date(1900, 1, 1)
"""Itself a placeholder: what spreadsheets and case systems write for nothing."""
AHEAD, OLDEST = 25, 120
"""Years after the day of measuring that a date may name, and that a person may have lived."""
UNREADABLE, PLACEHOLDER = "not a day that there is", "before 1900, or a placeholder"
FAR_OFF, UNBORN = f"more than {AHEAD} years ahead", "birth after the day of measuring"
TOO_OLD = f"birth more than {OLDEST} years ago"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateColumn:
    """What was counted in one column of dates."""

    place: str
    share: Share | None
    """None where its dates cannot be read at all, for nobody says how they are written."""

    def undefined(self, metric: str) -> Measurement:
        """The measurement of one that cannot be read."""
        text = (
            "its dates are not written as yyyy-mm-dd, and the project does not say how they are: "
            "add 'written' to the column"
        )
        return Measurement(
            metric=metric,
            evidence=Undefined(code="not_written", text=text, mendable=True),
            where=where_of({"column": self.place}),
            unit="share",
        )


def is_dated(spec: ColumnFile) -> bool:
    """Whether the project says that a column holds dates."""
    return spec.means is Meaning.DATE or (spec.written is not None and spec.written.is_day)


def is_birth(spec: ColumnFile) -> bool:
    """Whether a column is declared as a date of birth."""
    from rai_check.recognisers.kinds import kind_named

    kinds = spec.identifier.kinds if spec.identifier else ()
    return "date of birth" in {kind_named(kind, "identifier") for kind in kinds}


def date_columns(table: RoleTable, as_of: date) -> Iterator[DateColumn]:
    """Yield each declared column of dates that has a value.

    Raises:
        DataError: a declared column is not in the file.
    """
    from rai_check.tables import require

    for name, spec in table.spec.columns.items():
        if is_dated(spec):
            require(table.data, name)
            if (found := _counted(table, name, spec, as_of)) is not None:
                yield found


def _counted(table: RoleTable, column: str, spec: ColumnFile, as_of: date) -> DateColumn | None:
    wrong: dict[str, int] = {}
    if lost := unread(table, column):
        wrong[UNREADABLE] = lost
    known, read = lost, 0
    fault = fault_of(as_of, birth=is_birth(spec))
    for value, n in values_of(table, column):
        known += n
        day = day_of(value)
        read += n if day else 0
        if kind := fault(day):
            wrong[kind] = wrong.get(kind, 0) + n
    if not known:
        return None
    place = place_of(table, column)
    if not read and spec.written is None:
        return DateColumn(place=place, share=None)
    share = Share(
        place=place,
        good=known - sum(wrong.values()),
        known=known,
        wrong=UNREADABLE,
        finer=tuple(sorted(wrong.items())),
    )
    return DateColumn(place=place, share=share)


def unread(table: RoleTable, column: str) -> int:
    """Rows whose value could not be read as the project says that it is written."""
    return sum(
        one.rows
        for note in table.steps
        if note.step == "written" and note.columns == (column,)
        for one in note.unset
    )


def day_of(value: str) -> date | None:
    """The day of an ISO date or moment, as tables hold them once read; None where it is not one."""
    return read_day(value, Written.ISO)


def fault_of(as_of: date, *, birth: bool) -> Callable[[date | None], str | None]:
    """What is wrong with a day, in words of ours; None where nothing is."""
    latest = date(as_of.year + AHEAD, 12, 31)
    oldest = date(as_of.year - OLDEST, 1, 1)

    def fault(day: date | None) -> str | None:
        if day is None:
            return UNREADABLE
        if day <= EARLIEST:
            return PLACEHOLDER
        if birth and day > as_of:
            return UNBORN
        if birth and day < oldest:
            return TOO_OLD
        return FAR_OFF if day > latest else None

    return fault

"""One column with what is needed to say anything of it; its values are let go of afterwards."""

from collections.abc import Callable
from dataclasses import dataclass, field

from rai_check.intake.groups import best_list, characteristic_of, said_by_name
from rai_check.intake.matching import ListMatch
from rai_check.intake.profile import ColumnProfile, profile
from rai_check.measurement import NOT_KNOWN
from rai_check.project.columns import ColumnFile
from rai_check.survey.model import Notice, Sort
from rai_check.tables import CodeList, Known, Table, code_list, shown
from rai_check.values import Candidate, Written

MOST_VALUES = 200_000
"""Distinct values of a column that are looked at; of more, a keyed sample."""
_OF_DATES, _OF_LIST, _OF_NUMBERS = 0.8, 0.5, 0.5
"""Least share of the rows; of a list only where the name of the column says so too."""
_DATE_WORDS = frozenset(
    {"date", "dates", "dob", "day", "born", "birth", "birthdate", "start", "started", "end"}
    | {"due", "received", "closed", "opened", "issued", "decided"}
)
KEY_WORDS = frozenset(
    {"id", "ref", "refs", "reference", "number", "no", "num", "key", "case", "urn", "upn", "uprn"}
)
_NEARLY_UNIQUE, _OF_AMOUNTS = 0.9, 0.8
_YEAR = 4
"""Digits of a year; a serial number of so few is of before May 1927."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A column, its profile, its declaration if there is one, and its distinct known values."""

    name: str
    place: int
    """From one."""
    telling: bool
    """Whether its name may itself be somebody's data."""
    profile: ColumnProfile
    spec: ColumnFile | None
    values: tuple[tuple[str, int], ...] = field(repr=False)
    whole: bool
    """Whether those are all its values, counted in rows; else each counts once."""
    missing: int
    rows: int

    @property
    def shown(self) -> str:
        """Its name, or its position where that may be data."""
        return f"column {self.place}" if self.telling else shown(self.name)

    @property
    def what(self) -> str:
        """What counts of it are of."""
        return "row" if self.whole else "value"

    @property
    def known(self) -> int:
        """All that was looked at."""
        return sum(n for _, n in self.values)

    def count(self, test: Callable[[str], object]) -> int:
        """How many have a value that passes a test."""
        return sum(n for value, n in self.values if test(value))

    def notice(self, sort: Sort, kind: str, says: str, do: str) -> Notice:
        """A notice of this column."""
        return Notice(sort=sort, kind=kind, column=self.shown, says=says, do=do)

    @property
    def dates(self) -> Candidate | None:
        """How its dates are written, if it is nearly all dates, in one order or the other."""
        best = next((one for one in self.profile.written if one.written.is_day), None)
        if best is None or best.fits + best.against < _OF_DATES * best.of:
            return None
        if best.written is Written.EXCEL_SERIAL and self.profile.longest <= _YEAR:
            return None
        named = _DATE_WORDS.intersection(self.profile.words)
        numbers = best.written is Written.EXCEL_SERIAL or self.profile.number
        return best if named or not numbers else None

    @property
    def two_orders(self) -> bool:
        """Whether some of its dates can only be day first, and others only month first."""
        return self.dates is not None and min(self.dates.decides, self.dates.against) > 0

    @property
    def amounts(self) -> Written | None:
        """How its numbers are written, declared or found, if it is nearly all numbers."""
        if self.spec is not None and self.spec.written is not None:
            return None if self.spec.written.is_day else self.spec.written
        best = next((one for one in self.profile.written if not one.written.is_day), None)
        return best.written if best and best.fits >= _OF_AMOUNTS * best.of else None

    @property
    def codes(self) -> tuple[CodeList, ListMatch | None] | None:
        """The code list that it holds: the one declared, or the one that has nearly all of it."""
        if self.spec is not None and self.spec.codes:
            return code_list(self.spec.codes), None
        labelled = self.spec is not None and self.spec.labels
        numbers = self.profile.numeric.known > _OF_NUMBERS * self.profile.known
        if labelled or numbers or self.profile.yes_no or self.dates:
            return None
        said = said_by_name(self.profile)
        named = (one for one in self.profile.lists if characteristic_of(one.codes) is said)
        mostly = next((one for one in named if said and one.rows >= _OF_LIST), None)
        best = best_list(self.profile, said) or mostly
        return None if best is None else (code_list(best.codes), best)

    @property
    def gaps(self) -> int:
        """Rows without a value, and those whose value says "not stated" in a code list."""
        if self.codes is None or not self.whole:
            return self.missing
        held, _ = self.codes
        return self.missing + self.count(lambda value: held.read(value) == NOT_KNOWN)

    @property
    def is_key(self) -> bool:
        """Whether it seems to name one row each: by its name, and by values that seldom repeat."""
        named = KEY_WORDS.intersection(self.profile.words)
        apart = self.profile.distinct >= max(2, _NEARLY_UNIQUE * self.profile.known)
        return bool(named and apart) and not (self.dates or self.profile.free_text)


def see(table: Table, place: int, name: str, spec: ColumnFile | None, *, telling: bool) -> Seen:
    """Look at one column, as declared if it is.

    Raises:
        DataError: the table has no such column.
    """
    from rai_check.tables.text import text_forms_of

    found = profile(table, name)
    blank = set(text_forms_of(spec.not_known)) if spec else set()
    whole = found.distinct <= MOST_VALUES
    pairs = (
        ((value, n) for value, n in table.distinct(name) if value is not None)
        if whole
        else ((value, 1) for value in table.sample(name, MOST_VALUES, "check-data"))
    )
    values = tuple((value, n) for value, n in pairs if value not in blank)
    return Seen(
        name=name,
        place=place,
        telling=telling,
        profile=found,
        spec=spec,
        values=values,
        whole=whole,
        missing=table.rows - _known(table, name, blank),
        rows=table.rows,
    )


def _known(table: Table, name: str, blank: set[str | None]) -> int:
    from rai_check.tables import And, IsIn, Not

    listed = tuple(value for value in blank if value)
    known = And((Known(name), *([Not(IsIn(name, listed))] if listed else [])))
    return sum(row.sums[0] for row in table.counts((), {"known": known}).rows)

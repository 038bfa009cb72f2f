"""What a spreadsheet does to codes and numbers: digits lost, noughts lost, codes made dates."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from rai_check.measurement import Exact, Finding, Measurement, Undefined, where_of
from rai_check.project import Meaning, RoleTable
from rai_check.project.columns import ColumnFile
from rai_check.quality.days import is_dated
from rai_check.quality.identifiers import declared_kinds, lost_a_zero
from rai_check.quality.numbers import is_numeric
from rai_check.quality.places import place_of
from rai_check.values import spent

METRIC = "values damaged by a spreadsheet"
LOST_DIGITS = "digits lost: written like 1.23E+11"
LOST_ZERO = "first nought lost"
MADE_A_DATE = "code made into a date, like 14-Oct"
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_MADE_DATE = re.compile(rf"[0-9]{{1,2}}-{_MONTH}|{_MONTH}-[0-9]{{2}}", re.IGNORECASE)
_RANGE = re.compile(r"[0-9]{1,3} ?(?:[-\u2013] ?[0-9]{1,3}|\+)", re.ASCII)
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_BANDS = frozenset({"band", "bands", "banding", "bracket", "ageband", "agegroup"})
_CODED = frozenset({Meaning.GROUP, Meaning.STRATUM, Meaning.CASE, Meaning.UNIT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """One sort of damage in one column."""

    place: str
    kind: str
    rows: int

    def finding(self) -> Finding:
        """As it is listed."""
        return Finding(place=self.place, kind=self.kind, shape="", count=self.rows)


def is_made_date(text: str) -> bool:
    """Whether text is what a spreadsheet makes of a code such as 10-14 or MAR1."""
    return _MADE_DATE.fullmatch(text) is not None


def eaten_in(values: Iterable[tuple[str, int]], words: Iterable[str] = ()) -> int:
    """How many rows of an undeclared column are a band or range that became a date.

    Only where other values are still ranges, such as 0-4, or the column's name says that it holds
    bands: a column of months, all like Apr-25, is not damaged. A workbook holds such a cell as a
    whole date.

    Args:
        values: distinct values, each with its rows.
        words: of the column's name, in lower case.
    """
    held = list(values)
    ranges = sum(n for value, n in held if _RANGE.fullmatch(value))
    made = sum(n for value, n in held if is_made_date(value) or _ISO_DAY.fullmatch(value))
    return made if ranges or _BANDS.intersection(words) else 0


def measured(table: RoleTable, found: tuple[Damage, ...]) -> Measurement:
    """All the damage of one table."""
    empty = Undefined(code="empty", text="the table has no rows", mendable=True)
    return Measurement(
        metric=METRIC,
        evidence=Exact(value=sum(one.rows for one in found)) if table.data.rows else empty,
        where=where_of({"table": table.name}),
        unit="rows",
    )


def damage_of(table: RoleTable) -> tuple[Damage, ...]:
    """Find the damage in each column that is neither a number nor text that people wrote.

    Raises:
        DataError: a declared column is not in the file.
        UsageError: a declared kind of identifier is not one.
    """
    kinds = declared_kinds(table)
    found: list[Damage] = []
    for column in table.data.columns:
        if column.kind in {"text", "integer"}:
            tests = _tests(table.spec.columns.get(column.name), kinds.get(column.name, ()))
            found += _counted(table, column.name, tests)
    return tuple(found)


def _tests(spec: ColumnFile | None, kinds: tuple[str, ...]) -> dict[str, Callable[[str], bool]]:
    """What to look for in a column; nothing in one of numbers or of text that people wrote."""
    if spec and (is_numeric(spec) or spec.means in {Meaning.FREE_TEXT, Meaning.COUNT}):
        return {}
    tests: dict[str, Callable[[str], bool]] = {LOST_DIGITS: spent}
    if kinds:
        tests[LOST_ZERO] = lambda text: lost_a_zero(text, kinds)
    if spec and spec.means in _CODED and not is_dated(spec):
        tests[MADE_A_DATE] = is_made_date
    return tests


def _counted(
    table: RoleTable, column: str, tests: dict[str, Callable[[str], bool]]
) -> Iterator[Damage]:
    if not tests:
        return
    found = dict.fromkeys(tests, 0)
    for value, n in table.data.distinct(column):
        for kind, test in tests.items():
            if value is not None and test(value):
                found[kind] += n
    place = place_of(table, column)
    yield from (Damage(place=place, kind=kind, rows=n) for kind, n in found.items() if n)

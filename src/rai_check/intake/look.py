"""Open files, profile every column, and count which of them share a key."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from rai_check.errors import DataError, UsageError
from rai_check.intake.keys import SharedKey, shared_key
from rai_check.intake.profile import ColumnProfile, profile
from rai_check.protected import SMALL
from rai_check.recognisers.text import word_set
from rai_check.tables import Table, open_table, shown
from rai_check.values import suppression

MOST_FILES = 8
FEW_VALUES = 40
"""Different values up to which those of a column may be written into the project file."""


LONGEST_VALUE = 200
"""Characters of a value that a project file takes as a label."""
OF_PEOPLE = word_set(
    "officer officers worker caseworker name names surname forename assessor manager author "
    "signatory assigned assignee handler adviser advisor contact allocated practitioner"
)
"""Words of column names under which people stand by name."""
_TELLING = re.compile(r"@|\d{6}|\b[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}\b")
"""An e-mail address, a long number, a postcode."""


def _tells_of_a_person(value: str) -> bool:
    """Whether a value is too long for a label, or holds a number or an address of somebody."""
    digits = re.sub(r"(?<=\d)[ -](?=\d)", "", value)
    return len(value) > LONGEST_VALUE or _TELLING.search(digits) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A file to look at, and what was said of where its table is."""

    path: Path
    sheet: str | None = None
    header_row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAt:
    """One file, opened and profiled."""

    given: Given
    table: Table = field(repr=False)
    columns: tuple[ColumnProfile, ...]

    @property
    def path(self) -> Path:
        """Where it is."""
        return self.given.path

    def values(self, column: str) -> tuple[str, ...]:
        """The distinct values of a column of few, for the user's own project file.

        None of a column of many, or one that looks like an identifier of people or like free
        text: those values belong in no other file, and on no screen.
        """
        found = next(one for one in self.columns if one.name == column)
        if found.distinct > FEW_VALUES or found.identifiers or found.free_text:
            return ()
        if {*found.words} & OF_PEOPLE:
            return ()
        values = tuple(value for value, _ in self.table.distinct(column) if value is not None)
        return () if any(_tells_of_a_person(value) for value in values) else values

    def rare(self, column: str) -> frozenset[str]:
        """Return the values of a column that fewer than `SMALL` rows have."""
        counted = self.table.distinct(column)
        return frozenset(value for value, rows in counted if value is not None and rows < SMALL)

    def marks(self, column: str) -> tuple[str, ...]:
        """Return the values of a column of numbers that stand for one held back (``<10``)."""
        values = (value for value, _ in self.table.distinct(column))
        return tuple(value for value in values if value is not None and suppression(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """That rows of one file find their match in another, by their places in the list of files."""

    here: int
    there: int
    key: SharedKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """Every file given, and the keys that they share."""

    files: tuple[LookedAt, ...]
    links: tuple[Link, ...]

    def close(self) -> None:
        """Let go of every file."""
        for file in self.files:
            file.table.close()

    def link(self, here: int, there: int) -> SharedKey | None:
        """The key by which rows of one file find their match in another."""
        return next((one.key for one in self.links if (one.here, one.there) == (here, there)), None)


Mend: TypeAlias = Callable[[Given, DataError], Given]
"""What to try next where a file cannot be read; raises where there is nothing to try."""


def look_at(
    given: Sequence[Given], *, told: Callable[[str], None] = lambda _: None, mend: Mend
) -> Looked:
    """Open and profile files.

    Args:
        given: the files, in any order.
        told: called with a line of progress, which names files only.
        mend: asked what to try next where a file cannot be read.

    Raises:
        UsageError: too many files, or the same one twice.
        DataError: a file cannot be read.
    """
    if len(given) > MOST_FILES:
        raise UsageError(f"{len(given)} files were given; describe at most {MOST_FILES} at a time.")
    if len({(one.path.resolve(), one.sheet) for one in given}) < len(given):
        raise UsageError(
            "a file was given twice; give each once, or another sheet of it each time."
        )
    files: list[LookedAt] = []
    try:
        for one in given:
            told(f"reading {shown(one.path.name)}")
            files.append(_profiled(*_opened(one, mend)))
        return linked(tuple(files))
    except BaseException:
        Looked(files=tuple(files), links=()).close()
        raise


def _opened(given: Given, mend: Mend) -> tuple[Given, Table]:
    while True:
        try:
            return given, open_table(
                given.path,
                name=shown(given.path.stem),
                sheet=given.sheet,
                header_row=given.header_row,
            )
        except DataError as fault:
            given = mend(given, fault)


def _profiled(given: Given, table: Table) -> LookedAt:
    try:
        columns = tuple(profile(table, column.name) for column in table.columns)
    except BaseException:
        table.close()
        raise
    return LookedAt(given=given, table=table, columns=columns)


def linked(files: tuple[LookedAt, ...]) -> Looked:
    """Count which columns of any two files hold the same references."""
    found = []
    for here, one in enumerate(files):
        for there, other in enumerate(files):
            if here == there:
                continue
            key = shared_key(one.table, one.columns, other.table, other.columns)
            if key is not None:
                found.append(Link(here=here, there=there, key=key))
    return Looked(files=files, links=tuple(found))

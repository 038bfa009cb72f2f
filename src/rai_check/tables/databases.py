"""What the readers of database files share: which table is read, and for how long."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rai_check.errors import DataError
from rai_check.tables.names import hint_at, listed_names, shown
from rai_check.two_readers import held


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """For how long a table or view is read.

    Attributes:
        seconds: it is stopped if it has not been read to its end by then.
        rows: it is refused if it has more.
        what_to_do: ends the message of too many rows.
        may_be: what else can be wrong, in the message of rows that could not be read.
    """

    seconds: float
    rows: int
    what_to_do: str
    may_be: str = ""

    def too_long(self, place: str) -> str:
        """Return why rows of a place could not be read to their end, without the full stop."""
        return (
            f"{place} cannot be read: it {self.may_be}is damaged, or takes longer than "
            f"{self.seconds:g} seconds"
        )

    def must_hold(self, rows: int, place: str) -> None:
        """Raise `DataError` if there are too many rows."""
        if rows > self.rows:
            raise DataError(f"{place} has more than {self.rows:,} rows; {self.what_to_do}.")


OF_TABLE = Bound(seconds=600, rows=200_000_000, what_to_do="write it to Parquet")
OF_VIEW = Bound(
    seconds=30,
    rows=5_000_000,
    what_to_do="make a table of this view, or write it to Parquet",
    may_be="asks for what is not in the file, ",
)
"""A view is a program, which may be without end."""


def chosen_table(names: Sequence[str], asked: str | None, where: str) -> str:
    """Return which table or view of a database to read: the one asked for, or the only one.

    Raises:
        DataError: there is none of that name; or none at all, or several, and no name.
    """
    if not names:
        raise DataError(f"{where} is empty: it has no table and no view.")
    if asked is None and len(names) > 1:
        raise DataError(
            f"{where} has several tables and views: {listed_names(names, 'table')}; add `sheet:` "
            "(or `--sheet` to the command) with the one to read."
        )
    found = [name for name in names if asked in {None, name}]
    found = found or [n for n in names if n.casefold() == str(asked).strip().casefold()]
    if len(found) == 1:
        return found[0]
    hint = hint_at(shown(str(asked)), [shown(name) for name in names])
    held_names = listed_names(names, "table")
    raise DataError(
        f"{where} has no table or view {shown(str(asked))!r}; it has {held_names}.{hint}"
    )


def named_table(name: str) -> str:
    """Name a table in the message of an error."""
    return held(shown(name), f"table {shown(name)!r}", "its table")


def must_be_whole(path: Path, endings: Sequence[str], where: str) -> None:
    """Raise `DataError` if a file beside a database holds changes that are not in it yet."""
    for ending in endings:
        beside = path.with_name(path.name + ending)
        try:
            held = beside.stat().st_size
        except OSError:
            continue
        if held:
            raise DataError(
                f"{where} is in use: {shown(beside.name)} holds changes that are not in it yet; "
                "close the program that has it open, or give a copy made by its backup command."
            )

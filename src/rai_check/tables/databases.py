"""What the readers of database files share: which table is read, and for how long."""

from collections.abc import Sequence
from pathlib import Path

from rai_check.errors import DataError
from rai_check.tables.names import hint_at, listed_names, shown
from rai_check.two_readers import held

MOST_SECONDS = 600
"""A view is a program; one that has not answered by then is stopped."""
MOST_ROWS = 200_000_000
"""Rows that are read; a view can yield rows without end."""


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
            "with the one to read."
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

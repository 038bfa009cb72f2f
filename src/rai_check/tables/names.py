"""Column names: checked when read, cleaned before they are shown, looked up with a hint."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence

from rai_check.errors import DataError, did_you_mean
from rai_check.tables.interface import Column, Table

SHOWN_CHARACTERS = 60
SHOWN_NAMES = 12


def shown(name: str) -> str:
    """Return a name fit for a message: no control or direction marks, 60 characters at most."""
    clean = "".join("?" if unicodedata.category(c).startswith("C") else c for c in name)
    return clean if len(clean) <= SHOWN_CHARACTERS else clean[: SHOWN_CHARACTERS - 1] + "…"


def hint_at(name: str, known: Sequence[str]) -> str:
    """Return `` Did you mean 'x'?`` for a near miss, or an empty string; case is no matter."""
    other_case = next((other for other in known if other.casefold() == name.casefold()), None)
    return did_you_mean(other_case or name, known)


def checked_names(names: Iterable[str], source: str) -> tuple[str, ...]:
    """Return the names without outer blanks.

    Raises:
        DataError: there are no columns, one has no name, or two share one.
    """
    stripped = tuple(name.strip() for name in names)
    if not stripped:
        raise DataError(f"{source} has no columns.")
    positions: dict[str, list[int]] = defaultdict(list)
    for position, name in enumerate(stripped, start=1):
        positions[name].append(position)
    if "" in positions:
        where = _listed(positions[""])
        raise DataError(
            f"{source}: column {where} has no name; name it or remove it, "
            "and any title above the header."
        )
    twice = [f"columns {_listed(at)}" for at in positions.values() if len(at) > 1]
    if twice:
        raise DataError(f"{source} repeats a column name: {_some(twice)}; rename all but one.")
    return stripped


def require(table: Table, column: str) -> Column:
    """Return the column of that name.

    Raises:
        DataError: the table has none; the message suggests a near name. It names no other: where
            the header is missing, the names are the first person's data.
    """
    for held in table.columns:
        if held.name == column:
            return held
    names = [shown(held.name) for held in table.columns]
    count = "1 column" if len(names) == 1 else f"{len(names):,} columns"
    raise DataError(
        f"Column {shown(column)!r} is not among the {count} of table {shown(table.name)!r} "
        f"({table.source}).{hint_at(shown(column), names) or ' Is its first row the header?'}"
    )


def _listed(positions: Sequence[int]) -> str:
    return _some([str(position) for position in positions])


def _some(items: Sequence[str]) -> str:
    more = len(items) - SHOWN_NAMES
    return ", ".join(items[:SHOWN_NAMES]) + (f" and {more} more" if more > 0 else "")

"""Column names: checked when read, cleaned before they are shown, looked up with a hint."""

import difflib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence

from rai_check.errors import DataError
from rai_check.headings import is_ordinary
from rai_check.tables.interface import Column, Table
from rai_check.two_readers import held

SHOWN_CHARACTERS = 60
SHOWN_NAMES = 12


def shown(name: str) -> str:
    """Return a name fit for a message: no control or direction marks, 60 characters at most."""
    clean = "".join("?" if unicodedata.category(c).startswith("C") else c for c in name)
    return clean if len(clean) <= SHOWN_CHARACTERS else clean[: SHOWN_CHARACTERS - 1] + "…"


def hint_at(name: str, known: Sequence[str]) -> str:
    """Return `` Did you mean 'x'?`` for a near miss, or an empty string; case is no matter."""
    other_case = next((other for other in known if other.casefold() == name.casefold()), None)
    near = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    found = other_case or next(iter(near), None)
    return held(found, f" Did you mean {found!r}?", "") if found else ""


def named(name: str, otherwise: str) -> str:
    """Return a name from a file for the message of an error: quoted, or else in words of ours."""
    return held(shown(name), repr(shown(name)), otherwise)


def said(name: str, otherwise: str) -> str:
    """Return a name from a file for a remark, which reports share: quoted, or in words of ours.

    Braces have a meaning in remarks.
    """
    plain = shown(name).replace("{", "(").replace("}", ")")
    return repr(plain) if is_ordinary(name) else otherwise


def listed_names(names: Sequence[str], kind: str) -> str:
    """Return the first of the names of a file's sheets or tables; `kind` is what each is."""
    numbered = enumerate(names[:SHOWN_NAMES], start=1)
    more = len(names) - SHOWN_NAMES
    some = ", ".join(named(name, f"{kind} {at}") for at, name in numbered)
    return some + (f" and {more} more" if more > 0 else "")


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
    for one in table.columns:
        if one.name == column:
            return one
    names = [shown(one.name) for one in table.columns]
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

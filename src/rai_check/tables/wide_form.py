"""Registers spread out by person: a column for each, headed by the person's name or number."""

from collections.abc import Iterable

from rai_check.headings import is_day, is_identifier, is_persons_name, may_be_persons_name
from rai_check.reading import Remark

_SURE, _MANY, _SHARE = 3, 5, 0.5
_TEXT = (
    "Columns whose names look like names or numbers of persons: {n}. A table that can be measured "
    "has one row for each person, and a column for each fact: turn it round (Excel: Data, From "
    "Table/Range, then Unpivot Columns), or leave these columns out."
)


def wide_form(names: Iterable[str]) -> tuple[Remark, ...]:
    """Return what to say of the columns of a file; nothing where few are headed by persons.

    Said where at least five columns and half of all look so, three of them for sure. Columns
    headed by days, as of attendance, are not counted.
    """
    held = list(names)
    sure = sum(is_persons_name(name) or (is_identifier(name) and not is_day(name)) for name in held)
    perhaps = sum(
        may_be_persons_name(name) or (is_identifier(name) and not is_day(name)) for name in held
    )
    if sure < _SURE or perhaps < max(_MANY, _SHARE * len(held)):
        return ()
    return (Remark(text=_TEXT, n=perhaps),)

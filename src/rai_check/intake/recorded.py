"""Characteristics that the files record, but that no column of the decisions brings to a result."""

from rai_check.intake.draft import Draft, DraftColumn, DraftTable
from rai_check.intake.words import BIRTH, characteristic_named
from rai_check.project.columns import Characteristic, Meaning
from rai_check.project.table_file import Role
from rai_check.recognisers.text import header_words

_OF_PEOPLE = frozenset({Role.DECISIONS, Role.LOOKUP, Role.LOG})
"""Roles of tables of the people themselves: a reference counts others, golden cases are made up."""


def not_usable(draft: Draft) -> dict[Characteristic, str]:
    """Return what a file records but no result can use yet, each with the name of the table.

    To call such a characteristic "not held" would be a false statement, so it is neither asked
    about nor given a position: a file that is not joined, a date of birth without an age band, a
    column whose values are not groups yet.
    """
    held = draft.held()
    found: dict[Characteristic, str] = {}
    for table in draft.tables:
        for one in recorded(table):
            if one not in held:
                found.setdefault(one, table.name)
    return {one: found[one] for one in Characteristic if one in found}


def recorded(table: DraftTable) -> tuple[Characteristic, ...]:
    """Characteristics that a column of a table of people records, as declared or by its name."""
    if table.role not in _OF_PEOPLE:
        return ()
    found = {one for column in table.columns if (one := _of(column))}
    return tuple(one for one in Characteristic if one in found)


def _of(column: DraftColumn) -> Characteristic | None:
    if column.characteristic:
        return column.characteristic
    words = header_words(column.name)
    if column.means is Meaning.DATE and BIRTH.intersection(words):
        return Characteristic.AGE
    return characteristic_named(words) if column.means is Meaning.OTHER else None

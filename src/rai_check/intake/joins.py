"""Bring the groups of a file that is kept apart to the rows of the decisions."""

import math
from dataclasses import replace

from rai_check.intake.draft import DraftColumn, DraftStep, DraftTable
from rai_check.intake.keys import LONGEST_NAME, SharedKey
from rai_check.intake.steps import Derived, free_name, named
from rai_check.intake.words import BIRTH
from rai_check.project.columns import Characteristic, Meaning
from rai_check.recognisers.text import header_words


def join(table: DraftTable, other: DraftTable, key: SharedKey) -> Derived | None:
    """Bring the groups and the date of birth of another file to the rows of this one."""
    wanted = [column for column in other.columns if _is_wanted(column, table)]
    if not wanted:
        return None
    taken = {column.name for column in table.columns}
    names = {column.name: free_name(column.name, other.name, taken) for column in wanted}
    each = "one to one" if key.unique_here and key.unique_there else "many to one"
    body = (
        ("with", other.name),
        ("on", ((key.here, key.there),)),
        ("take", tuple((theirs, ours) for theirs, ours in names.items())),
        ("each", each),
    )
    share = math.floor(100 * key.matched / key.rows)
    why = f"{share} % of the rows find their match by {named(key.here)} and {named(key.there)}"
    columns = tuple(_joined(column, names[column.name], other.name) for column in wanted)
    hindrance = _hindrance(key)
    step = DraftStep(
        kind="join",
        body=body,
        why=hindrance or f"{why}, {each}",
        suggested=hindrance is not None,
        reads=(key.here,),
        other=other.name,
        takes=tuple(names),
    )
    return Derived(step=step, columns=columns)


def _hindrance(key: SharedKey) -> str | None:
    """Why a join cannot work as the files are."""
    if key.only_loosely:
        return (
            f"{named(key.here)} and {named(key.there)} match only without leading zeros, blanks "
            "and case; export both files again with it as text, then run init again"
        )
    if not key.unique_there:
        return (
            f"{named(key.there)} occurs more than once for some there; say which row counts "
            "(step one_per on that table), then use this"
        )
    return None


def _is_wanted(column: DraftColumn, table: DraftTable) -> bool:
    """Groups this table does not record itself, and a date of birth where it has no age."""
    held = {one.characteristic for one in table.columns if one.characteristic}
    if len(column.name) > LONGEST_NAME:
        return False
    if column.means is Meaning.GROUP:
        return column.characteristic not in held
    born = bool(BIRTH.intersection(header_words(column.name)))
    return column.means is Meaning.DATE and born and Characteristic.AGE not in held


def _joined(column: DraftColumn, name: str, other: str) -> DraftColumn:
    return replace(column, name=name, written=None, why=f"from {other!r}: {column.why}", notes=())

"""Names of columns out of one or two rows of headings, as sheets with merged cells have them."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import zip_longest

from rai_check.errors import DataError
from rai_check.tables.grid_cells import Cells, kind_of_cell
from rai_check.tables.grid_survey import Survey
from rai_check.tables.names import SHOWN_NAMES

_NEVER = frozenset({"number", "date", "time", "link", "mark"})


def joined(upper: Cells, lower: Cells) -> Cells:
    """Return headings of two rows as one: "Decision" over "Date" is "Decision Date".

    A heading counts for the blank cells to its right that have one below, as merged cells do; but
    not where there is nothing below itself: that is one cell over two rows.
    """
    names: list[str] = []
    group = ""
    for over, under in zip_longest(upper, lower, fillvalue=""):
        if over:
            group = over if under else ""
            names.append(over if over == under or not under else f"{over} {under}")
        else:
            names.append(f"{group} {under}" if group and under else under)
    return tuple(names)


def heading_above(seen: Survey, at: int) -> bool:
    """Say whether the row above a header holds headings of groups of its columns."""
    if at == 0 or not is_grouping(seen.rows[at - 1], seen.rows[at]):
        return False
    upper, lower = seen.rows[at - 1], seen.rows[at]
    names = [name for name in joined(upper, lower) if name]
    if len(set(names)) < len(names):
        return False
    own = [name for name in lower if name]
    needed = len(set(own)) < len(own) or not seen.named(at)
    return needed or len({name for name in upper if name}) > 1


def is_grouping(upper: Cells, lower: Cells) -> bool:
    """Say whether `upper` can be headings of groups of the columns that `lower` names."""
    labels = [cell for cell in upper if cell]
    if not labels or any(label.endswith(":") for label in labels):
        return False
    if any(kind_of_cell(label) in _NEVER for label in labels) or "Column Labels" in labels:
        return False
    if len(set(labels)) == 1 and upper[0] and len(labels) in {1, len(lower)}:
        return False  # a title
    return len(set(_groups(upper, lower))) < len(_groups(upper, lower))


def names_of(titles: Cells, used: AbstractSet[int], *, where: str, row: int) -> dict[int, str]:
    """Return the names of the columns by place; a column unnamed and unused is left out.

    Raises:
        DataError: a column that is used has no name, or two share one.
    """
    names = {place: name for place, name in enumerate(titles) if name}
    nameless = sorted(used - set(names))
    if nameless:
        raise nameless_column(f"{where}, row {row}", [place + 1 for place in nameless])
    places: dict[str, list[int]] = {}
    for place, name in names.items():
        places.setdefault(name, []).append(place + 1)
    twice = [held for held in places.values() if len(held) > 1]
    if twice:
        held = [f"columns {_listed(each)}" for each in twice]
        raise DataError(
            f"{where}, row {row} repeats a column name: {', '.join(held[:SHOWN_NAMES])}; "
            "rename all but one."
        )
    return names


def nameless_column(where: str, places: Sequence[int]) -> DataError:
    """Return the error of columns, counted from one, that are used but have no name."""
    return DataError(
        f"{where}: column {_listed(places)} has no name; name it or remove it, and if this is not "
        "the header, say which row is with `header_row:`."
    )


def _listed(places: Sequence[int]) -> str:
    more = len(places) - SHOWN_NAMES
    listed = ", ".join(str(place) for place in places[:SHOWN_NAMES])
    return listed + (f" and {more} more" if more > 0 else "")


def _groups(upper: Cells, lower: Cells) -> list[str]:
    """Return for each column with a heading below the heading above it that counts for it."""
    groups: list[str] = []
    group = ""
    for over, under in zip_longest(upper, lower, fillvalue=""):
        group = (over if under else "") if over else group
        groups += [group] if group and under else []
    return groups

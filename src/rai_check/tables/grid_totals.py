"""Rows of a sheet that are not records: units, totals, notes, the foot of a printed page."""

import re
from collections.abc import Sequence

from rai_check.tables.grid_cells import Cells

_LONGEST = 80
_TOTAL = re.compile(
    r"(?:(?:sub|grand|overall|report|page|column|running|final)[\s-]*)?totals?"
    r"(?:\s*(?:[:=].*|\(.{0,40}\)|[£%]|amount|records?|rows?|count|number(?: of .{1,40})?))?",
    re.IGNORECASE | re.DOTALL,
)
_GRAND = re.compile(r"grand (?:count|average|max|min)", re.IGNORECASE)
_SUBTOTAL = re.compile(
    r"(\S(?:.*\S)?)[\s-]+(?:sub-?)?(?:totals?|count|average|max|min)", re.IGNORECASE | re.DOTALL
)
_PAGE = re.compile(
    r"(?:page|sheet)\s*[0-9]{1,6}(?:\s*(?:of|/)\s*[0-9]{1,6})?"
    r"|-\s*[0-9]{1,6}\s*-|[0-9]{1,6}\s+of\s+[0-9]{1,6}",
    re.IGNORECASE,
)
_RULE = re.compile(r"-{2,}|={2,}|_{2,}")
_NOTE = re.compile(
    r"(?:\(?(?:source|notes?|footnotes?|data source|key|caveats?|disclaimer|copyright|contact"
    r"|applied filters|filters applied|no filters applied|report (?:run|created|generated|date|id)"
    r"|(?:report )?(?:run|printed|produced|generated|created|exported|extracted|downloaded"
    r"|prepared|published|last updated) (?:on|by|at|from|in)|run date|date of extract"
    r"|end of (?:report|file|data|table|list)|records? (?:found|returned|selected)"
    r"|number of (?:records|rows)|[0-9,]{1,12} (?:records?|rows?)(?: (?:selected|affected|"
    r"returned|found|exported))?|this (?:report|table|data|file|spreadsheet)|contains public sector"
    r"|crown copyright|figures? (?:under|below|less|of|are|may|have)|percentages? (?:are|may|have)"
    r"|numbers? (?:under|below|less|are|may|have)|totals? (?:may|do)|official[ :-]|official$"
    r"|values? (?:under|below|less)|counts? (?:under|below|less)|please note|n\.?b\.?\b)"
    r"|\*+\s?\S|[†‡©¹²³]|\[(?:note )?[0-9a-z]{1,2}\]\s+\S|\([0-9a-z]{1,2}\)\s+\S)",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"[(\[]?\s*(?:[£$€](?:\s?(?:m|k|000s?|million|p\.?a\.?))?|gbp|pounds?|pence|%"
    r"|per ?cent(?:age)?|(?:working |calendar |school )?days?|weeks?|months?|years?|hours?"
    r"|hrs?|min(?:ute)?s?|sec(?:ond)?s?|d{1,2}[/.-]m{2,3}[/.-]y{2}(?:y{2})?|yyyy-mm-dd|hh:mm(?::ss)?|[kcm]?m"
    r"|met(?:re|er)s?|miles?|sq\.? ?m|m2|m²|kg|kwh|tonnes?|litres?|y/n|yes/no)\s*[)\]]?",
    re.IGNORECASE,
)
_MEASURED = frozenset({"number", "date", "year", "time"})


def is_units(row: Cells, places: Sequence[int], kinds: Sequence[str | None]) -> bool:
    """Say whether a row under a header gives the units of columns of figures, and nothing else.

    Args:
        row: clean.
        places: of the columns with a name.
        kinds: what most cells of each of them look like.
    """
    held = {at: cell for at, cell in enumerate(row) if cell}
    if not held or not all(_UNIT.fullmatch(cell) for cell in held.values()):
        return False
    figures = {at for at, kind in zip(places, kinds, strict=True) if kind in _MEASURED}
    return not figures.isdisjoint(held)


def is_total(row: Cells) -> bool:
    """Say whether the first cell with something in it says that this is a total.

    Only the words alone count: "Total", "Grand Total:"; never a name such as "Total Gas & Power".
    """
    first = next((cell for cell in row if cell), "")
    return len(first) <= _LONGEST and any(each.fullmatch(first) for each in (_TOTAL, _GRAND))


def is_subtotal(row: Cells, above: Cells) -> bool:
    """Say whether a row is the total of the rows above it, as Data > Subtotal of Excel writes.

    "North Total" stands below the last "North", in its column, and other cells are left blank.

    Args:
        row: clean.
        above: the row of the table before it, clean.
    """
    return _closes(row, above) and sum(map(bool, row)) < sum(map(bool, above))


def may_be_total(row: Cells, above: Cells, typical: int) -> bool:
    """Say whether a row is to be remarked on: a total by its words, or by its words and its place.

    Args:
        row: clean.
        above: the row of the table before it, clean.
        typical: how many cells a row of the table usually fills.
    """
    if is_total(row) or _closes(row, above):
        return True
    return _group_of(row) is not None and sum(map(bool, row)) < typical - 1


def names_subtotal(row: Cells) -> bool:
    """Say whether the first cell with something in it ends as those of subtotals do."""
    return _group_of(row) is not None


def _closes(row: Cells, above: Cells) -> bool:
    found = _group_of(row)
    if found is None:
        return False
    at, group = found
    return at < len(above) and above[at].casefold() == group


def _group_of(row: Cells) -> tuple[int, str] | None:
    """Return the place of a cell such as "North Total", the first of its row, and the group."""
    at = next((at for at, cell in enumerate(row) if cell), None)
    match = None if at is None or len(row[at]) > _LONGEST else _SUBTOTAL.fullmatch(row[at])
    return None if at is None or match is None else (at, match[1].casefold())


def is_page(row: Cells) -> bool:
    """Say whether a row is nothing but the number of a printed page."""
    held = [cell for cell in row if cell]
    return len(held) == 1 and len(held[0]) <= _LONGEST and _PAGE.fullmatch(held[0]) is not None


def is_rule(row: Cells) -> bool:
    """Say whether a row is a line drawn under headings, of dashes in two columns or more."""
    held = [cell for cell in row if cell]
    return len(held) > 1 and all(_RULE.fullmatch(cell) for cell in held)


def is_note(cell: str) -> bool:
    """Say whether a cell that stands alone begins as notes and sources under a table do."""
    return _NOTE.match(cell) is not None or _PAGE.fullmatch(cell[:_LONGEST]) is not None

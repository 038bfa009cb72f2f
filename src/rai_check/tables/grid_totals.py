"""Rows of a sheet that are not records: totals, notes, the foot of a printed page."""

import re

from rai_check.tables.grid_cells import Cells

_LONGEST = 80
_TOTAL = re.compile(
    r"(?:(?:sub|grand|overall|report|page|column|running|final)[\s-]*)?totals?"
    r"(?:\s*(?:[:=].*|\(.{0,40}\)|[£%]|amount|records?|rows?|count|number(?: of .{1,40})?))?",
    re.IGNORECASE | re.DOTALL,
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


def is_total(row: Cells) -> bool:
    """Say whether the first cell with something in it says that this is a total.

    Only the words alone count: "Total", "Grand Total:"; never a name such as "Total Gas & Power".
    """
    first = next((cell for cell in row if cell), "")
    return len(first) <= _LONGEST and _TOTAL.fullmatch(first) is not None


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

"""Cells as text: cleaned, and what kind of thing each looks like, to tell a header from a row."""

import re
from collections import Counter
from collections.abc import Sequence

Cells = tuple[str, ...]
HARD = frozenset({"number", "year", "date", "time", "flag"})
"""Kinds that column names rarely are."""
_MOST = 0.8
"""A column is of a kind if this share of its cells is."""
_LONGEST = 80
_BLANKS = re.compile(r"[\s\u200b\u2060\ufeff\x1a]+")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_TIME = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:\s?[ap]m)?(?:z|[+-][0-9]{2}:?[0-9]{2})?"
_DAY = (
    r"(?:[0-9]{1,4}([/.-])[0-9]{1,2}\1[0-9]{1,4}"
    rf"|(?:[a-z]{{3,9}},? )?[0-9]{{1,2}}(?:st|nd|rd|th)?[ /-]?{_MONTH}[ /,-]*[0-9]{{2,4}}"
    rf"|{_MONTH}[ /,-]*(?:[0-9]{{1,2}},? )?[0-9]{{2,4}})"
)
_MARK = (  # of a cell that is suppressed, not known or not applicable
    r"[<>\u2264\u2265]\s?[0-9.]+|[-\u2013\u2014*?.:#~\u2020]{1,4}|\[?[cxzkuw]\]?|n[./]?[ak]\.?"
    r"|null|none|nil|tb[cd]|#(?:n/a|ref!|value!|div/0!|num!|name\?|null!)|(?:not |un)?known"
    r"|suppressed"
)
_NUMBER = (
    r"\(?[-+]?\s?(?:[\xa3$\u20ac]|gbp)?\s?[-+]?"
    r"(?:[0-9]{1,3}(?:[, ][0-9]{3})+(?:\.[0-9]*)?|[0-9]+(?:[.,][0-9]*)?|\.[0-9]+)"
    r"(?:e[-+]?[0-9]+)?\s?%?\)?[-+]?(?:\s?(?:cr|dr))?"
)
_KINDS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("mark", _MARK),
        ("year", r"(?:fy ?)?(?:19|20)[0-9]{2}(?:[/-](?:[0-9]{2}|20[0-9]{2}))?|q[1-4].{0,8}"),
        ("number", _NUMBER),
        ("date", rf"{_DAY}(?:[t ,]\s?{_TIME})?"),
        ("time", _TIME),
        ("flag", r"yes|no|y|n|true|false"),
        ("link", r"\S*@\S+|[a-z]+://\S+|www\.\S+"),
    )
)
_FIGURE = re.compile(  # not "007", which is a number of somebody
    r"\(?[-+]?\s?[\xa3$\u20ac]?\s?[-+]?"
    r"(?P<size>(?:[1-9][0-9]{0,2}(?:[, ][0-9]{3})+|0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)\s?\)?-?"
)
_DIGITS, _LETTERS = re.compile(r"[0-9]+"), re.compile(r"[^\W\d_]+")


def clean(cell: str) -> str:
    """Return a cell without outer blanks, and with single spaces for those within.

    Blanks are all of Unicode's, marks of no width, and the old end-of-file mark of DOS.
    """
    return _BLANKS.sub(" ", cell).strip()


def kind_of_cell(cell: str) -> str:
    """Return what a clean cell looks like.

    That is ``blank``, ``mark`` (suppressed or not known), one of `HARD`, ``link``, ``text``, or
    ``code`` and its shape for what holds a digit: ``code:A9`` for "E01003012".
    """
    if not cell:
        return "blank"
    if len(cell) > _LONGEST:
        return "text"
    low = cell.casefold()
    has_digit = _DIGITS.search(low) is not None
    for kind, pattern in _KINDS:
        if (has_digit or kind != "number") and pattern.fullmatch(low):
            return kind
    if not has_digit:
        return "text"
    return f"code:{_DIGITS.sub('9', _LETTERS.sub('A', cell))[:20]}"


def figure_of(cell: str) -> float | None:
    """Return the figure in a clean cell, None if it is none or one that may not be added up."""
    match = _FIGURE.fullmatch(cell)
    if match is None:
        return None
    size = float(re.sub(r"[, ]", "", match["size"]))
    return -size if "(" in cell or "-" in cell else size


def kind_of_column(kinds: Counter[str]) -> str | None:
    """Return the kind of a column from how often each kind of cell is in it, None if mixed."""
    told = {kind: n for kind, n in kinds.items() if kind not in {"blank", "mark"}}
    enough = _MOST * sum(told.values())
    if not told:
        return None
    for kind, n in told.items():
        if n >= enough:
            return kind
    if told.get("number", 0) + told.get("year", 0) >= enough:
        return "number"
    coded = sum(n for kind, n in told.items() if kind.startswith("code"))
    return "code" if coded >= enough else None


def evidence(kinds: Sequence[str], columns: Sequence[str | None]) -> tuple[int, int, int]:
    """Return how many cells of a row are unlike their column, like it, and like it beyond doubt.

    A header is unlike the columns below it; a row is like them.
    """
    unlike = alike = surely = 0
    for kind, column in zip(kinds, columns, strict=False):
        if kind in {"blank", "mark"} or column in {None, "text"}:
            continue
        if kind == column:
            alike, surely = alike + 1, surely + (kind in HARD)
        elif _differs(kind, str(column)):
            unlike += 1
    return unlike, alike, surely


def _differs(kind: str, column: str) -> bool:
    if column in HARD:
        odd = {("number", "date"), ("number", "year"), ("number", "flag"), ("flag", "number")}
        return (kind, column) not in odd
    return kind in {"text", "flag"}

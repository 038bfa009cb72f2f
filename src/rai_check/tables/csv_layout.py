"""How the text of a CSV file is laid out: its delimiter, its header, where its rows begin."""

import csv
import io
import re
import secrets
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from rai_check.errors import DataError, UsageError
from rai_check.tables.grid import SAMPLE_ROWS, Head, find_head
from rai_check.tables.source import LONGEST_VALUE

DELIMITERS = (",", ";", "\t", "|")
"""The first wins a draw."""
_SEP = re.compile(r"\"?sep=(.)\"?[,;\t|]*\s*", re.IGNORECASE)
_ENDS = {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}
_END = re.compile(r"\r\n|\r|\n")
_HALF = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How the text of a CSV file is to be parsed.

    Attributes:
        where: the file's name, for messages.
        encoding: of the file.
        delimiter: between cells.
        head: the header, and what is above it.
        width: cells in every row.
        skip: bytes of UTF-8 before the first row after the header.
        line_ends: how rows end, in words; None where there is one row without an end.
        ended: whether the last line of the file has an end.
        end: a text that the file does not contain.
        openings: the first cells with something in them of the rows up to the header.
    """

    where: str
    encoding: str
    delimiter: str
    head: Head
    width: int
    skip: int
    line_ends: str | None
    ended: bool
    end: str
    openings: frozenset[str]

    @property
    def last_row(self) -> bytes:
        """A row of our own to follow the file's last: `end`, then empty cells."""
        start = "" if self.ended else "\n"
        return f"{start}{self.end}{self.delimiter * (self.width - 1)}\n".encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The first rows of a file: their cells, and for each the characters up to its end."""

    rows: tuple[list[str], ...]
    ends: tuple[int, ...]


def layout(
    text: str,
    *,
    whole: bool,
    where: str,
    encoding: str,
    ended: bool,
    delimiter: str | None,
    header_row: int | None,
    tabs: bool,
) -> Layout:
    """Find how a file is laid out from the first part of its text.

    Args:
        text: the first part.
        whole: whether that is all of it.
        where: the file's name, for messages.
        encoding: of the file.
        ended: whether its last line has an end.
        delimiter: between cells, if it is known.
        header_row: the row with the column names, if it is known.
        tabs: whether the file's name says that tabs are between cells.

    Raises:
        DataError: it is empty, or its header cannot be found or used.
        UsageError: `delimiter` is not one.
    """
    if not text.strip("\ufeff\x1a\r\n\t "):
        raise DataError(f"{where} is empty: it has no header.")
    named = _SEP.match(text.split("\n", 1)[0].split("\r", 1)[0])
    told = named[1] if named and named[1] in DELIMITERS else None
    known = usable(delimiter) if delimiter is not None else told or ("\t" if tabs else None)
    chosen = known or _sniffed(text, whole=whole)
    held = sample(text, chosen, whole=whole)
    if not held.rows:
        longer = "" if whole else f", or it is longer than {len(text):,} characters"
        raise DataError(
            f"{where}: the quotation marks of the header line do not match{longer}; look at its "
            "first lines in a text editor."
        )
    rows = [[] if at == 0 and named else row for at, row in enumerate(held.rows)]
    usual = _usual(rows)
    head = find_head([row[:usual] for row in rows], where=where, header_row=header_row)
    return Layout(
        where=where,
        encoding=encoding,
        delimiter=chosen,
        head=head,
        width=_width(rows, head),
        skip=len(text[: held.ends[head.first - 2]].encode()),
        line_ends=_line_ends(text, held.ends),
        ended=ended,
        end=f"end-of-file-{secrets.token_hex(16)}",
        openings=frozenset(
            filled[0]
            for row in rows[: head.first - 1]
            if any(filled := [cell for cell in row if cell.strip()])
        ),
    )


def usable(delimiter: str) -> str:
    """Return a delimiter.

    Raises:
        UsageError: it is not one.
    """
    if not re.fullmatch(r"[^\w\s\"]|[\t _]", delimiter, re.ASCII) or not delimiter.isascii():
        raise UsageError(
            f"{delimiter!r} cannot delimit columns; give one character: {', '.join(DELIMITERS)!r}."
        )
    return delimiter


def sample(text: str, delimiter: str, *, whole: bool) -> Sample:
    """Return the first rows of a text that are there to their ends, and quoted to their ends."""
    mark = secrets.token_hex(16)
    lines = io.StringIO(f"{text}\n{mark}\n", newline="")
    rows: list[list[str]] = []
    ends: list[int] = []
    with field_limit(2 * LONGEST_VALUE):
        try:
            for row in csv.reader(iter(lines.readline, ""), delimiter=delimiter):
                if len(rows) == SAMPLE_ROWS or any(mark in cell for cell in row):
                    break
                rows.append(row)
                ends.append(lines.tell())
        except csv.Error:
            pass  # a long value: what comes before it is enough, and the parser will say where
    return _trimmed(rows, ends, text, whole=whole)


@contextmanager
def field_limit(size: int) -> Iterator[None]:
    """Let the csv module read values up to `size`, and then no more than before."""
    before = csv.field_size_limit(size)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _trimmed(rows: list[list[str]], ends: list[int], text: str, *, whole: bool) -> Sample:
    """Leave out what comes of the line end put after the text, or of a text that is cut."""
    cut = not whole and len(rows) < SAMPLE_ROWS
    bare = ends and ends[-1] > len(text) and not rows[-1]
    last = len(rows) - 1 if cut or bare else len(rows)
    return Sample(rows=tuple(rows[:last]), ends=tuple(min(end, len(text)) for end in ends[:last]))


def _sniffed(text: str, *, whole: bool) -> str:
    """Return the delimiter that most rows are cut by alike; of several, into most cells."""
    found: dict[str, tuple[int, int]] = {}
    for delimiter in DELIMITERS:
        rows = [row for row in sample(text, delimiter, whole=whole).rows if any(row)]
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if not widths:
            continue
        width, alike = max(widths.items(), key=lambda each: (each[1], each[0]))
        if alike > 1 or len(rows) < _HALF or len(rows[0]) > 1:
            found[delimiter] = (alike, width)
    return max(found, key=lambda each: found[each]) if found else DELIMITERS[0]


def _usual(rows: Sequence[Sequence[str]]) -> int:
    """Return how many cells most rows have; one of many cells counts for more than a title."""
    widths = Counter(len(row) for row in rows if any(cell.strip() for cell in row))
    several = {width: n * (width - 1) for width, n in widths.items() if width > 1 and n > 1}
    if several:
        return max(several, key=lambda width: several[width])
    return max(widths, key=lambda width: (widths[width], width > 1), default=1)


def _width(rows: Sequence[Sequence[str]], head: Head) -> int:
    """Return how many cells rows of the table have: as many as most, blank ones at the end too."""
    header, named = len(rows[head.header_rows[-1] - 1]), max(head.kept) + 1
    below = [row for row in rows[head.first - 1 :] if len(row) >= named]
    widths = Counter(len(row) for row in below if not any(map(str.strip, row[named:])))
    header = max(header, named)
    return max(widths, key=lambda width: (widths[width], width == header), default=header)


def _line_ends(text: str, ends: Sequence[int]) -> str | None:
    """Return how the rows of a sample end; line ends within quoted cells do not count."""
    found = set()
    for end in ends:
        last = _END.search(text, max(end - 2, 0), end)
        found |= {_ENDS[last[0]]} if last else set()
    return found.pop() if len(found) == 1 else "mixed" if found else None

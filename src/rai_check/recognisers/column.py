"""Say which values of a column hold a personal identifier: by column where a cell cannot tell."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rai_check.recognisers.cells import Cell, Header, kept, read_cells, tally
from rai_check.recognisers.evidence import is_real
from rai_check.recognisers.headed import headed_values
from rai_check.recognisers.kinds import PATTERNED, Kind
from rai_check.recognisers.scanner import Scanner
from rai_check.recognisers.text import LONGEST, clean, masked

TYPED = 0.5
"""Share of right-shaped values from which a column is one of such values, not a text."""
_LOST_ZERO = re.compile(r"[127]\d{9}")
"""A UK phone number that a spreadsheet took for an amount."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One kind in one column: its commonest masked shape and the distinct values that hold it."""

    kind: str
    shape: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnScan:
    """What a scan of distinct values came to; counts and masks, no value."""

    looked: int
    hits: int
    """Values with an undeclared identifier."""
    found: tuple[Found, ...] = ()
    """Undeclared kinds, most values first."""
    reserved: int = 0
    """Further values with an identifier from a range reserved for tests, and no other."""
    reserved_kinds: tuple[str, ...] = ()
    by_chance: tuple[Kind, ...] = ()
    """Kinds whose shape occurs but whose rule is passed no more often than chance would have it."""
    cut: bool = False
    """Whether a value was longer than `LONGEST`, so that its end was not looked at."""


def scan_column(
    scanner: Scanner,
    name: str,
    values: Iterable[str],
    *,
    declared: frozenset[str] = frozenset(),
    score: float = 0.5,
) -> ColumnScan:
    """Scan the distinct values of a column.

    Args:
        scanner: built once for many columns.
        name: of the column; its words are context.
        values: distinct, in any order.
        declared: names of kinds that the column may hold.
        score: presidio's lowest score that counts, where neither the column as a whole nor its
            name speaks for a match.

    Raises:
        DataError: the scan did not come to its end.
    """
    header = Header.of(name)
    starts, cut = _starts(values)
    texts = [_restored(text, header) for text in starts]
    cells = list(read_cells(scanner, texts, header))
    believed, by_chance = _believed(cells, header, len(texts))
    shapes: dict[str, dict[int, str]] = {}
    for cell in cells:
        for span in kept(cell, believed, header, score):
            shape = masked(cell.piece.text[span.start : span.end], short=span.kind.varies)
            shapes.setdefault(span.kind.name, {}).setdefault(cell.index, shape)
    if named := headed_values(header.words, texts):
        kind, indices = named
        clear = indices.difference(*shapes.values())
        shapes[kind.name] = {i: masked(texts[i], short=True) for i in clear}
    undeclared = {k: found for k, found in shapes.items() if k not in declared and found}
    hits = frozenset[int]().union(*undeclared.values())
    reserved = {cell.index: cell.reserved for cell in cells if cell.reserved}
    return ColumnScan(
        looked=len(texts),
        hits=len(hits),
        found=_found(undeclared),
        reserved=len(reserved.keys() - hits),
        reserved_kinds=tuple(sorted({kind for spans in reserved.values() for kind, _ in spans})),
        by_chance=by_chance,
        cut=cut,
    )


def looks_like_identifier(scanner: Scanner, text: str, *, score: float = 0.5) -> bool:
    """Say whether one text, such as a column's name, holds an identifier by its form alone.

    There is no column to ask, so that one in eleven ten-digit numbers does.

    Raises:
        DataError: as `scan_column`.
    """
    cells = read_cells(scanner, _starts([text])[0], Header(words=(), kinds=frozenset()))
    return any(
        span.score >= score and not span.kind.rare
        for cell in cells
        for kind in PATTERNED
        for span in cell.free(kind)
    )


def _starts(values: Iterable[str]) -> tuple[list[str], bool]:
    """Return the texts cleaned and no longer than `LONGEST`, and whether any was.

    Cut before they are cleaned and after, as one character may become several.
    """
    texts, cut = [], False
    for value in values:
        text = clean(value[:LONGEST])
        cut = cut or len(value) > LONGEST or len(text) > LONGEST
        texts.append(text[:LONGEST])
    return texts, cut


def _restored(text: str, header: Header) -> str:
    """Give a phone number back the zero it lost, if the column's name says it is one."""
    phone = any(kind.entity == "PHONE_NUMBER" for kind in header.kinds)
    return f"0{text}" if phone and _LOST_ZERO.fullmatch(text) else text


def _believed(
    cells: Sequence[Cell], header: Header, population: int
) -> tuple[dict[Kind, bool], tuple[Kind, ...]]:
    """Return the kinds that the column speaks for, and those whose shape it has by chance.

    The first say whether most values are nothing but of that shape.
    """
    believed: dict[Kind, bool] = {}
    by_chance: list[Kind] = []
    for kind in PATTERNED:
        if kind.chance is None:
            continue
        count, whole = tally(cells, kind, header)
        typed = whole >= max(1, TYPED * population)
        real = is_real(
            count,
            kind.chance,
            headed=kind in header.kinds,
            doubtful=typed or kind.rare,
            checksum=kind.checksum,
        )
        if real:
            believed[kind] = typed
        elif count.passes or (typed and count.shaped):
            by_chance.append(kind)
    # Of values known to be one kind, some pass the check of another: nothing to note.
    return believed, () if any(believed.values()) else tuple(by_chance)


def _found(shapes: dict[str, dict[int, str]]) -> tuple[Found, ...]:
    """Return each kind with its commonest shape, the first by alphabet of those that tie."""
    found = [
        Found(
            kind=kind,
            shape=min(Counter(of.values()).items(), key=lambda item: (-item[1], item[0]))[0],
            count=len(of),
        )
        for kind, of in shapes.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.count, one.kind)))

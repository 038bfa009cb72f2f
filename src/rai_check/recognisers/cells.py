"""The texts of a column with everything in them that looks like an identifier."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rai_check.recognisers.evidence import Tally
from rai_check.recognisers.kinds import PATTERNED, Kind
from rai_check.recognisers.reserved import reserved_spans
from rai_check.recognisers.scanner import Scanner, Span
from rai_check.recognisers.text import Piece, header_words, may_hold, pieces

_EDGES = " .,;:()'+#/"
Place = tuple[int, int]
"""Start and end of characters in a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A column's name as context."""

    words: tuple[str, ...]
    kinds: frozenset[Kind]
    """Kinds that one of the words speaks for."""

    @classmethod
    def of(cls, name: str) -> "Header":
        """Read the words of a name."""
        words = header_words(name)
        kinds = frozenset(kind for kind in PATTERNED if kind.words.intersection(words))
        return cls(words=words, kinds=kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One text, or a piece of a long one, with what was found in it."""

    index: int
    """Of the value in its column."""
    piece: Piece
    spans: tuple[Span, ...]
    reserved: tuple[tuple[str, Place], ...]
    """Kinds and places of what comes from a range reserved for tests."""

    def is_whole(self, start: int, end: int) -> bool:
        """Say whether the value is nothing else."""
        text = self.piece.text
        rest = text[:start] + text[end:]
        return self.piece.whole and not rest.strip(_EDGES)

    def free(self, kind: Kind) -> list[Span]:
        """Return the matches of a kind that are not of a reserved range."""
        taken = [place for _, place in self.reserved]
        return [s for s in self.spans if s.kind is kind and not overlaps((s.start, s.end), taken)]


def overlaps(place: Place, taken: Sequence[Place]) -> bool:
    """Say whether a place shares a character with any of others."""
    return any(place[0] < end and start < place[1] for start, end in taken)


def read_cells(scanner: Scanner, texts: Sequence[str], header: Header) -> Iterator[Cell]:
    """Yield the texts that can hold an identifier, with their matches weighed in context.

    Matches too weak to believe without a word in the column's name, or near them, are left out.
    """
    cut = [
        (index, piece)
        for index, text in enumerate(texts)
        if may_hold(text)
        for piece in pieces(text)
        if may_hold(piece.text)
    ]
    for (index, piece), raw in zip(cut, scanner.raw([p.text for _, p in cut]), strict=True):
        able = [s for s in raw if s.kind in header.kinds or not s.kind.headed_only]
        spans = (s for s in scanner.weighed(piece.text, able, header.words))
        yield Cell(
            index=index,
            piece=piece,
            spans=tuple(
                s
                for s in spans
                if (s.supported or not s.kind.needs_words) and not piece.cuts(s.start, s.end)
            ),
            reserved=tuple((k, (a, b)) for k, a, b in reserved_spans(piece.text)),
        )


def tally(cells: Sequence[Cell], kind: Kind, header: Header) -> tuple[Tally, int]:
    """Count what passes and fails a kind's rule, and the values that are nothing but of its shape.

    Matches that words near them speak for are judged on their own and not counted here.
    """
    shape = re.compile(kind.shape or r"(?!)", re.IGNORECASE)
    passes = fails = whole = 0
    for cell in cells:
        spans = cell.free(kind)
        passes += sum(kind in header.kinds or not s.supported for s in spans)
        known = [place for _, place in cell.reserved] + [(s.start, s.end) for s in spans]
        shaped = [match.span() for match in shape.finditer(cell.piece.text)]
        fails += sum(not overlaps(p, known) and not cell.piece.cuts(*p) for p in shaped)
        whole += any(cell.is_whole(start, end) for start, end in shaped)
    return Tally(passes=passes, fails=fails), whole


def kept(cell: Cell, believed: Mapping[Kind, bool], header: Header, score: float) -> Iterator[Span]:
    """Yield the matches that count, none overlapping another or a reserved value.

    Args:
        cell: with its matches.
        believed: kinds that the column speaks for, and whether its values are mostly of them.
        header: the column's name.
        score: the lowest that counts, where neither the column nor its name speaks for a value.
    """
    taken = [place for _, place in cell.reserved]
    for kind in PATTERNED:
        headed = kind in header.kinds
        for span in cell.free(kind):
            whole = cell.is_whole(span.start, span.end)
            if kind.chance is None:
                counts = span.score >= score or (headed and whole)
            elif whole and believed.get(kind):
                counts = True
            else:
                near = span.supported and not headed
                counts = span.score >= score and (kind in believed or near)
            if counts and not overlaps((span.start, span.end), taken):
                taken.append((span.start, span.end))
                yield span

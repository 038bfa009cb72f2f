"""Cells and column names as the recognisers want them; masks, so that no value is ever shown."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

SHOWN = 40
"""Characters of a masked shape, at most."""
LONGEST = 65_536
"""Characters of a cell that are looked at; what comes after them is not."""
PIECE, OVERLAP = 2_000, 100
"""Characters of a cell scanned at a time, and how many of them the next piece repeats."""
_PUNCTUATION = frozenset(" @.-/()+:,'&_#")
_NOT_IDENTIFIERS = re.compile(
    r"[+-]?\d{0,15}[.]\d+(?:[eE][+-]?\d+)?"  # a decimal number
    r"|\d{1,7}"  # too few digits for any kind
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"  # a UUID
    r"|[0-9.,]+ ?%"  # a share
    r"|£ ?[0-9,]+(?:[.]\d\d)?",  # an amount
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
_TAIL = re.compile(r"(?<=..)(?:number|num|nos?|nbr|code|ref|id)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A text, or a part of one too long to scan at once."""

    text: str
    first: bool = True
    last: bool = True

    @property
    def whole(self) -> bool:
        """Whether it is all of the text."""
        return self.first and self.last

    def cuts(self, start: int, end: int) -> bool:
        """Say whether a place touches an edge where the text goes on; the next piece has it all."""
        return (start == 0 and not self.first) or (end == len(self.text) and not self.last)


def word_set(text: str) -> frozenset[str]:
    """Return the words of a list written as one text."""
    return frozenset(text.split())


def clean(value: str) -> str:
    """Return text in one spelling: ASCII digits, dashes and spaces, nothing invisible."""
    if value.isascii() and value.isprintable():
        return value.strip()
    return "".join(map(_plain, unicodedata.normalize("NFKC", value))).strip()


def _plain(character: str) -> str:
    if character.isascii():
        return character if character.isprintable() or character == "\n" else " "
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Cf":
        return ""
    simple = {"Pd": "-", "Zs": " ", "Cc": " ", "Zl": "\n", "Zp": "\n"}
    return simple.get(category, character)


def may_hold(text: str) -> bool:
    """Say whether text can hold anything that is found by pattern: all have a digit or an @.

    Numbers with decimals, amounts and UUIDs are taken at their word.
    """
    return any(c.isdigit() or c == "@" for c in text) and not _NOT_IDENTIFIERS.fullmatch(text)


def pieces(text: str) -> Iterator[Piece]:
    """Cut text into pieces that overlap by more than any identifier is long."""
    ends = range(PIECE, len(text) + PIECE - OVERLAP, PIECE - OVERLAP)
    for end in ends or (PIECE,):
        start = end - PIECE
        yield Piece(text=text[start:end], first=start == 0, last=end >= len(text))


def header_words(name: str) -> tuple[str, ...]:
    """Return the words of a column's name in lower case: `NHSNumber`, `nhs_no`, `nhsno` → nhs.

    Words with a tail such as "no" or "id" are given with it and without it.
    """
    words = [word.lower() for word in _WORD.findall(unicodedata.normalize("NFKC", name))]
    joined = ["".join(pair) for pair in pairwise(words)]
    bare = [_TAIL.sub("", word) for word in words]
    return tuple(dict.fromkeys([*words, *bare, *joined, "".join(words)]))


def masked(text: str, *, short: bool) -> str:
    """Return the shape of text: N for a digit, A for a letter, ? for what is neither.

    Args:
        text: what was found.
        short: write runs of letters or digits as one, for kinds without a fixed length.
    """
    shape = "".join(map(_class, text))
    if short:
        shape = re.sub(r"([AN])\1+", r"\1", shape)
    return shape if len(shape) <= SHOWN else shape[: SHOWN - 1] + "…"


def _class(character: str) -> str:
    if character.isdigit():
        return "N"
    if character.isalpha():
        return "A"
    return character if character in _PUNCTUATION else "?"

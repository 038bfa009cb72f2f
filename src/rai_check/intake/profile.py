"""What a column looks like: counts, shapes and pass rates, never a value.

Of a column with many distinct values a keyed sample is looked at, so that a file of any size
takes a bounded time, and the same file gives the same profile whatever the order of its rows.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rai_check.intake.looks import (
    IdentifierLike,
    is_free_text,
    is_yes_or_no,
    lost_zeros,
    resembled,
)
from rai_check.intake.matching import ListMatch, list_matches
from rai_check.recognisers.text import header_words, masked
from rai_check.tables import Known, NumericProfile, Table, require
from rai_check.tables.interface import Kind
from rai_check.values import Candidate, candidates, spent, suppression

LOOKED = 2_000
"""Distinct values of a column that are looked at."""
LONGEST = 2_000
"""Characters of a value that are looked at."""
SHAPES = 3
Valued = Sequence[tuple[str, int]]
"""Distinct values, each with its rows; each with 1 where they are a sample."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A masked shape, such as ``AA-N``, and the share of the values looked at that have it."""

    mask: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnProfile:
    """What a column looks like.

    Attributes:
        name: of the column.
        kind: as stored.
        rows: of the table.
        missing: rows without a value.
        distinct: known distinct values.
        looked: how many of those were looked at; all of them, or a keyed sample.
        words: of the column's name, in lower case.
        numeric: how many rows are numbers.
        shapes: the commonest masked shapes, the most frequent first.
        written: forms in which its dates or numbers may be written, the best first.
        lists: shipped code lists that have some of its values, the best first.
        identifiers: kinds of personal identifier that it looks like, the surest first.
        yes_no: whether its values say yes and no, in any of the usual spellings.
        free_text: whether its values are sentences.
        marks: values looked at that stand for a suppressed small number, such as ``< 10``.
        spent: values looked at that a spreadsheet cut to a number like ``1.23457E+11``.
        lost_zeros: values looked at that are shorter than the others of a fixed width, by name a
            code or reference; their leading zeros may be lost.
        longest: characters of the longest value looked at, `LONGEST` at most.
    """

    name: str
    kind: Kind
    rows: int
    missing: int
    distinct: int
    looked: int
    words: tuple[str, ...]
    numeric: NumericProfile
    shapes: tuple[Shape, ...]
    written: tuple[Candidate, ...]
    lists: tuple[ListMatch, ...]
    identifiers: tuple[IdentifierLike, ...]
    yes_no: bool
    free_text: bool
    marks: int
    spent: int
    lost_zeros: int
    longest: int

    @property
    def known(self) -> int:
        """Rows with a value."""
        return self.rows - self.missing

    @property
    def unique(self) -> bool:
        """Whether no value occurs twice."""
        return 0 < self.distinct == self.known

    @property
    def whole(self) -> bool:
        """Whether every distinct value was looked at."""
        return self.looked == self.distinct

    @property
    def number(self) -> bool:
        """Whether nearly every known value is a number."""
        return self.known > 0 and self.numeric.known >= 0.95 * self.known


def profile(table: Table, column: str, *, key: str = "rai-check") -> ColumnProfile:
    """Look at one column.

    Args:
        table: an open table.
        column: its name.
        key: of the sample that is looked at where there are more than `LOOKED` values.

    Raises:
        DataError: the table has no such column.
    """
    stored = require(table, column)
    distinct = table.count_distinct(column)
    valued = values_of(table, column, distinct=distinct, key=key)
    texts = [text for text, _ in valued]
    words = header_words(column)
    (total,) = table.counts((), {"known": Known(column)}).rows or (None,)
    known = total.sums[0] if total else 0
    return ColumnProfile(
        name=column,
        kind=stored.kind,
        rows=table.rows,
        missing=table.rows - known,
        distinct=distinct,
        looked=len(texts),
        words=words,
        numeric=table.numeric_profile(column),
        shapes=_shapes(texts),
        written=candidates(valued),
        lists=list_matches(valued),
        identifiers=resembled(words, texts),
        yes_no=is_yes_or_no(texts),
        free_text=is_free_text(texts),
        marks=sum(suppression(text) for text in texts),
        spent=sum(map(spent, texts)),
        lost_zeros=lost_zeros(words, texts),
        longest=max(map(len, texts), default=0),
    )


def values_of(table: Table, column: str, *, distinct: int, key: str) -> Valued:
    """Return the distinct values with their rows, or a keyed sample of `LOOKED` of them."""
    if distinct > LOOKED:
        return [(text[:LONGEST], 1) for text in table.sample(column, LOOKED, key)]
    return [(text[:LONGEST], n) for text, n in table.distinct(column) if text is not None]


def _shapes(texts: Sequence[str]) -> tuple[Shape, ...]:
    found = Counter(masked(text, short=True) for text in texts)
    first = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:SHAPES]
    return tuple(Shape(mask=mask, share=count / len(texts)) for mask, count in first)

"""What every check may ask of a table: aggregates first, bounded batches where rows are needed.

Whatever the data was stored as, it is grouped, matched and sampled by its *text form*
(`rai_check.tables.text`), so that a CSV file, a Parquet file and a data frame of the same data
give the same answers. Measures follow Kleene's three-valued logic: where a value is missing a
predicate is *unknown*, so is its negation, and an unknown is never counted.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from rai_check.errors import UsageError
from rai_check.reading import ReadNote

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

Kind: TypeAlias = Literal["text", "integer", "number", "boolean", "date"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column as stored: its name, stripped of outer blanks, and the kind of its values."""

    name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class IsIn:
    """The value of `column` is one of `values`; unknown where it is missing.

    Raises:
        UsageError: `values` is a single string, is empty, or holds a blank, which is a missing
            value and never equal to anything: `Not(Known(column))` asks for those.
    """

    column: str
    values: tuple[str, ...]

    def __post_init__(self) -> None:
        if isinstance(self.values, str) or not self.values:
            raise UsageError(f"Give the values of {self.column!r} to look for as a list of one up.")
        if any(not value.strip() for value in self.values):
            raise UsageError(
                f"A value to look for in {self.column!r} is blank; ask for 'not known' instead."
            )


@dataclass(frozen=True, slots=True)
class Known:
    """The value of `column` is there; never unknown."""

    column: str


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The value of `column` is a finite number not below `threshold`; unknown where it is not one.

    A threshold of minus infinity therefore holds for every finite number.

    Raises:
        UsageError: `threshold` is NaN.
    """

    column: str
    threshold: float

    def __post_init__(self) -> None:
        if math.isnan(self.threshold):
            raise UsageError(f"The threshold for {self.column!r} is not a number.")


@dataclass(frozen=True, slots=True)
class And:
    """Every one of `parts` holds; of no parts at all it is true."""

    parts: tuple["Predicate", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """`part` does not hold; unknown where `part` is."""

    part: "Predicate"


Predicate: TypeAlias = IsIn | Known | AtLeast | And | Not
NO_MEASURES: Mapping[str, Predicate] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRow:
    """One group: its `key`, its `n` rows, one sum a measure, and its distinct units if asked."""

    key: tuple[str | None, ...]
    n: int
    sums: tuple[int, ...] = ()
    units: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Groups in the order of their keys (code points; missing after everything else)."""

    by: tuple[str, ...]
    measures: tuple[str, ...]
    rows: tuple[CountRow, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """A key made from a number: how many of `edges` are not above it; missing where not finite.

    `Cut("score", (0.5,))` gives "0" below 0.5 and "1" from 0.5 upwards: to the last bit what
    `numpy.searchsorted(edges, value, side="right")` gives.

    Raises:
        UsageError: no edge, or edges that do not rise.
    """

    column: str
    edges: tuple[float, ...]

    def __post_init__(self) -> None:
        pairs = zip(self.edges, self.edges[1:], strict=False)
        if not self.edges or not all(a < b for a, b in pairs) or math.isnan(self.edges[0]):
            raise UsageError(f"The edges that cut {self.column!r} must be rising numbers.")


SCALE = 10**6
"""Sums of numbers are of whole millionths, so that they do not depend on the order of rows."""

LARGEST = 10**9
"""The size of the largest number that is summed; one beyond it is taken for a mistake."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sums:
    """Of one numeric column, for each cell; arrays of `cells` entries.

    `known` (int64) counts rows with a finite number. `total` and `squares` are exact whole
    numbers (arrays of Python ints) of millionths and of squared millionths; each number is first
    rounded to whole millionths, halves away from zero.
    """

    known: "np.ndarray"
    total: "np.ndarray"
    squares: "np.ndarray"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cells:
    """Rows counted by every combination of the values of some columns: one cube of counts.

    Attributes:
        by: what the cells are keyed by.
        keys: for each of `by`, its distinct values in text form, in order, missing (None) last.
        codes: int32, cells x columns: places in `keys`; cells are in the order of their rows.
        n: int64, cells: rows, or what they stand for where the table has a count column.
        sums: for each numeric column asked for.
        unit: int64, cells: a number from nought for each distinct unit, in the order of their
            texts, -1 where it is missing; None unless asked for, in which case cells are of one
            unit each.
    """

    by: tuple[str | Cut, ...]
    keys: tuple[tuple[str | None, ...], ...]
    codes: "np.ndarray"
    n: "np.ndarray"
    sums: Mapping[str, Sums]
    unit: "np.ndarray | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumericProfile:
    """How many rows of a column are numbers, and what the rest are: counts, never values.

    `known` are finite numbers, `negative` those of them below zero. `nan` and `infinite` are
    written so in text ("nan", "inf") or too large for a double; a frame's own NaN is `missing`.
    known + missing + not_numeric + nan + infinite is the number of rows.
    """

    known: int
    missing: int
    not_numeric: int
    nan: int
    infinite: int
    negative: int


class Table(Protocol):
    """One table of a project. Every method raises `DataError` for a column it does not have."""

    @property
    def name(self) -> str:
        """The name the project file gives it."""

    @property
    def source(self) -> str:
        """Where it came from, for messages: a file name or the kind of frame."""

    @property
    def note(self) -> ReadNote:
        """How it was read."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, in the order of the file."""

    @property
    def rows(self) -> int:
        """The number of rows, or of what they stand for where the table has a count column."""

    def fingerprint(self) -> str:
        """Return the SHA-256 (hex) of the content as read: of a file's bytes, or a frame's text."""

    def counts(
        self,
        by: Sequence[str],
        measures: Mapping[str, Predicate] = NO_MEASURES,
        *,
        unit: str | None = None,
    ) -> Counts:
        """Count rows by group, rows where each measure holds, and distinct known `unit` values."""

    def cells(
        self, by: Sequence[str | Cut], *, sums: Sequence[str] = (), unit: str | None = None
    ) -> Cells:
        """Count rows by every combination of the values of `by` in one pass over the data.

        Cells come in the order of their keys, those of one combination by `unit`; of no `by` at
        all there is one cell. `DataError` also for a number in `sums` beyond `LARGEST`.
        """

    def units(self, by: Sequence[str], unit: str) -> Counts:
        """Count the distinct known values of `unit` (a person, a case) in each group."""

    def distinct(self, column: str) -> Iterator[tuple[str | None, int]]:
        """Stream the values of a column with their row counts, in order, missing last."""

    def count_distinct(self, column: str) -> int:
        """Count the distinct known values of a column."""

    def numeric_profile(self, column: str) -> NumericProfile:
        """Say how many rows of a column are numbers."""

    def sample(self, column: str, n: int, key: str) -> tuple[str, ...]:
        """Return the `n` distinct values with the smallest keyed hash, whatever the row order."""

    def batches(self, columns: Sequence[str], size: int = 10_000) -> Iterator["pa.RecordBatch"]:
        """Stream text columns in file order, at most `size` rows at a time."""

    def close(self) -> None:
        """Let go of the data and of everything spilled to disk; safe to call twice."""

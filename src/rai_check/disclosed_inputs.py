"""The inputs of an assessment as a shared report may speak of them: how read, with what loss."""

from dataclasses import dataclass

from rai_check.protected import Count


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicLeftOut:
    """Rows that are not rows of the table, or that a step has no answer for."""

    why: str
    rows: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRemark:
    """What a reader of the table should know; ``{n}`` in the text stands for the count."""

    text: str
    n: Count | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicStep:
    """What one step did to the rows of a table."""

    does: str
    rows_in: Count
    rows_out: Count
    left_out: tuple[PublicLeftOut, ...]
    unset: tuple[PublicLeftOut, ...]
    unused: tuple[PublicLeftOut, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicReading:
    """How a file was read.

    Rows that are no records, such as those of a title, are counted exactly: they are of nobody.
    """

    encoding: str | None
    line_ends: str | None
    delimiter: str | None
    sheet: str | None
    """Its name, where that may be said."""
    header_rows: tuple[int, ...]
    left_out: tuple[PublicLeftOut, ...]
    remarks: tuple[PublicRemark, ...]
    sheet_number: int | None = None
    """Where it stands among the sheets of its file, from one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicInput:
    """A file that was measured, its rows rounded."""

    name: str
    role: str
    file: str
    sha256: str
    rows: Count | None
    read_as: str
    reading: PublicReading | None = None
    steps: tuple[PublicStep, ...] = ()

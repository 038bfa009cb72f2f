"""What reading a table did: how it was read, what was left out, what each step on rows lost.

Counts, places and words of ours; never the content of a cell.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Rows that are in the file, or came into a step, and are not rows of the table."""

    why: str
    """In words of ours that follow a number of rows: ``above the header``, ``without a match``."""
    rows: int
    first: int | None = None
    """Row of the file, counted from one, of the first of them; None where that says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What a reader of the table should know, such as sheets that are hidden."""

    text: str
    """A whole sentence of ours; ``{n}`` stands for a count of rows or cells."""
    n: int | None = None
    """That count, apart from the text, so that a shared report can protect it."""

    def __str__(self) -> str:
        """Return the sentence with its true count."""
        return self.text if self.n is None else self.text.replace("{n}", f"{self.n:,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadNote:
    """How a table was read.

    Attributes:
        encoding: of a text file.
        delimiter: of a text file.
        rows: rows of the table.
        stands_for: what the rows stand for where the table has a count column, else None.
        line_ends: of a text file: ``LF``, ``CRLF``, ``CR`` or ``mixed``.
        sheet: of a workbook, or the table of a database file.
        sheet_asked: whether it was asked for by its name.
        sheet_number: where it stands among the sheets of the file, from one.
        header_rows: rows of the file, counted from one, that the column names came from.
        rows_in: rows of the file of any kind, header and title included; None where it has none
            but the table's.
        left_out: rows of the file that are not rows of the table.
        remarks: what a reader should know.
    """

    encoding: str | None
    delimiter: str | None
    rows: int
    stands_for: int | None = None
    line_ends: str | None = None
    sheet: str | None = None
    header_rows: tuple[int, ...] = ()
    rows_in: int | None = None
    left_out: tuple[LeftOut, ...] = ()
    remarks: tuple[Remark, ...] = ()
    sheet_asked: bool = False
    sheet_number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepNote:
    """What one step on the rows of a table did."""

    step: str
    """Its kind as the project file writes it, such as ``join``."""
    does: str
    """In words of ours, with names of tables and columns: ``join 'monitoring' on 'person_ref'``."""
    rows_in: int
    rows_out: int
    left_out: tuple[LeftOut, ...] = ()
    """Rows lost; they add up to rows_in - rows_out."""
    unset: tuple[LeftOut, ...] = ()
    """Rows kept for which the step has no answer, such as an age without a date of birth."""
    unused: tuple[LeftOut, ...] = ()
    """Rows of another table that it could not use, such as those whose key is blank."""
    columns: tuple[str, ...] = ()
    """Columns that it adds or rewrites."""

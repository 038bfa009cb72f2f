"""A table in the project file: where it is, what it is, its columns and the steps on its rows."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from rai_check.derive import StepFile
from rai_check.documents import Day, Document
from rai_check.project.columns import ColumnFile, Meaning, Text


class Role(StrEnum):
    """What a table is; checks ask for a role, never for a file."""

    DECISIONS = "decisions"
    CURRENT_PROCESS = "current_process"
    HELD_OUT = "held_out"
    BASELINE = "baseline"
    MONITORING = "monitoring"
    LOG = "log"
    GOLDEN_CASES = "golden_cases"
    LOOKUP = "lookup"
    """What other tables are joined with, such as a monitoring file that HR keeps apart."""
    REFERENCE = "reference"
    """The population that the data should resemble."""


class Covers(Document):
    """The period that a table is said to cover, by one of its date columns; both days count."""

    column: Text
    from_: Day = Field(alias="from")
    to: Day

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.to < self.from_:
            raise ValueError("'to' is before 'from'")
        return self


class TableFile(Document):
    """One table, its role and the columns that mean something."""

    path: Text
    role: Role
    encoding: Text | None = None
    delimiter: Annotated[str, StringConstraints(strip_whitespace=False, max_length=4)] | None = None
    sheet: Text | None = None
    """Of a workbook: the sheet; of a database file: the table."""
    header_row: Annotated[int, Field(ge=1, le=1000)] | None = None
    """Row of the file, counted from one, that holds the column names."""
    covers: Covers | None = None
    outcome_known: Literal["all", "selected"] = "all"
    """Whether the truth is known for every row or only for those the tool selected."""
    derive: Annotated[tuple[StepFile, ...], Field(max_length=100)] = ()
    """Steps on its rows, in their order, once it has been read."""
    columns: dict[Text, ColumnFile]

    @property
    def added(self) -> tuple[str, ...]:
        """Names of the columns that its steps add."""
        return tuple(name for item in self.derive for name in item.step.adds)

    @property
    def not_known(self) -> dict[str, tuple[str, ...]]:
        """Column → values that mean "not stated", of those columns that have any."""
        return {name: c.not_known for name, c in self.columns.items() if c.not_known}

    @property
    def is_worked_on(self) -> bool:
        """Whether its rows are other than the file's: columns read, steps done, counts left out."""
        held_back = any(c.means is Meaning.COUNT and c.not_known for c in self.columns.values())
        return bool(self.derive) or held_back or any(c.written for c in self.columns.values())

    @model_validator(mode="after")
    def _adds_each_column_once(self) -> Self:
        added = self.added
        if twice := [name for name in added if added.count(name) > 1]:
            raise ValueError(f"two steps of 'derive' add a column {twice[0]!r}; name one another")
        written = (name for name in added if name in self.columns and self.columns[name].written)
        if (name := next(written, None)) is not None:
            raise ValueError(
                f"'written' says how the file writes a column; {name!r} is added by 'derive' "
                "(for a column that is joined, say it in its own table)"
            )
        return self

    @model_validator(mode="after")
    def _one_of_each(self) -> Self:
        several = {
            Meaning.GROUP, Meaning.STRATUM, Meaning.REASON, Meaning.CASE, Meaning.DATE,
            Meaning.FREE_TEXT, Meaning.OTHER,
        }  # fmt: skip
        for meaning in set(Meaning) - several:
            names = [n for n, c in self.columns.items() if c.means is meaning]
            if len(names) > 1:
                raise ValueError(f"{len(names)} columns mean {meaning.value!r}; only one can")
        return self

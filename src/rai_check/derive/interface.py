"""What a step is given, and what it gives back: rows on a bench, and a note of what it did."""

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import StringConstraints

from rai_check.documents import Document
from rai_check.errors import DataError
from rai_check.protected import PEOPLE, SMALL
from rai_check.reading import LeftOut, StepNote
from rai_check.tables import Table, shown
from rai_check.tables.sql import literal
from rai_check.tables.text import text_forms_of

if TYPE_CHECKING:
    from rai_check.tables.bench import Bench

ColumnName = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
NotKnown = Mapping[str, tuple[str, ...]]
"""Column → the texts that the project declares as not known; each step takes them for blank."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Another table of the project, as its own steps left it."""

    table: Table
    not_known: NotKnown
    unread: Mapping[str, int]
    """Column → how many of its values may be more than the blanks they are; see `Work`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """The rows of a table while one step works on them.

    Attributes:
        bench: the rows.
        place: of the step, for messages.
        not_known: of the columns of this table.
        unread: column → how many of its blanks may stand for something: `written` could not read
            it, `recode` did not list it, or a damaged key hides it from a join.
        other: gives another table of the project by its name.
    """

    bench: "Bench"
    place: str
    not_known: NotKnown
    unread: dict[str, int]
    other: Callable[[str], Side]

    def known(self, column: str) -> str:
        """Return SQL for the text of a column, null where it is blank or declared not known."""
        return known(self.bench.place(column), self.not_known.get(column, ()))

    def count(self, condition: str) -> int:
        """Count the rows for which a condition holds."""
        return self.bench.numbers(f"SELECT count(*) FROM $data WHERE {condition}")[0]  # noqa: S608 - SQL of ours

    def fault(self, text: str) -> DataError:
        """Return the error that says what is wrong in this step."""
        return DataError(f"{self.place}: {text}")


class Step(Document):
    """One step of `derive`; a kind in each module of this package."""

    @abstractmethod
    def run(self, work: Work) -> StepNote:
        """Do it.

        Raises:
            DataError: a column it needs is not there or is not of dates or numbers, one that it
                adds is there already, or rows contradict what the step says of them.
        """

    @property
    def adds(self) -> tuple[str, ...]:
        """Names of the columns that it adds."""
        return ()


def known(place: str, not_known: Sequence[str]) -> str:
    """Return SQL for a text, null where it is one of those declared as not known."""
    forms = [form for form in text_forms_of(tuple(not_known)) if form is not None]
    if not forms:
        return place
    return f"CASE WHEN {place} NOT IN ({', '.join(map(literal, forms))}) THEN {place} END"


def told(*lines: tuple[str, int]) -> tuple[LeftOut, ...]:
    """Return the lines of a note that are of any rows."""
    return tuple(LeftOut(why=why, rows=rows) for why, rows in lines if rows)


def about(n: int, what: str = "row") -> str:
    """So many, for a message that a shared report may carry: ``fewer than 10 rows``."""
    shown = PEOPLE.count(n).value
    return f"fewer than {SMALL} {what}s" if shown is None else f"about {shown:,.0f} {what}s"


def named(*columns: str) -> str:
    """Return names of columns for a message."""
    return ", ".join(repr(shown(column)) for column in columns)

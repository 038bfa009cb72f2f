"""Reading the columns that say how they are written, then the steps, in their order."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rai_check.derive.interface import NotKnown, Side, Work, known, named, told
from rai_check.derive.steps import StepFile
from rai_check.derive.written import read_written, unread
from rai_check.errors import DataError
from rai_check.reading import StepNote
from rai_check.tables import Table, shown
from rai_check.values import Written

if TYPE_CHECKING:
    from rai_check.tables.bench import Bench


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """A table after its steps.

    Attributes:
        table: its rows.
        steps: what each step did.
        unread: column → how many of its blanks may stand for something that could not be read or
            found; see `Work`.
    """

    table: Table
    steps: tuple[StepNote, ...]
    unread: Mapping[str, int]


def derived(
    table: Table,
    steps: Sequence[StepFile],
    *,
    written: Mapping[str, Written],
    not_known: NotKnown,
    other: Callable[[str], Side],
    count: str | None = None,
) -> Derived:
    """Return the table that a project's steps make of another, and what each of them did.

    Args:
        table: as read; not to be used after this.
        steps: in their order.
        written: column → how its dates or numbers are written. One that is not in the table is
            passed over here: it is missing to whoever asks for it.
        not_known: column → texts that mean "not stated".
        other: gives another table of the project, as its own steps left it.
        count: the column that says how many records each row stands for; rows whose count is
            declared as not known are left out.

    Raises:
        DataError: a step cannot be done; the message names the table and the step.
    """
    from rai_check.tables.bench import Bench

    where = f"table {shown(table.name)!r} ({table.source})"
    bench = Bench(table)
    try:
        notes = [
            read_written(bench, column, form, not_known.get(column, ()))
            for column, form in written.items()
            if column in bench.columns
        ]
        lost = unread(notes)
        for index, item in enumerate(steps, start=1):
            place = f"{where}, step {index} ({item.kind!r})"
            work = Work(bench=bench, place=place, not_known=not_known, unread=lost, other=other)
            notes.append(_done(item, work))
        if count is not None and (marks := not_known.get(count)):
            notes.append(_without_held_back(bench, count, marks))
        return Derived(table=bench.finish(count), steps=tuple(notes), unread=lost)
    except BaseException:
        bench.close()
        raise


def _without_held_back(bench: "Bench", count: str, marks: Sequence[str]) -> StepNote:
    """Leave out rows whose count is declared as not known, such as ``<10`` of a published table.

    Nobody is guessed in their place: a group of which all are left out has no reference.
    """
    rows, place = bench.rows, bench.place(count)
    bench.keep(f"{place} IS NULL OR {known(place, marks)} IS NOT NULL")
    why = f"whose {named(count)} is not known"
    return StepNote(
        step="count",
        does=f"only rows with a known {named(count)}",
        rows_in=rows,
        rows_out=bench.rows,
        left_out=told((why, rows - bench.rows)),
    )


def _done(item: StepFile, work: Work) -> StepNote:
    """Do one step; an error of a column gets the step's place before it."""
    try:
        note = item.step.run(work)
    except DataError as fault:
        if str(fault).startswith(work.place):
            raise
        raise work.fault(fault.marked) from None
    lost = sum(line.rows for line in note.left_out)
    assert note.rows_in - lost == note.rows_out, "rows must add up"  # noqa: S101 - a fault of ours
    return note

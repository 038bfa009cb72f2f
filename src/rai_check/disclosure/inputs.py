"""Inputs: their rows are of people, the lines of a title or a total are not."""

from rai_check.disclosed_inputs import (
    PublicInput,
    PublicLeftOut,
    PublicReading,
    PublicRemark,
    PublicStep,
)
from rai_check.headings import is_ordinary
from rai_check.measured import Input
from rai_check.protected import Count, Rule
from rai_check.reading import LeftOut, ReadNote, StepNote


def public_input(one: Input, people: Rule) -> PublicInput:
    """Return what may be shown of an input."""
    return PublicInput(
        name=one.name,
        role=one.role,
        file=one.file,
        sha256=one.sha256,
        rows=None if one.rows is None else people.count(one.rows),
        read_as=one.read_as,
        reading=None if one.note is None else _reading(one.note, people),
        steps=tuple(_step(step, people) for step in one.steps),
    )


def _reading(note: ReadNote, people: Rule) -> PublicReading:
    """Leave out where a row stands that ends a table: it would be the exact number of records.

    A sheet is named only if it was asked for by name, or its name is an ordinary heading.
    """
    named = note.sheet is not None and (note.sheet_asked or is_ordinary(note.sheet))
    return PublicReading(
        encoding=note.encoding,
        line_ends=note.line_ends,
        delimiter=note.delimiter,
        sheet=note.sheet if named else None,
        sheet_number=note.sheet_number,
        header_rows=note.header_rows,
        left_out=tuple(
            PublicLeftOut(why=rows.why, rows=Count(value=rows.rows)) for rows in note.left_out
        ),
        remarks=tuple(
            PublicRemark(text=r.text, n=None if r.n is None else people.count(r.n))
            for r in note.remarks
        ),
    )


def _step(note: StepNote, people: Rule) -> PublicStep:
    return PublicStep(
        does=note.does,
        rows_in=people.count(note.rows_in),
        rows_out=people.count(note.rows_out),
        left_out=_of_people(note.left_out, people),
        unset=_of_people(note.unset, people),
        unused=_of_people(note.unused, people),
    )


def _of_people(rows: tuple[LeftOut, ...], people: Rule) -> tuple[PublicLeftOut, ...]:
    return tuple(PublicLeftOut(why=one.why, rows=people.count(one.rows)) for one in rows)

"""How data was read, in every report that a person reads."""

from dataclasses import replace

import pytest

from rai_check.disclosure import public
from rai_check.reading import LeftOut, ReadNote, Remark, StepNote
from rai_check.reports import markdown, readings, terminal
from rai_check.reports.html import render as html

NOTE = ReadNote(
    encoding="cp1252",
    delimiter=";",
    rows=15_983,
    line_ends="CRLF",
    sheet="Reviews",
    header_rows=(4,),
    left_out=(LeftOut(why="above the header", rows=3, first=1), LeftOut(why="of totals", rows=1)),
    remarks=(Remark(text="Cells hold an error and count as missing: {n}.", n=3),),
)
STEP = StepNote(
    step="join", does="join 'monitoring' on 'person_ref'", rows_in=15_983, rows_out=15_900,
    left_out=(LeftOut(why="without a match", rows=83),),
)  # fmt: skip


@pytest.fixture
def read(make):
    """An assessment whose decisions were read as told."""

    def build(note=NOTE, steps=(STEP,)):
        made = make.everything()
        first, *rest = made.measurements.inputs
        inputs = (replace(first, note=note, steps=steps), *rest)
        return replace(made, measurements=replace(made.measurements, inputs=inputs))

    return build


def test_sentences_say_how_a_file_was_read_and_what_was_lost(read):
    ((name, said),) = readings.inputs(public(read()))

    assert name == "decisions (decisions.csv)"
    assert "\n".join(said) == (
        "Read as text in cp1252, columns set apart by semicolons, line ends CRLF, sheet "
        "'Reviews' and column names from row 4.\n"
        "Not records, and left out: 3 rows above the header and 1 row of totals.\n"
        "Cells hold an error and count as missing: fewer than 10.\n"
        "Step 1: join 'monitoring' on 'person_ref': 15,985 rows in, 15,900 out; lost 85 rows "
        "without a match."
    )


def test_every_report_says_it(read):
    made = read()

    assert "lost 85 rows without a match" in " ".join(terminal.render(made).split())
    assert "How the data was read" in html.render(made)
    assert "lost 85 rows without a match" in html.render(made)
    assert "How the data was read" in markdown.render(made)


def test_rows_of_another_table_that_could_not_be_used_are_told(read):
    step = replace(
        STEP, left_out=(), unused=(LeftOut(why="of 'monitoring' with a blank key", rows=31),)
    )
    made = public(read(NOTE, (step,)))
    told = "could not use 30 rows of 'monitoring' with a blank key"  # 31 to the nearest 5

    assert told in readings.inputs(made)[0][1][-1]
    assert told in readings.losses(made)[0]


def test_nothing_is_said_where_nothing_happened(read):
    plain = ReadNote(encoding=None, delimiter=None, rows=15_983)
    made = read(plain, ())

    assert readings.inputs(public(made)) == ()
    assert readings.losses(public(made)) == ()
    assert "How the data was read" not in html.render(made)


def test_names_in_notes_are_inert(read):
    note = replace(NOTE, sheet="<script>alert(1)</script>")

    page = html.render(read(note))

    assert "<script>alert" not in page

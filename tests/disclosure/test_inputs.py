"""What a shared report may say of how data was read."""

from rai_check.disclosure.inputs import public_input
from rai_check.measured import Input
from rai_check.protected import PEOPLE, Mask
from rai_check.reading import LeftOut, ReadNote, Remark, StepNote


def made(note: ReadNote | None = None, steps: tuple[StepNote, ...] = ()) -> Input:
    return Input(
        name="decisions", role="decisions", file="d.csv", sha256="0" * 64, rows=1_001,
        read_as="utf-8", note=note, steps=steps,
    )  # fmt: skip


def test_lines_of_a_title_are_counted_exactly_and_never_placed():
    left = LeftOut(why="after the last record", rows=2, first=1_006)
    note = ReadNote(encoding="cp1252", delimiter=",", rows=1_001, left_out=(left,), rows_in=1_007)

    shown = public_input(made(note), PEOPLE)

    assert [(x.why, x.rows.value) for x in shown.reading.left_out] == [("after the last record", 2)]
    assert "1006" not in repr(shown)
    assert "1007" not in repr(shown)
    assert "1001" not in repr(shown)


def test_records_that_a_step_lost_are_protected_like_people():
    step = StepNote(
        step="join", does="join 'monitoring'", rows_in=1_001, rows_out=998,
        left_out=(LeftOut(why="without a match", rows=3),),
        unset=(LeftOut(why="without a date", rows=12),),
    )  # fmt: skip

    (shown,) = public_input(made(steps=(step,)), PEOPLE).steps

    assert shown.left_out[0].rows.mask is Mask.FEW
    assert shown.unset[0].rows.value == 10  # 12 to the nearest 5
    assert (shown.rows_in.value, shown.rows_out.value) == (1_000, 1_000)


def test_count_of_a_remark_is_protected():
    remarks = (Remark(text="Cells hold an error: {n}.", n=4), Remark(text="No count."))
    note = ReadNote(encoding=None, delimiter=None, rows=9, remarks=remarks)

    few, none = public_input(made(note), PEOPLE).reading.remarks

    assert few.n.mask is Mask.FEW
    assert none.n is None
    assert str(remarks[0]) == "Cells hold an error: 4."


def sheet_of(**note: object) -> tuple[str | None, int | None]:
    reading = public_input(made(ReadNote(encoding=None, delimiter=None, rows=9, **note)), PEOPLE)
    return reading.reading.sheet, reading.reading.sheet_number


def test_sheet_that_may_be_a_person_is_given_by_its_place():
    assert sheet_of(sheet="J Smith caseload", sheet_number=2) == (None, 2)


def test_sheet_is_named_if_the_project_file_does_or_its_name_is_ordinary():
    asked = sheet_of(sheet="J Smith caseload", sheet_number=2, sheet_asked=True)

    assert asked == ("J Smith caseload", 2)
    assert sheet_of(sheet="Referrals 2024", sheet_number=1) == ("Referrals 2024", 1)

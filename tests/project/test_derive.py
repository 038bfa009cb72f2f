"""A project whose tables are read and joined: what is measured, and what it is bound to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from builders import RATIO, SOURCE
from projects import GROUP, open_project, write_project
from rai_check.assess import measure, run
from rai_check.assessment import to_json
from rai_check.derive import StepFile
from rai_check.errors import DataError, UsageError
from rai_check.measurement import TwoProportions
from rai_check.measuring import Options
from rai_check.outcome import Outcome
from rai_check.project import read_project
from rai_check.provenance import versions
from rai_check.tables.parquet_table import ParquetTable

LATE = {"means": "prediction", "positive": ["late"], "positive_is": "unfavourable"}
STEPS = [
    {"join": {"with": "hr", "on": {"ref": "emp"}, "take": ["group"], "each": "one to one"}},
    {"days_between": {"from": "met", "to": "sent", "into": "days"}},
    {"late_if": {"column": "days", "more_than": "28", "into": "late"}},
]
DAYS = {
    "met": {"means": "date", "written": "dd/mm/yyyy"},
    "sent": {"means": "date", "written": "dd/mm/yyyy"},
}
CONTROL = {
    "AA-02": {
        "title": "T",
        "why": "W",
        "source": SOURCE,
        "severity": "high",
        "stage": "approve",
        "per": "group",
        "parts": [RATIO],
    }
}


def cases(n: int) -> tuple[list[list[str]], list[list[str]]]:
    """Reviews and staff: of group b every second is late, of group a every fourth."""
    reviews, staff = [], []
    for i in range(n):
        group = "ab"[i % 2]
        late = i // 2 % (4 if group == "a" else 2) == 0
        met = date(2025, 4, 1) + timedelta(days=i % 200)
        sent = met + timedelta(days=29 if late else 28)
        reviews.append([f"{i:05d}", met.strftime("%d/%m/%Y"), sent.strftime("%d/%m/%Y")])
        staff.append([f"{i:05d}", group])
    staff.sort(key=lambda row: row[0][::-1])  # in an order of their own
    return reviews, staff


def tables(path="decisions.csv", derive=STEPS, **spec):
    return {
        "decisions": {
            "path": path,
            "role": "decisions",
            "derive": derive,
            "columns": {**DAYS, "group": GROUP, "late": LATE},
            **spec,
        },
        "hr": {"path": "hr.csv", "role": "lookup", "columns": {}},
    }


def write(folder, n=400, **changes):
    """A project of two CSV files; returns the path of rai.yaml."""
    reviews, staff = cases(n)
    (folder / "hr.csv").write_text("\n".join(["emp,group", *map(",".join, staff)]), "cp1252")
    content = {"controls": CONTROL, "tables": tables(), **changes}
    return write_project(folder, header="ref,met,sent", lines=[*map(",".join, reviews)], **content)


def late_by_group(measurements):
    """Group → late of all, from the sufficient statistics of the only control."""
    (item,) = measurements.items
    result = item.parts[0].result
    assert result is not None, item.parts[0].reason
    return {
        dict(m.where)["group"]: (m.evidence.x, m.evidence.n)
        for m in result.measurements
        if isinstance(m.evidence, TwoProportions)
    }


def test_a_run_measures_what_the_steps_made(tmp_path):
    found = run(write(tmp_path))

    # 200 rows of each group: a late in every fourth (50), b in every second (100)
    assert late_by_group(found.measurements) == {"Group A": (50, 200), "Group B": (100, 200)}
    (item,) = found.judgement.items
    assert item.outcome is Outcome.FAIL  # 0.5 against 0.25 is twice as often
    decisions, hr = found.measurements.inputs
    assert [note.step for note in decisions.steps] == [
        "written", "written", "join", "days_between", "late_if",
    ]  # fmt: skip
    assert (decisions.rows, hr.rows, hr.steps) == (400, 400, ())
    assert "holidays" in versions()


def test_a_workbook_with_a_title_gives_the_same(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    from_csv = measure(write(tmp_path))
    book = openpyxl.Workbook()
    for row in [["Annual reviews (fictional)"], [], ["ref", "met", "sent"], *cases(400)[0]]:
        book.active.append(row)
    book.save(tmp_path / "Annual reviews.xlsx")
    from_book = measure(write(tmp_path, tables=tables("Annual reviews.xlsx")))

    assert late_by_group(from_book) == late_by_group(from_csv)
    assert from_book.inputs[0].steps == from_csv.inputs[0].steps


def test_frames_and_parquet_go_the_same_way(tmp_path):
    pandas = pytest.importorskip("pandas")
    path = write(tmp_path)
    from_csv = measure(path)
    frame = pandas.DataFrame(cases(400)[0], columns=["ref", "met", "sent"])
    frame.to_parquet(tmp_path / "decisions.parquet")
    by_frame = measure(path, Options(frames={"decisions": frame}))
    by_parquet = measure(write(tmp_path, tables=tables("decisions.parquet")))

    for found in (by_frame, by_parquet):
        assert late_by_group(found) == late_by_group(from_csv)
        assert found.inputs[0].steps == from_csv.inputs[0].steps
    assert by_frame.inputs[0].sha256 != by_parquet.inputs[0].sha256 != ""


def test_the_same_project_gives_the_same_bytes(tmp_path):
    path = write(tmp_path)

    assert to_json(measure(path)) == to_json(measure(path))


def test_another_step_is_another_project_and_other_evidence(tmp_path):
    first = measure(write(tmp_path))
    looser = [*STEPS[:2], {"late_if": {"column": "days", "more_than": "27", "into": "late"}}]
    second = measure(write(tmp_path, tables=tables(derive=looser)))

    assert first.project_sha256 != second.project_sha256
    assert first.evidence_digest != second.evidence_digest
    assert first.inputs[0].sha256 == second.inputs[0].sha256  # the file is the same


def test_a_joined_file_that_changes_is_other_evidence(tmp_path):
    path = write(tmp_path)
    first = measure(path)
    staff = (tmp_path / "hr.csv").read_text("cp1252")
    (tmp_path / "hr.csv").write_text(staff + "\n99999,b", "cp1252")
    second = measure(path)

    assert late_by_group(first) == late_by_group(second)
    assert first.evidence_digest != second.evidence_digest


def test_rows_that_leave_are_in_the_evidence(tmp_path):
    drop = {"join": {**STEPS[0]["join"], "unmatched": "drop"}}
    path = write(tmp_path, tables=tables(derive=[drop, *STEPS[1:]]))
    staff = (tmp_path / "hr.csv").read_text("cp1252").splitlines()
    (tmp_path / "hr.csv").write_text("\n".join(staff[:-10]), "cp1252")
    decisions, _ = measure(path).inputs

    join = decisions.steps[2]
    assert (join.rows_in, join.rows_out, sum(line.rows for line in join.left_out)) == (400, 390, 10)
    assert decisions.rows == 390
    assert decisions.note is not None
    assert decisions.note.rows == 400  # as read; the steps go on from there


def test_a_table_without_steps_is_read_where_it_lies(tmp_path):
    pandas = pytest.importorskip("pandas")
    pandas.DataFrame({"group": ["a", "b"], "late": ["late", "no"]}).to_parquet(
        tmp_path / "d.parquet"
    )
    plain = {"path": "d.parquet", "role": "decisions", "columns": {"group": GROUP, "late": LATE}}
    table = open_project(tmp_path, tables={"decisions": plain}).named("decisions")

    assert isinstance(table.data, ParquetTable)
    assert table.steps == ()


def test_counts_are_taken_after_the_steps(tmp_path):
    spec = {
        "path": "decisions.csv",
        "role": "decisions",
        "columns": {
            "group": GROUP,
            "n": {"means": "count", "written": "number"},
        },
        "derive": [{"keep": {"column": "group", "values": ["a", "b"]}}],
    }
    lines = ['a,"1,200"', "b,3", "c,5", "b,0"]
    project = open_project(tmp_path, header="group,n", lines=lines, tables={"decisions": spec})
    data = project.named("decisions").data

    assert data.rows == 1203
    assert data.note.stands_for == 1203
    assert list(data.distinct("group")) == [("a", 1200), ("b", 3)]


def test_a_count_that_could_not_be_read_is_refused(tmp_path):
    columns = {"group": GROUP, "n": {"means": "count", "written": "number"}}
    spec = {"path": "decisions.csv", "role": "decisions", "columns": columns}
    project = open_project(
        tmp_path, header="group,n", lines=["a,1", "b,< 10"], tables={"decisions": spec}
    )

    with pytest.raises(DataError, match="some of its values are missing or not a whole number"):
        project.named("decisions")
    with pytest.raises(DataError, match="is the count column"):  # remembered, not read again
        project.named("decisions")


@pytest.mark.parametrize(
    ("derive", "columns", "message"),
    [
        ([{"join": {}, "keep": {}}], {}, "'with' is required"),
        ([{}], {}, "give each step an item of its own, with one of join, days_between"),
        ([{"joim": {}}], {}, r"'joim' is not a known key. Did you mean 'join'\?"),
        ([STEPS[1], STEPS[1]], {}, "two steps of 'derive' add a column 'days'"),
        (
            STEPS,
            {"days": {"means": "amount", "written": "number"}},
            "'days' is added by 'derive'",
        ),
        (
            [{"late_if": {"column": "days", "more_than": "a month", "into": "late"}}],
            {},
            "more_than",
        ),
    ],
)
def test_steps_that_cannot_be_are_refused_with_their_line(tmp_path, derive, columns, message):
    spec = tables(derive=derive)
    spec["decisions"]["columns"] |= columns

    with pytest.raises(UsageError, match=rf"rai.yaml line \d+: .*{message}"):
        read_project(write(tmp_path, tables=spec))


def test_many_tables_joined_with_each_other_are_looked_through_once(tmp_path):
    # each of 30 joins the two after it: a walk along every path would be of a billion steps
    def joined(*names):
        one = {"on": {"a": "a"}, "each": "one to one"}
        return [{"join": {"with": n, "take": {"a": f"from_{n}"}, **one}} for n in names]

    spec = {
        f"t{i}": {
            "path": "x.csv",
            "role": "lookup",
            "columns": {},
            "derive": joined(*[f"t{j}" for j in (i + 1, i + 2) if j < 30]),
        }
        for i in range(30)
    }
    file, _ = read_project(write(tmp_path, tables=spec))

    assert len(file.tables) == 30


def test_the_list_of_steps_is_closed():
    assert list(StepFile.model_fields) == [
        "join", "days_between", "working_days_between", "late_if", "age_at", "age_band", "recode",
        "period", "keep", "one_per", "last_event",
    ]  # fmt: skip


def test_no_value_is_left_in_what_a_refused_step_leaves(tmp_path):
    steps = [{"days_between": {"from": "met", "to": "sent", "into": "days"}}]
    spec = tables(derive=steps)
    for column in DAYS:
        spec["decisions"]["columns"].pop(column)

    told = to_json(measure(write(tmp_path, tables=spec)))

    assert "they look like 'written: dd/mm/yyyy'" in told
    assert "01/04/2025" not in told

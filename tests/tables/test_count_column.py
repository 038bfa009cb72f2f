"""Tables that are already counts: every answer is of what the rows stand for."""

import datetime as dt
import traceback
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from rai_check.errors import DataError
from rai_check.project.file import read_project
from rai_check.project.project import Project
from rai_check.tables import AtLeast, Cut, IsIn, Table, from_frame, open_table

Opened = Callable[[Table], Table]
OpenAll = Callable[[dict[str, list[object]]], list[Table]]
SEN2 = Path(__file__).parents[2] / "../shared/data/sen2/ehc_requests_latest_by_ethnicity_sex.csv"

COUNTED: dict[str, list[object]] = {
    "group": ["A", "A", "B", "B", "C"],
    "yes": ["y", "n", "y", "n", "y"],
    "score": [0.5, 0.25, 0.75, None, 1.0],
    "n": [30, 70, 5, 15, 0],
}


@pytest.fixture
def everywhere(tmp_path: Path, opened: Opened) -> OpenAll:
    def open_all(columns: dict[str, list[object]]) -> list[Table]:
        table = pa.table(columns)
        table.to_pandas().to_csv(tmp_path / "t.csv", index=False)
        pq.write_table(table, tmp_path / "t.parquet")
        files = [tmp_path / name for name in ("t.csv", "t.parquet")]
        frames = [table.to_pandas(), pl.DataFrame(pl.from_arrow(table)), table, table.to_reader()]
        made = [open_table(path, name="t", count="n") for path in files]
        return [opened(t) for t in (*made, *(from_frame(f, name="t", count="n") for f in frames))]

    return open_all


def test_rows_are_what_they_stand_for_when_counted(everywhere: OpenAll) -> None:
    for table in everywhere(COUNTED):
        assert table.rows == 120
        assert (table.note.rows, table.note.stands_for) == (5, 120)


def test_answers_are_of_what_rows_stand_for_when_counted(everywhere: OpenAll) -> None:
    for table in everywhere(COUNTED):
        counts = table.counts(
            ["group"], {"yes": IsIn("yes", ("y",)), "high": AtLeast("score", 0.5)}
        )
        # C stands for nobody, so it is no group
        assert [(row.key[0], row.n, row.sums) for row in counts.rows] == [
            ("A", 100, (30, 30)),
            ("B", 20, (5, 5)),
        ]
        assert list(table.distinct("yes")) == [("n", 85), ("y", 35)]
        assert table.count_distinct("group") == 2
        assert sorted(table.sample("group", 9, "key")) == ["A", "B"]
        profile = table.numeric_profile("score")
        assert (profile.known, profile.missing) == (105, 15)
        assert sum(batch.num_rows for batch in table.batches(["group"])) == 4


def test_cells_are_of_what_rows_stand_for_when_counted(everywhere: OpenAll) -> None:
    for table in everywhere(COUNTED):
        cells = table.cells(["group", Cut("score", (0.5,))], sums=["score"])
        assert cells.keys == (("A", "B"), ("0", "1", None))
        assert cells.n.tolist() == [70, 30, 5, 15]
        sums = cells.sums["score"]
        # in millionths: 70 x 0.25, 30 x 0.5, 5 x 0.75, and none known of 15
        assert sums.known.tolist() == [70, 30, 5, 0]
        assert sums.total.tolist() == [17_500_000, 15_000_000, 3_750_000, 0]
        assert sums.squares.tolist() == [70 * 250_000**2, 30 * 500_000**2, 5 * 750_000**2, 0]


def test_counts_are_those_of_the_rows_written_out(everywhere: OpenAll, opened: Opened) -> None:
    rows = zip(*COUNTED.values(), strict=True)
    long = [row[:3] for row in rows for _ in range(int(str(row[3])))]
    names = ("group", "yes", "score")
    written_out = opened(from_frame(pd.DataFrame(long, columns=names), name="t"))
    expected = written_out.cells(names, sums=["score"])
    for table in everywhere(COUNTED):
        cells = table.cells(names, sums=["score"])
        assert (cells.keys, cells.codes.tolist()) == (expected.keys, expected.codes.tolist())
        assert cells.n.tolist() == expected.n.tolist()
        assert cells.sums["score"].total.tolist() == expected.sums["score"].total.tolist()


@pytest.mark.parametrize("unit", ["yes", "n"])
def test_unit_is_refused_when_rows_are_counts(everywhere: OpenAll, unit: str) -> None:
    for table in everywhere(COUNTED):
        asked: list[Callable[[Table], object]] = [
            lambda t: t.units(["group"], unit),
            lambda t: t.counts(["group"], unit=unit),
            lambda t: t.cells(["group"], unit=unit),
        ]
        for ask in asked:
            with pytest.raises(DataError, match="declare the unit or the count, not both"):
                ask(table)


@pytest.mark.parametrize(
    "counts",
    [
        ["1", None, "Ermintrude"],
        ["-1", "2", "3"],
        ["1.5", "2.0", "3"],
        ["nan", "inf", "1e3"],
        ["1,000", "+5", "0x10"],
        ["9" * 17, "9" * 40, "1"],
        ["z", "x", "c"],
    ],
)
def test_column_is_refused_when_it_does_not_count(
    counts: list[str | None], everywhere: OpenAll
) -> None:
    with pytest.raises(DataError) as caught:
        everywhere({"group": ["A", "B", "C"], "n": counts})
    said = str(caught.value)
    assert "column 'n' is the count column, but some of its values are missing" in said
    shown = "".join(traceback.format_exception(caught.value))
    assert not any(value in shown for value in ("Ermintrude", "0x10", "1e3", "99999999"))


@pytest.mark.parametrize(
    "values", [[1.0, 2.0, float("nan")], [1, -2, 3], [True, False, True], [0.5, 1.0, 2.0]]
)
def test_column_is_refused_when_its_numbers_do_not_count(values: list[object]) -> None:
    with pytest.raises(DataError, match="is the count column"):
        from_frame(pd.DataFrame({"n": values}), name="t", count="n")


def test_whole_floats_count_when_a_frame_holds_them(opened: Opened) -> None:
    assert opened(from_frame(pd.DataFrame({"n": [1.0, 2.0]}), name="t", count="n")).rows == 3


def test_total_is_refused_when_beyond_what_counts_exactly(opened: Opened) -> None:
    most = 2**53
    assert opened(from_frame(pa.table({"n": [most, 0]}), name="t", count="n")).rows == most
    with pytest.raises(DataError, match=r"more than 2\^53"):
        from_frame(pa.table({"n": [most, 1]}), name="t", count="n")
    with pytest.raises(DataError, match=r"more than 2\^53"):
        from_frame(pa.table({"n": [9 * 10**15] * 3_000}), name="t", count="n")


def test_sums_are_exact_when_counts_are_large(opened: Opened) -> None:
    table = opened(
        from_frame(pa.table({"n": [2**52, 2**52], "v": [1e9, 1e9]}), name="t", count="n")
    )
    sums = table.cells([], sums=["v"]).sums["v"]
    assert sums.total.tolist() == [2**53 * 10**15]
    assert sums.squares.tolist() == [2**53 * 10**30]
    assert sums.known.tolist() == [2**53]


def test_table_stands_for_nothing_when_it_is_empty_or_zero(everywhere: OpenAll) -> None:
    for table in everywhere({"group": ["A"], "n": [0]}):
        assert (table.rows, table.note.rows) == (0, 1)
        assert table.cells(["group"]).keys == ((),)
        assert table.counts([]).rows[0].n == 0
        assert table.numeric_profile("group").missing == 0


def test_column_is_suggested_when_the_count_column_is_not_there(
    write: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spill = tmp_path / "spill"
    spill.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(spill))
    with pytest.raises(DataError, match="Did you mean 'people'"):
        open_table(write("people\n1\n"), name="t", count="poeple")
    assert list(spill.iterdir()) == []


def test_note_says_nothing_of_counts_when_rows_stand_for_themselves(
    write: Callable[..., Path], opened: Opened
) -> None:
    note = opened(open_table(write("a\n1\n"), name="t")).note
    assert (note.rows, note.stands_for) == (1, None)


def test_fingerprint_covers_rows_of_zero_when_a_frame_is_counted(opened: Opened) -> None:
    frames = [pa.table({"a": ["x", last], "n": [1, 0]}) for last in ("y", "z")]
    found = [opened(from_frame(frame, name="t", count="n")).fingerprint() for frame in frames]
    assert found[0] != found[1]
    assert found[0] == opened(from_frame(frames[0], name="t")).fingerprint()


PROJECT = """
schema: rai-project/1
system: {name: n, version: "1", organisation: o, purpose: p, owner_role: r, decides: d,
  human_involvement: h}
policy: p.yaml
tables:
  decisions:
    path: t.csv
    role: decisions
    columns:
      group: {means: group, labels: {A: A}}
      people: {means: count}
"""


@pytest.mark.parametrize("framed", [False, True])
def test_project_passes_its_count_column_to_the_table(
    write: Callable[..., Path], *, framed: bool
) -> None:
    write("group,people\nA,7\nA,5\n", "t.csv")
    path = write(PROJECT, "rai.yaml")
    file, _ = read_project(path)
    day = dt.date(2024, 1, 2)
    frames = {"decisions": pd.DataFrame({"group": ["A", "A"], "people": [7, 5]})} if framed else {}
    project = Project(file=file, folder=path.parent, as_of=day, first_run_on=day, frames=frames)
    try:
        assert project.named("decisions").data.rows == 12
    finally:
        project.close()


@pytest.mark.skipif(not SEN2.is_file(), reason="the published table is not on this machine")
def test_published_counts_are_read_as_requests(opened: Opened) -> None:
    table = opened(open_table(SEN2, name="t", count="requests_received_in_year"))
    cells = table.cells(["geographic_level", "breakdown_topic", "breakdown"])
    found = {
        tuple(keys[code] for keys, code in zip(cells.keys, codes, strict=True)): int(n)
        for codes, n in zip(cells.codes, cells.n, strict=True)
    }
    # as printed in the Department for Education's national rows for 2024
    assert found["National", "Ethnicity", "White - White British"] == 100_268
    assert found["National", "Ethnicity", "Black - Black African"] == 5_152
    assert found["National", "Sex", "Female"] == 55_100
    assert ("National", "Sex", "Unknown") not in found  # nobody
    by_sex = sum(n for key, n in found.items() if key[:2] == ("National", "Sex"))
    assert by_sex == 154_489
    assert table.note.rows == 3_276

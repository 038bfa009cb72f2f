"""CSV files of councils, police forces and departments, as they were published."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from rai_check.errors import DataError
from rai_check.reading import LeftOut
from rai_check.tables import Table, open_table
from rai_check.tables.text import text_form

DATA = Path(__file__).parents[2] / "../shared/data"
PLAIN = [
    "messy/mental_health_services_RAW.csv",
    "messy/oxford_spend_2018-q1.csv",
    "sen2/ehc_requests_latest_by_ethnicity_sex.csv",
    "ethnicity_classifications/classification_definitions.csv",
    "ethnicity_classifications/classification_lookup.csv",
    "compas/compas-scores-two-years-without-names.csv",
    "adult/lr_seed42_test_predictions.csv",
    *sorted(f"stop_and_search/{path.name}" for path in (DATA / "stop_and_search").glob("*.csv")),
]
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="real files are not here")


def _rows(table: Table) -> list[list[str | None]]:
    names = [column.name for column in table.columns]
    return [list(row.values()) for batch in table.batches(names) for row in batch.to_pylist()]


def _as_csv_module(path: Path, encoding: str | None) -> list[list[str | None]]:
    text = io.StringIO(path.read_bytes().decode(encoding or "utf-8"), newline="")
    rows = list(csv.reader(text))
    cells = text_form(pa.array([cell for row in rows for cell in row])).to_pylist()
    return (
        [[cells.pop(0) for _ in row] for row in rows] if len(cells) < 1_000 else _cut(cells, rows)
    )


def _cut(cells: list[str | None], rows: list[list[str]]) -> list[list[str | None]]:
    at = iter(cells)
    return [[next(at) for _ in row] for row in rows]


@pytest.mark.parametrize("name", PLAIN)
def test_file_is_read_as_the_csv_module_reads_it_when_plain(
    name: str, opened: Callable[[Table], Table]
) -> None:
    path = DATA / name
    if not path.is_file():
        pytest.skip("this file is not here")
    table = opened(open_table(path, name="cases"))
    header, *rows = _as_csv_module(path, table.note.encoding)
    assert [column.name for column in table.columns] == [
        " ".join((c or "").split()) for c in header
    ]
    assert _rows(table) == [row for row in rows if any(row)]
    assert table.note.rows_in == len(rows) + 1
    assert table.note.header_rows == (1,)


@pytest.mark.parametrize(
    ("name", "header", "kept", "left_out"),
    [
        (
            "lambeth_foi_2011-07.csv",
            2,
            range(2, 82),
            (LeftOut(why="above the header", rows=1, first=1),),
        ),
        (
            "lambeth_counciltax_benefits_lsoa.csv",
            1,
            range(1, 178),
            (LeftOut(why="of totals under the table", rows=1, first=179),),
        ),
    ],
)
def test_report_is_read_without_its_title_and_totals(
    name: str,
    header: int,
    kept: range,
    left_out: tuple[LeftOut, ...],
    opened: Callable[[Table], Table],
) -> None:
    path = DATA / "messy" / name
    if not path.is_file():
        pytest.skip("this file is not here")
    table = opened(open_table(path, name="cases"))
    rows = _as_csv_module(path, table.note.encoding)
    assert table.note.header_rows == (header,)
    assert table.note.left_out == left_out
    assert _rows(table) == [rows[at] for at in kept]
    assert table.note.rows_in == len(rows)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (  # the line ends of its last hundred rows are gone
            "lambeth_payments_2011-11_CRonly.csv",
            r"line 912 \(row 912\): expected 2 columns as in the header, got 108; is a delimiter",
        ),
        (  # no delimiter between the date and an amount below a thousand
            "lambeth_payments_2012-06_preamble.csv",
            r"line 19 \(row 19\): expected 6 .*, got 5 \(and 637 more such rows\)",
        ),
    ],
)
def test_file_is_refused_with_the_place_when_it_is_damaged(name: str, message: str) -> None:
    path = DATA / "messy" / name
    if not path.is_file():
        pytest.skip("this file is not here")
    with pytest.raises(DataError, match=message):
        open_table(path, name="cases")


def test_report_is_read_when_its_damaged_rows_are_taken_out(
    tmp_path: Path, opened: Callable[[Table], Table]
) -> None:
    path = DATA / "messy/lambeth_payments_2012-06_preamble.csv"
    if not path.is_file():
        pytest.skip("this file is not here")
    lines = path.read_text("utf-8").splitlines()
    whole = [line for line in lines if len(next(csv.reader([line]))) == 6]
    (tmp_path / "whole.csv").write_text("\n".join(whole), encoding="utf-8")
    note = opened(open_table(tmp_path / "whole.csv", name="cases")).note
    assert note.header_rows == (10,)
    assert note.rows == len(whole) - 16
    assert [(each.why, each.rows) for each in note.left_out] == [
        ("above the header", 9),
        ("blank", 4),
        ("of totals under the table", 1),
        ("of notes under the table", 1),
    ]


def test_file_without_a_header_is_refused_with_the_way_out(
    tmp_path: Path, opened: Callable[[Table], Table]
) -> None:
    path = DATA / "adult/adult.data"
    if not path.is_file():
        pytest.skip("this file is not here")
    text = path.read_text("utf-8")
    bare, headed = tmp_path / "bare.csv", tmp_path / "headed.csv"
    bare.write_text(text, encoding="utf-8")
    headed.write_text(",".join(f"column {i}" for i in range(15)) + "\n" + text, encoding="utf-8")
    with pytest.raises(DataError, match=r"seems to have no header.*add a row of names at the top"):
        open_table(bare, name="cases")
    assert opened(open_table(headed, name="cases")).rows == 32_561

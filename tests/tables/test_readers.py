"""Opening files: what is read, what is not yet, and what is not there."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from rai_check.errors import DataError
from rai_check.tables import Column, ReadNote, Table, open_table
from rai_check.tables.files import must_be_file

WriteFile = Callable[..., Path]
OpenFile = Callable[..., Table]


def test_parquet_keeps_kinds_and_bytes_when_read(
    tmp_path: Path, opened: Callable[[Table], Table]
) -> None:
    path = tmp_path / "Cases.PARQUET"
    pl.DataFrame({" a ": [1, None], "b": [True, False], "c": [0.5, 1.0]}).write_parquet(path)
    table = opened(open_table(path, name="cases"))
    assert table.columns == (Column("a", "integer"), Column("b", "boolean"), Column("c", "number"))
    assert table.note == ReadNote(encoding=None, delimiter=None, rows=2)
    assert (table.name, table.source) == ("cases", "Cases.PARQUET")
    assert table.fingerprint() == hashlib.sha256(path.read_bytes()).hexdigest()


def test_parquet_is_refused_when_a_column_holds_lists(tmp_path: Path) -> None:
    path = tmp_path / "cases.parquet"
    pl.DataFrame({"a": [1], "b": [[1, 2]]}).write_parquet(path)
    with pytest.raises(DataError, match="column 'b' holds lists"):
        open_table(path, name="cases")


def test_parquet_is_refused_when_names_are_repeated(tmp_path: Path) -> None:
    path = tmp_path / "cases.parquet"
    pq.write_table(pa.table([pa.array([1]), pa.array([2])], names=["a", "a "]), path)
    with pytest.raises(DataError, match="columns 1, 2"):
        open_table(path, name="cases")


def test_parquet_is_refused_when_it_is_something_else(write: WriteFile) -> None:
    with pytest.raises(DataError, match=r"is text; rename it so that it ends in \.csv"):
        open_table(write("a,b\n1,2\n", "cases.parquet"), name="cases")
    with pytest.raises(DataError, match="is not a Parquet file"):
        open_table(write("PAR1 and no more", "cases.parquet"), name="cases")


def test_parquet_is_refused_when_damaged_within(tmp_path: Path) -> None:
    path = tmp_path / "cases.parquet"
    pl.DataFrame({"a": [f"value {i}" for i in range(10_000)]}).write_parquet(path)
    content = bytearray(path.read_bytes())
    content[4:2_000] = b"\xff" * 1_996
    path.write_bytes(content)
    with pytest.raises(DataError, match="is damaged"):
        open_table(path, name="cases")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("cases.xlsx", "is text; rename it so that it ends in .csv"),
        ("cases.dat", "'.dat' is not read; it is text, so rename it to end in .csv"),
        ("cases", "a file without a suffix is not read; it is text"),
    ],
)
def test_file_is_refused_when_its_kind_is_not_read(
    write: WriteFile, name: str, message: str
) -> None:
    with pytest.raises(DataError, match=message):
        open_table(write("x", name), name="cases")


@pytest.mark.parametrize("asked", ["casse.csv", "CASES.CSV", "cases.xlsx"])
def test_file_is_refused_with_a_hint_when_another_is_near(write: WriteFile, asked: str) -> None:
    path = write("a\n1\n")
    with pytest.raises(DataError, match=rf"^{asked} was not found .* Did you mean 'cases.csv'\?$"):
        open_table(path.with_name(asked), name="cases")


def test_file_is_refused_when_its_folder_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="there is no folder"):
        open_table(tmp_path / "nowhere" / "cases.csv", name="cases")


def test_file_is_refused_when_it_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "cases.csv").mkdir()
    with pytest.raises(DataError, match=r"cases\.csv is a folder"):
        open_table(tmp_path / "cases.csv", name="cases")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_file_is_refused_when_it_is_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "cases.csv")
    with pytest.raises(DataError, match="not a regular file"):
        open_table(tmp_path / "cases.csv", name="cases")


@pytest.mark.parametrize("name", ["x" * 300 + ".csv", "a\0b.csv"])
def test_file_is_refused_when_its_name_is_impossible(tmp_path: Path, name: str) -> None:
    with pytest.raises(DataError, match="cannot be reached"):
        must_be_file(tmp_path / name)


def test_file_is_refused_when_it_may_not_be_read(
    write: WriteFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("a\n1\n")

    def denied(*_: object, **__: object) -> None:  # the superuser may read anything: so say no
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(DataError, match=r"cases\.csv may not be read"):
        open_table(path, name="cases")


def test_no_engine_is_left_when_a_file_is_refused(
    write: WriteFile, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    spill = tmp_path / "spill"
    spill.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(spill))
    with pytest.raises(DataError, match="expected 2"):
        open_table(write("a,b\n1,2,3\n"), name="cases")
    assert list(spill.iterdir()) == []


def test_tables_do_not_share_when_opened_side_by_side(read: OpenFile) -> None:
    first, second = read("a\n1\n", "one.csv"), read("a\n2\n", "two.csv")
    first.close()
    assert list(second.distinct("a")) == [("2", 1)]

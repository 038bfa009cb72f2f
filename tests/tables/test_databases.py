"""Database files: one table or view is read, and nothing else can happen."""

import hashlib
import sqlite3
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from rai_check.errors import DataError
from rai_check.tables import Table, open_table
from rai_check.tables.databases import OF_VIEW
from rai_check.tables.sqlite_file import uri

PERSON = "Jo Bloggs"  # stands for any content of a cell
Read = Callable[..., Table]


def write(path: Path, *statements: str) -> Path:
    """Make a database file, SQLite or DuckDB by its ending."""
    made = (duckdb if path.suffix == ".duckdb" else sqlite3).connect(str(path))
    for statement in statements:
        made.execute(statement)
    if path.suffix != ".duckdb":
        made.commit()
    made.close()
    return path


CASES = (
    "CREATE TABLE cases (ref VARCHAR, days INTEGER, score DOUBLE)",
    "INSERT INTO cases VALUES ('007', 12, 0.5), ('008', NULL, 1.0), (' ', 3, 1e-5)",
)


@pytest.fixture(params=["cases.sqlite", "cases.db", "cases.duckdb"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / str(request.param)


@pytest.fixture
def read(opened: Callable[[Table], Table]) -> Read:
    return lambda path, **options: opened(open_table(path, name="cases", **options))


def rows_of(table: Table) -> Iterator[tuple[str | None, ...]]:
    for batch in table.batches([column.name for column in table.columns]):
        yield from (tuple(row.values()) for row in batch.to_pylist())


def refused(path: Path, **options: str) -> str:
    with pytest.raises(DataError) as caught:
        open_table(path, name="cases", **options)
    assert PERSON not in "".join(traceback.format_exception(caught.value))
    return str(caught.value)


def test_only_table_is_read_as_text(path, read) -> None:
    table = read(write(path, *CASES))

    assert list(rows_of(table)) == [("007", "12", "0.5"), ("008", None, "1"), (None, "3", "1e-05")]
    assert table.note.sheet == "cases"
    assert table.fingerprint() == hashlib.sha256(path.read_bytes()).hexdigest()


def test_view_is_read_when_it_is_named(path, read) -> None:
    write(path, *CASES, "CREATE VIEW late AS SELECT ref FROM cases WHERE days > 5")

    assert "several tables and views: 'cases', 'late'; add `sheet:`" in refused(path)
    assert list(rows_of(read(path, sheet="late"))) == [("007",)]
    assert list(rows_of(read(path, sheet=" LATE "))) == [("007",)]
    assert "no table or view 'lat'" in refused(path, sheet="lat")
    assert "Did you mean 'late'?" in refused(path, sheet="lat")


def test_odd_names_are_only_names(path, read) -> None:
    name = 'a"; DROP TABLE x; --'
    quoted = name.replace('"', '""')
    made = (f'CREATE TABLE "{quoted}" ("b ""c" VARCHAR)', f"INSERT INTO \"{quoted}\" VALUES ('d')")  # noqa: S608 - a statement of ours
    table = read(write(path, *made))

    assert [column.name for column in table.columns] == ['b "c']
    assert list(rows_of(table)) == [("d",)]


def test_file_is_refused_when_it_holds_no_table(path) -> None:
    write(path, "CREATE TABLE a (b INTEGER)", "DROP TABLE a")
    assert "no table and no view" in refused(path)


def test_bytes_are_refused_by_the_name_of_their_column(path) -> None:
    blob = "'x'::BLOB" if path.suffix == ".duckdb" else "x'00ff'"
    write(
        path,
        "CREATE TABLE a (ref VARCHAR, scan BLOB)",
        f"INSERT INTO a VALUES ('{PERSON}', {blob})",  # noqa: S608 - a statement of ours
    )
    message = refused(path)
    assert "column 'scan'" in message
    assert "bytes" in message


def test_nothing_is_written_beside_or_into_a_file(path, read) -> None:
    write(path, *CASES)
    before, stood = path.read_bytes(), path.stat().st_mtime_ns
    read(path).close()

    assert [other.name for other in path.parent.iterdir()] == [path.name]
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, stood)


@pytest.mark.parametrize("ending", [".sqlite-wal", ".sqlite-journal", ".duckdb.wal"])
def test_file_is_refused_when_changes_wait_beside_it(tmp_path, ending) -> None:
    name, _, _ = ending[1:].partition("-" if "-" in ending else ".wal")
    path = write(tmp_path / f"cases.{name}", *CASES)
    (tmp_path / f"cases{ending}").write_bytes(b"changes")
    message = refused(path)
    assert f"cases{ending} holds changes that are not in it yet" in message


def test_sqlite_file_in_wal_mode_is_read_when_all_is_written(tmp_path, read) -> None:
    path = write(tmp_path / "cases.sqlite", "PRAGMA journal_mode = WAL", *CASES)
    assert read(path).rows == 3


@pytest.mark.parametrize("name", ["cases.sqlite", "cases.duckdb"])
def test_damaged_file_is_refused_without_its_content(tmp_path, name) -> None:
    path = write(
        tmp_path / name,
        "CREATE TABLE a (b VARCHAR)",
        f"INSERT INTO a VALUES ('{PERSON}')",  # noqa: S608 - a statement of ours
    )
    content = bytearray(path.read_bytes())
    content[100 : len(content) // 2] = b"\xff" * (len(content) // 2 - 100)
    path.write_bytes(content)
    assert name in refused(path)


def test_view_of_other_files_is_refused_by_duckdb(tmp_path) -> None:
    other = tmp_path / "other.csv"
    other.write_text(f"a\n{PERSON}\n", encoding="utf-8")
    made = f"CREATE VIEW v AS SELECT * FROM read_csv('{other.as_posix()}')"  # noqa: S608 - a statement of ours
    assert "cannot be read" in refused(write(tmp_path / "cases.duckdb", made))


def test_view_without_end_is_stopped(tmp_path, monkeypatch) -> None:
    path = tmp_path / "cases.sqlite"
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
    write(path, f"CREATE VIEW v AS {endless} SELECT count(*) AS c FROM n")  # noqa: S608 - a statement of ours
    monkeypatch.setattr("rai_check.tables.sqlite_file.OF_VIEW", replace(OF_VIEW, seconds=0.2))
    assert "takes longer than 0.2 seconds" in refused(path)
    other = write(
        tmp_path / "cases.duckdb", "CREATE VIEW v AS SELECT sum(a.range * b.range) AS c "
        "FROM range(10000000000) a, range(10000000000) b",
    )  # fmt: skip
    monkeypatch.setattr("rai_check.tables.duckdb_file.OF_VIEW", replace(OF_VIEW, seconds=0.2))
    assert "table 'v' cannot be read" in refused(other)


@pytest.mark.parametrize("module", ["sqlite", "duckdb"])
def test_view_with_too_many_rows_is_refused(tmp_path, monkeypatch, module) -> None:
    path = write(tmp_path / f"cases.{module}", *CASES, "CREATE VIEW twice AS SELECT * FROM cases")
    monkeypatch.setattr(f"rai_check.tables.{module}_file.OF_VIEW", replace(OF_VIEW, rows=2))
    message = refused(path, sheet="twice")
    assert "more than 2 rows; make a table of this view, or write it to Parquet" in message
    open_table(path, name="t", sheet="cases").close()


SYSTEM = {
    "settings": "SELECT value FROM duckdb_settings()",
    "quoted": 'SELECT value FROM "duckdb_settings"()',
    "built": "SELECT * FROM query('SELECT value FROM duckdb_set' || 'tings()')",
    "catalogue": "SELECT setting FROM pg_catalog.pg_settings",
    "tables": "SELECT table_name FROM information_schema.tables",
    "setting": "SELECT current_setting('temp_directory') AS a",
    "macro": "SELECT value FROM m()",
    "shown": "SELECT name FROM (SHOW TABLES)",
}


@pytest.mark.parametrize("what", SYSTEM)
def test_view_of_the_program_itself_is_refused_by_duckdb(tmp_path, what) -> None:
    macro = "CREATE MACRO m() AS TABLE SELECT value FROM duckdb_settings()"
    made = [macro] if what == "macro" else []
    path = write(tmp_path / "cases.duckdb", *CASES, *made, f"CREATE VIEW v AS {SYSTEM[what]}")
    assert "ask DuckDB about itself" in refused(path, sheet="v")
    open_table(path, name="t", sheet="cases").close()


def test_view_of_tables_is_read_by_duckdb(tmp_path, read) -> None:
    view = "CREATE VIEW v AS SELECT ref, count(*) AS n FROM cases GROUP BY ref"
    assert read(write(tmp_path / "cases.duckdb", *CASES, view), sheet="v").rows == 3


def test_text_that_is_not_utf8_is_refused_without_its_content(tmp_path) -> None:
    path = tmp_path / "cases.sqlite"
    raw = (PERSON.encode() + b"\xe9").hex()
    write(path, "CREATE TABLE a (b)", f"INSERT INTO a VALUES (CAST(x'{raw}' AS TEXT))")  # noqa: S608 - a statement of ours
    assert "not UTF-8" in refused(path)


def test_address_of_a_file_keeps_what_has_a_meaning_in_addresses(tmp_path, read) -> None:
    folder = tmp_path / "50% done? #1 & more"
    folder.mkdir()
    path = write(folder / "cases of 2025.sqlite", *CASES)

    assert uri(path).endswith("/cases%20of%202025.sqlite?mode=ro&immutable=1")
    assert read(path).rows == 3


def test_sqlite_virtual_tables_are_not_offered(tmp_path) -> None:
    path = tmp_path / "cases.sqlite"
    write(path, *CASES, "CREATE VIRTUAL TABLE r USING rtree(id, a, b)")
    assert "'r'" not in refused(path).partition("several")[2].partition("'r_")[0]


def test_duckdb_table_of_another_schema_is_named_with_it(tmp_path, read) -> None:
    path = tmp_path / "cases.duckdb"
    write(path, *CASES, "CREATE SCHEMA s", "CREATE TABLE s.b AS SELECT 1 AS x")
    assert list(rows_of(read(path, sheet="s.b"))) == [("1",)]


def test_duckdb_file_is_refused_when_its_path_is_a_pattern(tmp_path) -> None:
    folder = tmp_path / "a[1]"
    folder.mkdir()
    made = write(tmp_path / "cases.duckdb", *CASES).rename(folder / "cases.duckdb")
    assert "takes *, ? and [" in refused(made)


def test_count_column_works_when_stored_in_a_database(path, read) -> None:
    made = ("CREATE TABLE a (g VARCHAR, n INTEGER)", "INSERT INTO a VALUES ('x', 40), ('y', 2)")
    assert read(write(path, *made), count="n").rows == 42

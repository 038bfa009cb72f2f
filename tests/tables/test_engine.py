"""The locked doors of the engine, tried one by one, and what it leaves behind."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from rai_check.errors import DataError
from rai_check.tables.engine import Engine


@pytest.fixture
def engine() -> Iterator[Engine]:
    made = Engine(memory_limit="64MiB")
    yield made
    made.close()


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('/etc/hostname')",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM read_blob('/etc/hostname')",
        "SELECT * FROM read_parquet('x.parquet')",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM '/etc/hostname'",
        "SELECT * FROM 'https://example.com/x.csv'",
        "COPY (SELECT 1) TO 'out.csv'",
        "EXPORT DATABASE 'out'",
        "ATTACH 'other.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET threads = 1",
        "SET memory_limit = '64GB'",
        "SET temp_directory = '.'",
        "SET enable_external_access = true",
        "SET autoload_known_extensions = true",
        "SET lock_configuration = false",
        "RESET lock_configuration",
        "SELECT getenv('HOME')",
    ],
)
def test_engine_refuses_when_asked_to_leave_its_room(
    engine: Engine, statement: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DataError, match="could not answer"):
        engine.rows(statement)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("enable_external_access", "false"),
        ("lock_configuration", "true"),
        ("autoinstall_known_extensions", "false"),
        ("autoload_known_extensions", "false"),
        ("allow_community_extensions", "false"),
        ("allow_unsigned_extensions", "false"),
        ("allow_persistent_secrets", "false"),
        ("python_enable_replacements", "false"),
        ("preserve_insertion_order", "true"),
    ],
)
def test_setting_is_as_documented_when_open(engine: Engine, setting: str, value: str) -> None:
    ((found,),) = engine.rows(f"SELECT current_setting('{setting}')")
    assert str(found).lower() == value


def test_frames_of_the_caller_cannot_be_read_when_named(engine: Engine) -> None:
    frame = pa.table({"a": [1]})
    with pytest.raises(DataError):
        engine.rows("SELECT * FROM frame")
    assert frame.num_rows == 1


def test_spill_stays_private_and_goes_when_closed(engine: Engine) -> None:
    engine.rows("CREATE TABLE t (c0 VARCHAR)")
    for start in range(0, 900_000, 60_000):
        values = [f"{(i * 7919) % 1_000_003:040d}" * 2 for i in range(start, start + 60_000)]
        engine.insert("t", pa.record_batch({"c0": values}))
    directory = engine.directory
    assert str(engine.rows("SELECT current_setting('temp_directory')")[0][0]) == str(directory)
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    assert any(file.stat().st_size > 1 << 20 for file in directory.glob("duckdb_temp*"))
    assert engine.rows("SELECT count(*) FROM t") == [(900_000,)]
    engine.close()
    assert not directory.exists()


def test_directory_goes_when_a_run_ends_without_closing() -> None:
    code = (
        "from rai_check.tables.engine import Engine; import sys\n"
        "engine = Engine(); print(engine.directory)\n"
        "sys.exit(3)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 3
    directory = Path(done.stdout.strip())
    assert directory.name.startswith("rai-check-")
    assert not directory.exists()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill so")
def test_directory_goes_with_the_next_run_when_a_run_was_killed() -> None:
    code = (
        "from rai_check.tables.engine import Engine; import os, signal\n"
        "engine = Engine(); print(engine.directory, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    left = Path(done.stdout.strip())
    assert left.is_dir()
    Engine().close()
    assert not left.exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_directory_stays_when_a_fork_ends() -> None:
    code = (
        "from rai_check.tables.engine import Engine; import os, sys\n"
        "engine = Engine()\n"
        "if os.fork() == 0: sys.exit(0)\n"
        "os.wait(); print(engine.directory.is_dir(), engine.rows('SELECT 1'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "True [(1,)]"


def test_engine_says_so_when_there_is_no_place_to_spill(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(DataError, match="No private folder"):
        Engine()


def test_directory_goes_when_the_engine_does_not_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(DataError, match="did not start"):
        Engine(memory_limit="much")
    assert list(tmp_path.iterdir()) == []


def test_one_file_can_be_read_and_no_other_when_named(tmp_path: Path) -> None:
    mine, other = tmp_path / "mine.csv", tmp_path / "other.csv"
    for path in (mine, other):
        path.write_text("a\n1\n")
    engine = Engine(reads=mine)
    try:
        assert engine.rows(f"FROM read_csv('{engine.reads}')") == [(1,)]
        for refused in (other, tmp_path / "*.csv", "/etc/hostname"):
            with pytest.raises(DataError):
                engine.rows(f"FROM read_csv('{refused}')")
    finally:
        engine.close()


@pytest.mark.skipif(os.name == "nt", reason="this system has no such names")
def test_pattern_is_one_name_when_it_is_the_name_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "*.csv"
    path.write_text("a\n1\n")
    (tmp_path / "other.csv").write_text("a\n2\n")
    engine = Engine(reads=path)
    try:
        assert engine.reads == engine.directory / "data"
        assert engine.rows(f"FROM read_csv('{engine.reads}')") == [(1,)]
    finally:
        engine.close()
    assert path.exists()


def test_engine_says_what_it_was_told_when_a_statement_fails() -> None:
    engine = Engine(broke="The file cannot be read")
    try:
        with pytest.raises(DataError, match=r"^The file cannot be read \("):
            engine.table("SELECT nothing", 10)
    finally:
        engine.close()

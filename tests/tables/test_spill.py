"""Directories of dead runs go; those of the living, of others and of anything else stay."""

import os
import platform
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from rai_check.tables import spill


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def _left_behind(folder: Path, pid: object, name: str = "rai-check-old") -> Path:
    directory = folder / name
    directory.mkdir()
    (directory / "pid").write_text(f"{pid} {platform.node()}")
    (directory / "duckdb_temp.tmp").write_text("rows")
    return directory


def _dead_process() -> int:
    done = subprocess.Popen([sys.executable, "-c", "pass"])
    done.wait()
    return done.pid


def test_private_directory_is_for_this_user_only_when_made(temporary: Path) -> None:
    made = spill.private_directory()
    assert made.parent == temporary
    assert made.name.startswith(spill.PREFIX)
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    assert (made / "pid").read_text() == f"{os.getpid()} {platform.node()}"


def test_private_directory_removes_what_a_killed_run_left(temporary: Path) -> None:
    stale = _left_behind(temporary, _dead_process())
    made = spill.private_directory()
    assert not stale.exists()
    assert list(temporary.iterdir()) == [made]


def test_stale_is_kept_when_its_process_lives(temporary: Path) -> None:
    living = _left_behind(temporary, os.getpid())
    spill.remove_stale()
    assert (living / "duckdb_temp.tmp").exists()


@pytest.mark.parametrize("pid", ["", "x", "0", "-1", "99999999999999999999"])
def test_stale_is_kept_when_its_owner_cannot_be_told(temporary: Path, pid: str) -> None:
    doubtful = _left_behind(temporary, pid)
    spill.remove_stale()
    assert doubtful.exists()


def test_stale_is_kept_when_it_names_no_owner_or_another_host(temporary: Path) -> None:
    (temporary / "rai-check-new").mkdir()
    other = _left_behind(temporary, _dead_process())
    (other / "pid").write_text(f"{_dead_process()} another-host")
    spill.remove_stale()
    assert len(list(temporary.iterdir())) == 2


def test_stale_is_kept_when_it_is_not_ours(temporary: Path) -> None:
    other_name = _left_behind(temporary, _dead_process(), "other-tool")
    target = _left_behind(temporary, _dead_process(), "target")
    (temporary / "rai-check-link").symlink_to(target)
    (temporary / "rai-check-file").write_text("x")
    spill.remove_stale()
    assert other_name.exists()
    assert (target / "duckdb_temp.tmp").exists()
    assert (temporary / "rai-check-link").is_symlink()


def test_stale_is_kept_when_it_is_another_users(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stale = _left_behind(temporary, _dead_process())
    monkeypatch.setattr(os, "getuid", lambda: stale.stat().st_uid + 1)
    spill.remove_stale()
    assert stale.exists()

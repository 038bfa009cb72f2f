"""Nothing half-written, and one run at a time."""

import os

import pytest

from rai_check.errors import UsageError
from rai_check.files import one_at_a_time, write_atomically


def test_write_replaces_and_leaves_nothing_beside(tmp_path):
    target = tmp_path / "new" / "a.json"
    write_atomically(target, b"one")
    write_atomically(target, b"two")

    assert target.read_bytes() == b"two"
    assert [p.name for p in target.parent.iterdir()] == ["a.json"]


def test_failed_write_leaves_the_old_file_whole(tmp_path, monkeypatch):
    target = tmp_path / "a.json"
    write_atomically(target, b"old")

    def broken(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(UsageError, match="cannot be written"):
        write_atomically(target, b"new")

    assert target.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]


def test_folder_that_is_a_file_is_one_clear_line(tmp_path):
    (tmp_path / "f").write_text("x")

    with pytest.raises(UsageError, match="cannot be written"):
        write_atomically(tmp_path / "f" / "a.json", b"x")


def test_second_run_in_a_folder_is_refused_until_the_first_ends(tmp_path):
    first, second = one_at_a_time(tmp_path), one_at_a_time(tmp_path)
    with first, pytest.raises(UsageError, match="another run"):
        second.__enter__()

    with one_at_a_time(tmp_path):
        assert (tmp_path / "lock").exists()

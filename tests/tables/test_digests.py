"""A file's digest, taken in a thread: the same bytes, and never a digest of half a file."""

import hashlib
from pathlib import Path

import pytest

from rai_check.errors import DataError
from rai_check.tables.digests import FileDigest


@pytest.mark.parametrize("size", [0, 1, 1 << 20, 3_000_001])
def test_digest_is_of_all_bytes_when_taken_in_a_thread(tmp_path: Path, size: int) -> None:
    content = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    path = tmp_path / "data"
    path.write_bytes(content)
    digest = FileDigest(path)
    assert digest.result("data") == hashlib.sha256(content).hexdigest()
    digest.stop()
    assert digest.result("data") == hashlib.sha256(content).hexdigest()


def test_digest_is_refused_when_the_file_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="data could not be read to its end"):
        FileDigest(tmp_path / "nowhere").result("data")


def test_digest_is_refused_when_stopped_before_the_end(tmp_path: Path) -> None:
    path = tmp_path / "data"
    with path.open("wb") as file:
        file.truncate(1 << 33)  # of no blocks, but seconds to read
    digest = FileDigest(path)
    digest.stop()
    with pytest.raises(DataError, match="has been closed"):
        digest.result("data")

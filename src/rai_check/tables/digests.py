"""What a file or frame is known by: the SHA-256 of a file's bytes, or of a frame's text form."""

import hashlib
import io
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rai_check.errors import DataError
from rai_check.tables.interface import Column

if TYPE_CHECKING:
    import pyarrow as pa

_BLOCK = 1 << 20


def file_digest(file: io.BufferedReader) -> str:
    """Return the SHA-256 (hex) of a file's bytes, leaving it at its start."""
    file.seek(0)
    found = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return found


class FileDigest:
    """The SHA-256 of a file's bytes, taken in a thread while others read the file too."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._found: str | None = None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._take, daemon=True)
        self._thread.start()

    def result(self, where: str) -> str:
        """Return it (hex), when the file has been read to its end.

        Raises:
            DataError: the file cannot be read, or `stop` came first.
        """
        self._thread.join()
        if self._found is None:
            raise DataError(f"{where} could not be read to its end, or has been closed.")
        return self._found

    def stop(self) -> None:
        """Leave the file, whether or not all of it has been read."""
        self._stopped.set()
        self._thread.join()

    def _take(self) -> None:
        digest = hashlib.sha256()
        try:
            with self._path.open("rb", buffering=0) as file:
                while (block := file.read(_BLOCK)) and not self._stopped.is_set():
                    digest.update(block)
        except OSError:
            return
        if not block:
            self._found = digest.hexdigest()


def content_digest(columns: Sequence[Column], batches: Iterable["pa.RecordBatch"]) -> str:
    """Return the SHA-256 (hex) of text columns: of their names, lengths and UTF-8 bytes.

    Ours rather than an Arrow stream's, whose bytes differ with its batches, its library's version
    and what lies under its nulls: the same frame must have the same digest for years. Lengths are
    in bytes as little-endian 32-bit integers, -1 for missing; each column's lengths and bytes are
    digested apart, and the whole is the digest of those digests.
    """
    parts = [(hashlib.sha256(), hashlib.sha256()) for _ in columns]
    for batch in batches:
        for (lengths, content), array in zip(parts, batch.columns, strict=True):
            lengths.update(_lengths(array))
            content.update(_content(array))
    whole = hashlib.sha256()
    for column, (lengths, content) in zip(columns, parts, strict=True):
        whole.update(hashlib.sha256(column.name.encode()).digest())
        whole.update(lengths.digest() + content.digest())
    return whole.hexdigest()


def _lengths(array: "pa.Array") -> bytes:
    import pyarrow.compute as pc

    lengths = pc.fill_null(pc.binary_length(array), fill_value=-1)
    return bytes(lengths.to_numpy(zero_copy_only=False).astype("<i4").tobytes())


def _content(array: "pa.Array") -> bytes:
    return "".join(value for value in array.to_pylist() if value is not None).encode()

"""Write a file whole or not at all, and let one run at a time write in a folder."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from rai_check.errors import UsageError


def write_atomically(path: Path, content: bytes) -> None:
    """Write to a temporary name beside `path`, then replace it.

    Raises:
        UsageError: when the folder cannot be written; what was there before stays whole.
    """
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(path)
    except OSError as refused:
        held = " Is it open in another program?" if isinstance(refused, PermissionError) else ""
        raise UsageError(f"{str(path)!r} cannot be written ({refused.strerror}).{held}") from None
    finally:
        if temporary is not None:
            with suppress(OSError):
                Path(temporary).unlink(missing_ok=True)


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes.

    Raises:
        OSError: when it cannot be read.
    """
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; the system lets go of it if the process dies.

    Raises:
        UsageError: when another run holds it, or the folder cannot be written.
    """
    try:
        if folder.is_symlink() or (folder / "lock").is_symlink():
            raise UsageError(f"{str(folder)!r} is or holds a link; it must be a folder of its own.")
        folder.mkdir(parents=True, exist_ok=True)
        stream = (folder / "lock").open("a+b")
    except OSError as refused:
        raise UsageError(f"{str(folder)!r} cannot be written ({refused.strerror}).") from None
    with stream:
        if not _lock(stream):
            raise UsageError("another run is at work in this folder; wait for it to end.")
        yield


def _lock(stream: IO[bytes]) -> bool:
    try:
        if os.name == "nt":  # pragma: no cover - Windows only
            import msvcrt

            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]  # absent elsewhere
        else:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True

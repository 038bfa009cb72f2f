"""Opening files: every way in which that fails, said plainly."""

import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from rai_check.errors import DataError
from rai_check.tables.names import hint_at, shown
from rai_check.two_readers import held


@contextmanager
def opened(path: Path) -> Iterator[io.BufferedReader]:
    """Open a data file for reading.

    Raises:
        DataError: it is not there, is a folder, may not be read, or has no content.
    """
    must_be_file(path)
    file = _open(path)
    if file is None:
        raise DataError(f"{shown(path.name)} may not be read: check who has access to it.")
    with file:
        if os.fstat(file.fileno()).st_size == 0:
            raise DataError(f"{shown(path.name)} is empty: export or save it again.")
        yield file


def state(file: BinaryIO | Path) -> tuple[int, ...]:
    """Return what shows that a file has been written to or replaced: which, how long, since when.

    Raises:
        OSError: there is none at that path.
    """
    status = file.stat() if isinstance(file, Path) else os.fstat(file.fileno())
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def must_be_unchanged(file: BinaryIO | Path, before: tuple[int, ...], where: str) -> None:
    """Raise `DataError` if the file is no longer as it was when its digest was taken."""
    try:
        now = state(file)
    except OSError:
        now = ()
    if now != before:
        raise DataError(f"{where} was changed while it was being read; run again on a copy.")


def must_be_file(path: Path) -> None:
    """Raise `DataError` unless there is a regular file at `path`."""
    name = shown(path.name)
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise _not_found(path) from None
    except (OSError, ValueError):
        raise DataError(f"{name} cannot be reached: check its name and who may see it.") from None
    if stat.S_ISDIR(mode):
        raise DataError(f"{name} is a folder; give the file in it.")
    if not stat.S_ISREG(mode):
        raise DataError(f"{name} is not a regular file; save the data to one.")


def _not_found(path: Path) -> DataError:
    name, folder = shown(path.name), shown(str(path.parent))
    if not path.parent.is_dir():
        lacking = held("", f": there is no folder {folder!r}", "")
        return DataError(f"{name} was not found{lacking}.")
    hint = hint_at(name, [shown(other) for other in _listed(path.parent)])
    where = held("", f" in folder {folder!r}", "")
    return DataError(f"{name} was not found{where}; check the name, or give the whole path.{hint}")


def _listed(folder: Path) -> list[str]:
    try:
        return [other.name for other in folder.iterdir() if other.is_file()]
    except OSError:
        return []


def _open(path: Path) -> io.BufferedReader | None:
    try:
        return path.open("rb")
    except OSError:
        return None

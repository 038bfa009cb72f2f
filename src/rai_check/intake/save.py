"""Write the draft: whole or not at all, never over a file, and only if it reads back."""

import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path

from rai_check.errors import UsageError
from rai_check.project.file import ProjectFile, read_project


def must_be_free(path: Path) -> None:
    """Raise `UsageError` if there is something at `path` already."""
    if path.exists() or path.is_symlink():
        raise UsageError(
            f"{str(path)!r} is there already and is never overwritten; "
            "rename it, or name another file with --output."
        )


def save_draft(text: str, path: Path) -> ProjectFile:
    """Write the text of a project file, and return what a run will read of it.

    Raises:
        UsageError: the file is there already, the folder cannot be written, or the draft would
            not be read; nothing is left behind.
    """
    temporary = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}.", suffix=".yaml")
        temporary = Path(name)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        file = _readable(temporary)
        _put(temporary, path)
    except OSError as refused:
        raise UsageError(f"{str(path)!r} cannot be written ({refused.strerror}).") from None
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
    return file


def _readable(draft: Path) -> ProjectFile:
    """Read the draft as a run would; what is wrong may quote a value, so only its line is told."""
    try:
        return read_project(draft)[0]
    except UsageError as fault:
        line = re.search(r" line (\d+)", str(fault))
        where = f" at line {line[1]}" if line else ""
        raise UsageError(
            f"the draft would not be read back{where}, so it was not written; describe fewer "
            "files or columns, and report this."
        ) from None


def _put(temporary: Path, path: Path) -> None:
    """Give the file its name in one step that fails where the name is taken."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        must_be_free(path)
    except (OSError, NotImplementedError):  # some network drives have no hard links
        must_be_free(path)
        temporary.replace(path)

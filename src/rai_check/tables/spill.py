"""Private directories for what does not fit into memory: ours alone, and gone afterwards.

Each holds a file `pid` naming the process and host that made it. What a killed run has left
behind is removed by the next one: only directories with our prefix, of the same user and host,
whose process is dead.
"""

import os
import platform
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

PREFIX = "rai-check-"
_OWNER_FILE = "pid"


def private_directory() -> Path:
    """Make a directory that only this user can enter (mode 0700), after removing stale ones."""
    remove_stale()
    made = Path(tempfile.mkdtemp(prefix=PREFIX))
    (made / _OWNER_FILE).write_text(f"{os.getpid()} {platform.node()}", encoding="utf-8")
    return made


def remove(directory: Path) -> None:
    """Remove `directory` and all in it; what cannot be removed stays for the next run."""
    shutil.rmtree(directory, ignore_errors=True)


def remove_stale() -> None:
    """Remove what dead runs have left in the temporary directory; leave anything in doubt."""
    for directory in _ours():
        owner = _owner(directory)
        if owner is not None and not _alive(owner):
            remove(directory)


def _ours() -> Iterator[Path]:
    for directory in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            status = directory.lstat()  # not stat: a link is never ours
        except OSError:
            continue
        mine = not hasattr(os, "getuid") or status.st_uid == os.getuid()
        if stat.S_ISDIR(status.st_mode) and mine:
            yield directory


def _owner(directory: Path) -> int | None:
    """Return the process that made it, or None if that cannot be said for this host."""
    try:
        pid, host = (directory / _OWNER_FILE).read_text(encoding="utf-8").split(" ", 1)
        return int(pid) if host == platform.node() else None
    except (OSError, ValueError):
        return None


def _alive(pid: int) -> bool:
    if os.name == "nt" or pid <= 0:
        return True  # signal 0 is not a question on Windows, nor for 0 and below: stay away
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True

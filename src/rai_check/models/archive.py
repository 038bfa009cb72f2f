"""The outside of a model file: what kind of file it is and how large it would become.

A skops file is a zip of `schema.json` and of arrays. Nothing of it is built here.
"""

import io
import json
import zipfile
from pathlib import Path

from rai_check.errors import DataError
from rai_check.tables import shown
from rai_check.tables.files import opened

SUFFIX = ".skops"
LARGEST_FILE = 200_000_000
LARGEST_UNPACKED = 1_000_000_000
LARGEST_SCHEMA = 25_000_000
"""Read as JSON it takes some thirty times the memory."""

LARGEST_RATIO = 200
"""Times its packed size that a file may unpack to, once that is more than `SMALL`."""

SMALL = 10_000_000
SCHEMA = "schema.json"

_PICKLES = {".pkl", ".pickle", ".joblib", ".p", ".pt", ".pth", ".sav"}
_PICKLE_START = (b"\x80", b"(", b"c", b"]", b"}")  # protocols 2 and newer begin with the first
_PICKLE_END = b"."  # the opcode STOP, with which all of them end
_ZIP_START = (b"PK\x03\x04", b"PK\x05\x06")


def read_archive(path: Path) -> bytes:
    """Return the content of a skops file, found to be one of a bearable size.

    Raises:
        DataError: there is no such file, it is too large, it is a pickle or no skops file.
    """
    where = shown(path.name)
    with opened(path) as file:
        content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise DataError(f"{where} is larger than {LARGEST_FILE // 1_000_000} MB, the most allowed.")
    if not content.startswith(_ZIP_START):
        raise DataError(f"{where} {_what_else(path, content)}")
    if path.suffix.lower() != SUFFIX:
        raise DataError(f"{where}: the name of a model file must end in {SUFFIX!r}.")
    fault = _fault(content)
    if fault is not None:
        raise DataError(f"{where} {fault}")
    return content


def _what_else(path: Path, content: bytes) -> str:
    opcodes = content.startswith(_PICKLE_START) and content.endswith(_PICKLE_END)
    if path.suffix.lower() in _PICKLES or opcodes:
        return (
            "is a pickle, which can run code when it is opened; save it with skops: "
            "skops.io.dump(model, 'model.skops')."
        )
    return "is not a skops file (a zip); save the model with skops.io.dump(model, 'model.skops')."


def _fault(content: bytes) -> str | None:
    """Say what is wrong with a zip, or None. Foreign errors end here, with their text."""
    damaged = "is damaged, or is not a skops file; save the model again with skops.io.dump."
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sizes = {member.filename: member.file_size for member in archive.infolist()}
            if SCHEMA not in sizes:
                return damaged
            listed = sum(member.file_size for member in archive.infolist())
            if sizes[SCHEMA] > LARGEST_SCHEMA:
                return _too_many_parts()
            if _absurd(listed, len(content)):
                return _too_large()
            unpacked = _read_in_all(archive, sizes)
    except Exception:  # noqa: BLE001 - zlib, zipfile and json raise many kinds for a damaged file
        return damaged
    return _too_large() if _absurd(unpacked, len(content)) else None


def _absurd(unpacked: int, packed: int) -> bool:
    return unpacked > LARGEST_UNPACKED or unpacked > max(SMALL, LARGEST_RATIO * packed)


def _too_large() -> str:
    return (
        f"would unpack to more than {LARGEST_UNPACKED // 1_000_000} MB, or to {LARGEST_RATIO} "
        "times its size, which no ordinary model does; it is not opened."
    )


def _too_many_parts() -> str:
    return (
        f"describes its parts in more than {LARGEST_SCHEMA // 1_000_000} MB ({SCHEMA}), the most "
        "allowed; it is not opened. Save a model of fewer parts, such as fewer trees."
    )


def _read_in_all(archive: zipfile.ZipFile, sizes: dict[str, int]) -> int:
    """Return the bytes that loading would read: a member counts each time the schema names it.

    Sparse arrays are zips within the zip; what they unpack to counts as well.
    """
    sizes = {name: size + _nested(archive, name) for name, size in sizes.items()}
    total, waiting = sum(sizes.values()), [json.loads(archive.read(SCHEMA))]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            total += sizes.get(str(part.get("file")), 0)
            waiting.extend(part.values())
        elif isinstance(part, list):
            waiting.extend(part)
    return total


def _nested(archive: zipfile.ZipFile, name: str) -> int:
    with archive.open(name) as member:
        if not member.read(4).startswith(_ZIP_START):
            return 0
    with archive.open(name) as member, zipfile.ZipFile(member) as inner:
        return sum(part.file_size for part in inner.infolist())

"""What an archive or a compound file is, by what it holds: both are the coats of many formats.

Source: [MS-OFFCRYPTO] 1.3.1 and 2.2 on encrypted and rights-managed documents; [MS-XLS] 2.4.117 on
the password of an old workbook; OpenDocument 1.3 part 2, 3.4.1 on encrypted parts.
"""

import struct
import zipfile
from typing import BinaryIO

from rai_check.tables.content_kinds import Content
from rai_check.tables.ole import CompoundFile


def in_archive(file: BinaryIO) -> Content:
    """Return what a ZIP archive is, by the names of its parts."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            return _archive(archive, members)
    except Exception:  # noqa: BLE001 - a damaged archive makes zipfile and zlib raise anything
        return Content.UNKNOWN


def _archive(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> Content:
    names = {member.filename.replace("\\", "/").casefold() for member in members}
    if any(member.flag_bits & 1 for member in members):
        return Content.LOCKED_ZIP
    if "mimetype" in names and "meta-inf/manifest.xml" in names:
        return _open_document(archive)
    homes = {name.partition("/")[0] for name in names}
    if "xl" in homes:
        return Content.XLSB if "xl/workbook.bin" in names else Content.XLSX
    if "index.zip" in names or any(name.endswith(".iwa") for name in names):
        return Content.NUMBERS
    return Content.WORD if "word" in homes else Content.SLIDES if "ppt" in homes else Content.ZIP


def _open_document(archive: zipfile.ZipFile) -> Content:
    kind, manifest = (_part(archive, name) for name in ("mimetype", "META-INF/manifest.xml"))
    if b"encryption-data" in manifest:
        return Content.PASSWORD
    if b"opendocument.spreadsheet" in kind:
        return Content.ODS
    return Content.SLIDES if b"presentation" in kind else Content.WORD


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(1 << 20)


def in_compound(data: bytes) -> Content:
    """Return what an OLE compound file is, by the names of its streams."""
    try:
        file = CompoundFile(data)
        names = file.names()
        if "EncryptedPackage" in names:
            return Content.LABELLED if _rights_managed(names) else Content.PASSWORD
        if "\tDRMContent" in names:
            return Content.LABELLED
        book = file.stream("Workbook", "Book")
    except (ValueError, IndexError, struct.error):
        return Content.UNKNOWN
    if book is not None:
        return Content.PASSWORD if _has_password(book) else Content.XLS
    others = (
        ("WordDocument", Content.WORD),
        ("PowerPoint Document", Content.SLIDES),
        ("__properties_version1.0", Content.EMAIL),
    )
    return next((content for name, content in others if name in names), Content.UNKNOWN)


def _rights_managed(names: frozenset[str]) -> bool:
    return any(name.startswith(("DRMEncrypted", "DRMDataSpace", "DRMTransform")) for name in names)


def _has_password(book: bytes) -> bool:
    """Whether a FilePass record comes among the first of an .xls, before what it would hide."""
    at = 0
    for _ in range(16):
        if at + 4 > len(book):
            return False
        id_, size = struct.unpack_from("<HH", book, at)
        if id_ == 0x2F:  # noqa: PLR2004 - FilePass, [MS-XLS] 2.4.117
            return True
        at += 4 + size
    return False

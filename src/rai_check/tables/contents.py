"""What a file is, by its bytes and not by its name; nothing is parsed as data here.

The magic numbers are those of the formats' own specifications: [MS-CFB], [MS-OFFCRYPTO] and
[MS-XLS] of Microsoft, OpenDocument 1.3 part 2, PKZIP's APPNOTE, SQLite's and DuckDB's pages on
their file formats.
"""

import re
import struct
from typing import BinaryIO

from rai_check.tables.content_inside import in_archive, in_compound
from rai_check.tables.content_kinds import Content
from rai_check.tables.ole import MAGIC as OLE

__all__ = ["Content", "content_of"]

HEAD = 1 << 16
"""Bytes from the start that tell what a file of one piece is."""
LARGEST_SEALED = 256 << 20
"""A compound file or archive that is larger is not looked into."""


_MAGIC = (
    (b"PAR1", Content.PARQUET),
    (b"PARE", Content.PARQUET),
    (b"SQLite format 3\0", Content.SQLITE),
    (b"%PDF", Content.PDF),
    (b"{\\rtf", Content.WORD),
    (b"\x00\x01\x00\x00Standard Jet DB", Content.ACCESS),
    (b"\x00\x01\x00\x00Standard ACE DB", Content.ACCESS),
    (b"$FL2", Content.SPSS),
    (b"$FL3", Content.SPSS),
    (b"<stata_dta>", Content.STATA),
    (b"\0" * 12 + b"\xc2\xea\x81\x60", Content.SAS),
    (b".pfile", Content.LABELLED),
    (b"L\0\0\0\x01\x14\x02\0", Content.LINK),
    (b"ID;P", Content.SYLK),
    (b"\x1f\x8b", Content.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Content.ARCHIVE),
    (b"Rar!\x1a\x07", Content.ARCHIVE),
    (b"BZh", Content.ARCHIVE),
    (b"\xfd7zXZ\0", Content.ARCHIVE),
    (b"\x28\xb5\x2f\xfd", Content.ARCHIVE),
    (b"\x89PNG", Content.IMAGE),
    (b"\xff\xd8\xff", Content.IMAGE),
    (b"GIF8", Content.IMAGE),
    *((struct.pack("<HH", id_, size), Content.OLD_EXCEL)
      for id_, size in ((0x0009, 4), (0x0209, 6), (0x0409, 6), (0x0809, 8), (0x0809, 16))),
)  # fmt: skip
_PAGE = re.compile(
    r"(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|script|style|div|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_SIGN_IN = re.compile(
    r"sign[ -]?in\b|log[ -]?[io]n\b|type=.?password|access (?:is )?denied|not authori[sz]ed"
    r"|permission|forbidden|request (?:was )?(?:rejected|blocked)|microsoftonline|SAMLRequest",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"(?:\[InternetShortcut\].*|[^\n]{0,80}\bhttps?://\S+|https?://\S+.{0,200})\s*",
    re.IGNORECASE | re.DOTALL,
)
_SHORTCUT = re.compile(r"\{\s*\"(?:url|doc_id|resource_id)\"\s*:")
_JSON = re.compile(r"\{\s*(?:\"|\})|\[\s*(?:\{|\[)")


def content_of(file: BinaryIO) -> Content:
    """Return what a file is; it is left at its start."""
    try:
        file.seek(0)
        head = file.read(HEAD)
        if head.startswith(OLE):
            return in_compound(head + file.read(LARGEST_SEALED))
        if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            return in_archive(file)
        return _plain(head)
    finally:
        file.seek(0)


def _plain(head: bytes) -> Content:
    if not head:
        return Content.NOTHING
    if not head.strip(b"\0"):
        return Content.ZEROS
    if head[8:12] == b"DUCK":
        return Content.DUCKDB
    for magic, content in _MAGIC:
        if head.startswith(magic):
            return content
    text = _text(head)
    return Content.UNKNOWN if text is None else _written(text)


def _text(head: bytes) -> str | None:
    """Return the opening of a text, None for what is none; UTF-16 needs no mark to be seen."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    odd, even = head[1::2].count(0), head[::2].count(0)
    if max(odd, even) > 0.4 * len(head[1::2]) and min(odd, even) == 0:
        return head.decode("utf-16-le" if odd > even else "utf-16-be", "replace")
    return None if b"\0" in head else head.decode("latin-1").removeprefix("\xef\xbb\xbf")


def _written(text: str) -> Content:
    """Return what a text is, from how it begins."""
    start = text.lstrip("\ufeff \t\r\n")
    short = len(text) < HEAD // 16
    if _PAGE.match(start):
        table = "<td" in text.casefold()
        return Content.SIGN_IN if _SIGN_IN.search(text) and not table else Content.HTML
    if start.startswith("MIME-Version:"):
        return Content.HTML
    if start.startswith(("<?xml", "<Workbook", "<office:document")):
        return _xml(text)
    if start.startswith("version https://git-lfs"):
        return Content.POINTER
    if short and (_ADDRESS.fullmatch(start.rstrip()) or _SHORTCUT.match(start)):
        return Content.LINK
    return Content.JSON if _JSON.match(start) else Content.TEXT


def _xml(text: str) -> Content:
    if "urn:schemas-microsoft-com:office:spreadsheet" in text:
        return Content.SPREADSHEET_XML
    if "<office:document" in text:
        return Content.FLAT_ODS
    return Content.HTML if "<html" in text.casefold() else Content.XML

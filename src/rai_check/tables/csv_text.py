"""Text files as a stream of UTF-8: the encoding found out, NULs refused, little held in memory."""

import codecs
import hashlib
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from rai_check.errors import DataError, UsageError, did_you_mean
from rai_check.tables.csv_mixed import Lines, must_be_one
from rai_check.tables.names import shown

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

CHUNK = 1 << 20
FALLBACK = "cp1252"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_START = 1 << 12
_NULS = 0.7
_GARBLED = "\u00e2\u20ac"
_PLAIN = re.compile(r"ascii|utf-(8|16|32).*|cp[0-9]+|iso8859-[0-9]+|koi8-.|mac-[a-z]+")
_COMMON = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "iso8859-1", "iso8859-15")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What reading a file once in one encoding has shown; lines count from one."""

    encoding: str
    fingerprint: str
    undecodable_line: int | None = None
    nul_line: int | None = None
    replaced: int = 0
    """Marks (U+FFFD) that an earlier conversion left where it did not know a character."""
    garbled: int = 0
    """Quotation marks and dashes of UTF-8 that were once read as Windows-1252."""
    ended: bool = True
    """Whether the last line has an end."""


def inspect(file: BinaryIO, *, encoding: str | None, where: str) -> Scan:
    """Read a file to its end: in which encoding is it all text, and what is its SHA-256?

    Raises:
        DataError: bytes that the encoding does not have, or a NUL, with the line.
        UsageError: `encoding` is not one.
    """
    mark = _marked(file)
    chosen = mark if encoding is None else _declared(encoding, mark)
    scan = _scan(file, chosen or "utf-8")
    if scan.undecodable_line is not None and chosen is None:
        second = _scan(file, FALLBACK)
        if second.undecodable_line is not None:
            raise DataError(
                f"{where} is neither UTF-8 (line {scan.undecodable_line}) nor Windows-1252 "
                f"(line {second.undecodable_line}); save it as CSV UTF-8."
            )
        must_be_one(file, scan.undecodable_line, where)
        scan = second
    if scan.undecodable_line is not None:
        raise DataError(
            f"{where}, line {scan.undecodable_line}: not in the encoding {scan.encoding}; "
            "save it as CSV UTF-8."
        )
    if scan.nul_line is not None:
        raise DataError(
            f"{where}, line {scan.nul_line}: a NUL character, which text does not have; "
            "save it as CSV UTF-8."
        )
    return scan


class Utf8Stream(io.RawIOBase):
    """A file's text as UTF-8 bytes without a byte order mark, and `tail` after it.

    The first `skip` bytes of the text are left out.
    """

    def __init__(self, file: BinaryIO, encoding: str, *, skip: int = 0, tail: bytes = b"") -> None:
        file.seek(0)
        self._file = file
        self._decoder = _decoder(encoding)
        self._skip = skip
        self._tail = tail
        self._ready = memoryview(b"")
        self._ended = False

    def readable(self) -> bool:
        """Say yes, as `io` asks."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill `buffer` as far as one chunk goes; 0 at the end."""
        view = memoryview(buffer).cast("B")
        while not self._ready and not self._ended:
            chunk = self._file.read(CHUNK)
            self._ended = not chunk
            text = self._decoder.decode(chunk, final=self._ended).encode()
            text, self._skip = text[self._skip :], max(self._skip - len(text), 0)
            self._ready = memoryview(text + self._tail if self._ended else text)
        size = min(len(view), len(self._ready))
        view[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size


def _declared(encoding: str, mark: str | None) -> str:
    """Return Python's name of an encoding, or of the one that takes the mark the file has."""
    try:
        found = codecs.lookup(encoding).name
    except (LookupError, ValueError):
        found = ""
    if not _PLAIN.fullmatch(found):
        hint = did_you_mean(encoding.lower(), _COMMON)
        raise UsageError(f"{shown(encoding)!r} is not an encoding of text that is read.{hint}")
    return mark if mark is not None and found.startswith(mark.removesuffix("-sig")) else found


def _marked(file: BinaryIO) -> str | None:
    """Return the encoding that a file's byte order mark names, or UTF-16 that shows without."""
    file.seek(0)
    start = file.read(_START)
    named = next((encoding for mark, encoding in _MARKS if start.startswith(mark)), None)
    return named or _unmarked_utf_16(start)


def _unmarked_utf_16(start: bytes) -> str | None:
    """Return UTF-16 where most of every other byte are NUL, and no byte between is.

    So it is with all text in Latin letters, and with no other text.
    """
    even, odd = start[::2].count(0), start[1::2].count(0)
    if min(even, odd) or max(even, odd) < _NULS * len(start[1::2]) or not start[1:]:
        return None
    return "utf-16-le" if odd else "utf-16-be"


def _decoder(encoding: str) -> codecs.IncrementalDecoder:
    return codecs.getincrementaldecoder(encoding)()


def _scan(file: BinaryIO, encoding: str) -> Scan:
    file.seek(0)
    digest, decoder, lines = hashlib.sha256(), _decoder(encoding), Lines()
    nul_line: int | None = None
    undecodable: int | None = None
    ended, replaced, garbled, last = False, 0, 0, "\n"
    while not ended and undecodable is None:
        chunk = file.read(CHUNK)
        ended = not chunk
        digest.update(chunk)
        try:
            text = decoder.decode(chunk, final=ended)
        except UnicodeDecodeError as error:
            undecodable = lines.of(_text_before(error, decoder))
            text = ""
        if nul_line is None and (at := text.find("\0")) >= 0:
            nul_line = lines.of(text[:at])
        lines.add(text)
        replaced, garbled = replaced + text.count("\ufffd"), garbled + text.count(_GARBLED)
        last = text[-1:] or last
    return Scan(
        encoding=encoding,
        fingerprint=digest.hexdigest(),
        undecodable_line=undecodable,
        nul_line=nul_line,
        replaced=replaced,
        garbled=garbled,
        ended=last in "\r\n",
    )


def _text_before(error: UnicodeDecodeError, decoder: codecs.IncrementalDecoder) -> str:
    _, flag = decoder.getstate()
    decoder.setstate((b"", flag))  # what was pending is part of the error's object
    decoder.errors = "ignore"
    return decoder.decode(error.object[: error.start])

"""Files put together from several in different encodings, and the lines that show it."""

import re
from typing import BinaryIO

from rai_check.errors import DataError

_CHUNK = 1 << 20
_UTF_8 = re.compile(rb"[\xc2-\xc5][\x80-\xbf]|\xe2[\x80-\x84][\x80-\xbf]|\xf0\x9f[\x80-\xbf]{2}")
"""Letters of Western and Central Europe, signs of print, and emoji. What is left out may be a
capital letter of Windows-1252 with a quotation mark or a dash after it."""
_SEVERAL, _LONGEST_LESS_ONE = 2, 3


class Lines:
    """Counts lines ended by LF, CR or CRLF across pieces of text."""

    def __init__(self) -> None:
        self._ended = 0
        self._after_cr = False

    def add(self, text: str) -> None:
        """Go past a piece of text."""
        self._ended = self.of(text) - 1
        self._after_cr = text.endswith("\r") if text else self._after_cr

    def of(self, text: str) -> int:
        """Return the number of the line on which `text`, coming next, would end."""
        ends = text.count("\n") + text.count("\r") - text.count("\r\n")
        return 1 + self._ended + ends - (self._after_cr and text.startswith("\n"))


def must_be_one(file: BinaryIO, other: int, where: str) -> None:
    """Raise `DataError` if a file that is not UTF-8, from the line `other` on, is so in part."""
    line = _line_of_utf_8(file)
    if line is not None:
        raise DataError(
            f"{where} mixes two encodings, as files put together from several do: line {line} is "
            f"UTF-8, line {other} is not; save each part as CSV UTF-8 before joining them, or say "
            "`encoding: cp1252` (or `--encoding cp1252`) if all of it is right as Windows-1252."
        )


def _line_of_utf_8(file: BinaryIO) -> int | None:
    """Return the line of the first character that only UTF-8 writes so, None if there is but one.

    Not looked for are characters whose bytes Windows-1252 could have by chance.
    """
    file.seek(0)
    lines, first, found, tail = Lines(), None, 0, b""
    while chunk := file.read(_CHUNK):
        piece = tail + chunk
        ends = [match.span() for match in _UTF_8.finditer(piece)]
        if ends and first is None:
            first = lines.of(piece[: ends[0][0]].decode("latin-1"))
        found += len(ends)
        if found >= _SEVERAL:
            return first
        cut = max(len(piece) - _LONGEST_LESS_ONE, ends[-1][1] if ends else 0)
        lines.add(piece[:cut].decode("latin-1"))
        tail = piece[cut:]
    return None

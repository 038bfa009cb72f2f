"""Text whose letters were lost or read in the wrong encoding on the way: JosÃ© for José.

UTF-8 that was read as Windows-1252 shows two or more signs for each letter. Most of those pairs
never stand beside one another in honest text; some do (IRMû, TOMÍŠ, É…) and are believed
only where what is around them could not be honest either. Standard library only.
"""

import html
import re
from collections.abc import Iterator, Sequence

from rai_check.survey.model import Notice, Sort
from rai_check.survey.said import some
from rai_check.survey.seen import Seen
from rai_check.tables import shown

LOST = "\ufffd"
"""What a decoder writes for bytes that it could not read."""
_LONGEST = 2_000
"""Characters of a value that are looked at."""
_ALLOWED = 0.02
"""Share of the rows of a column of sentences up to which pasted text explains it."""
_ODD = dict.fromkeys((0x81, 0x8D, 0x8F, 0x90, 0x9D))
"""Bytes that Windows-1252 leaves open; decoders give the control character of the number."""
_BYTE = {(chr(b) if b in _ODD else bytes([b]).decode("cp1252")): b for b in range(0x80, 0x100)}
_LATER = [c for c, b in _BYTE.items() if b in range(0x80, 0xC0)]
_TAIL = "".join(map(re.escape, _LATER))
"""How the second and later bytes of a letter show."""
_HONEST = (
    "\u2018\u2019\u201a\u201c\u201d\u201e\u2039\u203a"
    "\u2013\u2014\u2026\u2022\u2122\u00ab\u00bb\u00a0"
)
"""Those of them that may follow a letter: quotation marks, dashes, a blank that does not break."""
_SURE = "".join(re.escape(c) for c in _LATER if c not in _HONEST)
_SIGNS = re.compile(
    rf"[\u00c2-\u00c5][{_SURE}]"  # Ã© of é, Â£ of £
    r"|\u00c2\u00a0"  # of a blank that does not break
    rf"|(?<=[a-z\u00df-\u00ff])[\u00c3-\u00c5][{_HONEST}]"  # ZoÃ«: no capital follows a small one
    rf"|(?<![^\W\d_])[\u00c3-\u00c5][{_HONEST}](?=[a-z\u00c3])"  # at the start
    rf"|\u00e2\u20ac[{_TAIL}]|\u00e2\u201a\u00ac|\u00e2\u201e\u00a2"  # of quotation marks, € and ™
    r"|\u00ef\u00bf\u00bd|\u00ef\u00bb\u00bf"  # of the mark of loss, and of the byte order
    rf"|\u00e1[\u00ba\u00bb][{_TAIL}]|\u00f0\u0178[{_TAIL}]{{2}}"  # Vietnamese; pictures
    rf"|(?:(?:[\u00c2-\u00df][{_TAIL}]|[\u00e0-\u00ef][{_TAIL}]{{2}}){{2,}})"  # other scripts
)
_ENTITY = re.compile(
    r"&(?:[a-z]{2,8}|#[0-9]{1,7}|#x[0-9a-f]{1,6});|_x00[01][0-9a-f]_", re.IGNORECASE
)
_QUERIED = re.compile(r"[^\W\d_]\?[^\W\d_]")
_AGAIN = "Export the file again as CSV UTF-8; what was saved like this is put right only by hand."


def is_garbled(text: str) -> bool:
    """Whether letters of a text were read in the wrong encoding: ``JosÃ©``, ``Itâ€™s``."""
    return not text.isascii() and any(_decodes(m[0]) for m in _SIGNS.finditer(text[:_LONGEST]))


def is_lost(text: str) -> bool:
    """Whether a text holds U+FFFD, which stands for letters that nobody can get back."""
    return LOST in text


def _decodes(signs: str) -> bool:
    """Whether signs are UTF-8 once they are bytes again."""
    try:
        bytes(_BYTE[c] for c in signs).decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def garbled_notices(seen: Seen) -> Iterator[Notice]:
    """Yield what happened to the letters of a column's values."""
    if lost := seen.count(is_lost):
        says = f"{some(lost, seen.what)} with letters that were lost, shown as \ufffd"
        yield seen.notice(_sort(seen, lost), "letters-lost", says, _AGAIN)
    if wrong := seen.count(is_garbled):
        says = f"{some(wrong, seen.what)} with letters read in the wrong encoding, like Ã© for é"
        yield seen.notice(_sort(seen, wrong), "wrong-encoding", says, _AGAIN)
    if coded := seen.count(_is_coded):
        says = f"{some(coded, seen.what)} with codes of a web page or workbook, like &amp; for &"
        do = "Have the export write plain text."
        yield seen.notice(Sort.LOOK, "coded-letters", says, do)
    if not seen.profile.free_text and (queried := seen.count(_is_queried)):
        says = (
            f"{some(queried, seen.what)} with a question mark inside a word: a letter may be lost"
        )
        yield seen.notice(Sort.LOOK, "letters-queried", says, _AGAIN)


def name_notices(names: Sequence[str]) -> Iterator[Notice]:
    """Yield the headings whose letters were lost or misread, by their names."""
    for name in names:
        if is_lost(name) or is_garbled(name):
            says = "letters of the heading itself were lost, or read in the wrong encoding"
            yield Notice(
                sort=Sort.MEND, kind="heading-encoding", column=shown(name), says=says, do=_AGAIN
            )


def _sort(seen: Seen, rows: int) -> Sort:
    pasted = seen.profile.free_text and rows <= _ALLOWED * seen.known
    return Sort.LOOK if pasted else Sort.MEND


def _is_coded(text: str) -> bool:
    found = _ENTITY.search(text[:_LONGEST])
    return found is not None and (found[0][0] == "_" or html.unescape(found[0]) != found[0])


def _is_queried(text: str) -> bool:
    return "?" in text and "://" not in text and _QUERIED.search(text[:_LONGEST]) is not None

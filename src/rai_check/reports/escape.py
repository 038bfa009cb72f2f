"""Make text of projects, policies and data inert in what a report is read with.

Everything that may not come from this package goes through here: a terminal must not be
steered, a table cell not broken, a line of text not reordered.
"""

import re

LONGEST = 20_000
"""Characters of one text that are shown; what a person wrote on purpose is far shorter."""
_BREAKS = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_STEERING = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # C0, delete, C1: escape sequences start here
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # unseen, bidi
    "\ud800-\udfff\ufffe\uffff"  # not text at all
    "\U000e0000-\U000e007f]"  # tags
)
_LAST_OF_TWO_DIGITS = 0xFF
_MARKDOWN = re.compile(r"([\\`*_\[\]{}<>|#~!&@$^])|(?<=\w)(:)(?=//)|(?<=\bwww)(\.)")
_LEADING = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]\s))")


def visible(text: object, most: int = LONGEST) -> str:
    r"""One line of text in which nothing is hidden: line ends as `` / ``, the rest as ``\x1b``.

    Takes time in proportion to the text; of one longer than `most` characters the start is shown.
    """
    pieces = (piece.strip() for piece in _BREAKS.split(_cut(str(text).strip(), most)))
    joined = " / ".join(piece for piece in pieces if piece).replace("\t", " ")
    return _STEERING.sub(lambda found: _named(found[0]), joined)


def _cut(text: str, most: int) -> str:
    """The start of a text that nobody could want to read whole, and how much was left out."""
    left = len(text) - most
    return text if left <= 0 else f"{text[:most].rstrip()}… ({left:,} more characters)"


def _named(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code <= _LAST_OF_TWO_DIGITS else f"\\u{code:04x}"


def markdown(text: object) -> str:
    """Text for a paragraph or a table cell of Markdown; never a link, mark-up or new column."""
    escaped = _MARKDOWN.sub(r"\\\1\2\3", visible(text))
    return _LEADING.sub(lambda found: f"{found[1]}{_leading(found[2])}", escaped)


def _leading(mark: str) -> str:
    """A line that starts like a list, heading or rule starts with a zero-width entity instead."""
    return f"\\{mark}" if mark in "-+=" else f"{mark}\\"


def xml(text: object) -> str:
    """Text that XML 1.0 allows; what it forbids is made visible."""
    return visible(text)

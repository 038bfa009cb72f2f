"""Marks that stand where a number was held back or is not there."""

import re

from rai_check.values.cleaning import cleaned

# GSS: Using symbols in tables (2021), and the older letters of DfE, NHS and ONS releases.
_SYMBOLS = frozenset(
    {"*", "**", "***", "c", "x", "z", "u", "s", "low", "~", "#", "!", ":", ".", "..", "...", "-"}
    | {"--", "…", "supp", "suppressed", "redacted", "withheld"}
    | {f"[{letter}]" for letter in ("b", "c", "e", "f", "low", "p", "r", "s", "u", "w", "x", "z")}
)
_BOUND = re.compile(
    r"(?:<|<=|≤|less than|fewer than|under|below|up to)[ ]?£?[0-9]{1,3}[ ]?%?\*?", re.ASCII
)


def suppression(text: str) -> bool:
    """Whether a text is a mark for a number held back or not available: ``< 10``, ``*``, ``[c]``.

    Of a column of numbers only: in a column of codes ``c`` may well be a code.
    """
    clean = cleaned(text).casefold()
    return clean in _SYMBOLS or _BOUND.fullmatch(clean) is not None

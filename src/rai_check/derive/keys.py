"""Keys that rows are told apart by: what makes no key, and how near two that differ are."""

from collections.abc import Sequence

SPENT = r"[+-]?[0-9](\.[0-9]*)?[eE]\+[0-9]{2,3}"
"""A long number as a spreadsheet cuts it short: many people's, so never a key."""
BLANK_KEY, SPENT_KEY = "with a blank key", "with a key that a spreadsheet cut short, as in 1.2E+11"


def usable(text: str) -> str:
    """Return SQL for a part of a key, null where it is blank or spent."""
    return f"CASE WHEN NOT regexp_full_match({text}, '{SPENT}') THEN {text} END"


def is_spent(texts: Sequence[str]) -> str:
    """Return SQL for whether a part of a key is spent, and none is blank."""
    known = " AND ".join(f"{text} IS NOT NULL" for text in texts)
    cut_short = " OR ".join(f"regexp_full_match({text}, '{SPENT}')" for text in texts)
    return f"({known}) AND ({cut_short})"


def _zeros(text: str) -> str:
    return f"ltrim({text}, '0')"


def _case(text: str) -> str:
    return f"lower({text})"


def _accents(text: str) -> str:
    return f"nfc_normalize({text})"


def _marks(text: str) -> str:
    """Null where nothing else is there: a dash and a question mark are no key in two hands."""
    return rf"nullif(regexp_replace({text}, '[^\pL\pN]', '', 'g'), '')"


def _all(text: str) -> str:
    return _zeros(_case(_marks(_accents(text))))


NEAR = (
    ("leading zeros", _zeros),
    ("capitals", _case),
    ("how accents are stored", _accents),
    ("blanks and punctuation", _marks),
    ("all of these", _all),
)
"""What keys may differ by and be meant alike: nobody is matched so, but a reader is told."""

"""Numbers as people and systems write them; what is not surely a number is not read."""

import re
from decimal import Decimal

from rai_check.values.cleaning import cleaned
from rai_check.values.written import Written

# Thousands are of three digits and one separator, and do not start with nought: 0,125 and 1,25
# are decimals of another language. A growing exponent is a spent identifier: see `spent`.
_SHAPE = re.compile(
    r"(?P<open>\( ?)?(?P<s1>[+-] ?)?(?P<pound>£ ?)?(?P<s2>[+-])?"
    r"(?P<digits>[1-9][0-9]{0,2}(?P<mark>[, ])[0-9]{3}(?:(?P=mark)[0-9]{3})*(?:\.[0-9]*)?"
    r"|[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?P<small>[eE]-[0-9]{1,3})?"
    r"(?P<percent> ?%)?(?P<s3> ?-)?(?P<close> ?\))?",
    re.ASCII,
)
_SPENT = re.compile(r"[+-]?[0-9](?:\.[0-9]*)?[eE]\+[0-9]{2,3}", re.ASCII)


def read_number(text: str, written: Written) -> Decimal | None:
    """Return the number that a text says in a form, to its last digit, or None.

    Brackets and a minus at either end say that it is below zero. `PERCENT` needs its sign, since
    a bare 12.5 may be a share of 12.5 or of 0.125; `POUNDS` takes amounts with or without theirs;
    `NUMBER` takes neither. Words for thousands (k, m) and 1.23457E+11 are not read.
    """
    found = _SHAPE.fullmatch(cleaned(text))
    if found is None or written.is_day or not _fits(found, written):
        return None
    signs = [sign.strip() for name in ("s1", "s2", "s3") if (sign := found[name])]
    if len(signs) + bool(found["open"]) > 1 or bool(found["open"]) != bool(found["close"]):
        return None
    minus = "-" if found["open"] or "-" in signs else ""
    tail = "e-2" if written is Written.PERCENT else found["small"] or ""
    return Decimal(minus + found["digits"].replace(found["mark"] or ",", "") + tail)  # exact


def plain(number: Decimal) -> str:
    """Return a number without exponent, separators or noughts that say nothing.

    Equal numbers are written alike: 1,234.50 and 1234.5 are both ``1234.5``.
    """
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def spent(text: str) -> bool:
    """Whether a text is a long number as a spreadsheet cuts it short: ``1.23457E+11``.

    The digits that told one person from another are gone: it is no identifier, and no number to
    trust.
    """
    return _SPENT.fullmatch(cleaned(text)) is not None


def _fits(found: re.Match[str], written: Written) -> bool:
    if bool(found["percent"]) != (written is Written.PERCENT):
        return False
    if found["small"] and written is not Written.NUMBER:
        return False
    return not found["pound"] or written is Written.POUNDS

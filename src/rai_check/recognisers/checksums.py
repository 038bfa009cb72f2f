"""Rules of UK identifiers: check digits, and which letters may stand where. Pure functions.

Every function takes text in any case, with or without spaces and hyphens.
"""

import re
from datetime import date

from rai_check.recognisers.text import word_set

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""Check letters of a unique pupil number: no I, O or S, so 23 of them."""
POSTCODE_AREAS = word_set(
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY "
    "E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE "
    "LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL "
    "SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE"
)
"""The 124 postcode areas of Royal Mail, Crown dependencies among them."""
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
_DATES = (
    re.compile(r"(?P<y>\d{4})-?(?P<m>\d{2})-?(?P<d>\d{2})(?:[T ].*)?", re.DOTALL),
    re.compile(r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4}|\d{2})"),
    re.compile(r"(?P<d>\d{1,2})(?:st|nd|rd|th)?[ -](?P<m>[a-z]{3})[a-z]*,?[ -](?P<y>\d{4})"),
)
_EARLIEST, _LATEST = 1900, 2100


def plain(text: str) -> str:
    """Return text in upper case without spaces and hyphens."""
    return text.replace(" ", "").replace("-", "").upper()


def _weighted(text: str) -> int | None:
    """Return the sum of ten digits times 10, 9, ... 1, or None if they are no ten digits."""
    digits = plain(text)
    if not re.fullmatch(r"[0-9]{10}", digits) or len(set(digits)) == 1:
        return None  # ten equal digits are a placeholder, though most pass
    return sum(int(digit) * weight for digit, weight in zip(digits, range(10, 0, -1), strict=True))


def is_nhs(text: str) -> bool:
    """Say whether ten digits pass the check of an NHS number (modulus 11, remainder 0).

    Scotland's CHI and Northern Ireland's H&C numbers share it. Source: NHS Data Dictionary.
    """
    total = _weighted(text)
    return total is not None and total % 11 == 0


def is_uln(text: str) -> bool:
    """Say whether ten digits pass the check of a unique learner number (modulus 11, remainder 10).

    By design no number is both this and an NHS number. Source: Learning Records Service.
    """
    total = _weighted(text)
    return total is not None and total % 11 == 10 and not plain(text).startswith("0")  # noqa: PLR2004 - the rule


def is_utr(text: str) -> bool:
    """Say whether ten digits pass the check of a unique taxpayer reference; its K is optional."""
    digits = plain(text).removesuffix("K")
    if not re.fullmatch(r"[0-9]{10}", digits) or len(set(digits)) == 1:
        return False
    weights = (6, 7, 8, 9, 10, 5, 4, 3, 2)
    total = sum(int(digit) * weight for digit, weight in zip(digits[1:], weights, strict=True))
    return digits[0] == "21987654321"[total % 11]


def is_upn(text: str) -> bool:
    """Say whether a unique pupil number, permanent or temporary, has the right check letter.

    The digits of the local authority are not held against a list: new authorities get new ones.
    Source: Department for Education, "Unique pupil numbers (UPNs)".
    """
    upn = plain(text)
    if not re.fullmatch(rf"[{UPN_LETTERS}][0-9]{{11}}[0-9{UPN_LETTERS}]", upn):
        return False
    values = [int(c) if c.isdigit() else UPN_LETTERS.index(c) for c in upn[1:]]
    total = sum(value * weight for weight, value in enumerate(values, start=2))
    return UPN_LETTERS[total % 23] == upn[0]


def is_card(text: str) -> bool:
    """Say whether 13 to 19 digits pass Luhn's check (ISO/IEC 7812-1)."""
    digits = plain(text)
    if not re.fullmatch(r"[0-9]{13,19}", digits) or len(set(digits)) == 1:
        return False
    doubled = [int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0  # noqa: PLR2004 - the rule


def is_postcode(text: str) -> bool:
    """Say whether a postcode begins with an area there is; Girobank's GIR 0AA is one as well."""
    code = plain(text)
    area = re.match(r"[A-Z]{1,2}", code)
    return code == "GIR0AA" or (area is not None and area.group() in POSTCODE_AREAS)


def is_day(text: str) -> bool:
    """Say whether text is a day of the years 1900 to 2100 as people write them in the UK."""
    match = next((m for p in _DATES if (m := p.fullmatch(text.strip().lower()))), None)
    if match is None:
        return False
    month = _month(match["m"])
    year = int(match["y"]) + (2000 if len(match["y"]) == 2 else 0)  # noqa: PLR2004 - two digits; leap years fall alike in both centuries, 1900 apart
    try:
        return _EARLIEST <= date(year, month, int(match["d"])).year <= _LATEST
    except ValueError:
        return False


def _month(text: str) -> int:
    """Return 1 to 12 for a number or the first three letters of a name; else something else."""
    return _MONTHS.find(text) // 4 + 1 if text.isalpha() else int(text)

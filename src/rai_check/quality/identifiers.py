"""Identifiers that the project declares, held against the rule of their kind. Standard library.

Rules are those of the personal-identifiers check; none needs a language model.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import MappingProxyType

from rai_check.project import Meaning, RoleTable
from rai_check.project.columns import ColumnFile
from rai_check.quality.shares import Share, share_of
from rai_check.recognisers import checksums
from rai_check.recognisers.kinds import kind_named
from rai_check.tables import shown

Rule = Callable[[str], bool]
_NINO = re.compile(r"(?!BG|GB|NK|KN|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]?")
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][ABD-HJLNP-UW-Z]{2}|GIR0AA")
_EMAIL = re.compile(r"[^@\s]{1,64}@(?:[^@\s.]{1,63}\.)+[^@\s.]{2,63}")
_UK_PHONE = re.compile(r"(?:\+44|0044|0)[1-9][0-9]{8,9}")
_ABROAD = re.compile(r"(?:\+|00)[1-9][0-9]{6,14}")
_DRIVER = re.compile(
    r"[A-Z9]{5}[0-9](?:[05][1-9]|[16][0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9][A-Z9]{2}[A-Z0-9]{3}"
)
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_MOD_97 = 97


def _is_nino(text: str) -> bool:
    """HMRC's form, National Insurance Manual NIM39110; the suffix may be left off."""
    return _NINO.fullmatch(checksums.plain(text)) is not None


def _is_postcode(text: str) -> bool:
    return _POSTCODE.fullmatch(checksums.plain(text)) is not None and checksums.is_postcode(text)


def _is_email(text: str) -> bool:
    return _EMAIL.fullmatch(text.strip()) is not None


def _is_phone(text: str) -> bool:
    """Ofcom's lengths: nine or ten digits after the 0; E.164 for numbers abroad."""
    digits = re.sub(r"[ ().\-]", "", text.replace("(0)", ""))
    home = digits.startswith(("0", "+44")) and not re.match(r"00(?!44)", digits)
    return (_UK_PHONE if home else _ABROAD).fullmatch(digits) is not None


def _is_iban(text: str) -> bool:
    """ISO 13616: the number, its first four moved to the end, leaves 1 when divided by 97."""
    code = checksums.plain(text)
    if not _IBAN.fullmatch(code):
        return False
    return int("".join(str(int(c, 36)) for c in code[4:] + code[:4])) % _MOD_97 == 1


def _is_driver(text: str) -> bool:
    return _DRIVER.fullmatch(checksums.plain(text)) is not None


def _is_passport(text: str) -> bool:
    return re.fullmatch(r"[0-9]{9}|[A-Z]{2}[0-9]{7}", checksums.plain(text)) is not None


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "NHS number": checksums.is_nhs,
        "unique learner number": checksums.is_uln,
        "unique taxpayer reference": checksums.is_utr,
        "unique pupil number": checksums.is_upn,
        "payment card number": checksums.is_card,
        "IBAN": _is_iban,
        "National Insurance number": _is_nino,
        "driving licence number": _is_driver,
        "e-mail address": _is_email,
        "postcode": _is_postcode,
        "phone number": _is_phone,
        "passport number": _is_passport,
    }
)
"""By the name of the kind. Names, addresses and plates have no rule that a value can break, IP
addresses are nobody's to mistype, and dates of birth are counted with the dates."""
_LOST_ZERO: Mapping[str, tuple[re.Pattern[str], Rule]] = MappingProxyType(
    {
        "NHS number": (re.compile(r"[0-9]{9}"), checksums.is_nhs),
        "unique taxpayer reference": (re.compile(r"[0-9]{9}K?"), checksums.is_utr),
        "phone number": (re.compile(r"[127][0-9]{8,9}"), _is_phone),
    }
)
"""Kinds that can begin with a nought: what is left without it, and the rule that it then passes."""


def kinds_of(spec: ColumnFile, where: str) -> tuple[str, ...]:
    """The declared kinds of a column that have a rule; none of a column of text that holds them.

    Raises:
        UsageError: a kind is not one.
    """
    if spec.identifier is None or spec.means is Meaning.FREE_TEXT:
        return ()
    named = (kind_named(kind, where) for kind in spec.identifier.kinds)
    return tuple(kind for kind in dict.fromkeys(named) if kind in RULES)


def declared_kinds(table: RoleTable) -> dict[str, tuple[str, ...]]:
    """Columns of a table with the declared kinds that have a rule.

    Raises:
        UsageError: a kind is not one.
        DataError: a declared column is not in the file.
    """
    from rai_check.tables import require

    found = {
        name: kinds_of(spec, f"Table {table.name!r}, column {shown(name)!r}")
        for name, spec in table.spec.columns.items()
    }
    held = {name: kinds for name, kinds in found.items() if kinds}
    for name in held:
        require(table.data, name)
    return held


def identifier_shares(table: RoleTable) -> Iterator[Share]:
    """Yield the share of valid values of each such column that has a value.

    Raises:
        UsageError: a kind is not one.
        DataError: a declared column is not in the file.
    """
    for column, kinds in declared_kinds(table).items():
        wrong = f"not valid as {' or '.join(kinds)}"
        found = share_of(table, column, partial(is_valid, kinds=kinds), wrong=wrong)
        if found is not None:
            yield found


def is_valid(text: str, kinds: tuple[str, ...]) -> bool:
    """Whether a value passes the rule of one of some kinds."""
    return any(RULES[kind](text) for kind in kinds)


def lost_a_zero(text: str, kinds: tuple[str, ...]) -> bool:
    """Whether a value fails as it is and passes with a nought before it, as spreadsheets drop."""
    if is_valid(text, kinds):
        return False
    pairs = (_LOST_ZERO[kind] for kind in kinds if kind in _LOST_ZERO)
    return any(form.fullmatch(text) and rule(f"0{text}") for form, rule in pairs)

"""What the values of a column look like, without the libraries of the full installation.

A first look for a person who describes a file, not the scan of `personal-identifiers`: whole
values only, by the same rules and the same evidence (`rai_check.recognisers`).
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rai_check.recognisers.checksums import is_day
from rai_check.recognisers.evidence import Tally, is_real
from rai_check.recognisers.headed import headed_values
from rai_check.recognisers.kinds import PATTERNED, Kind
from rai_check.recognisers.text import clean, word_set

MOST = 0.5
"""Share of the values that must look the part where there is no check digit."""
_YES_OR_NO = word_set("yes no y n true false t f 0 1")
_WORDS_OF_TEXT, _LENGTH_OF_TEXT, _SHARE_OF_TEXT = 6, 60, 0.25
_FIXED = 0.75
"""Share of the digits-only values that must be of one length for it to be a fixed width."""
_CODE = word_set(
    "id ref refs reference number no num nos code codes key urn uprn upn uln nhs phone telephone "
    "tel mobile account payroll employee estab laestab dfe"
)
_OTHERS: tuple[tuple[str, frozenset[str], re.Pattern[str], bool], ...] = (
    ("e-mail address", frozenset(), re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]{2,}"), False),
    ("IBAN", frozenset(), re.compile(r"[A-Z]{2}\d{2} ?[A-Z]{4}[A-Z0-9 ]{10,30}"), False),
    ("IP address", frozenset(), re.compile(r"\d{1,3}(?:\.\d{1,3}){3}"), False),
    ("passport number", word_set("passport passports"), re.compile(r"[A-Z0-9]{6,12}"), True),
    ("driving licence number", word_set("driving driver licence license dvla"),
     re.compile(r"[A-Z9]{5}\d[\dA-Z]{6,12}"), True),
    ("vehicle registration", word_set("vrm vrn plate numberplate registration reg"),
     re.compile(r"[A-Z]{1,3}\d{1,4} ?[A-Z]{0,3}"), True),
)  # fmt: skip
"""Kind, words of the name that speak for it, its form, and whether it needs such a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifierLike:
    """A kind of personal identifier, and how many of the values looked at are of it."""

    kind: str
    passes: int
    """Values that have its form, and pass its check digit if it has one."""
    shaped: int
    """Values that have its form."""
    checked: bool
    """Whether the kind has a check digit."""
    headed: bool
    """Whether the column's name says so too."""


def resembled(words: Sequence[str], texts: Sequence[str]) -> tuple[IdentifierLike, ...]:
    """Return the kinds of personal identifier that a column looks like, most values first."""
    plain = [clean(text) for text in texts]
    found = [one for kind in PATTERNED if (one := _patterned(kind, words, plain))]
    found += [one for rule in _OTHERS if (one := _other(*rule, words, plain))]
    found += _born(words, plain)
    if named := headed_values(words, plain):
        kind, fits = named
        found.append(_like(kind.name, len(fits), len(fits), headed=True))
    found.sort(key=lambda one: (-one.passes, one.kind))
    return tuple({one.kind: one for one in reversed(found)}.values())[::-1]


def _like(
    kind: str, passes: int, shaped: int, *, headed: bool, checked: bool = False
) -> IdentifierLike:
    return IdentifierLike(kind=kind, passes=passes, shaped=shaped, checked=checked, headed=headed)


def _patterned(kind: Kind, words: Sequence[str], texts: Sequence[str]) -> IdentifierLike | None:
    """A kind with a form of its own: believed as the scan would, by column."""
    if kind.shape is None or kind.chance is None:
        return None
    form = re.compile(kind.shape, re.IGNORECASE)
    shaped = [text for text in texts if form.fullmatch(text)]
    passes = sum(map(kind.accepts, shaped))
    headed = bool(kind.words.intersection(words))
    real = is_real(
        Tally(passes=passes, fails=len(shaped) - passes),
        kind.chance,
        headed=headed,
        doubtful=kind.rare or len(shaped) >= MOST * len(texts),
        checksum=kind.checksum,
    )
    if not real:
        return None
    return _like(kind.name, passes, len(shaped), headed=headed, checked=kind.checksum)


def _other(
    kind: str,
    said: frozenset[str],
    form: re.Pattern[str],
    needs_word: bool,  # noqa: FBT001 - a part of a rule in a table
    words: Sequence[str],
    texts: Sequence[str],
) -> IdentifierLike | None:
    headed = bool(said.intersection(words))
    if needs_word and not headed:
        return None
    shaped = sum(form.fullmatch(text.upper()) is not None for text in texts)
    if not shaped or (needs_word and shaped < MOST * len(texts)):
        return None
    return _like(kind, shaped, shaped, headed=headed)


def _born(words: Sequence[str], texts: Sequence[str]) -> list[IdentifierLike]:
    """Dates of birth: only the column's name tells them from other dates."""
    kind = next(kind for kind in PATTERNED if kind.name == "date of birth")
    days = sum(map(is_day, texts)) if kind.words.intersection(words) else 0
    return [_like(kind.name, days, days, headed=True)] if days >= max(1, MOST * len(texts)) else []


def is_yes_or_no(texts: Sequence[str]) -> bool:
    """Say whether values are yes and no and nothing else, in any of the usual spellings."""
    said = {text.casefold() for text in texts}
    return bool(said) and said <= _YES_OR_NO


def is_free_text(texts: Sequence[str]) -> bool:
    """Say whether a good part of the values are sentences, each its own."""
    long = sum(_is_long(text) for text in texts)
    return len(texts) > len(_YES_OR_NO) and long >= _SHARE_OF_TEXT * len(texts)


def _is_long(text: str) -> bool:
    return len(text) > _LENGTH_OF_TEXT or text.count(" ") >= _WORDS_OF_TEXT


def lost_zeros(words: Sequence[str], texts: Sequence[str]) -> int:
    """Count the values that are shorter than a fixed width, in a column named like a code.

    Amounts and running numbers are of all lengths; what was once of a fixed width has no value
    that begins with 0, and a few that are shorter by one digit or two.
    """
    digits = [text for text in texts if text.isascii() and text.isdigit()]
    if not _CODE.intersection(words) or len(digits) < _FIXED * len(texts) or not digits:
        return 0
    width, at_width = Counter(map(len, digits)).most_common(1)[0]
    if width < 5 or at_width < _FIXED * len(digits):  # noqa: PLR2004 - shorter ones are running numbers
        return 0
    longer = any(len(text) > width or text.startswith("0") for text in digits)
    return 0 if longer else sum(len(text) < width for text in digits)

"""What the heading of a column says that it holds: the record's own key, an identifier, a date.

A heading is believed only where every word of it fits: `nhs_number` says NHS numbers,
`nhs_number_verified` does not.
"""

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
_TAIL = re.compile(r"(?P<head>.{2,})(?P<tail>number|num|nos?|ref|id)")
_KEY = _words("id ids ref refs reference number num no nos key urn uid identifier")
_ALONE = _words("id ref reference urn uid identifier")
_PEOPLE = _words(
    "pupil pupils child student learner patient person people client customer claimant applicant "
    "candidate resident tenant householder adult member employee service user"
)
_RECORD = _PEOPLE | _words(
    "case record row unique application app claim referral request complaint incident enquiry "
    "ticket event entry visit contact call transaction payment assessment review decision plan "
    "response booking our system"
)
_FILLERS = _PEOPLE | _KEY | _words("unique current code of the s")
_KINDS: Mapping[str, tuple[frozenset[str], ...]] = MappingProxyType(
    {
        "NHS number": (frozenset({"nhs"}),),
        "unique pupil number": (frozenset({"upn"}), frozenset({"unique", "pupil", "number"})),
        "unique learner number": (frozenset({"uln"}), frozenset({"unique", "learner", "number"})),
        "National Insurance number": (
            frozenset({"nino"}), frozenset({"national", "insurance"}), frozenset({"ni", "number"}),
            frozenset({"ni", "no"}),
        ),
        "unique taxpayer reference": (frozenset({"utr"}), frozenset({"unique", "taxpayer"})),
    }
)  # fmt: skip
"""Kinds with a rule, and the words that name one."""
_DATES = _words("date dates dob birthdate dateofbirth")
_ABOUT_DATES = _words(
    "known unknown valid verified flag type status quality source estimated check checked "
    "confirmed format precision range band group reason method count days update up by user "
    "present missing indicator ind yn code age period year years month quarter week notes note "
    "comment comments text description details match matched changed passed met number no id "
    "ref to is has was"
)


def words_of(name: str) -> tuple[str, ...]:
    """The words of a heading in lower case; those written as one with a tail, apart."""
    found: list[str] = []
    for word in _WORD.findall(unicodedata.normalize("NFKC", name)):
        low = word.lower()
        whole = _TAIL.fullmatch(low)
        apart = whole is not None and whole["head"] in _RECORD | {"nhs", "ni", "upn", "uln"}
        found += [whole["head"], whole["tail"]] if whole and apart else [low]
    return tuple(found)


def names_record(name: str) -> bool:
    """Whether a heading is that of the record's own key: ``case_ref``, ``Pupil ID``, ``ref``."""
    words = set(words_of(name))
    if not words & _KEY or not words <= _RECORD | _KEY:
        return False
    return bool(words & _RECORD) or bool(words & _ALONE)


def named_kind(name: str) -> str | None:
    """The kind of identifier with a rule that a heading names, if it names one and no more."""
    words = set(words_of(name))
    for kind, ways in _KINDS.items():
        if any(way <= words <= way | _FILLERS for way in ways):
            return kind
    return None


def names_dates(name: str) -> bool:
    """Whether a heading says that its column holds dates, not something about them."""
    words = set(words_of(name))
    return bool(words & _DATES) and not words & _ABOUT_DATES

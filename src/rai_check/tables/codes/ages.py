"""Bands of age, and every wording of an age or a band that lies wholly inside one of them."""

import html
import re
from collections.abc import Callable
from types import MappingProxyType

from rai_check.measurement import NOT_KNOWN
from rai_check.tables.codes.code_list import CodeList
from rai_check.tables.codes.normal import canonical, is_bare, is_not_known, plain

OLDEST = 130
"""A higher age is a mistake."""
_FILLER = frozenset({"age", "aged", "ages", "year", "years", "yr", "yrs", "old", "olds", "yo"})
_SPOKEN = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        ("<\\s*=|[\u2264\u2a7d]", " up to "),
        (">\\s*=|[\u2265\u2a7e]", " at least "),
        ("<", " under "),
        (">", " over "),
        (r"\(([^()\[\]]*)\)|\[([^()\[\]]*)\]", r" \1\2 "),  # "[16-25)" leaves one out: it stays
        (r"\bage[sd]?\b\s*:?", " "),
        ("\\s*[-\u2010-\u2015\u2212]\\s*", " to "),
        # "Year 12" is a school year, of pupils aged 16 and 17: only after a number are they ages
        (r"(?<=[\d+])(?:\s*(?:years?|yrs?|olds?|yo)\b)+", " "),
        (r"(?<=\d)\s*\+", " plus "),
        ("&", " and "),
    )
)
"""What signs say, in words. Any other sign stays and no form below has one: "~16" is no age."""
_AND = "(?:and|or)"
_BETWEEN = re.compile(r"(\d{1,3}) to (\d{1,3})")
_UNDER = re.compile(r"(?:under|below|less than|younger than) (\d{1,3})")
_UP_TO = re.compile(rf"(?:up to )?(\d{{1,3}}) {_AND} (?:under|younger|below)|up to (\d{{1,3}})")
_FROM = re.compile(
    rf"(\d{{1,3}}) (?:plus|upwards|{_AND} (?:over|above|older|upwards))|at least (\d{{1,3}})"
)
_OVER = re.compile(r"(?:over|above|older than|greater than|more than) (\d{1,3})")
_ONE = re.compile(r"(\d{1,3})")


def band_label(first: int, beyond: int | None) -> str:
    """What a band is called: "16 to 24", and the last one "65 and over".

    Args:
        first: youngest age in it.
        beyond: youngest age that is not, None for the last band.
    """
    return f"{first} and over" if beyond is None else f"{first} to {beyond - 1}"


def ages_of(text: str) -> tuple[int, int | None] | None:
    """The youngest and the oldest age that a wording speaks of; None for the oldest of "65+".

    Returns:
        None where it is not an age or a band of ages.
    """
    ages = _said(_spoken(text))
    if ages is None:
        return None
    low, high = ages
    return ages if low <= (OLDEST if high is None else high) <= OLDEST else None


def _spoken(text: str) -> str:
    """The wording with its signs in words; a footnote's number or a fraction leaves nothing."""
    if any(sign.isnumeric() and not sign.isdecimal() for sign in html.unescape(text)):
        return ""
    text = plain(text)
    for pattern, said in _SPOKEN:
        text = pattern.sub(said, text)
    return " ".join(text.split())


def _said(form: str) -> tuple[int, int | None] | None:
    if found := _BETWEEN.fullmatch(form):
        return int(found[1]), int(found[2])
    if found := _UNDER.fullmatch(form):
        return 0, int(found[1]) - 1
    if found := _UP_TO.fullmatch(form):
        return 0, int(found[1] or found[2])
    if found := _FROM.fullmatch(form):
        return int(found[1] or found[2]), None
    if found := _OVER.fullmatch(form):
        return int(found[1]) + 1, None
    return (int(form), int(form)) if _ONE.fullmatch(form) else None


def _reader(edges: tuple[int, ...]) -> Callable[[str], str | None]:
    bands = list(zip(edges, (*edges[1:], None), strict=True))

    def read(text: str) -> str | None:
        ages = ages_of(text)
        if ages is None:
            nothing = is_bare(text) or is_not_known(canonical(text, _FILLER))
            return NOT_KNOWN if nothing else None
        low, high = ages
        for first, beyond in bands:
            if first <= low and (beyond is None or (high is not None and high < beyond)):
                return band_label(first, beyond)
        return None

    return read


def _bands(id: str, title: str, edges: tuple[int, ...]) -> CodeList:  # noqa: A002 - as elsewhere
    ends = zip(edges, (*edges[1:], None), strict=True)
    names = [band_label(first, beyond) for first, beyond in ends]
    return CodeList(
        id=id,
        title=title,
        origin="bands of whole years, as official statistics write them",
        version="2026",
        labels=MappingProxyType({name: name for name in names}),
        wordings=_reader(edges),
    )


LISTS = (
    _bands("age-bands", "Age, six bands", (0, 16, 25, 35, 50, 65)),
    _bands("age-bands-10", "Age, ten-year bands", tuple(range(0, 91, 10))),
    _bands("age-bands-5", "Age, five-year bands", tuple(range(0, 86, 5))),
)

"""Bands of age, and every wording of an age or a band that lies wholly inside one of them."""

import re
from collections.abc import Callable
from types import MappingProxyType

from rai_check.measurement import NOT_KNOWN
from rai_check.tables.codes.code_list import CodeList
from rai_check.tables.codes.normal import canonical, is_bare, is_not_known, plain

OLDEST = 130
"""A higher age is a mistake."""
_FILLER = frozenset({"age", "aged", "ages", "year", "years", "yr", "yrs", "old", "olds", "yo"})
_DASHES = re.compile("\\s*[-\u2010-\u2015\u2212]\\s*")
_PLUS = re.compile(r"(?<=\d)\s*\+")
_BETWEEN = re.compile(r"(\d{1,3}) to (\d{1,3})")
_UNDER = re.compile(r"(?:under|below|less than|younger than) (\d{1,3})")
_UP_TO = re.compile(r"(?:up to )?(\d{1,3}) / (?:under|younger|below)|up to (\d{1,3})")
_FROM = re.compile(r"(\d{1,3}) (?:plus|upwards|/ (?:over|above|older|upwards))")
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
    spoken = _PLUS.sub(" plus ", _DASHES.sub(" to ", plain(text)))
    form = canonical(spoken, _FILLER)
    if found := _BETWEEN.fullmatch(form):
        low, high = int(found[1]), int(found[2])
        return (low, high) if low <= high <= OLDEST else None
    if found := _UNDER.fullmatch(form):
        return (0, int(found[1]) - 1) if found[1].strip("0") else None
    if found := _UP_TO.fullmatch(form):
        return 0, int(found[1] or found[2])
    if found := _FROM.fullmatch(form):
        return int(found[1]), None
    if found := _OVER.fullmatch(form):
        return int(found[1]) + 1, None
    if (found := _ONE.fullmatch(form)) and int(found[1]) <= OLDEST:
        return int(found[1]), int(found[1])
    return None


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

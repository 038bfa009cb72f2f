"""Raw ethnicity labels read as one of the five groups, or of the 19 of Census 2021.

A wording is a heading, a detail, or both. What is ambiguous follows a published rule or is not
matched: "African", "Caribbean" and "Irish" alone are the census's own boxes; Chinese is Asian, as
in 2011 and 2021, wherever it stands; Arab is Other; "Gypsy/Roma" is White, but no single one of
the 19; "Black British", "Asian British", "Other" and "Other ethnic group" are one of the five and
none of the 19, which has "Any other ethnic group". "British", "Traveller" alone, "Chinese or
other", "Mixed or other" and two groups joined that are not of one of the five are not matched.
"""

import re
from types import MappingProxyType

from rai_check.measurement import NOT_KNOWN
from rai_check.tables.codes import ethnic_wordings as w
from rai_check.tables.codes import ethnicity as e
from rai_check.tables.codes.code_list import CodeList
from rai_check.tables.codes.ethnic_reading import OTHERS, five_of, group_of
from rai_check.tables.codes.gss import FIVE_WORDINGS, GSS_19
from rai_check.tables.codes.normal import LONGEST, Coded, canonical, coded, is_bare, plain

_EITHER = re.compile(r"\bwhite or (?:asian|black)\b")
"""One or the other is not both; between other words "or" joins what is one group."""
_NINETEEN = frozenset(GSS_19.values())
_OTHERS = {*OTHERS.values(), e.ANY_OTHER}


def read_five(text: str) -> str | None:
    """The group of the five that a label is of, `NOT_KNOWN`, or None."""
    found = _read(text)
    return found if found is None or found == NOT_KNOWN else five_of(found)


def read_nineteen(text: str) -> str | None:
    """The group of Census 2021's 19 that a label is of, `NOT_KNOWN`, or None.

    The DfE's two groups of Gypsies, Roma and Travellers differ from the census's two: that of
    Irish Travellers is part of "Gypsy or Irish Traveller", the other is not in one of them.
    """
    found = _read(text)
    if found == e.IRISH_TRAVELLER:
        return e.GYPSY_TRAVELLER
    return found if found == NOT_KNOWN or found in _NINETEEN else None


def _read(text: str) -> str | None:
    """A detailed group, or one of the five where it is no more certain than that."""
    if len(text) > LONGEST:
        return None
    code = plain(text)
    if code in w.NO_ANSWER or is_bare(text):
        return NOT_KNOWN
    if code in w.CODES and (code in w.POLICE or text.isupper()):
        return w.CODES[code]
    if (found := _worded(text)) is not None:
        return found
    for one in coded(text, w.CODES):
        found = _worded(one.rest)
        if found is not None and _agree(one, found):
            return found
    return None


def _agree(one: Coded, found: str) -> bool:
    """Whether a code says nothing else than the words beside it, as far as it is known.

    Of letters that may be a word cut short, as in "W. Indian", the words must be a whole wording.
    """
    whole = one.clear or found == NOT_KNOWN or plain(one.rest).split()[0] in w.STARTS
    code = w.CODES.get(one.code)
    return whole and (code is None or found == NOT_KNOWN or five_of(code) == five_of(found))


def _worded(text: str) -> str | None:
    """What every way to read a wording agrees on.

    A comma or slash joins two things or stands between a heading and a detail. Taken for the
    latter it never leads to an "other": "Asian/other" may well be two groups.
    """
    if _EITHER.search(plain(text)):
        return None
    joined = group_of(canonical(text, w.FILLER))
    found = {group_of(canonical(text, w.FILLER, between=b)) for b in (",", ",/")} - {None, joined}
    if joined is None:
        found -= {*_OTHERS, NOT_KNOWN}
        if canonical(text, w.FILLER, between=",/").startswith("other "):
            return None
    keys = {key for key in (joined, *found) if key is not None}
    fives = {five_of(key) for key in keys}
    if joined in e.FIVE_OF and found <= fives:
        return joined  # the others only see less
    if len(keys) <= 1:
        return next(iter(keys), None)
    return fives.pop() if len(fives) == 1 else None


_ORIGIN = (
    "GSS harmonised standard; wordings of the censuses of 1991 to 2021, the DfE, the NHS and the "
    "police (from memory)"
)
_TABLE_19 = {**{name: name for name in dict.fromkeys(GSS_19.values())}}
LISTS = (
    CodeList(
        id="ethnicity-labels-5",
        title="Ethnicity, labels read as the five GSS groups",
        origin=_ORIGIN,
        version="2021",
        labels=MappingProxyType({name: name for name in FIVE_WORDINGS}),
        wordings=read_five,
    ),
    CodeList(
        id="ethnicity-labels-19",
        title="Ethnicity, labels read as the 19 GSS groups",
        origin=_ORIGIN,
        version="2021",
        labels=MappingProxyType(_TABLE_19),
        wordings=read_nineteen,
    ),
)

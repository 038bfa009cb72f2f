"""Wordings brought to one form: case, punctuation, blanks, filler words and code prefixes.

Words that join (and, or, &, /, comma) become " / "; whatever else stands between words (dash,
colon, brackets, quotes) becomes a blank. Nothing is dropped but filler words that each list names.
"""

import html
import re
import unicodedata
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rai_check.measurement import NOT_KNOWN

LONGEST = 200
"""Characters of the longest wording that is looked at."""
_QUOTES = re.compile("['`\u2018\u2019\u02bc\u00b4]")
_COMMAS, _SLASHES = re.compile(","), re.compile(r"[,/\\]")
_JOINS = re.compile(r"[&+,/\\]|\band\b|\bor\b")
_BETWEEN = re.compile(r"[^\w/]|_")
_TWICE = re.compile(r"/(?: *(?:/|and\b|or\b))*")
_CODE = r"(?P<code>[a-z]|[cglps][a-z]|[a-z]{0,2}[0-9]{1,3})"
_CODED = re.compile(r"[(\[]?" + _CODE + r"(?P<parts>[\W_]+)(?P<rest>\w.*)")
_CLEAR = re.compile(r"\s-+\s|[:|=)\]]")
_AFTER = re.compile(r"(?P<rest>.*\w)\s*[(\[]" + _CODE + r"[)\]]")
_FOUR = re.compile(r"(?P<code>[a-z]{4})\s*[-:|=]\s*(?P<rest>\w.*)")
_MISSPELT = {"carribean": "caribbean", "carribbean": "caribbean", "caribean": "caribbean"}
_PLEASE = re.compile(r"[\s,;:(\[]*please (?:describe|specify|state|say|give|write)\b.*")
_PHRASES = """
    not stated, not known, unknown, unk, nk, ns, na, n/a, n/k, n/s, nan, null, blank, missing,
    refused, refusal, declined, information refused, information not yet obtained,
    information not obtained, declined to define their, pnts, prefer not say, rather not say,
    not disclosed, undisclosed, not declared, undeclared, not provided, not given, not supplied,
    not recorded, unrecorded, not collected, not asked, not answered, unanswered, no answer,
    no response, no reply, not obtained, not yet obtained, not yet known, not available,
    unavailable, no data, no information, none given, none stated, none recorded, not applicable,
    does not apply, not reported, unreported, not specified, unspecified, unclassified,
    not classified, not entered, not completed, not held, not captured, not submitted, tbc,
    to be confirmed, invalid, no entry, dont know, do not know, not sure, unsure,
    unable to answer, data not available, data not recorded, data not held, undefined, not defined
"""
_WILL_NOT = """
    refused to, refuses to, declined to, declines to, decline to, prefer not to, prefers not to,
    preferred not to, would prefer not to, rather not, would rather not, do not wish to,
    does not wish to, did not wish to, do not want to, does not want to, did not want to,
    choose not to, chose not to, unwilling to, did not, does not
"""
_SAY = "say, state, answer, disclose, declare, provide, specify, respond, share, give, define"
_WHO = (
    "i", "client", "customer", "patient", "resident", "person", "pupil", "parent", "applicant",
    "tenant", "employee",
)  # fmt: skip
"""Wordings of "not known" met in collections of central and local government, the NHS and the
police; the words for the characteristic itself (ethnicity, sex) are dropped before."""


def plain(text: str) -> str:
    """The text without differences that nobody would see in print."""
    text = unicodedata.normalize("NFKC", html.unescape(text)).casefold()
    text = _PLEASE.sub("", text)
    return " ".join(_QUOTES.sub("", text).split())


def canonical(text: str, filler: frozenset[str] = frozenset(), *, between: str = "") -> str:
    """One form for wordings that differ only in case, punctuation, blanks and filler words.

    Args:
        text: a wording.
        filler: words that say nothing in this list, such as "background".
        between: read commas ("," ), or commas and slashes (",/"), as standing between a heading
            and its detail instead of joining two things.
    """
    text = plain(text)
    if between:
        text = (_COMMAS if between == "," else _SLASHES).sub(" ", text)
    words = _BETWEEN.sub(" ", _JOINS.sub(" / ", text)).split()
    kept = " ".join(_MISSPELT.get(word, word) for word in words if word not in filler)
    return _TWICE.sub("/", kept).strip(" /")


@dataclass(frozen=True, slots=True)
class Coded:
    """A code and the wording that it stands beside."""

    code: str
    rest: str
    clear: bool
    """Whether it can be nothing but a code: the N of "N. Irish" or "N African" is a word cut short,
    that of "N - African" or "N1 African" is not."""


def coded(text: str, known: Container[str] = ()) -> Iterator[Coded]:
    """A code in front of a wording ("W1 - White British") or in brackets after it, and the rest.

    A code is one letter, a number with up to two letters before it, two letters as the NHS staff
    record has them, or four that are among `known`; so "non", "all" and "Afro" are words.
    """
    text = plain(text)
    for pattern in (_CODED, _AFTER, _FOUR):
        found = pattern.fullmatch(text)
        if found and (pattern is not _FOUR or found["code"] in known):
            between = found["parts"] if pattern is _CODED else ":"
            clear = not found["code"].isalpha() or _CLEAR.search(between) is not None
            yield Coded(found["code"], found["rest"], clear)


def _unknown() -> Iterator[str]:
    yield from _PHRASES.split(",")
    for start in _WILL_NOT.split(","):
        yield from (f"{start} {end}" for end in _SAY.split(","))


_UNKNOWN = frozenset(canonical(phrase) for phrase in _unknown())


def is_not_known(form: str) -> bool:
    """Whether a canonical form says that nothing is known: also two ways of it, joined or not."""
    return form in _UNKNOWN or all(_says_nothing(part.split()) for part in form.split("/"))


def _says_nothing(words: list[str]) -> bool:
    said = words[1:] if words and words[0] in _WHO else words
    ends = range(1, len(said))
    return " ".join(said) in _UNKNOWN or any(
        {" ".join(said[:i]), " ".join(said[i:])} <= _UNKNOWN for i in ends
    )


def is_bare(text: str) -> bool:
    """Whether a value has no letter or digit, such as "-" or "?": it says nothing either."""
    return not any(character.isalnum() for character in text)


def read_by(
    text: str,
    table: Mapping[str, str],
    filler: frozenset[str] = frozenset(),
    codes: Mapping[str, str] = MappingProxyType({}),
) -> str | None:
    """Look a wording up in canonical form, as it is or without a code in front of or after it.

    A code has to agree with its wording as far as it is known: "M - Female" is neither. What is
    joined to a wording, as by "/", may be another answer: there the code has to be known.

    Args:
        text: a wording.
        table: canonical form to label.
        filler: as `canonical`.
        codes: codes that are known only beside a wording, to label or `NOT_KNOWN`.

    Returns:
        The label, `NOT_KNOWN`, or None where it is neither.
    """
    if len(text) > LONGEST:
        return None
    if is_bare(text):
        return NOT_KNOWN
    if (whole := _looked_up(text, table, filler)) is not None:
        return whole
    read: set[str | None] = set()
    for one in coded(text):
        if (found := _looked_up(one.rest, table, filler)) is None:
            continue
        code = one.code.lstrip("0") or "0"
        said = codes.get(code) or table.get(code)
        joined = canonical(text).count("/") > canonical(one.rest).count("/")
        read.add(found if found == said or (said is None and not joined) else None)
    return read.pop() if len(read) == 1 else None


def _looked_up(text: str, table: Mapping[str, str], filler: frozenset[str]) -> str | None:
    for form in (canonical(text, filler), canonical(text, filler, between=",")):
        if form in table:
            return table[form]
        if is_not_known(form):
            return NOT_KNOWN
    return None

"""Which names of sheets and columns may be said: by where the name is shown, and by its form.

A sheet, a table of a database or a column can bear the name or number of a person ("J Smith
caseload", a register with one column per child). The rule, for all of the package:

- in what is *shared* such a name is said only if the project file declares it or it `is_ordinary`;
  otherwise its place stands for it ("sheet 2", "column 7");
- on the *own terminal* of whoever has the file it is said unless it `is_identifier`.

Names are recognised by form and by a short list of given names. A rare given name in lower case, a
lone surname, and a short reference ("P102") cannot be told from a heading; a heading in title case
without any usual word of headings is taken for a name.
"""

import re
import unicodedata
from itertools import pairwise

from rai_check.given_names import GIVEN_NAMES, HEADING_WORDS

_NUMBERED = 6
"""A name with so many digits may be an identifier that stands in a header; a year has four."""
_LONGEST, _MOST_WORDS = 60, 8
_YEARS = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?: ?(?:[-/_]|to) ?(?:19|20)?\d\d)?(?!\d|[-/.]\d)", re.IGNORECASE
)
"""A year or a pair of years, which many headings bear, and not the first part of a date."""
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_OF_31 = r"(?:[12]\d|3[01]|0?[1-9])"
_DATE = re.compile(
    rf"(?<!\d)(?:{_OF_31}([-/. ]){_OF_31}\1(?:\d\d){{1,2}}"
    rf"|(?:19|20)\d\d([-/. ]){_OF_31}\2{_OF_31}"
    rf"|{_OF_31}(?:st|nd|rd|th)?[-/. _]?{_MONTH}[-/. _,]*(?:\d\d){{1,2}}"
    rf"|{_MONTH}[-/. _]?{_OF_31}(?:st|nd|rd|th)?[-/. _,]+(?:\d\d){{1,2}})(?!\d)",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    r"(?<![A-Z0-9])[A-Z]{1,2}\d[A-Z\d]?[ _-]?\d[A-Z]{2}(?![A-Z0-9])", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_INITIAL_FIRST = re.compile(r"(?<![\w'\u2019])(?:[A-Z]\.? ?){1,2}[ .][A-Z][a-z'\u2019-]{2,}")
"""J Smith, J.R. Smith."""
_INITIAL_LAST = re.compile(r"(?<![\w'\u2019])[A-Z][a-z'\u2019-]{2,},? [A-Z](?:\.|(?!\w))")
"""Smith, J."""
_TITLE = re.compile(
    r"(?<![^\W_])(?:(?i:mrs|cllr|miss)\.?[ _]+[^\W\d_]{3,}|"
    r"(?:M[rsx]|MR|MS|Dr|DR|Prof|Sir|Lady|Rev|Fr)\.? +[A-Z][^\W\d_]+)"
)
_PLAIN = re.compile(r"[\w ()&/,.:;?%£#'\u2019-]+")
_REFERENCE = re.compile(r"\d{4,}")


def is_identifier(name: str) -> bool:
    """Whether a name has the form of a person's number or address, or is a day.

    E-mail addresses, whole postcodes, dates, and six digits or more: NHS, National Insurance,
    pupil and phone numbers, with blanks in them too. Years and pairs of years are none.
    """
    digits = re.findall(r"\d", _YEARS.sub(" ", name))
    return (
        "@" in name
        or len(digits) >= _NUMBERED
        or is_day(name)
        or _POSTCODE.search(name) is not None
    )


def is_day(name: str) -> bool:
    """Whether a day stands in a name."""
    return _DATE.search(name) is not None


def is_persons_name(name: str) -> bool:
    """Whether a name surely has the form of a person's: a title, initials, or a given name."""
    words = _words(name)
    if any(word.casefold().removesuffix("'s") in GIVEN_NAMES for word in words):
        return True
    forms = (_TITLE, _INITIAL_FIRST, _INITIAL_LAST)
    found = (one[0] for form in forms for one in form.finditer(_spaced(name)))
    return any(not _is_usual(*_WORD.findall(one)) for one in found)


def may_be_persons_name(name: str) -> bool:
    """Whether it is that, or two words in title case stand together, neither usual in headings."""
    titled = [
        word[:1].isupper() and word[1:].islower() and not _is_usual(word) for word in _words(name)
    ]
    return is_persons_name(name) or any(one and two for one, two in pairwise(titled))


def is_ordinary(name: str) -> bool:
    """Whether a name is a heading in words that cannot be data by its form.

    Latin letters and marks of writing only, at most sixty characters and eight words, no run of
    four digits that is not a year, and neither an identifier nor what may be a person's name.
    """
    return (
        len(_words(name)) <= _MOST_WORDS
        and any(map(str.isalnum, name))
        and len(name) <= _LONGEST
        and _PLAIN.fullmatch(name) is not None
        and all(_is_latin(letter) for letter in name if letter.isalpha())
        and not _REFERENCE.search(_YEARS.sub(" ", name))
        and not is_identifier(name)
        and not may_be_persons_name(name)
    )


def _words(name: str) -> list[str]:
    return _WORD.findall(_spaced(name).replace("\u2019", "'"))


def _is_usual(*words: str) -> bool:
    return any(len(word) > 1 and word.casefold() in HEADING_WORDS for word in words)


def _spaced(name: str) -> str:
    """A name with underscores and capitals inside words taken apart, as in ``AishaKhan``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.replace("_", " "))


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN")

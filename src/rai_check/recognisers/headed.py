"""Names and addresses of people: believed where the column's name says so and the values agree.

Names inside free text need a language model and are not looked for.
"""

import re
from collections.abc import Sequence

from rai_check.recognisers.kinds import ADDRESS, NAME, Kind
from rai_check.recognisers.text import word_set

SHARE = 0.5
"""Share of the values that must look the part."""
_PART_OF_NAME = word_set(
    "surname surnames forename forenames firstname lastname middlename fullname givenname "
    "familyname maidenname knownas"
)
_PERSON = word_set(
    "first last middle full given family maiden child pupil student learner parent carer guardian "
    "mother father claimant applicant client customer resident tenant patient person people staff "
    "officer worker caseworker teacher adviser advisor contact holder owner employee householder "
    "partner spouse witness complainant appellant clinician doctor gp user"
)
_NOT_PERSON = word_set(
    "ward school team service street road file system model column table product site building "
    "provider company organisation organization business trust council category group area "
    "district region location place town city county country policy plan project scheme stage "
    "status type code job role course subject event field key setting practice hospital domain "
    "host display sheet drug medication species parish constituency authority department "
    "directorate language need test metric variable feature dataset template form process app "
    "application server queue bank brand library centre center college university village estate "
    "supplier vendor estate"
)
_NOT_HOME = word_set(
    "email mail ip mac web url website type status flag count date source check match known "
    "changed verified quality"
)
_NAME_LIKE = re.compile(r"[^\W\d_](?:[^\W\d_]|[ .,'\u2019-]){1,59}")
_PLACEHOLDERS = word_set(
    "unknown none null n/a na tbc test redacted anonymous yes no true false not known"
) | {"not known", "not stated", "not given", "not recorded"}


def headed_kind(words: Sequence[str]) -> tuple[Kind, int] | None:
    """Return name or address if a column's name says so, and how many words its values need.

    Args:
        words: of the column's name, as `header_words` gives them.
    """
    said = set(words)
    if said & _PART_OF_NAME:
        return NAME, 1
    if said & {"name", "names"} and not said & _NOT_PERSON:
        return NAME, 1 if said & _PERSON else 2
    if said & {"address", "addr", "addressline"} and not said & _NOT_HOME:
        return ADDRESS, 2
    return None


def headed_values(words: Sequence[str], texts: Sequence[str]) -> tuple[Kind, frozenset[int]] | None:
    """Return the kind that a column's name gives, and the positions of the values that fit it.

    Of a column that is headed `name` alone, values of two words or more; nothing at all unless
    at least half of the values look the part.
    """
    said = headed_kind(words)
    if said is None:
        return None
    kind, least = said
    fits = _is_name if kind is NAME else _is_address
    found = frozenset(i for i, text in enumerate(texts) if fits(text, least))
    return (kind, found) if found and len(found) >= SHARE * len(texts) else None


def _is_name(text: str, words: int) -> bool:
    if text.lower() in _PLACEHOLDERS or len(text.split()) < words:
        return False
    return _NAME_LIKE.fullmatch(text) is not None


def _is_address(text: str, words: int) -> bool:
    if text.lower() in _PLACEHOLDERS or "@" in text:
        return False
    return len(text.split()) >= words and any(c.isalpha() for c in text)

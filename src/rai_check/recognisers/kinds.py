"""The catalogue: every kind of identifier looked for, and how it is told from a number like it."""

from collections.abc import Callable
from dataclasses import dataclass

from rai_check.errors import UsageError, did_you_mean
from rai_check.recognisers import checksums
from rai_check.recognisers.text import word_set


def _any(_: str) -> bool:
    return True


def _has_digit(text: str) -> bool:
    return any(c.isdigit() for c in text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of identifier. Earlier ones in `KINDS` win where two claim the same characters."""

    name: str
    """As in reports and in `identifier.kinds` of the project file."""
    entity: str
    """What presidio calls it."""
    words: frozenset[str] = frozenset()
    """Lower-case words of a column's name, or near the match, that speak for it."""
    aliases: tuple[str, ...] = ()
    accepts: Callable[[str], bool] = _any
    """The kind's own rule, held against what presidio found."""
    shape: str | None = None
    """Regular expression of all that looks like it, whether or not it passes the rule."""
    chance: float | None = None
    """Share of things of that shape that pass by chance; None where the form is proof enough."""
    checksum: bool = False
    rare: bool = False
    """Other numbers of the shape are so much commoner that one match alone is not believed."""
    headed_only: bool = False
    """Too weak a form to believe without a word in the column's name."""
    needs_words: bool = False
    """Counts only beside one of its words, in the column's name or in the text."""
    varies: bool = False
    """Has no fixed length; its masked shape is shortened, so that it tells nothing."""


_TEN = r"\b\d{3}[- ]?\d{3}[- ]?\d{4}\b"
_NINO_WORDS = word_set("nino ninos insurance ni")

PATTERNED: tuple[Kind, ...] = (
    Kind(
        name="NHS number", entity="UK_NHS", words=word_set("nhs chi hcn"), aliases=("nhs", "chi"),
        accepts=checksums.is_nhs, shape=_TEN, chance=1 / 11, checksum=True,
    ),
    Kind(
        name="unique learner number", entity="UK_ULN", words=word_set("uln learner"),
        aliases=("uln",), accepts=checksums.is_uln, shape=r"\b\d{10}\b", chance=1 / 11,
        checksum=True, rare=True,
    ),
    Kind(
        # Two of the eleven remainders give 1 and two give 2, so references that all begin with
        # one of these (years, say) pass twice as often as others.
        name="unique taxpayer reference", entity="UK_UTR", words=word_set("utr taxpayer hmrc"),
        aliases=("utr",), accepts=checksums.is_utr, shape=r"\b\d{5} ?\d{5}K?\b", chance=2 / 11,
        checksum=True, rare=True,
    ),
    Kind(
        name="unique pupil number", entity="UK_UPN", words=word_set("upn upns pupil"),
        aliases=("upn",), accepts=checksums.is_upn, shape=r"\b[A-Z]\d{11}[A-Z0-9]\b",
        chance=1 / 23, checksum=True,
    ),
    Kind(
        name="payment card number", entity="CREDIT_CARD", aliases=("credit card", "card number"),
        words=word_set("card cards visa mastercard amex credit debit pan"),
        accepts=checksums.is_card, shape=r"\b\d(?:[- ]?\d){12,18}\b", chance=1 / 10, checksum=True,
    ),
    Kind(name="IBAN", entity="IBAN_CODE", words=word_set("iban bank")),
    Kind(
        # One suffix letter in 26/4 fits; the two before it are often a fixed prefix that fits.
        name="National Insurance number", entity="UK_NINO", words=_NINO_WORDS, aliases=("nino",),
        shape=r"\b[A-Z]{2}(?:[ -]?\d{2}){3}[ -]?[A-Z]\b", chance=4 / 26,
    ),
    Kind(
        name="National Insurance number", entity="UK_NINO_SHORT", words=_NINO_WORDS,
        headed_only=True,
    ),
    Kind(
        name="driving licence number", entity="UK_DRIVING_LICENCE", aliases=("driver number",),
        words=word_set("driving driver licence license dvla"),
    ),
    Kind(
        name="e-mail address", entity="EMAIL_ADDRESS", aliases=("email", "email address"),
        words=word_set("email emails mail"), varies=True,
    ),
    Kind(
        name="IP address", entity="IP_ADDRESS", words=word_set("ip ipv4 ipv6"), aliases=("ip",),
        accepts=_has_digit,
    ),
    Kind(
        # 10-19 % of random codes of this shape pass with the list of areas.
        name="postcode", entity="UK_POSTCODE", accepts=checksums.is_postcode, chance=0.19,
        words=word_set("postcode postcodes postal post pcode address addr"), aliases=("post code",),
        shape=r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b",
    ),
    Kind(
        # 3 % of random eleven digits and 28 % of those after a 0 are numbers that phonenumbers
        # holds to be in use; what is padded with zeros to eleven digits passes in between.
        name="phone number", entity="PHONE_NUMBER", aliases=("phone", "telephone number"),
        words=word_set("phone phones telephone tel mobile mob landline fax call called ring rang "
                     "contact"),
        shape=r"(?<!\w)(?:\+44|0044|0)[ ()-]{0,3}\d(?:[ ()-]{0,2}\d){8,10}(?!\w)", chance=0.10,
    ),
    Kind(
        name="passport number", entity="UK_PASSPORT", words=word_set("passport passports"),
        aliases=("passport",), headed_only=True,
    ),
    Kind(
        name="vehicle registration", entity="UK_VEHICLE_REGISTRATION", headed_only=True,
        words=word_set("vrm vrn vehicle plate numberplate registration reg car"),
        aliases=("vrm", "number plate"),
    ),
    Kind(
        name="date of birth", entity="UK_DATE_OF_BIRTH", needs_words=True, aliases=("dob",),
        words=word_set("dob birth born birthdate dateofbirth birthday"), accepts=checksums.is_day,
    ),
)  # fmt: skip
"""Kinds that presidio finds by pattern."""
NAME = Kind(
    name="name", entity="PERSON", aliases=("person", "names"), headed_only=True, varies=True
)
ADDRESS = Kind(
    name="address", entity="ADDRESS", aliases=("addresses",), headed_only=True, varies=True
)
KINDS: tuple[Kind, ...] = (*PATTERNED, NAME, ADDRESS)
NOT_LOOKED_FOR = (
    "names inside free text", "addresses inside free text", "UPRN", "bank account with sort code",
    "DBS certificate number", "Blue Badge number", "council tax and benefit references",
    "electoral number", "references of case systems", "special category words",
)  # fmt: skip


def kind_names() -> tuple[str, ...]:
    """Names of all kinds, each once, in the order of `KINDS`."""
    return tuple(dict.fromkeys(kind.name for kind in KINDS))


def kind_named(name: str, place: str) -> str:
    """Return the name of a kind as the catalogue has it, from it or an alias in any case.

    Args:
        name: as declared.
        place: table and column, for the message.

    Raises:
        UsageError: there is no such kind.
    """
    known = {alias.lower(): kind.name for kind in KINDS for alias in (kind.name, *kind.aliases)}
    found = known.get(name.strip().lower())
    if found is None:
        near = did_you_mean(name.strip().lower(), known)
        raise UsageError(
            f"{place}: 'identifier' declares the kind {name!r}, which is not one.{near} "
            f"Kinds: {', '.join(kind_names())}."
        )
    return found

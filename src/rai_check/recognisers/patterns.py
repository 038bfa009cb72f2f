"""Presidio's recognisers, its UK ones and ours; built on first use, for importing it is slow."""

from typing import TYPE_CHECKING

from rai_check.recognisers.kinds import PATTERNED, Kind

if TYPE_CHECKING:
    from presidio_analyzer import EntityRecognizer, PatternRecognizer

SURE, LIKELY, WEAK, FAINT = 0.6, 0.5, 0.3, 0.15
"""Scores before context, which adds 0.35, and before a check digit, which makes it 1."""
_NINO = r"\b(?!BG|GB|NK|KN|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?:[ -]?\d{2}){3}"
_OUTWARD = (
    r"\b(?:[A-PR-UWYZ]\d{1,2}|[A-PR-UWYZ][A-HK-Y]\d{1,2}|[A-PR-UWYZ]\d[A-HJKPSTUW]"
    r"|[A-PR-UWYZ][A-HK-Y]\d[ABEHMNPRVWXY]|GIR(?= ?0AA))"
)
_INWARD = r"\d[ABD-HJLNP-UW-Z]{2}\b"
_DRIVER = (
    r"\b(?:[A-Z]{5}|[A-Z]{4}9|[A-Z]{3}99|[A-Z]{2}999|[A-Z]9999)\d"
    r"(?:0[1-9]|1[0-2]|5[1-9]|6[0-2])(?:0[1-9]|[12]\d|3[01])\d[A-Z9]{2}[A-Z\d]{3}\b"
)
_UPN = r"\b[A-HJ-NP-RT-Z]\d{11}[A-HJ-NP-RT-Z\d]\b"
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATES = (
    r"\b\d{4}-\d{2}-\d{2}(?![\d-])",
    r"\b(?:19|20)\d{6}\b",
    r"\b\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d{2})\b",
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?[ -]{_MONTH},?[ -]\d{{4}}\b",
)
OURS = {
    # HMRC's and Royal Mail's rules; presidio's own lack the hyphens and score every postcode 0.1.
    "UK_NINO": ((_NINO + r"[ -]?[A-D]\b", LIKELY),),
    "UK_NINO_SHORT": ((_NINO + r"(?![ -]?\w)", FAINT),),
    "UK_POSTCODE": ((f"{_OUTWARD} {_INWARD}", LIKELY), (_OUTWARD + _INWARD, WEAK)),
    # Passports have nine digits; two letters and seven digits are presidio's reading.
    "UK_PASSPORT": ((r"\b(?:\d{9}|[A-Z]{2}\d{7})\b", FAINT),),
    # DVLA's form: surname, then year, month (50 more for women) and day of birth, initials.
    # Presidio 2.2.362 has none.
    "UK_DRIVING_LICENCE": ((_DRIVER, LIKELY),),
    "UK_UPN": ((_UPN, WEAK),),
    "UK_ULN": ((r"\b[1-9]\d{9}\b", WEAK),),
    "UK_UTR": ((r"\b\d{5} ?\d{5}K?\b", WEAK),),
    "UK_DATE_OF_BIRTH": tuple((date, FAINT) for date in _DATES),
}
"""Regular expressions with scores, by entity, where presidio has none or others."""


def recognisers() -> "list[EntityRecognizer]":
    """Return one recogniser for each kind of `PATTERNED`, with the kind's words as its context."""
    return [_recogniser(kind) for kind in PATTERNED]


def _recogniser(kind: Kind) -> "EntityRecognizer":
    context = sorted(kind.words)
    if kind.entity in OURS:
        return _ours(kind, context)
    if kind.entity == "EMAIL_ADDRESS":
        return _email(context)
    if kind.entity == "PHONE_NUMBER":
        return _phone(context)
    return _stock(kind.entity, context)


def _stock(entity: str, context: list[str]) -> "EntityRecognizer":
    from presidio_analyzer import predefined_recognizers as stock

    classes = {
        "UK_NHS": stock.NhsRecognizer,
        "UK_VEHICLE_REGISTRATION": stock.UkVehicleRegistrationRecognizer,
        "CREDIT_CARD": stock.CreditCardRecognizer,
        "IBAN_CODE": stock.IbanRecognizer,
        "IP_ADDRESS": stock.IpRecognizer,
    }
    recogniser: EntityRecognizer = classes[entity](context=context)
    return recogniser


def _ours(kind: Kind, context: list[str]) -> "PatternRecognizer":
    from presidio_analyzer import Pattern, PatternRecognizer

    class Ours(PatternRecognizer):
        """Patterns of `OURS`, with the kind's rule; a check digit makes a match certain."""

        def validate_result(self, pattern_text: str) -> bool | None:
            if not kind.accepts(pattern_text):
                return False
            return True if kind.checksum else None

    patterns = [
        Pattern(f"{kind.entity} {i}", regex, score)
        for i, (regex, score) in enumerate(OURS[kind.entity])
    ]
    return Ours(supported_entity=kind.entity, name=kind.name, patterns=patterns, context=context)


def _phone(context: list[str]) -> "EntityRecognizer":
    from presidio_analyzer.predefined_recognizers import PhoneRecognizer

    recogniser = PhoneRecognizer(context=context, supported_regions=("GB",))
    recogniser.SCORE = LIKELY  # of 1,000 random 10-digit numbers, none is one that GB dials
    return recogniser


def _email(context: list[str]) -> "EntityRecognizer":
    import tldextract
    from presidio_analyzer.predefined_recognizers import EmailRecognizer

    # Presidio's own fetches the list of public suffixes on first use; this one is in the package.
    extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)

    class OfflineEmail(EmailRecognizer):
        """E-mail addresses whose domain has a public suffix, checked without a network."""

        def validate_result(self, pattern_text: str) -> bool:
            return bool(extract(pattern_text.rpartition("@")[2]).fqdn)

    return OfflineEmail(context=context)

"""Values that stand for nobody: ranges and examples reserved for tests and documentation."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rai_check.recognisers.checksums import is_nhs
from rai_check.recognisers.text import word_set


def _any(_: str) -> bool:
    return True


def _range(text: str) -> str:
    """Return a pattern for the digits of `text`, with what may stand between them."""
    return "[ ()-]{0,2}".join(digit if digit != "x" else r"\d" for digit in text)


_DRAMA = word_set(
    "1134960xxx 1144960xxx 1154960xxx 1164960xxx 1174960xxx 1184960xxx 1214960xxx 1314960xxx "
    "1414960xxx 1514960xxx 1614960xxx 2079460xxx 1914980xxx 2896496xxx 2920180xxx 1632960xxx "
    "7700900xxx 8081570xxx 9098790xxx 3069990xxx"
)
_PHONE = rf"(?<!\w)(?:\+44|0044|0)[ ()0-]{{0,4}}(?:{'|'.join(map(_range, sorted(_DRAMA)))})(?!\d)"
_EMAIL = (
    r"[^\s@<>,;]+@(?:[\w-]+\.)*"
    r"(?:example\.(?:com|org|net)|example|invalid|localhost|test)(?![.-]?\w)"
)
_CARDS = ("4111111111111111", "4242424242424242", "5555555555554444", "378282246310005")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserved:
    """A range that no person's identifier comes from."""

    kind: str
    pattern: re.Pattern[str]
    accepts: Callable[[str], bool] = _any


def _reserved(kind: str, pattern: str, accepts: Callable[[str], bool] = _any) -> Reserved:
    return Reserved(kind=kind, pattern=re.compile(pattern, re.IGNORECASE), accepts=accepts)


RESERVED: tuple[Reserved, ...] = (
    # NHS Data Dictionary: 999 000 0000 to 999 999 9999 are for tests.
    _reserved("NHS number", r"\b999[- ]?\d{3}[- ]?\d{4}\b", is_nhs),
    # HMRC's own example begins with QQ, which is never given out.
    _reserved("National Insurance number", r"\bQQ(?:[ -]?\d{2}){3}(?:[ -]?[A-D])?\b"),
    # ONS: pseudo postcodes for people without a usual one.
    _reserved("postcode", r"\bZZ99 ?\d[A-Z]{2}\b"),
    # RFC 2606 and RFC 6761.
    _reserved("e-mail address", _EMAIL),
    # Ofcom: numbers for use in TV and radio drama.
    _reserved("phone number", _PHONE),
    # The specimen on the DVLA's pages.
    _reserved("driving licence number", r"\bMORGA657054SM9IJ\b"),
    # The example of the IBAN registry and the test numbers of the card schemes.
    _reserved("IBAN", r"\bGB82 ?WEST ?1234 ?5698 ?7654 ?32\b"),
    _reserved("payment card number", "|".join(rf"\b{'[ -]?'.join(c)}\b" for c in _CARDS)),
    # RFC 5737 and RFC 3849.
    _reserved(
        "IP address", r"\b(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d{1,3}\b|\b2001:0?db8:\S*"
    ),
)


def reserved_spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield (kind, start, end) of everything in `text` that comes from a reserved range."""
    for one in RESERVED:
        for match in one.pattern.finditer(text):
            if one.accepts(match.group()):
                yield one.kind, match.start(), match.end()

"""How numbers, dates and lists are written: GOV.UK style, never more digits than are shown."""

import re
from collections.abc import Iterable
from datetime import date

from rai_check.measurement import Where
from rai_check.protected import SMALL, Count, Mask

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_UNITS = {"rows": "records"}
POUNDS = "pounds"
_BARE = frozenset({"AUC"})
"""Units of which the metric already says the name."""
_ISO_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_NOT_SHOWN = {
    Mask.FEW: f"fewer than {SMALL}",
    Mask.ALL_BUT_FEW: f"all but fewer than {SMALL}",
    Mask.WITHHELD: "not shown",
}


def number(value: float) -> str:
    """A count or quantity: ``1,840``, ``0.08``, ``less than 0.01``."""
    if float(value).is_integer():
        return f"{int(value):,}"
    if 0 < abs(value) < 0.005:  # noqa: PLR2004 - would print as 0.00
        return "less than 0.01"
    return f"{value:,.2f}"


def count(shown: Count) -> str:
    """A protected count: its value, or why there is none."""
    return number(shown.value) if shown.value is not None else _NOT_SHOWN[shown.mask]


def percent(rate: float) -> str:
    """A rate as whole percentage; the ends are kept apart from none and all.

    Below nought it is how far one rate is under another, such as what was expected.
    """
    if rate < 0:
        whole = round(-100 * rate)
        return f"-{whole}%" if whole else "0%"
    if 0 < rate < 0.005:  # noqa: PLR2004 - would print as 0%
        return "less than 1%"
    if 0.995 <= rate < 1:  # noqa: PLR2004 - would print as 100%
        return "more than 99%"
    return f"{100 * rate:.0f}%"


def exact_percent(rate: float) -> str:
    """A percentage that a person set: ``0.5%``, ``80%``."""
    return f"{100 * rate:.4g}%"


def decimal(value: float) -> str:
    """A ratio or estimate with two decimals, no negative zero."""
    return f"{value:.2f}".replace("-0.00", "0.00")


def points(difference: float) -> str:
    """A difference of rates in whole percentage points."""
    return str(round(100 * difference))


def amount(value: float, what: str) -> str:
    """A quantity with its unit: ``£1,250``, ``3.20 days``; of an AUC the number alone."""
    if what == POUNDS:
        return f"{'-' if value < 0 else ''}£{number(abs(value))}"
    if what in _BARE:
        return decimal(value)
    one = value == 1 and what.endswith("s")
    return f"{number(value)} {what.removesuffix('s') if one else what}"


def amount_range(low: float, high: float, what: str) -> str:
    """Two quantities, the unit once where it stands behind the number."""
    if what == POUNDS or what in _BARE:
        return f"{amount(low, what)} to {amount(high, what)}"
    return f"{number(low)} to {number(high)} {what}"


def about_number(value: float) -> str:
    """A number of records needed, to two significant figures: ``about 3,400``."""
    return f"about {number(float(f'{value:.2g}'))}"


def unit(word: str) -> str:
    """What was counted, as a reader says it."""
    return _UNITS.get(word, word.replace("distinct values of ", "cases by "))


def day(when: date) -> str:
    """A date as ``23 November 2026``."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def days_in(text: str) -> str:
    """Text with every date of the form 2026-11-23 written out."""

    def written(found: re.Match[str]) -> str:
        try:
            return day(date(int(found[1]), int(found[2]), int(found[3])))
        except ValueError:
            return found[0]

    return _ISO_DAY.sub(written, text)


def listed(words: Iterable[str], joint: str = "and") -> str:
    """Words as ``a, b and c``."""
    all_ = list(words)
    if len(all_) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(all_)
    return f"{', '.join(all_[:-1])} {joint} {all_[-1]}"


def cut(text: str, most: int, end: str = "…") -> str:
    """Text of at most about `most` characters, cut between two words."""
    if len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0].rstrip(" ,;:.") + end


def plural(n: int, one: str, many: str | None = None) -> str:
    """A number with its noun: ``1 control``, ``2 controls``."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def place(where: Where) -> str:
    """Labels of a place: ``Asian``, or ``75 and over, women`` for two columns; each once."""
    return ", ".join(dict.fromkeys(label.strip() for _, label in where))


def sentence(text: str) -> str:
    """Text with a capital at its start and a full stop at its end."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?" else ".")

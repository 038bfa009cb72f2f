"""What is odd about a column of numbers, and how they are written."""

import math
from collections.abc import Iterator
from statistics import median

from rai_check.quality.numbers import is_numeric
from rai_check.survey.model import Notice, Sort
from rai_check.survey.said import some
from rai_check.survey.seen import Seen
from rai_check.values import Written, read_number, suppression

_MOSTLY, _ALLOWED = 0.5, 0.02
_ORDERS = 3
"""Orders of magnitude above the middle value from which a number is an outlier."""
_LEAST_NUMBERS = 20
_WORDS = {
    Written.POUNDS: "pounds",
    Written.PERCENT: "percentages",
    Written.NUMBER: "text with separators or signs",
}


def amount_notices(seen: Seen) -> Iterator[Notice]:
    """Yield what is odd about a column of numbers; nothing of any other."""
    if seen.dates or seen.is_key or seen.profile.identifiers:
        return
    numbers = [(size, n) for v, n in seen.values if (size := _size(v, seen.amounts)) is not None]
    rows = sum(n for _, n in numbers)
    if rows <= _MOSTLY * seen.known:
        return
    form = seen.amounts
    if form is not None and needs_saying(seen):
        says = f"its numbers are written as {_WORDS[form]}, and not read as numbers so"
        yield seen.notice(Sort.LOOK, "written", says, f"Add 'written: {form}' to the column.")
    if marks := seen.count(suppression):
        says = f"{some(marks, seen.what)} with a mark such as '< 10' in place of a number"
        do = "List the marks under 'not_known', or ask for the file without suppression."
        yield seen.notice(Sort.LOOK, "suppressed", says, do)
    other = seen.known - rows - marks
    if other and rows >= (1 - _ALLOWED * 10) * seen.known:
        says = f"{some(other, seen.what)} that are not numbers, in a column of numbers"
        do = "Correct them, or say with 'written' how its numbers are written."
        yield seen.notice(Sort.LOOK, "not-numbers", says, do)
    yield from _outliers(seen, numbers)


def _outliers(seen: Seen, numbers: list[tuple[float, int]]) -> Iterator[Notice]:
    sizes = [(abs(v), n) for v, n in numbers if v]
    if sum(n for _, n in sizes) < _LEAST_NUMBERS:
        return
    middle = median(v for v, _ in sizes)
    far = sum(n for v, n in sizes if math.log10(v / middle) >= _ORDERS)
    if far and far < _ALLOWED * seen.known:
        says = f"{some(far, seen.what)} a thousand times the middle value or more"
        do = "Check units and misplaced decimal points."
        yield seen.notice(Sort.LOOK, "outliers", says, do)


def needs_saying(seen: Seen) -> bool:
    """Whether its numbers are read only once the project says how they are written."""
    spec, form = seen.spec, seen.amounts
    if form is None or seen.dates or seen.is_key or seen.profile.identifiers:
        return False
    if spec is not None and (spec.written is not None or not is_numeric(spec)):
        return False
    return bool(seen.count(lambda v: _size(v, None) is None and _size(v, form) is not None))


def _size(text: str, form: Written | None) -> float | None:
    """The number that a text is, as it stands or in a form."""
    try:
        size = float(text)
    except ValueError:
        number = None if form is None else read_number(text, form)
        return None if number is None else float(number)
    return size if math.isfinite(size) else None

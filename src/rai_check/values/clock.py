"""Times of day, as they are written after a date."""

import re

_NOON = 12
TIME = (
    r"(?:(?:t|,? )(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})"
    r"(?:[:.](?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?"
    r"(?: ?(?P<half>[ap])\.?m\.?)?(?P<zone> ?z| ?[+-][0-9]{2}:?[0-9]{2})?)?"
)
"""What may follow a date: in small letters too, so to be compiled without regard to case."""


def time_of(found: re.Match[str]) -> str | None:
    """Return the time that `TIME` found, as tables write it; None for one that no clock shows.

    Empty where there is none, or midnight, which tables leave off.
    """
    if found["hour"] is None:
        return ""
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    if half := found["half"]:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if half in "pP" else 0)
    zone = _zone(found["zone"])
    if hour > 23 or max(minute, second) > 59 or zone is None:  # noqa: PLR2004 - of a clock
        return None
    fraction = (found["fraction"] or "").rstrip("0")
    if not (hour or minute or second or fraction or zone):
        return ""
    return f"T{hour:02d}:{minute:02d}:{second:02d}{'.' if fraction else ''}{fraction}{zone}"


def _zone(written: str | None) -> str | None:
    """Return an offset as +01:00, "Z" for none, empty where none is written; None: no offset."""
    digits = (written or "").replace(":", "").strip()
    if not digits:
        return ""
    if digits in {"z", "Z", "+0000", "-0000"}:
        return "Z"
    hours, minutes = int(digits[1:3]), int(digits[3:])
    return f"{digits[0]}{hours:02d}:{minutes:02d}" if hours <= 14 and minutes <= 59 else None  # noqa: PLR2004 - no clock on Earth is further from UTC

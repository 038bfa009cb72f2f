"""One way to read a date: YYYY-MM-DD, in the files, on the command line and from pytest."""

import re
from datetime import date


def iso_day(text: str) -> date:
    """Read a date written YYYY-MM-DD.

    Raises:
        ValueError: when it is written otherwise, or the calendar has no such day.
    """
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise ValueError("a date must be written YYYY-MM-DD")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("there is no such date in the calendar") from None

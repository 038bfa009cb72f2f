"""Values of a workbook's cells in the text form that every table has."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import ne

ERRORS = frozenset(
    {
        "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
        "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#GETTING_DATA", "#PYTHON!",
        "#EXTERNAL!", "Err:502", "Err:503", "Err:504", "Err:508", "Err:509", "Err:511", "Err:512",
        "Err:519", "Err:520", "Err:522", "Err:523", "Err:524", "Err:539",
    }
)  # fmt: skip
"""What Excel and LibreOffice show in place of a value that a formula could not give."""
ERRORS_MISSING = "Cells that hold an error, such as #N/A, in place of a value are missing: {n}."
"""The remark on them."""
ERROR = "#N/A"
"""What stands for any error that calamine does not tell from an empty cell."""
EXACT = 1e15
"""Excel keeps fifteen digits: in a longer number the last ones are noughts, or wrong."""
_DURATION = re.compile(r"-?P(?:\d+D)?T(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")


@dataclass(slots=True)
class Seen:
    """What the cells of a table held that a reader should know of, counted as they are written."""

    errors: int = 0
    long_numbers: dict[int, int] = field(default_factory=dict)
    """How many numbers had more digits than Excel keeps, by place of the column."""
    padded: dict[int, int] = field(default_factory=dict)
    """How many numbers were given the noughts that the sheet shows before them, likewise."""


def texts(cells: Sequence[object], seen: Seen) -> list[str]:
    """Return the text forms of a row's cells; an empty cell's is empty, an error's its mark."""
    written = [_WRITERS[type(cell)](cell) for cell in cells]
    for at, text in enumerate(written):
        if text[:1] == "P" and (match := _DURATION.fullmatch(text)):
            written[at] = _clock(*(int(part) for part in match.groups()))
    for at, cell in enumerate(cells):
        if isinstance(cell, float) and abs(cell) >= EXACT and not isinstance(cell, bool):
            seen.long_numbers[at] = seen.long_numbers.get(at, 0) + 1
    return written


def pad(cells: list[object], at: int, digits: int, seen: Seen) -> None:
    """Write a whole number of a row as the sheet shows it, with at least so many digits."""
    cell = cells[at]
    number = cell if isinstance(cell, int | float) and not isinstance(cell, bool) else -1
    if number >= 0 and number < EXACT and number == int(number):
        written = str(int(number))
        cells[at] = written.zfill(digits)
        if len(written) < digits:
            seen.padded[at] = seen.padded.get(at, 0) + 1


def without_errors(written: Sequence[str], seen: Seen) -> list[str]:
    """Return the texts of a row, nothing where an error is marked."""
    kept = ["" if text[:1] in {"#", "E"} and text in ERRORS else text for text in written]
    seen.errors += sum(map(ne, written, kept))
    return kept


def _number(value: float) -> str:
    whole = value.is_integer() and abs(value) < EXACT
    return str(int(value)) if whole else repr(value)


def _boolean(value: bool) -> str:  # noqa: FBT001 - the value is the whole argument
    return "true" if value else "false"


def _moment(value: dt.datetime) -> str:
    return value.date().isoformat() if value.time() == dt.time.min else value.isoformat()


def _duration(value: dt.timedelta) -> str:
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return sign + _clock(seconds // 3600, seconds // 60 % 60, seconds % 60)


def _clock(hours: int, minutes: int, seconds: int) -> str:
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}"


def _writers() -> dict[type, Callable[..., str]]:
    return {
        str: str,
        float: _number,
        int: str,
        bool: _boolean,
        dt.date: dt.date.isoformat,
        dt.datetime: _moment,
        dt.time: dt.time.isoformat,
        dt.timedelta: _duration,
        type(None): lambda _: "",
    }


_WRITERS = _writers()

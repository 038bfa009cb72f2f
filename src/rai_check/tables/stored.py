"""Values as they are stored, asked in SQL for what their text form says.

What can be said of a value without writing it as text is said here: its number, whether it is
there, whether it is one of some. The answers are those of the text form, to the last bit.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from rai_check.tables.cuts import double
from rai_check.tables.interface import NumericProfile
from rai_check.tables.sql import INFINITE, NAN, finite, literal
from rai_check.tables.sql import number as spelt
from rai_check.tables.text import BLANKS, text_form, text_forms_of

if TYPE_CHECKING:
    import pyarrow as pa

Stored: TypeAlias = Literal["form", "text", "whole", "double", "single", "decimal", "other"]
"""`form` is text in text form, `text` as it came; `other` never is a number."""
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,19}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A column in the engine: its quoted identifier and how its values are stored."""

    place: str
    stored: Stored


def stored_as(kind: "pa.DataType") -> Stored | None:
    """Return how an Arrow type is stored, None for one whose text form is Arrow's business."""
    import pyarrow.types as pt

    if pt.is_dictionary(kind):
        return stored_as(kind.value_type)
    kinds: tuple[tuple[Stored, bool], ...] = (
        ("text", pt.is_string(kind) or pt.is_large_string(kind)),
        ("whole", pt.is_integer(kind)),
        ("double", pt.is_float64(kind)),
        ("single", pt.is_float32(kind)),
        ("decimal", pt.is_decimal(kind)),
        ("other", pt.is_boolean(kind) or pt.is_date32(kind) or pt.is_timestamp(kind)),
        ("other", pt.is_null(kind)),
    )
    return next((stored for stored, fits in kinds if fits), None)


def number(held: Held) -> str:
    """Return SQL for the finite number in a column, as a double; null where there is none.

    Of a `single` it is its exact value, where its text form has fewest digits: see `singles`.
    """
    match held.stored:
        case "form" | "text":
            return finite(_text(held))
        case "whole":
            return f"CAST({held.place} AS DOUBLE)"
        case "double" | "single":
            return f"CASE WHEN isfinite({held.place}) THEN CAST({held.place} AS DOUBLE) END"
        case "decimal":  # by way of text: a division by ten to the scale would be off by a bit
            return f"CAST(CAST({held.place} AS VARCHAR) AS DOUBLE)"
        case "other":
            return "CAST(NULL AS DOUBLE)"


def known(held: Held) -> str:
    """Return SQL for whether a value is there."""
    match held.stored:
        case "text":
            return f"coalesce({_text(held)} <> '', FALSE)"
        case "double" | "single":
            return f"coalesce(NOT isnan({held.place}), FALSE)"
        case _:
            return f"{held.place} IS NOT NULL"


def profiled(held: Held) -> tuple[str, ...]:
    """Return SQL for whether a value is there, a number, NaN, infinite, a negative number."""
    value, nan, infinite = number(held), "FALSE", "FALSE"
    if held.stored in {"form", "text"}:
        nan = f"regexp_full_match({_text(held)}, '{NAN}')"
        too_large = f"NOT isfinite({spelt(_text(held))})"
        infinite = f"regexp_full_match({_text(held)}, '{INFINITE}') OR {too_large}"
    elif held.stored in {"double", "single"}:
        infinite = f"isinf({held.place})"
    return known(held), f"({value}) IS NOT NULL", nan, infinite, f"({value}) < 0"


def profile_of(rows: int, counts: Sequence[int]) -> NumericProfile:
    """Return the profile of a column of `rows` rows, with the counts of what `profiled` says."""
    there, numbers, nan, infinite, negative = counts
    return NumericProfile(
        known=numbers,
        missing=rows - there,
        not_numeric=there - numbers - nan - infinite,
        nan=nan,
        infinite=infinite,
        negative=negative,
    )


def is_in(held: Held, values: Sequence[str]) -> str | None:
    """Return SQL for `IsIn`, or None where only the text form of every value can tell.

    A stored value is one of them if it is what the form spells, and is itself written so.
    """
    forms = sorted({form for form in text_forms_of(values) if form is not None})
    match held.stored:
        case "whole":
            found = [form for form in forms if _WHOLE.fullmatch(form)]
        case "double" | "single":
            found = [double(value) for value in _floats(forms, single=held.stored == "single")]
        case _:
            return None
    among = f"{held.place} IN ({', '.join(found)})" if found else "FALSE"
    return f"CASE WHEN {known(held)} THEN {among} END"


def singles(edges: Sequence[float]) -> tuple[float, ...]:
    """Return for each edge the least single-precision number whose text form is not below it.

    The text form of a single is its shortest decimal, and rises as it does: so its exact value is
    cut at these as its text form is cut at the edges.
    """
    near = np.asarray(edges, dtype=np.float64)
    with np.errstate(over="ignore"):
        middle = near.astype(np.float32)
        below, above = (np.nextafter(middle, np.float32(end)) for end in (-np.inf, np.inf))
    chosen = np.full(len(near), np.inf)
    for candidate in (above, middle, below):
        chosen = np.where(_written(candidate) >= near, candidate.astype(np.float64), chosen)
    return tuple(chosen.tolist())


def _text(held: Held) -> str:
    return held.place if held.stored == "form" else f"trim({held.place}, {literal(BLANKS)})"


def _written(values: np.ndarray) -> np.ndarray:
    import pyarrow as pa

    return np.array([float(text) for text in text_form(pa.array(values)).to_pylist()])


def _floats(forms: Sequence[str], *, single: bool) -> list[float]:
    import pyarrow as pa

    spelt = [(form, _float(form)) for form in forms]
    kind = pa.float32() if single else pa.float64()
    with np.errstate(over="ignore"):
        values = pa.array([value for _, value in spelt], pa.float64()).cast(kind, safe=False)
    written = text_form(values).to_pylist()
    return [
        value
        for (form, _), text, value in zip(spelt, written, values.to_pylist(), strict=True)
        if text == form
    ]


def _float(form: str) -> float:
    try:
        return float(form)
    except ValueError:
        return float("nan")

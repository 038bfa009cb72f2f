"""The text form of values: one rule for every source, so that all of them count alike.

Outer blanks go, an empty text is missing, NaN is missing; whole numbers are written without a
decimal part ("1", not "1.0"), booleans "true" and "false", dates and times in ISO 8601 (a time of
midnight is left off, unless there is an offset: an instant keeps its local date, time and offset,
so that a day in British Summer Time stays that day). Text that already *looks* like
one of these is written the same way, because that is what a CSV file of them holds.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rai_check.tables.interface import Kind

if TYPE_CHECKING:
    import pyarrow as pa

BLANKS = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
    "\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
"""What counts as an outer blank: Unicode's white space, as Arrow and Python strip it."""
_WHOLE = r"-?(?:0|[1-9][0-9]*)\.0+|-0"
_BOOLEAN = r"[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]"
_MOMENT = (
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}:[0-9]{2})"
    r"(\.[0-9]+)?(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_UNUSUAL = f"^(?:{_WHOLE}|{_BOOLEAN}|{_MOMENT})$"
_MOMENT_PARTS = re.compile(_MOMENT)
_LARGEST_PLAIN, _SMALLEST_PLAIN = 1e15, 1e-4  # outside these Arrow and Python write differently


def kind_of(stored: "pa.DataType") -> Kind | None:
    """Return the kind of an Arrow type, or None for one that has no text form (lists, bytes)."""
    import pyarrow.types as pt

    if pt.is_dictionary(stored):
        return kind_of(stored.value_type)
    kinds: tuple[tuple[Kind, bool], ...] = (
        ("boolean", pt.is_boolean(stored)),
        ("integer", pt.is_integer(stored)),
        ("number", pt.is_floating(stored) or pt.is_decimal(stored)),
        ("date", pt.is_date(stored) or pt.is_timestamp(stored)),
        ("text", _is_text(stored) or pt.is_null(stored) or pt.is_time(stored)),
    )
    return next((kind for kind, fits in kinds if fits), None)


def text_form(array: "pa.Array") -> "pa.Array":
    """Return an array of any kind in its text form, as Arrow strings; missing values are null."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.types as pt

    if pt.is_dictionary(array.type):
        return text_form(array.dictionary).take(array.indices)
    if pt.is_boolean(array.type) or pt.is_integer(array.type):
        return array.cast(pa.string())
    if pt.is_floating(array.type):
        return _rewritten(_floats(array))
    if pt.is_timestamp(array.type) and array.type.tz:
        return _rewritten(_instants(array))
    if pt.is_time(array.type):
        return pc.replace_substring_regex(array.cast(pa.string()), r"\.0+$", "")
    trimmed = pc.utf8_trim_whitespace(array.cast(pa.string()))
    return _rewritten(pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed))


def text_forms_of(values: Sequence[str]) -> tuple[str | None, ...]:
    """Return the text forms of declared values, by the very rule that columns go through."""
    import pyarrow as pa

    return tuple(text_form(pa.array(values, pa.string())).to_pylist())


def _is_text(stored: "pa.DataType") -> bool:
    import pyarrow.types as pt

    return bool(pt.is_string(stored) or pt.is_large_string(stored) or pt.is_string_view(stored))


def _floats(array: "pa.Array") -> "pa.Array":
    """Write floats in the shortest form that reads back the same; NaN becomes missing."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if array.type == pa.float16():
        array = array.cast(pa.float32())
    array = pc.if_else(pc.is_nan(array), pa.scalar(None, array.type), array)
    written = array.cast(pa.string())
    size = pc.abs(array)
    tiny = pc.and_(pc.less(size, _SMALLEST_PLAIN), pc.greater(size, 0))
    odd = pc.fill_null(pc.or_(tiny, pc.greater_equal(size, _LARGEST_PLAIN)), fill_value=False)
    rewritten = [str(value) for value in array.filter(odd).to_numpy(zero_copy_only=False)]
    return pc.replace_with_mask(written, odd, pa.array(rewritten, pa.string()))


def _instants(array: "pa.Array") -> "pa.Array":
    """Write timestamps with a zone as local time and offset from UTC, as in "+01:00"."""
    import pyarrow as pa
    import pyarrow.compute as pc

    naive = pa.timestamp("s")
    local = pc.local_timestamp(array)
    utc = array.cast(pa.timestamp(array.type.unit, "UTC")).cast(pa.timestamp(array.type.unit))
    ahead = pc.subtract(*(pc.floor_temporal(t, unit="second").cast(naive) for t in (local, utc)))
    coded = ahead.cast(pa.int64()).dictionary_encode()
    offsets = pa.array([_offset(seconds) for seconds in coded.dictionary.to_pylist()], pa.string())
    return pc.binary_join_element_wise(local.cast(pa.string()), offsets.take(coded.indices), "")


def _offset(seconds: int) -> str:
    minutes = abs(seconds) // 60  # zones before 1900 had seconds too; ISO 8601 has none
    return f"{'-' if seconds < 0 else '+'}{minutes // 60:02d}:{minutes % 60:02d}"


def _rewritten(text: "pa.Array") -> "pa.Array":
    """Rewrite the values that look like a whole float, a boolean or a moment; leave the rest."""
    import pyarrow as pa
    import pyarrow.compute as pc

    unusual = pc.fill_null(pc.match_substring_regex(text, _UNUSUAL), fill_value=False)
    if not unusual.true_count:
        return text
    coded = text.filter(unusual).dictionary_encode()
    forms = pa.array([_usual(value) for value in coded.dictionary.to_pylist()], pa.string())
    return pc.replace_with_mask(text, unusual, forms.take(coded.indices))


def _usual(value: str) -> str:
    if moment := _MOMENT_PARTS.fullmatch(value):
        return _iso(*moment.groups())
    if value[-1] in "eE":
        return value.lower()
    whole = value.split(".", maxsplit=1)[0]
    return "0" if whole == "-0" else whole


def _iso(day: str, time: str, fraction: str | None, offset: str | None) -> str:
    tail = (fraction or "").rstrip("0").rstrip(".")
    if offset is None:
        return day if time == "00:00:00" and not tail else f"{day}T{time}{tail}"
    digits = offset.replace(":", "")
    sign, hours, minutes = digits[0], digits[1:3], digits[3:]
    nought = digits == "Z" or (hours, minutes) == ("00", "00")
    return f"{day}T{time}{tail}" + ("Z" if nought else f"{sign}{hours}:{minutes}")

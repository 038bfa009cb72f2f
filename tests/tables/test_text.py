"""The text form, value by value."""

import datetime as dt
from decimal import Decimal

import pyarrow as pa
import pytest

from rai_check.tables.text import kind_of, text_form, text_forms_of

MIDNIGHT = dt.datetime(2024, 1, 2)  # noqa: DTZ001 - naive, as files hold them
MORNING = dt.datetime(2024, 1, 2, 3, 4, 5)  # noqa: DTZ001 - as above


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("  a b\u00a0", "a b"),
        ("", None),
        (" \t ", None),
        ("1.0", "1"),
        ("-12.000", "-12"),
        ("-0.0", "0"),
        ("1.50", "1.50"),  # not whole: as written
        ("007", "007"),  # a code, not a number
        ("01.0", "01.0"),
        ("1.", "1."),
        ("1e5", "1e5"),
        ("NaN", "NaN"),  # in text, a word; numeric_profile counts it
        ("TRUE", "true"),
        ("False", "false"),
        ("truely", "truely"),
        ("2024-01-02 00:00:00", "2024-01-02"),
        ("2024-01-02T03:04:05.600000", "2024-01-02T03:04:05.6"),
        ("2024-06-01 00:00:00+01:00", "2024-06-01T00:00:00+01:00"),
        ("2024-01-02 00:00:00-0000", "2024-01-02T00:00:00Z"),
        ("02/01/2024", "02/01/2024"),
    ],
)
def test_text_form_of_text_when_written_so(written: str, form: str | None) -> None:
    assert text_forms_of([written]) == (form,)


@pytest.mark.parametrize(
    ("array", "forms"),
    [
        (pa.array([True, False, None]), ["true", "false", None]),
        (pa.array([1, -2, None], pa.int64()), ["1", "-2", None]),
        (pa.array([2**64 - 1], pa.uint64()), ["18446744073709551615"]),
        (pa.array([1.0, -0.0, 2.5, None, float("nan")]), ["1", "0", "2.5", None, None]),
        (pa.array([1e15, 2.0**53]), ["1000000000000000", "9007199254740992"]),
        (pa.array([1e16, 1e22]), ["1e+16", "1e+22"]),
        (pa.array([0.0001, 1e-5, float("inf"), -float("inf")]), ["0.0001", "1e-05", "inf", "-inf"]),
        (pa.array([0.1, 3.0], pa.float32()), ["0.1", "3"]),
        (pa.array([Decimal("1.50"), Decimal("2.00")]), ["1.50", "2"]),
        (pa.array([dt.date(2024, 1, 2)]), ["2024-01-02"]),
        (pa.array([MIDNIGHT, MORNING]), ["2024-01-02", "2024-01-02T03:04:05"]),
        (pa.array([dt.time(3, 4)]), ["03:04:00"]),
        (pa.array(["a ", "", None], pa.large_string()), ["a", None, None]),
        (pa.array(["b", None, "1.0"]).dictionary_encode(), ["b", None, "1"]),
        (pa.array([None, None]), [None, None]),
    ],
)
def test_text_form_of_array_when_typed(array: pa.Array, forms: list[str | None]) -> None:
    text = text_form(array)
    assert text.to_pylist() == forms
    assert text.type == pa.string()


def test_text_form_keeps_the_local_day_when_there_is_a_zone() -> None:
    # midnight in London on 1 June is 23:00 UTC on 31 May
    instant = dt.datetime(2024, 5, 31, 23, tzinfo=dt.UTC)
    array = pa.array([instant, None], pa.timestamp("us", "Europe/London"))
    assert text_form(array).to_pylist() == ["2024-06-01T00:00:00+01:00", None]


@pytest.mark.parametrize(
    ("stored", "kind"),
    [
        (pa.large_string(), "text"),
        (pa.null(), "text"),
        (pa.time64("us"), "text"),
        (pa.int8(), "integer"),
        (pa.float16(), "number"),
        (pa.decimal128(10, 2), "number"),
        (pa.bool_(), "boolean"),
        (pa.date32(), "date"),
        (pa.timestamp("ns", "UTC"), "date"),
        (pa.dictionary(pa.int8(), pa.int64()), "integer"),
        (pa.list_(pa.string()), None),
        (pa.struct([("a", pa.int8())]), None),
        (pa.binary(), None),
        (pa.duration("s"), None),
    ],
)
def test_kind_of_when_stored_so(stored: pa.DataType, kind: str | None) -> None:
    assert kind_of(stored) == kind

"""Calendar days between two dates, by hand and against Python."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rai_check.errors import DataError

STEP = {"days_between": {"from": "a", "to": "b", "into": "days"}}


def test_days_are_counted_from_the_day_after_and_may_be_negative(through, values, lines):
    rows = [
        "2026-01-01,2026-01-29",  # a 28-day limit, kept on its last day
        "2026-01-01,2026-01-30",
        "2024-02-28,2024-03-01",  # 29 February lies between
        "2023-02-28,2023-03-01",
        "2026-03-28,2026-03-30",  # clocks go forward on the 29th: a day stays a day
        "2026-01-02,2026-01-01",
        "2026-01-01,2026-01-01",
        ",2026-01-01",
        "2026-01-01,",
        "2026-01-01T23:59:00,2026-01-02T00:01:00",  # the days, not the hours
    ]
    table = through("a,b", rows, [STEP])

    assert values(table, "days") == ["28", "29", "2", "1", "2", "-1", "0", None, None, "1"]
    (note,) = table.steps
    assert (note.step, note.rows_in, note.rows_out, note.columns) == (
        "days_between", 10, 10, ("days",)
    )  # fmt: skip
    assert lines(note.unset) == {"without 'a' or 'b'": 2}


def test_dates_not_in_iso_are_refused_with_what_to_write(through):
    rows = ["13/01/2026,2026-01-20", "02/01/2026,2026-01-20"]

    with pytest.raises(DataError) as refused:
        through("a,b", rows, [STEP])

    assert str(refused.value) == (
        "table 'decisions' (decisions.csv), step 1 ('days_between'): fewer than 10 rows of column 'a' hold "  # noqa: E501 - the message whole
        "something that is no date written yyyy-mm-dd; say how it is written under the column in "
        "its own table: they look like 'written: dd/mm/yyyy', or list what stands for none under "
        "'not_known'."
    )
    assert "13/01" not in str(refused.value)


def test_dates_whose_order_is_open_are_not_guessed(through):
    with pytest.raises(DataError, match=r"'written: dd/mm/yyyy' or 'written: mm/dd/yyyy': its"):
        through("a,b", ["03/01/2026,2026-01-20"], [STEP])


def test_marks_that_are_declared_not_known_are_no_dates(through, values):
    rows = ["n/a,2026-01-20", "2026-01-01,2026-01-20"]
    table = through("a,b", rows, [STEP], columns={"a": {"means": "date", "not_known": ["n/a"]}})

    assert values(table, "days") == [None, "19"]
    assert values(table, "a") == ["n/a", "2026-01-01"]


def test_an_unknown_column_is_named_with_a_near_one(through):
    step = {"days_between": {"from": "met_om", "to": "b", "into": "days"}}

    with pytest.raises(DataError, match=r"step 1 \('days_between'\): there is no column 'met_om'.*"
                       r"Did you mean 'met_on'\?"):  # fmt: skip
        through("met_on,b", ["2026-01-01,2026-01-20"], [step])


def test_a_column_that_is_there_already_is_not_overwritten(through):
    step = {"days_between": {"from": "a", "to": "b", "into": "b"}}

    with pytest.raises(DataError, match="there is a column 'b' already"):
        through("a,b", ["2026-01-01,2026-01-20"], [step])


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.dates(date(1000, 1, 1)), st.dates(date(1000, 1, 1))), min_size=1))
def test_days_are_those_of_python(through, values, pairs):
    table = through("a,b", [f"{a},{b}" for a, b in pairs], [STEP])

    assert values(table, "days") == [str((b - a).days) for a, b in pairs]

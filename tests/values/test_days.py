"""Dates as councils write them; worked by hand unless a comment says otherwise."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rai_check.values import Written, impossible_day, read, read_day, read_moment
from rai_check.values.days import in_form

DAY, MONTH, NAMED = Written.DAY_FIRST, Written.MONTH_FIRST, Written.NAMED_MONTH
ISO, SERIAL = Written.ISO, Written.EXCEL_SERIAL
THIRD_OF_APRIL = date(2026, 4, 3)
days = st.dates(date(1930, 1, 1), date(2029, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "03/04/2026", "3/4/2026", "03.04.2026", "3-4-26", "03 04 2026", "03/04/26", " 03/04/2026 ",
        "03/04/2026 14:30", "03/04/2026 14:30:59", "03/04/2026 2:30 pm", "03/04/2026, 14.30",
        "03/04/2026\xa014:30", "\u200e03/04/2026", "'03/04/2026", "Fri 03/04/2026",
        "03\u201104\u20112026",
        "3 / 4 / 2026", "2026-04-03", "2026-04-03T14:30:00", "3 Apr 2026", "3rd April 2026",
    ],
)  # fmt: skip
def test_day_first_is_read_however_it_is_set_out(text):
    assert read_day(text, DAY) == THIRD_OF_APRIL


@pytest.mark.parametrize(
    "text",
    [
        "3 Jan 2026", "03-Jan-26", "3 January 2026", "Sat 3 Jan 2026", "Saturday, 3 January 2026",
        "3rd of January 2026", "January 3, 2026", "Jan 3 2026", "03JAN2026", "3 Jan. 2026 09:15",
    ],
)  # fmt: skip
def test_named_months_are_read_in_either_order(text):
    assert read_day(text, NAMED) == date(2026, 1, 3)


def test_month_first_is_the_other_day():
    assert read_day("03/04/2026", MONTH) == date(2026, 3, 4)


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2026", "29/02/2026", "00/01/2026", "13/13/2026", "1/2/3", "1/2/026", "03/04",
        "04/2026", "03-04/2026", "03042026", "n/a", "", "  ", "03/04/2026 25:00",
        "03/04/2026 13:30 pm",
        "03/04/2026 14:60", "03/04/2026 or later", "٠٣/٠٤/٢٠٢٦", "3/4/0202",
        "03/04/2026" + "0" * 90,
    ],
)  # fmt: skip
def test_day_first_is_not_read_where_it_is_not_sure(text):
    assert read_day(text, DAY) is None


@pytest.mark.parametrize(
    ("text", "year"),
    [("01/01/00", 2000), ("01/01/29", 2029), ("01/01/30", 1930), ("01/01/99", 1999)],
)
def test_two_digits_of_a_year_turn_at_thirty(text, year):
    moment = read_moment(text, DAY)

    assert moment is not None
    assert (moment.day.year, moment.short_year) == (year, True)


def test_leap_days_are_days_in_leap_years_only():
    # 2000 and 2024 are leap years; 1900 and 2100 are not, by the century rule
    assert read_day("29/02/2000", DAY) == date(2000, 2, 29)
    assert read_day("29/02/2024", DAY) == date(2024, 2, 29)
    assert read_day("29/02/1900", DAY) is None
    assert read_day("29/02/2100", DAY) is None


@pytest.mark.parametrize(
    ("serial", "day"),
    [
        ("61", date(1900, 3, 1)),  # the first after the 29 February that never was
        ("43831", date(2020, 1, 1)),  # as Excel shows it
        ("45000", date(2023, 3, 15)),
        ("46115.75", date(2026, 4, 3)),
        ("45000.9999999", date(2023, 3, 16)),  # not a tenth of a second short of midnight
        ("73050", date(2099, 12, 31)),
    ],
)
def test_excel_serials_are_days_from_march_1900(serial, day):
    assert read_day(serial, SERIAL) == day


@pytest.mark.parametrize("text", ["60", "1", "0", "-45000", "73051", "123456", "45,000", "4.5E+04"])
def test_excel_serials_outside_their_range_are_not_read(text):
    assert read_day(text, SERIAL) is None


@pytest.mark.parametrize(
    ("text", "written", "held"),
    [
        ("03/04/2026 14:30", DAY, "2026-04-03T14:30:00"),
        ("03/04/2026 00:00:00", DAY, "2026-04-03"),
        ("03/04/2026 12:05 AM", DAY, "2026-04-03T00:05:00"),
        ("03/04/2026 12:05 pm", DAY, "2026-04-03T12:05:00"),
        ("2026-07-01T23:30:00+01:00", ISO, "2026-07-01T23:30:00+01:00"),  # the day as written
        ("2026-07-01 23:30:00Z", ISO, "2026-07-01T23:30:00Z"),
        ("2026-07-01T23:30:00.120", ISO, "2026-07-01T23:30:00.12"),
        ("45000.5", SERIAL, "2023-03-15T12:00:00"),
        ("20260403", ISO, "2026-04-03"),
        ("2026/04/03", ISO, "2026-04-03"),
    ],
)
def test_a_time_stays_with_its_day_in_the_form_of_tables(text, written, held):
    assert read(text, written) == held


@pytest.mark.parametrize("text", ["18991231", "99999999", "12345678", "2026-13-01", "03/04/2026"])
def test_iso_takes_eight_digits_of_this_age_only(text):
    assert read_day(text, ISO) is None


@pytest.mark.parametrize(
    ("text", "written", "impossible"),
    [
        ("31/02/2026", None, True),
        ("31/02/2026", DAY, True),
        ("12/31/2026", None, False),  # no day, if the day comes first
        ("12/31/2026", DAY, True),
        ("2026-02-30", None, True),
        ("30 Feb 2026", None, True),
        ("28 Feb 2026", None, False),
        ("00/00/0000", None, True),
        ("not a date", None, False),
        ("", None, False),
    ],
)
def test_impossible_days_have_the_shape_of_a_date(text, written, impossible):
    assert impossible_day(text, written) is impossible


def test_a_form_of_numbers_reads_no_day():
    assert read_day("03/04/2026", Written.NUMBER) is None
    assert not in_form("2026-04-03", DAY)


@given(days, st.sampled_from("/.- "), st.booleans())
def test_what_python_writes_day_first_comes_back(day, mark, short):
    text = day.strftime(f"%d{mark}%m{mark}{'%y' if short else '%Y'}")

    assert read_day(text, DAY) == day


@given(days, st.sampled_from(["%d %b %Y", "%d-%b-%y", "%A %d %B %Y", "%B %d, %Y"]))
def test_what_python_writes_with_a_month_by_name_comes_back(day, form):
    assert read_day(day.strftime(form), NAMED) == day


@given(st.integers(61, 73_050))
def test_serials_are_days_since_the_end_of_1899(serial):
    assert read_day(str(serial), SERIAL) == date(1899, 12, 30) + timedelta(days=serial)


@given(st.datetimes(datetime(1930, 1, 1), datetime(2029, 12, 31)))  # noqa: DTZ001 - cells have no zone
def test_moments_come_back_whole(moment):
    text = moment.isoformat()
    held = read(text, ISO)

    assert held is not None
    assert datetime.fromisoformat(held) == moment


@given(st.text(max_size=80), st.sampled_from(Written))
def test_any_text_is_read_or_not_without_a_fault(text, written):
    held = read(text, written)

    assert held is None or (held.strip() == held and held)
    assert impossible_day(text) in {True, False}

"""Working days of England, by hand and day by day against the list of GOV.UK."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rai_check.derive.bank_holidays import bank_holidays

STEP = {"working_days_between": {"from": "a", "to": "b", "into": "wd"}}
# GOV.UK, "UK bank holidays", England and Wales, as published for 2019 to 2027
PUBLISHED = """
2019-01-01 2019-04-19 2019-04-22 2019-05-06 2019-05-27 2019-08-26 2019-12-25 2019-12-26
2020-01-01 2020-04-10 2020-04-13 2020-05-08 2020-05-25 2020-08-31 2020-12-25 2020-12-28
2021-01-01 2021-04-02 2021-04-05 2021-05-03 2021-05-31 2021-08-30 2021-12-27 2021-12-28
2022-01-03 2022-04-15 2022-04-18 2022-05-02 2022-06-02 2022-06-03 2022-08-29 2022-09-19
2022-12-26 2022-12-27
2023-01-02 2023-04-07 2023-04-10 2023-05-01 2023-05-08 2023-05-29 2023-08-28 2023-12-25 2023-12-26
2024-01-01 2024-03-29 2024-04-01 2024-05-06 2024-05-27 2024-08-26 2024-12-25 2024-12-26
2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25 2025-12-25 2025-12-26
2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28
2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28
"""
HOLIDAYS = {date.fromisoformat(day) for day in PUBLISHED.split()}
in_list = st.dates(date(2019, 1, 1), date(2027, 12, 31))


def is_working(day: date) -> bool:
    return day.weekday() < 5 and day not in HOLIDAYS


def test_bank_holidays_on_weekdays_are_those_published():
    found = {day for day in bank_holidays(2019, 2027) if day.weekday() < 5}

    assert found == HOLIDAYS


def test_bank_holidays_before_the_list_are_those_of_their_years():
    # the Golden Jubilee moved the spring holiday to 4 June 2002 and added the 3rd
    found = {day for day in bank_holidays(2002, 2002) if day.weekday() < 5}

    assert {date(2002, 6, 3), date(2002, 6, 4)} <= found
    assert date(2002, 5, 27) not in found


def test_working_days_leave_out_weekends_and_bank_holidays(through, values, lines):
    rows = [
        "2026-04-02,2026-04-07",  # Thursday before Good Friday to Tuesday after Easter: 1
        "2026-04-01,2026-04-30",  # 22 weekdays from the 2nd, less Good Friday and Easter Monday
        "2021-12-24,2021-12-29",  # Christmas on a Saturday: 27 and 28 December in its place
        "2026-12-24,2026-12-29",  # Boxing Day on a Saturday: 25 and 28 are holidays
        "2022-09-16,2022-09-20",  # the State Funeral on Monday the 19th
        "2026-02-06,2026-02-09",  # Friday to Monday
        "2026-02-07,2026-02-08",  # within a weekend
        "2026-02-09,2026-02-09",
        "2026-02-09,2026-02-06",  # the other way round: minus the Monday
        ",2026-02-06",
        "1971-12-31,2026-02-06",
        "2026-02-06,9999-12-31",
    ]
    table = through("a,b", rows, [STEP])

    # from 2 to 30 April 2026: 21 weekdays (2, 3, 6-10, 13-17, 20-24, 27-30), less the 3rd and 6th
    expected = ["1", "19", "1", "1", "1", "1", "0", "0", "-1", None, None, None]
    assert values(table, "wd") == expected
    assert lines(table.steps[0].unset) == {
        "without 'a' or 'b'": 1,
        "with a date outside 1972 to 2099": 2,
    }


@pytest.mark.parametrize(
    ("received", "twentieth"),
    [("2026-03-27", "2026-04-28"), ("2025-12-19", "2026-01-21")],
)
def test_the_twentieth_working_day_is_twenty(through, values, received, twentieth):
    # counted on a calendar: from 30 March without 3 and 6 April; from 22 December without 25, 26, 1
    assert values(through("a,b", [f"{received},{twentieth}"], [STEP]), "wd") == ["20"]


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(in_list, in_list), min_size=1, max_size=20))
def test_working_days_are_those_of_a_walk_through_the_calendar(through, values, pairs):
    def walked(a: date, b: date) -> int:
        first, last = min(a, b), max(a, b)
        days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
        return sum(map(is_working, days)) * (1 if a <= b else -1)

    table = through("a,b", [f"{a},{b}" for a, b in pairs], [STEP])

    assert values(table, "wd") == [str(walked(a, b)) for a, b in pairs]

"""Which days can be, at both sides of each edge."""

from datetime import date

import pytest

from rai_check.quality.days import day_of, fault_of
from rai_check.quality.period import month_of

AS_OF = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("day", "fault"),
    [
        (date(1900, 1, 1), "before 1900, or a placeholder"),
        (date(1900, 1, 2), None),
        (date(2051, 12, 31), None),
        (date(2052, 1, 1), "more than 25 years ahead"),
        (date(9999, 12, 31), "more than 25 years ahead"),
        (None, "not a day that there is"),
    ],
)
def test_day_of_an_event_is_not_far_from_the_day_of_measuring(day, fault):
    assert fault_of(AS_OF, birth=False)(day) == fault


@pytest.mark.parametrize(
    ("day", "fault"),
    [
        (date(2026, 11, 23), None),
        (date(2026, 11, 24), "birth after the day of measuring"),
        (date(1906, 1, 1), None),
        (date(1905, 12, 31), "birth more than 120 years ago"),
        (date(1900, 1, 1), "before 1900, or a placeholder"),
    ],
)
def test_day_of_birth_is_of_somebody_who_may_be_alive(day, fault):
    assert fault_of(AS_OF, birth=True)(day) == fault


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-02-29", date(2024, 2, 29)),
        ("2023-02-29", None),
        ("2026-01-01T09:30:00", date(2026, 1, 1)),
        ("2026-01-01T00:30:00+01:00", date(2026, 1, 1)),
        ("03/04/2026", None),
        ("2026", None),
        ("2026-W01-1", None),
        ("today", None),
    ],
)
def test_only_iso_days_and_moments_are_read(text, day):
    assert day_of(text) == day


def test_months_can_be_subtracted():
    assert month_of(date(2026, 1, 31)) - month_of(date(2025, 12, 1)) == 1

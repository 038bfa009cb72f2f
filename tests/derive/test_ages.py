"""Ages and age bands, by hand and against Python."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rai_check.errors import UsageError

AGE = {"age_at": {"born": "born", "on": "on", "into": "age"}}
BAND = {"age_band": {"column": "age", "bands": ["0", "16", "17", "25", "65"], "into": "band"}}
births = st.dates(date(1900, 1, 1), date(1999, 12, 31))
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def test_ages_are_completed_years(through, values, lines):
    rows = [
        "2000-06-15,2026-06-14",  # the day before the birthday
        "2000-06-15,2026-06-15",
        "2004-02-29,2022-02-28",  # of a leap day, in a year without one: not yet 18
        "2004-02-29,2022-03-01",
        "2004-02-29,2024-02-29",
        "2026-01-01,2026-01-01",
        "2026-01-02,2026-01-01",  # born after the day
        ",2026-01-01",
        "2000-01-01,",
        "1896-01-01,2026-12-31",
        "1895-12-31,2026-12-31",  # 131, so nobody's
    ]
    table = through("born,on", rows, [AGE])

    assert values(table, "age") == [
        "25",
        "26",
        "17",
        "18",
        "20",
        "0",
        None,
        None,
        None,
        "130",
        None,
    ]
    assert lines(table.steps[0].unset) == {
        "without 'born' or 'on'": 2,
        "with 'born' after 'on'": 1,
        "with an age over 130": 1,
    }


def test_bands_begin_at_their_number(through, values, lines):
    ages = [
        "0",
        "15",
        "16",
        "17",
        "24",
        "24.9",
        "25",
        "64",
        "65",
        "103",
        "130",
        "-1",
        "131",
        "999",
        "",
    ]
    table = through("n,age", [f"{n},{age}" for n, age in enumerate(ages)], [BAND])

    expected = ["0 to 15"] * 2 + ["16"] + ["17 to 24"] * 3 + ["25 to 64"] * 2 + ["65 and over"] * 3
    assert values(table, "band") == [*expected, None, None, None, None]
    assert lines(table.steps[0].unset) == {
        "without 'age'": 1,
        "with an age below 0 or over 130": 3,
    }


def test_an_age_below_the_first_band_is_told_from_one_that_is_nobodys(through, values, lines):
    step = {"age_band": {"column": "age", "bands": ["16", "65"], "into": "band"}}
    table = through("age", ["15", "16", "-3", "900"], [step])

    assert values(table, "band") == [None, "16 to 64", None, None]
    assert lines(table.steps[0].unset) == {
        "below the first band": 1,
        "with an age below 0 or over 130": 2,
    }


@pytest.mark.parametrize("bands", [["16", "0"], ["0", "0"], [], ["-1", "5"], ["0", "1.5"]])
def test_bands_must_rise(through, bands):
    step = {"age_band": {"column": "age", "bands": bands, "into": "band"}}

    with pytest.raises(UsageError, match="bands"):
        through("age", ["1"], [step])


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(births, days), min_size=1))
def test_ages_are_the_birthdays_that_have_been(through, values, pairs):
    def birthday(born: date, year: int) -> date:
        try:
            return born.replace(year=year)
        except ValueError:  # 29 February in a year without one
            return date(year, 3, 1)

    ages = [
        sum(birthday(born, year) <= on for year in range(born.year + 1, on.year + 1))
        for born, on in pairs
    ]
    expected = [str(age) if age <= 130 else None for age in ages]

    assert values(through("born,on", [f"{a},{b}" for a, b in pairs], [AGE]), "age") == expected

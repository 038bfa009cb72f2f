"""Columns read as the project says they are written; counts of what is not, by hand."""

from datetime import date, timedelta

import pytest


def test_dates_and_numbers_are_read_and_the_rest_is_counted(through, values, lines):
    rows = [
        "03/04/2026,1,£1,234.50".replace("£1,234.50", '"£1,234.50"'),
        "31/02/2026,2,< 10",
        "soon,3,1.2E+11",
        "n/a,4,(£5)",
        ",5,",
    ]
    columns = {
        "on": {"means": "date", "written": "dd/mm/yyyy", "not_known": ["n/a"]},
        "cost": {"means": "amount", "written": "pounds"},
    }
    table = through("on,n,cost", rows, columns=columns)

    assert values(table, "on") == ["2026-04-03", None, None, "n/a", None]
    assert values(table, "cost") == ["1234.5", None, None, "-5", None]
    dates, pounds = table.steps
    assert (dates.step, dates.columns) == ("written", ("on",))
    assert dates.does == "read 'on' as dd/mm/yyyy"
    assert (dates.rows_in, dates.rows_out, dates.left_out) == (5, 5, ())
    assert lines(dates.unset) == {
        "that cannot be read as dd/mm/yyyy": 1,
        "with a date that is not in the calendar": 1,
    }
    assert lines(pounds.unset) == {
        "with a mark of suppression": 1,
        "with a number that a spreadsheet cut short, as in 1.2E+11": 1,
    }


def test_short_years_are_said(through):
    table = through(
        "on,n", ["03/04/26,1"], columns={"on": {"means": "date", "written": "dd/mm/yyyy"}}
    )

    assert table.steps[0].does == "read 'on' as dd/mm/yyyy; years of two digits are 1930 to 2029"


def test_days_that_a_spreadsheet_swapped_are_not_read(through, values, lines):
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(60)]
    held = [
        day.strftime("%d/%m/%Y") if day.day > 12 else date(2026, day.day, day.month).isoformat()
        for day in days
    ]
    columns = {"on": {"means": "date", "written": "dd/mm/yyyy"}}
    table = through("on,n", [f"{text},{n}" for n, text in enumerate(held)], columns=columns)

    # 12 days of January and 12 of February are 12 or less; 60 days from 1 January end on 1 March
    expected = [day.isoformat() if day.day > 12 else None for day in days]
    assert values(table, "on") == expected
    assert lines(table.steps[0].unset) == {
        "whose day and month a spreadsheet seems to have swapped": 25
    }


def test_a_column_that_is_not_in_the_file_is_left_to_whoever_asks(through):
    table = through("n,m", ["1,2"], columns={"on": {"means": "date", "written": "dd/mm/yyyy"}})

    assert table.steps == ()


@pytest.mark.parametrize("text", ["'; DROP TABLE data; --", '"quoted"', "ünï", "a\tb"])
def test_names_and_values_of_any_kind_go_through(through, values, text):
    quoted = '"' + text.replace('"', '""') + '"'
    table = through(
        f"{quoted},n,d",
        [f"{quoted},1,x"],
        columns={"d": {"means": "date", "written": "yyyy-mm-dd"}},
    )

    name = table.data.columns[0].name
    assert values(table, name) == [text]

"""Which forms fit a column: counts of rows, worked by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rai_check.values import Written, candidates, mixed_orders

DAY, MONTH, ISO = Written.DAY_FIRST, Written.MONTH_FIRST, Written.ISO


def test_day_first_is_settled_by_one_day_above_twelve():
    best, other = candidates([("03/04/2026", 5), ("25/12/2026", 1), (None, 9), ("< 10", 2)])

    assert (best.written, best.settled) == (DAY, True)
    assert (best.of, best.fits, best.own, best.changes) == (6, 6, 6, 6)
    assert (best.decides, best.either, best.against) == (1, 5, 0)
    assert (other.written, other.settled, other.fits, other.against) == (MONTH, False, 5, 1)


def test_order_is_not_settled_where_no_day_tells():
    found = candidates([("03/04/2026", 5), ("01/02/2026", 1)])

    assert {c.written for c in found} == {DAY, MONTH}
    assert not any(c.settled for c in found)


def test_days_that_are_the_same_either_way_leave_nothing_to_settle():
    best, *_ = candidates([("04/04/2026", 3), ("05/05/2026", 1)])

    assert best.settled
    assert best.either == 0


def test_rows_that_tell_for_both_orders_settle_neither():
    found = candidates([("25/12/2026", 5), ("12/25/2026", 5)])

    assert [(c.written, c.fits, c.decides, c.against, c.settled) for c in found] == [
        (DAY, 5, 5, 5, False),
        (MONTH, 5, 5, 5, False),
    ]


def test_iso_days_need_no_form_and_only_fit_their_own():
    (found,) = candidates([("2026-04-03", 3), ("2026-12-25", 1)])

    assert (found.written, found.changes, found.settled) == (ISO, 0, True)


def test_real_dates_among_text_count_for_day_first():
    best, *_ = candidates([("2026-04-03", 3), ("25/12/2026", 2)])

    assert (best.written, best.fits, best.own, best.changes) == (DAY, 5, 2, 2)


def test_whole_numbers_may_be_serials_but_that_is_never_settled():
    found = candidates([("45000", 3), ("45001", 1)])

    assert [(c.written, c.settled) for c in found] == [
        (Written.EXCEL_SERIAL, False),
        (Written.NUMBER, True),
    ] or [(c.written, c.settled) for c in found] == [
        (Written.NUMBER, True),
        (Written.EXCEL_SERIAL, False),
    ]
    assert next(c for c in found if c.written is Written.NUMBER).changes == 0


def test_pounds_are_a_candidate_only_with_their_sign():
    best, *_ = candidates([("£1,200", 1), ("300", 1)])

    assert best.written is Written.POUNDS
    assert [c.written for c in candidates([("1,200", 1)])] == [Written.NUMBER]


def test_short_years_are_counted():
    best, *_ = candidates([("25/12/26", 4), ("25/12/2026", 1)])

    assert best.short_years == 4


@pytest.mark.parametrize("values", [[], [(None, 3)], [("", 3)], [("*", 3)], [("words", 3)]])
def test_nothing_to_read_gives_no_candidate(values):
    assert candidates(values) == ()


def swapped(day: date) -> str:
    """What a month-first spreadsheet leaves of a date written dd/mm/yyyy."""
    if day.day > 12:
        return day.strftime("%d/%m/%Y")
    return date(day.year, day.day, day.month).isoformat()


YEAR = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]


def test_days_swapped_by_a_spreadsheet_are_noticed():
    assert mixed_orders([(swapped(day), 1) for day in YEAR])


def test_real_dates_among_text_of_the_same_days_are_not_taken_for_swapped():
    halves = [(d.isoformat() if d.toordinal() % 2 else d.strftime("%d/%m/%Y"), 1) for d in YEAR]

    assert not mixed_orders(halves)
    assert not mixed_orders([(swapped(day), 50) for day in YEAR[8:18]])  # too few to tell
    assert not mixed_orders([(None, 3), ("words", 1)])


@given(st.lists(st.tuples(st.none() | st.text(max_size=12), st.integers(1, 5)), max_size=20))
def test_counts_of_candidates_hang_together(values):
    for found in candidates(values):
        assert 0 < found.own <= found.fits <= found.of
        assert found.decides + found.either <= found.fits
        assert found.fits + found.against <= found.of

"""Late or in time, from a number and from two dates."""

import pytest

from rai_check.errors import DataError, UsageError

NUMBER = {"late_if": {"column": "days", "more_than": "28", "into": "late"}}
DATES = {"late_if": {"done": "done", "due": "due", "as_of": "2026-06-01", "into": "late"}}
WRITTEN = {"done": {"means": "date", "written": "dd/mm/yyyy"}}


def test_late_is_more_than_the_number(through, values, lines):
    table = through("n,days", ["1,28", "2,29", "3,28.5", "4,-3", "5,", "6,28.0"], [NUMBER])

    assert values(table, "late") == ["in time", "late", "late", "in time", None, "in time"]
    assert lines(table.steps[0].unset) == {"without 'days'": 1}


def test_late_refuses_what_is_no_number(through):
    with pytest.raises(
        DataError, match=r"fewer than 10 rows of column 'days' hold something that is no plain"
    ):
        through("days", ["28", "about 30"], [NUMBER])


def test_late_by_dates_counts_those_still_waiting_once_they_are_due(through, values, lines):
    rows = [
        "1,2026-05-01,2026-05-01",  # on the day: in time
        "2,2026-05-02,2026-05-01",
        "3,,2026-05-31",  # due yesterday and not done
        "4,,2026-06-01",  # due today: still open
        "5,,2026-07-01",
        "6,2026-05-01,",
        "7,,",
        "8,2026-09-01,2026-08-01",  # done after the day of the data: as it says
    ]
    table = through("n,done,due", rows, [DATES])

    expected = ["in time", "late", "late", None, None, None, None, "late"]
    assert values(table, "late") == expected
    assert lines(table.steps[0].unset) == {"without 'due'": 2, "still open and not yet due": 2}


def test_late_by_dates_refuses_to_take_what_is_unreadable_for_not_done(through, values):
    rows = ["tbc,2026-05-01", "01/04/2026,2026-05-01"]

    with pytest.raises(
        DataError, match=r"a blank 'done' means not done, and fewer than 10 values of it"
    ):
        through("done,due", rows, [DATES], columns=WRITTEN)

    declared = {"done": {**WRITTEN["done"], "not_known": ["tbc"]}}
    table = through("done,due", rows, [DATES], columns=declared)
    assert values(table, "late") == ["late", "in time"]


def test_late_by_dates_refuses_it_of_a_column_that_was_joined_too(through):
    join = {"join": {"with": "log", "on": {"ref": "ref"}, "take": ["done"], "each": "one to one"}}
    log = (["ref,done", "1,tbc", "2,01/04/2026"], {"columns": WRITTEN})

    with pytest.raises(DataError, match=r"step 2 \('late_if'\): a blank 'done' means not done"):
        through("ref,due", ["1,2026-05-01", "2,2026-05-01"], [join, DATES], others={"log": log})


@pytest.mark.parametrize(
    "step",
    [
        {"column": "days", "into": "late"},
        {"column": "days", "more_than": "28", "done": "done", "into": "late"},
        {"done": "done", "due": "due", "into": "late"},
        {"into": "late"},
    ],
)
def test_late_takes_one_form_whole(through, step):
    with pytest.raises(UsageError, match="give 'column' and 'more_than', or 'done', 'due' and 'as"):
        through("days", ["1"], [{"late_if": step}])


@pytest.mark.parametrize("key", ["001", "", "1.2E+11"])
def test_event_that_a_damaged_key_hides_is_not_taken_for_not_done(through, key):
    join = {"with": "other", "on": {"ref": "ref"}, "take": ["done"], "each": "one to one"}
    there = {"other": (["ref,done", "1,2026-05-01", "2,2026-05-01"], {})}

    with pytest.raises(DataError, match="may be hidden from a join by damaged keys"):
        through("ref,due", [f"{key},2026-05-02", "2,2026-05-02"], [{"join": join}, DATES],
                others=there)  # fmt: skip


def test_unreadable_date_is_not_taken_for_not_done_after_a_recode(through):
    recode = {"column": "done", "into": "done2", "values": {"x": "y"}, "others": "keep"}
    late = {"late_if": {**DATES["late_if"], "done": "done2"}}

    with pytest.raises(DataError, match="could not be read"):
        through("done,due", ["soon,2026-05-01", "01/05/2026,2026-05-01"],
                [{"recode": recode}, late], columns=WRITTEN)  # fmt: skip


def test_unreadable_date_of_a_row_that_a_step_left_out_is_no_hindrance(through, values):
    keep = {"keep": {"column": "year", "values": ["2026"]}}
    header, rows = "year,done,due", ["2019,soon,2019-05-01", "2026,03/05/2026,2026-05-02"]
    table = through(header, rows, [keep, DATES], columns=WRITTEN)

    assert values(table, "late") == ["late"]
    with pytest.raises(DataError, match="could not be read"):  # a blank one may yet be it
        through(header, [*rows, "2026,tbc,2026-05-02"], [keep, DATES], columns=WRITTEN)


def test_value_that_a_recode_did_not_list_is_not_taken_for_not_done(through, values):
    recode = {"column": "sent", "into": "done", "values": {"A": "2026-04-01"}}
    rows = ["A,2026-05-01", "B,2026-05-01"]

    with pytest.raises(DataError, match="were not listed by a recode"):
        through("sent,due", rows, [{"recode": recode}, DATES])

    blank = through("sent,due", ["A,2026-05-01", ",2026-05-01"], [{"recode": recode}, DATES])
    assert values(blank, "late") == ["in time", "late"]


def test_unreadable_date_is_not_taken_for_not_done_after_two_joins(through):
    take = {"on": {"ref": "ref"}, "take": ["done"], "each": "one to one"}
    first, second = ({"join": {"with": name, **take}} for name in ("middle", "log"))
    others = {
        "middle": (["ref", "1", "2"], {"derive": [second]}),
        "log": (["ref,done", "1,tbc", "2,01/04/2026"], {"columns": WRITTEN}),
    }

    with pytest.raises(DataError, match=r"step 2 \('late_if'\): a blank 'done' means not done"):
        through("ref,due", ["1,2026-05-01", "2,2026-05-01"], [first, DATES], others=others)


@pytest.mark.parametrize(("key", "refused"), [("", True), ("1.2E+11", True), ("9", False)])
def test_event_whose_own_key_is_damaged_may_be_of_any_row_without_one(through, key, refused):
    join = {"with": "other", "on": {"ref": "ref"}, "take": ["done"], "each": "one to one"}
    there = {"other": (["ref,done", "1,2026-05-01", f"{key},2026-05-01"], {})}
    rows = ["1,2026-05-02", "2,2026-05-02"]

    if refused:
        with pytest.raises(DataError, match="may be hidden from a join"):
            through("ref,due", rows, [{"join": join}, DATES], others=there)
    else:
        through("ref,due", rows, [{"join": join}, DATES], others=there)

"""Steps that leave rows out: period, keep, one_per and last_event; and recode. By hand."""

import pytest

from rai_check.errors import DataError, UsageError

PERIOD = {"period": {"column": "on", "from": "2025-04-01", "to": "2026-03-31"}}
ONE = {"one_per": {"key": ["ref"]}}
LATEST = {"one_per": {"key": ["ref"], "latest_by": "on"}}
LAST = {"last_event": {"unit": "ref", "by": "on"}}


def test_period_counts_both_days_and_says_why_rows_leave(through, values, lines):
    rows = [
        "1,2025-03-31", "2,2025-04-01", "3,2026-03-31", "4,2026-03-31T23:59:59", "5,2026-04-01",
        "6,",
    ]  # fmt: skip
    table = through("n,on", rows, [PERIOD])

    assert values(table, "n") == ["2", "3", "4"]
    (note,) = table.steps
    assert (note.rows_in, note.rows_out) == (6, 3)
    assert lines(note.left_out) == {
        "before 2025-04-01": 1,
        "after 2026-03-31": 1,
        "without 'on'": 1,
    }


def test_period_must_be_in_order(through):
    step = {"period": {"column": "on", "from": "2026-04-01", "to": "2026-03-31"}}

    with pytest.raises(UsageError, match="'to' is before 'from'"):
        through("n,on", ["1,2026-01-01"], [step])


def test_keep_matches_values_exactly(through, values, lines):
    step = {"keep": {"column": "area", "values": ["E1", "1.0", "TRUE", "E1"]}}
    table = through("n,area", ["1,E1", "2,e1", "3,E10", "4,", "5,1", "6,true", "7, E1 "], [step])

    assert values(table, "n") == ["1", "5", "6", "7"]  # as a table reads them: 1.0 is 1
    assert lines(table.steps[0].left_out) == {"with another 'area'": 2, "without 'area'": 1}


def test_keep_refuses_a_blank_among_its_values(through):
    with pytest.raises(UsageError, match="one of 'values' is blank"):
        through("n,area", ["1,E1"], [{"keep": {"column": "area", "values": ["E1", " "]}}])


def test_rows_that_are_the_same_become_one(through, values, lines):
    table = through("ref,on", ["a,2026-01-01", "b,2026-01-01", "a,2026-01-01", ",x", ",x"], [ONE])

    assert values(table, "ref") == ["a", "b", None, None]  # blank keys are nobody's repeats
    (note,) = table.steps
    assert lines(note.left_out) == {"the same in every column as one that stays": 1}
    assert lines(note.unset) == {"with a blank key": 2}


def test_rows_of_one_key_that_differ_are_refused(through):
    rows = ["a,2026-01-01", "a,2026-01-02", "b,2026-01-01", "b,2026-01-01", "b,2026-01-03"]

    with pytest.raises(DataError) as refused:
        through("ref,on", rows, [ONE])

    assert str(refused.value) == (
        "table 'decisions' (decisions.csv), step 1 ('one_per'): fewer than 10 values of 'ref' have several "  # noqa: E501 - the message whole
        "rows that are not the same (fewer than 10 rows that differ); correct them, or say which stays with "  # noqa: E501 - the message whole
        "'latest_by'."
    )


def test_the_latest_row_of_a_key_stays(through, values, lines):
    rows = [
        "a,2026-01-02,1", "a,2026-01-01,2", "a,,3", "b,,4", "a,2026-01-02,1", ",2026-01-01,5",
    ]  # fmt: skip
    table = through("ref,on,n", rows, [LATEST])

    assert values(table, "n") == ["1", "4", "5"]
    (note,) = table.steps
    assert (note.rows_in, note.rows_out) == (6, 3)
    assert lines(note.left_out) == {
        "earlier than the latest of the same 'ref'": 2,
        "the same in every column as one that stays": 1,
    }
    assert lines(note.unset) == {"with a blank key": 1, "without 'on'": 1}


def test_two_latest_rows_that_differ_are_refused(through):
    rows = ["a,2026-01-02,1", "a,2026-01-02,2", "b,2026-01-02,1"]

    said = r"fewer than 10 values of 'ref' have several rows that are latest by 'on' at once \(fewer than 10 rows that differ"  # noqa: E501 - the message whole
    with pytest.raises(DataError, match=said):
        through("ref,on,n", rows, [LATEST])


@pytest.mark.parametrize(("rows", "refused"), [
    (["p1,2026-01-02T09:00:00,1", "p1,2026-01-02,2"], True),  # which came last is not known
    (["p1,2026-01-02T09:00:00,1", "p1,2026-01-01,2"], False),  # the day tells
    (["p1,2026-01-02,1", "p1,2026-01-01T09:00:00,2"], False),
    (["p1,2026-01-02T09:00:00,1", "p2,2026-01-02,2"], False),  # of two units
    ([",2026-01-02T09:00:00,1", ",2026-01-02,2", "p1,,3"], False),  # of none
])  # fmt: skip
@pytest.mark.parametrize("step", [LAST, {"one_per": {"key": ["ref"], "latest_by": "on"}}])
def test_a_day_without_a_time_is_not_taken_for_its_midnight(through, step, rows, refused):
    if not refused:
        through("ref,on,n", rows, [step])
        return
    with pytest.raises(
        DataError, match="rows of their latest day with a time and without one in 'on'"
    ):
        through("ref,on,n", rows, [step])


def test_the_last_event_of_a_day_is_told_by_its_time(through, values, lines):
    rows = [
        "p1,2026-01-02T09:00:00,1",
        "p1,2026-01-02T09:00:00.5,2",
        "p1,2026-01-01,3",
        "p2,2026-01-02,4",
        ",2026-01-02,5",
    ]
    table = through("ref,on,n", rows, [LAST])

    assert values(table, "n") == ["2", "4"]
    assert lines(table.steps[0].left_out) == {
        "with a blank key": 1,
        "earlier than the latest of the same 'ref'": 2,
    }


def test_times_with_an_offset_are_put_in_order_of_utc(through, values):
    rows = [
        "p1,2026-07-01T10:00:00+01:00,1",  # 09:00 UTC
        "p1,2026-07-01T09:30:00Z,2",
        "p1,2026-07-01T08:00:00-02:00,3",  # 10:00 UTC
    ]

    assert values(through("ref,on,n", rows, [LAST]), "n") == ["3"]


def test_last_events_of_plain_days_have_no_offset(through, values):
    # the hyphens of a day are no minus before an offset
    assert values(through("ref,on,n", ["p1,2026-07-01,1", "p1,2026-07-02,2"], [LAST]), "n") == ["2"]


@pytest.mark.parametrize("step", [LATEST, LAST])
def test_a_date_that_cannot_be_read_may_be_the_latest(through, step):
    rows = ["a,99/99/2026,1", "a,05/01/2026,2"]
    columns = {"on": {"means": "date", "written": "dd/mm/yyyy"}}

    with pytest.raises(DataError, match="the latest of a key is not known"):
        through("ref,on,n", rows, [step], columns=columns)


def test_times_with_and_without_an_offset_have_no_order(through):
    rows = ["p1,2026-07-01T10:00:00+01:00,1", "p1,2026-07-01T09:30:00,2"]

    with pytest.raises(
        DataError,
        match="fewer than 10 times in column 'on' have an offset from UTC and fewer than 10 rows",
    ):
        through("ref,on,n", rows, [LAST])


@pytest.mark.parametrize("step", [ONE, LATEST, LAST])
def test_a_key_cut_short_is_nobodys(through, step):
    rows = ["1.23457E+11,2026-01-01", "1.23457E+11,2026-01-02"]

    with pytest.raises(
        DataError, match="fewer than 10 rows have a 'ref' that a spreadsheet cut short"
    ):
        through("ref,on", rows, [step])


def test_recode_leaves_the_rest_missing_or_as_it_is(through, values, lines):
    rows = ["1,A", "2,N", "3,x", "4,", "5,n/k", "6,1.0"]
    columns = {"out": {"means": "other", "not_known": ["n/k"]}}
    table = through(
        "n,out",
        rows,
        [
            {"recode": {"column": "out", "into": "a", "values": {"A": "forward", "1": "one"}}},
            {"recode": {"column": "out", "into": "b", "values": {"A": "N"}, "others": "keep"}},
            {"recode": {"column": "out", "into": "c", "values": {"n/k": "unknown"}}},
        ],
        columns=columns,
    )

    assert values(table, "a") == ["forward", None, None, None, None, "one"]
    assert values(table, "b") == ["N", "N", "x", None, None, "1"]
    assert values(table, "c") == [None, None, None, None, "unknown", None]
    assert [lines(note.unset) for note in table.steps] == [
        {"without 'out'": 2, "of other values": 2},
        {"without 'out'": 2, "of other values": 3},
        {"without 'out'": 1, "of other values": 4},
    ]


@pytest.mark.parametrize("values_", [{}, {" ": "x"}])
def test_recode_needs_values(through, values_):
    with pytest.raises(UsageError, match=r"values|a blank cell is missing"):
        through("n,out", ["1,A"], [{"recode": {"column": "out", "into": "a", "values": values_}}])


def test_recoded_values_are_found_as_they_are_declared(through, values):
    recode = {"recode": {"column": "s", "into": "t", "values": {"A": "True", "N": "1.0"}}}
    keep = {"keep": {"column": "t", "values": ["True", "1.0"]}}
    columns = {"t": {"means": "group", "labels": {"True": "Yes", "1.0": "One"}}}
    table = through("n,s", ["1,A", "2,N", "3,x"], [recode, keep], columns=columns)

    assert values(table, "t") == ["true", "1"]  # as a file with these texts would be read


def test_recode_refuses_two_values_that_are_read_alike(through):
    step = {"recode": {"column": "out", "into": "a", "values": {"1": "x", "1.0": "y"}}}

    with pytest.raises(DataError, match="two of its 'values' are the same once read"):
        through("n,out", ["1,A"], [step])


def test_values_with_quotes_are_only_values(through, values):
    nasty = "a'); DROP TABLE data; --"
    steps = [
        {"keep": {"column": "x", "values": [nasty, "b"]}},
        {"recode": {"column": "x", "into": "it's", "values": {nasty: "o'k"}}},
        {"days_between": {"from": "on", "to": "on", "into": 'say "days"'}},
    ]
    columns = {"on": {"means": "date", "not_known": ["it's not"]}}
    rows = [f"1,{nasty},2026-01-01", "2,b,it's not", "3,c,2026-01-01"]
    table = through("n,x,on", rows, steps, columns=columns)

    assert values(table, "it's") == ["o'k", None]
    assert values(table, 'say "days"') == ["0", None]

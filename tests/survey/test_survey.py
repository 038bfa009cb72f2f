"""What a survey notices: one planted fault at a time, and a clean twin without it."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from made_identifiers import nhs_numbers
from rai_check.survey import Sort, survey
from rai_check.survey.rows import repeated_rows
from rai_check.survey.text import as_data, as_text
from rai_check.tables import from_frame
from surveyed import TODAY, clean, kinds, looked, table, told, with_


def test_clean_file_has_nothing_to_mend_or_look_at():
    found = looked(**clean())

    assert found.rows == 200
    assert [one for one in found.notices if one.sort is not Sort.KNOW] == []
    looks = {one.name: one.looks_like for one in found.columns}
    assert looks.pop("ethnicity").startswith("code list ")  # which of several is no matter here
    assert looks == {
        "case ref": "a key: a value for each row",
        "decided on": "dates, yyyy-mm-dd",
        "score": "numbers, 90 values",
    }
    assert {one.missing for one in found.columns} == {"none"}


def test_key_that_repeats_has_to_be_mended():
    found = looked(**with_("case ref", ["R00100"] * 12))

    assert ("key-repeats", "case ref", Sort.MEND) in kinds(found)
    assert told(found, "key-repeats")[0].startswith("10 rows repeat")  # twelve, to the nearest 5


def test_digits_lost_are_mended_and_not_told_again_as_repeats():
    found = looked(**with_("case ref", ["1.23457E+11"] * 12))

    assert ("digits-lost", "case ref", Sort.MEND) in kinds(found)
    assert not told(found, "key-repeats")


def test_day_in_no_calendar_and_placeholder_are_mended():
    found = looked(**with_("decided on", ["2026-02-30"] * 11 + ["1900-01-01"] * 10))

    assert sorted(told(found, "dates-that-cannot-be")) == [
        "10 rows: before 1900, or a placeholder",
        "10 rows: days that are in no calendar",
    ]


def test_birth_to_come_is_mended_and_its_months_are_not_shown():
    columns = clean()
    columns["date of birth"] = columns.pop("decided on")
    columns["date of birth"][0] = "2027-01-01"
    found = looked(**columns)

    assert told(found, "dates-that-cannot-be") == [
        "fewer than 10 rows: birth after the day of measuring"
    ]
    assert not told(found, "months")


def test_dates_that_can_be_read_two_ways_are_a_question_not_a_guess():
    columns = clean(60)
    columns["decided on"] = [f"0{1 + i % 9}/0{1 + i % 8}/2026" for i in range(60)]
    found = looked(**columns)

    assert ("ambiguous-dates", "decided on", Sort.LOOK) in kinds(found)
    said = looked({"decided on": {"means": "date", "written": "mm/dd/yyyy"}}, **columns)
    assert not told(said, "ambiguous-dates")


def in_two_orders(day_first, month_first):
    """Dates of days 13 to 28, then as many as asked for the other way round."""
    days = [f"{13 + i % 16}/{1 + i % 9:02d}/2026" for i in range(day_first)]
    return days + [f"{1 + i % 9:02d}/{13 + i % 16}/2026" for i in range(month_first)]


@pytest.mark.parametrize("month_first", [2, 30, 58])
@pytest.mark.parametrize("written", [None, "dd/mm/yyyy"])
def test_dates_in_two_orders_have_to_be_mended(month_first, written):
    declared = {"decided on": {"means": "date", "written": written}} if written else None
    columns = clean(60) | {"decided on": in_two_orders(60 - month_first, month_first)}
    found = looked(declared, **columns)

    assert ("two-orders", "decided on", Sort.MEND) in kinds(found)
    assert {c.name: c.looks_like for c in found.columns}["decided on"] == "dates, some month first"
    others = {"ambiguous-dates", "dates-that-cannot-be", "months", "written"}
    assert not others & {one.kind for one in found.notices}


def test_dates_in_one_order_are_not_told_as_two():
    columns = clean(60) | {"decided on": in_two_orders(60, 0)}

    assert not told(looked(**columns), "two-orders")


def test_serial_numbers_are_called_so_in_the_table_too():
    columns = clean(60) | {"decided on": [str(45748 + i) for i in range(60)]}
    found = looked(**columns)

    assert told(found, "serial-dates")
    looks = {c.name: c.looks_like for c in found.columns}
    assert looks["decided on"] == "dates, excel serial"


BANDS = ["0-4", "5-9", "10-14", "15-19"]


@pytest.mark.parametrize("eaten", ["Oct-14", "2026-10-14"])
def test_bands_that_became_dates_have_to_be_mended(eaten):
    bands = [eaten if band == "10-14" else band for band in BANDS * 15]
    found = looked(**clean(60), ages=bands)

    assert told(found, "made-dates") == [
        "15 rows made into a date by a spreadsheet, like 14-Oct for 10-14"
    ]
    assert not told(looked(**clean(60), ages=BANDS * 15), "made-dates")


def test_months_are_no_bands_that_became_dates_unless_the_name_says_bands():
    months = ["Apr-25", "May-25", "Jun-25"] * 20

    assert not told(looked(**clean(60), month=months), "made-dates")
    assert told(looked(**clean(60), **{"age band": months}), "made-dates")


@pytest.mark.parametrize(
    ("cells", "form"),
    [
        (["£1,200.50", "£88", "(£3.20)"], "pounds"),
        (["12.5%", "8%", "100%"], "percent"),
        (["1,250", "12", "18,000"], "number"),
    ],
)
def test_form_that_numbers_need_is_told_until_it_is_declared(cells, form):
    columns = clean(60) | {"score": cells * 20}
    found = looked(**columns)
    assert ("written", "score", Sort.LOOK) in kinds(found)
    assert [one.do for one in found.notices if one.kind == "written"] == [
        f"Add 'written: {form}' to the column."
    ]
    assert {c.name: c.looks_like for c in found.columns}["score"] == f"numbers, written {form}"

    said = looked({"score": {"means": "amount", "written": form}}, **columns)
    assert not told(said, "written")
    assert not told(looked(**clean(60)), "written")


def test_mark_of_suppression_among_percentages_is_told():
    columns = clean(60) | {"score": ["8%", "12%", "<10"] * 20}

    assert told(looked(**columns), "suppressed")


def test_column_of_ethnicity_is_told_though_a_third_is_in_no_list():
    # nine wordings that a list has and six that none has: 60% of the labels and of the rows
    known = [f"{a}{b}" for a in ("", "1 - ", "2: ") for b in ("White British", "Indian", "Irish")]
    columns = clean(150) | {"ethnicity": [*known, *(f"Kin {i}" for i in range(6))] * 10}
    found = looked(**columns)

    assert ("not-in-list", "ethnicity", Sort.LOOK) in kinds(found)
    looks = {c.name: c.looks_like for c in found.columns}["ethnicity"]
    assert looks.startswith("code list ethnicity-labels-")


def test_months_without_a_row_are_counted_and_named_by_their_ends_only():
    days = ["2026-01-15"] * 20 + ["2026-04-15"] * 20 + ["2025-01-01"] * 3
    found = looked(when=days, **{"decided on": days})

    says = told(found, "months")[0]
    assert says == (
        "covers 2026-01 to 2026-04, 2 months without a row; fewer than 10 rows before or after"
    )


def test_identifier_is_told_and_its_faults_counted():
    numbers = nhs_numbers(300)
    found = looked(**{"nhs number": numbers}, x=["1", "2", "3"] * 100)
    assert ("identifier", "nhs number", Sort.LOOK) in kinds(found)
    assert not told(found, "not-valid")

    wrong = [f"{n[:-1]}{(int(n[-1]) + 1) % 10}" for n in numbers[:20]]
    found = looked(**{"nhs number": wrong + numbers[20:]}, x=["1", "2", "3"] * 100)
    assert ("not-valid", "nhs number", Sort.MEND) in kinds(found)


def test_label_that_no_list_has_and_spelling_are_told():
    found = looked(**with_("ethnicity", ["white british"] * 10 + ["Martian"] * 12))

    assert told(found, "spellings") == ["1 value written in more than one way (capitals or blanks)"]
    assert told(found, "not-in-list")[0].startswith("10 rows with a value that the list")


def test_not_stated_counts_as_missing():
    found = looked(**with_("ethnicity", ["Not stated"] * 40))

    # 40 of 200: Wilson's interval is 15% to 26%
    assert {c.name: c.missing for c in found.columns}["ethnicity"] == "20% (15% to 26%)"


def test_suppressed_numbers_outliers_and_words_among_numbers_are_told():
    changes = ["< 10"] * 12 + ["90000000"] * 3 + ["lots"] * 2
    found = looked(**with_("score", changes, n=400))

    assert {"suppressed", "outliers", "not-numbers"} <= {one.kind for one in found.notices}


def test_constant_and_empty_columns_are_told():
    columns = clean()
    found = looked(**columns, area=["N"] * 200, note=[None] * 200)

    assert {("constant", "area", Sort.KNOW), ("empty", "note", Sort.LOOK)} <= kinds(found)
    assert {c.name: c.looks_like for c in found.columns}["note"] == "empty"


def with_gaps(of_one, of_others):
    """800 rows, 200 of each group; so many of each hundred have no score."""
    columns = clean(800)
    place = [i // 4 % 100 for i in range(800)]
    columns["score"] = [
        None if at < (of_one if group == "Indian" else of_others) else "7"
        for at, group in zip(place, columns["ethnicity"], strict=True)
    ]
    return columns


def test_gap_of_one_group_is_told_with_its_interval():
    # 60 of 200 against 60 of 600: 30% and 10%, 20 points apart
    says = told(looked(**with_gaps(30, 10)), "uneven-gap")

    assert len(says) == 1
    assert says[0].startswith(
        "missing for 30% of Indian (ethnicity) against 10% of everyone else: 20 points apart (95%"
    )


def test_gap_beside_a_count_that_is_hidden_is_told_without_numbers():
    says = told(looked(**with_gaps(30, 0)), "uneven-gap")

    assert says == [
        "missing more often for Indian (ethnicity) than for everyone else, by 5 points or more"
    ]


def test_gap_that_chance_explains_is_not_told():
    assert told(looked(**with_gaps(10, 10)), "uneven-gap") == []


def test_rows_that_are_twice_the_same_are_counted():
    same = table(a=["1", "1", "2", None, None], b=["x", "x", "x", None, ""])

    # one of the first pair, one of the last (a blank is missing)
    assert repeated_rows(same) == 2


def test_cells_do_not_run_into_one_another():
    assert repeated_rows(table(a=["1x", "1"], b=["y", "xy"])) == 0


def test_file_without_rows_has_to_be_mended():
    found = survey(from_frame(pd.DataFrame({"a": []}, dtype="object"), name="t"), TODAY)

    assert [(one.kind, one.sort) for one in found.notices] == [("no-rows", Sort.MEND)]
    assert [one.missing for one in found.columns] == ["no rows"]


def test_name_that_may_be_data_is_given_by_position():
    found = looked(**{"943 476 5919": ["a", "b"], "jo@example.com": ["c", "d"]})

    assert [one.name for one in found.columns] == ["column 1", "column 2"]


def test_declared_not_known_values_are_missing():
    declared = {"score": {"means": "other", "not_known": ["?"]}}
    columns = with_("score", ["?"] * 100)

    found = looked(declared, **columns)

    assert {c.name: c.missing for c in found.columns}["score"] == "50% (43% to 57%)"


@pytest.mark.parametrize("colour", [True, False])
def test_page_is_80_columns_wide_and_steers_no_terminal(colour):
    columns = {"\x1b[31mred\x07" * 3: ["a"] * 30, "x" * 200: ["b"] * 30, **clean(30)}
    found = looked(**columns)

    page = as_text("f\x1b.csv", ("Read as text.",), found, colour=colour)

    plain = page
    for code in ("\x1b[1m", "\x1b[0m", "\x1b[33m", "\x1b[31;1m", "\x1b[2m"):
        plain = plain.replace(code, "")
    assert "\x1b" not in plain
    assert "\x07" not in page
    assert max(map(len, plain.splitlines())) <= 80
    assert colour == ("\x1b" in page)


def test_small_counts_are_nowhere():
    found = looked(**with_("case ref", ["R00100"] * 3))

    page = as_text("f.csv", (), found, colour=False)
    assert "fewer than 10 rows repeat" in page
    assert as_data("f.csv", (), looked(a=["1", "2"]))["rows"] == "fewer than 10"


CELLS = st.one_of(
    st.none(),
    st.sampled_from(["SECRETVALUE", "31/02/2026", "1.2E+11", "< 10", "é\u00a0x", "9" * 10]),
)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=30))
def test_any_table_is_surveyed_and_no_value_is_said(rows):
    found = looked(first=[r[0] for r in rows], second=[r[1] for r in rows])

    said = repr(found)
    assert "SECRETVALUE" not in said
    assert "31/02/2026" not in said
    assert len(found.columns) == 2

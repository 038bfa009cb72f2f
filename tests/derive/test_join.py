"""Joins: what matches, what is refused, and what is said of the rest. All worked by hand."""

import pytest

from rai_check.errors import DataError, UsageError


def join(**changes):
    whole = {"with": "other", "on": {"ref": "emp"}, "take": ["sex"], "each": "one to one"}
    return {"join": {**whole, **changes}}


def other(*rows, **spec):
    return {"other": (["emp,sex", *rows], spec)}


def test_join_adds_the_columns_of_the_row_with_the_same_key(through, values):
    table = through("ref,n", ["b,1", "a,2", "c,3"], [join()], others=other("a,F", "b,M", "d,F"))

    assert values(table, "sex") == ["M", "F", None]
    assert values(table, "n") == ["1", "2", "3"]
    (note,) = table.steps
    assert (note.step, note.rows_in, note.rows_out, note.columns) == ("join", 3, 3, ("sex",))
    assert note.does == "join 'other' on 'ref' = 'emp', one to one, taking 'sex'"


def test_join_says_what_stands_in_the_way_of_each_row(through, values, lines):
    rows = ["0012,1", "12X,2", "AB 3,3", "Q-77,4", "zz,5", ",6", "1.23457E+11,7", "ok,8"]
    there = ["12,F", "12x,F", "ab3,F", "00q77,M", "1.23457E+11,F", "ok,M"]
    table = through("ref,n", rows, [join()], others=other(*there))

    assert values(table, "sex") == [None] * 7 + ["M"]
    without = "without a match in 'other'"
    assert lines(table.steps[0].unset) == {
        f"{without} that would have one but for leading zeros": 1,  # 0012 and 12
        f"{without} that would have one but for capitals": 1,  # 12X and 12x
        f"{without} that would have one but for all of these": 2,  # AB 3 and ab3; Q-77 and 00q77
        without: 1,  # zz
        "with a blank key": 1,
        "with a key that a spreadsheet cut short, as in 1.2E+11": 1,
    }


def test_join_knows_accents_stored_in_two_ways_and_takes_no_two_marks_for_one(through, lines):
    rows = ["Jose\u0301,1", "A\u00a01,2", "-,3", "ok,4"]
    table = through("ref,n", rows, [join()], others=other("Jos\u00e9,F", "a1,F", "?,F", "ok,M"))

    without = "without a match in 'other'"
    assert lines(table.steps[0].unset) == {
        f"{without} that would have one but for how accents are stored": 1,
        f"{without} that would have one but for all of these": 1,  # A, a blank, 1; and a1
        without: 1,  # "-" and "?" are marks of nothing, not one key
    }


def test_join_can_leave_out_what_has_no_match(through, values, lines):
    rows = ["a,1", "A,2", ",3", "b,4"]
    table = through("ref,n", rows, [join(unmatched="drop")], others=other("a,F", "b,M"))

    assert values(table, "n") == ["1", "4"]
    (note,) = table.steps
    assert (note.rows_in, note.rows_out, note.unset) == (4, 2, ())
    assert lines(note.left_out) == {
        "without a match in 'other' that would have one but for capitals": 1,
        "with a blank key": 1,
    }


def test_join_refuses_a_key_that_is_there_twice(through):
    with pytest.raises(DataError) as refused:
        through("ref,n", ["a,1"], [join()], others=other("a,F", "a,M", "b,F", "b,F", "b,F", "c,F"))

    assert str(refused.value) == (
        "table 'decisions' (decisions.csv), step 1 ('join'): the join is to be one to one, but fewer than 10 "  # noqa: E501 - the message whole
        "values of 'emp' in 'other' are on more than one row each (fewer than 10 rows); remove the repeats (a "  # noqa: E501 - the message whole
        "step 'one_per' does where they are the same)."
    )


def test_join_one_to_one_refuses_a_key_that_is_here_twice(through, values):
    rows, there = ["a,1", "a,2", "b,3"], other("a,F", "b,M")

    with pytest.raises(DataError, match=r"fewer than 10 values of 'ref' in this table are on more than one row "  # noqa: E501 - the message whole
                       r"each \(fewer than 10 rows\).*or say 'each: many to one'"):  # fmt: skip
        through("ref,n", rows, [join()], others=there)

    table = through("ref,n", rows, [join(each="many to one")], others=there)
    assert values(table, "sex") == ["F", "F", "M"]


def test_blank_keys_are_no_repeats_and_match_nothing(through, values):
    rows = ["a,1", ",2", ",3"]
    table = through("ref,n", rows, [join()], others=other("a,F", ",M", ",F"))

    assert values(table, "sex") == ["F", None, None]


def test_keys_declared_not_known_are_blank_on_either_side(through, values):
    spec = {"columns": {"emp": {"means": "case", "not_known": ["none"]}}}
    table = through(
        "ref,n",
        ["a,1", "n/a,2", "n/a,3", "none,4"],
        [join()],
        columns={"ref": {"means": "case", "not_known": ["n/a"]}},
        others=other("a,F", "none,M", "none,M", "n/a,M", **spec),
    )

    assert values(table, "sex") == ["F", None, None, None]


def test_what_the_other_table_declares_as_not_known_comes_over_as_a_blank(through, values, lines):
    there = other("a,2026-01-05", "b,n/a", columns={"sex": {"means": "date", "not_known": ["n/a"]}})
    days = {"days_between": {"from": "on", "to": "sex", "into": "days"}}
    rows = ["a,2026-01-01", "b,2026-01-01"]
    table = through("ref,on", rows, [join(), days], others=there)

    assert values(table, "sex") == ["2026-01-05", None]
    assert values(table, "days") == ["4", None]
    assert lines(table.steps[1].unset) == {"without 'on' or 'sex'": 1}


def test_join_of_several_keys_needs_all_of_them(through, values):
    step = join(on={"ref": "emp", "n": "sex"}, take={"emp": "there"})
    table = through("ref,n", ["a,1", "a,2", ",1"], [step], others=other("a,1", "b,2"))

    assert values(table, "there") == ["a", None, None]


def test_join_that_matches_nothing_is_an_error(through):
    said = (
        r"no row has a match in 'other' \(fewer than 10 rows without a match in 'other' that would have one "  # noqa: E501 - the message whole
        r"but for leading zeros\)"
    )
    with pytest.raises(DataError, match=said):
        through("ref,n", ["001,1", "002,2"], [join()], others=other("1,F", "2,M"))


def test_join_takes_the_other_table_after_its_own_steps(through, values):
    spec = {
        "columns": {"sex": {"means": "date", "written": "dd/mm/yyyy"}},
        "derive": [{"one_per": {"key": ["emp"]}}],
    }
    table = through("ref,n", ["a,1"], [join()], others=other("a,03/04/2026", "a,3.4.2026", **spec))

    assert values(table, "sex") == ["2026-04-03"]


def test_join_keeps_names_apart(through):
    there = other("a,F")

    with pytest.raises(DataError, match="there is a column 'sex' already"):
        through("ref,sex", ["a,M"], [join()], others=there)
    with pytest.raises(DataError, match=r"Column 'sexx' is not among.*Did you mean 'sex'\?"):
        through("ref,n", ["a,M"], [join(take=["sexx"])], others=there)
    with pytest.raises(DataError, match=r"there is no column 'reff' here.*Did you mean 'ref'\?"):
        through("ref,n", ["a,M"], [join(on={"reff": "emp"})], others=there)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"with": "othr"}, "joins 'othr', which is not among 'tables'. Did you mean 'other'?"),
        ({"with": "decisions"}, r"joined in a circle \(decisions -> decisions\)"),
        ({"take": {"sex": "x", "emp": "x"}}, "'take' gives two columns one name"),
        ({"take": []}, "take"),
        ({"on": {}}, "on"),
        ({"each": "many to many"}, "one to one"),
    ],
)
def test_join_is_refused_before_any_data_is_read(through, changes, message):
    with pytest.raises(UsageError, match=message.replace("?", r"\?")):
        through("ref,n", ["a,1"], [join(**changes)], others=other("a,F"))


def test_tables_joined_in_a_circle_are_refused(through):
    back = {
        "join": {"with": "decisions", "on": {"emp": "ref"}, "take": ["n"], "each": "one to one"}
    }

    with pytest.raises(UsageError, match=r"in a circle \(decisions -> other -> decisions\)"):
        through("ref,n", ["a,1"], [join()], others=other("a,F", derive=[back]))


def test_a_broken_table_breaks_those_that_join_it(through):
    with pytest.raises(DataError, match=r"step 1 \('join'\): .*other.csv"):
        through("ref,n", ["a,1"], [join()], others=other("a,F,x,y", "b"))


def test_no_key_or_value_is_in_a_message(through):
    rows = ["SECRET1,1", "SECRET1,2"]

    with pytest.raises(DataError) as refused:
        through("ref,n", rows, [join()], others=other("SECRET1,F"))

    assert "SECRET" not in f"{refused.value}{refused.value.__cause__}{refused.value.__context__}"


def test_join_says_how_many_rows_of_the_other_table_it_cannot_use(through, values, lines):
    there = other("a,F", ",M", ",F", "1.2E+11,M", "none,M",
                  columns={"emp": {"means": "unit", "not_known": ["none"]}})  # fmt: skip
    table = through("ref,n", ["a,1", "b,2"], [join()], others=there)

    assert values(table, "sex") == ["F", None]
    assert lines(table.steps[0].unused) == {
        "of 'other' with a blank key": 3,  # two blanks, and a mark that is declared as not known
        "of 'other' with a key that a spreadsheet cut short, as in 1.2E+11": 1,
    }

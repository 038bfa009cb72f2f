"""The cube of a number: rows and exact sums against pandas, units, declared numbers."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects import GROUP, TRUTH, decisions, open_project
from rai_check.check import Missing
from rai_check.fairness.estimates import below_zero, no_numbers, of_number
from rai_check.fairness.numbers import numbers_of
from rai_check.fairness.outcomes import NO, UNKNOWN, YES
from rai_check.fairness.tally import count
from rai_check.project import Role
from rai_check.tables import SCALE

COLUMNS = {"group": GROUP, "x": {"means": "amount"}, "truth": TRUTH}
METRIC = of_number("mean amount", "with an amount")


def opened(folder, lines, header="group,x,truth", **columns):
    tables = {"decisions": decisions(**{**COLUMNS, **columns})}
    project = open_project(folder, lines=lines, header=header, tables=tables)
    return project.table(Role.DECISIONS)


def groups_of(numbers):
    counted = count(numbers.cube, ("group",), METRIC, pool_below=2)
    return counted, {g.label: g for g in counted.groups}


ROWS = st.lists(
    st.tuples(
        st.sampled_from("ab"),
        st.integers(-(10**9), 10**9).map(lambda i: i / 1000),
        st.sampled_from(["yes", "no", ""]),
    ),
    min_size=4,
    max_size=60,
)


@given(ROWS)
@settings(max_examples=15, deadline=None)
def test_sums_are_exact_by_group_and_truth(tmp_path_factory, rows):
    frame = pd.DataFrame(rows, columns=["group", "x", "truth"])
    frame["whole"] = [round(x * SCALE) for x in frame["x"]]
    lines = [f"{g},{x!r},{t}" for g, x, t in rows]

    numbers = numbers_of(
        opened(tmp_path_factory.mktemp("n"), [*lines, "a,2,", "a,3,", "b,2,", "b,3,"]),
        "group", "x", edges=(-5.0, 0.0, 7.5), truth=True,
    )  # fmt: skip

    _, groups = groups_of(numbers)
    for value, label in GROUP["labels"].items():
        side = numbers.of(groups[label])
        for state, text in ((YES, "yes"), (NO, "no"), (UNKNOWN, "")):
            held = frame[(frame["group"] == value) & (frame["truth"] == text)]
            more = [2 * SCALE, 3 * SCALE] if state == UNKNOWN else []
            whole = [*map(int, held["whole"]), *more]
            assert side.sums(state) == (len(whole), sum(whole), sum(w * w for w in whole))
            found = side.histogram(state)
            place = np.searchsorted([-5, 0, 7.5], [w / SCALE for w in whole], side="right")
            assert found.tolist() == np.bincount(place, minlength=4).tolist()


def test_group_and_its_rest_are_everyone_of_a_known_group(tmp_path):
    lines = ["a,1,yes"] * 3 + ["b,2,no"] * 4 + [",9,yes"] * 5
    numbers = numbers_of(opened(tmp_path, lines), "group", "x")
    counted, groups = groups_of(numbers)

    own, rest = groups["Group A"], counted.rest(groups["Group A"])

    assert numbers.of(own).sums()[:2] == (3, 3 * SCALE)
    assert numbers.against(own, rest).sums()[:2] == (4, 8 * SCALE)
    assert numbers.of(counted.unknown).sums()[:2] == (5, 45 * SCALE)


def test_declared_numbers_text_and_blanks_are_in_no_entry(tmp_path):
    lines = ["a,-1,", "a,-1.0,", "a,99,", "b,1,", "b,x,", "b,,"]
    spec = {"means": "amount", "not_known": ["-1", "99", "none"]}

    numbers = numbers_of(opened(tmp_path, lines, x=spec), "group", "x")

    assert numbers.all_rows.sums() == (1, SCALE, SCALE**2)
    assert numbers.cube.total == 6


def test_rows_without_a_unit_are_in_no_entry_where_units_repeat(tmp_path):
    lines = ["a,1,,p", "a,2,,p", "b,3,,q", "b,50,,"]
    table = opened(tmp_path, lines, "group,x,truth,who", who={"means": "unit"})

    numbers = numbers_of(table, "group", "x")

    assert numbers.all_rows.sums()[:2] == (3, 6 * SCALE)
    _, groups = groups_of(numbers)
    entries = numbers.entries_of(groups["small groups together"])
    sums = numbers.by_unit(entries, entries.total)
    assert sorted(sums.total[sums.n > 0].tolist()) == [3, 3]
    assert sorted(sums.n[sums.n > 0].tolist()) == [1, 2]


def test_values_of_bins_are_their_means(tmp_path):
    lines = ["a,1,", "a,3,", "b,10,"]

    numbers = numbers_of(opened(tmp_path, lines), "group", "x", edges=(0.0, 5.0, 50.0))

    assert numbers.values()[1:3].tolist() == [2, 10]
    assert np.isnan(numbers.values()[[0, 3]]).all()


def test_it_is_counted_once(tmp_path):
    table = opened(tmp_path, ["a,1,", "b,2,"])

    assert numbers_of(table, "group", "x") is numbers_of(table, "group", "x")
    assert numbers_of(table, "group", "x") is not numbers_of(table, "group", "x", edges=(1.0,))


def test_column_that_is_no_group_is_missing(tmp_path):
    with pytest.raises(Missing, match="not declared as a group"):
        numbers_of(opened(tmp_path, ["a,1,"]), "truth", "x")


def test_refusals_count_rows_and_hold_no_value(tmp_path):
    words = numbers_of(opened(tmp_path, ["a,many,", "b,few,"]), "group", "x")
    minus = numbers_of(opened(tmp_path, ["a,-7,", "b,-7,", "b,0,"]), "group", "x")

    assert "'x'" in no_numbers(words).text
    assert "many" not in no_numbers(words).text
    assert below_zero(minus, "wait").text.startswith("2 rows hold a wait below 0")
    assert "7" not in below_zero(minus, "wait").text
    assert no_numbers(minus) is None
    assert below_zero(words, "wait") is None


def test_rows_that_stand_for_many_are_that_many(tmp_path):
    lines = ["a,2,yes,30", "b,5,no,70"]
    table = opened(tmp_path, lines, "group,x,truth,n", n={"means": "count"})

    numbers = numbers_of(table, "group", "x")

    assert numbers.all_rows.sums() == (100, 410 * SCALE, (30 * 4 + 70 * 25) * SCALE**2)

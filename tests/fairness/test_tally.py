"""Groups counted, crossed and put together; what is known of each."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects import PREDICTION
from rai_check.fairness import METRICS, count, cube_of
from rai_check.fairness.tally import group_places
from rai_check.measurement import NOT_KNOWN, SMALL_GROUPS, where
from role_tables import decided, labelled, role_table

SELECTION = METRICS["selection"]


def tally(rows, *, below=0, columns=("one",), **specs):
    names = ("one", "two", "says") if len(rows[0]) == 3 else ("one", "says")
    specs = {"one": labelled("abc"), "two": labelled("xy"), **specs}
    table = decided(rows, *names, **{k: v for k, v in specs.items() if k in names})
    return count(cube_of(table, columns), columns, SELECTION, pool_below=below)


def many(**counts):
    return [tuple(key.split("_")) for key, n in counts.items() for _ in range(n)]


def facts(counted):
    return {g.label: (g.x, g.n, g.members) for g in counted.groups}


def test_groups_below_the_floor_are_put_together_and_named():
    found = tally(many(a_yes=5, a_no=6, b_yes=3, b_no=4, c_yes=1, c_no=8), below=10)

    assert facts(found) == {"A": (5, 11, ()), SMALL_GROUPS: (4, 16, ("B", "C"))}


def test_floor_is_on_the_denominator_and_not_on_rows():
    rows = [*many(a_yes=10, a_no=10, b_yes=9), *[("b", None)] * 50]

    assert facts(tally(rows, below=10))[SMALL_GROUPS] == (9, 9, ("B", "C"))


def test_group_without_any_known_outcome_stays_alone():
    rows = [*many(a_yes=10, a_no=10), *[("b", None)] * 50]

    assert facts(tally(rows, below=10)) == {
        "A": (10, 20, ()),
        "B": (0, 0, ()),
        SMALL_GROUPS: (0, 0, ("C",)),
    }


def test_promised_group_that_does_not_occur_is_there_with_nobody():
    found = tally(many(a_yes=2, b_no=2))

    assert found.promised == ("A", "B", "C")
    assert facts(found)["C"] == (0, 0, ())


def test_values_of_one_label_are_one_group():
    one = {"means": "group", "labels": {"a": "Same", "b": "Same", "c": "C"}}

    assert facts(tally(many(a_yes=2, b_no=3, c_yes=1), one=one)) == {
        "Same": (2, 5, ()), "C": (1, 1, ()),
    }  # fmt: skip


def test_rows_without_a_group_stand_apart():
    found = tally(
        [("a", "yes"), ("b", "no"), (None, "yes"), ("-", "no")], one=labelled("ab", not_known=["-"])
    )

    assert (found.unknown.label, found.unknown.x, found.unknown.n) == (NOT_KNOWN, 1, 2)
    assert (found.known, found.total) == (2, 4)


def test_undeclared_groups_are_counted_and_not_known():
    found = tally(many(a_yes=4, q_no=6, r_yes=1))

    assert {"undeclared group 1", "undeclared group 2"} < set(facts(found))
    assert (found.known, found.total) == (4, 11)
    assert "2 values" in found.notes[0]
    assert "q" not in found.notes[0].split()


def test_known_share_is_the_lesser_of_table_and_group():
    found = tally([*many(a_yes=40, a_no=40, b_yes=10), *[("b", None)] * 10])
    a, b, _ = found.groups

    assert found.known_of(a) == (90, 100)
    assert found.known_of(b) == (10, 20)


def test_crossed_groups_are_named_by_both_labels():
    found = tally([("a", "x", "yes"), ("a", "y", "no"), ("b", "x", "no")], columns=("one", "two"))

    assert facts(found) == {"A & X": (1, 1, ()), "A & Y": (0, 1, ()), "B & X": (0, 1, ())}
    assert found.where(found.groups[0]) == where(one="A", two="X")
    assert found.promised == ()
    assert found.name == "one and two"


def test_crossed_groups_with_the_same_label_twice_keep_names_of_their_own():
    names = ("one", "two", "three", "says")
    spec = {"means": "group", "labels": {"y": "Yes", "n": "No"}}
    rows = [("y", "y", "n", "yes"), ("y", "n", "n", "no")]
    table = decided(rows, *names, **dict.fromkeys(names[:3], spec))

    columns = ("one", "three", "two")
    found = count(cube_of(table, columns), columns, SELECTION, pool_below=0)

    assert {g.label for g in found.groups} == {"Yes & No & Yes", "Yes & No & No"}


def test_row_is_of_a_crossing_only_where_every_group_is_known():
    rows = [("a", "x", "yes"), ("a", None, "yes"), (None, "y", "no")]
    found = tally(rows, columns=("one", "two"))

    assert facts(found) == {"A & X": (1, 1, ())}
    assert found.unknown.n == 2
    assert (found.known, found.total) == (1, 3)


def test_floor_counts_units_where_rows_repeat_them():
    rows = [("a", "yes", str(i)) for i in range(30)] + [("b", "no", "z")] * 30
    table = decided(rows, "one", "says", "who", one=labelled("ab"), who={"means": "unit"})

    found = count(cube_of(table, ("one",)), ("one",), SELECTION, pool_below=10)

    assert {g.label: (g.n, g.units, g.size) for g in found.groups} == {
        "A": (30, 30, 30), SMALL_GROUPS: (30, 1, 1),
    }  # fmt: skip


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c", "q", None]), st.sampled_from(["x", "y", None]),
        st.sampled_from(["yes", "no", None]),
    ),
    min_size=1,
    max_size=50,
)  # fmt: skip


@given(ROWS, st.integers(0, 12), st.sampled_from([("one",), ("two",), ("one", "two")]))
@settings(max_examples=50, deadline=None)
def test_no_row_is_lost_or_counted_twice(rows, below, columns):
    found = tally(rows, below=below, columns=columns)
    known = [r for r in rows if all(r[("one", "two").index(c)] is not None for c in columns)]
    answered = [r for r in known if r[2] is not None]

    assert sum(g.rows for g in found.groups) == len(known)
    assert sum(g.n for g in found.groups) == len(answered)
    assert sum(g.x for g in found.groups) == sum(r[2] == "yes" for r in answered)
    assert sum(g.rows for g in found.groups) + found.unknown.rows == found.total == len(rows)
    for group in found.groups:
        rest = found.rest(group)
        assert rest.x + group.x == found.everyone[0]
        assert rest.n + group.n == found.everyone[1]
        assert group.label == SMALL_GROUPS or group.size >= below or not group.usable
    assert len({g.label for g in found.groups}) == len(found.groups)


@given(ROWS)
@settings(max_examples=30, deadline=None)
def test_crossed_groups_add_up_to_each_characteristic(rows):
    rows = [row for row in rows if row[0] is not None and row[1] is not None] or [("a", "x", "yes")]
    crossed = tally(rows, columns=("one", "two"))
    alone = {g.label: g for g in tally(rows).groups}

    for label, group in alone.items():
        parts = [g for g in crossed.groups if g.labels[0] == label]
        assert sum(p.x for p in parts) == group.x
        assert sum(p.n for p in parts) == group.n


def test_places_of_groups_are_those_of_their_cells():
    table = decided(
        [("a", "x", "yes"), ("b", "y", "no")],
        "one",
        "two",
        "says",
        one=labelled("ab"),
        two=labelled("xy"),
    )
    cube = cube_of(table, ("one", "two"))

    labels, places = group_places(cube, ("two",))

    assert labels == [("X",), ("Y",)]
    assert places.tolist() == cube.codes[:, 1].tolist()


@pytest.mark.parametrize("label", ["1", "1.0"])
def test_group_values_are_found_in_whatever_form_they_are_written(label):
    frame = pd.DataFrame({"one": ["1", "1.0"], "says": ["yes", "no"]})
    group = {"means": "group", "labels": {label: "One"}}
    table = role_table(frame, {"one": group, "says": PREDICTION})

    counted = count(cube_of(table, ("one",)), ("one",), SELECTION, pool_below=0)

    assert facts(counted) == {"One": (1, 2, ())}

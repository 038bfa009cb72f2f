"""One cube of counts: its marginals are those of the data, whatever it is counted together with."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects import PREDICTION, TRUTH
from rai_check.check import Missing
from rai_check.errors import DataError
from rai_check.fairness import METRICS, count, cube_of
from rai_check.project import Meaning
from role_tables import GROUP, decided, labelled, role_table

YES_NO = {"yes": 1, "no": 0}
OUTCOME = {"positive": ["yes"], "negative": ["no"]}
COLUMNS = {
    "one": labelled("ab"),
    "two": labelled("xyz"),
    "says": {**PREDICTION, **OUTCOME},
    "truth": {**TRUTH, **OUTCOME},
}
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", None]),
        st.sampled_from(["x", "y", "z", "", "zz"]),
        st.sampled_from(["yes", "no", "odd", None]),
        st.sampled_from(["yes", "no", None]),
    ),
    max_size=40,
)


def frame_of(rows):
    return pd.DataFrame(rows, columns=["one", "two", "says", "truth"], dtype="object")


def state(value):
    return YES_NO.get(value, 2)


@given(ROWS)
@settings(max_examples=40, deadline=None)
def test_marginals_are_those_of_a_cross_table(rows):
    frame = frame_of(rows)
    cube = cube_of(role_table(frame, COLUMNS), ("one", "two"))

    assert cube.total == len(rows)
    for column in ("one", "two"):
        place = cube.columns.index(column)
        for code, label in enumerate(cube.labels[place]):
            held = cube.counts[cube.codes[:, place] == code].sum(axis=0)
            value = "zz" if label.startswith("undeclared") else label.lower()
            ours = frame[frame[column] == value]
            expected = np.zeros((3, 3), dtype=np.int64)
            for says, truth in zip(ours["says"], ours["truth"], strict=True):
                expected[state(says), state(truth)] += 1
            assert (held == expected).all()
        unknown = int(cube.counts[cube.codes[:, place] < 0].sum())
        assert unknown == sum(value in {None, ""} for value in frame[column])


@given(ROWS)
@settings(max_examples=25, deadline=None)
def test_rates_do_not_depend_on_what_is_counted_together(rows):
    frame = frame_of(rows)
    alone = {name: spec for name, spec in COLUMNS.items() if name != "two"}
    joint, separate = (
        cube_of(role_table(frame, columns), ("one",)) for columns in (COLUMNS, alone)
    )

    assert joint.columns == ("one", "two")
    assert separate.columns == ("one",)
    for metric in METRICS.values():
        found = [count(cube, ("one",), metric, pool_below=3) for cube in (joint, separate)]
        facts = [
            [(g.labels, g.x, g.n, g.usable, g.rows, g.members) for g in (*one.groups, one.unknown)]
            for one in found
        ]
        assert facts[0] == facts[1]
        assert found[0].known == found[1].known
        assert found[0].total == found[1].total


@given(ROWS, st.integers(min_value=0, max_value=10**6))
@settings(max_examples=15, deadline=None)
def test_order_of_rows_changes_nothing(rows, seed):
    frame = frame_of(rows)
    shuffled = frame.sample(frac=1, random_state=seed % 2**32).reset_index(drop=True)

    first, second = (cube_of(role_table(f, COLUMNS), ("one", "two")) for f in (frame, shuffled))

    assert (first.codes == second.codes).all()
    assert (first.counts == second.counts).all()


def test_more_than_three_columns_are_counted_together_while_combinations_are_few():
    names = ("one", "two", "three", "four")
    rows = [(*"abab", "yes"), (*"baba", "no")]
    columns = dict.fromkeys(names, labelled("ab"))

    cube = cube_of(decided(rows, *names, "says", **columns), ("two",))

    assert cube.columns == ("four", "one", "three", "two")


def test_columns_with_very_many_values_are_counted_apart(monkeypatch):
    monkeypatch.setattr("rai_check.fairness.cube.MOST_CELLS", 80)  # 3 ** 4 combinations
    names = ("one", "two", "three", "four")
    rows = [(*"abab", "yes"), (*"baba", "no")] * 50  # and more rows than that
    table = decided(rows, *names, "says", **dict.fromkeys(names, labelled("ab")))

    assert cube_of(table, ("two",)).columns == ("two",)
    assert cube_of(table, ("two", "one")).columns == ("one", "two")


def test_cube_is_counted_once():
    table = decided([("a", "yes"), ("b", "no")], "one", "says", one=labelled("ab"))

    assert cube_of(table, ("one",)) is cube_of(table, ("one",))


def test_cube_by_todays_decision_is_another():
    columns = {"one": labelled("ab"), "now": {"means": "today", "positive": ["yes"]}}
    rows = [("a", "yes", "no"), ("b", "no", "yes"), ("b", "yes", None)]
    table = decided(rows, "one", "says", "now", **columns)

    cube = cube_of(table, ("one",), truth=Meaning.TODAY)

    # prediction by today: a (yes, no); b (no, yes) and (yes, not known)
    assert cube.counts.sum(axis=0).tolist() == [[0, 1, 0], [1, 0, 1], [0, 0, 0]]
    assert cube_of(table, ("one",)).counts.sum(axis=0).tolist() == [[0, 0, 1], [0, 0, 2], [0, 0, 0]]


def test_table_without_a_row_has_no_cell():
    table = decided([], "one", "two", "says", one=labelled("ab"), two=labelled("xy"))

    cube = cube_of(table, ("one",))

    assert cube.total == 0
    assert len(cube.codes) == 0


def test_rows_without_a_unit_are_not_known_where_others_repeat_theirs():
    rows = [("a", "yes", "1"), ("a", "no", "1"), ("a", "yes", None), ("b", "no", "2")]
    table = decided(rows, "one", "says", "who", one=labelled("ab"), who={"means": "unit"})

    cube = cube_of(table, ("one",))

    assert cube.unit is not None
    assert cube.counts.sum(axis=0)[:2].sum() == 3
    assert cube.counts.sum(axis=0)[2, 2] == 1


def test_units_that_never_repeat_leave_rows_as_they_are():
    rows = [("a", "yes", "1"), ("b", "no", "2")]
    table = decided(rows, "one", "says", "who", one=labelled("ab"), who={"means": "unit"})

    assert cube_of(table, ("one",)).unit is None


def test_weights_are_summed_with_their_squares():
    rows = [("a", "yes", "1.5"), ("a", "yes", "2"), ("b", "no", "0.25")]
    table = decided(rows, "one", "says", "w", one=labelled("ab"), w={"means": "weight"})

    cube = cube_of(table, ("one",))

    # a: 1.5 + 2 = 3.5 and 2.25 + 4 = 6.25; b: 0.25 and 0.0625
    assert cube.weights is not None
    assert cube.squares is not None
    assert cube.weights.sum(axis=(1, 2)).tolist() == [3.5, 0.25]
    assert cube.squares.sum(axis=(1, 2)).tolist() == [6.25, 0.0625]


def test_rows_that_stand_for_many_count_as_many():
    frame = pd.DataFrame({"one": ["a", "a", "b"], "says": ["yes", "no", "yes"], "n": [30, 70, 5]})
    columns = {"one": labelled("ab"), "says": PREDICTION, "n": {"means": "count"}}

    counted = count(
        cube_of(role_table(frame, columns), ("one",)), ("one",), METRICS["selection"], pool_below=0
    )

    assert [(g.label, g.x, g.n) for g in counted.groups] == [("A", 30, 100), ("B", 5, 5)]


def test_strata_have_numbers_unless_the_project_names_them():
    stratum = {"means": "stratum", "labels": {"k": "stratum 1"}, "not_known": ["-"]}
    rows = [("a", v, "yes") for v in ("k", "zebra", "apple", "-", None)]
    table = decided(rows, "one", "kind", "says", one=labelled("ab"), kind=stratum)

    cube = cube_of(table, ("one", "kind"))

    # "stratum 1" is taken by the project, so the others go on from 2 in the order of their values
    assert cube.labels[cube.columns.index("kind")] == ("stratum 1", "stratum 2", "stratum 3")
    assert (cube.codes[:, cube.columns.index("kind")] < 0).sum() == 1
    assert "zebra" not in repr(cube.labels)


def test_strata_may_be_very_many():
    rows = [("a", f"v{i}", "yes") for i in range(100)]
    table = decided(rows, "one", "kind", "says", one=labelled("ab"), kind={"means": "stratum"})

    assert len(cube_of(table, ("one", "kind")).labels[0]) == 100


def test_column_with_too_many_undeclared_values_spoils_itself_alone():
    rows = [("a", f"v{i}", "yes") for i in range(60)]
    table = decided(rows, "one", "two", "says", one=labelled("ab"), two=GROUP)

    cube = cube_of(table, ("one",))

    assert cube.grouping("one").promised == ("A", "B")
    with pytest.raises(Missing, match="more than 40 values"):
        cube.grouping("two")


def test_column_that_is_no_group_is_missing_evidence():
    table = decided([("a", "yes")], "one", "says", one=labelled("ab"))

    with pytest.raises(Missing, match="not declared as a group"):
        cube_of(table, ("says",))


def test_declared_column_that_is_not_in_the_file_is_an_error():
    frame = pd.DataFrame({"gruop": ["a"], "says": ["yes"]})
    table = role_table(frame, {"group": labelled("ab"), "says": PREDICTION})

    with pytest.raises(DataError, match="gruop"):
        cube_of(table, ("group",))


@pytest.mark.slow
def test_a_hundred_thousand_labels_are_counted():
    size = 100_000
    frame = pd.DataFrame(
        {"one": [f"v{i}" for i in range(size)], "says": ["yes", "no"] * (size // 2)}
    )
    labels = {f"v{i}": f"L{i}" for i in range(size)}
    table = role_table(frame, {"one": {**GROUP, "labels": labels}, "says": PREDICTION})

    counted = count(cube_of(table, ("one",)), ("one",), METRICS["selection"], pool_below=10)

    assert len(counted.groups) == 1
    assert (counted.groups[0].n, counted.groups[0].x) == (size, size // 2)

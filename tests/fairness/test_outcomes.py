"""From values to yes, no and not known: text forms, thresholds, what does not fit."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects import PREDICTION
from rai_check.fairness import METRICS, count, cube_of
from rai_check.fairness.cube import Threshold
from role_tables import decided, labelled, role_table

ONE = labelled("a")


def states(values, spec):
    """(no, yes, not known) of a prediction column, and what does not fit."""
    frame = pd.DataFrame({"one": "a", "says": values})
    cube = cube_of(role_table(frame, {"one": ONE, "says": {**PREDICTION, **spec}}), ("one",))
    return tuple(cube.counts.sum(axis=(0, 2)).tolist()), cube.prediction and cube.prediction.code


@pytest.mark.parametrize(
    "values",
    [
        [1, 0, 1],
        [1.0, 0.0, 1.0],
        [True, False, True],
        ["1", "0", "1"],
        ["1.0", "0.0", " 1 "],
        ["true", "FALSE", "True"],
    ],
)
@pytest.mark.parametrize(("positive", "negative"), [("1", "0"), ("1.0", "0.00"), ("True", "false")])
def test_a_declared_value_is_found_in_whatever_form_it_is_written(values, positive, negative):
    words = isinstance(values[0], bool) or str(values[0]).lower() == "true"
    if words != (positive == "True"):
        assert states(values, {"positive": [positive], "negative": [negative]})[1] == "no_positive"
        return

    assert states(values, {"positive": [positive], "negative": [negative]}) == ((1, 2, 0), None)


def test_not_known_values_are_found_in_whatever_form_they_are_written():
    spec = {"positive": ["1"], "not_known": ["9.0"]}

    assert states(["1", "0", "9", "9.00", None, ""], spec) == ((1, 1, 4), None)


def test_value_that_is_neither_positive_nor_negative_is_not_known():
    spec = {"positive": ["yes"], "negative": ["no"]}

    assert states(["yes", "no", "pending", "YES"], spec) == ((1, 1, 2), None)


def test_several_values_besides_the_positive_need_a_word():
    assert states(["yes", "no", "pending"], {"positive": ["yes"]})[1] == "undeclared_values"
    assert (
        states(["yes", "no", "pending"], {"positive": ["yes"], "not_known": ["pending"]})[1] is None
    )


def test_nothing_positive_is_a_mistake_only_where_something_is_known():
    assert states(["no", "no"], {"positive": ["yes"]})[1] == "no_positive"
    assert states([None, None], {"positive": ["yes"]})[1] is None


def score(values, at_least, not_known=()):
    spec = {"means": "prediction", "at_least": at_least, "positive_is": "favourable"}
    frame = pd.DataFrame({"one": "a", "says": values})
    columns = {"one": ONE, "says": {**spec, "not_known": list(not_known)}}
    return cube_of(role_table(frame, columns), ("one",)).counts.sum(axis=(0, 2)).tolist()


def test_threshold_itself_is_positive():
    assert score(["0.5", "0.4999999", "0.5000001", "-1"], 0.5) == [2, 2, 0]


def test_text_blank_and_infinite_scores_are_not_known():
    assert score(["0.7", "high", "", None, "nan", "inf", "-inf"], 0.5) == [0, 1, 6]


@pytest.mark.parametrize("code", ["999", "999.0", "9.99e2"])
def test_number_declared_as_not_known_is_no_score(code):
    assert score(["999", "998.999", "1000", "10"], 50, [code]) == [1, 2, 1]


@pytest.mark.parametrize("at_least", [0.0, 1.0, -1.0])
def test_zero_can_be_declared_as_not_known(at_least):
    values = ["0", "1", "-1", "5e-324", "0.5"]
    kept = [float(v) for v in values if v != "0"]
    yes = sum(v >= at_least for v in kept)

    assert score(values, at_least, ["0"]) == [4 - yes, yes, 1]


def test_the_threshold_itself_can_be_declared_as_not_known():
    assert score(["0.5", "0.6", "0.4"], 0.5, ["0.5"]) == [1, 1, 1]


NUMBERS = st.one_of(
    st.sampled_from([0.0, -0.0, 0.5, 1.0, 999.0, -1.0, 1e-300]),
    st.floats(min_value=-1e6, max_value=1e6, allow_nan=False),
)


@given(
    st.lists(NUMBERS, min_size=1, max_size=20),
    NUMBERS,
    st.lists(st.sampled_from([0.0, 0.5, 1.0, 999.0, -1.0]), max_size=3),
)
@settings(max_examples=60, deadline=None)
def test_states_of_scores_are_those_of_comparing_each(values, at_least, codes):
    known = [v for v in values if v not in codes]
    yes = sum(v >= at_least for v in known)

    found = score(values, at_least, [repr(code) for code in codes])

    assert found == [len(known) - yes, yes, len(values) - len(known)]


def test_number_held_against_a_threshold_that_nobody_reaches_is_an_answer():
    table = decided([("a", "1"), ("a", "2")], "one", "wait", one=ONE, wait={"means": "wait"})

    cube = cube_of(table, ("one",), prediction=Threshold("wait", math.nextafter(5, math.inf)))

    counted = count(cube, ("one",), METRICS["selection"], pool_below=0)
    assert cube.prediction is None
    assert (counted.groups[0].x, counted.groups[0].n) == (0, 2)

"""Linearised variances: binomial where rows stand alone, cluster-robust where they do not."""

import math

import numpy as np
import pandas as pd
import pytest
from statsmodels.api import WLS

from projects import PREDICTION
from rai_check.fairness import METRICS, cube_of
from rai_check.fairness.linear import Scored, correlation, covariance, scored_rate, sizes
from rai_check.fairness.today import TODAY, TOOL
from rai_check.project import Meaning
from role_tables import labelled, role_table

SELECTION = METRICS["selection"]
COLUMNS = {"one": labelled("ab"), "says": {**PREDICTION, "positive": ["1"]}}
NOW = {"now": {"means": "today", "positive": ["1"]}}
UNIT, WEIGHT = {"who": {"means": "unit"}}, {"w": {"means": "weight"}}


def cube(frame, *, truth=Meaning.TRUTH, **more):
    return cube_of(role_table(pd.DataFrame(frame), {**COLUMNS, **more}), ("one",), truth=truth)


def cells(held, label):
    place = held.columns.index("one")
    return np.flatnonzero(held.codes[:, place] == held.labels[place].index(label)).tolist()


def test_rows_that_stand_alone_have_the_variance_of_a_proportion():
    held = cube({"one": ["a"] * 50 + ["b"] * 10, "says": ["1"] * 20 + ["0"] * 30 + ["1"] * 10})

    rate = scored_rate(held, cells(held, "A"), SELECTION)

    # 0.4 x 0.6 / 49: with n - 1, as a sample variance has
    assert rate.value == 0.4
    assert covariance(held, rate)[0, 0] == pytest.approx(0.4 * 0.6 / 49)
    assert sizes(held, cells(held, "A"), SELECTION) == 50


def test_two_answers_on_the_same_cases_covary():
    # both 8, tool only 4, today only 2, neither 6: cov = (8/20 - 12/20 x 10/20) / 19
    says = ["1"] * 8 + ["1"] * 4 + ["0"] * 2 + ["0"] * 6
    now = ["1"] * 8 + ["0"] * 4 + ["1"] * 2 + ["0"] * 6
    held = cube({"one": ["a"] * 20, "says": says, "now": now}, truth=Meaning.TODAY, **NOW)

    tool, today = (scored_rate(held, cells(held, "A"), m) for m in (TOOL, TODAY))

    matrix = covariance(held, tool, today)
    assert matrix[0, 1] == pytest.approx((8 / 20 - 0.6 * 0.5) / 19)
    assert correlation(matrix) == pytest.approx(0.1 / math.sqrt(0.6 * 0.4 * 0.5 * 0.5))


@pytest.mark.parametrize("weighted", [False, True])
def test_log_ratio_has_the_variance_of_a_cluster_robust_regression(weighted):
    rng = np.random.default_rng(5)
    who = rng.integers(0, 50, 400)
    one = rng.choice(["a", "b"], 400, p=[0.4, 0.6])
    says = (rng.random(400) < np.where(who < 25, 0.7, 0.3)).astype(int)
    weights = rng.integers(1, 30, 400) / 4 if weighted else np.ones(400)
    frame = {"one": one, "says": says.astype(str), "who": who, "w": weights}
    if not weighted:
        frame.pop("w")
    held = cube(frame, **(UNIT | WEIGHT if weighted else UNIT))
    sides = np.column_stack([one == "a", one == "b"]).astype(float)
    fitted = WLS(says, sides, weights=weights).fit(
        cov_type="cluster", cov_kwds={"groups": who, "use_correction": False}
    )
    # factor units / (units - 1) on each side, then the delta method
    units = [len(set(who[one == side])) for side in "ab"]
    factor = np.sqrt([u / (u - 1) for u in units])
    matrix = fitted.cov_params() * np.outer(factor, factor)
    slope = np.array([1, -1]) / fitted.params

    a, b = (scored_rate(held, cells(held, label), SELECTION) for label in "AB")
    found = a.log().minus(b.log())

    assert found.value == pytest.approx(math.log(fitted.params[0] / fitted.params[1]))
    assert covariance(held, found)[0, 0] == pytest.approx(slope @ matrix @ slope)
    assert sizes(held, cells(held, "A"), SELECTION) == units[0]


def test_weights_without_units_are_independent_rows():
    # rate (3 + 1) / 6; residuals 1/3 for the picked, -2/3 for the others, over 6
    frame = {"one": ["a"] * 4, "says": ["1", "1", "0", "0"], "w": ["3", "1", "1", "1"]}
    held = cube(frame, **WEIGHT)

    found = scored_rate(held, cells(held, "A"), SELECTION)

    expected = ((9 + 1) * (1 / 3) ** 2 + 2 * (2 / 3) ** 2) / 36 * 4 / 3
    assert found.value == pytest.approx(2 / 3)
    assert covariance(held, found)[0, 0] == pytest.approx(expected)


def test_estimates_are_added_and_scaled_with_their_scores():
    one = Scored(value=0.5, scores=np.ones((1, 3, 3)))
    two = Scored(value=0.2, scores=np.full((1, 3, 3), 3.0))

    found = one.plus(two).times(2).minus(one)

    assert found.value == pytest.approx(0.9)
    assert found.scores[0, 0, 0] == pytest.approx(7)


def test_what_does_not_vary_correlates_with_nothing():
    assert correlation(np.array([[0.0, 0.0], [0.0, 2.0]])) == 0.0

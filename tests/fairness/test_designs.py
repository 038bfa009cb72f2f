"""What repeated units and weights do: by hand, and against survey statistics."""

import math
from dataclasses import asdict

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.api import WLS

from projects import PREDICTION
from rai_check.fairness import METRICS, count, cube_of
from rai_check.fairness.designs import Designer
from rai_check.measurement import Design
from role_tables import labelled, role_table

SELECTION = METRICS["selection"]
COLUMNS = {"one": labelled("abc"), "says": {**PREDICTION, "positive": ["1"]}}
UNIT, WEIGHT = {"who": {"means": "unit"}}, {"w": {"means": "weight"}}


def designed(frame, **more):
    cube = cube_of(role_table(pd.DataFrame(frame), {**COLUMNS, **more}), ("one",))
    counted = count(cube, ("one",), SELECTION, pool_below=0)
    return Designer(cube=cube, counted=counted), counted


def by_label(counted):
    return {g.label: g for g in counted.groups}


def robust(frame, weights):
    """Covariance of the two rates by a weighted regression with cluster-robust variances."""
    sides = np.column_stack([frame["one"] == "a", frame["one"] != "a"]).astype(float)
    found = WLS(frame["says"].astype(float), sides, weights=weights).fit(
        cov_type="cluster", cov_kwds={"groups": frame["who"], "use_correction": False}
    )
    return found.params.to_numpy(), np.asarray(found.cov_params())


def test_rows_that_stand_alone_have_no_design():
    designer, counted = designed({"one": ["a", "b"], "says": ["1", "0"]})
    a, b, _ = counted.groups

    assert not designer.designed
    assert designer.of(a, counted.rest(a)) is None
    assert designer.of(a, b) is None
    assert designer.own(a) == (1.0, None)


def test_rows_wholly_alike_within_units_are_worth_their_units():
    # 20 units of 5 rows on each side, half of them all yes: as good as 20 rows a side
    frame = {
        "one": ["a"] * 100 + ["b"] * 100,
        "who": [str(i // 5) for i in range(200)],
        "says": [str(i // 5 % 2) for i in range(200)],
    }
    designer, counted = designed(frame, **UNIT)
    groups = by_label(counted)

    found = designer.of(groups["A"], counted.rest(groups["A"]))

    # variance of 20 units of rate 0 or 1: 20/19 x 0.25/20, so 0.25 / that = 19 rows
    expected = Design(rate=0.5, rate0=0.5, effective=19.0, effective0=19.0, units=20, units0=20)
    assert asdict(found) == pytest.approx(asdict(expected))


def test_units_on_both_sides_correlate_the_two_rates():
    # each of 12 people has one row in each group, both rows alike
    says = ["1", "0", "1", "1", "0", "0", "1", "0", "1", "0", "0", "1"]
    frame = {
        "one": ["a"] * 12 + ["b"] * 12,
        "who": [str(i) for i in range(12)] * 2,
        "says": says * 2,
    }
    designer, counted = designed(frame, **UNIT)
    groups = by_label(counted)

    assert designer.of(groups["A"], groups["B"]).correlation == pytest.approx(1)


@pytest.mark.parametrize("weighted", [False, True])
def test_design_is_that_of_a_cluster_robust_regression(weighted):
    rng = np.random.default_rng(3)
    who = rng.integers(0, 60, 700)
    one = np.where(rng.random(700) < 0.3, "a", np.where(rng.random(700) < 0.5, "b", "c"))
    leaning = rng.random(60) < 0.5
    says = (rng.random(700) < np.where(leaning[who], 0.7, 0.2)).astype(int)
    weights = rng.integers(1, 40, 700) / 8
    frame = pd.DataFrame({"one": one, "who": who, "says": says.astype(str), "w": weights})
    more = {**UNIT, **WEIGHT} if weighted else UNIT
    designer, counted = designed(frame if weighted else frame.drop(columns="w"), **more)
    a = by_label(counted)["A"]

    found = designer.of(a, counted.rest(a))

    rates, matrix = robust(frame, weights if weighted else np.ones(700))
    units = [frame.loc[(frame["one"] == "a") == side, "who"].nunique() for side in (True, False)]
    assert (found.rate, found.rate0) == pytest.approx(tuple(rates))
    for rate, effective, variance, u in zip(
        rates, (found.effective, found.effective0), np.diag(matrix), units, strict=True
    ):
        assert rate * (1 - rate) / effective == pytest.approx(variance * u / (u - 1), rel=1e-9)
    correlation = matrix[0, 1] / math.sqrt(matrix[0, 0] * matrix[1, 1])
    assert found.correlation == pytest.approx(correlation, rel=1e-9)
    sums = frame.assign(w=weights if weighted else 1.0).groupby([frame["one"] == "a", "who"])["w"]
    alike = [int(n.sum() ** 2 / (n**2).sum()) for _, n in sums.sum().groupby(level=0)]
    assert (found.units0, found.units, found.weighted) == (*alike, weighted)


def test_equal_weights_change_no_rate_and_next_to_nothing_else():
    says = ["1"] * 30 + ["0"] * 70
    frame = {"one": ["a"] * 100 + ["b"] * 100, "says": says * 2, "w": ["2.5"] * 200}
    designer, counted = designed(frame, **WEIGHT)
    a = by_label(counted)["A"]

    found = designer.of(a, counted.rest(a))

    # 0.3 x 0.7 x 100/99 / 100: the variance of a mean with n - 1
    assert (found.rate, found.effective) == (pytest.approx(0.3), pytest.approx(99))
    assert found.units == 100
    assert found.weighted


def test_weights_are_those_of_the_rows():
    # a: yes 3, yes 1, no 1, no 1 -> rate 4/6; Kish 36 / 12 = 3
    frame = {
        "one": ["a"] * 4 + ["b"],
        "says": ["1", "1", "0", "0", "1"],
        "w": ["3", "1", "1", "1", "1"],
    }
    designer, counted = designed(frame, **WEIGHT)
    groups = by_label(counted)

    rate, effective = designer.own(groups["A"])

    # spread: (9 + 1)(1/3)^2 + 2 (2/3)^2 = 2, over 36, times 4/3: 0.0741; (2/9) / 0.0741 = 3.0
    assert rate == pytest.approx(4 / 6)
    assert effective == pytest.approx(3)
    assert designer.own(groups["B"]) == (1.0, 1.0)


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.integers(0, 1), st.integers(0, 6), st.integers(1, 9)),
        min_size=4,
        max_size=40,
    ),
    st.booleans(),
    st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_effective_sizes_never_pass_the_rows(rows, unit, weight):
    rows = [*rows, ("a", 1, 0, 1), ("b", 0, 1, 1)]
    frame = pd.DataFrame(rows, columns=["one", "says", "who", "w"])
    more = {**(UNIT if unit else {}), **(WEIGHT if weight else {})}
    designer, counted = designed(frame[["one", "says", *more]], **more)

    for group in counted.groups:
        rest = counted.rest(group)
        if not group.n or not rest.n:
            continue
        found, (rate, effective) = designer.of(group, rest), designer.own(group)
        if not designer.designed:
            assert found is None
            continue
        assert 0 < found.effective <= group.n + 1e-6
        assert 0 < found.effective0 <= rest.n + 1e-6
        assert rate == pytest.approx(found.rate)
        assert effective == pytest.approx(found.effective)
        if not weight:
            assert found.rate == pytest.approx(group.x / group.n)
            assert found.rate0 == pytest.approx(rest.x / rest.n)


def test_units_that_differ_in_size_count_as_those_that_would_count_alike():
    # one unit of 91 rows and nine of 1 in each group: (100)^2 / (91^2 + 9) = 10,000 / 8,290 = 1.2
    rows = [(g, int(i % 2), f"{g}{0 if i < 91 else i}") for g in "ab" for i in range(100)]
    frame = pd.DataFrame(rows, columns=["one", "says", "who"])
    designer, counted = designed(frame, **UNIT)

    found = designer.of(counted.groups[0], counted.rest(counted.groups[0]))

    assert (found.units, found.units0) == (1, 1)

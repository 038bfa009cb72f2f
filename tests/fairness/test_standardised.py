"""Rates standardised over strata: Mantel and Haenszel's, with variances that hold."""

import numpy as np
import pandas as pd
import pytest

from projects import PREDICTION
from rai_check.fairness import METRICS, count, cube_of
from rai_check.fairness.designs import Designer
from rai_check.fairness.standardised import standardised
from rai_check.fairness.tally import group_places
from rai_check.stats.strata import common_effect
from role_tables import labelled, role_table

SELECTION = METRICS["selection"]
COLUMNS = {
    "one": labelled("ab"),
    "kind": {"means": "stratum"},
    "says": {**PREDICTION, "positive": ["1"]},
}
UNIT, WEIGHT = {"who": {"means": "unit"}}, {"w": {"means": "weight"}}


def design(frame, **more):
    frame = pd.DataFrame(frame)
    cube = cube_of(role_table(frame[[*COLUMNS, *more]], {**COLUMNS, **more}), ("one", "kind"))
    counted = count(cube, ("one",), SELECTION, pool_below=0)
    a, b = (next(g for g in counted.groups if g.label == label) for label in "AB")
    strata = group_places(cube, ("kind",))[1]
    return standardised(cube, SELECTION, strata, a.cells, b.cells), cube, counted


def made(rng, *, people=60, each=5, strata=3, ratio=1.0, spread=0.3):
    """Rows of people who lean one way, in strata of different rates and mixes."""
    who = np.repeat(np.arange(people), each)
    one = np.where(who < people // 3, "a", "b")
    rate = rng.beta(*_beta(0.5, spread), people) if spread else np.full(people, 0.5)
    mix = np.where(one == "a", 0.7, 0.4)
    kind = rng.binomial(strata - 1, mix)
    p = np.clip(rate[who] * (0.4 + 0.5 * kind / (strata - 1)), 0, 1)
    says = rng.random(len(who)) < np.where(one == "a", p * ratio, p)
    return pd.DataFrame(
        {"one": one, "kind": kind.astype(str), "says": says.astype(int), "who": who}
    )


def _beta(mean, correlation):
    total = 1 / correlation - 1
    return mean * total, (1 - mean) * total


def tables(frame):
    kinds = sorted(frame["kind"].unique())
    sums = [
        [frame[(frame["kind"] == k) & (frame["one"] == side)]["says"] for k in kinds]
        for side in "ab"
    ]
    x, n = ([int(s.sum()) for s in sums[0]], [len(s) for s in sums[0]])
    return x, n, [int(s.sum()) for s in sums[1]], [len(s) for s in sums[1]]


def test_ratio_and_difference_are_those_of_mantel_and_haenszel():
    frame = made(np.random.default_rng(1))

    found, _, _ = design(frame, **UNIT)

    counts = tables(frame)
    ratio = common_effect(*counts, effect="ratio").value
    assert found.rate / found.rate0 == pytest.approx(ratio)
    difference = common_effect(*counts, effect="difference").value
    assert found.rate - found.rate0 == pytest.approx(difference)
    assert (found.units, found.units0) == (20, 40)


def test_one_stratum_is_the_comparison_without_strata():
    frame = made(np.random.default_rng(2)).assign(kind="same")

    found, cube, counted = design(frame, **UNIT)

    plain = Designer(cube=cube, counted=counted).of(counted.groups[0], counted.groups[1])
    assert found.rate == pytest.approx(plain.rate)
    assert found.effective == pytest.approx(plain.effective)
    assert found.effective0 == pytest.approx(plain.effective0)


def test_strata_that_explain_the_outcome_make_it_surer():
    # within strata everybody is alike but for 5 in 100, between them all the difference lies
    rng = np.random.default_rng(3)
    kind = rng.integers(0, 2, 400)
    says = np.where(rng.random(400) < 0.95, kind, 1 - kind)
    one = rng.choice(["a", "b"], 400)
    frame = pd.DataFrame(
        {"one": one, "kind": kind.astype(str), "says": says, "who": np.arange(400) // 2}
    )

    found, cube, counted = design(frame, **UNIT)

    plain = Designer(cube=cube, counted=counted).of(counted.groups[0], counted.groups[1])
    assert found.effective > 2 * plain.effective


def test_lone_unit_of_a_stratum_does_not_make_it_certain():
    frame = {
        "one": ["a"] * 20 + ["b"] * 20,
        "kind": [str(i) for i in range(20)] * 2,
        "says": [i % 2 for i in range(40)],
        "who": [i // 4 for i in range(40)],
    }

    found, _, _ = design(frame, **UNIT)

    assert 1 <= found.effective <= 20


def test_rates_of_nought_are_worth_the_units_wholly_alike():
    frame = {
        "one": ["a"] * 20 + ["b"] * 20, "kind": ["k"] * 40, "says": [0] * 40,
        "who": [i // 4 for i in range(40)],
    }  # fmt: skip

    found, _, _ = design(frame, **UNIT)

    # five units of four rows a side, none picked: as good as five rows
    assert (found.rate, found.effective) == (0, pytest.approx(5))


def test_weights_standardise_too():
    # equal weights: the same as without, but for being called weighted
    frame = made(np.random.default_rng(4), spread=0).assign(w="2")

    weighted, _, _ = design(frame, **WEIGHT)

    ratio = common_effect(*tables(frame), effect="ratio").value
    assert weighted.rate / weighted.rate0 == pytest.approx(ratio)
    assert weighted.effective == pytest.approx(100, rel=0.15)  # 100 rows of the group
    assert weighted.correlation == 0


def test_no_stratum_in_common_has_no_design():
    frame = {
        "one": ["a", "a", "b", "b"],
        "kind": ["1", "1", "2", "2"],
        "says": [1, 0] * 2,
        "who": [1, 1, 2, 2],
    }

    assert design(frame, **UNIT)[0] is None


@pytest.mark.slow
def test_interval_of_the_ratio_holds_the_truth_where_people_repeat():
    from rai_check.stats.weighted import design_interval

    rng, runs, held = np.random.default_rng(9), 300, 0
    for _ in range(runs):
        found, _, _ = design(made(rng, people=120, ratio=0.8), **UNIT)
        shown = design_interval(
            found.rate, found.effective, found.rate0, found.effective0,
            correlation=found.correlation, df=min(found.units, found.units0) - 1, effect="ratio",
        )  # fmt: skip
        held += shown.low <= 0.8 <= shown.high

    assert held / runs > 0.92  # nominal 95%, one standard error 1.3%

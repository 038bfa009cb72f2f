"""Standard errors from resamples, and how often tests that rest on them err."""

import math
from types import SimpleNamespace

import numpy as np
import pytest

from rai_check.measurement import Estimate, Undefined
from rai_check.metric_frames.catalogue import NAMED
from rai_check.metric_frames.formulas import Outcomes
from rai_check.metric_frames.named import belongs
from rai_check.metric_frames.resampled import added, resampled
from rai_check.metric_frames.spread import of_one, of_two
from rai_check.stats.estimate import estimate_p

SIMULATED = (
    "accuracy_score", "balanced_accuracy_score", "precision_score", "recall_score", "f1_score",
    "jaccard_score", "matthews_corrcoef", "cohen_kappa_score",
)  # fmt: skip
LABELS = Outcomes(truth=np.array([0.0, 1, 0, 1]), said=np.array([0.0, 0, 1, 1]))


def draws(*spreads, n=4000):
    """Columns whose standard deviations are exactly these, unrelated."""
    found = np.random.default_rng(1).standard_normal((n, len(spreads)))
    found -= found.mean(axis=0)
    found = np.linalg.qr(found)[0] * math.sqrt(n - 1)
    return found * np.array(spreads)


def test_one_side_has_its_own_spread():
    assert of_one(0.5, draws(0.2)[:, 0], 41).se == pytest.approx(0.2)
    assert of_one(0.5, draws(0.2)[:, 0], 41).df == 40


def test_each_side_is_spread_at_least_as_the_other_would_be_at_its_size():
    # 0.1 among 25 is 0.05 among 100: more than that side's own 0.03; 0.03 there is 0.06 here
    found = of_two(0.0, draws(0.1, 0.03), (25, 100), related=False)

    assert found.se == pytest.approx(math.hypot(0.1, 0.05))
    assert found.df == 24


def test_sides_that_move_together_keep_their_covariance():
    one, other = draws(0.1, 0.001).T

    found = of_two(0.2, np.column_stack([one, one + other]), (50, 50), related=True)

    assert found.se == pytest.approx(0.001, rel=0.01)


def test_draws_without_a_value_are_left_out_until_they_are_too_many():
    few, many = draws(0.1, 0.1), draws(0.1, 0.1)
    few[:100, 0], many[:400, 0] = np.nan, np.nan

    assert isinstance(of_two(0.0, few, (50, 50), related=False), Estimate)
    assert isinstance(of_two(0.0, many, (50, 50), related=False), Undefined)
    assert isinstance(of_one(0.0, many[:, 0], 50), Undefined)


def test_draws_that_never_move_say_nothing_of_chance():
    still = np.full((300, 2), 0.25)

    assert of_two(0.0, still, (50, 50), related=False).code == "too_few"
    assert of_one(0.0, still[:, 0], 50).code == "too_few"


def test_rank_metrics_get_one_row_of_either_class_at_the_wrong_end():
    at = Outcomes(truth=np.repeat([0.0, 1.0], 3), said=np.tile([0.1, 0.5, 0.9], 2))
    # held: not in need at 0.1, in need at 0.5; nothing at 0.9
    counts = np.array([[4.0, 0, 0, 0, 3, 0]])

    assert added(counts, "ranks", at.said, at.truth).tolist() == [[0, 1, 0, 1, 0, 0]]
    assert added(counts, "means", at.said, at.truth).tolist() == [[0] * 6]
    assert added(counts, "labels", at.said, at.truth).tolist() == [[1] * 6]


def tables(counts):
    return SimpleNamespace(
        counts=counts, weights=counts, squares=None, repeated=None, at=LABELS, known=len(counts)
    )


def test_rest_is_everyone_but_the_group():
    counts = np.array([[40.0, 5, 9, 30], [60, 2, 3, 20], [33, 11, 4, 17]])

    found = resampled(tables(counts), NAMED["accuracy_score"], times=3000, seed="s")

    rest = counts.sum(axis=0) - counts
    accuracy = NAMED["accuracy_score"].value
    np.testing.assert_allclose(found.own.mean(axis=0), accuracy(counts + 1, LABELS), atol=0.005)
    np.testing.assert_allclose(found.rest.mean(axis=0), accuracy(rest + 2, LABELS), atol=0.005)


def test_group_with_nobody_is_drawn_as_nobody():
    counts = np.array([[40.0, 5, 9, 30], [0, 0, 0, 0], [33, 11, 4, 17]])
    named = NAMED["log_loss"]
    at = Outcomes(truth=LABELS.truth, said=np.array([0.1, 0.1, 0.9, 0.9]))
    table = tables(counts)
    table.at = at

    found = resampled(table, named, times=200, seed="s")

    assert np.isnan(found.own[:, 1]).all()
    assert np.isfinite(found.own[:, [0, 2]]).all()


def shares(base, tpr, fpr):
    return np.array([(1 - base) * (1 - fpr), base * (1 - tpr), (1 - base) * fpr, base * tpr])


def rates_of_error(name, group, rest, *, size, bound, repetitions=1500):
    """How often the difference is found above, and below, a bound at which it truly is.

    And how often its 95% interval holds it. The rest has ten times the people.
    """
    named, generator = NAMED[name], np.random.default_rng(20)
    found = []
    for i in range(repetitions):
        counts = np.stack(
            [generator.multinomial(size, group), generator.multinomial(10 * size, rest)]
        ).astype(float)
        least = [min(counts[s, belongs(a, LABELS)].sum() for a in named.among) for s in (0, 1)]
        if min(least) < named.least:
            continue
        values = named.value(counts, LABELS)
        drawn = resampled(tables(counts), named, times=250, seed=str(i)).own
        e = of_two(float(values[0] - values[1]), drawn, tuple(least), related=False)
        p = [
            estimate_p(e.value, e.se, df=e.df, link=e.link, bound=bound, side=s)
            for s in ("above", "below")
        ]
        found.append([p[0] < 0.05, p[1] < 0.05, min(p) >= 0.025])
    assert len(found) > 100
    return np.mean(found, axis=0)


@pytest.mark.slow
@pytest.mark.parametrize("size", [30, 60, 300])
@pytest.mark.parametrize("name", SIMULATED)
@pytest.mark.parametrize("rates", [(0.5, 0.7, 0.3), (0.3, 0.9, 0.05), (0.3, 0.98, 0.02)])
def test_alike_groups_are_told_apart_in_about_one_of_twenty_and_intervals_hold(name, size, rates):
    alike = shares(*rates)

    above, below, held = rates_of_error(name, alike, alike, size=size, bound=0.0)

    assert max(above, below) <= 0.055
    assert held >= 0.95


@pytest.mark.slow
@pytest.mark.parametrize("size", [60, 200, 800])
def test_group_exactly_at_the_limit_is_placed_wrongly_in_at_most_seven_of_a_hundred(size):
    # balanced accuracy 0.75 against 0.85, and another base rate: the difference is -0.10
    group, rest = shares(0.5, 0.7, 0.2), shares(0.25, 0.8, 0.1)

    above, below, _ = rates_of_error("balanced_accuracy_score", group, rest, size=size, bound=-0.10)

    assert max(above, below) <= 0.07

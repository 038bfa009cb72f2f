import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from rai_check.stats.auc import LEAST_EACH, Auc, auc, auc_alone, auc_difference, auc_interval
from rai_check.stats.estimate import estimate_p

HISTOGRAMS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=12)


def rows(positives, negatives) -> tuple[np.ndarray, np.ndarray]:
    bins = np.arange(len(positives))
    return np.repeat(bins, positives), np.repeat(bins, negatives)


def brute_force(positives, negatives) -> tuple[float, float]:
    """DeLong from its definition: every pair, then the placement of every case."""
    hits, misses = rows(positives, negatives)
    pairs = (hits[:, None] > misses) + (hits[:, None] == misses) / 2.0
    variance = pairs.mean(1).var(ddof=1) / hits.size + pairs.mean(0).var(ddof=1) / misses.size
    return pairs.mean(), math.sqrt(variance)


def binormal(area: float, m: int, n: int, generator, spread: float = 1.0) -> Auc:
    centre = NormalDist().inv_cdf(area) * math.sqrt(1 + spread**2)
    edges = np.linspace(-6, 12, 600)
    hits, misses = generator.normal(centre, spread, m), generator.normal(0, 1, n)
    counts = (np.bincount(np.searchsorted(edges, v), minlength=601) for v in (hits, misses))
    return auc(*counts)


def test_auc_by_hand() -> None:
    # positives in bins 1, 2, 2 and negatives in bins 0, 1: each positive outranks .5 + 1 = 1.5, 2
    # and 2 of 2 negatives: 5.5 / 6. Positives' placements .75, 1, 1: variance 1/48, over 3 = 1/144.
    # Negatives' placements 1 and 2.5/3 = 5/6: variance 1/72, over 2 = 1/144. Sum 1/72.
    # Degrees of freedom (1/72)^2 / ((1/144)^2 / 2 + (1/144)^2 / 1) = 4 / 1.5
    got = auc([0, 1, 2], [1, 1, 0])
    assert got.value == pytest.approx(5.5 / 6)
    assert got.se == pytest.approx(math.sqrt(1 / 72))
    assert got.df == pytest.approx(4 / 1.5)
    assert (got.positives, got.negatives) == (3, 2)


@settings(max_examples=150)
@given(HISTOGRAMS)
def test_auc_equals_sklearn_and_brute_force(bins: list[tuple[int, int]]) -> None:
    positives, negatives = zip(*bins, strict=True)
    if min(sum(positives), sum(negatives)) < 2:
        return
    got = auc(positives, negatives)
    hits, misses = rows(positives, negatives)
    truth = np.repeat([1, 0], [hits.size, misses.size])
    assert got.value == pytest.approx(roc_auc_score(truth, np.concatenate([hits, misses])))
    value, se = brute_force(positives, negatives)
    assert got.value == pytest.approx(value)
    if se > 1e-9:
        assert got.se == pytest.approx(se)
    mirrored = auc(positives[::-1], negatives[::-1])
    assert mirrored.value == pytest.approx(1.0 - got.value)
    assert mirrored.se == pytest.approx(got.se)


@settings(max_examples=100)
@given(HISTOGRAMS)
def test_nothing_is_certain(bins: list[tuple[int, int]]) -> None:
    positives, negatives = zip(*bins, strict=True)
    if min(sum(positives), sum(negatives)) < 2:
        return
    got = auc(positives, negatives)
    shown = auc_interval(got)
    assert 0.0 <= shown.low <= got.value <= shown.high <= 1.0
    assert shown.low < shown.high
    assert auc_alone(got).se >= got.se > 0.0


def test_auc_interval_is_logit_delong_by_hand() -> None:
    # logit(.8) = 1.386294; se .05 / (.8 * .2) = .3125; +- 1.959964 * .3125 = .612489
    found = Auc(value=0.8, se=0.05, df=50.0, positives=40, negatives=40)
    got = auc_interval(found)
    assert got.low == pytest.approx(1 / (1 + math.exp(-(1.386294 - 0.612489))), abs=1e-6)
    assert got.high == pytest.approx(1 / (1 + math.exp(-(1.386294 + 0.612489))), abs=1e-6)
    assert got.method == "logit DeLong"


def test_auc_interval_of_a_perfect_ranking_has_an_end() -> None:
    # Newcombe's equation at the lower limit A, m = n = 20, with N* = 19:
    #   1 - A = z sqrt(A (1 - A) (1 + 19 ((1 - A)/(2 - A) + A/(1 + A))) / 400)
    got = auc([0, 20], [20, 0])
    shown = auc_interval(got)
    a, z = shown.low, 1.959964
    inner = a * (1 - a) * (1 + 19 * ((1 - a) / (2 - a) + a / (1 + a))) / 400
    assert 1 - a == pytest.approx(z * math.sqrt(inner), rel=1e-6)
    assert (got.value, shown.high, got.df) == (1.0, 1.0, None)
    assert got.se == pytest.approx((1 - a) / z, rel=1e-6)
    assert 0.8 < shown.low < 0.9


def test_auc_of_a_constant_score_is_a_half_and_uncertain() -> None:
    got = auc([20], [20])
    assert got.value == 0.5
    assert 0.05 < got.se < 0.15


def test_auc_of_a_million_cases_does_not_overflow() -> None:
    got = auc(np.full(1024, 5_000_000), np.full(1024, 7_000_000))
    assert got.value == pytest.approx(0.5)


def test_auc_difference_combines_independent_errors() -> None:
    generator = np.random.default_rng(1)
    group, rest = binormal(0.7, 60, 80, generator), binormal(0.7, 400, 900, generator)
    got = auc_difference(group, rest)
    assert got.value == pytest.approx(group.value - rest.value)
    assert got.se == pytest.approx(math.hypot(auc_alone(group).se, auc_alone(rest).se))
    assert (got.df, got.link) == (None, "identity")


@pytest.mark.parametrize(
    ("positives", "negatives", "message"),
    [
        ([1, 0], [4, 4], "positives must hold at least 2 cases"),
        ([2, 2], [0, 0], "negatives must hold at least 2 cases"),
        ([2, 2], [2, 2, 2], "must have the same bins"),
        ([2.0, 2.0], [2, 2], "positives must be a list of whole numbers"),
        ([2, 2], [3, -1], "negatives must be at least 0"),
    ],
)
def test_impossible_histograms_are_refused(positives, negatives, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        auc(positives, negatives)


def error_rates(area: float, m: int, n: int, spread: float, repetitions: int) -> tuple[float, ...]:
    """Coverage of the interval, and how often each one-sided test at 5% errs at equality."""
    generator = np.random.default_rng(7)
    covered = above = below = 0
    rest = [binormal(area, 500, 1500, generator, spread) for _ in range(20)]
    for i in range(repetitions):
        group = binormal(area, m, n, generator, spread)
        shown, gap = auc_interval(group), auc_difference(group, rest[i % 20])
        p = estimate_p(gap.value, gap.se, df=None, link="identity", bound=0.0, side="above")
        covered, above, below = (
            covered + (shown.low <= area <= shown.high), above + (p < 0.05), below + (p > 0.95)
        )  # fmt: skip
    return covered / repetitions, above / repetitions, below / repetitions


def test_difference_keeps_its_size_with_few_cases_near_the_top() -> None:
    # DeLong's own standard error rejects on this side in 19% of samples
    _, above, below = error_rates(0.95, LEAST_EACH, LEAST_EACH, 1.0, 400)
    assert above < 0.05
    assert below < 0.05


def test_interval_and_difference_keep_their_rates() -> None:
    # 800 repetitions: three standard errors are 2.3 points
    covered, above, below = error_rates(0.75, 60, 100, 1.0, 800)
    assert covered > 0.927
    assert above < 0.073
    assert below < 0.073


@pytest.mark.slow
@pytest.mark.parametrize("spread", [1.0, 2.0])
@pytest.mark.parametrize("area", [0.6, 0.75, 0.9, 0.95, 0.98])
@pytest.mark.parametrize(("m", "n"), [(20, 20), (20, 200), (200, 20), (100, 400)])
def test_difference_errs_in_at_most_seven_per_cent(
    area: float, m: int, n: int, spread: float
) -> None:
    # 2,000 repetitions: three standard errors of 7% are 1.7 points
    covered, above, below = error_rates(area, m, n, spread, 2000)
    assert covered > 0.92 if area < 0.9 else covered > 0.74
    assert max(above, below) < 0.07 + 0.017

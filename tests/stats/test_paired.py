import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from scipy.special import gammaln, ndtr, xlogy
from scipy.stats import binomtest
from statsmodels.stats.contingency_tables import mcnemar

from rai_check.stats.one_proportion import clopper_pearson
from rai_check.stats.paired import (
    FEW_DISCORDANT,
    mcnemar_p,
    paired_exact_p,
    paired_interval,
    paired_p,
)
from rai_check.stats.paired_score import paired_z

EFFECTS = ("ratio", "difference")
CELLS = st.tuples(*[st.integers(0, 30)] * 4).filter(any)
# Bentur and others 2009, in Fagerland, Lydersen & Laake, Statistical Analysis of Contingency Tables
BENTUR = (1, 1, 7, 12)


def numeric_z(cells: tuple[int, ...], effect: str, bound: float) -> float:
    """The score statistic with a numeric maximum of the likelihood and the plain variance."""
    a, b, c, d = cells
    n = sum(cells)

    def rates(q: float) -> np.ndarray:  # both, only, only0, neither for a given rate of only0
        if effect == "difference":  # `both` and `neither` share what is left as they do the counts
            left = 1 - 2 * q - bound
            share = a / (a + d) if a + d else 0.5
            return np.array([left * share, q + bound, q, left * (1 - share)])
        second = ((a + b + c) / n - q) / bound
        return np.array([second - q, (bound - 1) * second + q, q, 1 - bound * second - q])

    def minus(q: float) -> float:
        p = rates(q)
        return -float(np.sum(xlogy(cells, np.maximum(p, 1e-14))))

    top = (1 - bound) / 2 if effect == "difference" else (a + b + c) / n / (1 + bound)
    q = minimize_scalar(minus, bounds=(0, top), method="bounded", options={"xatol": 1e-13}).x
    p = rates(q)
    if effect == "difference":
        variance = (p[1] + p[2] - bound**2) * n
        return (b - c - n * bound) / math.sqrt(variance)
    per_case = np.array([1 - bound, 1.0, -bound, 0.0])  # what a case adds to x - bound x0
    return (a + b - bound * (a + c)) / math.sqrt(n * np.sum(p * per_case**2))


def test_tango_by_hand() -> None:
    # 4 only, 1 only0 of 10 at difference .2. The likelihood equation for q, the rate of only0,
    # 4/(q + .2) + 1/q - 2 * 5/(1 - 2q - .2) = 0, cleared of fractions is
    # 20 q^2 + (.2 (20 - 4 + 1) - 5) q - .2 * .8 = 20 q^2 - 1.6 q - .16 = 0,
    # so q = (1.6 + sqrt(15.36)) / 40, and Z = (3 - 2) / sqrt(10 (2q + .16))
    q = (1.6 + math.sqrt(15.36)) / 40
    z = 1 / math.sqrt(10 * (2 * q + 0.16))
    got = paired_p(3, 4, 1, 2, effect="difference", bound=0.2, side="above")
    assert got == pytest.approx(ndtr(-z), rel=1e-12)


def test_tang_by_hand() -> None:
    # 6 both, 6 only, 0 only0 at ratio 2: x - 2 x0 = 12 - 12 = 0
    assert paired_p(6, 6, 0, 9, effect="ratio", bound=2.0, side="above") == 0.5
    # 4 both, 6 only, 2 only0 at ratio 2: the share t of only0 among the 12 positive by either
    # solves 3 * 12 t^2 + (6 * 3 - 8) t - 2 = 0, so t = (-10 + sqrt(388)) / 72, and
    # Z = (10 - 12) / sqrt(12 (1 + 3 t))
    t = (-10 + math.sqrt(388)) / 72
    got = paired_p(4, 6, 2, 9, effect="ratio", bound=2.0, side="above")
    assert got == pytest.approx(ndtr(2 / math.sqrt(12 * (1 + 3 * t))), rel=1e-12)


@settings(max_examples=60)
@given(CELLS, st.sampled_from([("ratio", 1.25), ("ratio", 2.5), ("difference", 0.07)]))
def test_score_equals_a_numeric_likelihood(cells, hypothesis: tuple[str, float]) -> None:
    effect, bound = hypothesis
    if effect == "ratio" and not sum(cells[:3]):
        return
    z = float(paired_z(*cells, effect=effect, bound=bound))
    assert z == pytest.approx(numeric_z(cells, effect, bound), abs=2e-4)


@pytest.mark.parametrize(
    ("effect", "low", "high"), [("difference", -0.517, -0.026), ("ratio", 0.065, 0.907)]
)
def test_intervals_of_a_published_example(effect: str, low: float, high: float) -> None:
    got = paired_interval(*BENTUR, effect=effect)
    assert (got.low, got.high) == pytest.approx((low, high), abs=6e-4)


@given(CELLS)
def test_score_test_at_equality_is_mcnemar(cells) -> None:
    a, b, c, d = cells
    if not b + c:
        return
    expected = mcnemar([[a, b], [c, d]], exact=False, correction=False).pvalue
    for effect, equality in (("ratio", 1.0), ("difference", 0.0)):
        p = paired_p(*cells, effect=effect, bound=equality, side="above")
        assert 2 * min(p, 1 - p) == pytest.approx(expected, abs=1e-9)


@settings(max_examples=80)
@given(CELLS, st.sampled_from(EFFECTS))
def test_interval_and_test_agree(cells, effect: str) -> None:
    if not sum(cells[:3]):
        return
    got = paired_interval(*cells, effect=effect, level=0.9)
    for end, side in ((got.low, "above"), (got.high, "below")):
        if (1e-9 < end < 1e9) if effect == "ratio" else (-0.999 < end < 0.999):
            p = paired_p(*cells, effect=effect, bound=end, side=side)
            assert p == pytest.approx(0.05, abs=1e-6)
    rate, rate0 = cells[0] + cells[1], cells[0] + cells[2]
    if effect == "difference":
        assert got.low <= (rate - rate0) / sum(cells) <= got.high
    elif rate0:
        assert got.low <= rate / rate0 <= got.high


@settings(deadline=None, max_examples=60)  # the exact test of many that differ is slow
@given(CELLS, st.sampled_from(EFFECTS), st.sampled_from([paired_p, paired_exact_p]))
def test_exchanging_the_answers_mirrors_everything(cells, effect: str, test) -> None:
    a, b, c, d = cells
    bound, back = (0.8, 1.25) if effect == "ratio" else (0.1, -0.1)
    p = test(a, b, c, d, effect=effect, bound=bound, side="above")
    assert p == pytest.approx(test(a, c, b, d, effect=effect, bound=back, side="below"), abs=1e-9)


def test_interval_where_nothing_is_positive() -> None:
    none = paired_interval(0, 0, 0, 50, effect="ratio")
    assert (none.low, none.high) == (0.0, math.inf)
    assert paired_p(0, 0, 0, 50, effect="ratio", bound=0.8, side="above") == 0.5
    assert paired_exact_p(0, 0, 0, 50, effect="ratio", bound=0.8, side="above") == 1.0
    assert paired_interval(0, 0, 4, 9, effect="ratio").low == 0.0
    assert paired_interval(0, 4, 0, 9, effect="ratio").high == math.inf


@given(st.integers(0, 40), st.integers(0, 40))
def test_mcnemar_is_the_binomial_test(only: int, only0: int) -> None:
    if not only + only0:
        assert mcnemar_p(only, only0, side="above") == 1.0
        return
    for side, word in (("above", "greater"), ("below", "less")):
        expected = binomtest(only, only + only0, 0.5, alternative=word).pvalue
        assert mcnemar_p(only, only0, side=side) == pytest.approx(expected)
    both_sides = mcnemar([[3, only], [only0, 4]], exact=True).pvalue
    smaller = min(mcnemar_p(only, only0, side=side) for side in ("above", "below"))
    assert both_sides == pytest.approx(min(1.0, 2 * smaller))


def test_exact_p_difference_by_hand() -> None:
    # 3 of 3 cases first-only, at difference .5: the most extreme count of all, so the p-value is
    # the largest (q + .5)^3 for q up to .25: .421875, plus at most 1.2e-5
    got = paired_exact_p(0, 3, 0, 0, effect="difference", bound=0.5, side="above")
    assert 0.421875 < got <= 0.421875 + 1.3e-5


def test_exact_p_ratio_by_hand() -> None:
    # 3 first-only of 3 positive by either, at ratio 2: share (1 + t)/2 first-only with t up to 1/3:
    # (2/3)^3 = .296296
    got = paired_exact_p(0, 3, 0, 7, effect="ratio", bound=2.0, side="above")
    assert 8 / 27 < got <= 8 / 27 + 1.3e-5


def test_exact_p_at_equality_is_mcnemar() -> None:
    for effect, equality in (("ratio", 1.0), ("difference", 0.0)):
        got = paired_exact_p(30, 1, 6, 20, effect=effect, bound=equality, side="below")
        assert got == mcnemar_p(1, 6, side="below")


def all_cells(n: int) -> np.ndarray:
    triples = [t for t in product(range(n + 1), repeat=3) if sum(t) <= n]
    return np.array([(*t, n - sum(t)) for t in triples])


def masses(cells: np.ndarray, rates: np.ndarray) -> np.ndarray:
    """Probability of every table, one column a truth."""
    ways = gammaln(cells[0].sum() + 1) - gammaln(cells + 1).sum(axis=1)
    return np.exp(ways[:, None] + cells @ np.log(np.maximum(rates, 1e-300)).T)


def truths(effect: str, bound: float, generator: np.random.Generator, k: int) -> np.ndarray:
    """Rates of the four kinds that have exactly the effect, spread over what is possible."""
    found = []
    while len(found) < k:
        q, second = generator.uniform(0, 0.5), generator.uniform(0, 1)
        if effect == "difference":
            both = generator.uniform(0, 1)
            rates = np.array([both, q + bound, q, 1 - both - 2 * q - bound])
        else:
            rates = np.array([second - q, (bound - 1) * second + q, q, 1 - bound * second - q])
        if rates.min() >= 0:
            found.append(rates)
    return np.array(found)


@pytest.mark.parametrize("hypothesis", [("ratio", 0.8), ("ratio", 1.6), ("difference", -0.1)])
@pytest.mark.parametrize("side", ["above", "below"])
def test_exact_test_keeps_its_size_exactly(hypothesis: tuple[str, float], side: str) -> None:
    # every table of 9 cases, 300 truths at the bound: the chance of p < .05 is never above .05
    effect, bound = hypothesis
    cells = all_cells(9)
    words = {"effect": effect, "bound": bound, "side": side}
    key = (lambda c: (c[1], c[2], c[0])) if effect == "ratio" else (lambda c: (c[1], c[2]))
    known = {key(c): c for c in cells.tolist()}
    p = {k: paired_exact_p(*c, **words) for k, c in known.items()}
    rejected = np.array([p[key(c)] <= 0.05 for c in cells.tolist()])
    rates = truths(effect, bound, np.random.default_rng(2), 300)
    size = (masses(cells, rates) * rejected[:, None]).sum(axis=0)
    assert rejected.any()
    assert size.max() <= 0.05


@settings(max_examples=25)
@given(st.tuples(*[st.integers(0, 9)] * 4).filter(any), st.sampled_from(["above", "below"]))
def test_exact_p_is_the_largest_tail_on_the_edge(cells, side: str) -> None:
    # the same tail over a fine grid of the truths that Berger and Boos leave, without pruning
    n, bound = sum(cells), 0.1
    got = paired_exact_p(*cells, effect="difference", bound=bound, side=side)
    i, j = np.meshgrid(np.arange(n + 1), np.arange(n + 1), indexing="ij")
    sign = 1 if side == "above" else -1
    rest = np.maximum(n - i - j, 0)
    z = sign * paired_z(rest, i, j, 0.0 * rest, effect="difference", bound=bound)
    region = (z >= z[cells[1], cells[2]] - 1e-9) & (i + j <= n)
    first, second = (clopper_pearson(x, n, level=1 - 5e-7) for x in cells[1:3])
    low, high = max(second.low, first.low - bound), min(second.high, first.high - bound)
    for q in np.linspace(max(0.0, low), min((1 - bound) / 2, high), 60):
        rates = np.array([[q + bound, q, 1 - bound - 2 * q]])
        tables = np.stack([i[region], j[region], rest[region]], axis=1)
        assert masses(tables, rates).sum() <= got + 2e-6


def test_exact_p_is_quick_for_few_that_differ_among_many() -> None:
    p = paired_exact_p(5000, 2, 6, 100_000, effect="ratio", bound=0.999, side="below")
    score = paired_p(5000, 2, 6, 100_000, effect="ratio", bound=0.999, side="below")
    assert score < p < 0.75


def test_score_test_is_too_bold_where_the_exact_one_is_asked_for() -> None:
    # 8 differ: the score test would show the ratio not below .8, the exact one does not
    cells = 0, 6, 2, 20
    assert cells[1] + cells[2] < FEW_DISCORDANT
    words = {"effect": "ratio", "bound": 0.8, "side": "above"}
    assert paired_p(*cells, **words) < 0.05 < paired_exact_p(*cells, **words)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"only": -1}, "only must be at least 0"),
        ({"both": 1.5}, "both must be a whole number"),
        ({"both": 0, "only": 0, "only0": 0, "neither": 0}, "must not all be 0"),
        ({"bound": 0.0}, "bound must"),
        ({"effect": "odds"}, "effect must"),
        ({"side": "up"}, "side must"),
    ],
)
def test_impossible_arguments_are_refused(change: dict[str, object], message: str) -> None:
    words = {"both": 5, "only": 3, "only0": 2, "neither": 9}
    words |= {"effect": "ratio", "bound": 0.8, "side": "above"} | change
    for test in (paired_p, paired_exact_p):
        with pytest.raises(ValueError, match=message):
            test(**words)


def errs(effect: str, bound: float, n: int, seed: int, repetitions: int) -> dict[str, float]:
    """How often an effect at the bound is found beyond it, by the test the counts call for."""
    generator = np.random.default_rng(seed)
    found = {"above": 0, "below": 0}
    truth = [0.2, 0.08, 0.05, 0.67] if effect == "difference" else [0.2, 0.1, 0.04, 0.66]
    for cells in generator.multinomial(n, truth, size=repetitions):
        few = cells[1] + cells[2] < FEW_DISCORDANT
        test = paired_exact_p if few else paired_p
        for side in found:
            found[side] += test(*cells, effect=effect, bound=bound, side=side) < 0.05
    return {side: count / repetitions for side, count in found.items()}


@pytest.mark.parametrize(("effect", "bound"), [("difference", 0.03), ("ratio", 1.25)])
@pytest.mark.parametrize("n", [60, 600])
def test_tests_keep_their_size(effect: str, bound: float, n: int) -> None:
    # 1,000 repetitions: three standard errors of 5% are 2.1 points
    assert max(errs(effect, bound, n, seed=3, repetitions=1000).values()) < 0.071


@pytest.mark.slow
@pytest.mark.parametrize(("effect", "bound"), [("difference", 0.03), ("ratio", 1.25)])
@pytest.mark.parametrize("n", [30, 80, 150, 1000])
def test_tests_keep_their_size_closely(effect: str, bound: float, n: int) -> None:
    # 10,000 repetitions: three standard errors are 0.65 points
    assert max(errs(effect, bound, n, seed=4, repetitions=10_000).values()) < 0.065

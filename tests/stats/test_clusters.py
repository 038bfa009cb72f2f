import math

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st

from rai_check.stats.clusters import ClusteredRate, design_effect, two_clustered_rates
from rai_check.stats.two_proportions import score_p_array
from rai_check.stats.weighted import design_interval_array, design_p_array

LEVEL = 0.05


def test_design_effect_by_hand() -> None:
    # Three people: 2 of 2, 0 of 2, 1 of 4. p = 3/8. Residuals x - p n: 10/8, -6/8, -4/8, squares
    # sum to 152/64 = 2.375. Variance 3/2 * 2.375 / 64 = .0556640625; effective (15/64) / that.
    got = design_effect([2, 0, 1], [2, 2, 4])
    assert (got.rate, got.units) == (0.375, 3)
    assert got.variance == pytest.approx(0.0556640625, rel=1e-14)
    assert got.effective == pytest.approx(0.234375 / 0.0556640625, rel=1e-14)
    assert got.design_effect == pytest.approx(8 * 0.0556640625 / 0.234375, rel=1e-14)


def test_effective_size_is_that_of_units_when_their_rows_are_alike() -> None:
    # 40 people of 5 rows, half of them all events: 200 rows are worth (U - 1) people
    x = np.repeat([5.0, 0.0], 20)
    got = design_effect(x, np.full(40, 5.0))
    assert got.effective == pytest.approx(39.0, rel=1e-12)
    assert got.design_effect == pytest.approx(200 / 39, rel=1e-12)


@pytest.mark.parametrize("x", [0.0, 1.0])
def test_effective_size_is_kish_of_units_when_the_rate_is_none_or_all(x: float) -> None:
    # sizes 5, 3 and 1: 81 / (25 + 9 + 1)
    sizes = np.array([5.0, 3.0, 1.0, 0.0])
    got = design_effect(x * sizes, sizes)
    assert (got.rate, got.variance, got.units) == (x, 0.0, 3)
    assert got.effective == pytest.approx(81 / 35, rel=1e-14)


def test_effective_size_is_one_when_there_is_one_unit() -> None:
    got = design_effect([2], [8])
    expected = {"rate": 0.25, "variance": 0.0, "effective": 1.0, "design_effect": 8.0, "units": 1}
    assert got == ClusteredRate(**expected)


def test_effective_size_is_never_above_the_rows() -> None:
    # every unit has exactly the same rate: less varied than independent rows would be
    same = design_effect([1, 1, 1, 1], [2, 2, 2, 2])
    assert (same.effective, same.design_effect, same.variance) == (8.0, 1.0, 0.0)
    # weights that sum to 1: the ceiling is what the caller says rows are worth
    weights = np.array([0.1, 0.2, 0.3, 0.4])
    got = design_effect(weights / 2, weights, rows=3.5)
    assert (got.effective, got.design_effect) == (3.5, 1.0)


def frame(seed: int) -> tuple[np.ndarray, ...]:
    """Rows of 40 units on both sides: unit, event, group, weight."""
    generator = np.random.default_rng(seed)
    unit = generator.integers(0, 40, 300)
    event = (generator.random(300) < 0.2 + 0.5 * (unit % 2)).astype(float)
    group = (generator.random(300) < 0.3).astype(float)
    return unit, event, group, generator.uniform(0.5, 3.0, 300)


@pytest.mark.parametrize("seed", [1, 2])
def test_variances_and_correlation_equal_cluster_robust_regression(seed: int) -> None:
    # a regression on two dummies without a constant, with statsmodels' cluster-robust covariance,
    # whose factors are U/(U - 1) and (N - 1)/(N - K)
    unit, event, group, weight = frame(seed)
    design = np.column_stack((group, 1 - group))
    fitted = sm.WLS(event, design, weights=weight).fit(
        cov_type="cluster", cov_kwds={"groups": unit}
    )
    theirs = np.asarray(fitted.cov_params())

    def of(side: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        held = weight * side
        return np.bincount(unit, held * event, 40), np.bincount(unit, held, 40)

    got = two_clustered_rates(*of(group), *of(1 - group), rows=100, rows0=200)
    assert (got.group.rate, got.rest.rate) == pytest.approx(tuple(fitted.params), rel=1e-12)
    factor = 299 / 298
    for rate, variance in ((got.group, theirs[0, 0]), (got.rest, theirs[1, 1])):
        units = rate.units  # theirs counts every unit, on whichever side its rows are
        ours = rate.variance * (units - 1) / units * 40 / 39 * factor
        assert ours == pytest.approx(variance, rel=1e-10)
    correlation = theirs[0, 1] / math.sqrt(theirs[0, 0] * theirs[1, 1])
    assert got.correlation == pytest.approx(correlation, rel=1e-9)
    assert got.df == min(got.group.units, got.rest.units) - 1


def test_correlation_is_nought_when_no_unit_is_on_both_sides() -> None:
    got = two_clustered_rates([2, 1, 0, 0], [3, 3, 0, 0], [0, 0, 1, 2], [0, 0, 4, 2])
    assert got.correlation == 0.0
    assert got.df == 1.0
    alone = two_clustered_rates([1], [2], [1], [3])  # one unit: residuals are 0 on both sides
    assert (alone.correlation, alone.df, alone.group.effective) == (0.0, 1.0, 1.0)


@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)),
        min_size=1,
        max_size=12,
    )
)
def test_designs_are_always_usable(cells: list[tuple[int, int, int, int]]) -> None:
    x, more, x0, more0 = (np.array(column) for column in zip(*cells, strict=True))
    n, n0 = x + more, x0 + more0
    if not n.sum() or not n0.sum():
        return
    got = two_clustered_rates(x, n, x0, n0)
    for rate, rows in ((got.group, n.sum()), (got.rest, n0.sum())):
        assert 0.0 <= rate.rate <= 1.0
        assert 1.0 <= rate.effective <= rows * (1 + 1e-12)
        assert rate.design_effect >= 1.0
    assert -1.0 <= got.correlation <= 1.0
    assert got.df >= 1.0


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (([1, 2], [1, 1]), "x"),
        (([1, -1], [1, 1]), "x"),
        (([1, math.nan], [1, 1]), "x"),
        (([1], [1, 1]), "x"),
        ((1, 1), "x"),
        (([0, 0], [0, 0]), "n"),
        (([1, 1], [1, math.inf]), "n"),
        (([1, 1], ["one", 1]), "n"),
    ],
)
def test_impossible_units_are_refused(arguments: tuple[object, object], name: str) -> None:
    with pytest.raises(ValueError, match=rf"^{name} (must|and)"):
        design_effect(*arguments)


def test_impossible_pairs_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^n0 must have"):
        two_clustered_rates([1], [1], [1, 1], [1, 1])
    with pytest.raises(ValueError, match=r"^n0 must be above"):
        two_clustered_rates([1], [1], [0], [0])
    with pytest.raises(ValueError, match=r"^rows0 must"):
        two_clustered_rates([1], [1], [1], [1], rows0=0.5)


def rates_at(base: float, people: int, generator: np.random.Generator) -> np.ndarray:
    """Rates of people whose incidents have intra-class correlation 0.3."""
    return generator.beta(base * 7 / 3, (1 - base) * 7 / 3, people)


def simulate(
    people: int, others: int, base: float, draws: int
) -> tuple[dict[str, float], dict[str, float]]:
    """How often each side is rejected at a true ratio of 0.8, with `unit` and without.

    Five incidents a person.
    """
    generator = np.random.default_rng(people)
    designs, rows = [], []
    for _ in range(draws):
        x = generator.binomial(5, rates_at(0.8 * base, people, generator))
        x0 = generator.binomial(5, rates_at(base, others, generator))
        own, rest = design_effect(x, np.full(people, 5)), design_effect(x0, np.full(others, 5))
        designs.append((own.rate, own.effective, rest.rate, rest.effective))
        rows.append((x.sum(), 5 * people, x0.sum(), 5 * others))
    with_unit, without = {}, {}
    joint = {"correlation": 0.0, "df": min(people, others) - 1, "effect": "ratio", "bound": 0.8}
    for side in ("above", "below"):
        p = design_p_array(*np.array(designs).T, **joint, side=side)
        with_unit[side] = float((p < LEVEL).mean())
        p = score_p_array(*np.array(rows).T, effect="ratio", bound=0.8, side=side)
        without[side] = float((p < LEVEL).mean())
    return with_unit, without


def test_size_is_kept_with_the_unit_and_broken_without() -> None:
    # 5% plus three standard errors of 600 draws is 7.7%
    with_unit, without = simulate(80, 320, 0.3, draws=600)
    assert max(with_unit.values()) <= 0.077
    assert min(without.values()) > 0.1


@pytest.mark.slow
@pytest.mark.parametrize(("people", "others"), [(50, 350), (80, 320), (200, 800)])
@pytest.mark.parametrize("base", [0.1, 0.3, 0.6])
def test_size_is_kept_with_the_unit_for_many_sizes(people: int, others: int, base: float) -> None:
    # 5% plus three standard errors of 3000 draws is 6.2%
    with_unit, without = simulate(people, others, base, draws=3000)
    assert max(with_unit.values()) <= 0.062
    assert min(without.values()) > 0.1


@pytest.mark.slow
@pytest.mark.parametrize(("people", "each", "most"), [(200, 5, 0.062), (60, 20, 0.08)])
@pytest.mark.parametrize("base", [0.1, 0.4])
def test_size_and_coverage_are_kept_when_units_are_on_both_sides(
    people: int, each: int, most: float, base: float
) -> None:
    generator, designs = np.random.default_rng(each), []
    for _ in range(3000):
        rate = rates_at(base, people, generator)
        n = generator.binomial(each, 0.3, people)
        x, x0 = generator.binomial(n, 0.8 * rate), generator.binomial(each - n, rate)
        found = two_clustered_rates(x, n, x0, each - n)
        own, rest = found.group, found.rest
        designs.append(
            (own.rate, own.effective, rest.rate, rest.effective, found.correlation, found.df)
        )
    *cells, correlation, df = np.array(designs).T
    joint = {"correlation": correlation, "df": df, "effect": "ratio"}
    for side in ("above", "below"):
        p = design_p_array(*cells, **joint, bound=0.8, side=side)
        assert (p < LEVEL).mean() <= most
    low, high = design_interval_array(*cells, **joint)
    assert ((low <= 0.8) & (high >= 0.8)).mean() >= 1 - LEVEL - 0.025

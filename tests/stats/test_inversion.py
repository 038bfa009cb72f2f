import itertools
from statistics import NormalDist

import numpy as np
import pytest

from rai_check.stats.inversion import score_limits
from rai_check.stats.score import score_z
from rai_check.stats.two_proportions import score_interval, score_interval_array

EFFECTS = ("ratio", "difference", "odds")


def grid(*sizes: int) -> list[np.ndarray]:
    """Return every table of these sizes with no, few, some, most or all events on either side."""
    sides = [
        (x, n)
        for n in sizes
        for x in sorted({0, 1, n // 10, n // 3, n // 2, n - 1, n} & set(range(n + 1)))
    ]
    return list(np.array([one + two for one, two in itertools.product(sides, repeat=2)]).T)


def bisected(tables: list[np.ndarray], effect: str, level: float) -> tuple[np.ndarray, np.ndarray]:
    """The plain way: halve [-1, 1], or [e-60, e60] on the log scale, 64 times."""
    x, n, x0, n0 = (cell.astype(float) for cell in tables)
    log = effect != "difference"
    reach, limits = 60.0 if log else 1.0, []
    quantile = NormalDist().inv_cdf(0.5 + level / 2)
    for target in (quantile, -quantile):
        low, high = np.full(x.size, -reach), np.full(x.size, reach)
        for _ in range(64):
            middle = (low + high) / 2
            bound = np.exp(middle) if log else middle
            inside = score_z(x, n, x0, n0, effect=effect, bound=bound) > target
            low, high = np.where(inside, middle, low), np.where(inside, high, middle)
        limits.append(np.exp(low) if log else low)
    if effect == "difference":
        return limits[0], limits[1]
    odds = effect == "odds"
    none, endless = (x == 0) | odds & (x0 == n0), (x0 == 0) | odds & (x == n)
    return np.where(none, 0.0, limits[0]), np.where(endless, np.inf, limits[1])


@pytest.mark.parametrize("effect", EFFECTS)
@pytest.mark.parametrize("level", [0.5, 0.95, 0.9999])
def test_limits_equal_bisection_when_cells_are_empty_or_full(effect: str, level: float) -> None:
    tables = grid(1, 2, 3, 7, 20, 50, 400)
    assert len(tables[0]) > 1200
    for got, plain in zip(
        score_interval_array(*tables, effect=effect, level=level),
        bisected(tables, effect, level),
        strict=True,
    ):
        assert got == pytest.approx(plain, rel=1e-10, abs=1e-9 if effect == "difference" else 0)


@pytest.mark.parametrize("effect", EFFECTS)
def test_limits_equal_bisection_when_samples_are_large(effect: str) -> None:
    # where all of one side and next to none of the other have the event, rounding leaves the
    # statistic of a difference six digits, in this search and in that
    tables = grid(3, 1000, 1_000_000)
    for got, plain in zip(
        score_interval_array(*tables, effect=effect), bisected(tables, effect, 0.95), strict=True
    ):
        assert got == pytest.approx(plain, rel=1e-10, abs=1e-6 if effect == "difference" else 0)


@pytest.mark.parametrize("effect", EFFECTS)
def test_limits_equal_statistic_at_quantile(effect: str) -> None:
    tables = [np.array(c) for c in zip((3, 40, 900, 20_000), (30, 31, 7, 2000), strict=True)]
    low, high = score_interval_array(*tables, effect=effect)
    cells = [cell.astype(float) for cell in tables]
    for limit, sign in ((low, 1), (high, -1)):
        z = score_z(*cells, effect=effect, bound=limit)
        assert z == pytest.approx(sign * 1.959963984540054, abs=1e-9)


@pytest.mark.parametrize("effect", EFFECTS)
def test_limits_need_few_statistics_for_a_table(effect: str) -> None:
    # what makes thousands of intervals cheap: 6 or so for each limit where bisection needs 64
    generator, asked = np.random.default_rng(2), 0
    n = np.maximum(2, generator.lognormal(4, 2, 500).astype(int))
    x, x0 = generator.binomial(n, 0.3), generator.binomial(50_000, 0.3, 500)
    cells = [cell.astype(float) for cell in (x, n, x0, np.full(500, 50_000))]

    def statistic(bound, which):
        nonlocal asked
        asked += which.size
        return score_z(*(cell[which] for cell in cells), effect=effect, bound=bound)

    score_limits(statistic, *cells, effect=effect, quantile=np.full(500, 1.96))
    assert asked / 1000 <= 6


@pytest.mark.parametrize("effect", EFFECTS)
def test_limits_take_a_quantile_for_each_table(effect: str) -> None:
    cells = [np.full(2, value) for value in (3.0, 40.0, 900.0, 20_000.0)]

    def statistic(bound, which):
        return score_z(*(cell[which] for cell in cells), effect=effect, bound=bound)

    quantile = np.array([NormalDist().inv_cdf(0.5 + level / 2) for level in (0.8, 0.99)])
    low, high = score_limits(statistic, *cells, effect=effect, quantile=quantile)
    for i, level in enumerate((0.8, 0.99)):
        alone = score_interval(3, 40, 900, 20_000, effect=effect, level=level)
        assert (low[i], high[i]) == pytest.approx((alone.low, alone.high), rel=1e-9)


@pytest.mark.parametrize("effect", EFFECTS)
def test_interval_array_takes_a_level_for_each_table(effect: str) -> None:
    level = np.array([0.5, 0.9, 0.9995])
    low, high = score_interval_array([3, 0, 9], 40, [900, 7, 0], 20_000, effect=effect, level=level)
    for i, (x, x0) in enumerate(((3, 900), (0, 7), (9, 0))):
        alone = score_interval(x, 40, x0, 20_000, effect=effect, level=level[i])
        assert (low[i], high[i]) == (alone.low, alone.high)


def test_interval_array_keeps_the_shape_the_tables_broadcast_to() -> None:
    x = np.array([[3], [5]])
    low, high = score_interval_array(x, 40, np.array([900, 0, 20_000]), 20_000, effect="ratio")
    assert low.shape == high.shape == (2, 3)
    assert np.isinf(high).tolist() == [[False, True, False]] * 2
    low, _ = score_interval_array(x, 40, np.array([900, 0, 20_000]), 20_000, effect="odds")
    assert (low == 0.0).tolist() == [[False, False, True]] * 2
    empty = score_interval_array(np.array([], int), 4, 1, 4, effect="ratio")
    assert [limit.shape for limit in empty] == [(0,), (0,)]


def test_score_interval_keeps_its_digits_when_nearly_all_have_the_event() -> None:
    # Koopman's limit for n of n against n0 of n0 by hand: at r < 1 the restricted rates are r and
    # 1, so Z = (1 - r) / sqrt(r (1 - r) / n) and Z = z gives r = n / (n + z^2).
    z2 = 1.959963984540054**2
    got = score_interval(1_000_000, 1_000_000, 3, 3, effect="ratio")
    assert 1.0 - got.low == pytest.approx(z2 / (1_000_000 + z2), rel=1e-8)
    # and at r > 1 they are 1 and 1/r: Z = (1 - r) / sqrt(r^2 (1/r)(1 - 1/r) / n0), r = 1 + z^2/n0
    assert got.high == pytest.approx(1 + z2 / 3, rel=1e-12)

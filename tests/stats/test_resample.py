import itertools
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chisquare, multinomial

from rai_check.stats.one_proportion import wilson
from rai_check.stats.resample import percentile_interval, resamples

WIDE = np.array([3, 2, 1])  # more cells than the root of its rows: drawn by way of Poisson counts
TALL = np.array([9, 4, 3])  # not so: drawn by numpy's multinomial


def drawn(counts: np.ndarray, b: int, seed: int = 1, chunk: int | None = None) -> np.ndarray:
    return np.concatenate(list(resamples(counts, b, seed=seed, chunk=chunk)))


@pytest.mark.parametrize("counts", [WIDE, TALL])
def test_tables_have_multinomial_probabilities(counts: np.ndarray) -> None:
    # every table of these totals against its multinomial probability
    n, draws = int(counts.sum()), 40_000
    got = drawn(counts, draws, chunk=5000)
    tables = [t for t in itertools.product(range(n + 1), repeat=3) if sum(t) == n]
    expected = draws * multinomial.pmf(tables, n, counts / n)
    seen = dict.fromkeys(tables, 0)
    for row, times in zip(*np.unique(got, axis=0, return_counts=True), strict=True):
        seen[tuple(row.tolist())] = int(times)
    observed = np.array([seen[t] for t in tables])
    rare = expected < 5
    pooled = [np.append(a[~rare], a[rare].sum()) for a in (observed, expected)]
    assert chisquare(*pooled).pvalue > 1e-3


def test_cells_have_multinomial_moments_when_there_are_many() -> None:
    # mean n p, variance n p (1 - p), covariance -n p q, each within 5 standard errors
    generator, draws = np.random.default_rng(3), 3000
    counts = generator.integers(0, 400, 500)
    n, shares = int(counts.sum()), counts / counts.sum()
    got = drawn(counts, draws)
    spread = np.sqrt(n * shares * (1 - shares))
    assert np.all(np.abs(got.mean(axis=0) - counts) <= 5 * spread / np.sqrt(draws))
    held = counts > 0
    ratio = got.var(axis=0)[held] / spread[held] ** 2
    assert np.abs(ratio - 1).max() < 5 * np.sqrt(2 / draws) * 1.5
    half = got[:, :250].sum(axis=1)  # a marginal: binomial, so the cells' covariances are right
    share = shares[:250].sum()
    assert half.var() == pytest.approx(n * share * (1 - share), rel=5 * np.sqrt(2 / draws))


@given(
    st.lists(st.integers(0, 60), min_size=1, max_size=40).filter(any),
    st.integers(1, 30),
    st.integers(1, 7),
)
def test_tables_keep_rows_empty_cells_and_shape(counts: list[int], b: int, chunk: int) -> None:
    table = np.array(counts)[:, None] * np.array([[1, 0, 2]])
    portions = list(resamples(table, b, seed=5, chunk=chunk))
    assert [len(p) for p in portions[:-1]] == [chunk] * (len(portions) - 1)
    got = np.concatenate(portions)
    assert got.shape == (b, *table.shape)
    assert got.dtype == np.int64
    assert np.all(got >= 0)
    assert np.all(got.sum(axis=(1, 2)) == table.sum())
    assert np.all(got[:, table == 0] == 0)


@pytest.mark.parametrize("counts", [WIDE, TALL, np.arange(300)])
def test_same_seed_gives_the_same_tables_and_another_seed_others(counts: np.ndarray) -> None:
    assert np.array_equal(drawn(counts, 50, seed=9), drawn(counts, 50, seed=9))
    assert not np.array_equal(drawn(counts, 50, seed=9), drawn(counts, 50, seed=10))


def test_memory_stays_small_when_the_table_is_large() -> None:
    counts = np.random.default_rng(2).poisson(3, 500_000)
    tracemalloc.start()
    try:
        for table in resamples(counts, 4, seed=1):
            assert table.shape == (2, 500_000)
        assert tracemalloc.get_traced_memory()[1] < 100e6
    finally:
        tracemalloc.stop()


def test_percentile_interval_by_hand() -> None:
    # rates 0, .1, ..., 1: the 10% and 90% points are .1 and .9; a resample of nobody is left out
    x, n = [*range(11), 0], [*[10] * 11, 0]
    got = percentile_interval(x, n, level=0.8)
    assert (got.low, got.high) == pytest.approx((0.1, 0.9), abs=1e-12)
    assert got.method == "percentile bootstrap"


def test_percentile_interval_equals_row_bootstrap_within_chance() -> None:
    # 300 rows, of which a group of 120 with 40 events: rows drawn one by one against tables
    counts = np.array([40, 80, 70, 110])
    rows = np.repeat(np.arange(4), counts)
    generator = np.random.default_rng(8)
    by_row = rows[generator.integers(0, 300, (4000, 300))]
    x = (by_row == 0).sum(axis=1)
    slow = percentile_interval(x, x + (by_row == 1).sum(axis=1))
    tables = drawn(counts, 4000)
    fast = percentile_interval(tables[:, 0], tables[:, :2].sum(axis=1))
    assert (fast.low, fast.high) == pytest.approx((slow.low, slow.high), abs=0.006)
    near = wilson(40, 120)
    assert (fast.low, fast.high) == pytest.approx((near.low, near.high), abs=0.01)


@pytest.mark.slow
def test_percentile_interval_covers_one_rate_and_never_a_gap_of_nothing() -> None:
    # one rate of 30 in 100 is covered; max - min of three equal rates is above 0 in every
    # resample that matters, so an interval of it misses the truth
    generator, held, gap_held = np.random.default_rng(4), 0, 0
    for seed in range(400):
        x = generator.binomial(100, 0.3, 3)
        tables = drawn(np.column_stack((x, 100 - x)), 400, seed=seed)
        sizes = tables.sum(axis=2)
        got = percentile_interval(tables[:, 0, 0], sizes[:, 0])
        held += got.low <= 0.3 <= got.high
        rates = tables[:, :, 0] / sizes
        gap_held += np.quantile(np.ptp(rates, axis=1), 0.025) <= 0.0
    assert held / 400 >= 0.95 - 3 * np.sqrt(0.05 * 0.95 / 400)
    assert gap_held == 0


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"counts": [1.0, 2.0]}, "counts"),
        ({"counts": [True, False]}, "counts"),
        ({"counts": [3, -1]}, "counts"),
        ({"counts": [0, 0]}, "counts"),
        ({"b": 0}, "b"),
        ({"b": 2.0}, "b"),
        ({"seed": -1}, "seed"),
        ({"chunk": 0}, "chunk"),
    ],
)
def test_impossible_arguments_are_refused_before_the_first_table(
    change: dict[str, object], name: str
) -> None:
    words = {"counts": [3, 4], "b": 5, "seed": 1, "chunk": None} | change
    with pytest.raises(ValueError, match=rf"^{name} must"):
        resamples(words.pop("counts"), words.pop("b"), **words)


@pytest.mark.parametrize(
    ("x", "n", "name"),
    [([1, 2], [3, 1], "x"), ([1], [3, 4], "x"), ([0, 0], [0, 0], "n"), ([0.5], [3], "x")],
)
def test_percentile_interval_refuses_impossible_counts(x, n, name: str) -> None:
    with pytest.raises(ValueError, match=rf"^{name} must"):
        percentile_interval(x, n)
    with pytest.raises(ValueError, match=r"^level must"):
        percentile_interval([1], [3], level=1.0)

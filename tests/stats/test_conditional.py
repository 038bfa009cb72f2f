import numpy as np
import pytest
from scipy.stats import fisher_exact, nchypergeom_fisher

from rai_check.stats import conditional
from rai_check.stats.conditional import extremity

BOUNDS = [1e-6, 0.01, 0.8, 1.0, 1.25, 30.0, 1e6]


def all_tables(n: int, n0: int) -> tuple[np.ndarray, np.ndarray]:
    x, x0 = np.meshgrid(np.arange(n + 1.0), np.arange(n0 + 1.0), indexing="ij")
    return x.ravel(), x0.ravel()


def test_extremity_by_hand() -> None:
    # 2 of 3 against 1 of 2 with odds 2. Of 3 events the group has k = 1, 2, 3 with weights
    # C(3,k) C(2,3-k) 2^k = 6, 24, 8: two or more with chance 32/38.
    got = extremity(np.array([2.0]), 3, np.array([1.0]), 2, odds=2.0)
    assert got == pytest.approx(-np.log(32 / 38), rel=1e-14)


def test_extremity_is_nought_where_no_fewer_events_are_possible() -> None:
    x, x0 = np.array([0.0, 0.0, 2.0, 5.0]), np.array([0.0, 4.0, 6.0, 6.0])
    assert extremity(x, 5, x0, 6, odds=0.8).tolist() == [0.0, 0.0, 0.0, 0.0]


@pytest.mark.parametrize(("n", "n0"), [(7, 12), (12, 4), (1, 30), (15, 15)])
@pytest.mark.parametrize("bound", [0.2, 0.8, 1.25, 6.0])
def test_extremity_equals_scipy_for_every_table(n: int, n0: int, bound: float) -> None:
    x, x0 = all_tables(n, n0)
    theirs = nchypergeom_fisher(n + n0, n, x + x0, bound).sf(x - 1)
    seen = theirs > 1e-8  # scipy takes a small chance from 1
    assert seen.mean() > 0.6
    assert np.exp(-extremity(x, n, x0, n0, odds=bound))[seen] == pytest.approx(theirs[seen])


@pytest.mark.parametrize("table", [(3, 10, 1, 25), (9, 10, 2, 25), (40, 50, 600, 3000)])
def test_extremity_is_that_of_fisher_at_equality(table: tuple[int, int, int, int]) -> None:
    x, n, x0, n0 = table
    theirs = fisher_exact([[x, x0], [n - x, n0 - x0]], alternative="greater").pvalue
    got = extremity(np.array([float(x)]), n, np.array([float(x0)]), n0, odds=1.0)
    assert np.exp(-got[0]) == pytest.approx(theirs, rel=1e-9)


@pytest.mark.parametrize(("n", "n0"), [(5, 7), (10, 10), (7, 40), (30, 12), (3, 60)])
@pytest.mark.parametrize("bound", BOUNDS)
def test_extremity_orders_tables_convexly(n: int, n0: int, bound: float) -> None:
    x, x0 = all_tables(n, n0)
    z = extremity(x, n, x0, n0, odds=bound).reshape(n + 1, n0 + 1)
    assert np.diff(z, axis=0).min() >= -1e-9
    assert np.diff(z, axis=1).max() <= 1e-9


def test_extremity_of_what_floating_point_cannot_hold_is_the_largest() -> None:
    got = extremity(np.array([400.0, 399.0]), 400, np.array([0.0, 0.0]), 400, odds=1e-9)
    assert got.tolist() == [700.0, 700.0]


def test_extremity_in_portions_is_that_of_each_table_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    x, x0 = all_tables(9, 14)
    whole = extremity(x, 9, x0, 14, odds=1.25)
    monkeypatch.setattr(conditional, "_CELLS", 40)
    assert extremity(x, 9, x0, 14, odds=1.25) == pytest.approx(whole, rel=1e-12)
    assert extremity(x[:0], 9, x0[:0], 14, odds=1.25).size == 0

import numpy as np
import pytest

from rai_check.stats.hybrid import mover_r, mover_r_array, newcombe, newcombe_array, wilson_limits
from rai_check.stats.levels import levels, two_sided_z
from rai_check.stats.one_proportion import wilson

TABLES = np.array(
    [(0, 10, 5, 50), (3, 10, 0, 50), (10, 10, 45, 50), (0, 5, 0, 7), (5, 5, 7, 7), (56, 70, 48, 80)]
).T


@pytest.mark.parametrize(("many", "one"), [(newcombe_array, newcombe), (mover_r_array, mover_r)])
def test_array_form_equals_scalar_form_at_a_level_for_each_table(many, one) -> None:
    level = np.array([0.5, 0.8, 0.9, 0.95, 0.99, 0.9999])
    low, high = many(*TABLES, level=level)
    for i, table in enumerate(TABLES.T.tolist()):
        alone = one(*table, level=level[i])
        assert (low[i], high[i]) == (alone.low, alone.high)
        assert alone.low <= alone.high


def test_newcombe_difference_by_hand() -> None:
    # 0 of 4 against 4 of 4 at z = 1.96: Wilson (0, z^2/(4 + z^2)) and its mirror image, so the
    # difference -1 has upper limit -1 + sqrt(2) z^2 / (4 + z^2)
    z2 = 1.959963984540054**2
    got = newcombe(0, 4, 4, 4)
    assert got.low == -1.0
    assert got.high == pytest.approx(-1.0 + 2**0.5 * z2 / (4 + z2), rel=1e-12)


def test_mover_r_has_no_end_where_a_side_has_no_event() -> None:
    low, high = mover_r_array([0, 3, 0], [9, 9, 9], [4, 0, 0], [20, 20, 20])
    assert low.tolist()[::2] == [0.0, 0.0]
    assert low[1] > 0.0
    assert np.isfinite(high).tolist() == [True, False, False]


@pytest.mark.parametrize("level", [0.5, 0.95, 0.9999])
def test_wilson_limits_equal_scalar_wilson(level: float) -> None:
    x, n = np.array([0, 1, 7, 20, 400, 0, 1]), np.array([5, 5, 20, 20, 9000, 1, 1])
    low, high = newcombe_array(x, n, 0, 10**15, level=level)  # against a rate known to be 0
    limits = wilson_limits(x.astype(float), n.astype(float), two_sided_z(levels(level)))
    for i, (events, size) in enumerate(zip(x.tolist(), n.tolist(), strict=True)):
        alone = wilson(events, size, level=level)
        assert (limits[0][i], limits[1][i]) == pytest.approx((alone.low, alone.high), abs=1e-14)
        assert (low[i], high[i]) == pytest.approx((alone.low, alone.high), abs=1e-6)


@pytest.mark.parametrize("many", [newcombe_array, mover_r_array])
def test_impossible_levels_and_counts_are_refused(many) -> None:
    for level in (0.0, 1.0, np.nan, [0.9, 2.0], "high"):
        with pytest.raises(ValueError, match=r"^level must"):
            many(1, 4, 1, 4, level=level)
    with pytest.raises(ValueError, match=r"^x0 must"):
        many(1, 4, 5, 4)

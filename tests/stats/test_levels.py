import numpy as np
import pytest

from rai_check.stats.levels import levels, two_sided_t, two_sided_z


def test_quantiles_equal_published_tables() -> None:
    # any table of Student's t: 12.706 (df 1), 2.571 (df 5), 2.042 (df 30) and 1.960, at 95%
    df = np.array([1.0, 5.0, 30.0, np.inf])
    assert two_sided_t(levels(0.95), df) == pytest.approx([12.706, 2.571, 2.042, 1.960], abs=5e-4)
    assert two_sided_z(levels([0.9, 0.95])) == pytest.approx([1.6449, 1.9600], abs=5e-5)


def test_quantiles_keep_their_digits_when_the_level_is_close_to_one() -> None:
    # the upper 1e-12 point of the normal is 7.0345 (Phi tables)
    assert two_sided_z(levels(1 - 2e-12)) == pytest.approx(7.0345, abs=1e-3)


@pytest.mark.parametrize("level", [0.0, 1.0, np.nan, [0.5, -1.0], "0.9x", None])
def test_impossible_levels_are_refused(level: object) -> None:
    with pytest.raises(ValueError, match=r"^level must"):
        levels(level)

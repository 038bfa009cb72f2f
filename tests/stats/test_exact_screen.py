import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rai_check.stats.exact import GAMMA, exact_p
from rai_check.stats.exact_screen import exact_at_least, exact_at_least_array

HYPOTHESES = [("ratio", 0.8), ("ratio", 1.25), ("ratio", 1.0), ("difference", 0.1), ("odds", 0.8)]
SIDES = ["above", "below"]


@st.composite
def tables(draw: st.DrawFn) -> tuple[int, int, int, int]:
    small, large = draw(st.integers(1, 60)), draw(st.integers(1, 3_000))
    one, two = draw(st.integers(0, small)), draw(st.integers(0, large))
    if draw(st.booleans()):
        return two, large, one, small
    return one, small, two, large


def test_exact_at_least_by_hand() -> None:
    # 1 of 1 against 0 of 1 at ratio 1, "above": only that table is as extreme, with probability
    # q (1 - q) at common rate q. The likeliest rate is q = 1/2, where it is 1/4, its largest.
    got = exact_at_least(1, 1, 0, 1, effect="ratio", bound=1.0, side="above")
    assert got == pytest.approx(0.25 + GAMMA, abs=1e-12)
    # Any table is at least as extreme as 0 of 2 against 2 of 2: the whole space, probability 1
    assert exact_at_least(0, 2, 2, 2, effect="ratio", bound=1.0, side="above") == 1.0


@settings(max_examples=200, deadline=None)
@given(tables(), st.sampled_from(HYPOTHESES), st.sampled_from(SIDES))
def test_exact_at_least_is_never_above_exact_p(
    table: tuple[int, int, int, int], hypothesis: tuple[str, float], side: str
) -> None:
    words = {"effect": hypothesis[0], "bound": hypothesis[1], "side": side}
    assert 0.0 < exact_at_least(*table, **words) <= exact_p(*table, **words)


@pytest.mark.parametrize(("effect", "bound"), HYPOTHESES)
@pytest.mark.parametrize("side", SIDES)
def test_exact_at_least_is_never_above_exact_p_for_any_table_of_two_sizes(
    effect: str, bound: float, side: str
) -> None:
    words = {"effect": effect, "bound": bound, "side": side}
    x, x0 = (grid.ravel() for grid in np.meshgrid(np.arange(6), np.arange(19)))
    least = exact_at_least_array(x, 5, x0, 18, **words)
    exact = [exact_p(int(a), 5, int(b), 18, **words) for a, b in zip(x, x0, strict=True)]
    assert np.all(least <= exact)


@pytest.mark.parametrize("side", SIDES)
def test_exact_at_least_spares_nearly_every_search_that_cannot_reject(side: str) -> None:
    generator = np.random.default_rng(4)
    n = generator.integers(5, 80, 150)
    base = generator.uniform(0.05, 0.9, 150)
    x, x0 = generator.binomial(n, base), generator.binomial(4000, base)
    words = {"effect": "ratio", "bound": 0.8, "side": side}
    least = exact_at_least_array(x, n, x0, 4000, **words)
    exact = np.array(
        [exact_p(int(a), int(b), int(c), 4000, **words) for a, b, c in zip(x, n, x0, strict=True)]
    )
    cannot = exact > 0.05
    assert (least[cannot] > 0.05).mean() > 0.98
    assert np.median(least / exact) > 0.95


@pytest.mark.parametrize("side", SIDES)
def test_exact_at_least_spares_most_searches_of_odds_that_cannot_reject(side: str) -> None:
    generator = np.random.default_rng(4)
    n = generator.integers(5, 80, 100)
    base = generator.uniform(0.05, 0.9, 100)
    x, x0 = generator.binomial(n, base), generator.binomial(400, base)
    words = {"effect": "odds", "bound": 0.8, "side": side}
    least = exact_at_least_array(x, n, x0, 400, **words)
    exact = np.array(
        [exact_p(int(a), int(b), int(c), 400, **words) for a, b, c in zip(x, n, x0, strict=True)]
    )
    assert (least[exact > 0.05] > 0.05).mean() > 0.85


def test_array_form_equals_scalar_form_and_keeps_its_shape() -> None:
    x0 = np.array([[3, 0, 90], [100, 50, 1]])
    got = exact_at_least_array(4, 20, x0, 100, effect="ratio", bound=0.8, side="below")
    assert got.shape == (2, 3)
    for place in np.ndindex(2, 3):
        alone = exact_at_least(4, 20, int(x0[place]), 100, effect="ratio", bound=0.8, side="below")
        assert got[place] == pytest.approx(alone, rel=1e-12)
    none = np.array([], dtype=int)
    assert exact_at_least_array(none, 4, 1, 4, effect="ratio", bound=0.8, side="above").size == 0


def test_array_form_is_the_same_in_portions() -> None:
    x = np.arange(5000) % 21
    got = exact_at_least_array(x, 20, 30, 100, effect="difference", bound=-0.1, side="below")
    assert np.array_equal(got, got[:21][x])


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ((5, 4, 1, 4), {"effect": "ratio", "bound": 0.8, "side": "above"}),
        ((1.0, 4, 1, 4), {"effect": "ratio", "bound": 0.8, "side": "above"}),
        ((1, 4, 1, 4), {"effect": "ratio", "bound": -1.0, "side": "above"}),
        ((1, 4, 1, 4), {"effect": "risk", "bound": 0.8, "side": "above"}),
        ((1, 4, 1, 4), {"effect": "ratio", "bound": 0.8, "side": "beside"}),
    ],
)
def test_impossible_arguments_are_refused(
    table: tuple[int, int, int, int], words: dict[str, object]
) -> None:
    with pytest.raises(ValueError, match=r"^(x|bound|effect|side) must"):
        exact_at_least(*table, **words)
    with pytest.raises(ValueError, match=r"^(x|bound|effect|side) must"):
        exact_at_least_array(*table, **words)

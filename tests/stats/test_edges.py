import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from rai_check.stats.edges import edge_of

HYPOTHESES = [("ratio", 0.5), ("ratio", 2.0), ("difference", -0.3), ("difference", 0.1)]
HYPOTHESES += [("odds", bound) for bound in (1e-6, 0.25, 1.0, 4.0, 1e6)]


@pytest.mark.parametrize(("effect", "bound"), HYPOTHESES)
def test_rates_of_an_edge_have_the_effect(effect: str, bound: float) -> None:
    p, p0 = edge_of(effect, bound).rates(np.linspace(0.01, 0.99, 99))
    found = {
        "ratio": p / p0,
        "difference": p - p0,
        "odds": p * (1.0 - p0) / (p0 * (1.0 - p)),
    }[effect]
    assert found == pytest.approx(bound, rel=1e-9)
    assert np.all(np.diff(p) > 0.0)
    assert np.all(np.diff(p0) > 0.0)


@pytest.mark.parametrize(("effect", "bound"), HYPOTHESES)
def test_places_of_rates_are_where_they_came_from(effect: str, bound: float) -> None:
    s, edge = np.linspace(0.0, 1.0, 41), edge_of(effect, bound)
    p, p0 = edge.rates(s)
    assert edge.of_group(p) == pytest.approx(s, abs=1e-8)
    assert edge.of_rest(p0) == pytest.approx(s, abs=1e-8)
    assert np.all((p >= 0.0) & (p <= 1.0) & (p0 >= 0.0) & (p0 <= 1.0))


def test_a_pair_beyond_the_bound_is_further_on_for_the_group() -> None:
    # .6 against .2: ratio 3, difference .4, odds 1.5 / .25 = 6
    for effect, at in (("ratio", 3.0), ("difference", 0.4), ("odds", 6.0)):
        for bound, beyond in ((at * 0.99, True), (at * 1.01, False)):
            edge = edge_of(effect, bound)
            assert bool(edge.of_group(0.6) > edge.of_rest(0.2)) == beyond


def test_edge_of_odds_by_hand() -> None:
    # odds of s times 2 and over 2: at s = 1/3 (odds 1/2) odds 1 and 1/4
    p, p0 = edge_of("odds", 4.0).rates(np.array([0.0, 1 / 3, 1.0]))
    assert p == pytest.approx([0.0, 0.5, 1.0], abs=1e-15)
    assert p0 == pytest.approx([0.0, 0.2, 1.0], abs=1e-15)


@settings(deadline=None)
@given(
    st.sampled_from(HYPOTHESES),
    st.tuples(st.integers(1, 12), st.integers(1, 12)),
    st.tuples(st.floats(0.0, 1.0), st.floats(0.001, 1.0)),
    st.randoms(use_true_random=False),
)
def test_no_event_between_two_places_is_likelier_than_the_slack_allows(
    hypothesis: tuple[str, float], sizes: tuple[int, int], cell: tuple[float, float], random
) -> None:
    (n, n0), edge = sizes, edge_of(*hypothesis)
    left = cell[0] * 1.5
    right = left + cell[1] * (np.pi / 2 - left)
    angle = np.linspace(left, right, 41)
    p, p0 = edge.rates(np.sin(angle) ** 2)
    x, x0 = np.arange(n + 1)[:, None], np.arange(n0 + 1)[:, None]
    event = np.array([[random.random() < 0.5 for _ in range(n0 + 1)] for _ in range(n + 1)], float)
    chance = np.einsum("is,ij,js->s", binom.pmf(x, n, p), event, binom.pmf(x0, n0, p0))
    slack = edge.slack(np.array([left]), np.array([right]), n, n0)[0]
    assert chance.max() <= max(chance[0], chance[-1]) + slack + 1e-12

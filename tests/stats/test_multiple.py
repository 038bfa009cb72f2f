import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from rai_check.stats.multiple import holm

P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def test_holm_by_hand_in_the_order_given() -> None:
    # sorted .01 .02 .04: 3*.01 = .03, 2*.02 = .04, max(.04, 1*.04) = .04
    assert holm([0.04, 0.01, 0.02]) == pytest.approx((0.04, 0.03, 0.04))


def test_holm_counts_members_that_did_not_run_as_one() -> None:
    # five declared, two ran: 5*.01 = .05, 4*.02 = .08
    assert holm([0.02, 0.01], size=5) == pytest.approx((0.08, 0.05))


def test_holm_of_nothing_is_nothing() -> None:
    assert holm([]) == ()
    assert holm([], size=3) == ()


@settings(max_examples=25, deadline=None)  # theirs takes 80 ms a call
@given(P_VALUES)
def test_holm_equals_statsmodels(p: list[float]) -> None:
    assert holm(p) == pytest.approx(tuple(multipletests(p, method="holm")[1]), abs=1e-12)


@given(P_VALUES, st.integers(0, 10))
def test_holm_with_size_equals_padding_with_ones(p: list[float], extra: int) -> None:
    padded = holm([*p, *[1.0] * extra])[: len(p)]
    assert holm(p, size=len(p) + extra) == pytest.approx(padded)


@given(P_VALUES)
def test_holm_never_lowers_and_keeps_order(p: list[float]) -> None:
    adjusted = holm(p)
    assert all(before <= after <= 1.0 for before, after in zip(p, adjusted, strict=True))
    ranked = sorted(zip(p, adjusted, strict=True))
    assert [pair[1] for pair in ranked] == sorted(adjusted)


@pytest.mark.parametrize(
    ("p", "size", "name"),
    [([0.1, 0.2], 1, "size"), ([math.nan], None, "p"), ([1.1], None, "p"), ([0.1], 1.5, "size")],
)
def test_holm_refuses_impossible_arguments(p: list[float], size: int | None, name: str) -> None:
    with pytest.raises(ValueError, match=rf"^{name} must"):
        holm(p, size=size)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rai_check.reports.html.axis import LEFT, OWN, RIGHT, WIDTH, axis_of

values = st.lists(st.floats(-1_000, 1_000), min_size=1, max_size=8)


def test_axis_of_small_rates_does_not_reach_to_all() -> None:
    axis = axis_of("rate", [0.021, 0.034, 0.048])

    assert (axis.low, axis.high) == pytest.approx((0.0, 0.05))
    assert [axis.words(t) for t in axis.ticks()] == ["0%", "1%", "2%", "3%", "4%", "5%"]


def test_axis_of_nearly_all_ends_at_all() -> None:
    axis = axis_of("rate", [0.9, 0.97])

    assert axis.high == 1.0
    assert axis.words(axis.ticks()[-1]) == "100%"


def test_axis_of_amounts_has_their_unit_and_equality_in_the_middle() -> None:
    axis = axis_of("amount", [3.2, -1.0, 7.0], "days")

    assert axis.x(0.0) == pytest.approx(WIDTH / 2)
    assert axis.words(2.0) == "2 days"
    assert axis_of(OWN, [10.0, 20.0], "pounds").words(12.0) == "£12"


def test_axis_of_own_averages_has_no_line_of_equality() -> None:
    assert axis_of(OWN, [10.0, 20.0]).equal is None
    assert axis_of("rate", [0.1]).equal is None
    assert axis_of("change", [1.3]).equal == 1.0


@given(st.sampled_from(["difference", "amount", OWN]), values)
def test_axis_keeps_every_value_and_a_few_ticks_inside(scale: str, found: list[float]) -> None:
    axis = axis_of(scale, found)

    assert all(LEFT <= axis.x(v) <= WIDTH - RIGHT for v in (*found, *axis.ticks()))
    assert 1 <= len(axis.ticks()) <= 15


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_axis_of_rates_keeps_every_rate_inside(found: list[float]) -> None:
    axis = axis_of("rate", found)

    assert axis.high >= max(found)
    assert axis.high <= 1.0
    assert len(axis.ticks()) >= 2

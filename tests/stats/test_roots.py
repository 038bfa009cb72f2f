import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rai_check.stats.roots import falling_roots


def solve(f, low, high, start):
    """Search from the middle of nowhere in particular: `before` is the lower end."""
    low, high, start = (np.asarray(a, dtype=float) for a in (low, high, start))
    return falling_roots(f, low=low, high=high, start=start, before=low, value=np.ones(low.size))


def test_roots_by_hand() -> None:
    # 8 - x^3 is zero at 2, 1 - x at 1, e - e^x at 1
    def f(x, which):
        return np.choose(which, (8 - x**3, 1 - x, np.e - np.exp(x)))

    got = solve(f, [0.0, 0.0, 0.0], [10.0, 5.0, 3.0], [9.0, 0.1, 0.2])
    assert got == pytest.approx([2.0, 1.0, 1.0], rel=1e-14)


def test_each_function_is_called_inside_its_bracket_and_only_while_it_is_sought() -> None:
    seen: list[tuple[int, float]] = []

    def f(x, which):
        seen.extend(zip(which.tolist(), x.tolist(), strict=True))
        return np.where(which == 0, 0.25 - x, np.where(x < 0.9, 1.0, -1.0))

    got = solve(f, [0.0, 0.0], [1.0, 1.0], [0.25, 0.5])
    assert got == pytest.approx([0.25, 0.9], abs=1e-11)
    assert all(0.0 < place < 1.0 for _, place in seen)
    assert [which for which, _ in seen].count(0) == 1  # its start was the root


def test_function_of_one_sign_gives_the_end_it_points_to() -> None:
    got = solve(lambda _, which: np.where(which == 0, 1.0, -1.0), [-1.0, -1.0], [1.0, 1.0], [0, 0])
    assert got == pytest.approx([1.0, -1.0], abs=1e-10)


def test_equal_ends_are_the_answer_without_a_call() -> None:
    def f(x, which):
        raise AssertionError((x, which))

    assert solve(f, [2.0, np.inf][:1], [2.0], [7.0]) == [2.0]
    assert solve(f, [], [], []).size == 0


@given(
    st.lists(st.tuples(st.floats(-50, 50), st.floats(0.01, 30)), min_size=1, max_size=8),
    st.floats(-70, 70),
)
def test_roots_are_found_however_flat_or_steep(
    shapes: list[tuple[float, float]], start: float
) -> None:
    # tanh is all but flat away from its root, so secants from afar point anywhere
    root, steep = np.array(shapes).T

    def f(x, which):
        return -np.tanh(steep[which] * (x - root[which]))

    ends = np.full(root.size, 60.0)
    got = solve(f, -ends, ends, np.full(root.size, start))
    assert got == pytest.approx(root, abs=1e-9)

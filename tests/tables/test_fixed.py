"""Sums: exact whole millionths, whatever the order, the engine or the number of rows."""

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rai_check.errors import DataError
from rai_check.tables import SCALE, Table
from rai_check.tables.fixed import summed

OpenFile = Callable[..., Table]
OpenFrame = Callable[[object], Table]

# by hand, in millionths: halves go away from zero; what is below a half goes to zero
ROUNDED = [
    (0.0000005, 1),
    (-0.0000005, -1),
    (0.0000015, 2),
    (4.999999999999999e-07, 0),
    (2.5, 2_500_000),
    (1e9, 10**15),
    (-1e9, -(10**15)),
    (0.1, 100_000),
    (1 / 3, 333_333),
    (0.0, 0),
]


@pytest.mark.parametrize(("value", "millionths"), ROUNDED)
def test_number_is_whole_millionths_when_summed_alone(
    read: OpenFile, framed: OpenFrame, value: float, millionths: int
) -> None:
    for table in (framed(pa.table({"a": [value]})), read(f"a\n{value!r}\n")):
        sums = table.cells([], sums=["a"]).sums["a"]
        assert (sums.known.tolist(), sums.total.tolist()) == ([1], [millionths])
        assert sums.squares.tolist() == [millionths**2]


def test_sums_are_python_integers_when_too_long_for_a_machine(framed: OpenFrame) -> None:
    sums = framed(pa.table({"a": [1e9] * 1_000})).cells([], sums=["a"]).sums["a"]
    assert sums.squares.tolist() == [1_000 * 10**30]
    assert type(sums.total[0]) is int
    assert type(sums.squares[0]) is int


NUMBERS = st.lists(st.floats(-1e9, 1e9), max_size=40)


@given(NUMBERS, st.randoms())
def test_sums_are_exact_in_any_order(values: list[float], random: object) -> None:
    fixed = [round(Fraction(value * SCALE)) for value in values]
    # Fraction rounds halves to even; take the rare half away from zero by hand
    halves = [abs(Fraction(value * SCALE)) % 1 == Fraction(1, 2) for value in values]
    fixed = [
        int(Fraction(v * SCALE) + (Fraction(1, 2) if v > 0 else -Fraction(1, 2))) if half else f
        for v, f, half in zip(values, fixed, halves, strict=True)
    ]
    shuffled = list(values)
    random.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis' own Random
    found = summed(np.array(shuffled), np.zeros(len(values), dtype=np.int64), 1, "here")
    assert found.total.tolist() == [sum(fixed)]
    assert found.squares.tolist() == [sum(f * f for f in fixed)]
    assert found.known.tolist() == [len(values)]


def test_missing_and_not_numeric_are_not_known_when_summed(read: OpenFile) -> None:
    cells = read("g,a\nx,1\nx,\nx,text\nx,nan\nx,inf\ny,-2\n").cells(["g"], sums=["a"])
    assert cells.n.tolist() == [5, 1]
    assert cells.sums["a"].known.tolist() == [1, 1]
    assert cells.sums["a"].total.tolist() == [1_000_000, -2_000_000]
    assert cells.sums["a"].squares.tolist() == [10**12, 4 * 10**12]


def test_sums_are_zero_when_no_row_has_a_number(read: OpenFile, framed: OpenFrame) -> None:
    empty = framed(pa.table({"a": pa.array([], pa.float64())}))
    for table in (read("a\n"), read('a\n""\n', "b.csv"), empty):
        sums = table.cells([], sums=["a"]).sums["a"]
        assert (sums.known.tolist(), sums.total.tolist(), sums.squares.tolist()) == ([0], [0], [0])


def test_number_is_refused_when_too_large_to_be_meant(read: OpenFile, framed: OpenFrame) -> None:
    message = r"column 'a': numbers beyond plus or minus 1,000,000,000 are not summed, and 2 of"
    with pytest.raises(DataError, match=message) as caught:
        read("a\n1\n1000000001\n-2e9\n").cells([], sums=["a"])
    assert "1000000001" not in str(caught.value)
    with pytest.raises(DataError, match=message):
        framed(pa.table({"a": [1.0, 1_000_000_001, -2e9]})).cells([], sums=["a"])


def test_number_is_refused_not_overflowed_when_it_has_hundreds_of_digits(
    read: OpenFile, framed: OpenFrame
) -> None:
    for table in (read("a\n1e300\n"), framed(pa.table({"a": [-1e300]}))):
        with pytest.raises(DataError, match="and 1 of its rows hold one"):
            table.cells([], sums=["a"])

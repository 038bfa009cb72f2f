"""Cuts: the place of a number among edges is, to the last bit, what numpy's definition says."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rai_check.tables.cuts import Grid, cut_sql, double, grid_of, places
from rai_check.tables.engine import Engine
from rai_check.tables.stored import singles
from rai_check.tables.text import text_form

BINS = tuple(i / 1024 for i in range(1, 1024))
EDGES = [
    BINS,
    (0.5,),
    (0.1, 0.2, 0.30000000000000004, 0.7),
    (-0.0, 1.0, 2.0),
    (1 / 3, 2 / 3),
    (-3.5, -3.0, -2.5),
    (18.0, 25.0, 35.0, 65.0),
    (5e-324, 1.0, 1.7976931348623157e308),
    (float("-inf"), 0.0, float("inf")),
    tuple((i / 700) ** 1.7 for i in range(1, 700)),
]


def _near(edges: tuple[float, ...]) -> np.ndarray:
    """Every edge, its neighbours to the last bit, and what lies far out."""
    edge = np.array([e for e in edges if np.isfinite(e)])
    with np.errstate(over="ignore"):
        near = [edge, np.nextafter(edge, -np.inf), np.nextafter(edge, np.inf)]
    far = np.array([0.0, -0.0, 1e300, -1e300, 1.7976931348623157e308, 5e-324, -5e-324])
    some = np.random.default_rng(5).random(500) * 3 - 1
    every = np.concatenate([*near, far, some])
    return every[np.isfinite(every)]


def _definition(edges: tuple[float, ...], values: np.ndarray) -> list[int]:
    return [int(place) for place in np.searchsorted(np.array(edges), values, side="right")]


@pytest.mark.parametrize("edges", EDGES)
def test_places_are_those_of_the_definition_when_at_an_edge(edges: tuple[float, ...]) -> None:
    values = _near(edges)
    assert places(values, edges).tolist() == _definition(edges, values)


@pytest.mark.parametrize("edges", EDGES)
def test_engine_finds_the_same_place_when_at_an_edge(edges: tuple[float, ...]) -> None:
    values = _near(edges)
    engine = Engine()
    try:
        engine.rows("CREATE TABLE data (i BIGINT, v DOUBLE)")
        rows = {"i": pa.array(range(len(values) + 1)), "v": pa.array([*values, None])}
        engine.insert("data", pa.record_batch(rows))
        found = engine.rows(f"SELECT k FROM {cut_sql('v', edges, 'data', 'k')} ORDER BY i")  # noqa: S608 - ours
    finally:
        engine.close()
    assert [place for (place,) in found] == [*_definition(edges, values), None]


@given(
    st.integers(-40, 40),
    st.integers(0, 20),
    st.integers(1, 40),
    st.floats(-50, 50, allow_subnormal=True),
)
def test_places_are_those_of_the_definition_when_edges_lie_on_a_grid(
    first: int, power: int, count: int, value: float
) -> None:
    edges = tuple((first + i) / 2**power for i in range(count))
    values = np.array([value, *edges])
    assert places(values, edges).tolist() == _definition(edges, values)


def test_grid_is_found_when_edges_are_equal_steps_of_a_power_of_two() -> None:
    assert grid_of(BINS) == Grid(first=1, per_one=1024, edges=1023)
    assert grid_of((-0.5, 0.0, 0.5)) == Grid(first=-1, per_one=2, edges=3)


@pytest.mark.parametrize(
    "edges",
    [
        (0.5,),  # one edge has no step
        (0.1, 0.2, 0.3),  # tenths are no binary fractions
        (0.0, 10.0, 20.0),
        (0.0, 2.0, 4.0),
        (0.25, 0.75, 1.25),  # steps of a half, but not from a multiple of one
        (0.0, 1.0, 3.0),
        (float("-inf"), 0.0),
        (2.0**53, 2.0**53 + 2),
    ],
)
def test_grid_is_not_found_when_a_product_could_be_inexact(edges: tuple[float, ...]) -> None:
    assert grid_of(edges) is None


def test_sql_stays_short_when_there_are_many_equal_edges() -> None:
    assert len(cut_sql("v", BINS, "data", "k")) < 300


def test_missing_is_above_all_edges_when_the_caller_has_not_masked_it() -> None:
    assert places(np.array([np.nan]), (0.0, 0.5)).tolist() == [2]
    assert places(np.array([np.nan]), (0.1, 0.5)).tolist() == [2]


@pytest.mark.parametrize(
    "edges", [BINS, (0.1, 0.2, 0.7), (1e-50, 0.3, 1e300), (-1e300, 97474820.0)]
)
def test_singles_are_cut_as_their_shortest_decimals_are(edges: tuple[float, ...]) -> None:
    near = np.array(edges, dtype=np.float64)
    with np.errstate(over="ignore"):
        exact = near.astype(np.float32)
        around = [exact, np.nextafter(exact, np.float32(-9)), np.nextafter(exact, np.float32(9))]
    some = np.random.default_rng(3).random(500, dtype=np.float32)
    values = np.concatenate([*around, some, np.float32([97474816.0, 3.4e38, -3.4e38])])
    values = values[np.isfinite(values)]
    written = np.array([float(text) for text in text_form(pa.array(values)).to_pylist()])
    found = np.searchsorted(np.array(singles(edges)), values.astype(np.float64), side="right")
    assert found.tolist() == _definition(edges, written)


def test_double_reads_back_the_same_when_written_as_sql() -> None:
    values = [0.1, 0.30000000000000004, 1e23, 5e-324, float("inf"), -0.0]
    engine = Engine()
    try:
        (found,) = engine.rows("SELECT " + ", ".join(double(value) for value in values))
    finally:
        engine.close()
    assert [repr(value) for value in found] == [repr(value) for value in values]

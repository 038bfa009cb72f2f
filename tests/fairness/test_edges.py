"""Where bins begin."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects import GROUP, decisions, open_project
from rai_check.fairness.edges import BINS, UNIT, declared_numbers, number, value_edges
from rai_check.project import Role


def table(folder, values, **column):
    columns = {"group": GROUP, "score": {"means": "score", **column}}
    lines = [f"a,{value}" for value in values]
    tables = {"decisions": decisions(**columns)}
    project = open_project(folder, lines=lines, header="group,score", tables=tables)
    return project.table(Role.DECISIONS)


def test_unit_edges_are_exact_and_set_1_apart():
    assert len(UNIT) == BINS + 2
    assert UNIT[:3] == (0.0, 1 / 1024, 2 / 1024)
    assert np.searchsorted(UNIT, 1.0, side="right") == BINS + 1
    assert np.searchsorted(UNIT, 1.0000001, side="right") == BINS + 2


@pytest.mark.parametrize(("text", "expected"), [("1.5", 1.5), ("nan", None), ("inf", None)])
@pytest.mark.parametrize("blanks", ["", " "])
def test_number_is_finite_or_nothing(text, blanks, expected):
    assert number(f"{blanks}{text}") == expected


@pytest.mark.parametrize("text", [None, "", "many", "1,000"])
def test_what_is_no_number_is_nothing(text):
    assert number(text) is None


def test_declared_numbers_rise_and_leave_out_words():
    assert declared_numbers(("999", "-1", "none", "-1.0")) == (-1.0, 999.0)


def test_few_values_have_a_bin_each(tmp_path):
    values = ["3", "1", "2.5", "1", "x", "", "nan", "-1"]

    assert value_edges(table(tmp_path, values, not_known=["-1"]), "score") == (1.0, 2.5, 3.0)


def test_nothing_known_still_has_an_edge(tmp_path):
    assert value_edges(table(tmp_path, ["x", ""]), "score") == (0.0,)


def test_many_values_are_cut_into_equal_shares_with_the_greatest_alone(tmp_path):
    values = np.arange(5000) ** 2
    edges = value_edges(table(tmp_path, values), "score")

    assert len(edges) <= BINS
    assert edges[0] == 0
    assert edges[-1] == 4999**2
    rows = np.histogram(values, bins=[*edges, np.inf])[0]
    assert rows.max() <= 6  # 5,000 rows in 1,023 bins


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(0, 5000), min_size=1, max_size=300))
def test_cutting_a_whole_number_never_loses_a_value_when_few(tmp_path_factory, values):
    folder = tmp_path_factory.mktemp("edges")

    edges = value_edges(table(folder, values), "score")

    assert edges == tuple(float(v) for v in sorted(set(values)))

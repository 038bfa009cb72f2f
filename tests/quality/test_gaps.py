"""Missing values by group, against plain pandas."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rai_check.check import Missing
from rai_check.fairness.tally import count
from rai_check.quality.gaps import columns_that_matter, gap_counts
from rai_check.quality.keys import repeats
from rai_check.quality.known import is_declared, is_there, known_share
from rai_check.tables import from_frame
from role_tables import labelled, role_table

SAYS = {"means": "prediction", "positive": ["yes"], "positive_is": "favourable"}
CELL = st.sampled_from(["a", "b", "-", None])
VALUE = st.sampled_from(["yes", "no", "?", None])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(CELL, VALUE), min_size=1, max_size=30))
def test_counts_are_those_of_plain_pandas(rows):
    frame = pd.DataFrame(rows, columns=["g", "says"], dtype="object")
    spec = {"g": labelled("ab", not_known=["-"]), "says": {**SAYS, "not_known": ["?"]}}
    table = role_table(frame, spec)

    (found,) = gap_counts(table, "g", ["says"])
    tally = count(found.cube, ("g",), found.metric, pool_below=1)

    gap = frame["says"].isin(["?"]) | frame["says"].isna()
    assert found.missing == int(gap.sum())
    for label, value in (("A", "a"), ("B", "b")):
        own = frame["g"].eq(value).fillna(value=False)
        got = [(g.x, g.n) for g in tally.groups if g.label == label]
        assert got == ([(int((gap & own).sum()), int(own.sum()))] if own.any() else [])
    assert tally.unknown.rows == int((~frame["g"].isin(["a", "b"])).sum())


def test_rows_without_a_unit_are_units_of_their_own():
    frame = pd.DataFrame(
        {
            "g": ["a", "a", "a", "a", "a", "b"],
            "says": [None, "yes", "yes", None, None, "no"],
            "who": ["1", "1", None, None, None, "2"],
        }
    )
    spec = {"g": labelled("ab"), "says": SAYS, "who": {"means": "unit"}}

    (found,) = gap_counts(role_table(frame, spec), "g", ["says"])
    tally = count(found.cube, ("g",), found.metric, pool_below=1)

    assert {g.label: (g.x, g.n, g.usable, g.rows, g.units) for g in tally.groups} == {
        "A": (3, 5, 5, 5, 4),  # one of two rows of person 1, and two of three alone
        "B": (0, 1, 1, 1, 1),
    }


def test_columns_that_results_rest_on_are_outcomes_other_groups_and_the_required():
    frame = pd.DataFrame({"g": ["a"], "h": ["a"], "says": ["yes"], "why": ["x"], "free": ["x"]})
    spec = {
        "g": labelled("a"),
        "h": labelled("a"),
        "says": SAYS,
        "why": {"means": "reason", "required": "always"},
        "free": {"means": "free_text"},
    }

    assert columns_that_matter(role_table(frame, spec), "g") == ("h", "says", "why")


def test_column_that_is_no_group_is_missing():
    frame = pd.DataFrame({"g": ["a"], "says": ["yes"]})
    table = role_table(frame, {"g": {"means": "other"}, "says": SAYS})

    with pytest.raises(Missing, match="not declared as a group"):
        list(gap_counts(table, "says", ["g"]))


@pytest.mark.parametrize("strangers", [0, 3, 60])
def test_stranger_is_there_but_not_declared(strangers):
    values = ["a", "a", "-", None] + [f"s{i}" for i in range(strangers)]
    table = role_table(pd.DataFrame({"g": values}), {"g": labelled("ab", not_known=["-"])})

    there, declared = (
        known_share(table, is_there(table, "g")),
        known_share(table, is_declared(table, "g")),
    )

    assert (there.x, there.n) == (2 + strangers, 4 + strangers)
    assert (declared.x, declared.n) == (2, 4 + strangers)


def expected_of(known):
    return int(known.duplicated().sum()) if len(known) else None


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["1", "2", None])), min_size=1))
def test_repeats_of_a_key_are_rows_beyond_the_first(rows):
    frame = pd.DataFrame(rows, columns=["one", "two"], dtype="object")
    table = from_frame(frame, name="t")
    whole = frame.dropna()

    expected = int(whole.duplicated().sum()) if len(whole) else None
    assert repeats(table, ("one", "two")) == expected
    assert repeats(table, ("two",)) == expected_of(frame["two"].dropna())


def test_numbers_of_a_share_are_whole():
    table = role_table(pd.DataFrame({"g": ["a", None]}), {"g": labelled("a")})
    share = known_share(table, is_there(table, "g"))

    assert (share.rate, share.effective) == (0.5, None)
    assert isinstance(share.x, int)
    assert not isinstance(share.x, np.integer)

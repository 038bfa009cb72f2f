"""Scores: which column, which bins, which range."""

import numpy as np
import pytest

from projects import GROUP, PREDICTION, TRUTH, decisions, open_project
from rai_check.check import Missing
from rai_check.fairness.edges import BINS
from rai_check.fairness.outcomes import YES
from rai_check.fairness.scores import (
    out_of_range,
    outside,
    ranked_scores,
    score_column,
    unit_scores,
)
from rai_check.project import Role

HELD = {"means": "prediction", "at_least": "0.5", "positive_is": "favourable"}


def opened(folder, scores, score=None, header="group,s,truth", says=None):
    columns = {"group": GROUP, "s": score or {"means": "score"}, "truth": TRUTH, **(says or {})}
    lines = [f"{'ab'[i % 2]},{s},{'yes' if i % 3 else 'no'}" for i, s in enumerate(scores)]
    tables = {"decisions": decisions(**columns)}
    project = open_project(folder, lines=lines, header=header, tables=tables)
    return project.table(Role.DECISIONS)


def test_column_that_means_score_comes_before_a_prediction_held_as_one(tmp_path):
    both = {"p": HELD}

    table = opened(tmp_path, ["0.1,0.2"], header="group,s,p,truth", says=both)

    assert score_column(table) == "s"
    assert score_column(opened(tmp_path, ["0.1"], score=HELD)) == "s"


def test_prediction_in_words_is_no_score(tmp_path):
    with pytest.raises(Missing, match="'at_least'"):
        score_column(opened(tmp_path, ["yes"], score=PREDICTION))


def test_histogram_is_that_of_numpy(tmp_path):
    rng = np.random.default_rng(9)
    values = [*np.round(rng.beta(2, 5, 600), 5), 0, 1, 0.5]

    scores = unit_scores(opened(tmp_path, values), "group")

    found = scores.all_rows.histogram()
    edges = [-np.inf, *np.arange(BINS + 1) / BINS, np.nextafter(1, 2), np.inf]
    assert found.tolist() == np.histogram(values, bins=edges)[0].tolist()
    true = [v for i, v in enumerate(values) if i % 3]
    assert scores.all_rows.sums(YES)[0] == len(true)
    assert scores.all_rows.sums(YES)[1] == sum(round(v * 1e6) for v in true)


@pytest.mark.parametrize(("values", "rows"), [([0, 1, 0.5], 0), ([-0.01, 1.01, 7, 0.5], 3)])
def test_scores_outside_0_to_1_are_counted(tmp_path, values, rows):
    scores = unit_scores(opened(tmp_path, values), "group")

    assert outside(scores) == rows
    assert (out_of_range(scores) is None) == (rows == 0)


def test_well_spread_scores_are_ranked_in_equal_bins(tmp_path):
    table = opened(tmp_path, np.arange(2000) / 2000)

    assert ranked_scores(table, "group") is unit_scores(table, "group")


@pytest.mark.parametrize("values", [np.arange(900) / 1e6, np.arange(900) - 450, [0.1, 0.2] * 50])
def test_crowded_or_unlimited_scores_are_ranked_by_their_values(tmp_path, values):
    scores = ranked_scores(opened(tmp_path, values), "group")

    held = scores.all_rows.histogram()
    assert np.count_nonzero(held) == len(set(np.asarray(values).tolist()))

"""Every formula is the library's metric, on any table; where it has no value, ours has none."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rai_check.metric_frames.catalogue import NAMED, known_metric
from rai_check.metric_frames.formulas import Outcomes
from rai_check.metric_frames.named import WHO, belongs
from rai_check.reconcile import by_group

LABELS = Outcomes(truth=np.array([0.0, 1, 0, 1]), said=np.array([0.0, 0, 1, 1]))
STEPS = np.array([0.0, 0.1, 0.25, 0.5, 0.9, 1.0])
SCORES = Outcomes(truth=np.repeat([0.0, 1.0], 6), said=np.tile(STEPS, 2))


def outcomes(named):
    return LABELS if named.kind == "labels" else SCORES


@pytest.mark.parametrize("name", NAMED)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_formula_is_the_librarys_metric_where_every_denominator_holds_someone(name, data):
    named = NAMED[name]
    at = outcomes(named)
    shape = (2, len(at.said))
    counts = data.draw(arrays(np.float64, shape, elements=st.integers(0, 9).map(float)))
    held = np.all([counts[:, belongs(a, at)].sum(axis=1) > 0 for a in named.among], axis=0)

    ours = named.value(counts, at)
    theirs = by_group(named.function, at.truth, at.said, counts * held[:, None])

    np.testing.assert_allclose(ours[held], theirs[held], rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", NAMED)
def test_many_tables_at_once_are_each_table_by_itself(name):
    named = NAMED[name]
    at = outcomes(named)
    counts = np.random.default_rng(3).integers(1, 9, (4, 3, len(at.said))).astype(float)

    together = named.value(counts, at)

    assert together.shape == (4, 3)
    one_by_one = [[named.value(counts[i, j], at) for j in range(3)] for i in range(4)]
    np.testing.assert_allclose(together, np.array(one_by_one), rtol=1e-12)


# metric, table (tn, fn, fp, tp), what the library prints without a word
SILENT = [
    ("true_positive_rate", (5, 0, 5, 0), 0.0),
    ("false_positive_rate", (0, 5, 0, 5), 0.0),
    ("true_negative_rate", (0, 5, 0, 5), 0.0),
    ("precision_score", (5, 5, 0, 0), 0.0),
    ("recall_score", (5, 0, 5, 0), 0.0),
    ("matthews_corrcoef", (5, 5, 0, 0), 0.0),
    ("balanced_accuracy_score", (5, 0, 5, 0), 0.5),
    ("f1_score", (5, 0, 0, 0), 0.0),
]


@pytest.mark.parametrize(("name", "table", "printed"), SILENT)
def test_number_of_the_library_with_nothing_behind_it_is_no_value(name, table, printed):
    named, counts = NAMED[name], np.array([table], dtype=float)

    assert by_group(named.function, LABELS.truth, LABELS.said, counts)[0] == printed
    assert any(not counts[:, belongs(a, LABELS)].sum() for a in named.among)
    if name != "f1_score":  # of which only the case of nothing at all is 0/0
        assert np.isnan(named.value(counts, LABELS)[0])


def test_ranks_by_hand():
    # scores .1 .25 .5 .9; in need at .25 and .9, not at .1 and .5: three of four pairs in order
    counts = np.zeros(12)
    counts[[1, 3]] = 1  # not in need: at 0.1 and 0.5
    counts[[6 + 2, 6 + 4]] = 1  # in need: at 0.25 and 0.9

    assert NAMED["roc_auc_score"].value(counts, SCORES) == 0.75
    # from the top: 1 of 1 found, then 2 of 3
    assert NAMED["average_precision_score"].value(counts, SCORES) == pytest.approx((1 + 2 / 3) / 2)


def test_catalogue_is_complete_in_itself():
    for name, named in NAMED.items():
        assert named.id == name == known_metric(name)
        assert named.among
        assert {*named.among} <= {*WHO}
        assert callable(named.function)

"""Our rates against fairlearn's own functions; a wrong count of ours is refused."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rai_check.errors import DataError
from rai_check.fairness import METRICS
from rai_check.reconcile import reconciled

# two groups, prediction (no, yes, not known) by truth (no, yes, not known)
COUNTS = np.array(
    [
        [[50, 10, 4], [10, 30, 3], [2, 1, 1]],
        [[70, 15, 2], [5, 10, 1], [0, 3, 9]],
    ]
)


def ours(metric, counts):
    x = np.tensordot(counts, metric.x_mask(), axes=2)
    return x / np.tensordot(counts, metric.n_mask(), axes=2)


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
def test_every_rate_is_that_of_fairlearns_own_function(metric):
    gap, version = reconciled(metric.id, COUNTS, ours(metric, COUNTS))

    assert gap == 0.0
    assert version


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
@pytest.mark.parametrize("group", [0, 1])
def test_one_row_too_many_in_a_count_is_refused(metric, group):
    wrong = COUNTS.copy()
    cell = tuple(np.argwhere(metric.x_mask())[0])
    wrong[(group, *cell)] += 1

    with pytest.raises(DataError, match="differ on the same counts"):
        reconciled(metric.id, COUNTS, ours(metric, wrong))


def test_wrong_denominator_is_refused():
    # the share of the group that was rightly picked, 30 of 119, taken for its true positive rate
    wrong = COUNTS[:, 1, 1] / COUNTS.sum(axis=(1, 2))

    with pytest.raises(DataError, match="differ on the same counts"):
        reconciled("tpr", COUNTS, wrong)


def test_rate_of_one_metric_taken_for_another_is_refused():
    with pytest.raises(DataError, match="differ on the same counts"):
        reconciled("precision", COUNTS, ours(METRICS["tpr"], COUNTS))


def test_rate_where_fairlearn_has_nobody_is_refused():
    nobody = np.zeros((1, 3, 3))
    nobody[0, 2, 2] = 7  # seven rows, nothing known of them

    with pytest.raises(DataError, match="differ on the same counts"):
        reconciled("selection", nobody, [0.0])


def test_sampling_weights_are_weights():
    # 1.5 of 4.0 picked in the first group
    weights = np.zeros((2, 3, 3))
    weights[0, 1, 1], weights[0, 0, 0] = 1.5, 2.5
    weights[1, 1, 0], weights[1, 0, 2] = 1.0, 1.0

    assert reconciled("selection", weights, [0.375, 0.5])[0] == 0.0


def test_group_of_one_class_has_the_rates_that_it_has():
    one = np.zeros((1, 3, 3))
    one[0, 1, 1] = 5

    for name in ("tpr", "precision", "accuracy", "selection"):
        assert reconciled(name, one, [1.0])[0] == 0.0
    assert reconciled("fdr", one, [0.0])[0] == 0.0


def test_rows_of_unknown_truth_count_for_the_selection_rate_only():
    counts = np.array([[[1, 1, 6], [1, 1, 0], [0, 0, 0]]])

    assert reconciled("selection", counts, [0.2])[0] == 0.0
    assert reconciled("accuracy", counts, [0.5])[0] == 0.0


def test_share_of_everyone_with_an_id_of_its_own_is_reconciled_like_a_selection():
    late = np.array([[[6, 2, 0], [1, 1, 0], [5, 0, 0]]])  # late is yes: 2 of 10 known

    assert reconciled("late", late, [0.2])[0] == 0.0
    with pytest.raises(DataError, match="differ on the same counts"):
        reconciled("late", late, [0.25])


@settings(max_examples=15, deadline=None)
@given(arrays(np.int64, (3, 3, 3), elements=st.integers(1, 10**6)), st.sampled_from([*METRICS]))
def test_any_counts_reconcile(counts, name):
    assert reconciled(name, counts, ours(METRICS[name], counts))[0] == 0.0

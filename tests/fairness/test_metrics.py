"""Each rate against a library that works it out from rows, and what an empty one means."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score, confusion_matrix, precision_score, recall_score

from projects import PREDICTION, TRUTH
from rai_check.fairness import METRICS, count, cube_of
from rai_check.fairness.metrics import BASE_RATE
from rai_check.fairness.outcomes import NO, UNKNOWN, YES
from role_tables import decided, labelled, role_table

ONE = labelled("a")
COMPLEMENTS = [("tpr", "fnr"), ("fpr", "tnr"), ("precision", "fdr"), ("for", "npv")]


def counted(rows, metric):
    table = decided(rows, "one", "says", "truth", one=ONE)
    return count(cube_of(table, ("one",)), ("one",), metric, pool_below=0).groups[0]


def rows_of(table):
    """From {(prediction, truth): rows}."""
    return [("a", says, truth) for (says, truth), n in table.items() for _ in range(n)]


# prediction by truth: 15 right picks, 8 wrong ones, 5 misses, 72 rightly passed over,
# 3 picked and 4 passed over whose truth is not known, 2 without a prediction
ROWS = rows_of(
    {
        ("yes", "yes"): 15, ("yes", "no"): 8, ("no", "yes"): 5, ("no", "no"): 72,
        ("yes", None): 3, ("no", None): 4, (None, "yes"): 2,
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("rate", "x", "n", "usable", "rows"),
    [
        ("selection", 26, 107, 107, 109),  # 15 + 8 + 3 of all with a prediction
        ("tpr", 15, 20, 100, 109),
        ("fnr", 5, 20, 100, 109),
        ("fpr", 8, 80, 100, 109),
        ("tnr", 72, 80, 100, 109),
        ("precision", 15, 23, 23, 28),  # 26 picked, and 2 that may have been
        ("fdr", 8, 23, 23, 28),
        ("for", 5, 77, 77, 83),  # 81 passed over, and 2 that may have been
        ("npv", 72, 77, 77, 83),
        ("accuracy", 87, 100, 100, 109),
    ],
)
def test_rate_counts_what_it_is_about(rate, x, n, usable, rows):
    found = counted(ROWS, METRICS[rate])

    assert (found.x, found.n) == (x, n)
    assert (found.usable, found.rows) == (usable, rows)


def test_base_rate_counts_every_known_truth():
    found = counted(ROWS, BASE_RATE)

    assert (found.x, found.n) == (22, 102)


def test_share_known_of_precision_is_of_those_picked():
    # 100 picked of 1,000 and the truth known for 20 of them: 2%, not 92%, would be missed
    rows = rows_of({("yes", "yes"): 20, ("yes", None): 80, ("no", None): 900})

    found = counted(rows, METRICS["precision"])

    assert (found.usable, found.rows) == (20, 100)


BITS = st.lists(
    st.tuples(st.sampled_from([0, 1]), st.sampled_from([0, 1])), min_size=1, max_size=60
)


@given(BITS)
@settings(max_examples=40, deadline=None)
def test_rates_are_those_of_scikit_learn(bits):
    says, truth = np.array(bits).T
    frame = pd.DataFrame({"one": "a", "says": says, "truth": truth})
    columns = {
        "one": ONE,
        "says": {**PREDICTION, "positive": ["1"]},
        "truth": {**TRUTH, "positive": ["1"]},
    }
    cube = cube_of(role_table(frame, columns), ("one",))
    (tn, fp), (fn, tp) = confusion_matrix(truth, says, labels=[0, 1])
    library = {
        "selection": (says.mean(), len(says)),
        "tpr": (recall_score(truth, says, zero_division=0), tp + fn),
        "precision": (precision_score(truth, says, zero_division=0), tp + fp),
        "tnr": (recall_score(truth, says, pos_label=0, zero_division=0), tn + fp),
        "npv": (precision_score(truth, says, pos_label=0, zero_division=0), tn + fn),
        "accuracy": (accuracy_score(truth, says), len(says)),
    }

    for rate, (value, n) in library.items():
        group = count(cube, ("one",), METRICS[rate], pool_below=0).groups[0]
        assert group.n == n
        if n:
            assert group.x / group.n == pytest.approx(value)


@pytest.mark.parametrize(("rate", "other"), COMPLEMENTS)
def test_complement_counts_the_rest_of_the_same_rows(rate, other):
    one, two = METRICS[rate], METRICS[other]

    assert one.among == two.among
    assert (one.x_mask() + two.x_mask() == one.n_mask()).all()
    assert one.usable == two.usable
    assert one.concerned == two.concerned


@pytest.mark.parametrize("metric", [*METRICS.values(), BASE_RATE], ids=lambda m: m.id)
def test_every_rate_is_whole(metric):
    assert metric.among <= metric.usable <= metric.concerned
    assert metric.among & metric.event
    assert metric.among - metric.event
    assert metric.nobody
    if not metric.needs_truth:
        for prediction in (NO, YES, UNKNOWN):
            states = {(prediction, truth) in metric.among for truth in (NO, YES, UNKNOWN)}
            assert len(states) == 1


def test_only_rates_among_the_picked_can_do_without_the_truth_of_others():
    allowed = {metric.id for metric in METRICS.values() if metric.among_selected}

    assert allowed == {"precision", "fdr"}
    for rate in allowed:
        assert {prediction for prediction, _ in METRICS[rate].among} == {YES}


def test_names_are_those_that_reports_know():
    assert [metric.name for metric in METRICS.values()] == [
        "selection rate", "true positive rate", "false negative rate", "false positive rate",
        "true negative rate", "precision", "false discovery rate", "false omission rate",
        "negative predictive value", "accuracy",
    ]  # fmt: skip

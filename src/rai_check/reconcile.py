"""Our rates and fairlearn's on the same counts: they agree, or nothing goes on.

A fairlearn MetricFrame is given one weighted row for each cell of the counts, not one for each
person: the same values, at a cost that does not grow with the rows.
"""

import warnings
from collections.abc import Callable
from functools import lru_cache, partial
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rai_check.errors import DataError

Floats: TypeAlias = NDArray[np.float64]
Metric: TypeAlias = Callable[..., float]
"""Called as ``metric(truth, prediction, sample_weight=weight)``."""
TOLERANCE = 1e-9
_CELLS = 9
_KNOWN = 2
"""States of prediction and truth below it are known: 0 is no, 1 is yes."""


def by_group(metric: Metric, truth: Floats, prediction: Floats, weight: Floats) -> Floats:
    """Return fairlearn's value of each group, from cells as weighted rows.

    Args:
        metric: a metric of fairlearn or scikit-learn that takes `sample_weight`.
        truth: one entry a cell, the same for every group.
        prediction: likewise; a label or a score.
        weight: groups x cells, how many rows (or how much sampling weight) each cell holds.

    Returns:
        One value a group; NaN for a group without a row.
    """
    from fairlearn.metrics import MetricFrame

    held = weight > 0
    place = np.broadcast_to(np.arange(len(weight))[:, None], weight.shape)[held]
    found = np.full(len(weight), np.nan)
    if not place.size:
        return found
    with warnings.catch_warnings():
        # what scikit-learn warns of (an empty denominator) is refused by us, before or after
        warnings.simplefilter("ignore")
        values = MetricFrame(
            metrics=metric,
            y_true=np.broadcast_to(truth, weight.shape)[held],
            y_pred=np.broadcast_to(prediction, weight.shape)[held],
            sensitive_features=place.tolist(),  # as an array, one row alone would be refused
            sample_params={"sample_weight": weight[held]},
        ).by_group
    found[np.asarray(values.index, dtype=np.int64)] = np.asarray(values, dtype=np.float64)
    return found


def reconciled(metric: str, confusion: ArrayLike, rates: ArrayLike) -> tuple[float, str]:
    """Largest absolute difference between our rates and fairlearn's own function, by group.

    Fairlearn is given one weighted row for each cell of the counts and works the rate out by
    itself, so that a wrong numerator or denominator of ours shows.

    Args:
        metric: id of the rate, as in `rai_check.fairness.METRICS`; any other id is that of a
            share of everyone, such as those who waited too long, counted like a selection.
        confusion: groups x 3 x 3, rows (or sampling weight) by prediction and truth: no, yes,
            not known. Straight from the cube, not through our definition of the rate.
        rates: ours, of each group; every denominator above 0.

    Returns:
        The largest difference (0.0 to nine places) and fairlearn's version.

    Raises:
        DataError: when they differ by more than 1e-9, or it has no value where we have one: one
            of the two is wrong.
    """
    from importlib.metadata import version

    counts = np.ascontiguousarray(confusion, dtype=np.float64).reshape(-1, _CELLS)
    theirs = np.array(_theirs(metric, counts.tobytes()))
    gap = float(np.max(np.abs(theirs - np.asarray(rates, dtype=np.float64)), initial=0.0))
    if not gap <= TOLERANCE:
        raise DataError("our rates and fairlearn's differ on the same counts; report this.")
    return round(gap, 9), version("fairlearn")


@lru_cache(maxsize=256)
def _theirs(metric: str, counts: bytes) -> tuple[float, ...]:
    """Fairlearn's rate of each group; asked once for the same counts."""
    cells = np.frombuffer(counts).reshape(-1, _CELLS)
    prediction, truth = (side.ravel() for side in np.indices((3, 3), dtype=np.float64))
    function, used = _against_truth(metric), prediction < _KNOWN
    if function is None:
        from fairlearn.metrics import selection_rate

        function, truth = selection_rate, np.zeros_like(prediction)
    else:
        used &= truth < _KNOWN
    return tuple(by_group(function, truth[used], prediction[used], cells[:, used]).tolist())


def _against_truth(metric: str) -> Metric | None:
    """The metric of fairlearn, or that of scikit-learn where fairlearn has none of its own."""
    from fairlearn import metrics
    from sklearn.metrics import accuracy_score, precision_score

    precision = partial(precision_score, zero_division=np.nan)
    found: dict[str, Metric] = {
        "tpr": metrics.true_positive_rate,
        "fnr": metrics.false_negative_rate,
        "fpr": metrics.false_positive_rate,
        "tnr": metrics.true_negative_rate,
        "precision": precision,
        "fdr": partial(_complement, precision),
        "npv": partial(precision, pos_label=0),
        "for": partial(_complement, partial(precision, pos_label=0)),
        "accuracy": accuracy_score,
    }
    return found.get(metric)


def _complement(metric: Metric, truth: Floats, said: Floats, sample_weight: Floats) -> float:
    return 1.0 - metric(truth, said, sample_weight=sample_weight)

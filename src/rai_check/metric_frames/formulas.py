"""Metrics of fairlearn and scikit-learn, written for many tables of counts at once.

The value that is reported is theirs. These are for the resamples, which would take theirs hours,
and are held against theirs on every table that is reported (`values.py`).

Each takes counts whose last axis runs over the cells of `Outcomes`, and gives one value a table;
NaN where its denominator is empty.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outcomes:
    """What the cells of a table stand for.

    Attributes:
        truth: float64, 0 or 1 for each cell.
        said: float64, a label (0 or 1) or a score, rising among cells of the same truth.
    """

    truth: Floats
    said: Floats


def _four(counts: Floats, at: Outcomes) -> tuple[Floats, Floats, Floats, Floats]:
    """True positives, false positives, false negatives, true negatives."""
    cells = [
        counts[..., (at.said == said) & (at.truth == truth)].sum(axis=-1)
        for said, truth in ((1, 1), (1, 0), (0, 1), (0, 0))
    ]
    return cells[0], cells[1], cells[2], cells[3]


def _over(top: Floats, bottom: Floats) -> Floats:
    empty = bottom == 0
    return np.where(empty, np.nan, top / np.where(empty, 1.0, bottom))


def accuracy(counts: Floats, at: Outcomes) -> Floats:
    """Share that is right."""
    tp, fp, fn, tn = _four(counts, at)
    return _over(tp + tn, tp + fp + fn + tn)


def zero_one_loss(counts: Floats, at: Outcomes) -> Floats:
    """Share that is wrong."""
    return 1 - accuracy(counts, at)


def recall(counts: Floats, at: Outcomes) -> Floats:
    """Of those who needed the outcome, the share picked."""
    tp, _, fn, _ = _four(counts, at)
    return _over(tp, tp + fn)


def miss_rate(counts: Floats, at: Outcomes) -> Floats:
    """Of those who needed the outcome, the share missed."""
    return 1 - recall(counts, at)


def specificity(counts: Floats, at: Outcomes) -> Floats:
    """Of those who did not need the outcome, the share passed over."""
    _, fp, _, tn = _four(counts, at)
    return _over(tn, tn + fp)


def fall_out(counts: Floats, at: Outcomes) -> Floats:
    """Of those who did not need the outcome, the share picked."""
    return 1 - specificity(counts, at)


def precision(counts: Floats, at: Outcomes) -> Floats:
    """Of those picked, the share who needed it."""
    tp, fp, _, _ = _four(counts, at)
    return _over(tp, tp + fp)


def balanced_accuracy(counts: Floats, at: Outcomes) -> Floats:
    """Mean of recall and specificity."""
    return (recall(counts, at) + specificity(counts, at)) / 2


def f1(counts: Floats, at: Outcomes) -> Floats:
    """Harmonic mean of precision and recall."""
    tp, fp, fn, _ = _four(counts, at)
    return _over(2 * tp, 2 * tp + fp + fn)


def jaccard(counts: Floats, at: Outcomes) -> Floats:
    """True positives among everyone picked or in need."""
    tp, fp, fn, _ = _four(counts, at)
    return _over(tp, tp + fp + fn)


def matthews(counts: Floats, at: Outcomes) -> Floats:
    """Correlation of prediction and truth."""
    tp, fp, fn, tn = _four(counts, at)
    margins = np.sqrt(tp + fp) * np.sqrt(tp + fn) * np.sqrt(tn + fp) * np.sqrt(tn + fn)
    return _over(tp * tn - fp * fn, margins)


def kappa(counts: Floats, at: Outcomes) -> Floats:
    """Agreement beyond what the margins alone would bring (Cohen 1960)."""
    tp, fp, fn, tn = _four(counts, at)
    return _over(2 * (tp * tn - fp * fn), (tp + fp) * (fp + tn) + (tp + fn) * (fn + tn))


def selection(counts: Floats, at: Outcomes) -> Floats:
    """Share picked."""
    return mean_said(counts, at)


def mean_said(counts: Floats, at: Outcomes) -> Floats:
    """Mean of what was said."""
    return _mean(counts, at.said)


def squared(counts: Floats, at: Outcomes) -> Floats:
    """Mean squared distance of the score from the truth."""
    return _mean(counts, (at.said - at.truth) ** 2)


def absolute(counts: Floats, at: Outcomes) -> Floats:
    """Mean distance of the score from the truth."""
    return _mean(counts, np.abs(at.said - at.truth))


def log_loss(counts: Floats, at: Outcomes) -> Floats:
    """Mean of -log of the score given to what was true, clipped as scikit-learn does."""
    least = np.finfo(np.float64).eps
    score = np.clip(at.said, least, 1 - least)
    return _mean(counts, -np.log(np.where(at.truth == 1, score, 1 - score)))


def _mean(counts: Floats, values: Floats) -> Floats:
    return _over(counts @ values, counts.sum(axis=-1))


def auc(counts: Floats, at: Outcomes) -> Floats:
    """Chance that one in need scores above one who is not, ties counted one half."""
    positive, negative = counts[..., at.truth == 1], counts[..., at.truth == 0]
    below = np.cumsum(negative, axis=-1) - negative / 2
    pairs = positive.sum(axis=-1) * negative.sum(axis=-1)
    return _over((positive * below).sum(axis=-1), pairs)


def average_precision(counts: Floats, at: Outcomes) -> Floats:
    """Precision at each score from the highest down, averaged over those in need."""
    positive, negative = counts[..., at.truth == 1], counts[..., at.truth == 0]
    hits = np.cumsum(positive[..., ::-1], axis=-1)[..., ::-1]
    picked = hits + np.cumsum(negative[..., ::-1], axis=-1)[..., ::-1]
    steps = positive * hits / np.where(picked == 0, 1.0, picked)
    return _over(steps.sum(axis=-1), positive.sum(axis=-1))

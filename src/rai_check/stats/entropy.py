"""Inequality of benefits between people: generalised entropy of a table of outcomes.

Speicher et al. 2018 (KDD, arXiv 1807.00787): the benefit of a person is prediction - truth + 1, so
2 for a false positive, 1 where the prediction is right and 0 for a false negative. It takes a
positive prediction to be what people want, and it is about individuals: it is shown beside the
comparisons of groups and takes the place of none.
"""

from typing import SupportsIndex

import numpy as np

from rai_check.stats.arguments import between, whole


def generalised_entropy(
    tp: SupportsIndex,
    fp: SupportsIndex,
    fn: SupportsIndex,
    tn: SupportsIndex,
    *,
    alpha: float = 2.0,
) -> float:
    """Return the generalised entropy index: 0 where all have the same benefit, more where not.

    Args:
        tp: True positives.
        fp: False positives.
        fn: False negatives.
        tn: True negatives.
        alpha: Above 0; larger values weigh large benefits more. 2 is half the squared coefficient
            of variation, 1 is Theil's index.

    Raises:
        ValueError: If a count is not whole or negative, `alpha` is not above 0, or nobody has a
            benefit (no people, or false negatives only), when shares of it have no meaning.
    """
    cells = (("tp", tp), ("fp", fp), ("fn", fn), ("tn", tn))
    positive, raised, none, negative = (float(whole(name, value)) for name, value in cells)
    power = between("alpha", alpha, 0.0, np.inf)
    people = positive + raised + none + negative
    mean = (positive + negative + 2.0 * raised) / people if people else 0.0
    if mean == 0.0:
        raise ValueError("tp, fp and tn must not all be 0: nobody has a benefit to compare")
    relative = np.array([1.0, 2.0]) / mean
    share = np.array([positive + negative, raised]) / people
    if power == 1.0:
        return float((share * relative * np.log(relative)).sum())  # 0 log 0 is 0: left out
    return float(((share * relative**power).sum() - 1.0) / (power * (power - 1.0)))


def theil(tp: SupportsIndex, fp: SupportsIndex, fn: SupportsIndex, tn: SupportsIndex) -> float:
    """Return Theil's index, the generalised entropy of order 1.

    Arguments and errors as `generalised_entropy`.
    """
    return generalised_entropy(tp, fp, fn, tn, alpha=1.0)

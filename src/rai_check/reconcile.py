"""Reconcile our rates with fairlearn's on the same counts; refuse to go on if they part."""

from collections.abc import Sequence

from rai_check.errors import DataError

TOLERANCE = 1e-9


def largest_gap(counts: Sequence[tuple[int, int]]) -> tuple[float, str]:
    """Largest absolute difference between x/n and fairlearn's selection rate, by group.

    Fairlearn is given one weighted row for each cell of the table of counts.

    Args:
        counts: (x, n) of each group, n > 0.

    Returns:
        The largest difference (0.0 to nine places) and fairlearn's version.

    Raises:
        DataError: when they differ by more than 1e-9: one of the two is wrong.
    """
    from importlib.metadata import version

    import numpy as np
    from fairlearn.metrics import MetricFrame, selection_rate

    cells = [(g, y, w) for g, (x, n) in enumerate(counts) for y, w in ((1, x), (0, n - x))]
    group, outcome, weight = (np.array(column) for column in zip(*cells, strict=True))
    frame = MetricFrame(
        metrics=selection_rate,
        y_true=outcome,
        y_pred=outcome,
        sensitive_features=group,
        sample_params={"sample_weight": weight.astype(float)},
    )
    theirs = [float(frame.by_group[g]) for g in range(len(counts))]
    gap = max(abs(t - x / n) for t, (x, n) in zip(theirs, counts, strict=True))
    if gap > TOLERANCE:
        raise DataError("our rates and fairlearn's differ on the same counts; report this.")
    return round(gap, 9), version("fairlearn")

"""Levels of confidence as arrays, and the quantiles that go with them."""

import numpy as np
from numpy.typing import ArrayLike

from rai_check.stats.arguments import Floats


def levels(level: ArrayLike) -> Floats:
    """Return levels as floats, each strictly between 0 and 1.

    Raises:
        ValueError: If any is not a number or not inside.
    """
    try:
        values = np.asarray(level, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError("level must be a number") from None
    if not np.all((values > 0.0) & (values < 1.0)):
        raise ValueError("level must lie strictly between 0 and 1")
    return values


def two_sided_z(level: Floats) -> Floats:
    """Return the normal quantile with (1 - level) / 2 above it."""
    from scipy.special import ndtri

    return np.asarray(-ndtri((1.0 - level) / 2.0), dtype=np.float64)


def two_sided_t(level: Floats, df: Floats) -> Floats:
    """Return Student's quantile with (1 - level) / 2 above it; `df` infinite is the normal."""
    from scipy.special import stdtrit

    normal = np.isinf(df)
    quantile = -stdtrit(np.where(normal, 1.0, df), (1.0 - level) / 2.0)
    return np.where(normal, two_sided_z(level), quantile)

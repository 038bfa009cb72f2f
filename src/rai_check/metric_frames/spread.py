"""From the draws of a metric to evidence: its value and a standard error that can be trusted."""

import math

import numpy as np

from rai_check.fairness.estimates import TOO_FEW
from rai_check.measurement import Estimate, Evidence, Undefined
from rai_check.metric_frames.formulas import Floats

MOST_LOST = 0.05
"""Share of draws that may lack a value because a denominator came out empty."""


def of_one(value: float, drawn: Floats, size: float) -> Evidence:
    """One side by itself.

    Args:
        value: of the rows as they are.
        drawn: the value in each resample; NaN where there was none.
        size: the smallest denominator.
    """
    held = drawn[np.isfinite(drawn)]
    return _lost(held, drawn) or _estimate(value, float(np.std(held, ddof=1)), size)


def of_two(value: float, drawn: Floats, sizes: tuple[float, float], *, related: bool) -> Evidence:
    """One side less the other, with a spread that neither can make too small.

    The draws of a side whose value happens to be near its best hardly move, and a test that takes
    them at their word finds gaps too often (one time in twelve instead of twenty, at a precision
    of 0.95 among 90). So, in the spirit of a score test, each side is spread at least as the
    draws of the other would be at its own size.

    Args:
        value: the difference of the rows as they are.
        drawn: resamples x 2.
        sizes: the smallest denominator of either side.
        related: whether units may have rows on both sides, so that the draws move together.
    """
    held = drawn[np.isfinite(drawn).all(axis=1)]
    if refusal := _lost(held, drawn):
        return refusal
    (own, own0), (size, size0) = (float(np.std(side, ddof=1)) for side in held.T), sizes
    one, two = max(own, own0 * math.sqrt(size0 / size)), max(own0, own * math.sqrt(size / size0))
    shared = _correlation(held) if related and own and own0 else 0.0
    variance = one**2 + two**2 - 2 * shared * one * two
    return _estimate(value, math.sqrt(max(0.0, variance)), min(sizes))


def _correlation(drawn: Floats) -> float:
    moved = drawn - drawn.mean(axis=0)
    products = moved.T @ moved
    return float(products[0, 1] / math.sqrt(products[0, 0] * products[1, 1]))


def _lost(held: Floats, drawn: Floats) -> Undefined | None:
    if len(held) >= (1 - MOST_LOST) * len(drawn):
        return None
    text = "too few for every resample to hold the people that the metric needs"
    return Undefined(code=TOO_FEW, text=text)


def _estimate(value: float, se: float, size: float) -> Evidence:
    """Evidence by Student's t with one degree of freedom less than the smaller side has."""
    if not se > 0:
        text = "every resample gave the same value, so how far chance could go is not known"
        return Undefined(code=TOO_FEW, text=text)
    return Estimate(value=value, se=se, df=size - 1)

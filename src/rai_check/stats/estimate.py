"""An estimate with its standard error against a bound, for evidence that has no counts.

`value` and `se` are on the scale of the link (a log ratio and its standard error when the link is
``log``); bounds and intervals are on the natural scale (a ratio), where limits are written.
"""

import math
from statistics import NormalDist
from typing import Literal, TypeAlias

from rai_check.stats.arguments import Side, between, known_side, real
from rai_check.stats.interval import Interval

Link: TypeAlias = Literal["identity", "log"]

_QUANTILE_ERROR = 1e-6  # of the probability


def estimate_p(
    value: float, se: float, *, df: float | None, link: Link, bound: float, side: Side
) -> float:
    """Return the one-sided p-value for a true value above (or below) `bound`.

    Args:
        value: The estimate, on the link's scale.
        se: Its standard error on the same scale, 0 or more; 0 means known exactly.
        df: Degrees of freedom for Student's t, above 0, or None for the normal.
        link: ``identity`` or ``log``.
        bound: On the natural scale; above 0 when the link is ``log``.
        side: The alternative.

    Returns:
        The p-value; with `se` 0 it is 0 where the value lies strictly on that side, else 1.

    Raises:
        ValueError: If a number is not finite, `se` negative, or the bound impossible.
    """
    value, se, df = _estimate(value, se, df)
    distance = value - _linked(link, bound)
    if known_side(side) == "below":
        distance = -distance
    if se == 0.0:
        return 0.0 if distance > 0.0 else 1.0
    return _upper_tail(_quotient(distance, se), df)


def estimate_interval(
    value: float, se: float, *, df: float | None, link: Link, level: float = 0.95
) -> Interval:
    """Return the interval value +/- quantile x se, carried to the natural scale.

    Args:
        value: The estimate, on the link's scale.
        se: Its standard error on the same scale, 0 or more.
        df: Degrees of freedom for Student's t, above 0, or None for the normal.
        link: ``identity`` or ``log``; with ``log`` the limits are exponentiated.
        level: Nominal coverage, strictly between 0 and 1.

    Raises:
        ValueError: If a number is not finite, `se` negative, or the level impossible.
    """
    value, se, df = _estimate(value, se, df)
    between("level", level, 0.0, 1.0)
    half = _quantile(0.5 + level / 2.0, df) * se if se > 0.0 else 0.0
    low, high = value - half, value + half
    if _known_link(link) == "log":
        low, high = _exp(low), _exp(high)
    method = "normal" if df is None else "Student's t"
    return Interval(low=low, high=high, level=float(level), method=method)


def _estimate(value: float, se: float, df: float | None) -> tuple[float, float, float | None]:
    value, se = real("value", value), real("se", se)
    if se < 0.0:
        raise ValueError("se must be at least 0")
    if df is not None:
        between("df", df, 0.0, math.inf)
    return value, se, df


def _known_link(link: Link) -> Link:
    if link not in ("identity", "log"):
        raise ValueError("link must be 'identity' or 'log'")
    return link


def _linked(link: Link, bound: float) -> float:
    number = real("bound", bound)
    if _known_link(link) == "identity":
        return number
    return math.log(between("bound", number, 0.0, math.inf))


def _quotient(distance: float, se: float) -> float:
    """Divide, giving a signed infinity where the result is too large for a float."""
    quotient = distance / se
    return quotient if math.isfinite(quotient) else math.copysign(math.inf, distance)


def _upper_tail(t: float, df: float | None) -> float:
    if df is None:
        return math.erfc(t / math.sqrt(2.0)) / 2.0
    from scipy.special import stdtr

    return float(stdtr(df, -t))


def _quantile(probability: float, df: float | None) -> float:
    if df is None:
        return NormalDist().inv_cdf(probability)
    from scipy.special import stdtr, stdtrit

    quantile = float(stdtrit(df, probability))
    # far below one degree of freedom the inverse gives up, and the quantile is beyond any float
    found = abs(float(stdtr(df, quantile)) - probability) < _QUANTILE_ERROR
    return quantile if found else math.inf


def _exp(value: float) -> float:
    try:
        return math.exp(value)
    except OverflowError:
        return math.inf

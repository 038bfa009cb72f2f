"""The score statistic of two answers on the same cases, broadcasting over arrays of counts.

Under the hypothesis that the effect equals a bound, the rate of the cases that are positive by the
second answer only is estimated by restricted maximum likelihood, in closed form.

References: Tango 1998 (Stat Med 17:891) for the difference; Tang, Tang & Chan 2003 (Stat Med
22:1217), the same as Nam & Blackwelder 2002 (Stat Med 21:689), for the ratio.
"""

from typing import SupportsIndex

import numpy as np

from rai_check.stats.arguments import Effect, Floats, Numbers, whole


def paired_z(
    both: Numbers,
    only: Numbers,
    only0: Numbers,
    neither: Numbers,
    *,
    effect: Effect,
    bound: float,
) -> Floats:
    """Return the score statistic, positive where the observed effect lies above `bound`.

    Arrays broadcast. Counts that say nothing of the effect give 0.
    """
    if bound < (1.0 if effect == "ratio" else 0.0):  # the mirror image, where no digits are lost
        back = 1.0 / bound if effect == "ratio" else -bound
        return -paired_z(both, only0, only, neither, effect=effect, bound=back)
    if effect == "ratio":
        distance, variance = _ratio(both, only, only0, bound)
    else:
        total = both + only + only0 + neither
        distance, variance = _difference(only, only0, total, bound)
    informative = variance > 0.0
    return np.where(informative, distance / np.sqrt(np.where(informative, variance, 1.0)), 0.0)


def kinds(
    both: SupportsIndex, only: SupportsIndex, only0: SupportsIndex, neither: SupportsIndex
) -> tuple[int, int, int, int]:
    """Return the four counts as ints.

    Raises:
        ValueError: If any is not a whole number of at least 0, or all are 0.
    """
    first = whole("both", both), whole("only", only)
    second = whole("only0", only0), whole("neither", neither)
    if not any(first + second):
        raise ValueError("both, only, only0 and neither must not all be 0")
    return first + second


def _difference(only: Numbers, only0: Numbers, total: Numbers, at: float) -> tuple[Floats, Floats]:
    """Return the excess of first-only cases over those expected, and its variance, for at >= 0.

    The rate q of second-only cases solves 2N q^2 + b q - only0 at (1 - at) = 0.
    """
    b = at * (2.0 * total - only + only0) - (only + only0)
    q = _positive_root(2.0 * total, b, only0 * (at * (1.0 - at)))
    return np.asarray(only - only0 - total * at), total * (2.0 * q + at * (1.0 - at))


def _ratio(both: Numbers, only: Numbers, only0: Numbers, at: float) -> tuple[Floats, Floats]:
    """Return the excess of the first's positives over `at` times the second's; for at >= 1.

    With M cases positive by either, the share t of them that are second-only solves
    (1 + at) M t^2 + b t - only0 (at - 1) = 0.
    """
    either = both + only + only0
    b = (both + only0) * (at * at - 1.0) - (only + only0)
    share = _positive_root((1.0 + at) * either, b, only0 * (at - 1.0))
    distance = np.asarray(both + only - at * (both + only0))
    return distance, either * ((at - 1.0) + (1.0 + at) * share)


def _positive_root(a: Numbers, b: Numbers, c: Numbers) -> Floats:
    """Solve a q^2 + b q - c = 0 for q >= 0, where a, c >= 0, without subtracting near-equals."""
    root = np.sqrt(b * b + 4.0 * a * c)
    large = np.abs(b) + root
    some = np.where(large > 0.0, large, 1.0)
    return np.where(b > 0.0, 2.0 * c / some, large / np.where(a > 0.0, 2.0 * a, np.inf))

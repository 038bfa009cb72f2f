"""A comparison of two samples that comes down to an estimate and its standard error."""

from dataclasses import dataclass

from rai_check.stats.estimate import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """What `rai_check.stats.estimate` tests against a bound.

    Attributes:
        value: The estimate on the link's scale: a difference, or the logarithm of a ratio.
        se: Its standard error on the same scale; 0 only where neither sample varies at all, which
            is no evidence that the truth is known: the caller must not hold it against a limit.
        df: Degrees of freedom for Student's t, or None for the normal.
        link: ``identity`` or ``log``.
    """

    value: float
    se: float
    df: float | None
    link: Link

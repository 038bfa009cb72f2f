"""An interval with the level and the method that made it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A two-sided confidence interval.

    Attributes:
        low: Lower limit, on the scale of the effect (a rate, a difference, a ratio).
        high: Upper limit; ``inf`` for a ratio whose comparison group has no event.
        level: Nominal coverage, 0.95 for a 95% interval.
        method: Name of the method as the literature has it, for example ``Wilson score``.
    """

    low: float
    high: float
    level: float
    method: str

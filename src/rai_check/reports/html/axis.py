"""The scale of a chart: where values stand between its margins, and which of them are labelled."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rai_check.reports.numerals import amount, decimal, exact_percent, number, points

WIDTH, LEFT, RIGHT = 340, 14, 14
REACH = 4.0
"""Ratios further from equality than this are drawn at the edge."""
LOGARITHMIC = frozenset({"ratio", "odds", "change"})
OWN = "own"
"""Scale of each group's own average or the like."""
_MOST_TICKS = 7
_RATIO_TICKS = (0.25, 0.35, 0.5, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0)
_FINE_TICKS = (0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.4)
_FINE_BELOW = 1.6
"""Reach of a ratio axis under which the finer ticks are used."""
_MARGIN = 1.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """Places values between the margins; ratios on a logarithmic scale."""

    scale: str
    low: float
    high: float
    unit: str = ""

    @property
    def equal(self) -> float | None:
        """Where two sides are equal; None where one side stands alone and is of no difference."""
        if self.scale in {"rate", OWN}:
            return 0.0 if self.scale == "rate" and self.low < 0 else None
        return 1.0 if self.scale in LOGARITHMIC else 0.0

    def x(self, value: float) -> float:
        """Place of a value; one beyond the chart stands at its edge."""
        value = min(max(value, self.low), self.high)
        low, high, at = (self._on(v) for v in (self.low, self.high, value))
        return LEFT + (WIDTH - LEFT - RIGHT) * (at - low) / (high - low)

    def _on(self, value: float) -> float:
        return math.log(value) if self.scale in LOGARITHMIC else value

    def words(self, value: float) -> str:
        """A value as it stands on the axis."""
        if self.scale in LOGARITHMIC:
            return decimal(value)
        if self.scale == "difference":
            return points(value)
        if self.scale == "rate":
            return exact_percent(value)
        return amount(value, self.unit) if self.unit else number(value)

    def ticks(self) -> tuple[float, ...]:
        """Values to label: few, and the middle one among them."""
        wanted = [t for t in self._candidates() if self.low <= t <= self.high]
        step = max(1, math.ceil(len(wanted) / _MOST_TICKS))
        middle = wanted.index(min(wanted, key=lambda t: abs(self.x(t) - WIDTH / 2)))
        return tuple(wanted[middle % step :: step])

    def _candidates(self) -> Sequence[float]:
        if self.scale in LOGARITHMIC:
            return _FINE_TICKS if self.high < _FINE_BELOW else _RATIO_TICKS
        step = _step((self.high - self.low) / _MOST_TICKS)
        first, last = math.ceil(self.low / step), math.floor(self.high / step)
        return [round(k * step, 12) for k in range(first, last + 1)]


def axis_of(scale: str, values: Iterable[float], unit: str = "") -> Axis:
    """The axis that shows such values: around equality, or from nought for a rate by itself.

    A "rate" below nought is a difference of two rates on one side, such as observed minus expected:
    its axis reaches as far below nought as the values do, and always holds nought.
    """
    found = list(values)
    if scale == "rate":
        low, high = _around_nought(min(found, default=0.0), max(found, default=1.0))
        return Axis(scale=scale, low=low, high=high)
    if scale in LOGARITHMIC:
        reach = max(max(v, 1 / v) if v > 0 else REACH for v in (0.8, 1.25, *found))
        reach = min(REACH, reach) * _MARGIN
        return Axis(scale=scale, low=1 / reach, high=reach)
    if scale == "difference":
        reach = min(1.0, max(abs(v) for v in (0.1, *found)) * _MARGIN)
        return Axis(scale=scale, low=-reach, high=reach)
    if scale == OWN:
        room = (max(found) - min(found)) * (_MARGIN - 1) or 1.0
        return Axis(scale=scale, low=min(found) - room, high=max(found) + room, unit=unit)
    reach = max((abs(v) for v in found), default=1.0) * _MARGIN or 1.0
    return Axis(scale=scale, low=-reach, high=reach, unit=unit)


def _around_nought(low: float, high: float) -> tuple[float, float]:
    """Ends that hold nought, with room below it only where there are values below it."""
    below = -min(1.0, _up(-low)) if low < 0 else 0.0
    return below, min(1.0, _up(high)) if high > 0 or not below else 0.0


def _up(value: float) -> float:
    """The next round number above a rate."""
    step = _step(max(value, 0.01) / 5)
    return math.ceil(value / step - 1e-9) * step or step


def _step(least: float) -> float:
    """The smallest of 1, 2, 5, 10, 20, ... that is no less."""
    size = 10.0 ** math.floor(math.log10(least))
    return next(size * k for k in (1, 2, 5, 10) if size * k >= least * (1 - 1e-9))

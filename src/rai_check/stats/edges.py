"""Edges of hypotheses: the pairs of rates whose effect equals a bound, as curves to be searched.

An edge runs from s = 0 to s = 1, and both rates rise along it. Besides the rates it knows how far
the probability of any event, being a smooth function of the rates, can rise between two places.
"""

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from rai_check.stats.arguments import Effect, Floats, Numbers

_TINY = 1e-300


class Edge(Protocol):
    """Pairs of rates whose effect equals the bound."""

    def rates(self, s: Floats) -> tuple[Floats, Floats]:
        """Return the rates of the group and of the comparison at `s`."""

    def of_group(self, p: Numbers) -> Numbers:
        """Return where the group's rate is `p`; outside 0 and 1 where it never is.

        A pair of rates is beyond the bound where this lies above `of_rest` of the other rate.
        """

    def of_rest(self, p0: Numbers) -> Numbers:
        """Return where the comparison's rate is `p0`; outside 0 and 1 where it never is."""

    def slack(self, left: Floats, right: Floats, n: int, n0: int) -> Floats:
        """Return by how much a probability between two places can exceed that at both.

        Args:
            left: Angles asin(sqrt(s)).
            right: Angles, each above its left one.
            n: Size of the group.
            n0: Size of the comparison.
        """


def edge_of(effect: Effect, bound: float) -> Edge:
    """Return the curve in the unit square on which the effect equals `bound`."""
    if effect == "odds":
        return Curve(root=math.sqrt(bound))
    if effect == "ratio":
        most = min(1.0, 1.0 / bound)
        return Segment(start=0.0, span=bound * most, start0=0.0, span0=most)
    low, high = max(0.0, -bound), min(1.0, 1.0 - bound)
    return Segment(start=low + bound, span=high - low, start0=low, span0=high - low)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """The edge of a ratio or difference: p = start + span s, likewise p0.

    Attributes:
        start: Rate of the group at s = 0.
        span: Its increase to s = 1, above 0.
        start0: Rate of the comparison at s = 0.
        span0: Its increase to s = 1, above 0.
    """

    start: float
    span: float
    start0: float
    span0: float

    def rates(self, s: Floats) -> tuple[Floats, Floats]:
        """Return the rates of the group and of the comparison at `s`."""
        p, p0 = self.start + self.span * s, self.start0 + self.span0 * s
        return np.clip(p, 0.0, 1.0), np.clip(p0, 0.0, 1.0)

    def of_group(self, p: Numbers) -> Numbers:
        """Return where the group's rate is `p`."""
        return (p - self.start) / self.span

    def of_rest(self, p0: Numbers) -> Numbers:
        """Return where the comparison's rate is `p0`."""
        return (p0 - self.start0) / self.span0

    def slack(self, left: Floats, right: Floats, n: int, n0: int) -> Floats:
        """Return by how much a probability between two places can exceed that at both.

        For any event A and log-likelihood l concave in s, |d2 P(A) / ds2| <= E|l'^2 + l''| / 2 <=
        I(s), the Fisher information, which is convex in s; a chord is then at most width^2 / 8
        times it below. Near s = 0 or 1, where I(s) grows without limit, the angle asin(sqrt(s))
        serves: its information is at most 4 (n + n0), so |dP / d angle| <= sqrt(n + n0).
        """
        start, end = np.sin(left) ** 2, np.sin(right) ** 2

        def information(s: Floats) -> Floats:
            p, p0 = self.rates(s)
            spread = np.maximum(p * (1.0 - p), 1e-200), np.maximum(p0 * (1.0 - p0), 1e-200)
            return np.asarray(n * self.span**2 / spread[0] + n0 * self.span0**2 / spread[1])

        steepest = np.maximum(information(start), information(end))
        by_angle = (right - left) / 2.0 * np.sqrt(n + n0)
        slack: Floats = np.minimum((end - start) ** 2 / 8.0 * steepest, by_angle)
        return slack


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """The edge of an odds ratio: odds of s, times `root` for the group, divided by it for the rest.

    Attributes:
        root: Square root of the bound.
    """

    root: float

    def rates(self, s: Floats) -> tuple[Floats, Floats]:
        """Return the rates of the group and of the comparison at `s`."""
        return _times(self.root, s), _times(1.0 / self.root, s)

    def of_group(self, p: Numbers) -> Numbers:
        """Return where the group's rate is `p`."""
        return _times(1.0 / self.root, np.clip(p, 0.0, 1.0))

    def of_rest(self, p0: Numbers) -> Numbers:
        """Return where the comparison's rate is `p0`."""
        return _times(self.root, np.clip(p0, 0.0, 1.0))

    def slack(self, left: Floats, right: Floats, n: int, n0: int) -> Floats:
        """Return by how much a probability between two places can exceed that at both.

        In the logit u of s the tables are an exponential family whose statistic is the number of
        events: for any event A, |d2 P(A) / du2| <= E|(T - E T)^2 - I(u)| / 2 <= I(u), the variance
        n p (1 - p) + n0 p0 (1 - p0), so that a chord is at most width^2 / 8 times the largest I
        below. Where u is without limit the angle asin(sqrt(s)) serves: |dP / d angle| is at most
        half the root of its information, 4 I(u) / (s (1 - s)); the two parts of that are monotone.
        """
        ends = np.sin(left) ** 2, np.sin(right) ** 2
        (p, p0), (q, q0) = (self.rates(s) for s in ends)
        width = 2.0 * np.diff([np.log(np.maximum(np.tan(a), _TINY)) for a in (left, right)], axis=0)
        by_logit = width[0] ** 2 / 8.0 * (n * _most_spread(p, q) + n0 * _most_spread(p0, q0))
        steepest = n * _steepest(self.root, *ends) + n0 * _steepest(1.0 / self.root, *ends)
        slack: Floats = np.minimum(by_logit, (right - left) / 2.0 * np.sqrt(steepest))
        return slack


def _times(factor: float, rate: Numbers) -> Floats:
    """Return the rate whose odds are `factor` times those of `rate`."""
    return np.asarray(factor * rate / ((1.0 - rate) + factor * rate))


def _most_spread(low: Floats, high: Floats) -> Floats:
    """Return the largest p (1 - p) between two rates."""
    return np.where(
        (low < 0.5) & (high > 0.5),  # noqa: PLR2004 - where p (1 - p) is largest
        0.25,
        np.maximum(low * (1.0 - low), high * (1.0 - high)),
    )


def _steepest(factor: float, low: Floats, high: Floats) -> Floats:
    """Return the larger of p (1 - p) / (s (1 - s)) at two s, where p is `_times` of s."""
    at = (factor / ((1.0 - s) + factor * s) ** 2 for s in (low, high))
    return np.maximum(*at)

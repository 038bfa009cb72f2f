"""The tests behind `rai_check.stats.change`: is |a| - |b| above m, for two normal estimates?

For U = a - b and V = a + b and m >= 0,

    |a| - |b| > m   if and only if   (U > m and V > m) or (U < -m and V < -m).

*Shown wider.* Each half is an intersection: both its parts must be shown (Berger 1982,
Technometrics 24:295). With c the smaller of the two z of the better half, Phi(-c) is the error for
that half, and what the other half can add is at most Phi(-c - 2m / s), s the larger of the standard
errors of U and V. Proof: if U lies within m of 0, the halves have at most Phi(-c - (m - U) / s_u)
and Phi(-c - (m + U) / s_u), convex in U for c > 0, so the sum is largest at an end; the same holds
for V; and if neither lies there, each half has at most Phi(-c - 2m / s).

*Shown not wider.* The hypothesis is the union of {U >= m and V >= m} and its mirror image, and both
must be rejected. Each is rejected where the z of U or of V is small, with an error that is largest
where a = m and b = 0, or at the b closest to 0 within a 99.99% interval for it, 0.0001 being added
(Berger & Boos 1994, JASA 89:1012). The chance of either is taken as the sum of the two.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

_GAMMA = 1e-4  # Berger & Boos: the chance that the interval for b misses
_GAMMA_Z = -NormalDist().inv_cdf(_GAMMA / 2.0)
_REACH = 40.0  # standard errors: no normal estimate is further off
_PRECISION = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Two:
    """Two estimates with their standard errors and the correlation of the estimates."""

    a: float
    a_se: float
    b: float
    b_se: float
    correlation: float

    @property
    def swapped(self) -> "Two":
        """The same with a and b exchanged."""
        return Two(a=self.b, a_se=self.b_se, b=self.a, b_se=self.a_se, correlation=self.correlation)

    @property
    def errors(self) -> tuple[float, float]:
        """Standard errors of a - b and of a + b."""
        alone = self.a_se**2 + self.b_se**2
        shared = 2.0 * self.correlation * self.a_se * self.b_se
        return math.sqrt(max(0.0, alone - shared)), math.sqrt(max(0.0, alone + shared))


def above_p(two: Two, m: float) -> float:
    """Return the p-value for |a| - |b| > m, whatever the sign of m."""
    return _wider(two, m) if m >= 0.0 else _not_wider(two.swapped, -m)


def lowest(two: Two, tail: float) -> float:
    """Return the largest m at which `above_p` is at most `tail`; minus infinity if there is none.

    Found by halving between a place that is rejected and one that is not.
    """
    reach = _REACH * (two.a_se + two.b_se)
    rejected, kept = -abs(two.b) - reach - 1.0, abs(two.a) + 1.0
    if above_p(two, rejected) > tail:
        return -math.inf
    while kept - rejected > _PRECISION * max(1.0, abs(kept), abs(rejected)):
        middle = (kept + rejected) / 2.0
        rejected, kept = (middle, kept) if above_p(two, middle) <= tail else (rejected, middle)
    return rejected


def _wider(two: Two, m: float) -> float:
    su, sv = two.errors
    u, v = two.a - two.b, two.a + two.b
    c = max(min(_z(s * u - m, su), _z(s * v - m, sv)) for s in (1.0, -1.0))
    widest = max(su, sv)
    other = _upper(c + 2.0 * m / widest) if widest > 0.0 else 0.0
    return min(1.0, _upper(c) + other)


def _not_wider(two: Two, m: float) -> float:
    """Return the p-value for |a| - |b| < m, where m > 0."""
    su, sv = two.errors
    u, v = two.a - two.b, two.a + two.b
    least = max(0.0, abs(two.b) - _GAMMA_Z * two.b_se)  # b is at least so far from 0
    near, far = (su, sv) if two.b >= 0.0 else (sv, su)  # at the edge one of U, V is at m
    p = 0.0
    for s in (1.0, -1.0):
        z = min(-_z(m - s * u, su), -_z(m - s * v, sv))
        beyond = 2.0 * least / far if far > 0.0 else 0.0
        p = max(p, _upper(-z) + _upper(beyond - z))
        near, far = far, near
    return min(1.0, p + (_GAMMA if two.b_se > 0.0 else 0.0))


def _z(distance: float, se: float) -> float:
    """Divide; minus infinity for 0 / 0, since what is known to be at the edge is not beyond it."""
    if se > 0.0:
        return distance / se
    return math.inf if distance > 0.0 else -math.inf


def _upper(z: float) -> float:
    return math.erfc(z / math.sqrt(2.0)) / 2.0

"""Comparisons that are one comparison seen from both of its sides. Pure.

With two groups, the first against the rest is the second against the rest the other way round:
"the ratio is below 0.80" and "the ratio is above 1.25" are then the same event, with the same p,
and a family holds it once. The same goes for a pair of groups compared in both directions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from rai_check.measurement import (
    Change,
    Estimate,
    Evidence,
    Measurement,
    Strata,
    TwoProportions,
    Undefined,
)
from rai_check.policy.model import Limit
from rai_check.weighing.weighed import End

REST = "rest"
_OTHER: dict[End, End] = {"min": "max", "max": "min"}
_DIGITS = 12
Key: TypeAlias = tuple[int, End, float]
"""(which measurement, which of its bounds): equal for two tests that are one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """How a measurement relates to the first that shows the same comparison."""

    first: int
    """Place of that measurement; its own where there is none before it."""
    turned: bool = False
    """Whether it has the two sides exchanged, so that a bound is inverted."""

    def key(self, end: End, bound: float, limit: Limit) -> Key:
        """What identifies the test of one of its bounds."""
        if not self.turned:
            return self.first, end, _rounded(bound)
        inverse = 1.0 / bound if limit.of in {"ratio", "odds"} else -bound
        return self.first, _OTHER[end], _rounded(inverse)


def seen_twice(measured: Sequence[Measurement]) -> list[Seen]:
    """Say of each measurement whether an earlier one shows the same comparison.

    Two are one comparison where nothing else of their metric and characteristics could be
    measured, and the evidence of each is that of the other with its sides exchanged. Of counts
    that is proof: where each of two groups has the other's counts beside it as everyone else's,
    nobody is in a third.
    """
    places: dict[tuple[object, ...], list[int]] = {}
    for i, m in enumerate(measured):
        if not isinstance(m.evidence, Undefined) and m.against is not None:
            places.setdefault(_place(m), []).append(i)
    seen = [Seen(first=i) for i in range(len(measured))]
    for at in places.values():
        if len(at) == 2 and _mirror(*(measured[i] for i in at)):  # noqa: PLR2004 - a pair
            first, second = at
            turned = not isinstance(measured[second].evidence, Change)
            seen[second] = Seen(first=first, turned=turned)
    return seen


def _place(m: Measurement) -> tuple[object, ...]:
    """The metric and the characteristics it is by; for pairs, which two groups as well."""
    keys = tuple(key for key, _ in m.where)
    if m.against == REST:
        return m.metric, keys
    return m.metric, keys, frozenset({_group(m), _name(m.against or "")})


def _mirror(one: Measurement, other: Measurement) -> bool:
    if one.against != REST and _group(one) == _group(other):
        return False
    turned = _numbers(one.evidence, turned=True)
    return turned is not None and turned == _numbers(other.evidence, turned=False)


def _group(m: Measurement) -> frozenset[str]:
    return frozenset(part for _, label in m.where for part in _name(label))


def _name(label: str) -> frozenset[str]:
    """A label of an intersection as its parts, whatever their order."""
    return frozenset(label.split(" & "))


def _numbers(e: Evidence, *, turned: bool) -> tuple[object, ...] | None:
    """All the numbers of evidence, as they are or with its sides exchanged; None if it has none."""
    match e:
        case TwoProportions():
            return _rates(e, turned=turned)
        case Strata():
            return tuple(_rates(table, turned=turned) for table in e.tables)
        case Estimate():
            value = -e.value if turned else e.value
            return _rounded(value), _rounded(e.se), e.df and _rounded(e.df), e.link
        case Change():
            sign = -1.0 if turned else 1.0
            ends = _rounded(sign * e.now), _rounded(sign * e.before)
            return *ends, *map(_rounded, (e.now_se, e.before_se, e.correlation))
    return None


def _rates(e: TwoProportions, *, turned: bool) -> tuple[object, ...]:
    group: tuple[object, ...] = (e.x, e.n)
    rest: tuple[object, ...] = (e.x0, e.n0)
    joint: tuple[object, ...] = ()
    if e.design is not None:
        d = e.design
        group = *group, _rounded(d.rate), _rounded(d.effective), d.units
        rest = *rest, _rounded(d.rate0), _rounded(d.effective0), d.units0
        joint = _rounded(d.correlation), d.weighted
    return (rest, group, joint) if turned else (group, rest, joint)


def _rounded(number: float) -> float:
    """To as many digits as arithmetic done in another order agrees on; no negative zero."""
    return float(f"{number:.{_DIGITS}g}") + 0.0

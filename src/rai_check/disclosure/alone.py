"""One rate, one share of a known population, or one estimate without counts, as it may be shown."""

import math
from dataclasses import replace

from rai_check.disclosed import Effect, PublicMeasurement
from rai_check.disclosure.comparisons import Compared, effect, worth
from rai_check.measurement import Estimate, Measurement, Proportion, Share
from rai_check.protected import SMALL, Rule

_DIGITS = 3
"""Significant figures of an estimate about people: more would give counts away."""


def rate_of(bare: PublicMeasurement, e: Proportion | Share, rule: Rule) -> Compared:
    """A rate by itself, or set against a known one."""
    return share(bare, e, rule) if isinstance(e, Share) else proportion(bare, e, rule)


def proportion(bare: PublicMeasurement, e: Proportion, rule: Rule) -> Compared:
    """A rate, from the counts shown and what they are worth."""
    own = rule.part(e.x, e.n)
    if e.effective is not None:
        own = worth(own, e.n, e.effective, e.weighted)
    shown = replace(bare, own=own, effect=own.rate)
    if own.rate is None or own.size is None:
        return Compared(shown=shown)
    n = round(own.size)
    return Compared(shown=shown, evidence=Proportion(x=round(own.rate * n), n=n))


def share(bare: PublicMeasurement, e: Share, rule: Rule) -> Compared:
    """A share and the known one, from the counts shown of both."""
    own, other = rule.pair(e.x, e.n, e.x0, e.n0)
    shown = replace(bare, own=own, other=other, effect=effect(own, other, "ratio"))
    shown = replace(shown, effect_of="ratio")
    if shown.effect is None:
        return Compared(shown=shown)
    x, n, x0, n0 = (int(c.value or 0) for part in (own, other) for c in (part.x, part.n))
    found = Share(x=x, n=n, x0=x0, n0=n0)
    return Compared(shown=shown, evidence=found, sizes=found)


def estimate(bare: PublicMeasurement, m: Measurement, e: Estimate, *, hidden: bool) -> Compared:
    """An estimate; about people only where at least ten are known to be behind it.

    Args:
        bare: the measurement without numbers.
        m: what was measured.
        e: its evidence.
        hidden: whether a count under ten is behind it.
    """
    scale: Effect = "difference" if m.against is not None else "value"
    shown = replace(bare, effect_of="ratio" if e.link == "log" else scale)
    few_known = (m.known or 0) < SMALL or (e.df or SMALL) < SMALL - 1
    if m.about_people and (few_known or hidden):
        return Compared(shown=shown)
    found = e
    if m.about_people:
        found = replace(e, value=_significant(e.value), se=_significant(e.se))
    value = math.exp(found.value) if e.link == "log" else found.value
    sizes = found if m.against is not None else None
    return Compared(shown=replace(shown, effect=value), evidence=found, sizes=sizes)


def _significant(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")

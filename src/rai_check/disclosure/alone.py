"""One rate, or one estimate without counts, as it may be shown."""

import math
from dataclasses import replace

from rai_check.disclosed import Effect, PublicMeasurement
from rai_check.disclosure.comparisons import Compared, worth
from rai_check.measurement import Estimate, Measurement, Proportion
from rai_check.protected import SMALL, Rule

_DIGITS = 3
"""Significant figures of an estimate about people: more would give counts away."""


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

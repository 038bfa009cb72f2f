"""One rate against another as it may be shown: both sides, the effect, and the protected evidence.

An effect is worked out from the counts shown, so that a reader can work it out too.
"""

import math
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from rai_check.disclosed import Effect, PublicMeasurement
from rai_check.measurement import Change, Design, Evidence, Paired, TwoProportions, Undefined
from rai_check.protected import BASE, SMALL, Part, Rule

Scale: TypeAlias = Literal["ratio", "difference", "odds"]
HIDDEN_SIZES = Undefined(code="too_few", text="sizes that may not be shown")
"""Evidence of a plan that rests on the planned rate alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A measurement but for its interval, which its evidence gives at any level."""

    shown: PublicMeasurement
    evidence: Evidence | None = None
    """What may be shown, as evidence; None where that is not enough for an interval."""
    sizes: Evidence | None = None
    """What a plan may rest on; None where there is none."""
    coarse: bool = False
    """Whether its evidence is the true one, so that intervals are shown to two figures only."""

    @property
    def sized(self) -> bool:
        """Whether the sizes, and with them the rate observed, may be shown."""
        return self.sizes is not None and not isinstance(self.sizes, Undefined)


def pair_of(e: TwoProportions, rule: Rule) -> tuple[Part, Part]:
    """Both sides of a comparison, with what their rows are worth where they repeat units."""
    d = e.design
    if d is None:
        return rule.pair(e.x, e.n, e.x0, e.n0)
    own, other = rule.pair(e.x, e.n, e.x0, e.n0, units=(d.units, d.units0))
    rates = (d.rate, d.rate0) if d.weighted else (None, None)
    return worth(own, e.n, d.effective, rates[0]), worth(other, e.n0, d.effective0, rates[1])


def worth(part: Part, n: int, effective: float, weighted: float | None = None) -> Part:
    """A part with its effective size, as far as the count shown and a rounded design effect go."""
    if part.n.value is None:
        return part
    size = float(round(part.n.value / max(round(n / effective, 1), 0.1)))
    rate = weighted
    if rate is not None and part.n.rounded:
        rate = min(BASE * round(rate * part.n.value / BASE) / part.n.value, 1.0)
    return replace(part, effective=max(size, 1.0), weighted=rate)


def two_sides(
    bare: PublicMeasurement, sides: tuple[Part, Part], of: Scale, design: Design | None = None
) -> Compared:
    """Two rates with their effect.

    Args:
        bare: the measurement without numbers.
        sides: both parts as they may be shown.
        of: scale of the effect.
        design: where rows repeat units, for correlation and degrees of freedom.
    """
    own, other = sides
    shown = replace(bare, own=own, other=other, effect=effect(own, other, of), effect_of=of)
    if own.rate is None or other.rate is None:
        return Compared(shown=shown, sizes=sizes_of(own, other))
    evidence = _evidence(own, other, design)
    return Compared(shown=shown, evidence=evidence, sizes=evidence)


def sizes_of(own: Part, other: Part) -> Evidence:
    """What a plan at the planned rate may rest on where a rate is hidden."""
    if own.size is None or other.size is None:
        return HIDDEN_SIZES
    return TwoProportions(x=0, n=round(own.size), x0=0, n0=round(other.size))


def _evidence(own: Part, other: Part, design: Design | None) -> TwoProportions:
    """Shown counts as evidence; what a design adds is rounded, and units are as people are."""
    (x, n), (x0, n0) = ((int(p.x.value or 0), int(p.n.value or 0)) for p in (own, other))
    whole = own.effective is None and other.effective is None
    if whole and own.weighted is None and other.weighted is None:
        return TwoProportions(x=x, n=n, x0=x0, n0=n0)
    units, units0 = (design.units, design.units0) if design else (n, n0)
    if own.n.rounded:
        units, units0 = (max(SMALL, BASE * round(u / BASE)) for u in (units, units0))
    shown = Design(
        rate=own.rate or 0.0,
        rate0=other.rate or 0.0,
        effective=own.size or 1.0,
        effective0=other.size or 1.0,
        correlation=round(design.correlation, 1) if design else 0.0,
        units=units,
        units0=units0,
        weighted=own.weighted is not None,
    )
    return TwoProportions(x=x, n=n, x0=x0, n0=n0, design=shown)


def effect(own: Part, other: Part, of: Effect) -> float | None:
    """The effect of two shown rates; None where one is hidden, or a ratio or odds have none."""
    rate, rate0 = own.rate, other.rate
    if rate is None or rate0 is None:
        return None
    if of == "difference":  # of the percentages shown, so that a reader can subtract
        return round(rate, 2) - round(rate0, 2)
    if of == "odds":
        among = rate0 * (1.0 - rate)
        return rate * (1.0 - rate0) / among if among else None
    return rate / rate0 if rate0 else None


def paired(bare: PublicMeasurement, e: Paired, of: Scale, rule: Rule) -> Compared:
    """Two answers on the same cases; no interval where few cases were answered differently."""
    own, other = rule.pair(e.both + e.only, e.total, e.both + e.only0, e.total)
    shown = replace(bare, own=own, other=other, effect=effect(own, other, of), effect_of=of)
    only, only0 = rule.count(e.only).value, rule.count(e.only0).value
    if shown.effect is None or only is None or only0 is None:
        return Compared(shown=shown)
    x, n = int(own.x.value or 0), int(own.n.value or 0)
    evidence = Paired(
        both=max(x - int(only), 0),
        only=int(only),
        only0=int(only0),
        neither=max(n - x - int(only0), 0),
    )
    return Compared(shown=shown, evidence=evidence, sizes=evidence)


def change(
    bare: PublicMeasurement,
    e: Change,
    now: tuple[Part, Part] | None,
    before: tuple[Part, Part] | None,
) -> Compared:
    """How much wider a gap is than it was, from the counts shown of both disparities.

    Without those counts a change about people is not shown: it would rest on hidden ones.
    """
    shown, found = replace(bare, effect_of="change"), e
    if bare.about_people:
        if now is None or before is None:
            return Compared(shown=shown)
        shown = replace(shown, own=now[0], other=now[1], before=before)
        (value, se), (value0, se0) = _log_ratio(*now), _log_ratio(*before)
        found = Change(
            now=value,
            now_se=se,
            before=value0,
            before_se=se0,
            correlation=round(e.correlation, 1),
        )
    factor = math.exp(abs(found.now) - abs(found.before))
    return Compared(shown=replace(shown, effect=factor), evidence=found, sizes=found)


def _log_ratio(own: Part, other: Part) -> tuple[float, float]:
    """Logarithm of the ratio of two shown rates, and its standard error."""
    from rai_check.stats.change import log_ratio

    (rate, n), (rate0, n0) = ((p.rate or 0.0, round(p.size or 1.0)) for p in (own, other))
    found = log_ratio(round(rate * n), n, round(rate0 * n0), n0)
    return found.value, found.se

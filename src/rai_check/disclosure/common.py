"""What is common to strata, as it may be shown.

Strata are many and small, and an effect worked out from the protected counts of each would be of
other people than those it speaks of. So the sums over strata are protected as any counts are, and
the effect that is common to all of them is shown to two figures, which with the rounded sums give
no count of any stratum away.
"""

from dataclasses import replace

from rai_check.disclosed import PublicMeasurement
from rai_check.disclosure.comparisons import Compared, Scale, sizes_of, two_sides
from rai_check.measurement import Strata
from rai_check.protected import Rule


def strata(bare: PublicMeasurement, e: Strata, of: Scale, rule: Rule) -> Compared:
    """Sums over strata as counts; the common effect, to two figures, where every sum is shown."""
    from rai_check.stats.strata import common_effect

    sums = tuple(sum(getattr(t, name) for t in e.tables) for name in ("x", "n", "x0", "n0"))
    own, other = rule.pair(*sums)
    shown = replace(bare, own=own, other=other, effect_of=of, strata=len(e.tables))
    if own.rate is None or other.rate is None:
        return Compared(shown=shown, sizes=sizes_of(own, other))
    if len(e.tables) == 1:
        return two_sides(shown, (own, other), of)
    cells = ([getattr(t, name) for t in e.tables] for name in ("x", "n", "x0", "n0"))
    value = common_effect(*cells, effect=of).value
    shown = replace(shown, effect=None if value is None else coarse(value, of))
    return Compared(shown=shown, evidence=e, sizes=sizes_of(own, other), coarse=True)


def coarse(value: float, of: str) -> float:
    """Two significant figures of a ratio, two decimals of a difference."""
    return round(value, 2) if of == "difference" else float(f"{value:.2g}")

"""What is common to strata, worked out from protected counts of each."""

from collections.abc import Iterable
from dataclasses import replace

from rai_check.disclosed import PublicMeasurement
from rai_check.disclosure.comparisons import Compared, Scale, sizes_of
from rai_check.measurement import Strata, TwoProportions
from rai_check.protected import SMALL, Mask, Part, Rule

_HALF_FEW = SMALL // 2
"""What stands for a count under ten that has nothing else to be worked out from."""


def strata(bare: PublicMeasurement, e: Strata, of: Scale, rule: Rule) -> Compared:
    """Sums over strata as counts; the common effect where every sum is shown.

    Strata too small to show are left out of the effect, and the reader is told. A masked count
    in a stratum that is shown is given its share of what the masked ones come to together, as
    the sums shown have it: what is used never depends on the count itself.
    """
    sums = (sum(getattr(t, name) for t in e.tables) for name in ("x", "n", "x0", "n0"))
    own, other = rule.pair(*sums)
    shown = replace(bare, own=own, other=other, effect_of=of, strata=len(e.tables))
    sides = [(rule.part(t.x, t.n), rule.part(t.x0, t.n0)) for t in e.tables]
    kept = [(a, b) for a, b in sides if a.n.value is not None and b.n.value is not None]
    if own.rate is None or other.rate is None or not any(a.n.value and b.n.value for a, b in kept):
        return Compared(shown=shown, sizes=sizes_of(own, other))
    left_out = len(sides) - len(kept)
    x, n = _counts((a for a, _ in kept), own, left_out)
    x0, n0 = _counts((b for _, b in kept), other, left_out)

    from rai_check.stats.strata import common_effect

    value = common_effect(x, n, x0, n0, effect=of).value
    tables = zip(x, n, x0, n0, strict=True)
    found = Strata(
        tables=tuple(TwoProportions(x=a, n=b, x0=c, n0=d) for a, b, c, d in tables if b and d)
    )
    shown = replace(shown, effect=value, left_out=bool(left_out))
    return Compared(shown=shown, evidence=found, sizes=found)


def _counts(parts: Iterable[Part], whole: Part, left_out: int) -> tuple[list[int], list[int]]:
    """Events and sizes of one side, stratum by stratum, from what is shown."""
    kept = list(parts)
    sizes = [int(p.n.value or 0) for p in kept]
    few = [n for p, n in zip(kept, sizes, strict=True) if p.x.mask is Mask.FEW]
    shown = sum(_plain(p, n) for p, n in zip(kept, sizes, strict=True))
    share = max((whole.x.value or 0.0) - shown, 0.0) / (sum(few) + SMALL * left_out or 1)
    events = [
        min(round(share * n), SMALL - 1) if p.x.mask is Mask.FEW else _plain(p, n)
        for p, n in zip(kept, sizes, strict=True)
    ]
    return events, sizes


def _plain(part: Part, n: int) -> int:
    if part.x.value is not None:
        return int(part.x.value)
    return n - _HALF_FEW if part.x.mask is Mask.ALL_BUT_FEW else 0

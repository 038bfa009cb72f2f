"""Where a count of people is under ten, so that what was worked out from it is hidden too."""

from rai_check.disclosed import COMPARED, PublicMeasurement
from rai_check.judgement import Judged
from rai_check.measurement import (
    NOBODY,
    NOBODY_BESIDE,
    Exact,
    Measurement,
    Paired,
    Proportion,
    Share,
    Strata,
    TwoProportions,
    Undefined,
    Where,
)
from rai_check.protected import SMALL, Mask

_NOT_COUNTS = {"ratio", "share", "rate", "difference"}


def is_count(m: Measurement) -> bool:
    """Whether an exact quantity counts something; its unit or its name says so if it does not."""
    return not _NOT_COUNTS & {m.unit, *m.metric.replace(",", "").split()}


def small_places(judged: Judged) -> frozenset[Where]:
    """Places where a count of people behind other numbers is under ten."""
    measured = [line.measurement for line in judged.lines if line.measurement]
    return frozenset(
        m.where for m in (*measured, *judged.information) if m.about_people and _counts_few(m)
    )


def hides(small: frozenset[Where], where: Where) -> bool:
    """Whether a number of a place rests on a small count: there, or in a part of it."""
    inside = {*where}
    return any(inside <= {*place} for place in small)


def rests_on_few(m: Measurement) -> bool:
    """Whether a count under ten could be worked out from a number about people."""
    return m.about_people and m.least is not None and m.least < SMALL


def masked(m: PublicMeasurement) -> bool:
    """Whether its own count is not shown."""
    own = m.own.x if m.own else m.quantity
    return own is not None and own.value is None


def few(m: PublicMeasurement) -> bool:
    """Whether one side of a rate has fewer than ten people, or nobody."""
    parts = [part for part in (m.own, m.other, *(m.before or ())) if part is not None]
    rated = m.kind == "proportion" or m.kind in COMPARED
    return rated and m.about_people and any(part.n.mask is Mask.FEW for part in parts)


def _counts_few(m: Measurement) -> bool:
    e = m.evidence
    if isinstance(e, Exact):
        return is_count(m) and e.value < SMALL
    if isinstance(e, Proportion | Share | TwoProportions):
        return _part_few(e.x, e.n) or (isinstance(e, TwoProportions) and _units_few(e))
    if isinstance(e, Strata):
        return _part_few(sum(t.x for t in e.tables), sum(t.n for t in e.tables))
    if isinstance(e, Paired):
        return _part_few(e.both + e.only, e.total)
    return isinstance(e, Undefined) and e.code in {NOBODY, NOBODY_BESIDE}


def _part_few(x: int, n: int) -> bool:
    return min(x, n - x) < SMALL


def _units_few(e: TwoProportions) -> bool:
    return e.design is not None and min(e.x, e.n - e.x) * e.design.units < SMALL * e.n

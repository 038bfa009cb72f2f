"""What stands beside a control's lines, held against no limit."""

from dataclasses import replace

from rai_check.disclosed import AGREED, EACH_GROUP, EXTREMES, PublicLine, PublicMeasurement
from rai_check.disclosure.comparisons import two_sides
from rai_check.disclosure.intervals import finished
from rai_check.disclosure.places import few
from rai_check.disclosure.shower import Shower
from rai_check.measurement import NOT_KNOWN, Measurement, Where

_OF_RATES = (EACH_GROUP, EXTREMES, AGREED)


def information(
    show: Shower, found: tuple[Measurement, ...], lines: tuple[PublicLine, ...]
) -> tuple[PublicMeasurement, ...]:
    """What is held against no limit, the worst pair chosen among what may be shown.

    Checks give no rate of an empty group, so that of a small one is left out too. Records whose
    group is not known are always shown with their count.
    """
    shown = show.measurements((m, None) for m in found)
    rates = [m for m in shown if _is_rate(m)]
    if rates and all(few(m) for m in rates):
        return tuple(m for m in shown if not m.metric.endswith(_OF_RATES) or not_known(m))
    small = {id(m) for m in rates if few(m)}
    places = {x.measurement.where for x in lines if x.measurement} | {m.where for m in rates}
    return tuple(
        _worst_pair(show, m, rates, places) if m.about_people and m.metric.endswith(EXTREMES) else m
        for m in shown
        if id(m) not in small
    )


def not_known(m: PublicMeasurement) -> bool:
    """Whether it is of the records whose group is not known."""
    return any(label == NOT_KNOWN for _, label in m.where)


def _is_rate(m: PublicMeasurement) -> bool:
    return m.about_people and m.metric.endswith(EACH_GROUP) and not not_known(m)


def _worst_pair(
    show: Shower, m: PublicMeasurement, beside: list[PublicMeasurement], places: set[Where]
) -> PublicMeasurement:
    """Choose anew: which group truly is lowest says how small a hidden count must be."""
    of_each = m.metric.removesuffix(EXTREMES) + EACH_GROUP
    columns = [key for key, _ in m.where]
    rates = [r for r in beside if r.metric == of_each and [k for k, _ in r.where] == columns]
    groups = {where for where in places if [k for k, _ in where] == columns}
    if m.kind == "estimate":
        return _apart(m, rates, groups)
    known = [(r.own, r) for r in rates if r.own is not None and r.own.rate is not None]
    known.sort(key=lambda pair: (pair[0].rate, pair[1].where))
    bare = replace(m, where=(), against=None, members=(), own=None, other=None, effect=None)
    bare = replace(bare, interval=None, left_out=bool(groups - {r.where for _, r in known}))
    if len(known) < 2:  # noqa: PLR2004 - a pair
        return bare
    (own, low), (other, high) = known[0], known[-1]
    pair = finished([two_sides(bare, (own, other), "ratio")], show.level)[0]
    against = ", ".join(label for _, label in high.where)
    return replace(pair, where=low.where, against=against, members=low.members)


def _apart(
    m: PublicMeasurement, rates: list[PublicMeasurement], groups: set[Where]
) -> PublicMeasurement:
    """The lowest average or the like against the highest, of those shown; no interval."""
    known = sorted((r.effect, r.where, r) for r in rates if r.effect is not None)
    bare = replace(m, where=(), against=None, members=(), effect=None, interval=None)
    bare = replace(bare, left_out=bool(groups - {where for _, where, _ in known}))
    if len(known) < 2:  # noqa: PLR2004 - a pair
        return bare
    (value, where, low), (value0, where0, _) = known[0], known[-1]
    apart = value / value0 if m.effect_of == "ratio" and value0 else value - value0
    against = ", ".join(label for _, label in where0)
    return replace(bare, where=where, against=against, members=low.members, effect=apart)

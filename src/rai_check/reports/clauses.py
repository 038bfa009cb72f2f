"""The numbers of a measurement in one clause: no outcome, no rule, no full stop."""

from rai_check.disclosed import COMPARED, PublicMeasurement
from rai_check.protected import Mask
from rai_check.reports.figures import effect_words, interval_words, part_words
from rai_check.reports.metrics import about
from rai_check.reports.numerals import count, unit
from rai_check.reports.people import compared, in_short


def is_compared(m: PublicMeasurement) -> bool:
    """Whether it sets a group against another, or one answer against another."""
    return m.kind in COMPARED or (m.kind == "estimate" and m.against is not None)


def figures(m: PublicMeasurement, beside: tuple[PublicMeasurement, ...] = ()) -> str:
    """The numbers of a measurement, with what and where it is.

    Args:
        m: the measurement.
        beside: what its control shows for information.
    """
    return compared(m, beside) if is_compared(m) else f"{about(m)}{_alone(m)}"


def number_words(m: PublicMeasurement) -> str:
    """The number itself, in few words and without what and where it is."""
    return in_short(m) if is_compared(m) else _alone(m).removeprefix(": ")


def _alone(m: PublicMeasurement) -> str:
    if m.kind == "proportion" and m.own:
        shown = f": {part_words(m.own, unit(m.unit))}"
        return f"{shown} ({interval_words(m.interval, m)})" if m.interval else shown
    if m.kind == "sampled" and m.own and m.population:
        of = f"{count(m.own.n)} {unit(m.unit)} looked at, {count(m.population)} in all"
        return f": {count(m.own.x)} of {of}"
    if m.kind == "exact" and m.quantity:
        named = m.unit in m.metric or "events" in m.metric or m.quantity_of != "count"
        what = "" if named else f" {unit(m.unit)}"
        return f": {count(m.quantity)}{what if m.quantity.mask is not Mask.WITHHELD else ''}"
    if m.kind == "estimate":
        shown = f": {effect_words(m)}"
        return f"{shown} ({interval_words(m.interval, m)})" if m.interval else shown
    if m.kind == "undefined":
        return f": no number, because {m.undefined.rstrip('.')}"
    return ""

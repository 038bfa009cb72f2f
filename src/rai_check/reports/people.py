"""Comparisons in people's terms: who and how many first, then what the ratio is.

``Asian: 85 of 290 records were selected (29%), against 760 of 1,840 of everyone else (41%);
ratio 0.71 (95% interval 0.59 to 0.85)``. What may not be shown is said to be not shown.
"""

from rai_check.disclosed import EACH_GROUP, PublicMeasurement
from rai_check.protected import Mask, Part
from rai_check.reports.figures import (
    effect_name,
    effect_words,
    hidden_words,
    interval_words,
    is_standardised,
    part_words,
    points_of,
    rate_words,
    scale,
    value_words,
)
from rai_check.reports.metrics import TODAY, against, group, in_sentence, metric, words_of
from rai_check.reports.numerals import count, decimal, number, plural, unit

_EVERYONE = "Everyone"


def compared(m: PublicMeasurement, beside: tuple[PublicMeasurement, ...] = ()) -> str:
    """A comparison in one clause, without a full stop.

    Args:
        m: the comparison.
        beside: what is shown for information, where a group's own average may be found.
    """
    if m.kind == "estimate":
        return _estimated(m, _own(m, beside))
    if m.kind == "change":
        return _change(m)
    if m.own is None or m.other is None:
        return f"{_head(m)} not shown"
    if m.about_people and (m.own.rate is None or m.other.rate is None):
        return _hidden(m, m.own)
    effect = f"{effect_name(m)} {effect_words(m)}"
    shown = f" ({interval_words(m.interval, m)})" if m.interval else _without(m)
    return f"{_sides(m, m.own, m.other)}; {_within(m)}{effect}{shown}{_worth(m.own, m.other)}"


def _without(m: PublicMeasurement) -> str:
    """Of a pair of answers the rates are shown though few of them differ."""
    hidden = m.kind == "paired" and m.about_people
    return " (interval not shown: fewer than 10 differ one way)" if hidden else ""


def in_short(m: PublicMeasurement) -> str:
    """The group's own number and how it compares, in few words and without its name."""
    if m.kind == "estimate" or m.own is None:
        return effect_words(m)
    own = part_words(m.own, unit(m.unit), m)
    if m.effect is None:
        return own
    if m.kind == "change":
        return f"{own}, the gap {decimal(m.effect)} times as wide as today's"
    return f"{own}, {effect_name(m)} {effect_words(m)} to {against(m)}"


def _who(m: PublicMeasurement) -> str:
    return group(m) or _EVERYONE


def _head(m: PublicMeasurement) -> str:
    """Who and what, where no sentence can be made of it."""
    return f"{_who(m)}, {in_sentence(m.metric)}:"


def _hidden(m: PublicMeasurement, own: Part) -> str:
    """Of a hidden part its mask is said, and of the other side no more than follows."""
    if own.n.value is None:
        return f"{_head(m)} {part_words(own)}"
    effect = f"{effect_name(m)} to {against(m)} {hidden_words(m)}"
    if own.x.value is None and own.x.mask is not Mask.WITHHELD:
        return f"{_clause(m, own, unit(m.unit))}; {effect}"
    return f"{_head(m)} {part_words(own, unit(m.unit), m)}; {effect}"


def _sides(m: PublicMeasurement, own: Part, other: Part) -> str:
    first = _clause(m, own, unit(m.unit))
    if m.kind == "paired" or m.against == TODAY:
        same = " (the same cases)" if m.kind == "paired" else ""
        return f"{first} by the tool, and {_of(other)} by today's process{same}"
    rate = f" ({rate_words(other, m)})" if other.rate is not None else ""
    return f"{first}, against {count(other.x)} of {count(other.n)} of {against(m)}{rate}"


def _clause(m: PublicMeasurement, part: Part, what: str) -> str:
    """``Asian: 85 of 290 records were selected (29%)``, or with the metric's name before it."""
    words = words_of(m.metric)
    rate = f" ({rate_words(part, m)})" if part.rate is not None else ""
    of = f"{count(part.x)} of {count(part.n)} {what}"
    if words is None or not words.done:
        return f"{_head(m)} {of}{rate}"
    among = f" {words.among}" if words.among else ""
    return f"{_who(m)}: {of}{among} {words.done}{rate}"


def _of(part: Part) -> str:
    rate = f" ({rate_words(part)})" if part.rate is not None else ""
    return f"{count(part.x)} of {count(part.n)}{rate}"


def _within(m: PublicMeasurement) -> str:
    """Among strata the sums are of unlike cases; the effect is of like ones."""
    if is_standardised(m):
        return "standardised to one mix of the strata, "
    if not m.strata:
        return ""
    figures = " and to two figures" if m.strata > 1 else ""
    return f"like with like, within {plural(m.strata, 'stratum', 'strata')}{figures}, "


def _worth(own: Part, other: Part) -> str:
    """What repeated or weighted records are worth."""
    if own.effective is None or other.effective is None:
        return ""
    worth = " and ".join(number(5 * round(size / 5)) for size in (own.effective, other.effective))
    return f"; the records are worth about {worth} that stand alone"


def _change(m: PublicMeasurement) -> str:
    if m.effect is None:
        return f"{_who(m)}: how the gap changed is not shown, since fewer than 10 people are in it"
    shown = f" ({interval_words(m.interval, m)})" if m.interval else ""
    wider = "as wide as" if m.effect >= 1 else "as wide as, and so narrower than,"
    gap = f"the gap is {decimal(m.effect)} times {wider} today's{shown}"
    if m.own is None or m.other is None or m.before is None:
        return f"{metric(m.metric)}: {gap}"
    now = _sides(m, m.own, m.other)
    then = f"{_of(m.before[0])} against {_of(m.before[1])}"
    return f"{now}; by today's process {then}; {gap}"


def _own(m: PublicMeasurement, beside: tuple[PublicMeasurement, ...]) -> str:
    """The group's own average or the like, if it is shown beside."""
    name = m.metric + EACH_GROUP
    found = (b for b in beside if b.metric == name and b.where == m.where and b.effect is not None)
    return next((f" {effect_words(b)}{_of_how_many(b)};" for b in found), "")


def _of_how_many(m: PublicMeasurement) -> str:
    """The records behind an average, where they may be shown."""
    if m.known is None or m.known.x.value is None:
        return ""
    return f" (of {count(m.known.x)} records)"


def _estimated(m: PublicMeasurement, own: str) -> str:
    """A difference or ratio of two averages, scores or the like."""
    if m.effect is None:
        return f"{_head(m)} {hidden_words(m)}"
    shown = f" ({interval_words(m.interval, m)})" if m.interval else ""
    if m.effect_of == "ratio":
        return f"{_head(m)}{own} {effect_words(m)} times that of {against(m)}{shown}"
    apart = value_words(abs(m.effect), m)
    if apart == value_words(0.0, m):
        return f"{_head(m)}{own} about the same as {against(m)}{shown}"
    if scale(m) == "difference":
        apart = f"{apart} {points_of(apart)}"
    way = "more" if m.effect > 0 else "less"
    return f"{_head(m)}{own} {apart} {way} than {against(m)}{shown}"

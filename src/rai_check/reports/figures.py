"""Parts, effects, intervals and limits in words, each on its scale; and why there is none."""

from rai_check.disclosed import COMPARED, PublicMeasurement
from rai_check.judgement import LimitUsed, ShownInterval
from rai_check.protected import SMALL, Mask, Part
from rai_check.reports.metrics import is_of_rates
from rai_check.reports.numerals import (
    amount,
    amount_range,
    count,
    decimal,
    exact_percent,
    number,
    percent,
    points,
)

HIDDEN = f"not shown (fewer than {SMALL} people)"
WITHHELD = "not shown"
_WITHIN = " within strata"
_TOO_FEW = frozenset({Mask.FEW, Mask.ALL_BUT_FEW})
_RATIOS = frozenset({"ratio", "odds", "change"})
_LIMITS = {
    "difference": "{} percentage points",
    "odds": "odds ratio {}",
    "change": "{} times as wide as today's",
}


def part_words(part: Part, what: str = "", m: PublicMeasurement | None = None) -> str:
    """A part of a whole: ``29% of 290 records``; counts alone where no rate may be shown.

    Args:
        part: of the whole.
        what: was counted.
        m: the measurement it belongs to, where its rate may be standardised.
    """
    whole = f"{count(part.n)} {what}".strip()
    if part.rate is not None:
        how = _how(part, m)
        return f"{percent(part.rate)}{f' ({how})' if how else ''} of {whole}"
    if part.n.value is None:
        return HIDDEN if part.n.mask is Mask.FEW else WITHHELD
    if part.x.mask is Mask.WITHHELD:
        return f"rate not shown for {whole}"
    return f"{count(part.x)} of {whole}"


def rate_words(part: Part, m: PublicMeasurement | None = None) -> str:
    """A shown rate: ``29%``, ``29%, weighted``, ``29%, standardised``."""
    said, how = percent(part.rate or 0.0), _how(part, m)
    return f"{said}, {how}" if how else said


def _how(part: Part, m: PublicMeasurement | None) -> str:
    """Why a rate is not its counts' quotient; empty where it is."""
    if part.weighted is None:
        return ""
    return "standardised" if m is not None and is_standardised(m) else "weighted"


def is_standardised(m: PublicMeasurement) -> bool:
    """Whether two rates are of one mix of strata, as where units repeat or rows carry weights.

    There a design holds standardised rates in the place of weighted ones.
    """
    within = m.kind == "two_proportions" and m.metric.endswith(_WITHIN)
    return within and m.own is not None and m.own.weighted is not None


def interval_words(found: ShownInterval, m: PublicMeasurement) -> str:
    """An interval on the scale of a measurement: ``95% interval 0.58 to 0.85``."""

    def say(value: float) -> str:
        return value_words(value, m)

    name = f"{exact_percent(found.level)} interval"
    if found.high is None:
        return f"{name} {say(found.low or 0.0)} or more"
    if found.low is None:
        return f"{name} up to {say(found.high)}"
    return f"{name} {range_words(found.low, found.high, m)}"


def range_words(low: float, high: float, m: PublicMeasurement) -> str:
    """Two numbers on the scale of a measurement, a unit once: ``-7 to 7 days``."""
    if scale(m) == "amount":
        return amount_range(low, high, m.unit)
    return f"{value_words(low, m)} to {value_words(high, m)}"


def scale(m: PublicMeasurement) -> str:
    """Scale on which effect, interval and limit of a measurement are written.

    ``ratio``, ``difference`` (of rates, in points), ``odds``, ``change``, ``rate``, ``amount``
    (with its unit) or ``value``.
    """
    if m.kind in COMPARED:
        return m.effect_of
    if m.kind == "estimate":
        if m.effect_of == "ratio":
            return "ratio"
        if is_of_rates(m):
            return "difference" if m.against is not None else "rate"
        return "value" if m.unit in {"rows", ""} else "amount"
    return "rate" if m.kind == "proportion" else "value"


def value_words(value: float, m: PublicMeasurement) -> str:
    """A number on the scale of a measurement, without what it is of."""
    on = scale(m)
    if on == "amount":
        return amount(value, m.unit)
    say = {"difference": points, "rate": percent}.get(on, decimal)
    return say(value)


def effect_words(m: PublicMeasurement) -> str:
    """The comparison or estimate in figures, or why there is none."""
    if m.effect is None:
        hidden = m.about_people and (m.own is None or m.own.rate is None or _hides(m.other))
        ends = "0% or 100%" if m.effect_of == "odds" else "0"
        return hidden_words(m) if hidden else f"not defined, since one of the rates is {ends}"
    said = value_words(m.effect, m)
    return f"{said} {points_of(said)}" if scale(m) == "difference" else said


def effect_name(m: PublicMeasurement) -> str:
    """What an effect of two rates is called, before its number."""
    return "odds ratio" if m.effect_of == "odds" else m.effect_of


def points_of(said: str) -> str:
    """What a difference of rates is in, after its number."""
    return "percentage point" if said in {"1", "-1"} else "percentage points"


def hidden_words(m: PublicMeasurement) -> str:
    """Why a number is not shown, by the group's own counts: another's are said of that one."""
    return HIDDEN if m.own is None or m.own.x.mask in _TOO_FEW else WITHHELD


def _hides(part: Part | None) -> bool:
    return part is not None and part.rate is None


def limit_words(limit: LimitUsed, m: PublicMeasurement | None) -> str:
    """The limit without its owner: ``0.80 to 1.25``, ``at least 95%``."""
    on = limit.of if m is None or limit.of not in {"value", "difference"} else scale(m)
    if limit.of == "difference" and on != "amount":
        on = "difference"

    def say(bound: float) -> str:
        if on == "amount" and m is not None:
            return amount(bound, m.unit)
        by = {"difference": points, "rate": exact_percent}
        return decimal(bound) if on in _RATIOS else by.get(on, number)(bound)

    if limit.min is not None and limit.max is not None:
        words = f"{say(limit.min)} to {say(limit.max)}"
        if on == "amount" and m is not None:
            words = amount_range(limit.min, limit.max, m.unit)
    elif limit.min is not None:
        words = f"at least {say(limit.min)}"
    else:
        words = f"at most {say(limit.max or 0.0)}"
    words = _LIMITS.get(on, "{}").format(words)
    if limit.prevalence is not None and m is not None and m.kind in {"exact", "sampled"}:
        words += f"; of what a sample leaves out, at most {exact_percent(limit.prevalence)}"
    return words

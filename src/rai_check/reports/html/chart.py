"""Dot-and-interval charts as SVG, drawn from the same protected numbers as the tables below them.

Of each metric of a control: every group's own rate with its interval, and how each compares, with
the limits. Each group has its label above its own interval, so that the charts stay legible at 320
pixels.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from rai_check.disclosed import EACH_GROUP, PublicItem, PublicLine, PublicMeasurement
from rai_check.judgement import LimitUsed
from rai_check.measurement import NOT_KNOWN
from rai_check.reports.figures import effect_words, hidden_words, interval_words, scale
from rai_check.reports.html.axis import LEFT, OWN, WIDTH, Axis, axis_of
from rai_check.reports.html.frame import TOP, bounds, foot, guides, limit_names
from rai_check.reports.html.svg import (
    dot,
    interval,
    label,
    mark,
    short,
    square,
    text_of,
)
from rai_check.reports.metrics import group, metric
from rai_check.reports.numerals import plural

MOST_DRAWN = 40
"""Groups of one chart; of more there is the table alone."""
_ROW, _FOOT = 46, 26
_NAMES = {
    "ratio": "ratio",
    "difference": "difference in percentage points",
    "odds": "odds ratio",
    "change": "how many times as wide as today",
    "rate": "rate",
    "amount": "difference",
}
_UNKNOWN = " (not compared)"
_EFFECTS = (
    "Filled dot: pass. Hollow diamond: fail. Hollow dot: the data cannot tell. The bar is the "
    "interval; dashed lines are the limits."
)
_RATES = (
    "Each dot is a group's own rate, the bar its interval. A hollow square is of records whose "
    "group is not known: shown, not compared."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One chart, or why there is none."""

    svg: str
    """Markup; empty where there are too many groups to draw."""
    caption: str


def charts(item: PublicItem, name: str) -> tuple[Chart, ...]:
    """Return the charts of one control; none where it compares nothing.

    Args:
        item: the control.
        name: start of the ids of titles and descriptions, unique in the page.
    """
    drawn = [(x, x.measurement) for x in item.lines if x.measurement]
    kinds = dict.fromkeys((m.metric, scale(m)) for _, m in drawn if scale(m) in _NAMES)
    parts: list[tuple[str, str]] = []
    for of, on in kinds:
        parts += [part for part in ((of, OWN), (of, on)) if part not in parts]
    found: list[Chart] = []
    for of, on in parts:
        id_ = f"{name}-{len(found) + 1}"
        if on == OWN:
            rates = [m for m in item.information if m.metric == of + EACH_GROUP]
            found += [_rates(rates, id_)] if rates else []
        else:
            lines = [x for x, m in drawn if (m.metric, scale(m)) == (of, on)]
            found.append(_effects(lines, on, id_))
    return tuple(found)


def _too_many(groups: int, of: str) -> Chart:
    many = f"{plural(groups, 'group')} are more than a chart can show"
    return Chart(svg="", caption=f"{metric(of)}: {many}; the numbers hold them all.")


def _effects(lines: list[PublicLine], on: str, name: str) -> Chart:
    """How each group compares, with the limits."""
    found = [(x, x.measurement) for x in lines if x.measurement]
    first = found[0][1]
    if len(found) > MOST_DRAWN:
        return _too_many(len(found), first.metric)
    ends = [v for x, m in found for v in (*_ends(m), *bounds(x.limit))]
    axis = axis_of(on, ends, first.unit)
    rows = [
        part for i, (x, m) in enumerate(found) for part in _row(axis, m, TOP + _ROW * i, x.limit, x)
    ]
    title = f"{metric(first.metric)}: {_NAMES[on]} for each group, with its interval"
    said = (f"{_said(m)}, {x.outcome.word.lower()}" for x, m in found)
    head = limit_names(axis, found[0][0].limit)
    height = TOP + _ROW * len(found) + _FOOT
    svg = _svg(name, title, said, axis, (*head, *rows), height)
    return Chart(svg=svg, caption=f"{title}. {_EFFECTS}")


def _rates(rates: list[PublicMeasurement], name: str) -> Chart:
    """Each group's own rate, or its own average."""
    if len(rates) > MOST_DRAWN:
        return _too_many(len(rates), rates[0].metric)
    on = scale(rates[0]) if scale(rates[0]) == "rate" else OWN
    ends = [v for m in rates for v in _ends(m)]
    axis = axis_of(on, ends or [0.0, 1.0], rates[0].unit if on == OWN else "")
    rows = [part for i, m in enumerate(rates) for part in _row(axis, m, _ROW * i)]
    title = f"{metric(rates[0].metric)}, with its interval"
    said = (_said(m) for m in rates)
    svg = _svg(name, title, said, axis, tuple(rows), _ROW * len(rates) + _FOOT)
    return Chart(svg=svg, caption=f"{title}. {_RATES}")


def _svg(
    name: str, title: str, said: Iterable[str], axis: Axis, body: tuple[str, ...], height: int
) -> str:
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc" font-size="13" fill="currentColor">'
        f'<title id="{name}-title">{text_of(title)}</title>'
        f'<desc id="{name}-desc">{text_of("; ".join(said))}.</desc>'
        f"{''.join((*foot(axis, height), *body))}</svg>"
    )


def _ends(m: PublicMeasurement) -> list[float]:
    ends = [m.effect, m.interval.low, m.interval.high] if m.interval else []
    return [v for v in ends if v is not None]


def _row(
    axis: Axis,
    m: PublicMeasurement,
    top: float,
    limit: LimitUsed | None = None,
    judged: PublicLine | None = None,
) -> Iterable[str]:
    """A group: its label, and below it the interval with its mark, or why there is none."""
    y = top + 30
    unknown = _is_not_known(m) and judged is None
    yield label(LEFT, top + 15, short(group(m) or metric(m.metric)) + (_UNKNOWN if unknown else ""))
    if m.effect is None or m.interval is None:
        words = hidden_words(m) if m.about_people else "not defined"
        yield label(LEFT, y + 5, words, size=11)
        return
    yield from guides(axis, limit, y)
    low = axis.low if m.interval.low is None else m.interval.low
    high = axis.high if m.interval.high is None else m.interval.high
    beyond = (low < axis.low, high > axis.high)
    yield from interval(axis.x(low), axis.x(high), y, open_=beyond)
    x = axis.x(m.effect)
    if judged is not None:
        yield mark(judged.outcome, x, y)
    else:
        yield square(x, y) if unknown else dot(x, y)


def _is_not_known(m: PublicMeasurement) -> bool:
    return any(name == NOT_KNOWN for _, name in m.where)


def _said(m: PublicMeasurement) -> str:
    figures = effect_words(m)
    if m.interval:
        figures += f", {interval_words(m.interval, m)}"
    return f"{group(m) or metric(m.metric)}: {figures}"

"""A dot-and-interval chart as SVG, drawn from the same protected numbers as the table below it.

Each group has its label above its own interval, so that the chart stays legible at 320 pixels.
Marks differ by shape, not by colour; lines are `currentColor`, which follows dark mode.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from rai_check.disclosed import PublicItem, PublicLine
from rai_check.judgement import LimitUsed
from rai_check.outcome import Outcome
from rai_check.reports.escape import visible
from rai_check.reports.numerals import decimal, exact_percent, points
from rai_check.reports.wording import (
    effect_words,
    group,
    hidden_words,
    interval_words,
    metric,
    scale,
)

WIDTH, LEFT, RIGHT, ROW, TOP = 340, 14, 14, 46, 34
_LABEL = 40
_LIMIT_LABEL = 64
"""Room that the label of a limit needs beside its line."""
_DASHED = ' stroke-dasharray="4 3"'
_FAINT = ' stroke-opacity="0.45"'
_REACH = 4.0
"""Ratios further from equality than this are drawn at the edge."""
_TICKS = {
    "ratio": (0.25, 0.35, 0.5, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0),
    "difference": tuple(t / 20 for t in range(-20, 21)),
    "rate": tuple(t / 5 for t in range(6)),
}


_FINE_TICKS = (0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.4)
_FINE_BELOW = 1.6
"""Reach of a ratio axis under which the finer ticks are used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Axis:
    """Places values between the margins; ratios on a logarithmic scale."""

    scale: str
    low: float
    high: float

    def x(self, value: float) -> float:
        value = min(max(value, self.low), self.high)
        low, high, at = (self._on(v) for v in (self.low, self.high, value))
        return LEFT + (WIDTH - LEFT - RIGHT) * (at - low) / (high - low)

    def _on(self, value: float) -> float:
        return math.log(value) if self.scale == "ratio" else value

    def words(self, value: float) -> str:
        if self.scale == "ratio":
            return decimal(value)
        return points(value) if self.scale == "difference" else exact_percent(value)


def chart(item: PublicItem, name: str) -> str:
    """Return the SVG of one control, or nothing where it compares nothing.

    Args:
        item: the control; lines of the scale that most of its lines have are drawn.
        name: start of the ids of its title and description, unique in the page.
    """
    lines, on = _drawn(item)
    if not lines:
        return ""
    axis = _axis(lines, on)
    height = TOP + ROW * len(lines) + 26
    body = [
        *_limit_names(axis, lines[0].limit),
        *_ticks(axis, height),
        *(part for i, line in enumerate(lines) for part in _row(axis, line, TOP + ROW * i)),
    ]
    title = _title(lines[0], on)
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc" font-size="13" fill="currentColor">'
        f'<title id="{name}-title">{_text(title)}</title>'
        f'<desc id="{name}-desc">{_text(_description(lines))}</desc>{"".join(body)}</svg>'
    )


def _drawn(item: PublicItem) -> tuple[list[PublicLine], str]:
    scales = [scale(x.measurement) for x in item.lines if x.measurement]
    comparable = [s for s in scales if s in _TICKS]
    if not comparable:
        return [], ""
    on = max(sorted(set(comparable)), key=comparable.count)
    return [x for x in item.lines if x.measurement and scale(x.measurement) == on], on


def _axis(lines: list[PublicLine], on: str) -> _Axis:
    if on == "rate":
        return _Axis(scale=on, low=0.0, high=1.0)
    values = [0.8, 1.25] if on == "ratio" else [-0.1, 0.1]
    for line in lines:
        m, limit = line.measurement, line.limit
        ends = [m.effect, m.interval.low, m.interval.high] if m and m.interval else []
        ends += [limit.min, limit.max] if limit else []
        values += [v for v in ends if v is not None]
    if on == "ratio":
        reach = min(_REACH, max(max(v, 1 / v) if v > 0 else _REACH for v in values)) * 1.1
        return _Axis(scale=on, low=1 / reach, high=reach)
    reach = min(1.0, max(abs(v) for v in values) * 1.1)
    return _Axis(scale=on, low=-reach, high=reach)


def _ticks(axis: _Axis, height: int) -> Iterable[str]:
    base = height - 22
    yield _line(LEFT, base, WIDTH - RIGHT, base)
    fine = axis.scale == "ratio" and axis.high < _FINE_BELOW
    ticks = _FINE_TICKS if fine else _TICKS[axis.scale]
    wanted = [t for t in ticks if axis.low <= t <= axis.high]
    step = max(1, math.ceil(len(wanted) / 7))
    middle = wanted.index(min(wanted, key=lambda t: abs(axis.x(t) - WIDTH / 2)))
    for tick in wanted[middle % step :: step]:
        x = axis.x(tick)
        yield _line(x, base, x, base + 4)
        yield _label(x, height - 5, axis.words(tick), anchor="middle", size=11)


def _limit_names(axis: _Axis, limit: LimitUsed | None) -> Iterable[str]:
    """The two names lean away from each other so as not to collide."""
    sides = ((limit.min, "end"), (limit.max, "start")) if limit else ()
    for bound, anchor in sides:
        if bound is None:
            continue
        x = axis.x(bound)
        yield _line(x, TOP - 10, x, TOP - 2, extra=_DASHED)
        turned = {"end": "start"} if x < _LIMIT_LABEL else {}
        turned |= {"start": "end"} if x > WIDTH - _LIMIT_LABEL else {}
        lean = turned.get(anchor, anchor)
        yield _label(x, TOP - 15, f"limit {axis.words(bound)}", anchor=lean, size=11)


def _row(axis: _Axis, line: PublicLine, top: float) -> Iterable[str]:
    m = line.measurement
    if m is None:
        return
    middle = top + 30
    yield _label(LEFT, top + 15, _short(group(m) or metric(m.metric)))
    if m.effect is None or m.interval is None:
        yield _label(
            LEFT, middle + 5, hidden_words(m) if m.about_people else "not defined", size=11
        )
        return
    yield from _guides(axis, line.limit, middle)
    low = axis.low if m.interval.low is None else m.interval.low
    high = axis.high if m.interval.high is None else m.interval.high
    yield _line(axis.x(low), middle, axis.x(high), middle, extra=' stroke-width="2.5"')
    yield from _ends(axis, low, high, middle)
    yield _mark(line.outcome, axis.x(m.effect), middle)


def _guides(axis: _Axis, limit: LimitUsed | None, y: float) -> Iterable[str]:
    """Limits and equality beside the interval only, so that no line crosses a label."""
    if axis.scale != "rate":
        equal = axis.x(1.0 if axis.scale == "ratio" else 0.0)
        yield _line(equal, y - 11, equal, y + 11, extra=_FAINT)
    for bound in (limit.min, limit.max) if limit else ():
        if bound is not None:
            yield _line(axis.x(bound), y - 11, axis.x(bound), y + 11, extra=_DASHED)


def _ends(axis: _Axis, low: float, high: float, y: float) -> Iterable[str]:
    """A bar closes an interval; an arrow says that it goes on beyond the chart."""
    for value, edge, turn in ((low, axis.low, 1), (high, axis.high, -1)):
        x = axis.x(value)
        beyond = value < edge if turn == 1 else value > edge
        if beyond:
            path = f"M{_n(x + 6 * turn)} {_n(y - 5)}L{_n(x)} {_n(y)}L{_n(x + 6 * turn)} {_n(y + 5)}"
            yield f'<path d="{path}" fill="none" stroke="currentColor" stroke-width="2"/>'
        else:
            yield _line(x, y - 5, x, y + 5)


def _mark(outcome: Outcome, x: float, y: float) -> str:
    """Filled dot: pass; hollow diamond: fail; hollow dot: anything else."""
    hollow = 'fill="#ffffff" stroke="currentColor" stroke-width="2"'
    if outcome is Outcome.FAIL:
        path = f"M{_n(x)} {_n(y - 8)}L{_n(x + 8)} {_n(y)}L{_n(x)} {_n(y + 8)}L{_n(x - 8)} {_n(y)}Z"
        return f'<path class="mark" d="{path}" {hollow}/>'
    if outcome is Outcome.PASS:
        return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="5.5"/>'
    return f'<circle class="mark" cx="{_n(x)}" cy="{_n(y)}" r="5.5" {hollow}/>'


def _title(line: PublicLine, on: str) -> str:
    name = metric(line.measurement.metric) if line.measurement else ""
    return f"{name}: {on} for each group, with its interval" if on != "rate" else f"{name}: rates"


def _description(lines: list[PublicLine]) -> str:
    said = []
    for line in lines:
        m = line.measurement
        if m is None:
            continue
        figures = effect_words(m)
        if m.interval:
            figures += f", {interval_words(m.interval, scale(m))}"
        said.append(f"{group(m) or metric(m.metric)}: {figures}, {line.outcome.word.lower()}")
    return "; ".join(said) + "."


def _line(x1: float, y1: float, x2: float, y2: float, *, extra: str = "") -> str:
    at = f'x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"'
    return f'<line {at} stroke="currentColor"{extra}/>'


def _label(x: float, y: float, text: str, *, anchor: str = "start", size: int = 13) -> str:
    at = f'x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}"'
    return f'<text {at} font-size="{size}">{_text(text)}</text>'


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _text(text: str) -> str:
    return escape(visible(text))


def _short(text: str) -> str:
    text = visible(text)
    return text if len(text) <= _LABEL else text[: _LABEL - 1].rstrip() + "…"

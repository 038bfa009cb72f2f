"""What stands around the rows of a chart: its axis, its limits, the line of equality."""

from collections.abc import Iterable

from rai_check.judgement import LimitUsed
from rai_check.reports.html.axis import LEFT, RIGHT, WIDTH, Axis
from rai_check.reports.html.svg import DASHED, FAINT, label, line

TOP = 34
"""Room above the rows for the names of limits."""
_LIMIT_LABEL = 64
"""Room that the label of a limit needs beside its line."""


def bounds(limit: LimitUsed | None) -> list[float]:
    """The bounds that a limit has."""
    return [b for b in (limit.min, limit.max) if b is not None] if limit else []


def foot(axis: Axis, height: int) -> Iterable[str]:
    """The axis with its ticks."""
    base = height - 22
    yield line(LEFT, base, WIDTH - RIGHT, base)
    for tick in axis.ticks():
        x = axis.x(tick)
        yield line(x, base, x, base + 4)
        yield label(x, height - 5, axis.words(tick), anchor="middle", size=11)


def limit_names(axis: Axis, limit: LimitUsed | None) -> Iterable[str]:
    """The two names lean away from each other so as not to collide."""
    sides = ((limit.min, "end"), (limit.max, "start")) if limit else ()
    for bound, anchor in sides:
        if bound is None:
            continue
        x = axis.x(bound)
        yield line(x, TOP - 10, x, TOP - 2, extra=DASHED)
        turned = {"end": "start"} if x < _LIMIT_LABEL else {}
        turned |= {"start": "end"} if x > WIDTH - _LIMIT_LABEL else {}
        lean = turned.get(anchor, anchor)
        yield label(x, TOP - 15, f"limit {axis.words(bound)}", anchor=lean, size=11)


def guides(axis: Axis, limit: LimitUsed | None, y: float) -> Iterable[str]:
    """Limits and equality beside the interval only, so that no line crosses a label."""
    if axis.equal is not None:
        x = axis.x(axis.equal)
        yield line(x, y - 11, x, y + 11, extra=FAINT)
    for bound in bounds(limit):
        yield line(axis.x(bound), y - 11, axis.x(bound), y + 11, extra=DASHED)

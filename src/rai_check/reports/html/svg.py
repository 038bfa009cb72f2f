"""Lines, labels and marks of a chart: literal numbers, escaped text, `currentColor` throughout.

Marks differ by shape, not by colour, and follow dark mode.
"""

from collections.abc import Iterable
from html import escape

from rai_check.outcome import Outcome
from rai_check.reports.escape import visible

DASHED = ' stroke-dasharray="4 3"'
FAINT = ' stroke-opacity="0.45"'
_LABEL = 40
"""Characters of a label; the table has it whole."""
_HOLLOW = 'fill="#ffffff" stroke="currentColor" stroke-width="2"'


def line(x1: float, y1: float, x2: float, y2: float, *, extra: str = "") -> str:
    """A straight line."""
    at = f'x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"'
    return f'<line {at} stroke="currentColor"{extra}/>'


def label(x: float, y: float, text: str, *, anchor: str = "start", size: int = 13) -> str:
    """A text, escaped and inert."""
    at = f'x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}"'
    return f'<text {at} font-size="{size}">{text_of(text)}</text>'


def text_of(text: str) -> str:
    """Text that can be nothing else."""
    return escape(visible(text))


def short(text: str) -> str:
    """A label cut to what fits."""
    text = visible(text)
    return text if len(text) <= _LABEL else text[: _LABEL - 1].rstrip() + "…"


def interval(low: float, high: float, y: float, *, open_: tuple[bool, bool]) -> Iterable[str]:
    """An interval; a bar closes it, an arrow says that it goes on beyond the chart."""
    yield line(low, y, high, y, extra=' stroke-width="2.5"')
    for x, turn, goes_on in ((low, 1, open_[0]), (high, -1, open_[1])):
        if goes_on:
            path = f"M{_n(x + 6 * turn)} {_n(y - 5)}L{_n(x)} {_n(y)}L{_n(x + 6 * turn)} {_n(y + 5)}"
            yield f'<path d="{path}" fill="none" stroke="currentColor" stroke-width="2"/>'
        else:
            yield line(x, y - 5, x, y + 5)


def mark(outcome: Outcome, x: float, y: float) -> str:
    """Filled dot: pass; hollow diamond: fail; hollow dot: anything else."""
    if outcome is Outcome.FAIL:
        path = f"M{_n(x)} {_n(y - 8)}L{_n(x + 8)} {_n(y)}L{_n(x)} {_n(y + 8)}L{_n(x - 8)} {_n(y)}Z"
        return f'<path class="mark" d="{path}" {_HOLLOW}/>'
    if outcome is Outcome.PASS:
        return dot(x, y)
    return f'<circle class="mark" cx="{_n(x)}" cy="{_n(y)}" r="5.5" {_HOLLOW}/>'


def dot(x: float, y: float) -> str:
    """A filled dot."""
    return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="5.5"/>'


def square(x: float, y: float) -> str:
    """A hollow square, for what is shown and not compared."""
    at = f'x="{_n(x - 5)}" y="{_n(y - 5)}" width="10" height="10"'
    return f'<rect class="mark" {at} {_HOLLOW}/>'


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")

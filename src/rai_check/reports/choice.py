"""Which lines of a control are said in the open: of a large one what fails or leans to failing."""

from collections import Counter
from dataclasses import dataclass

from rai_check.disclosed import PublicLine
from rai_check.outcome import Outcome
from rai_check.reports.numerals import listed, plural
from rai_check.reports.summary import distance

MOST_SAID = 30
"""Lines that are said one by one."""
_URGENT = frozenset({Outcome.FAIL, Outcome.ERROR, Outcome.MISSING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Lines to be said, and a sentence on the others."""

    lines: tuple[PublicLine, ...]
    rest: str
    """Empty where every line is said."""


def chosen(lines: tuple[PublicLine, ...], whole: tuple[PublicLine, ...]) -> Chosen:
    """Choose what to say: everything of a few lines, of many the worst and a tally of all.

    Args:
        lines: that would be said.
        whole: all of the control, for the tally.
    """
    if len(lines) <= MOST_SAID:
        return Chosen(lines=lines, rest="")
    urgent = [x for x in lines if x.outcome in _URGENT or x.leans]
    order = list(Outcome)
    urgent.sort(key=lambda x: (bool(x.covered_by), order.index(x.outcome), -_far(x)))
    kept = tuple(urgent[:MOST_SAID])
    return Chosen(lines=kept, rest=_tally(whole, len(kept)))


def _far(line: PublicLine) -> float:
    return distance(line.measurement)


def _tally(lines: tuple[PublicLine, ...], said: int) -> str:
    """All lines by outcome: ``2,232 lines: 3 fail, 1,930 inconclusive and 299 pass; ...``."""
    found = Counter(x.outcome for x in lines)
    leaning = sum(x.leans for x in lines)
    parts = [f"{found[o]:,} {o.word.lower()}" for o in Outcome if found[o]]
    lean = f", of which {leaning:,} {'leans' if leaning == 1 else 'lean'} to failing"
    above = f"the {said:,} worst are above" if said else "none fails or leans to failing"
    every = f"{plural(len(lines), 'line')}: {listed(parts)}{lean if leaning else ''}"
    return f"{every}; {above}, and the HTML report lists them all."

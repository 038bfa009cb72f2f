"""Order, tallies and groupings of controls that several formats share; no sentences."""

from collections.abc import Iterable
from dataclasses import dataclass

from rai_check.disclosed import PublicAssessment, PublicItem, PublicLine, PublicMeasurement
from rai_check.outcome import Outcome, Severity
from rai_check.reports.numerals import listed

_MOST_IDS = 8
NOT_PASSING = (Outcome.FAIL, Outcome.ERROR, Outcome.MISSING, Outcome.INCONCLUSIVE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many results came out how; each is counted once."""

    outcomes: tuple[tuple[Outcome, int], ...]
    """Every outcome that occurred, worst first, whether covered or not."""
    total: int
    """Results: one for each control, or for each control and group column."""
    controls: int
    covered: int
    """Results of which statements cover every line that does not pass."""
    places: int
    """Lines that a statement covers: each is one place, such as one group, of a result."""
    not_judged: int


def ordered(items: tuple[PublicItem, ...]) -> tuple[PublicItem, ...]:
    """Not passing first: by outcome, open before covered, gating first, then by severity."""
    outcomes, severities = list(Outcome), list(Severity)
    return tuple(
        sorted(
            items,
            key=lambda i: (
                outcomes.index(i.outcome),
                not i.is_open,
                not i.gates,
                severities.index(i.severity),
                i.id,
            ),
        )
    )


def tally(assessment: PublicAssessment) -> Tally:
    """Count the results of an assessment."""
    found = [item.outcome for item in assessment.items]
    return Tally(
        outcomes=tuple((o, found.count(o)) for o in Outcome if o in found),
        total=len(found),
        controls=len({item.control for item in assessment.items}),
        covered=sum(item.fully_covered for item in assessment.items),
        places=len(covered_lines(assessment)),
        not_judged=assessment.not_judged,
    )


def covered_lines(assessment: PublicAssessment) -> tuple[tuple[PublicItem, PublicLine], ...]:
    """Every line that a statement covers, with its control."""
    return tuple((i, x) for i in ordered(assessment.items) for x in i.lines if x.covered_by)


def open_lines(item: PublicItem) -> tuple[PublicLine, ...]:
    """Lines that neither pass nor do not apply, worst first; covered ones too."""
    order = list(Outcome)
    found = [line for line in item.lines if line.outcome in NOT_PASSING]
    return tuple(sorted(found, key=lambda line: (bool(line.covered_by), order.index(line.outcome))))


def owes_only_statements(item: PublicItem) -> bool:
    """Whether all that is open of a control is a statement that somebody owes."""
    lines = open_lines(item)
    return bool(lines) and all(
        line.code == "asked" and line.outcome is Outcome.MISSING for line in lines
    )


def owing(items: tuple[PublicItem, ...]) -> tuple[tuple[str, tuple[PublicItem, ...]], ...]:
    """(owner role, controls that miss something and are not covered), in the order of roles."""
    missing = [
        item
        for item in items
        if any(line.outcome is Outcome.MISSING and not line.covered_by for line in item.lines)
    ]
    roles = sorted({item.owner for item in missing}, key=str.casefold)
    return tuple((role, tuple(i for i in missing if i.owner == role)) for role in roles)


def worst(assessment: PublicAssessment) -> tuple[PublicItem, PublicLine] | None:
    """The most serious thing open: gating first, and what is said of people before counts."""
    items = [item for item in assessment.items if item.is_open]
    severities, outcomes = list(Severity), list(Outcome)
    lines = [
        (item, line)
        for item in items
        for line in item.lines
        if line.outcome in NOT_PASSING and not line.covered_by
    ]
    return min(
        lines,
        key=lambda pair: (
            not pair[0].gates,
            outcomes.index(pair[1].outcome),
            not _in_peoples_terms(pair[1]),
            severities.index(pair[0].severity),
            -distance(pair[1].measurement),
            pair[0].id,
        ),
        default=None,
    )


def _in_peoples_terms(line: PublicLine) -> bool:
    m = line.measurement
    return m is not None and m.kind == "two_proportions" and m.effect is not None


def distance(m: PublicMeasurement | None) -> float:
    """How far a comparison is from equality, on a scale on which twice and half are the same."""
    if m is None or m.own is None or m.other is None or not m.own.rate or not m.other.rate:
        return 0.0
    ratio = m.own.rate / m.other.rate
    return max(ratio, 1 / ratio)


def ids(items: Iterable[PublicItem]) -> str:
    """Ids of controls as ``FA-03, FA-06 and 2 more``."""
    names = [item.id for item in items]
    if len(names) > _MOST_IDS:
        names = [*names[:_MOST_IDS], f"{len(names) - _MOST_IDS} more"]
    return listed(names)

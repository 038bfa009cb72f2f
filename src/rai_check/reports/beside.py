"""What must be read with a result, in every format and in plain sight."""

from collections.abc import Sequence
from dataclasses import replace

from rai_check.disclosed import EACH_GROUP, EXTREMES, PublicItem, PublicMeasurement
from rai_check.measured import Subject
from rai_check.reports import resolve, strata, unassessed
from rai_check.reports.clauses import figures, number_words
from rai_check.reports.metrics import metric
from rai_check.reports.numerals import count, decimal, listed, place, sentence, unit

_ROWS_NEEDED = "rows needed to show similar rates"
_NOT_LOOKED_FOR = "Not looked for: "
_WORST = f"selection rate{EXTREMES}"
FOUR_FIFTHS = 0.8
"""29 CFR 1607.4(D), Uniform Guidelines on Employee Selection Procedures (1978)."""


def favourable_words(subject: Subject) -> str:
    """What being selected means for the person; empty where the project does not say."""
    return f"Being selected is {subject.positive_is} to the person." if subject.positive_is else ""


def beside(item: PublicItem, subject: Subject) -> tuple[str, ...]:
    """What must be read with a result, passing or not.

    The worst pair and the four-fifths indicator, who could not be assessed, records needed and
    what would resolve it, what was not looked for.
    """
    measured = (*(x.measurement for x in item.lines if x.measurement), *item.information)
    selects = any(m.metric.startswith("selection rate") for m in measured)
    pairs = [m for m in item.information if m.metric.endswith(EXTREMES)]
    rows = [
        favourable_words(subject) if selects else "",
        *(extremes_words(m, item.information) for m in pairs),
        four_fifths(pairs),
        *strata.sentences(item),
        *unassessed.sentences(item),
        *_needed(tuple(m for m in item.information if m.metric == _ROWS_NEEDED)),
        *resolve.needed(item),
        resolve.mitigations(item),
        resolve.leaning(item),
        *(f"{_NOT_LOOKED_FOR}{listed(kinds)}." for kinds in (not_looked_for(item),) if kinds),
    ]
    return tuple(dict.fromkeys(row for row in rows if row))


def four_fifths(pairs: Sequence[PublicMeasurement]) -> str:
    """The US screening rule on the worst pairs of selection rates, which decides nothing here.

    Its caveat is said once, however many pairs a control has.
    """
    rated = [(m, m.effect) for m in pairs if m.metric == _WORST and m.effect_of == "ratio"]
    shown = [
        f"{f'{_characteristics(m)}: ' if len(rated) > 1 else ''}lowest rate / highest rate = "
        f"{decimal(effect)}, {'below' if effect < FOUR_FIFTHS else 'not below'} "
        f"{decimal(FOUR_FIFTHS)}"
        for m, effect in rated
        if effect is not None
    ]
    if not shown:
        return ""
    return (
        f"Indicator only: by the US four-fifths screening rule, {'; '.join(shown)}. This "
        "point rule decides nothing here: chance alone often puts a tool that treats all groups "
        "alike below it."
    )


def _characteristics(m: PublicMeasurement) -> str:
    return " and ".join(column for column, _ in m.where) or "all groups"


def is_beside(note: str) -> bool:
    """Whether a check's note is already among what `beside` says."""
    return note.startswith(_NOT_LOOKED_FOR)


def extremes_words(m: PublicMeasurement, beside: tuple[PublicMeasurement, ...] = ()) -> str:
    """The group with the lowest rate against the one with the highest, of those shown.

    Args:
        m: the pair.
        beside: what its control shows for information: the two groups' own averages are there.
    """
    if m.own is None and m.effect is None:
        return f"{metric(m.metric)}: not shown, since fewer than two rates may be shown."
    plain = replace(m, metric=m.metric.removesuffix(EXTREMES))
    said = _two_averages(plain, beside) if m.kind == "estimate" else sentence(figures(plain))
    said = f"Lowest against highest. {said}"
    if not m.left_out:
        return said
    return (
        f"{said} Groups too small to show are left out of this: the lowest or the highest rate "
        "may be in one of them."
    )


def _two_averages(m: PublicMeasurement, beside: tuple[PublicMeasurement, ...]) -> str:
    """Each average with its own interval: the pair was picked for being far apart and has none."""
    own = [b for b in beside if b.metric == m.metric + EACH_GROUP and b.interval is not None]
    low = next((b for b in own if b.where == m.where), None)
    high = next((b for b in own if ", ".join(name for _, name in b.where) == m.against), None)
    words = sentence(figures(m))
    if low is None or high is None or low.interval is None or high.interval is None:
        return words
    each = [f"{place(b.where)} {number_words(b)}" for b in (low, high)]
    return f"{words} By themselves: {each[0]}; {each[1]}."


def _needed(found: tuple[PublicMeasurement, ...]) -> tuple[str, ...]:
    """Records that a group needs: the same for all of them, unless their reach differs."""
    rows: dict[str, None] = {}
    for m in found:
        what = unit(m.unit)
        if m.quantity is not None:
            rows[
                f"A group needs about {count(m.quantity)} {what} before similar rates could be "
                "shown."
            ] = None
        elif m.undefined:
            rows[f"No number of {what} would be enough to show similar rates."] = None
    return tuple(rows)


def not_looked_for(item: PublicItem) -> tuple[str, ...]:
    """Kinds of what a control looks for that it does not look for, from the check's own notes."""
    notes = [n for m in item.information for n in m.notes if n.startswith(_NOT_LOOKED_FOR)]
    kinds = [k for n in notes for k in n.removeprefix(_NOT_LOOKED_FOR).rstrip(".").split(", ")]
    return tuple(dict.fromkeys(kinds))

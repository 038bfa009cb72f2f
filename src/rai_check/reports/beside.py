"""What must be read with a result, in every format and in plain sight."""

from rai_check.disclosed import EXTREMES, PublicItem, PublicMeasurement
from rai_check.measured import Subject
from rai_check.reports import resolve, unassessed
from rai_check.reports.clauses import figures
from rai_check.reports.metrics import metric
from rai_check.reports.numerals import count, decimal, listed, sentence, unit

_ROWS_NEEDED = "rows needed to show similar rates"
_NOT_LOOKED_FOR = "Not looked for: "
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
        *(extremes_words(m) for m in pairs),
        *(four_fifths(m) for m in pairs),
        *unassessed.sentences(item),
        *_needed(tuple(m for m in item.information if m.metric == _ROWS_NEEDED)),
        *resolve.needed(item),
        resolve.mitigations(item),
        resolve.leaning(item),
        *(f"{_NOT_LOOKED_FOR}{listed(kinds)}." for kinds in (not_looked_for(item),) if kinds),
    ]
    return tuple(dict.fromkeys(row for row in rows if row))


def four_fifths(m: PublicMeasurement) -> str:
    """The US screening rule on the worst pair of selection rates, which decides nothing here."""
    if m.metric != f"selection rate{EXTREMES}" or m.effect is None or m.effect_of != "ratio":
        return ""
    below = m.effect < FOUR_FIFTHS
    return (
        "Indicator only: by the US four-fifths screening rule, lowest rate / highest rate = "
        f"{decimal(m.effect)}, {'below' if below else 'not below'} {decimal(FOUR_FIFTHS)}. This "
        "point rule decides nothing here: chance alone often puts a tool that treats all groups "
        "alike below it."
    )


def is_beside(note: str) -> bool:
    """Whether a check's note is already among what `beside` says."""
    return note.startswith(_NOT_LOOKED_FOR)


def extremes_words(m: PublicMeasurement) -> str:
    """The group with the lowest rate against the one with the highest, of those shown."""
    if m.own is None and m.effect is None:
        return f"{metric(m.metric)}: not shown, since fewer than two rates may be shown."
    said = f"Lowest against highest. {sentence(figures(m))}"
    if not m.left_out:
        return said
    return (
        f"{said} Groups too small to show are left out of this: the lowest or the highest rate "
        "may be in one of them."
    )


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

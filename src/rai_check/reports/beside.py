"""What must be read with a result, in every format and in plain sight."""

from rai_check.disclosed import EXTREMES, PublicItem, PublicMeasurement
from rai_check.measured import Subject
from rai_check.reports.numerals import count, listed, sentence, unit
from rai_check.reports.wording import figures, metric

_ROWS_NEEDED = "rows needed to show similar rates"
_NOT_LOOKED_FOR = "Not looked for: "


def favourable_words(subject: Subject) -> str:
    """What being selected means for the person; empty where the project does not say."""
    return f"Being selected is {subject.positive_is} to the person." if subject.positive_is else ""


def beside(item: PublicItem, subject: Subject) -> tuple[str, ...]:
    """What must be read with a result: worst pair, records needed, what was not looked for."""
    measured = (*(x.measurement for x in item.lines if x.measurement), *item.information)
    selects = any(m.metric.startswith("selection rate") for m in measured)
    rows = [
        favourable_words(subject) if selects else "",
        *(extremes_words(m) for m in item.information if m.metric.endswith(EXTREMES)),
        *_needed(tuple(m for m in item.information if m.metric == _ROWS_NEEDED)),
        *(f"{_NOT_LOOKED_FOR}{listed(kinds)}." for kinds in (not_looked_for(item),) if kinds),
    ]
    return tuple(dict.fromkeys(row for row in rows if row))


def is_beside(note: str) -> bool:
    """Whether a check's note is already among what `beside` says."""
    return note.startswith(_NOT_LOOKED_FOR)


def extremes_words(m: PublicMeasurement) -> str:
    """The group with the lowest rate against the one with the highest, of those shown."""
    if m.own is None:
        return f"{metric(m.metric)}: not shown, since fewer than two rates may be shown."
    said = sentence(figures(m))
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

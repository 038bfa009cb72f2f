"""What a metric, a group and a comparison are called: plain words for technical names."""

from dataclasses import dataclass

from rai_check.disclosed import BY_TODAY, BY_TOOL, EACH_GROUP, PublicMeasurement
from rai_check.reports.numerals import listed, place, plural

TODAY = "today"
"""What the tool's own decisions are compared with, where that is today's process."""
MOST_MEMBERS = 12
"""Groups put together that are named in a sentence; of more it gives the number."""
_AGAINST = {"rest": "everyone else", TODAY: "today's process"}
_GAP = "change of the gap in "
_TOP = "share of the top "
_ENDS = {
    ", tool against today": ", by the tool and by today's process",
    EACH_GROUP: ", each group",
    BY_TOOL: ", by the tool",
    BY_TODAY: ", by today's process",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """How a metric is said of people."""

    title: str
    done: str = ""
    """What was done to those that it counts: ``were selected``; empty where it is not a rate."""
    among: str = ""
    """Of whom the rate is taken, where not of everyone: ``that needed it``."""


def _rate(title: str, done: str, among: str = "") -> Words:
    return Words(title=title, done=done, among=among)


_METRICS: dict[str, Words] = {
    "selection rate within strata": _rate("Selected, like with like", "were selected"),
    "share of records": _rate("Share of the records", "are of this group"),
    "selection rate": _rate("Selected", "were selected"),
    "true positive rate": _rate("Picked when needed", "were picked", "that needed it"),
    "true negative rate": _rate(
        "Passed over when not needed", "were passed over", "that did not need it"
    ),
    "false negative rate": _rate("Missed although needed", "were missed", "that needed it"),
    "false positive rate": _rate(
        "Picked although not needed", "were picked", "that did not need it"
    ),
    "precision": _rate("Rightly picked, of those picked", "needed it", "that were picked"),
    "false discovery rate": _rate(
        "Wrongly picked, of those picked", "did not need it", "that were picked"
    ),
    "false omission rate": _rate(
        "Wrongly passed over, of those passed over", "needed it", "that were passed over"
    ),
    "negative predictive value": _rate(
        "Rightly passed over, of those passed over", "did not need it", "that were passed over"
    ),
    "accuracy": _rate("Answered rightly", "were answered rightly"),
    "late rate": _rate("Late", "were late"),
    "base rate": _rate("Needed it", "needed it"),
    "balanced error rate": Words(title="Average of missed and wrongly picked"),
    "observed minus expected rate": Words(title="What happened, less what the score expected"),
    "AUC": Words(title="How well the score ranks (AUC)"),
    "mean amount": Words(title="Average amount"),
    "mean wait": Words(title="Average wait"),
    "median wait": Words(title="Middle wait (median)"),
}
_LONGEST_FIRST = sorted(_METRICS, key=len, reverse=True)
_DIFFERENCES_OF_RATES = ("balanced error rate", "observed minus expected rate", _TOP)


def words_of(name: str) -> Words | None:
    """The words of a metric, whatever is added at the end of its name; None for another's."""
    name = name.removeprefix(_GAP)
    if name.startswith(_TOP):
        return _rate(f"Among the top {_top(name)}", f"were among the top {_top(name)}")
    known = next((n for n in _LONGEST_FIRST if name.startswith(n)), None)
    return _METRICS[known] if known else None


def metric(name: str) -> str:
    """What a metric says of people, where it has plain words; otherwise its name."""
    if name.startswith(_GAP):
        return f"Change of the gap ({_small(metric(name.removeprefix(_GAP)))})"
    found = words_of(name)
    if found is None:
        return name[:1].upper() + name[1:]
    technical = next((n for n in _LONGEST_FIRST if name.startswith(n)), "")
    rest = name.removeprefix(technical) if technical else name.removeprefix(_TOP)[len(_top(name)) :]
    for end, said in _ENDS.items():
        rest = rest.replace(end, said)
    return found.title + rest


def _top(name: str) -> str:
    return name.removeprefix(_TOP).split(",")[0].split()[0]


def in_sentence(name: str) -> str:
    """The same in the middle of a sentence: ``picked when needed``."""
    return _small(metric(name))


def _small(text: str) -> str:
    """With a small first letter, unless it starts with an abbreviation."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def is_of_rates(m: PublicMeasurement) -> bool:
    """Whether an estimate is of a rate or a difference of rates, to be said in percent."""
    return m.metric.startswith(_DIFFERENCES_OF_RATES)


def against(m: PublicMeasurement) -> str:
    """What a group is compared with."""
    return _AGAINST.get(m.against or "", m.against or "")


def group(m: PublicMeasurement) -> str:
    """Where it was measured, and what was put together there."""
    label = place(m.where)
    if not m.members or not label:
        return label
    if len(m.members) > MOST_MEMBERS:
        return f"{label}, {plural(len(m.members), 'group')}"
    return f"{label} ({listed(m.members)})"


def about(m: PublicMeasurement) -> str:
    """Metric and place: ``Group size (Asian)``."""
    where = group(m)
    return f"{metric(m.metric)} ({where})" if where else metric(m.metric)

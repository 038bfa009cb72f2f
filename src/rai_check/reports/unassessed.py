"""Who could not be assessed, by name, and whose group is not known: never left unsaid."""

from collections.abc import Iterable
from dataclasses import dataclass

from rai_check.disclosed import (
    EACH_GROUP,
    PublicAssessment,
    PublicItem,
    PublicLine,
    PublicMeasurement,
)
from rai_check.measurement import NOT_KNOWN, SMALL_GROUPS, UNDECLARED
from rai_check.outcome import Outcome
from rai_check.protected import Count, Mask
from rai_check.reports.metrics import in_sentence
from rai_check.reports.numerals import count, cut, listed, place, plural, unit
from rai_check.reports.summary import ordered

MOST_NAMED = 12
"""Groups that a sentence names; of more it gives the number, and the details name them."""
_ON_PAGE_ONE, _QUOTED = 3, 60
_TOO_FEW = frozenset({"too_few", "nobody", "nobody_beside"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Unassessed:
    """Groups of one control about which the data can say nothing."""

    too_few: tuple[str, ...]
    """With too few records to measure them on, or to compare them with."""
    together: tuple[str, ...]
    """Tested only together, each being too small to stand alone."""
    undefined: tuple[tuple[str, tuple[str, ...]], ...]
    """(why there is no number, groups)."""
    not_known: tuple[Count, str] | None
    """Records whose group is not known, and what they are."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every group that was not assessed by itself."""
        others = (name for _, names in self.undefined for name in names)
        return tuple(dict.fromkeys((*self.too_few, *self.together, *others)))


def unassessed(item: PublicItem) -> Unassessed:
    """Find who could not be assessed in one control."""
    open_ = [x for x in item.lines if _cannot_tell(x)]
    lines = [x.measurement for x in open_ if x.measurement]
    columns = {_columns(x.measurement) for x in item.lines if x.measurement}
    beside = [m for m in item.information if _columns(m) in columns and _is_absent(m)]
    several = len({x.measurement.metric for x in item.lines if x.measurement}) > 1
    few = [m for m in (*lines, *beside) if _is_few(m)]
    reasons: dict[str, list[PublicMeasurement]] = {}
    for m in lines:
        if not _is_few(m):
            reasons.setdefault(m.undefined.rstrip("."), []).append(m)
    lone = _names((m for m in few if SMALL_GROUPS not in _labels(m)), several=several)
    pooled = _members(m for m in few if SMALL_GROUPS in _labels(m))
    absent = _members(m for m in item.information if not m.where)
    every = _members(x.measurement for x in item.lines if x.measurement)
    too_few = tuple(dict.fromkeys((*lone, *pooled, *absent)))
    return Unassessed(
        too_few=too_few,
        together=tuple(name for name in every if name not in {*too_few}),
        undefined=tuple((why, _names(of, several=several)) for why, of in reasons.items()),
        not_known=_not_known(item),
    )


def _cannot_tell(x: PublicLine) -> bool:
    """Whether nothing could be measured; of a shortfall of people the size itself was measured."""
    m = x.measurement
    if m is None or x.outcome is not Outcome.INCONCLUSIVE:
        return False
    if x.limit is not None and x.limit.breach == "inconclusive":
        return False
    return x.code in _TOO_FEW or m.kind == "undefined"


def _is_absent(m: PublicMeasurement) -> bool:
    """Whether a comparison is shown for information only to say that there is none."""
    empty = m.kind == "two_proportions" and m.own is not None and m.own.n.mask is Mask.FEW
    return m.undefined_code in _TOO_FEW or (empty and "," not in m.metric)


def _is_few(m: PublicMeasurement) -> bool:
    return m.kind != "undefined" or m.undefined_code in _TOO_FEW


def _members(found: Iterable[PublicMeasurement]) -> tuple[str, ...]:
    """Groups that were put together."""
    return tuple(dict.fromkeys(name for m in found for name in m.members))


def _columns(m: PublicMeasurement) -> tuple[str, ...]:
    return tuple(column for column, _ in m.where)


def _labels(m: PublicMeasurement) -> tuple[str, ...]:
    return tuple(label for _, label in m.where)


def _names(found: Iterable[PublicMeasurement], *, several: bool) -> tuple[str, ...]:
    """Groups by name, with the metric where a control has several."""
    each = ((place(m.where), in_sentence(m.metric)) for m in found if m.where)
    return tuple(dict.fromkeys(f"{name} ({what})" if several else name for name, what in each))


def _not_known(item: PublicItem) -> tuple[Count, str] | None:
    for m in item.information:
        if NOT_KNOWN in _labels(m) and m.metric.endswith(EACH_GROUP) and m.own is not None:
            return m.own.n, unit(m.unit)
    return None


def undeclared(item: PublicItem) -> tuple[tuple[str, int], ...]:
    """(column, how many of its values nothing declares), pooled ones too."""
    found: dict[str, set[str]] = {}
    measured = (*(x.measurement for x in item.lines if x.measurement), *item.information)
    for m in measured:
        for column, label in m.where:
            names = {n for n in (label, *m.members) if n.startswith(UNDECLARED)}
            if names:
                found.setdefault(column, set()).update(names)
    return tuple((column, len(names)) for column, names in sorted(found.items()))


def is_undeclared(line: PublicLine, item: PublicItem) -> bool:
    """Whether too little is known for a line while values stand that nothing declares."""
    return line.code == "unknown_share" and bool(undeclared(item))


def remedy(item: PublicItem) -> str:
    """What makes the groups known that nothing declares."""
    return " ".join(
        f"{plural(n, 'value')} of column {column} {'is' if n == 1 else 'are'} declared neither "
        f"under `labels` nor by a code list: declare {'it' if n == 1 else 'them'}."
        for column, n in undeclared(item)
    )


def sentences(item: PublicItem, most: int = MOST_NAMED) -> tuple[str, ...]:
    """Who could not be assessed, sentence by sentence; empty where everybody was."""
    found = unassessed(item)
    rows = []
    if found.too_few:
        rows.append(f"Could not be assessed, too few records: {_listed(found.too_few, most)}.")
    if found.together:
        rows.append(
            f"Assessed only together, since each is too small alone: "
            f"{_listed(found.together, most)}."
        )
    rows += [
        f"Could not be assessed, {why}: {_listed(names, most)}."
        for why, names in found.undefined
        if names
    ]
    if found.not_known:
        many, what = found.not_known
        why = "no group is recorded for them" if undeclared(item) else "their group is not known"
        rows.append(f"Not compared, since {why}: {count(many)} {what}.")
    return tuple(rows)


def _listed(names: tuple[str, ...], most: int) -> str:
    if len(names) <= most:
        return listed(names)
    return f"{plural(len(names), 'group')}, which the HTML and Markdown reports name"


def appendix(a: PublicAssessment) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(control, every group it did not assess alone) of those that a sentence does not name."""
    found = ((item.id, unassessed(item).names) for item in ordered(a.items))
    return tuple((id_, names) for id_, names in found if len(names) > MOST_NAMED)


def on_page_one(a: PublicAssessment, most: int = 6) -> tuple[str, ...]:
    """One row for each control that could not assess somebody, the first few of them."""
    rows = []
    found = [(item, unassessed(item)) for item in ordered(a.items)]
    lacking = [(item, who.names) for item, who in found if who.names]
    for item, names in lacking[:_ON_PAGE_ONE]:
        if len(names) > MOST_NAMED:
            said = f"{len(names):,} groups, named further on"
        else:
            shown = [cut(name, _QUOTED) for name in names[:most]]
            more = len(names) - len(shown)
            said = listed([*shown, *([plural(more, "other group")] if more else [])])
        rows.append(f"Not assessed, or not alone ({item.id}): {said}.")
    if lacking[_ON_PAGE_ONE:]:
        others = plural(len(lacking) - _ON_PAGE_ONE, "other control")
        rows.append(f"The same for groups of {others}.")
    counts = {(item.group or "", who.not_known) for item, who in found if who.not_known}
    rows += [
        f"Group not known{f' ({column})' if column else ''}: {count(known[0])} {known[1]}, shown "
        "and not compared."
        for column, known in sorted(counts, key=lambda pair: pair[0])
        if known is not None
    ][:_ON_PAGE_ONE]
    return tuple(rows)

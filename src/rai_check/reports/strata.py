"""Strata that differ from one another or point the other way: never left to the details alone."""

from collections.abc import Iterable

from rai_check.disclosed import PublicAssessment, PublicItem, PublicMeasurement
from rai_check.reports.clauses import figures
from rai_check.reports.numerals import cut, listed, place, plural, sentence
from rai_check.reports.summary import ordered

_SAME = ", chance of so large a difference between strata"
_ONE = " within one stratum"
_CHANCE = "Among so many strata chance alone could explain it."
_DIFFER = "The gap is not the same in every stratum"
_MOST, _QUOTED, _ON_PAGE_ONE = 6, 60, 3
"""Strata that are said one by one; characters of a label and rows on page one."""


def sentences(item: PublicItem) -> tuple[str, ...]:
    """Whether the gap is the same in every stratum, and each stratum that points the other way."""
    found = _reversed(item)
    rows = [*_between(item), *(_other_way(m, item) for m in found[:_MOST])]
    if found[_MOST:]:
        more = plural(len(found) - _MOST, "other comparison")
        rows.append(f"The same of {more} within one stratum, which the HTML report lists.")
    return tuple(rows)


def on_page_one(a: PublicAssessment) -> tuple[str, ...]:
    """One row for each control whose strata differ or point the other way, passing or not."""
    rows = [row for item in ordered(a.items) if (row := _in_short(item))]
    if len(rows) <= _ON_PAGE_ONE:
        return tuple(rows)
    more = plural(len(rows) - _ON_PAGE_ONE, "other control")
    return (*rows[:_ON_PAGE_ONE], f"Strata differ in {more} too.")


def _in_short(item: PublicItem) -> str:
    found = _reversed(item)
    names = dict.fromkeys(
        f"“{cut(_stratum(m, item), _QUOTED)}” ({cut(_group(m, item), _QUOTED)})" for m in found
    )
    few = _shortened(list(names))
    if few:
        return f"{item.id}: in stratum {listed(few)} the difference points the other way."
    differ = [m for m in _heterogeneity(item) if _differs(m)]
    if not differ:
        return ""
    groups = listed(_shortened([cut(place(m.where), _QUOTED) for m in differ]))
    return f"{item.id}: {_DIFFER[:1].lower()}{_DIFFER[1:]} ({groups})."


def _shortened(names: list[str]) -> list[str]:
    return names if len(names) <= _MOST else [*names[:_MOST], f"{len(names) - _MOST} more"]


def _between(item: PublicItem) -> Iterable[str]:
    """The same sentence once, with the groups of which it is so."""
    groups: dict[str, list[str]] = {}
    for m in _heterogeneity(item):
        for note in m.notes:
            groups.setdefault(note, []).append(place(m.where) or "everyone")
    for note, names in groups.items():
        yield f"{listed(_shortened(list(dict.fromkeys(names))))}, between strata: {note}"


def _other_way(m: PublicMeasurement, item: PublicItem) -> str:
    head, *more = m.notes or ("In this stratum the difference points the other way.",)
    said = head.replace("In this stratum", f"In stratum “{_stratum(m, item)}”", 1)
    return " ".join([said, sentence(figures(m)), *more])


def _heterogeneity(item: PublicItem) -> list[PublicMeasurement]:
    return [m for m in item.information if m.metric.endswith(_SAME)]


def _differs(m: PublicMeasurement) -> bool:
    return any(note.startswith(_DIFFER) for note in m.notes)


def _reversed(item: PublicItem) -> list[PublicMeasurement]:
    """Those that chance does not explain first."""
    found = [m for m in item.information if m.metric.endswith(_ONE)]
    return sorted(found, key=lambda m: _CHANCE in m.notes)


def _columns(item: PublicItem) -> set[str]:
    """Columns of the groups that the control compares."""
    found = (x.measurement.where for x in item.lines if x.measurement)
    return {column for where in found for column, _ in where}


def _stratum(m: PublicMeasurement, item: PublicItem) -> str:
    of_group = _columns(item)
    return place(tuple(pair for pair in m.where if pair[0] not in of_group)) or "not named"


def _group(m: PublicMeasurement, item: PublicItem) -> str:
    of_group = _columns(item)
    return place(tuple(pair for pair in m.where if pair[0] in of_group)) or "everyone"

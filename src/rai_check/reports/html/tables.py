"""The numbers of a control as tables: the same as in its sentences and its chart."""

from collections.abc import Iterable
from dataclasses import dataclass

from rai_check.disclosed import PublicItem, PublicLine, PublicMeasurement
from rai_check.protected import Mask, Part
from rai_check.reports.numerals import count, percent, unit
from rai_check.reports.wording import (
    about,
    against,
    effect_words,
    figures,
    group,
    hidden_words,
    interval_words,
    metric,
    says_enough,
    scale,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table whose first cell of each row is its header."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def numbers(item: PublicItem) -> tuple[Table, ...]:
    """Tables of what was held against limits."""
    lines = [x for x in item.lines if x.measurement is not None and x.code != "asked"]
    return tuple(_tables([(x.measurement, x) for x in lines if x.measurement], _title(item)))


def information(item: PublicItem) -> tuple[Table, ...]:
    """Tables of what is shown for information."""
    shown = [m for m in item.information if m.kind != "two_proportions" or m.own is not None]
    return tuple(_tables([(m, None) for m in shown], f"{_title(item)}, for information"))


def _title(item: PublicItem) -> str:
    """With the id, since each table is a landmark and must have a name of its own."""
    return f"{item.id} {item.title}"


_Pair = tuple[PublicMeasurement, PublicLine | None]


def _tables(pairs: list[_Pair], title: str) -> Iterable[Table]:
    compared = [(m, x) for m, x in pairs if m.kind == "two_proportions"]
    for name in dict.fromkeys((m.metric, m.effect_of) for m, _ in compared):
        rows = [(m, x) for m, x in compared if (m.metric, m.effect_of) == name]
        yield _compared(rows, f"{title}: {_named(name[0])}")
    if rest := [(m, x) for m, x in pairs if m.kind != "two_proportions"]:
        yield _single(rest, f"{title}: what was measured")


def _named(name: str) -> str:
    """Plain words, with the technical name that a statistician would look for."""
    plain = metric(name)
    return plain if plain.lower().endswith(name.rpartition(",")[2]) else f"{plain} ({name})"


def _compared(pairs: list[_Pair], caption: str) -> Table:
    first = pairs[0][0]
    heads = ("Group", "Counted", "Rate", "Compared with", "Counted", "Rate")
    effect = "Points" if first.effect_of == "difference" else "Ratio"
    rows = [
        (
            group(m) or "Everyone",
            *_part(m.own, m.unit),
            against(m) or "none",
            *_part(m.other, m.unit),
            _effect(m),
            _interval(m),
            *_outcome(line),
        )
        for m, line in pairs
    ]
    last = ("Outcome",) if pairs[0][1] else ()
    return Table(caption=caption, heads=(*heads, effect, "Interval", *last), rows=tuple(rows))


def _single(pairs: list[_Pair], caption: str) -> Table:
    rows = [(about(m), _number(m, line), _interval(m), *_outcome(line)) for m, line in pairs]
    last = ("Outcome",) if pairs[0][1] else ()
    return Table(caption=caption, heads=("Measured", "Number", "Interval", *last), rows=tuple(rows))


def _part(part: Part | None, what: str) -> tuple[str, str]:
    if part is None:
        return "none", "none"
    rate = percent(part.rate) if part.rate is not None else "not shown"
    if part.n.value is None:
        return (count(part.n) if part.n.mask is Mask.FEW else "not shown"), rate
    return f"{count(part.x)} of {count(part.n)} {unit(what)}", rate


def _effect(m: PublicMeasurement) -> str:
    if m.effect is None and m.about_people:
        return hidden_words(m)
    return effect_words(m).removesuffix(" percentage points")


def _number(m: PublicMeasurement, line: PublicLine | None) -> str:
    """What `figures` says after the name."""
    if line is not None and says_enough(line):
        return "inside the limit"
    return figures(m).removeprefix(about(m)).removeprefix(": ").partition(" (")[0]


def _interval(m: PublicMeasurement) -> str:
    if m.interval is None:
        return "none" if m.kind in {"exact", "undefined", "sampled"} else "not shown"
    return interval_words(m.interval, scale(m)).replace(" interval ", ": ")


def _outcome(line: PublicLine | None) -> tuple[str, ...]:
    if line is None:
        return ()
    return (f"{line.outcome.word}, covered" if line.covered_by else line.outcome.word,)

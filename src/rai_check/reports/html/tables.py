"""The numbers of a control as tables: the same as in its sentences and its chart."""

from collections.abc import Iterable
from dataclasses import dataclass

from rai_check.disclosed import COMPARED, PublicItem, PublicLine, PublicMeasurement
from rai_check.outcome import Outcome
from rai_check.protected import Mask, Part
from rai_check.reports.choice import MOST_SAID
from rai_check.reports.clauses import number_words
from rai_check.reports.conclusions import says_enough
from rai_check.reports.figures import (
    effect_words,
    hidden_words,
    interval_words,
    part_words,
    rate_words,
    value_words,
)
from rai_check.reports.metrics import about, against, group, metric
from rai_check.reports.numerals import about_number, count, listed, number, plural, unit
from rai_check.reports.unassessed import MOST_NAMED, unassessed


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table whose first cell of each row is its header."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Tables behind one summary that opens them."""

    summary: str
    tables: tuple[Table, ...]
    names: str = ""
    """Groups that were not assessed, or not alone, where they are too many for a sentence."""


def blocks(item: PublicItem) -> tuple[Block, ...]:
    """Every number of a control; of a large one outcome by outcome, the worst first."""
    lines = [x for x in item.lines if x.measurement is not None and x.code != "asked"]
    names = unassessed(item).names
    said = listed(names) if len(names) > MOST_NAMED else ""
    beside = _information(item)
    if len(lines) <= MOST_SAID:
        tables = (*_held(lines, _title(item)), *beside)
        block = Block(summary=f"Numbers of {item.id}", tables=tables, names=said)
        return (block,) if tables else ()
    found = []
    for outcome in Outcome:
        some = [x for x in lines if x.outcome is outcome]
        if some:
            word = outcome.word.lower()
            tables = _held(some, f"{_title(item)}, {word}")
            summary = f"Numbers of {item.id}: {plural(len(some), 'line')}, {word}"
            found.append(Block(summary=summary, tables=tables))
    rest = f"Numbers of {item.id} for information"
    return (*found, Block(summary=rest, tables=beside, names=said))


def _held(lines: list[PublicLine], title: str) -> tuple[Table, ...]:
    """Tables of what was held against limits."""
    return tuple(_tables([(x.measurement, x) for x in lines if x.measurement], title))


def _information(item: PublicItem) -> tuple[Table, ...]:
    """Tables of what is shown for information."""
    shown = [m for m in item.information if m.kind not in COMPARED or m.own is not None]
    return tuple(_tables([(m, None) for m in shown], f"{_title(item)}, for information"))


def _title(item: PublicItem) -> str:
    """With the id, since each table is a landmark and must have a name of its own."""
    return f"{item.id} {item.title}"


_OF_LINE = ("Decided by", "Would have shown", "Records needed", "Outcome")
_Pair = tuple[PublicMeasurement, PublicLine | None]


def _tables(pairs: list[_Pair], title: str) -> Iterable[Table]:
    compared = [(m, x) for m, x in pairs if m.kind in COMPARED]
    for name in dict.fromkeys((m.metric, m.effect_of) for m, _ in compared):
        rows = [(m, x) for m, x in compared if (m.metric, m.effect_of) == name]
        table = _changed if name[1] == "change" else _compared
        yield table(rows, f"{title}: {_named(name[0])}")
    if rest := [(m, x) for m, x in pairs if m.kind not in COMPARED]:
        yield _single(rest, f"{title}: what was measured")


def _named(name: str) -> str:
    """Plain words, with the technical name that a statistician would look for."""
    plain = metric(name)
    return plain if plain.lower().endswith(name.rpartition(",")[2]) else f"{plain} ({name})"


def _compared(pairs: list[_Pair], caption: str) -> Table:
    heads = ("Group", "Counted", "Rate", "Compared with", "Counted", "Rate")
    effect = {"difference": "Points", "odds": "Odds ratio"}.get(pairs[0][0].effect_of, "Ratio")
    rows = [
        (
            group(m) or "Everyone",
            *_part(m.own, m),
            against(m) or "none",
            *_part(m.other, m),
            _effect(m),
            _interval(m),
            *_of_line(line),
        )
        for m, line in pairs
    ]
    last = _OF_LINE if pairs[0][1] else ()
    return Table(caption=caption, heads=(*heads, effect, "Interval", *last), rows=tuple(rows))


def _changed(pairs: list[_Pair], caption: str) -> Table:
    heads = ("Group", "By the tool", "Compared with", "Today", "Compared with", "Times as wide")
    rows = [
        (
            group(m) or "Everyone",
            *(_whole(part, m.unit) for part in (m.own, m.other, *(m.before or (None, None)))),
            _effect(m),
            _interval(m),
            *_of_line(line),
        )
        for m, line in pairs
    ]
    last = _OF_LINE if pairs[0][1] else ()
    return Table(caption=caption, heads=(*heads, "Interval", *last), rows=tuple(rows))


def _whole(part: Part | None, what: str) -> str:
    return "not shown" if part is None else part_words(part, unit(what))


def _single(pairs: list[_Pair], caption: str) -> Table:
    rows = [(_what(m), _number(m, line), _interval(m), *_outcome(line)) for m, line in pairs]
    last = ("Outcome",) if pairs[0][1] else ()
    return Table(caption=caption, heads=("Measured", "Number", "Interval", *last), rows=tuple(rows))


def _what(m: PublicMeasurement) -> str:
    return f"{about(m)} against {against(m)}" if m.against else about(m)


def _part(part: Part | None, m: PublicMeasurement) -> tuple[str, str]:
    if part is None:
        return "none", "none"
    rate = rate_words(part, m) if part.rate is not None else "not shown"
    if part.n.value is None:
        return (f"{count(part.n)} people" if part.n.mask is Mask.FEW else "not shown"), rate
    worth = f", worth {number(5 * round(part.effective / 5))}" if part.effective is not None else ""
    return f"{count(part.x)} of {count(part.n)} {unit(m.unit)}{worth}", rate


def _effect(m: PublicMeasurement) -> str:
    if m.effect is None and m.about_people:
        return hidden_words(m)
    return value_words(m.effect, m) if m.effect is not None else effect_words(m)


def _number(m: PublicMeasurement, line: PublicLine | None) -> str:
    """What `figures` says after the name."""
    if line is not None and says_enough(line):
        return "inside the limit"
    return number_words(m).partition(" (")[0]


def _interval(m: PublicMeasurement) -> str:
    if m.interval is None:
        return "none" if m.kind in {"exact", "undefined", "sampled"} else "not shown"
    return interval_words(m.interval, m).replace(" interval ", ": ")


def _of_line(line: PublicLine | None) -> tuple[str, ...]:
    """What decided, what could have been seen, and the outcome."""
    if line is None or line.measurement is None:
        return ()
    m, plan = line.measurement, line.planning
    decided = "none"
    if line.decided_by is not None:
        decided = interval_words(line.decided_by, m).replace(" interval ", ": ")
    seen, needed = "not shown", "not shown"
    if plan is not None:
        ends = [("below", plan.below), ("above", plan.above)]
        said = [f"{side} {value_words(v, m)}" for side, v in ends if v is not None]
        seen = (listed(said, "or") or "nothing") if plan.sized else "not shown"
        needed = about_number(plan.rows_needed) if plan.rows_needed else "no number"
    return decided, seen, needed, *_outcome(line)


def _outcome(line: PublicLine | None) -> tuple[str, ...]:
    if line is None:
        return ()
    return (f"{line.outcome.word}, covered" if line.covered_by else line.outcome.word,)

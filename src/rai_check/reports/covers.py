"""Sentences about what people stated: what it covers, or why it covers nothing."""

import re
from collections.abc import Mapping

from rai_check.disclosed import (
    PublicAssessment,
    PublicItem,
    PublicLine,
)
from rai_check.judgement import StatementUse
from rai_check.reports.clauses import number_words
from rai_check.reports.metrics import group
from rai_check.reports.numerals import cut, days_in, plural, sentence
from rai_check.reports.summary import covered_lines, ids, ordered

_NOTHING = "covers nothing: "
_NO_COUNT = " does not count: "
_NEXT = rf"; '[^']*'{_NO_COUNT}"


def covered(a: PublicAssessment, most: int = 400, places: int | None = None) -> tuple[str, ...]:
    """One sentence for each covered place, what it says cut to `most` characters.

    Args:
        a: the assessment.
        most: longest quotation of a statement.
        places: most places to name, one of each control before a second of any; of more, the
            last sentence says how many there are.
    """
    uses = {use.id: use for use in a.statements}
    found = covered_lines(a)
    items = [item.id for item, _ in found]
    turns = sorted(range(len(found)), key=lambda n: items[:n].count(items[n]))
    named, rest = sorted(turns[:places]), turns[len(turns) if places is None else places :]
    rows = [cover_line(found[n][1], found[n][0], uses, most) for n in named]
    if rest:
        of = ids([item for item in ordered(a.items) if item.id in {items[n] for n in rest}])
        rows.append(f"{plural(len(rest), 'more covered place')}, of {of}, further on.")
    return tuple(rows)


def statements(a: PublicAssessment) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Sentences on statements that answer a control, and on those without effect.

    What the others cover is said place by place by `covered`.
    """
    covering = {id_ for _, line in covered_lines(a) for id_ in line.covered_by}
    answers = [use for use in a.statements if use.used and use.id not in covering]
    used = tuple(statement_words(use) for use in answers)
    idle = tuple(statement_words(use) for use in a.statements if not use.used)
    return used, idle


def cover_words(ids: tuple[str, ...], statements: Mapping[str, StatementUse]) -> str:
    """``Covered by waiver 'W-1' until 23 November 2026.``; empty where nothing covers."""
    named = [cover_name(statements[i]) if i in statements else f"statement {i!r}" for i in ids]
    return f"Covered by {' and '.join(named)}." if named else ""


def cover_name(use: StatementUse) -> str:
    """Kind, id and last day of a statement."""
    until = f" until {days_in(use.ends)}" if use.ends else ""
    return f"{use.kind} '{use.id}'{until}"


def statement_words(use: StatementUse) -> str:
    """What a statement did, or why it did nothing."""
    by = f" by the {use.role}" if use.role else ""
    return sentence(f"{cover_name(use)}{by} {effect_of(use)}")


def cover_line(
    line: PublicLine, item: PublicItem, statements: Mapping[str, StatementUse], most: int
) -> str:
    """One covered place: group, its number, what covers it until when, and in what words."""
    m = line.measurement
    where = group(m) if m and m.where else item.title
    by = " ".join(_covering(statements[i], most) for i in line.covered_by if i in statements)
    number_ = f", {number_words(m)}" if m and line.code != "asked" else ""
    return f"{item.id}, {cut(where, most)}: {line.outcome.word.lower()}{number_}. {by}"


def _covering(use: StatementUse, most: int) -> str:
    by = f", by the {use.role}" if use.role else ""
    said = f": “{cut(use.text.rstrip('.'), most)}”" if use.text else ""
    return sentence(f"{cover_name(use)}{by}{said}")


def effect_of(use: StatementUse) -> str:
    """What a statement did as a predicate; the reason against it once, without its own name."""
    if use.used or not use.effect.startswith(_NOTHING):
        return days_in(use.effect)
    why = use.effect.removeprefix(_NOTHING)
    own = why.partition(f"{use.id!r}{_NO_COUNT}")[2]
    return f"has no effect: {days_in(re.split(_NEXT, own)[0] if own else why)}"

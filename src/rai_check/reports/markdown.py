"""Markdown for pasting into a committee paper: short paragraphs under the headings such papers use.

Equalities and data protection paragraphs hold the controls that bear on them; every control is
in the table.
"""

from collections.abc import Iterable

from rai_check.assessment import Assessment
from rai_check.disclosed import PublicAssessment, PublicItem
from rai_check.disclosure import public
from rai_check.reports import (
    asks,
    basis,
    beside,
    board,
    conclusions,
    controls,
    covers,
    readings,
    scope,
    strata,
    unassessed,
)
from rai_check.reports.choice import chosen
from rai_check.reports.escape import markdown as md
from rai_check.reports.numerals import day, listed
from rai_check.reports.summary import open_lines, ordered, owing, tally

_EQUALITIES = "equalities"
_DATA_PROTECTION = "data_protection"


def render(assessment: Assessment) -> str:
    """Return the report as Markdown."""
    shown = public(assessment)
    subject = shown.subject
    blocks = [
        f"# {md(board.headline(shown))}: {md(subject.name)} {md(subject.version)}",
        md(f"{subject.organisation}."),
        "\n".join(f"- {md(f'{name}: {text}')}" for name, text in basis.facts(shown)),
        *_verdict(shown),
        *_section("Equalities implications", _equalities(shown)),
        *_section("Data protection implications", _data_protection(shown)),
        *_section("Risk", _risk(shown)),
        *_section("Controls", (_table(shown),)),
        *_section("Covered and outstanding", _outstanding(shown)),
        *_readings(shown),
        *_section("Basis of this report", _basis(shown)),
        *_appendix(shown),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _section(title: str, blocks: Iterable[str]) -> Iterable[str]:
    return (f"## {title}", *blocks)


def _verdict(shown: PublicAssessment) -> Iterable[str]:
    yield "## Verdict"
    yield f"**{md(board.verdict_words(shown))}** {md(board.verdict_reason(shown))}"
    yield md(board.worst_words(shown))
    yield md(scope.left_out(shown))
    yield md(scope.later(shown))
    rows = (*strata.on_page_one(shown), *unassessed.on_page_one(shown))
    yield "\n".join(f"- {md(row)}" for row in rows)
    yield "\n".join(f"{n}. {md(ask)}" for n, ask in enumerate(asks.asks(shown), start=1))


def _of(shown: PublicAssessment, *themes: str) -> tuple[PublicItem, ...]:
    return ordered(tuple(item for item in shown.items if item.theme in themes))


def _equalities(shown: PublicAssessment) -> Iterable[str]:
    yield from _paragraphs(shown, _of(shown, _EQUALITIES))
    yield "\n".join(f"- {md(row)}" for row in scope.characteristics_sentences(shown, most=400))


def _data_protection(shown: PublicAssessment) -> Iterable[str]:
    items = _of(shown, _DATA_PROTECTION)
    yield from _paragraphs(shown, items)
    found = [f for item in items for f in item.findings]
    yield "\n".join(f"- {md(controls.finding_words(f))}" for f in found)


def _risk(shown: PublicAssessment) -> Iterable[str]:
    taken = {_EQUALITIES, _DATA_PROTECTION}
    themes = {item.theme for item in shown.items} - taken
    yield from _paragraphs(shown, _of(shown, *themes))
    yield md(scope.CHANCE_ONLY)
    yield md(scope.NOT_MEASURED)


_FEW = 3
"""Lines that make a paragraph; more make a list."""


def _paragraphs(shown: PublicAssessment, items: tuple[PublicItem, ...]) -> Iterable[str]:
    statements = {use.id: use for use in shown.statements}
    passing = []
    for item in items:
        lines = open_lines(item)
        if not lines:
            passing.append(f"{item.id} {item.title} ({controls.status(item).lower()})")
            continue
        few = chosen(lines, item.lines)
        rows = conclusions.said(few.lines, item, statements)
        said = (
            *(rows if len(rows) <= _FEW else ()),
            few.rest,
            *conclusions.needs(lines),
            controls.method_words(item),
        )
        head = f"**{md(controls.status(item))}: {md(item.title)} ({md(item.id)}).**"
        yield f"{head} {' '.join(md(one) for one in said if one)}".rstrip()
        if len(rows) > _FEW:
            yield "\n".join(f"- {md(row)}" for row in rows)
    yield _beside(shown, items)
    if passing:
        yield md(f"Nothing is open on: {'; '.join(passing)}.")
    if not items:
        yield "No control of this kind was judged."


def _beside(shown: PublicAssessment, items: tuple[PublicItem, ...]) -> str:
    """What must be read with results, passing or not; the same sentence once."""
    rows: dict[str, list[str]] = {}
    for item in items:
        for text in beside.beside(item, shown.subject):
            rows.setdefault(text, []).append(item.id)
    return "\n".join(f"- {md(f'{listed(ids)}: {text}')}" for text, ids in rows.items())


def _table(shown: PublicAssessment) -> str:
    rows = ["| Control | Title | Outcome | Gates | Owner |", "| --- | --- | --- | --- | --- |"]
    for item in ordered(shown.items):
        cells = (
            item.id,
            item.title,
            controls.status(item),
            "yes" if item.gates else "no",
            item.owner,
        )
        rows.append("| " + " | ".join(md(cell) for cell in cells) + " |")
    return "\n".join(rows)


def _outstanding(shown: PublicAssessment) -> Iterable[str]:
    used, idle = covers.statements(shown)
    yield md(board.tally_sentence(tally(shown)))
    rows = (*covers.covered(shown), *used, *idle)
    yield "\n".join(f"- {md(row)}" for row in rows) or "No statement was made."
    yield "\n".join(
        f"- {md(role)}: {md(f'{item.id} {item.title}: {controls.missing_words(item)}')}"
        for role, items in owing(shown.items)
        for item in items
    )


def _readings(shown: PublicAssessment) -> Iterable[str]:
    blocks = []
    for name, said in readings.inputs(shown):
        blocks += [f"**{md(name)}**", "\n".join(f"- {md(text)}" for text in said)]
    if blocks:
        yield from _section("How the data was read", blocks)


def _basis(shown: PublicAssessment) -> Iterable[str]:
    policy = shown.policy
    yield md(
        f"Policy {policy.title} ({policy.id} {policy.version}), as of {day(shown.as_of)}. "
        f"Evidence {shown.evidence_digest[:12]}. {basis.attempt(shown)}"
    )
    yield md(basis.ROUNDED) if basis.shows_people(shown) else ""


def _appendix(shown: PublicAssessment) -> Iterable[str]:
    found = unassessed.appendix(shown)
    if found:
        rows = (f"- {md(f'{id_}: {listed(names)}.')}" for id_, names in found)
        yield from _section("Groups not assessed, or not alone", ("\n".join(rows),))

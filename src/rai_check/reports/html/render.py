"""The HTML report: what the board reads first on one side of A4, then the evidence."""

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from rai_check.assessment import Assessment
from rai_check.disclosed import PublicAssessment, PublicItem
from rai_check.disclosure import public
from rai_check.outcome import Outcome, Verdict
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
from rai_check.reports.escape import visible
from rai_check.reports.glossary import TERMS
from rai_check.reports.html.chart import charts
from rai_check.reports.html.pages import check_ids, check_page
from rai_check.reports.html.tables import Block, blocks
from rai_check.reports.numerals import count, day, sentence
from rai_check.reports.powers import powers_sentence
from rai_check.reports.summary import ordered, tally

_MARKS = {
    Outcome.FAIL: "✕",
    Outcome.ERROR: "!",
    Outcome.MISSING: "○",
    Outcome.INCONCLUSIVE: "?",
    Outcome.PASS: "✓",
    Outcome.NOT_APPLICABLE: "–",  # noqa: RUF001 - the mark of what does not apply
}
_VERDICT_MARKS = {Verdict.PASS: "✓", Verdict.FAIL: "✕", Verdict.REFER: "?", Verdict.NONE: "–"}  # noqa: RUF001 - as above

_PLACES, _QUOTED = 6, 60
"""Covered places that page one names, and characters it quotes of a label or a statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One control as the page shows it."""

    anchor: str
    item: PublicItem
    mark: str
    status: str
    said: tuple[str, ...]
    beside: tuple[str, ...]
    limits: tuple[str, ...]
    method: str
    powers: str
    covered: str
    findings: tuple[str, ...]
    rest: str
    """What is said of lines that are too many to be said one by one."""
    charts: tuple[tuple[Any, str], ...]
    """(markup of the SVG, empty where there is too much to draw; caption)."""
    blocks: tuple[Block, ...]
    notes: tuple[str, ...]


def render(assessment: Assessment) -> str:
    """Return one HTML file: no script, nothing loaded from elsewhere, same bytes each time."""
    shown = public(assessment)
    page: str = _template().render(**_context(shown))
    return page


@cache
def _file(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


@cache
def _template() -> Any:  # noqa: ANN401 - jinja2 is imported where it is used
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    def inert(value: object) -> object:
        return value if isinstance(value, Markup) else visible(value)

    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=inert,
    )
    return environment.from_string(_file("page.html.j2"))


def _context(shown: PublicAssessment) -> dict[str, object]:
    from markupsafe import Markup

    style = _file("style.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    used, idle = covers.statements(shown)
    sections = [
        _section(item, shown, f"control-{n}")
        for n, item in enumerate(ordered(shown.items), start=1)
    ]
    return {
        "a": shown,
        "style": Markup(style),  # noqa: S704 - our own file, without any value
        "style_hash": digest,
        "headline": board.headline(shown),
        "verdict": shown.verdict.value,
        "verdict_mark": _VERDICT_MARKS[shown.verdict],
        "verdict_reason": board.verdict_reason(shown),
        "strata": strata.on_page_one(shown),
        "worst": board.worst_words(shown),
        "effect_of": lambda use: sentence(covers.effect_of(use)),
        "asks": asks.asks(shown),
        "tally": tally(shown),
        "considered": board.considered(tally(shown)),
        "marks": _MARKS,
        "not_looked_at": _not_looked_at(shown),
        "characteristics": scope.characteristics(shown),
        "can_stop": board.can_stop(shown),
        "covered": covers.covered(shown, most=_QUOTED, places=_PLACES),
        "used": used,
        "idle": idle,
        "facts_of_system": basis.facts(shown),
        "data": basis.data_words(shown),
        "inputs": tuple((one, count(one.rows) if one.rows else "no rows") for one in shown.inputs),
        "readings": readings.inputs(shown),
        "judged_on": basis.judged_on(shown),
        "as_of": day(shown.as_of),
        "attempt": basis.attempt(shown),
        "rounded": basis.ROUNDED if basis.shows_people(shown) else "",
        "sections": sections,
        "checks": tuple(check_page(id_) for id_ in check_ids(shown)),
        "terms": TERMS,
    }


def _not_looked_at(shown: PublicAssessment) -> tuple[str, ...]:
    rows = (
        scope.left_out(shown),
        scope.later(shown),
        scope.not_applicable(shown),
        *scope.characteristics_sentences(shown),
        *unassessed.on_page_one(shown),
        *scope.not_looked_for(shown),
        scope.CHANCE_ONLY,
        scope.NOT_MEASURED,
    )
    return tuple(row for row in rows if row)


def _section(item: PublicItem, shown: PublicAssessment, anchor: str) -> Section:
    from markupsafe import Markup

    statements = {use.id: use for use in shown.statements}
    read_with = beside.beside(item, shown.subject)
    measured = [x.measurement for x in item.lines if x.measurement]
    few = chosen(item.lines, item.lines)
    drawn = ((Markup(c.svg), c.caption) for c in charts(item, anchor))  # noqa: S704 - labels are escaped
    notes = dict.fromkeys(n for m in (*measured, *item.information) for n in m.notes)
    return Section(
        anchor=anchor,
        item=item,
        mark=_MARKS[item.outcome],
        status=controls.status(item),
        beside=read_with,
        said=conclusions.said(few.lines, item, statements),
        rest=few.rest,
        limits=controls.limits(item.lines),
        method=controls.method_words(item),
        powers=powers_sentence(item),
        covered=covers.cover_words(item.covered_by, statements),
        findings=tuple(f"Found: {controls.finding_words(found)}" for found in item.findings),
        charts=tuple(drawn),
        blocks=blocks(item),
        notes=tuple(note for note in notes if not beside.is_beside(note)),
    )

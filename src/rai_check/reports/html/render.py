"""The HTML report: what the board reads first on one side of A4, then the evidence."""

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from rai_check.assessment import Assessment
from rai_check.disclosed import PublicAssessment, PublicItem
from rai_check.disclosure import public
from rai_check.errors import RaiCheckError
from rai_check.outcome import Outcome, Verdict
from rai_check.reports import beside, board, wording
from rai_check.reports.escape import visible
from rai_check.reports.glossary import TERMS
from rai_check.reports.html.chart import chart
from rai_check.reports.html.tables import Table, information, numbers
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
    chart: Any
    """Markup of the SVG; empty where nothing is compared."""
    numbers: tuple[Table, ...]
    information: tuple[Table, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage:
    """A check's own documentation: (heading, paragraphs)."""

    id: str
    title: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]


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
    used, idle = board.statements(shown)
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
        "worst": board.worst_words(shown),
        "effect_of": lambda use: sentence(wording.effect_of(use)),
        "asks": board.asks(shown),
        "tally": tally(shown),
        "considered": board.considered(tally(shown)),
        "marks": _MARKS,
        "not_looked_at": _not_looked_at(shown),
        "characteristics": board.characteristics(shown),
        "can_stop": board.can_stop(shown),
        "covered": board.covered(shown, most=_QUOTED, places=_PLACES),
        "used": used,
        "idle": idle,
        "facts_of_system": board.facts(shown),
        "data": board.data_words(shown),
        "inputs": tuple((one, count(one.rows) if one.rows else "no rows") for one in shown.inputs),
        "judged_on": board.judged_on(shown),
        "as_of": day(shown.as_of),
        "attempt": board.attempt(shown),
        "rounded": wording.ROUNDED if board.shows_people(shown) else "",
        "sections": sections,
        "checks": tuple(_check(id_) for id_ in _check_ids(shown)),
        "terms": TERMS,
    }


def _not_looked_at(shown: PublicAssessment) -> tuple[str, ...]:
    rows = (
        board.left_out(shown),
        board.later(shown),
        board.not_applicable(shown),
        *board.characteristics_sentences(shown),
        *board.not_looked_for(shown),
        board.CHANCE_ONLY,
        board.NOT_MEASURED,
    )
    return tuple(row for row in rows if row)


def _section(item: PublicItem, shown: PublicAssessment, anchor: str) -> Section:
    from markupsafe import Markup

    statements = {use.id: use for use in shown.statements}
    read_with = beside.beside(item, shown.subject)
    measured = [x.measurement for x in item.lines if x.measurement]
    drawn = chart(item, anchor)
    notes = dict.fromkeys(n for m in (*measured, *item.information) for n in m.notes)
    return Section(
        anchor=anchor,
        item=item,
        mark=_MARKS[item.outcome],
        status=wording.status(item),
        beside=read_with,
        said=wording.said(item.lines, item, statements),
        limits=wording.limits(item.lines),
        method=wording.method_words(item),
        powers=powers_sentence(item),
        covered=wording.cover_words(item.covered_by, statements),
        findings=tuple(f"Found: {wording.finding_words(found)}" for found in item.findings),
        chart=Markup(drawn),  # noqa: S704 - `chart` escapes every label
        numbers=numbers(item),
        information=information(item),
        notes=tuple(note for note in notes if not beside.is_beside(note)),
    )


def _check_ids(shown: PublicAssessment) -> tuple[str, ...]:
    used = {x.check for item in shown.items for x in item.lines}
    return tuple(sorted(used - {"", "family"}))


def _check(id_: str) -> CheckPage:
    """A check's docstring; one that is not installed here is named without its page."""
    from rai_check.check import HEADINGS
    from rai_check.registry import get_check

    try:
        found = get_check(id_)
    except RaiCheckError:
        absent = ("This check is not installed where this report was made.",)
        return CheckPage(id=id_, title="not installed here", parts=(("Documentation", absent),))
    pattern = rf"^({'|'.join(map(re.escape, HEADINGS))})$"
    first, *rest = re.split(pattern, found.doc, flags=re.MULTILINE)
    pairs = [("In short", first), *zip(rest[::2], rest[1::2], strict=True)]
    parts = tuple((heading, _paragraphs(text)) for heading, text in pairs if text.strip())
    return CheckPage(id=id_, title=found.title, parts=parts)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(" ".join(p.split()) for p in text.strip().split("\n\n"))

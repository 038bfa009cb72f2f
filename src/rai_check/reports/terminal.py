"""The terminal report: what does not pass first, who owes what, a tally, the verdict last.

Words carry the status, so colour is optional; at most 80 columns; nothing of a project, policy
or statement can steer the terminal.
"""

import textwrap
from collections.abc import Iterable

from rai_check.assessment import Assessment
from rai_check.disclosed import PublicAssessment, PublicItem
from rai_check.disclosure import public
from rai_check.outcome import Exit, Outcome, Verdict
from rai_check.reports import (
    basis,
    beside,
    board,
    conclusions,
    controls,
    covers,
    readings,
    scope,
    strata,
)
from rai_check.reports.choice import Chosen, chosen
from rai_check.reports.escape import visible
from rai_check.reports.summary import (
    NOT_PASSING,
    open_lines,
    ordered,
    owes_only_statements,
    owing,
    tally,
)

WIDTH = 80
_STYLES = {
    Outcome.FAIL: "1;31",
    Outcome.ERROR: "1;35",
    Outcome.MISSING: "1;33",
    Outcome.INCONCLUSIVE: "1;33",
    Outcome.PASS: "32",
    Outcome.NOT_APPLICABLE: "2",
}
_VERDICT_STYLES = {Verdict.PASS: "1;32", Verdict.FAIL: "1;31"}


def render(
    assessment: Assessment, *, colour: bool = False, verbose: bool = False, width: int = WIDTH
) -> str:
    """Return the report as text.

    Args:
        assessment: to be shown; its numbers are protected here.
        colour: whether to add ANSI styles.
        verbose: whether to show what passes or does not apply, too.
        width: longest line.
    """
    pen = _Pen(colour=colour, width=width)
    shown = public(assessment)
    blocks = [_subject(pen, shown)]
    blocks += [
        _control(pen, item, shown, _said(item, verbose=verbose))
        for item in ordered(shown.items)
        if verbose or (item.outcome in NOT_PASSING and not owes_only_statements(item))
    ]
    blocks += [_owing(pen, shown), _covered(pen, shown), _closing(pen, shown)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def control_text(item: PublicItem, shown: PublicAssessment) -> str:
    """Return the block of one control without colour: every line, or the worst of very many."""
    pen = _Pen(colour=False, width=WIDTH)
    return _control(pen, item, shown, chosen(item.lines, item.lines)) + "\n"


class _Pen:
    """Wraps and styles; text is made inert before it is styled."""

    def __init__(self, *, colour: bool, width: int) -> None:
        self.colour, self.width = colour, max(width, 40)

    def styled(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self.colour and style else text

    def wrapped(self, text: str, *, first: str = "  ", hang: str = "  ") -> str:
        return textwrap.fill(
            visible(text),
            self.width,
            initial_indent=first,
            subsequent_indent=hang,
            break_on_hyphens=False,
        )

    def headed(self, head: str, rest: str, style: str) -> str:
        """A first line of which only the head is styled."""
        text = self.wrapped(f"{head}{rest}", first="", hang="  ")
        plain = visible(head)
        whole = text.startswith(plain)
        return self.styled(plain, style) + text[len(plain) :] if whole else text

    def noted(self, name: str, text: str) -> str:
        return self.wrapped(text, first=f"  = {name}: ", hang=" " * (len(name) + 6))


def _subject(pen: _Pen, shown: PublicAssessment) -> str:
    subject = shown.subject
    head = f"{subject.name} {subject.version}, {subject.organisation}"
    rows = [pen.headed(head, "", "1")]
    rows += [pen.wrapped(f"{name}: {text}", hang="    ") for name, text in basis.brief(shown)]
    return "\n".join(rows)


def _said(item: PublicItem, *, verbose: bool) -> Chosen:
    """What is said of a control: what does not pass, the worst of very many; or everything."""
    if verbose:
        return Chosen(lines=item.lines, rest="")
    return chosen(open_lines(item), item.lines)


def _control(pen: _Pen, item: PublicItem, shown: PublicAssessment, said: Chosen) -> str:
    statements = {use.id: use for use in shown.statements}
    head = f"{controls.status(item).lower()}[{item.id}]"
    rows = [pen.headed(head, f": {item.title}", _STYLES[item.outcome])]
    lines = said.lines
    rows += [pen.wrapped(text, hang="    ") for text in conclusions.said(lines, item, statements)]
    rows += [pen.noted("limit", text) for text in controls.limits(lines or item.lines)]
    if method := controls.method_words(item):
        rows.append(pen.noted("method", method))
    rows += [pen.noted("found", controls.finding_words(found)) for found in item.findings[:5]]
    if len(item.findings) > 5:  # noqa: PLR2004 - the five above
        rows.append(pen.noted("found", f"and {len(item.findings) - 5} more places"))
    rows += [pen.noted("beside", text) for text in beside.beside(item, shown.subject)]
    if rest := said.rest or controls.others_words(item, lines):
        rows.append(pen.noted("rest", rest))
    rows.append(pen.noted("owner", item.owner))
    rows += [pen.noted("help", f"rai-check explain {check}") for check in _checks(item)]
    return "\n".join(rows)


def _checks(item: PublicItem) -> Iterable[str]:
    return dict.fromkeys(line.check for line in item.lines if line.check not in {"", "family"})


def _owing(pen: _Pen, shown: PublicAssessment) -> str:
    rows = []
    for role, items in owing(shown.items):
        rows.append(pen.wrapped(role))
        rows += [
            pen.wrapped(
                f"{i.id} {i.title}: {controls.missing_words(i)}", first="    - ", hang="      "
            )
            for i in items
        ]
    return "\n".join([pen.styled("Who owes what", "1"), *rows]) if rows else ""


def _covered(pen: _Pen, shown: PublicAssessment) -> str:
    rows = [
        pen.wrapped(covers.statement_words(use), first="  - ", hang="    ")
        for use in shown.statements
    ]
    return "\n".join([pen.styled("Statements", "1"), *rows]) if rows else ""


def _closing(pen: _Pen, shown: PublicAssessment) -> str:
    rows = [
        *readings.losses(shown),
        *strata.on_page_one(shown),
        scope.incomplete(shown),
        scope.later(shown),
        basis.attempt(shown) if shown.run.attempt > 1 else "",
        basis.ROUNDED if basis.shows_people(shown) else "",
        scope.CHANCE_ONLY if any(x.tests for item in shown.items for x in item.lines) else "",
        board.tally_sentence(tally(shown)),
    ]
    plain = [pen.wrapped(row, first="", hang="  ") for row in rows if row]
    return "\n".join([*plain, _verdict(pen, shown)])


def _verdict(pen: _Pen, shown: PublicAssessment) -> str:
    """The verdict is the last line whole: a reason too long to stand beside it comes before."""
    words, reason = board.verdict_words(shown), visible(board.verdict_reason(shown))
    styled = pen.styled(words, _VERDICT_STYLES.get(shown.verdict, "1;33"))
    if shown.exit is Exit.INCOMPLETE:  # said in the row before
        return styled
    if len(words) + len(reason) < pen.width:
        return f"{styled} {reason}"
    return f"{pen.wrapped(reason, first='')}\n{styled}"

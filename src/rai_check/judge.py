"""The judge: evidence and limits in, outcomes and a verdict out. Pure: no I/O, clock or chance.

It alone knows limits. It tests every bound (`drafts`, `weigh`), adjusts over the declared family
(`families`), decides each line (`deciding`), lets statements cover what the policy allows
(`cover`), and applies the truth table.
"""

from collections.abc import Iterable
from dataclasses import replace

from rai_check.cover import Context, answer, covers, idle, in_date, unsuited, use
from rai_check.deciding import decided_lines
from rai_check.drafts import AskedOf, DraftItem, Settled, Tested, draft
from rai_check.families import adjust
from rai_check.judgement import Judged, Judgement, Line
from rai_check.measured import MeasuredItem, Subject
from rai_check.measurement import Asked
from rai_check.outcome import Exit, Outcome, Verdict
from rai_check.policy.model import Control, Policy
from rai_check.promised import promised_items, refuse_unknown, with_unmeasured
from rai_check.statements.model import Justification, Said


def judge(
    policy: Policy,
    items: Iterable[MeasuredItem],
    said: tuple[Said, ...],
    *,
    subject: Subject,
    context: Context,
    partial: tuple[str, ...] = (),
    audit: bool = False,
) -> Judgement:
    """Judge what was measured.

    Args:
        policy: the resolved policy.
        items: one per control, or per control and group column.
        said: every statement of the project.
        subject: facts of the system, its stage and group columns.
        context: day, evidence digest, system and version that statements are held against, and
            which attempt this is.
        partial: sentences saying what was left out; any makes the verdict none.
        audit: report only: the verdict is none whatever was found.

    Raises:
        UsageError: when a statement names a control the policy does not have, or the
            measurements hold a control twice.
    """
    promised = promised_items(policy, subject)
    refuse_unknown(said, policy, promised)
    whole = with_unmeasured(tuple(items), promised, partial)
    drafted = adjust(policy, [draft(policy, item) for item in whole])
    closed = tuple(_close(policy, item, said, subject, context) for item in drafted)
    judged = tuple(_justified(item, closed, said, context) for item in closed)
    judged = tuple(sorted(judged, key=lambda item: item.id))
    verdict, code, reason = decide(judged, partial=partial, audit=audit)
    uses = tuple(use(one, judged, policy, context) for one in said)
    return Judgement(verdict=verdict, exit=code, reason=reason, items=judged, statements=uses)


def decide(
    items: tuple[Judged, ...], *, partial: tuple[str, ...], audit: bool
) -> tuple[Verdict, Exit, str]:
    """Apply the truth table: first row that fits."""
    gating = [item.standing for item in items if item.gates]
    if audit:
        return Verdict.NONE, Exit.PASS, "an audit reports and does not decide"
    if Outcome.FAIL in gating:
        return Verdict.FAIL, Exit.FAIL, "at least one control that gates has failed"
    if any(line.outcome is Outcome.ERROR for item in items for line in item.lines):
        return Verdict.NONE, Exit.COULD_NOT_RUN, "at least one check could not run"
    if partial:
        return Verdict.NONE, Exit.INCOMPLETE, f"incomplete: {'; '.join(partial)}"
    if Outcome.INCONCLUSIVE in gating or Outcome.MISSING in gating:
        return Verdict.REFER, Exit.REFER, "something is missing, or the data cannot tell"
    if Outcome.PASS in gating:
        return Verdict.PASS, Exit.PASS, "every control that gates passes or is covered"
    if None in gating:
        reason = "nothing that gates passed: what was checked is covered by statements"
        return Verdict.NONE, Exit.NOTHING_CHECKED, reason
    return Verdict.NONE, Exit.NOTHING_CHECKED, "nothing that gates was checked"


def _close(
    policy: Policy, drafted: DraftItem, said: tuple[Said, ...], subject: Subject, context: Context
) -> Judged:
    """Decide every line of an item, let statements cover, and form its outcome."""
    item = drafted.item
    control = policy.controls[item.control]
    lines = _lines(policy, drafted, said, context)
    lines = tuple(_covered(line, lines, item, control, said, context) for line in lines)
    outcome, standing = _of_lines(lines)
    return Judged(
        id=item.id,
        control=item.control,
        group=item.group,
        title=control.title,
        why=control.why,
        source=f"{control.source.title}, {control.source.reference}",
        owner=control.owner,
        theme=control.theme,
        severity=control.severity,
        stage=control.stage,
        gates=control.severity in policy.gating(subject.stage),
        outcome=outcome,
        standing=standing,
        lines=lines,
        information=drafted.information,
        family=drafted.family,
        family_size=drafted.family_size,
    )


def _lines(
    policy: Policy, drafted: DraftItem, said: tuple[Said, ...], context: Context
) -> tuple[Line, ...]:
    """Decide every line of an item: what was tested together, the rest one by one."""
    tested = [one for one in drafted.lines if isinstance(one, Tested)]
    decided = iter(decided_lines(tested, policy, context.attempt))
    return tuple(
        next(decided) if isinstance(one, Tested) else _untested(one, drafted.item, said, context)
        for one in drafted.lines
    )


def _untested(
    d: Settled | AskedOf, item: MeasuredItem, said: tuple[Said, ...], context: Context
) -> Line:
    if isinstance(d, Settled):
        return d.line
    outcome, reason, by = _answer(d.asked, item, said, context)
    return Line(
        check=d.check,
        outcome=outcome,
        code="asked",
        reason=reason,
        measurement=d.measurement,
        answered_by=by,
    )


def _answer(
    asked: Asked, item: MeasuredItem, said: tuple[Said, ...], context: Context
) -> tuple[Outcome, str, str]:
    if asked.statement == "in-date":
        return (*in_date(said, context), "")
    if asked.statement == "justification":  # looked at again once every control is closed
        return Outcome.NOT_APPLICABLE, "no disparity has been confirmed", ""
    return answer(asked, item.id, said, context)


def _covered(
    line: Line,
    lines: tuple[Line, ...],
    item: MeasuredItem,
    control: Control,
    said: tuple[Said, ...],
    context: Context,
) -> Line:
    by = sorted(
        one.statement.id
        for one in said
        if one.statement.control == item.id
        and idle(one, context) is None
        and covers(one.statement, line, lines, control)
    )
    return replace(line, covered_by=tuple(by)) if by else line


def _of_lines(lines: tuple[Line, ...]) -> tuple[Outcome, Outcome | None]:
    """(worst of all, worst of those that nothing covers or None)."""
    standing = [line.outcome for line in lines if not line.covered_by]
    worst = Outcome.worst([line.outcome for line in lines])
    return worst, Outcome.worst(standing) if standing else None


def _justified(
    item: Judged, closed: tuple[Judged, ...], said: tuple[Said, ...], context: Context
) -> Judged:
    """Answer a control that asks for justifications from what the others confirmed."""

    def answered(line: Line) -> Line:
        asked = line.measurement.evidence if line.measurement else None
        if not isinstance(asked, Asked) or asked.statement != "justification":
            return line
        valid = {
            s.statement.id
            for s in said
            if isinstance(s.statement, Justification) and unsuited(s, asked, context) is None
        }
        confirmed = [
            (other.id, found)
            for other in closed
            if other.control in asked.covers
            for found in other.lines
            if found.outcome is Outcome.FAIL
        ]
        absent = sorted(set(asked.covers) - {other.control for other in closed})
        if absent:
            reason = f"{', '.join(absent)} were not judged"
            return replace(line, outcome=Outcome.MISSING, reason=reason)
        unjustified = sorted({id_ for id_, found in confirmed if not valid & {*found.covered_by}})
        if unjustified:
            reason = f"no justification for {', '.join(unjustified)}"
            return replace(line, outcome=Outcome.MISSING, reason=reason)
        if confirmed:
            return replace(line, outcome=Outcome.PASS, reason="every disparity is justified")
        return line

    lines = tuple(answered(line) for line in item.lines)
    if lines == item.lines:
        return item
    outcome, standing = _of_lines(lines)
    return replace(item, lines=lines, outcome=outcome, standing=standing)

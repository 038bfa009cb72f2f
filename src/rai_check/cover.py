"""Which statements cover which lines, and which answer what was asked. Pure."""

from dataclasses import dataclass
from datetime import date

from rai_check.judgement import Hypothesis, Judged, Line, StatementUse
from rai_check.measurement import Asked
from rai_check.outcome import Outcome
from rai_check.policy.model import Control, Policy, Waivable
from rai_check.statements.load import AnyStatement, Said
from rai_check.statements.model import Attestation, Justification, Mitigation, SignOff, Waiver


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a statement is held against."""

    as_of: date
    evidence_digest: str
    system: str
    version: str
    alpha: float


def idle(said: Said, context: Context) -> str | None:
    """Why a statement covers nothing at all on this day, or None if it is in force."""
    statement = said.statement
    if said.faults:
        return said.faults[0]
    if statement.starts > context.as_of:
        return f"it is dated {statement.starts}, after the day of this assessment"
    if statement.ends is not None and statement.ends < statement.starts:
        return "it ends before it starts"
    if statement.ends is not None and statement.ends < context.as_of:
        return f"it expired on {statement.ends}"
    if isinstance(statement, Justification | SignOff):
        if statement.evidence_digest != context.evidence_digest:
            return "it speaks of other evidence than this (the evidence digest differs)"
    elif isinstance(statement, Attestation):
        said_of = (statement.scope.system, statement.scope.version)
        if said_of != (context.system, context.version):
            return "it speaks of another system or version"
    return None


def covers(statement: AnyStatement, line: Line, control: Control, context: Context) -> bool:
    """Whether a statement in force covers a line of the control it names."""
    if isinstance(statement, Waiver):
        return _waives(statement, line, control, context)
    if isinstance(statement, Justification):
        confirmed = line.outcome is Outcome.FAIL and bool(line.hypotheses)
        allowed = _in(statement.decided_by.role, control.justifiable)
        return (
            allowed and _names(statement, line) and (confirmed or leans_fail(line, context.alpha))
        )
    if isinstance(statement, Mitigation):
        allowed = _in(statement.decided_by.role, control.mitigable)
        open_ = line.outcome is Outcome.INCONCLUSIVE and not leans_fail(line, context.alpha)
        return allowed and _names(statement, line) and open_
    return False


def leans_fail(line: Line, alpha: float) -> bool:
    """Whether an unadjusted test already says fail where the adjusted one does not decide."""
    return line.outcome is Outcome.INCONCLUSIVE and any(h.p_fail < alpha for h in line.hypotheses)


def powerless(statement: AnyStatement, control: Control) -> str | None:
    """Why the policy gives this statement no power over this control, or None."""
    if isinstance(statement, Waiver):
        if not isinstance(control.waivable, Waivable):
            return "the policy lets nobody waive this control"
        if not _in(statement.approved_by.role, control.waivable.roles):
            return "the approver's role may not waive this control"
        if (statement.expires - statement.raised_on).days > control.waivable.max_days:
            return f"it runs for more than the {control.waivable.max_days} days allowed"
    if isinstance(statement, Justification) and not _in(
        statement.decided_by.role, control.justifiable
    ):
        return "the policy gives this role no power to justify this control"
    if isinstance(statement, Mitigation) and not _in(statement.decided_by.role, control.mitigable):
        return "the policy gives this role no power to accept a mitigation here"
    return None


def _waives(statement: Waiver, line: Line, control: Control, context: Context) -> bool:
    if powerless(statement, control) or not _names(statement, line):
        return False
    if line.outcome is Outcome.MISSING:
        return True
    if line.outcome is not Outcome.FAIL and not leans_fail(line, context.alpha):
        return False
    return statement.worst is not None and _no_worse(line, statement.worst, context.alpha)


def _no_worse(line: Line, worst: float, alpha: float) -> bool:
    """Whether what was measured is no further beyond its limit than the waiver was given for."""
    if line.estimate is None or line.limit is None:
        return False
    low, high = _sides(line, alpha)
    return (not low or line.estimate >= worst) and (not high or line.estimate <= worst)


def _sides(line: Line, alpha: float) -> tuple[bool, bool]:
    """Whether the line is beyond its lower and its upper bound."""
    if line.hypotheses:
        return tuple(_shown_beyond(line.hypotheses, s, alpha) for s in ("min", "max"))  # type: ignore[return-value]  # two sides give two answers
    limit, value = line.limit, line.estimate
    assert limit is not None  # noqa: S101 - _no_worse has looked
    assert value is not None  # noqa: S101 - as above
    return limit.min is not None and value < limit.min, limit.max is not None and value > limit.max


def _shown_beyond(hypotheses: tuple[Hypothesis, ...], side: str, alpha: float) -> bool:
    return any(h.side == side and h.p_fail < alpha for h in hypotheses)


def _names(statement: Waiver | Justification | Mitigation, line: Line) -> bool:
    if not line.where:
        return not statement.where
    return dict(line.where) in statement.where


def _in(role: str, roles: tuple[str, ...]) -> bool:
    return role.casefold() in {r.casefold() for r in roles}


def answer(
    asked: Asked, item: str, said: tuple[Said, ...], context: Context
) -> tuple[Outcome, str, str]:
    """Whether an attestation or sign-off that a control asks for is there.

    Returns the outcome (`pass` or `missing`), the reason, and the id of the statement if any.
    """
    reasons = []
    for one in said:
        statement = one.statement
        if statement.kind != asked.statement or statement.control != item:
            continue
        why = idle(one, context) or _unsuited(statement, asked, context)
        if why is None:
            return Outcome.PASS, f"stated in {statement.id!r}", statement.id
        reasons.append(f"{statement.id!r} does not count: {why}")
    if reasons:
        return Outcome.MISSING, "; ".join(reasons), ""
    who = " or ".join(asked.roles) or "a person in authority"
    return Outcome.MISSING, f"no {asked.statement} by {who}", ""


def _unsuited(statement: AnyStatement, asked: Asked, context: Context) -> str | None:
    person = statement.made_by if isinstance(statement, Attestation) else None
    person = statement.signed_by if isinstance(statement, SignOff) else person
    if person is None or (asked.roles and not _in(person.role, asked.roles)):
        return "it is not by one of the roles the policy names"
    dated = [e.dated for e in statement.evidence]
    if asked.max_age_days is not None:
        dated = [d for d in dated if 0 <= (context.as_of - d).days <= asked.max_age_days]
        if not dated:
            return f"it rests on no document of the last {asked.max_age_days} days"
    if asked.not_before is not None and not any(d >= asked.not_before for d in dated):
        return f"its documents are older than the last change of the system ({asked.not_before})"
    return None


def in_date(said: tuple[Said, ...], context: Context) -> tuple[Outcome, str]:
    """Whether every statement that has an end is in date."""
    ends = [(s.statement.id, s.statement.ends) for s in said if s.statement.ends]
    if not ends:
        return Outcome.NOT_APPLICABLE, "no statement has an end date"
    expired = sorted(id_ for id_, end in ends if end < context.as_of)
    if expired:
        return Outcome.FAIL, f"expired: {', '.join(expired)}"
    return Outcome.PASS, f"all {len(ends)} statements with an end date are in date"


def _unanswered(statement: AnyStatement, judged: tuple[Judged, ...]) -> str | None:
    """Why a control that asks for this kind of statement is still missing it."""
    for line in (line for i in judged if i.id == statement.control for line in i.lines):
        asked = line.measurement.evidence if line.measurement else None
        if isinstance(asked, Asked) and asked.statement == statement.kind:
            return line.reason if line.outcome is Outcome.MISSING else None
    return None


def use(one: Said, judged: tuple[Judged, ...], policy: Policy, context: Context) -> StatementUse:
    """Say what a statement did, or why it did nothing."""
    statement = one.statement
    control = policy.controls[statement.control.partition("[")[0]]
    covering = sorted(item.id for item in judged if statement.id in item.covered_by)
    answering = [i.id for i in judged for line in i.lines if line.answered_by == statement.id]
    why = idle(one, context) or powerless(statement, control) or _unanswered(statement, judged)
    if covering:
        effect = f"covers {', '.join(covering)}"
    elif answering:
        effect = f"answers {answering[0]}"
    else:
        effect = f"covers nothing: {why or 'nothing it names is open to it'}"
    return StatementUse(
        id=statement.id,
        kind=statement.kind,
        control=statement.control,
        role=statement.person.role,
        text=statement.text,
        ends=str(statement.ends) if statement.ends else None,
        effect=effect,
        used=bool(covering or answering),
    )

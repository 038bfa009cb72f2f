"""Which statements cover which lines, and which answer what was asked. Pure."""

from dataclasses import dataclass
from datetime import date

from rai_check.judgement import Judged, Line, StatementUse
from rai_check.measurement import UNDECLARED, Asked, Undefined
from rai_check.outcome import Outcome
from rai_check.policy.model import Control, Policy, Waivable
from rai_check.statements.model import (
    AnyStatement,
    Attestation,
    Justification,
    Mitigation,
    Said,
    SignOff,
    Waiver,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What statements are held against, and which attempt this is."""

    as_of: date
    evidence_digest: str
    system: str
    version: str
    alpha: float
    attempt: int = 1
    """How many sets of data were tried under these definitions, this one included."""


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


def covers(statement: AnyStatement, line: Line, lines: tuple[Line, ...], control: Control) -> bool:
    """Whether a statement in force covers a line; `lines` are all those of the same control."""
    if powerless(statement, control) or isinstance(statement, Attestation | SignOff):
        return False
    if not _names(statement, line):
        return False
    if isinstance(statement, Waiver):
        return _waives(statement, line, lines)
    if isinstance(statement, Justification):
        return (line.outcome is Outcome.FAIL and bool(line.hypotheses)) or line.leans
    return line.outcome is Outcome.INCONCLUSIVE and not line.leans and not _mendable(line)


def _mendable(line: Line) -> bool:
    """Whether someone can put right what kept the line from being measured."""
    evidence = line.measurement.evidence if line.measurement else None
    return isinstance(evidence, Undefined) and evidence.mendable


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


def _waives(statement: Waiver, line: Line, lines: tuple[Line, ...]) -> bool:
    if line.outcome is Outcome.MISSING:
        return True
    if line.outcome is not Outcome.FAIL and not line.leans:
        return False
    if not _means(statement, line, lines):
        return False
    return statement.worst is not None and _no_worse(line, statement.worst)


def _means(statement: Waiver, line: Line, lines: tuple[Line, ...]) -> bool:
    """Whether `worst` speaks of this line's value and could speak of no other's at its place."""
    meant = [one for one in lines if one.where == line.where and _is_named(statement, one)]
    values = {(m.measurement.metric, m.measurement.against) for m in meant if m.measurement}
    scales = {m.limit.of for m in meant if m.limit}
    return line in meant and len(values) == len(scales) == 1


def _is_named(statement: Waiver, line: Line) -> bool:
    if line.measurement is None or line.limit is None:
        return False
    metric, against = line.measurement.metric, line.measurement.against
    return statement.metric in {None, metric} and statement.against in {None, against}


def _no_worse(line: Line, worst: float) -> bool:
    """Whether what was measured is no further beyond its limit than the waiver was given for."""
    if line.estimate is None or line.limit is None:
        return False
    low, high = _sides(line)
    return (not low or line.estimate >= worst) and (not high or line.estimate <= worst)


def _sides(line: Line) -> tuple[bool, bool]:
    """Whether the line's value is beyond its lower and its upper bound."""
    limit, value = line.limit, line.estimate
    assert limit is not None  # noqa: S101 - _no_worse has looked
    assert value is not None  # noqa: S101 - as above
    return limit.min is not None and value < limit.min, limit.max is not None and value > limit.max


def _names(statement: Waiver | Justification | Mitigation, line: Line) -> bool:
    """Whether a statement names the line's place; a pool is named by all that is in it.

    What "undeclared group 1" or "small groups together" stands for changes with the data, so
    neither can be named itself.
    """
    if not line.where:
        return not statement.where
    if any(label.startswith(UNDECLARED) for _, label in line.where):
        return False
    members = line.measurement.members if line.measurement else ()
    each = [{line.where[0][0]: label} for label in members] or [dict(line.where)]
    return all(place in statement.where for place in each)


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
        why = unsuited(one, asked, context)
        if why is None:
            return Outcome.PASS, f"stated in {statement.id!r}", statement.id
        reasons.append(f"{statement.id!r} does not count: {why}")
    if reasons:
        return Outcome.MISSING, "; ".join(reasons), ""
    who = " or ".join(asked.roles) or "a person in authority"
    return Outcome.MISSING, f"no {asked.statement} by {who}", ""


def unsuited(one: Said, asked: Asked, context: Context) -> str | None:
    """Why a statement does not answer what a control asks of a person, or None."""
    if why := idle(one, context):
        return why
    statement = one.statement
    if asked.roles and not _in(statement.person.role, asked.roles):
        return "it is not by one of the roles the policy names"
    dated = [e.dated for e in statement.evidence if e.dated <= context.as_of]
    if asked.max_age_days is not None:
        dated = [d for d in dated if (context.as_of - d).days <= asked.max_age_days]
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
    return Outcome.PASS, f"statements with an end date, all in date: {len(ends)}"


def _refused(statement: AnyStatement, judged: tuple[Judged, ...]) -> str:
    """Places that a mitigation names and may not cover, because they lean to failing."""
    if not isinstance(statement, Mitigation):
        return ""
    lines = [line for i in judged if i.id == statement.control for line in i.lines]
    leaning = [line for line in lines if line.leans and _names(statement, line)]
    places = ", ".join(label for line in leaning for _, label in line.where)
    return f"; not {places}: an unadjusted test already says fail" if places else ""


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
    covering = [(i.id, line) for i in judged for line in i.lines if statement.id in line.covered_by]
    answering = [i.id for i in judged for line in i.lines if line.answered_by == statement.id]
    why = idle(one, context) or powerless(statement, control) or _unanswered(statement, judged)
    if covering:
        places = [", ".join(label for _, label in line.where) for _, line in covering]
        named = f" for {', '.join(places)}" if all(places) else ""
        effect = f"covers {covering[0][0]}{named}{_refused(statement, judged)}"
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

"""Lines before they are decided: every measurement weighed, every family counted. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from rai_check.judgement import LimitUsed, Line, Planning
from rai_check.measured import MeasuredItem, PartResult
from rai_check.measurement import Asked, Measurement, Undefined
from rai_check.outcome import Outcome
from rai_check.policy.model import Floors, Limit, Part, Policy
from rai_check.weigh import Against, weigh_all
from rai_check.weighing.mirrored import Seen, seen_twice
from rai_check.weighing.planning import plans
from rai_check.weighing.weighed import Weighed


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A line on which there is nothing to test."""

    line: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedOf:
    """A line that a person's statement has to answer."""

    check: str
    measurement: Measurement
    asked: Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """A line that is weighed, and waits for its family to be counted."""

    check: str
    part: int
    """Which part of the control, from 0."""
    measurement: Measurement
    limit: Limit
    weighed: Weighed
    planning: Planning | None
    seen: Seen
    """Whether another line of the part shows the same comparison from its other side."""
    adjusted: tuple[float, ...] = ()
    """Holm-adjusted p of each test."""
    shared: tuple[int, ...] = ()
    """What Holm divides alpha by for each test: those of the family not rejected before it."""


Draft: TypeAlias = Settled | AskedOf | Tested


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftItem:
    """A control with its lines drafted."""

    item: MeasuredItem
    lines: tuple[Draft, ...]
    information: tuple[Measurement, ...]
    family: str
    family_size: int = 0


def gap(check: str, outcome: Outcome, reason: str) -> Line:
    """A line for something that is not there, or could not be done."""
    return Line(check=check, outcome=outcome, code="gap", reason=reason)


def draft(policy: Policy, item: MeasuredItem) -> DraftItem:
    """Weigh every measurement of an item against the limits of its control."""
    control = policy.controls[item.control]
    lines: list[Draft] = []
    information: list[Measurement] = []
    unmeasured = {*range(len(control.parts))} - {result.index for result in item.parts}
    for index in sorted(unmeasured):
        reason = "this part of the control was not measured"
        lines.append(Settled(line=gap(control.parts[index].check, Outcome.ERROR, reason)))
    for result in item.parts:
        part = control.parts[result.index]
        judged = [m for m in _measurements(result) if _is_judged(m, part)]
        information += _measurements(result)
        if result.outcome is not None:
            lines.append(Settled(line=gap(part.check, result.outcome, result.reason)))
        elif not judged:
            reason = "the check measured nothing that the policy holds against a limit"
            lines.append(Settled(line=gap(part.check, Outcome.ERROR, reason)))
        lines += _drafts(policy, control.floors, part, result.index, judged)
    held = {one.line.measurement if isinstance(one, Settled) else one.measurement for one in lines}
    return DraftItem(
        item=item,
        lines=tuple(lines),
        information=tuple(m for m in dict.fromkeys(information) if m not in held),
        family=control.family or item.id,
    )


def _measurements(result: PartResult) -> tuple[Measurement, ...]:
    return result.result.measurements if result.result else ()


def _is_judged(m: Measurement, part: Part) -> bool:
    return not m.information and part.metric in {None, m.metric}


def _drafts(
    policy: Policy, floors: Floors, part: Part, index: int, judged: Sequence[Measurement]
) -> list[Draft]:
    """Drafts of what one part measured, in its order; what can be tested is tested together."""
    if part.limit is None:
        return [_limitless(part, m) for m in judged]
    limit = part.limit
    plan = plans(judged, limit, alpha=policy.alpha)
    drafts = [_untested(part, limit, m, p) for m, p in zip(judged, plan, strict=True)]
    testable = [i for i, one in enumerate(drafts) if one is None]
    against = Against(limit=limit, floors=floors, alpha=policy.alpha, level=policy.level)
    answers = weigh_all([judged[i] for i in testable], against)
    seen = seen_twice(judged)
    for i, answer in zip(testable, answers, strict=True):
        drafts[i] = (
            Settled(line=gap(part.check, Outcome.ERROR, answer))
            if isinstance(answer, str)
            else Tested(
                check=part.check,
                part=index,
                measurement=judged[i],
                limit=limit,
                weighed=answer,
                planning=plan[i],
                seen=seen[i],
            )
        )
    return [one for one in drafts if one is not None]


def _limitless(part: Part, m: Measurement) -> Draft:
    if isinstance(m.evidence, Asked):
        return AskedOf(check=part.check, measurement=m, asked=m.evidence)
    return Settled(line=gap(part.check, Outcome.ERROR, "the policy sets no limit for it"))


def _untested(part: Part, limit: Limit, m: Measurement, plan: Planning | None) -> Draft | None:
    """The draft of a measurement on which there is nothing to test, or None."""
    if isinstance(m.evidence, Asked):
        return AskedOf(check=part.check, measurement=m, asked=m.evidence)
    if not isinstance(m.evidence, Undefined):
        return None
    line = Line(
        check=part.check,
        outcome=Outcome.INCONCLUSIVE,
        code=m.evidence.code,
        reason=m.evidence.text,
        measurement=m,
        limit=used(limit),
        planning=plan,
    )
    return Settled(line=line)


def used(limit: Limit) -> LimitUsed:
    """The limit as the assessment records it."""
    return LimitUsed(
        of=limit.of,
        min=limit.min,
        max=limit.max,
        prevalence=limit.prevalence,
        breach=limit.breach,
        whose=limit.whose,
    )

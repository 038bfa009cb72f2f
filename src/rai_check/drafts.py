"""Lines before they are decided: every measurement weighed, every family counted. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from rai_check.judgement import Hypothesis, LimitUsed, Line
from rai_check.measured import MeasuredItem, PartResult
from rai_check.measurement import Asked, Measurement, Undefined
from rai_check.outcome import Outcome
from rai_check.policy.model import Limit, Part, Policy
from rai_check.stats.multiple import holm
from rai_check.weigh import CannotWeigh, Weighed, weigh


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
    measurement: Measurement
    limit: Limit
    weighed: Weighed


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
        lines += [_draft_line(policy, item, part, m) for m in judged]
    held = [one.line.measurement if isinstance(one, Settled) else one.measurement for one in lines]
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


def _draft_line(policy: Policy, item: MeasuredItem, part: Part, m: Measurement) -> Draft:
    evidence = m.evidence
    if isinstance(evidence, Asked):
        return AskedOf(check=part.check, measurement=m, asked=evidence)
    if part.limit is None:
        return Settled(line=gap(part.check, Outcome.ERROR, "the policy sets no limit for it"))
    if isinstance(evidence, Undefined):
        line = Line(
            check=part.check,
            outcome=Outcome.INCONCLUSIVE,
            code=evidence.code,
            reason=evidence.text,
            measurement=m,
            limit=used(part.limit),
        )
        return Settled(line=line)
    floors = policy.controls[item.control].floors
    try:
        found = weigh(m, part.limit, floors, alpha=policy.alpha, level=policy.level)
    except CannotWeigh as fault:
        return Settled(line=gap(part.check, Outcome.ERROR, str(fault)))
    except (ValueError, ArithmeticError):  # evidence of a third party beyond what a test can hold
        reason = "the limit and the numbers measured do not fit together"
        return Settled(line=gap(part.check, Outcome.ERROR, reason))
    return Tested(check=part.check, measurement=m, limit=part.limit, weighed=found)


def adjust(policy: Policy, items: Sequence[DraftItem]) -> tuple[DraftItem, ...]:
    """Fill in the Holm-adjusted p values, family by family.

    A family named in the policy has the size fixed there: members that did not run count as
    p = 1, and more tests than were counted make an error of every item in it.
    """
    adjusted: list[DraftItem] = list(items)
    for family in sorted({item.family for item in items}):
        members = [i for i, item in enumerate(items) if item.family == family]
        p = [h.p_fail for i in members for line in items[i].lines for h in _hypotheses(line)]
        size = policy.families.get(family, len(p))
        values = list(holm(p, size=max(size, len(p)))) if p else []
        for i in members:
            adjusted[i] = _with_adjusted(items[i], values, size)
        if len(p) > size:
            reason = f"the family {family!r} holds {len(p)} tests; the policy counted {size}"
            fault = Settled(line=gap("", Outcome.ERROR, reason))
            for i in members:
                adjusted[i] = replace(adjusted[i], lines=(*adjusted[i].lines, fault))
    return tuple(adjusted)


def _hypotheses(line: Draft) -> tuple[Hypothesis, ...]:
    return line.weighed.hypotheses if isinstance(line, Tested) else ()


def _with_adjusted(item: DraftItem, values: list[float], size: int) -> DraftItem:
    """Give an item's hypotheses the first values of the list, which are taken off it."""
    lines: list[Draft] = []
    for line in item.lines:
        if isinstance(line, Tested):
            hypotheses = tuple(
                replace(h, p_fail_adjusted=values.pop(0)) for h in line.weighed.hypotheses
            )
            lines.append(replace(line, weighed=replace(line.weighed, hypotheses=hypotheses)))
        else:
            lines.append(line)
    return replace(item, lines=tuple(lines), family_size=size)


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

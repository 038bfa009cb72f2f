"""Small builders, so that a test names only what it is about."""

from __future__ import annotations

from datetime import date
from typing import Any

from rai_check.cover import Context
from rai_check.judge import judge
from rai_check.judgement import Judgement
from rai_check.measured import MeasuredItem, PartResult, Subject
from rai_check.measurement import CheckResult, Evidence, Exact, Measurement, where
from rai_check.outcome import Outcome, Stage
from rai_check.policy.model import Policy
from rai_check.statements.model import Said

TODAY = date(2026, 11, 23)
DIGEST = "d" * 64
SOURCE = {"title": "S", "reference": "R", "checked_on": "2026-11-01", "review_by": "2027-11-01"}
EXACT = {"check": "system-record", "limit": {"max": "0", "whose": "ours"}}
RATIO = {
    "check": "selection-rate",
    "limit": {"of": "ratio", "min": "0.8", "max": "1.25", "whose": "convention"},
}


def control(**changes: Any) -> dict[str, Any]:
    """A control as a policy file writes it."""
    plain: dict[str, Any] = {
        "title": "T",
        "why": "W",
        "source": SOURCE,
        "severity": "high",
        "stage": "approve",
        "parts": [EXACT],
    }
    return {**plain, **changes}


def policy(controls: dict[str, dict[str, Any]], **changes: Any) -> Policy:
    """A policy of these controls."""
    content = {"schema": "rai-policy/1", "id": "p", "version": "1", "title": "P"}
    return Policy.model_validate({**content, "controls": controls, **changes})


def subject(groups: tuple[str, ...] = (), stage: Stage = Stage.OPERATE) -> Subject:
    """The facts of a system."""
    return Subject(
        name="System",
        version="1",
        organisation="O",
        purpose="P",
        owner_role="R",
        decides="D",
        human_involvement="H",
        stage=stage,
        groups=groups,
    )


def context(**changes: Any) -> Context:
    """What statements are held against."""
    plain: dict[str, Any] = {
        "as_of": TODAY,
        "evidence_digest": DIGEST,
        "system": "System",
        "version": "1",
        "alpha": 0.05,
    }
    return Context(**{**plain, **changes})


def measured(
    name: str, *evidence: Evidence, group: str | None = None, labels: tuple[str, ...] = ()
) -> MeasuredItem:
    """An item whose one part measured these, at these labels of its group column."""
    places = [where(**{group: label}) for label in labels] if group else [()] * len(evidence)
    measurements = tuple(
        Measurement(metric="m", evidence=e, where=w) for e, w in zip(evidence, places, strict=True)
    )
    part = PartResult(check="x", index=0, result=CheckResult(measurements=measurements))
    return MeasuredItem(control=name, group=group, parts=(part,))


def without(name: str, outcome: Outcome, group: str | None = None) -> MeasuredItem:
    """An item whose one part has no result."""
    part = PartResult(check="x", index=0, outcome=outcome, reason="because")
    return MeasuredItem(control=name, group=group, parts=(part,))


def of_outcome(name: str, outcome: Outcome) -> MeasuredItem:
    """An item of `control()` that comes out as asked."""
    if outcome is Outcome.PASS:
        return measured(name, Exact(value=0))
    if outcome is Outcome.FAIL:
        return measured(name, Exact(value=1))
    if outcome is Outcome.INCONCLUSIVE:
        from rai_check.measurement import Undefined

        return measured(name, Undefined(code="undefined", text="nobody"))
    return without(name, outcome)


def judged(
    rules: Policy, *items: MeasuredItem, said: tuple[Said, ...] = (), **changes: Any
) -> Judgement:
    """Judge these items as of today."""
    groups = tuple(sorted({item.group for item in items if item.group}))
    partial, audit = changes.pop("partial", ()), changes.pop("audit", False)
    return judge(
        rules,
        items,
        said,
        subject=changes.pop("subject", subject(groups)),
        context=context(**changes),
        partial=partial,
        audit=audit,
    )

"""The assessment as it may be shown: what frames its controls, and each of them by `items`."""

from rai_check.assessment import Assessment
from rai_check.disclosed import PublicAssessment, PublicPolicy
from rai_check.disclosure.inputs import public_input
from rai_check.disclosure.items import public_item
from rai_check.outcome import Stage
from rai_check.policy.model import Policy
from rai_check.protected import PEOPLE, Rule


def public(assessment: Assessment, *, people: Rule = PEOPLE) -> PublicAssessment:
    """Return what may be shown of an assessment.

    Args:
        assessment: with true counts.
        people: the rule for numbers about people.
    """
    from rai_check.promised import promised_items

    measured, judgement = assessment.measurements, assessment.judgement
    policy = Policy.model_validate(measured.policy.content)
    parts = {item.id: item.parts for item in measured.items}
    promised = promised_items(policy, measured.subject)
    return PublicAssessment(
        verdict=judgement.verdict,
        exit=judgement.exit,
        reason=judgement.reason,
        as_of=assessment.as_of,
        audit=assessment.audit,
        partial=assessment.partial,
        items=tuple(public_item(j, policy, parts.get(j.id, ()), people) for j in judgement.items),
        not_judged=max(0, len(promised) - len(judgement.items)),
        later=_later(policy, measured.subject.stage),
        statements=judgement.statements,
        subject=measured.subject,
        policy=_policy(assessment, policy),
        inputs=tuple(public_input(one, people) for one in measured.inputs),
        tool=measured.tool,
        versions=measured.versions,
        seed=measured.seed,
        measured_on=measured.measured_on,
        first_run_on=measured.first_run_on,
        evidence_digest=measured.evidence_digest,
        content_sha256=assessment.content_sha256,
        run=assessment.run,
    )


def _later(policy: Policy, stage: Stage) -> tuple[tuple[Stage, int], ...]:
    found = [control.stage for control in policy.controls.values()]
    return tuple((later, found.count(later)) for later in stage.later)


def _policy(assessment: Assessment, policy: Policy) -> PublicPolicy:
    record = assessment.measurements.policy
    return PublicPolicy(
        id=record.id,
        version=record.version,
        title=record.title,
        chain=record.chain,
        sha256=record.sha256,
        alpha=policy.alpha,
    )

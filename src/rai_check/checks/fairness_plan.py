"""Whether the fairness question was chosen before the answer was seen."""

from rai_check.check import Missing, check
from rai_check.measurement import CheckResult, Exact, Finding, Measurement
from rai_check.project import Characteristic, Project, is_given

_LATE = "later than the first run on record"


@check("fairness-plan", title="Fairness plan made first")
def fairness_plan(project: Project) -> CheckResult:
    """Count what the fairness plan leaves open.

    What it measures
    The gaps in the plan: its question, the harm and who would suffer it, the role that
    decided, a date no later than the first run on record, and a position on each of the nine
    protected characteristics (held, held in part, not held and why, not applicable and why
    in law).

    Why it matters
    Choosing the measure after seeing the result is how bias is argued away. The equality duty
    asks for reasonable steps to find out what is not yet known; a characteristic that nobody
    mentions is a gap nobody sees.

    How to read it
    Nought means that the plan is complete and came first. What is absent or still marked TODO is
    named, and the result is missing; a plan made after the first run fails.

    What it cannot tell you
    Whether the plan asks the right question.

    References
    Equality Act 2010, section 149; R (Bridges) v South Wales Police [2020] EWCA Civ 1058;
    ISO/IEC TS 12791:2024, 5.1.6.
    """
    gaps = [*_plan_gaps(project), *_position_gaps(project)]
    absent = [place for place, kind in gaps if kind != _LATE]
    if absent and len(absent) == len(gaps):
        raise Missing(f"not given in the project file: {', '.join(absent)}")
    return CheckResult(
        measurements=(
            Measurement(
                metric="gaps in the fairness plan",
                evidence=Exact(value=len(gaps)),
                unit="gaps",
                about_people=False,
            ),
        ),
        findings=tuple(
            Finding(place=place, kind=kind, shape="", count=1, about_people=False)
            for place, kind in gaps
        ),
    )


def _plan_gaps(project: Project) -> list[tuple[str, str]]:
    plan = project.file.fairness_plan
    if plan is None:
        return [("fairness_plan", "not supplied")]
    texts = {
        "question": plan.question,
        "harm": plan.harm,
        "decided_by_role": plan.decided_by_role,
    }
    gaps = [
        (f"fairness_plan.{name}", "not supplied")
        for name, text in texts.items()
        if not is_given(text)
    ]
    if plan.decided_on > project.first_run_on:
        gaps.append(("fairness_plan.decided_on", _LATE))
    return gaps


def _position_gaps(project: Project) -> list[tuple[str, str]]:
    gaps = []
    for characteristic in Characteristic:
        place = f"characteristics.{characteristic.value}"
        position = project.file.characteristics.get(characteristic)
        if position is None:
            gaps.append((place, "no position taken"))
        elif any(t is not None and not is_given(t) for t in (position.why, position.why_in_law)):
            gaps.append((place, "reason not supplied"))
    return gaps

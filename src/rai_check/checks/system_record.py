"""Whether the system is written down."""

from rai_check.check import check
from rai_check.measurement import CheckResult, Exact, Finding, Measurement
from rai_check.project import Project, is_given

FIELDS = (
    "name",
    "version",
    "organisation",
    "purpose",
    "owner_role",
    "decides",
    "human_involvement",
    "changed_on",
)


@check("system-record", title="System record complete")
def system_record(project: Project) -> CheckResult:
    """Count the facts of the system that nobody has supplied.

    What it measures
    How many of the facts under `system` in the project file are absent or still marked TODO:
    name, version, organisation, purpose, the role that owns it, what it decides, how a human
    is involved, and when it last changed.

    Why it matters
    Nobody can assure a tool that is not written down, and no reader can judge a report on it.

    How to read it
    Nought means that every fact is given. Each one that is not is listed.

    What it cannot tell you
    Whether what is written is true or good enough; a person has to read it.

    References
    Algorithmic Transparency Recording Standard, tier 1; AI Playbook for the UK Government
    (February 2025), principle 5.
    """
    system = project.file.system
    absent = [
        name
        for name in FIELDS
        if not is_given(None if (v := getattr(system, name)) is None else str(v))
    ]
    return CheckResult(
        measurements=(
            Measurement(
                metric="facts not supplied",
                evidence=Exact(value=len(absent)),
                unit="facts",
                about_people=False,
                notes=(f"{len(FIELDS) - len(absent)} of {len(FIELDS)} facts are supplied.",),
            ),
        ),
        findings=tuple(
            Finding(
                place=f"system.{name}", kind="not supplied", shape="", count=1, about_people=False
            )
            for name in absent
        ),
    )

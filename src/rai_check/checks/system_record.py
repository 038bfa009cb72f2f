"""Whether the system is written down."""

from rai_check.check import Missing, check
from rai_check.measurement import CheckResult, Exact, Measurement
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
    """Look for facts of the system that nobody has supplied.

    What it measures
    Whether every fact under `system` in the project file is given and none is still marked TODO:
    name, version, organisation, purpose, the role that owns it, what it decides, how a human
    is involved, and when it last changed.

    Why it matters
    Nobody can assure a tool that is not written down, and no reader can judge a report on it.

    How to read it
    It passes where every fact is given. Where one is not the result is missing, and it is named:
    what nobody wrote down is neither right nor wrong, and stops a release all the same.

    What it cannot tell you
    Whether what is written is true or good enough; a person has to read it.

    References
    Algorithmic Transparency Recording Standard, tier 1; AI Playbook for the UK Government
    (February 2025), principle 5.
    """
    system = project.file.system
    given = {name: getattr(system, name) for name in FIELDS}
    absent = [n for n, fact in given.items() if fact is None or not is_given(str(fact))]
    if absent:
        raise Missing(f"not given under 'system' in the project file: {', '.join(absent)}")
    supplied = Measurement(
        metric="facts not supplied",
        evidence=Exact(value=0),
        unit="facts",
        about_people=False,
        notes=(f"{len(FIELDS)} of {len(FIELDS)} facts are supplied.",),
    )
    return CheckResult(measurements=(supplied,))

"""Ask a person for a statement; the judge looks for it."""

from typing import Annotated, Literal

from pydantic import Field

from rai_check.check import check
from rai_check.measurement import Asked, CheckResult, Measurement
from rai_check.project import Project


@check("statement", title="Stated by the person who owns it")
def statement(
    project: Project,
    *,
    kind: Literal["attestation", "sign-off", "justification", "in-date"],
    roles: tuple[str, ...] = (),
    max_age_days: Annotated[int, Field(ge=1, le=3660)] | None = None,
    newer_than_change: bool = False,
    covers: tuple[str, ...] = (),
) -> CheckResult:
    """Ask for what only a person can say.

    What it measures
    Nothing in the data. It asks for a statement of a kind: an `attestation` that something
    is so, resting on a dated document where `max_age_days` or `newer_than_change` is set; a
    `sign-off` of exactly this evidence; a `justification` of every disparity that the
    controls named in `covers` confirmed; or that every statement is `in-date`.

    Why it matters
    Most of what makes a system fit to use cannot be seen in a table. Someone answers for it.

    How to read it
    Missing says who owes the statement, or why the one given does not count: expired, of
    another version, of other evidence, or resting on a document that has changed.

    What it cannot tell you
    Whether the statement is true.

    References
    UK GDPR Article 5(2) (accountability).
    """
    changed = project.file.system.changed_on if newer_than_change else None
    asked = Asked(
        statement=kind,
        roles=roles,
        max_age_days=max_age_days,
        not_before=changed,
        covers=covers,
    )
    return CheckResult(
        measurements=(
            Measurement(metric=f"{kind} asked for", evidence=asked, unit="", about_people=False),
        )
    )

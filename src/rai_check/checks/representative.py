"""Whether the data resembles the people that the system is for."""

from typing import Annotated

from pydantic import Field

from rai_check.check import check
from rai_check.fairness.held import held_of
from rai_check.fairness.representation import compare_shares
from rai_check.measurement import CheckResult
from rai_check.project import Project, Role
from rai_check.references import find_reference


@check(
    "representative",
    title="Data resembles residents",
    limits=("ratio",),
    needs=("decisions",),
)
def representative(
    project: Project,
    *,
    by: str,
    reference: str | None = None,
    pool_below: Annotated[int, Field(ge=2, le=100)] = 10,
) -> CheckResult:
    """Compare each group's share of the data with its share of a reference population.

    What it measures
    The share of each group among the rows of the decisions table whose group is known (people
    once, where rows repeat a declared `unit`), over its share of the reference. The reference is
    the project's table with `role: reference`, by its group column of the same name or of the same
    characteristic; where it has none, a shipped population: the one that the policy names in
    `reference`, or the project under `facts` as `reference_population`. Shipped is
    `census-2021-england`: ethnic group (5 and 19), sex, disability under the Equality Act, and
    age. Groups of which fewer than `pool_below` are there and would be expected are put together;
    one that is missing although many would be expected stands alone. A group that the reference
    counts nobody in has no share to be compared with; the others are then compared among
    themselves.

    For one council, save the table of the Office for National Statistics for its area (Census
    2021: TS021 ethnic group, TS008 sex, TS038 disability, TS007A age), as CSV with one row for
    each category, from its custom data tool or from Nomis. Its columns are the area, the category
    and a count ("Observation"). Declare it with `role: reference`, the category as `means: group`
    with `codes: ethnicity-labels-5` (or `sex-labels`, `disability-labels`, `age-bands`) and the
    count as `means: count`; leave other areas and rows of totals out with `keep`. A school census
    table, or the council's own count of those who could apply, is read in the same way.

    Why it matters
    A group that is rare in the data is one that nobody has looked at: a model learns little about
    it, and a test of fairness says little. A group that is missing may be kept from the service.

    How to read it
    A ratio of 0.50 means half as many of the group as its share of the reference would bring. The
    reference is taken as known without error, unless the fact `reference_is: sample` says that it
    is a sample. Tests are exact. Beside it stand a test of all groups at once, the share of records
    that would have to be of another group, and each group's distance from the expected share in
    standard deviations.

    What it cannot tell you
    Whether the reference is the right one. Residents are not those who are eligible: children
    with plans, tenants and applicants differ from them in age, need and place, and so in sex and
    ethnic group, with nothing wrong in the data. Compare with those who could be in the table
    where you can. Nor why a share differs, or whether those in the table are typical of their
    group. The census counts residents of March 2021; rows without a known group are not compared,
    and if one group leaves the question open more often, every share is bent.

    References
    Office for National Statistics, Census 2021; Clopper and Pearson (1934), Biometrika 26;
    Haberman (1973), Biometrics 29, on residuals; ISO/IEC TS 12791:2024, on data (from memory).
    """
    found = find_reference(project, by, reference)
    held = held_of(project.table(Role.DECISIONS), by, found.joined)
    return compare_shares(
        held,
        by,
        found.counts,
        people=found.people,
        sampled=found.sampled,
        pool_below=pool_below,
        notes=found.notes,
    )

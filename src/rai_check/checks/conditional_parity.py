"""Whether a rate is alike among cases of the same kind."""

from typing import Annotated, Literal

from pydantic import Field

from rai_check.check import Missing, check
from rai_check.errors import did_you_mean
from rai_check.fairness import METRICS, count, cube_of, planned, refusal
from rai_check.fairness.strata import Within
from rai_check.measurement import CheckResult
from rai_check.project import Meaning, Project, Role, RoleTable


@check(
    "conditional-parity",
    title="Similar rates among like cases",
    limits=("ratio", "difference"),
    needs=("decisions",),
)
def conditional_parity(
    project: Project,
    *,
    by: str,
    strata: tuple[str, ...] = (),
    rate: Literal[
        "selection", "tpr", "fnr", "fpr", "tnr", "precision", "fdr", "for", "npv", "accuracy"
    ] = "selection",
    pool_below: Annotated[int, Field(ge=2, le=100)] = 10,
) -> CheckResult:
    """Compare a rate between groups within each kind of case.

    What it measures
    The `rate` of each group against everyone else within each stratum (the columns that mean
    `stratum`, or those named in `strata`; several are crossed), and from these the ratio or
    difference that is common to the strata. A stratum in which only the group, or nobody of it,
    is found says nothing and is left out; its rows count as not known. Where rows repeat a unit
    or carry sampling weights the two rates are standardised to one mix of strata.

    Why it matters
    Groups may differ in a rate merely because their cases are of different kinds, or may look
    alike because a difference within every kind is hidden by the mix (Simpson's paradox).

    How to read it
    As the rate itself, among like cases. The rate with the strata put together is beside it,
    with the chance of seeing so large a difference between the strata if the gap were the same in
    all, and every stratum that clearly points the other way. Where strata differ, the common
    figure is an average that may fit none of them.

    What it cannot tell you
    Whether it is right to hold the strata constant. If the kind of case is itself decided
    unfairly, or stands in for the characteristic, looking within it explains the unfairness
    away. Strata should be named in the fairness plan before the data is opened.

    References
    Miettinen and Nurminen (1985), Statistics in Medicine 4(2); Mantel and Haenszel (1959),
    Journal of the National Cancer Institute 22(4); Kamiran, Zliobaite and Calders (2013),
    Quantifying Explainable Discrimination, Knowledge and Information Systems 35(3).
    """
    table, metric = project.table(Role.DECISIONS), METRICS[rate]
    columns = _strata(table, strata)
    cube = cube_of(table, (by, *columns))
    within = Within(
        cube=cube,
        counted=count(cube, (by,), metric, pool_below=pool_below),
        columns=columns,
        refusal=refusal(table, cube, metric),
        plan=planned(project, metric),
    )
    return within.compared()


def _strata(table: RoleTable, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The columns to hold constant.

    Raises:
        Missing: there is none, or one of those named is not a stratum.
    """
    have = table.columns(Meaning.STRATUM)
    if not have:
        raise Missing(f"no column of table {table.name!r} means 'stratum'")
    for column in wanted:
        if column not in have:
            near = did_you_mean(column, have)
            raise Missing(f"column {column!r} of table {table.name!r} is not a stratum.{near}")
    return tuple(sorted({*(wanted or have)}))

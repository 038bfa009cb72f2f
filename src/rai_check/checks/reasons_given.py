"""Whether every decision has its reason."""

from rai_check.check import check
from rai_check.fairness.cube import repeated
from rai_check.measurement import CheckResult, Evidence, Exact, Measurement, Proportion, Undefined
from rai_check.project import Meaning, Project, Role
from rai_check.quality.known import known_share
from rai_check.tables import And


@check("reasons-given", title="Every outcome has reasons", needs=("decisions", "reasons"))
def reasons_given(project: Project, *, sample: bool = False) -> CheckResult:
    """Count the decisions that have no reason.

    What it measures
    Rows of the decisions table whose reason column is empty, or holds a value the project
    declares as `not_known`: how many there are or, where the rows are a `sample` of what the
    system does, which share, with its uncertainty. Where rows repeat a declared `unit`, the share
    counts them for what they are worth.

    Why it matters
    A person cannot question a decision that nobody can explain, and a reviewer cannot check it.

    How to read it
    Nought means that every row gives a reason. Nought of a sample of *n* still leaves room for
    about 3 in *n* (95%): to show a share of at most 1 in 100 takes 299 rows without a gap, and of
    at most 5 in 100, 59.

    What it cannot tell you
    Whether the reasons are true, complete, or in words that a resident would understand.

    References
    ICO and The Alan Turing Institute, Explaining Decisions Made with AI: rationale explanation.
    Hanley and Lippman-Hand (1983), If nothing goes wrong, is everything all right?, JAMA 249:1743,
    for 3 in *n*.
    """
    table = project.table(Role.DECISIONS)
    if not table.data.rows:
        empty = Undefined(code="no_rows", text="the decisions table has no rows")
        nothing = Measurement(metric="decisions without a reason", evidence=empty, unit="decisions")
        return CheckResult(measurements=(nothing,))
    given_in_all = And(tuple(table.known(name) for name in table.columns(Meaning.REASON)))
    share = known_share(table, given_in_all, repeated(table) if sample else ())
    without = Proportion(x=share.n - share.x, n=share.n, effective=share.effective)
    evidence: Evidence = without if sample else Exact(value=without.x)
    measured = Measurement(
        metric="share of decisions without a reason" if sample else "decisions without a reason",
        evidence=evidence,
        unit="decisions",
    )
    return CheckResult(measurements=(measured,))

"""Any metric of fairlearn or scikit-learn, by name, for each group."""

from typing import Annotated

from pydantic import AfterValidator, Field

from rai_check.check import check
from rai_check.measurement import CheckResult
from rai_check.metric_frames.catalogue import NAMED, known_metric
from rai_check.metric_frames.compared import Compared
from rai_check.metric_frames.label_tables import label_tables
from rai_check.metric_frames.score_tables import score_tables
from rai_check.project import Project, Role


@check("group-metric", title="A metric by group", needs=("decisions",))
def group_metric(
    project: Project,
    *,
    by: str,
    metric: Annotated[
        str, AfterValidator(known_metric), Field(json_schema_extra={"enum": [*NAMED]})
    ],
    against: str = "rest",
    pool_below: Annotated[int, Field(ge=2, le=100)] = 10,
    resamples: Annotated[int, Field(ge=200, le=10_000)] = 1000,
) -> CheckResult:
    """Compare a metric that fairlearn or scikit-learn gives for each group.

    What it measures
    The metric that the policy names, such as `balanced_accuracy_score`, `f1_score`,
    `matthews_corrcoef`, `roc_auc_score` or `brier_score_loss`, worked out for each group by
    fairlearn's MetricFrame, less the same metric among everyone else (`against` may name a
    group, or be `all-pairs`). Metrics of scores need a score column. How far chance could move
    it comes from drawing each group's rows again, `resamples` times; where rows repeat a person,
    whole people are drawn.

    Why it matters
    A policy may ask for a measure that has no check of its own here, or the one that a supplier
    reports.

    How to read it
    A difference of 0 means that the metric is the same; whether more is better depends on the
    metric. The limit is on that difference, in the metric's own units, and is written `of: value`
    (it need not be a difference of two rates). A group in which the metric has no meaning (nobody
    needed the outcome, say) is undefined, whatever number the library prints there; so is one of
    fewer than 10 rows in any denominator, 20 of either class for the AUC and average precision,
    30 for means of scores.

    What it cannot tell you
    Whether the metric is the right one. The largest or smallest value over groups is never
    tested: chance alone makes a gap between extremes. For rates, `selection-rate`, `error-rate`,
    `predictive-value` and `accuracy` test the counts themselves and are surer in small groups.
    Scores are counted in up to 1,024 steps, each at its mean.

    References
    Weerts and others (2023), Journal of Machine Learning Research 24 (fairlearn); Pedregosa and
    others (2011), Journal of Machine Learning Research 12 (scikit-learn); Efron and Tibshirani
    (1993), An Introduction to the Bootstrap; Agresti and Caffo (2000), The American
    Statistician 54(4).
    """
    named = NAMED[metric]
    counted = label_tables if named.kind == "labels" else score_tables
    tables = counted(project.table(Role.DECISIONS), by, named, pool_below=pool_below)
    return Compared(tables=tables, named=named, times=resamples, seed=project.seed).result(against)

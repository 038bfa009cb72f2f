"""Group fairness on counts: one cube a table, every metric read off it, groups compared."""

from rai_check.fairness.compare import compare, compare_rates, planned, refusal
from rai_check.fairness.cube import Cube, cube_of
from rai_check.fairness.metrics import METRICS, Metric
from rai_check.fairness.tally import Counted, GroupCount, count

__all__ = [
    "METRICS",
    "Counted",
    "Cube",
    "GroupCount",
    "Metric",
    "compare",
    "compare_rates",
    "count",
    "cube_of",
    "planned",
    "refusal",
]

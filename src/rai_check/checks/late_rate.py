"""How often each group waits too long."""

import math
from typing import Annotated

from pydantic import Field

from rai_check.check import RATES, check
from rai_check.fairness.waits import compare_late
from rai_check.measurement import CheckResult
from rai_check.project import Project, Role


@check(
    "late-rate",
    title="Similar late rates",
    limits=RATES,
    needs=("decisions",),
)
def late_rate(
    project: Project,
    *,
    by: str,
    after: Annotated[float, Field(ge=0, lt=math.inf)],
    against: str = "rest",
    pool_below: Annotated[int, Field(ge=2, le=100)] = 10,
) -> CheckResult:
    """Compare how often each group waits longer than a number of days.

    What it measures
    The share of each group that waited more than `after` days (the column that means `wait`),
    set against the share among everyone else. Someone who waited exactly that long is not late.
    `against` may name a reference group instead, or be `all-pairs`. Groups with fewer than
    `pool_below` rows are put together as "small groups together" and still tested.

    Why it matters
    A statutory or promised time limit is broken for people one at a time. A mean can look equal
    while one group has most of the very long waits.

    How to read it
    A ratio of 1.50 means three people of the group were late for every two among everyone else.
    Judge a difference with a ratio beside it: where few are late, any difference is small.

    What it cannot tell you
    Why people waited. Anything about rows whose wait is blank: people who are still waiting have
    none, and they are the ones who wait longest. Give such a row the days waited so far once
    that is more than `after`; leave it blank before, and it counts against the known share.

    References
    Miettinen and Nurminen (1985), Statistics in Medicine 4(2); Equality Act 2010, section 149.
    """
    return compare_late(
        project,
        project.table(Role.DECISIONS),
        by,
        after=after,
        against=against,
        pool_below=pool_below,
    )

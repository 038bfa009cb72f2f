"""Who is at the top of a ranking by score, compared between groups."""

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, cast

import numpy as np

from rai_check.fairness.compare import compare, refusal
from rai_check.fairness.cube import Threshold, cube_of
from rai_check.fairness.edges import BINS, UNIT, declared_numbers, value_edges
from rai_check.fairness.estimates import weighted
from rai_check.fairness.metrics import METRICS
from rai_check.fairness.scores import score_column
from rai_check.fairness.tally import count
from rai_check.measurement import CheckResult, Undefined
from rai_check.project.project import Project
from rai_check.project.role_table import RoleTable
from rai_check.tables import Cut

if TYPE_CHECKING:
    from numpy.typing import NDArray


MOST = 2
"""How many times as many as asked for ties may put at the top."""


def compare_top(
    project: Project,
    table: RoleTable,
    by: str,
    *,
    share: float,
    against: str,
    pool_below: int,
) -> CheckResult:
    """Compare how often each group is in the top `share` per cent of a score.

    Raises:
        Missing, DataError: as `score_column`, `cube_of`, `count` and `compare`.
    """
    column = score_column(table)
    metric = replace(
        METRICS["selection"],
        id="top",
        name=f"share of the top {share:g}%",
        nobody="whose score is known",
    )
    top = top_of(table, column, share)
    cube = cube_of(table, (by,), prediction=Threshold(column, top.at_least if top else 0.0))
    counted = count(cube, (by,), metric, pool_below=pool_below)
    plan = project.file.fairness_plan
    return compare(
        cube,
        counted,
        against=against,
        plan=share / 100 if plan is None else plan.base_rates.get(metric.name, share / 100),
        refusal=weighted(table, metric.name) or _tied(top, share) or refusal(table, cube, metric),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Top:
    """The top of a ranking.

    Attributes:
        at_least: the score that it begins at.
        rows: how many rows have that score or a higher one.
        scored: how many have a score.
        asked: how many of them the share asked for is.
    """

    at_least: float
    rows: int
    scored: int
    asked: int


def _tied(top: Top | None, share: float) -> Undefined | None:
    if top is None or top.rows < MOST * top.asked:
        return None
    text = f"so many rows have the same score that the top {share:g}% would hold "
    return Undefined(code="ties", text=f"{text}{top.rows / top.scored:.0%} of those scored")


def top_of(table: RoleTable, column: str, share: float) -> Top | None:
    """Find where the top `share` per cent of a score begins; None where nobody has a score.

    Whoever has the same score as the last of them is in the top too, and so are scores that
    differ from it by less than the width of the bins: a millionth, for scores from 0 to 1. Two
    passes: one over all scores and one within the bin that the edge falls into.
    """
    key = ("top", column, share)
    if key not in table.memo:
        table.memo[key] = _found(table, column, share)
    return cast("Top | None", table.memo[key])


def _found(table: RoleTable, column: str, share: float) -> Top | None:
    edges, n = _counted(table, column, UNIT)
    if n[0] or n[-1]:  # scores outside 0 to 1
        edges, n = _counted(table, column, value_edges(table, column))
    if not (scored := int(n.sum())):
        return None
    need = math.ceil(Fraction(str(share)) * scored / 100)
    place = _last(n, need)
    if place + 1 < len(edges):
        inside = np.linspace(edges[place], edges[place + 1], BINS + 1)
        edges, n = _counted(table, column, tuple(np.unique(inside).tolist()))
        place = _last(n, need)
    return Top(at_least=float(edges[place]), rows=int(n[place:].sum()), scored=scored, asked=need)


def _last(n: "NDArray[np.int64]", need: int) -> int:
    """The highest bin that so many rows are in or above."""
    return int(np.flatnonzero(np.cumsum(n[::-1])[::-1] >= need)[-1])


def _counted(
    table: RoleTable, column: str, edges: tuple[float, ...]
) -> "tuple[NDArray[np.float64], NDArray[np.int64]]":
    """Lower edges of the bins of a score, and how many rows are in each."""
    codes = declared_numbers(table.spec.columns[column].not_known)
    after = (math.nextafter(code, math.inf) for code in codes)
    cut = Cut(column, tuple(sorted({*edges, *codes, *after})))
    cells = table.data.cells([cut])
    lower = np.array([-math.inf, *cut.edges])
    n = np.zeros(len(lower), dtype=np.int64)
    for key, rows in zip(np.array(cells.keys[0])[cells.codes[:, 0]], cells.n, strict=True):
        if key is not None and lower[int(key)] not in codes:
            n[int(key)] += rows
    return lower, n

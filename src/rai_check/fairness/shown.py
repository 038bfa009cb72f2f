"""What stands beside a comparison for the reader: own rates, the worst pair, the spread."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from rai_check.fairness.metrics import METRICS, Metric
from rai_check.fairness.outcomes import NO, UNKNOWN, YES
from rai_check.fairness.tally import Counted, GroupCount
from rai_check.measurement import (
    NOBODY,
    NOT_KNOWN,
    Evidence,
    Exact,
    Measurement,
    Proportion,
    TwoProportions,
    Undefined,
    where_of,
)
from rai_check.reconcile import reconciled

SELECTION = METRICS["selection"]

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rai_check.fairness.designs import Designer


def information(counted: Counted, designer: "Designer") -> tuple[Measurement, ...]:
    """Each group's own rate and that of the not known, the worst pair, the spread, fairlearn's.

    Fairlearn is asked once for each characteristic, not for each intersection.
    """
    shown = [g for g in counted.groups if g.n]
    if not shown:
        return ()
    return (
        *_rates(counted, designer, shown),
        _worst(counted, designer, shown),
        *(_spread(counted.metric, shown) if not designer.designed else ()),
        *_inequality(designer, shown),
        *(_agreed(counted.metric, designer, shown) if len(counted.columns) == 1 else ()),
    )


def _rates(
    counted: Counted, designer: "Designer", shown: list[GroupCount]
) -> Iterator[Measurement]:
    metric = f"{counted.metric.name} of each group"
    for group in [*shown, counted.unknown]:  # of nobody too: a report tells none from few by it
        yield Measurement(
            metric=metric,
            evidence=_own(designer, group),
            where=counted.where(group),
            members=group.members,
            information=True,
            notes=() if group.label != NOT_KNOWN else ("Shown, not compared.",),
        )


def _own(designer: "Designer", group: GroupCount) -> Evidence:
    if not group.n:
        return Undefined(code=NOBODY, text="nobody whose group is not known")
    rate, effective = designer.own(group)
    weighted = rate if designer.cube.weights is not None else None
    return Proportion(x=group.x, n=group.n, effective=effective, weighted=weighted)


def _worst(counted: Counted, designer: "Designer", shown: list[GroupCount]) -> Measurement:
    low = min(shown, key=lambda g: (designer.own(g)[0], g.label))
    high = max(shown, key=lambda g: (designer.own(g)[0], g.label))
    return Measurement(
        metric=f"{counted.metric.name}, lowest against highest",
        evidence=TwoProportions(
            x=low.x, n=low.n, x0=high.x, n0=high.n, design=designer.of(low, high)
        ),
        where=counted.where(low),
        against=high.label,
        members=low.members,
        information=True,
        notes=_worse(counted.metric),
    )


def _worse(metric: Metric) -> tuple[str, ...]:
    """Which way a group is worse off, where the rate itself says."""
    way = {"up": "higher", "down": "lower"}.get(metric.harm)
    return (f"A group is worse off where its {metric.name} is {way}.",) if way else ()


def _spread(metric: Metric, shown: list[GroupCount]) -> Iterator[Measurement]:
    """The standard deviation between groups, without what chance alone would add."""
    if len(shown) < 2 or any(g.n < 2 for g in shown):  # noqa: PLR2004 - a spread needs two
        return
    from rai_check.stats.spread import between_groups

    found = between_groups([g.x for g in shown], [g.n for g in shown])
    yield Measurement(
        metric=f"{metric.name}, spread between groups",
        evidence=Exact(value=round(found.sd, 3)),
        where=where_of({}),
        unit="rate",
        information=True,
        notes=("Standard deviation between groups, after taking out what chance adds.",),
    )


def _inequality(designer: "Designer", shown: list[GroupCount]) -> Iterator[Measurement]:
    """How unequally right and wrong decisions fall on people (Speicher et al. 2018)."""
    if designer.counted.metric.id != "accuracy" or designer.designed:
        return
    from rai_check.stats.entropy import generalised_entropy

    cells = [cell for g in shown for cell in g.cells]
    table = designer.cube.counts[cells].sum(axis=0)
    four = (table[YES, YES], table[YES, NO], table[NO, YES], table[NO, NO])
    yield Measurement(
        metric="generalised entropy of outcomes, a ratio",
        evidence=Exact(value=round(generalised_entropy(*(int(n) for n in four)), 3)),
        where=where_of({}),
        unit="ratio",
        information=True,
        notes=("Of the benefit (predicted - true + 1) over people; 0 where all fare alike.",),
    )


def _asked(
    metric: Metric, tables: "list[NDArray[np.float64]]"
) -> "tuple[str, list[NDArray[np.float64]], str]":
    """What fairlearn is asked for: its name of the rate, the counts, and what their agreeing says.

    A share that it has no name for is a selection of its own axis of the counts, where it is one;
    of any other only the division can be compared.
    """
    if METRICS.get(metric.id) == metric:
        return metric.id, tables, metric.name
    if (metric.event, metric.among) == (SELECTION.event, SELECTION.among):
        return SELECTION.id, tables, metric.name
    turned = [frozenset((b, a) for a, b in one) for one in (metric.event, metric.among)]
    if turned == [SELECTION.event, SELECTION.among]:
        return SELECTION.id, [table.T for table in tables], metric.name
    return SELECTION.id, [_as_selection(metric, t) for t in tables], "quotient of counts"


def _as_selection(metric: Metric, table: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Events as if they had been picked, and the others as if they had not."""
    x = (table * metric.x_mask()).sum()
    found = np.zeros((3, 3))
    found[YES, UNKNOWN], found[NO, UNKNOWN] = x, (table * metric.n_mask()).sum() - x
    return found


def _agreed(metric: Metric, designer: "Designer", shown: list[GroupCount]) -> Iterator[Measurement]:
    cube = designer.cube
    held = cube.counts if cube.weights is None else cube.weights
    confusion = [held[list(g.cells)].sum(axis=0) for g in shown]
    name, asked, same = _asked(metric, confusion)
    gap, version = reconciled(name, asked, [designer.own(g)[0] for g in shown])
    note = f"fairlearn {version} gives the same {same} for each group on these counts."
    yield Measurement(
        metric="largest difference from fairlearn's rates",
        evidence=Exact(value=gap),
        about_people=False,
        unit="rates",
        information=True,
        notes=(note,),
    )

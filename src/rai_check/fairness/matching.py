"""The same groups counted twice, such as by two rates or in two tables, put side by side."""

from collections.abc import Container, Sequence
from dataclasses import replace

from rai_check.fairness.tally import Counted, GroupCount, together
from rai_check.measurement import SMALL_GROUPS


def matched(
    *counted: Counted, pool_below: int, alone: Container[tuple[str, ...]] = ()
) -> tuple[Counted, ...]:
    """Give every count the same groups in the same order.

    Groups smaller than `pool_below` in any of the counts are put together in all of them; one
    whose rows are all unusable in one of them stays alone, so that it shows.

    Args:
        counted: counts of the same columns, nothing put together yet.
        pool_below: least size to stand alone.
        alone: labels of groups that stay alone however small.
    """
    labels = sorted({g.labels for one in counted for g in one.groups})
    sides = [_by_label(one, labels) for one in counted]
    small = {
        label
        for label in labels
        if label not in alone
        and any(side[label].size < pool_below for side in sides)
        and not any(side[label].rows and not side[label].usable for side in sides)
    }
    return tuple(
        replace(one, groups=_pooled([side[label] for label in labels], small))
        for one, side in zip(counted, sides, strict=True)
    )


def _by_label(
    counted: Counted, labels: Sequence[tuple[str, ...]]
) -> dict[tuple[str, ...], GroupCount]:
    held = {g.labels: g for g in counted.groups}
    nobody = [GroupCount(labels=at, x=0, n=0, usable=0, rows=0) for at in labels if at not in held]
    return {**held, **{g.labels: g for g in nobody}}


def _pooled(groups: Sequence[GroupCount], small: set[tuple[str, ...]]) -> tuple[GroupCount, ...]:
    alone = [g for g in groups if g.labels not in small]
    put = [g for g in groups if g.labels in small]
    if not put:
        return tuple(alone)
    names = tuple(g.label for g in put)
    return (*alone, together((SMALL_GROUPS,) * len(put[0].labels), put, names))

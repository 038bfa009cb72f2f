"""A MetricFrame that somebody has already made, as evidence: counts where they can be had."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from rai_check.check import Missing
from rai_check.errors import UsageError, did_you_mean
from rai_check.measurement import (
    NOBODY,
    NOBODY_BESIDE,
    NOT_KNOWN,
    SMALL_GROUPS,
    CheckResult,
    Evidence,
    Measurement,
    Proportion,
    TwoProportions,
    Undefined,
    where_of,
)
from rai_check.metric_frames.catalogue import NAMED
from rai_check.metric_frames.given import Given, Group, given

COUNT = "count"
OF_EVERYONE = frozenset({"selection_rate", "accuracy_score", "zero_one_loss"})
"""Metrics whose denominator is everyone in the group, so that `count` counts it."""
NO_COUNTS = Undefined(
    code="no_counts",
    text="a MetricFrame of point values without counts cannot be tested; add `count` to its "
    "metrics, or name the metric that counts this one's denominator",
    mendable=True,
)
NOT_COUNTS = Undefined(
    code="no_counts",
    text="the values are not whole numbers of the count named for them: the metric is no rate, is "
    "weighted, or has another denominator",
    mendable=True,
)
_NOTHING: Mapping[str, str] = MappingProxyType({})


def from_metric_frame(
    frame: object,
    *,
    counts: Mapping[str, str] = _NOTHING,
    labels: Mapping[str, str] = _NOTHING,
    not_known: Collection[str] = (),
    pool_below: int = 10,
) -> CheckResult:
    """Turn a fairlearn MetricFrame into measurements, each group against everyone else.

    A value without the people behind it cannot be tested. Where the frame counts the denominator
    of a rate, the events are had back as rate x count, checked to be whole; any other metric is
    undefined. For `selection_rate`, `accuracy_score` and `zero_one_loss` the denominator is
    everyone, so that fairlearn's `count` among the metrics is enough; for another rate name the
    metric that counts its denominator, such as those who needed the outcome.

    Args:
        frame: made with a dictionary of metrics, without control features.
        counts: metric → the metric of the frame that counts its denominator.
        labels: value of a group → its name. A value that is not here is "undeclared group N", for
            a value of the data may be shown only if it was declared.
        not_known: values that say that the group is not known, as blanks do: shown where there
            are counts, not compared.
        pool_below: groups of fewer are put together as "small groups together".

    Returns:
        A measurement for each metric and group: `TwoProportions`, or `Undefined` where there are
        no counts or nobody. Give it back from a check of your own, and a policy judges it.

    Raises:
        UsageError: it is no MetricFrame, has control features, or lacks a metric that is named;
            or the labels are not text.
        DataError: a value of a group is not text, or a metric's not a number.
        Missing: it has fewer than two groups, or nothing but counts.
    """
    found = given(frame, labels, not_known)
    for name in (*counts, *counts.values()):
        if name not in found.values:
            near = did_you_mean(name, found.values)
            raise UsageError(f"The MetricFrame has no metric {name!r}.{near}")
    whole = {name: COUNT for name in OF_EVERYONE & {*found.values} if COUNT in found.values}
    denominators = {**whole, **counts}
    metrics = [name for name in found.values if name not in {COUNT, *counts.values()}]
    if not metrics:
        raise Missing("the MetricFrame has no metric besides its counts")
    return CheckResult(
        measurements=tuple(
            measurement
            for name in metrics
            for measurement in _of_metric(found, name, denominators.get(name), pool_below)
        )
    )


def _of_metric(
    found: Given, name: str, denominator: str | None, pool_below: int
) -> list[Measurement]:
    groups = found.counted(name, denominator) if denominator else None
    if groups is None:
        refusal = NOT_COUNTS if denominator else NO_COUNTS
        return [_measurement(found, name, g, refusal) for g in _uncounted(found)]
    known = [g for g in groups if NOT_KNOWN not in g.labels]
    pooled = _pooled(known, pool_below, len(found.features))
    x, n = sum(g.x for g in pooled), sum(g.n for g in pooled)
    measured = [_measurement(found, name, g, _evidence(g, x - g.x, n - g.n)) for g in pooled]
    return [*measured, *(_shown(found, name, g) for g in groups if g not in known and g.n)]


def _shown(found: Given, name: str, group: Group) -> Measurement:
    """Those whose group is not known."""
    one = _measurement(found, name, group, Proportion(x=group.x, n=group.n))
    metric, notes = f"{one.metric} of each group", ("Shown, not compared.",)
    return replace(one, metric=metric, against=None, information=True, notes=notes)


def _uncounted(found: Given) -> list[Group]:
    known = {labels for labels in found.groups if NOT_KNOWN not in labels}
    return [Group(labels=labels, x=0, n=0) for labels in sorted(known)]


def _pooled(groups: Sequence[Group], below: int, features: int) -> list[Group]:
    small = [g for g in groups if g.n < below]
    if not small:
        return list(groups)
    together = Group(
        labels=(SMALL_GROUPS,) * features,
        x=sum(g.x for g in small),
        n=sum(g.n for g in small),
        members=tuple(" & ".join(g.labels) for g in small),
    )
    return [*(g for g in groups if g.n >= below), together]


def _evidence(group: Group, x0: int, n0: int) -> Evidence:
    if not group.n:
        return Undefined(code=NOBODY, text="nobody to measure it on")
    if not n0:
        return Undefined(code=NOBODY_BESIDE, text="nobody to compare with")
    return TwoProportions(x=group.x, n=group.n, x0=x0, n0=n0)


def _measurement(found: Given, name: str, group: Group, evidence: Evidence) -> Measurement:
    return Measurement(
        metric=NAMED[name].title if name in NAMED else name.replace("_", " "),
        evidence=evidence,
        where=where_of(dict(zip(found.features, group.labels, strict=True))),
        against="rest",
        members=group.members,
    )

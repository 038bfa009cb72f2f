"""Each group's share of a table against its share of a population."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rai_check.check import Missing
from rai_check.fairness.held import Held
from rai_check.measurement import (
    NOBODY,
    NOBODY_BESIDE,
    NOT_KNOWN,
    SMALL_GROUPS,
    CheckResult,
    Evidence,
    Exact,
    Measurement,
    Proportion,
    Share,
    TwoProportions,
    Undefined,
    where_of,
)

METRIC = "share of records"
NO_REFERENCE = "no_reference"
"""Code of a group of the data that the population has nobody in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """One group, or small ones together: `x` of the data, `x0` of the population."""

    label: str
    x: int
    x0: int
    members: tuple[str, ...] = ()


def compare_shares(
    held: Held,
    by: str,
    reference: Mapping[str, int],
    *,
    people: str,
    sampled: bool,
    pool_below: int,
    notes: tuple[str, ...] = (),
) -> CheckResult:
    """Set each group's share of the data against its share of a population.

    Args:
        held: the data.
        by: the group column.
        reference: the population's counts by the same labels.
        people: who they are, to be read after "of".
        sampled: whether those counts are a sample themselves.
        pool_below: groups of which fewer would be expected are put together.
        notes: on the population.

    Raises:
        Missing: nobody's group is known, or there are fewer than two groups to compare.
    """
    if not held.known:
        raise Missing(f"no row has a known group in column {by!r}")
    labels = sorted({*held.counts, *(label for label, n in reference.items() if n)})
    everyone = sum(reference.values())
    if len(labels) < 2 or not everyone:  # noqa: PLR2004 - a comparison needs two
        raise Missing(f"column {by!r} has fewer than two groups to compare with the reference")
    sides = [
        _Side(label=label, x=held.counts.get(label, 0), x0=reference.get(label, 0))
        for label in labels
    ]
    # A population that leaves a group out says how the others share what it counts, no more: they
    # are set against it among themselves.
    counted = sum(side.x for side in sides if side.x0 or sampled)
    pooled = _pooled(sides, counted, everyone, pool_below)
    measured = tuple(
        Measurement(
            metric=METRIC,
            evidence=_evidence(side, counted, everyone, people, sampled=sampled),
            where=where_of({by: side.label}),
            against=people,
            members=side.members,
            size=counted,
            known=held.known,
            total=held.total,
            unit=held.unit,
            notes=(*held.notes, *notes),
        )
        for side in pooled
    )
    return CheckResult(
        measurements=(*measured, *_information(held, by, pooled, everyone, sampled=sampled)),
        expected=tuple(where_of({by: label}) for label in labels),
    )


def _evidence(side: _Side, n: int, n0: int, people: str, *, sampled: bool) -> Evidence:
    if side.x == n and side.x0 == n0 and side.members:
        text = "every group is so small that all are put together, which leaves nobody to compare"
        return Undefined(code=NOBODY_BESIDE, text=text)
    if sampled:
        return TwoProportions(x=side.x, n=n, x0=side.x0, n0=n0)
    if not side.x0:
        text = f"nobody of {people} is counted in it, so there is no share to compare it with"
        return Undefined(code=NO_REFERENCE, text=text, mendable=True)
    if side.x0 == n0:
        text = f"nobody of {people} is counted in any other group, so there is no share to compare"
        return Undefined(code=NOBODY_BESIDE, text=text, mendable=True)
    return Share(x=side.x, n=n, x0=side.x0, n0=n0)


def _pooled(sides: list[_Side], n: int, n0: int, below: int) -> list[_Side]:
    """Put groups together of which few would be expected: one that is missing stands alone.

    By what is expected and never by what is there: of groups that chance moved over the line the
    pool would lose the full ones and keep the empty ones.
    """

    def is_small(side: _Side) -> bool:
        return n * side.x0 / n0 < below and (side.x0 > 0 or not side.x)

    small = [side for side in sides if is_small(side)]
    if len(small) < 2:  # noqa: PLR2004 - one alone stays under its own name
        return sides
    together = _Side(
        label=SMALL_GROUPS,
        x=sum(side.x for side in small),
        x0=sum(side.x0 for side in small),
        members=tuple(side.label for side in small),
    )
    return [*(side for side in sides if not is_small(side)), together]


def _own(held: Held, by: str, sides: list[_Side]) -> Iterator[Measurement]:
    """Shares by themselves; of the records whose group is not known none is of a known one."""
    unknown = held.total - held.known
    nobody = Undefined(code=NOBODY, text="nobody whose group is not known")
    known = [(s.label, s.members, Proportion(x=s.x, n=held.known), ()) for s in sides]
    lost = Proportion(x=0, n=unknown) if unknown else nobody
    for label, members, evidence, notes in (
        *known,
        (NOT_KNOWN, (), lost, ("Shown, not compared.",)),
    ):
        yield Measurement(
            metric=f"{METRIC} of each group",
            evidence=evidence,
            where=where_of({by: label}),
            members=members,
            unit=held.unit,
            information=True,
            notes=notes,
        )


def _information(
    held: Held, by: str, sides: list[_Side], n0: int, *, sampled: bool
) -> Iterator[Measurement]:
    """Each group's own share, what is not known, how far all are off together, residuals."""
    yield from _own(held, by, sides)
    compared = [side for side in sides if side.x0]
    if sampled or len(compared) < len(sides) or len(compared) < 2:  # noqa: PLR2004 - as above
        return
    from rai_check.stats.goodness import departure, dissimilarity, residuals

    counts, shares = [side.x for side in compared], [side.x0 / n0 for side in compared]
    found, every = departure(counts, shares), where_of({by: "every group"})
    fewest = min(counts)
    yield Measurement(
        metric=f"{METRIC} that would have to be of another group",
        evidence=Exact(value=round(dissimilarity(counts, shares), 2)),
        where=every,
        unit="share",
        least=fewest,
        information=True,
        notes=("Half the sum of the differences of shares; 0 where all are as in the reference.",),
    )
    yield Measurement(
        metric=f"{METRIC}, chance of so large a departure from the reference",
        evidence=Exact(value=float(f"{found.p:.3g}")),
        where=every,
        unit="rate",
        least=fewest,
        information=True,
        notes=(f"{found.method[:1].upper()}{found.method[1:]} test of {found.groups} groups.",),
    )
    for side, residual in zip(compared, residuals(counts, shares), strict=True):
        yield Measurement(
            metric=f"distance from the expected {METRIC}, as a ratio to its standard deviation",
            evidence=Exact(value=float(round(residual))),
            where=where_of({by: side.label}),
            members=side.members,
            unit="ratio",
            information=True,
            notes=("Adjusted residual, in whole numbers; beyond 2 or 3 either way stands out.",),
        )

"""A vendor's figures set beside what its engine makes of our counts."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rai_check.conventions.confusion import Confusion, Figure
from rai_check.conventions.named import CONVENTIONS, Convention, convention
from rai_check.errors import UsageError, did_you_mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """One figure of a vendor, and what the convention makes of our counts."""

    name: str
    group: str | None
    theirs: float | bool
    ours: float | bool
    """What that engine would print on our counts."""
    agrees: bool
    given_by: tuple[str, ...]
    """Every convention under which the same quantity on our counts is what the vendor printed."""

    @property
    def sentence(self) -> str:
        """What came of it, for a reader."""
        what = f"{self.name} of {self.group}" if self.group else self.name
        if self.agrees:
            return f"{what}: the vendor's figure follows from our counts."
        said = f"{what}: the vendor's figure does not follow from our counts"
        if not self.given_by:
            return f"{said} under any convention; the counts behind it must differ from ours."
        return f"{said}, but it does under the convention {' or '.join(self.given_by)}."


def reconcile_vendor(
    name: str,
    groups: Sequence[Confusion],
    printed: Sequence[Figure],
    *,
    reference: str | None = None,
    places: int = 4,
) -> tuple[Reconciled, ...]:
    """Say which of a vendor's figures follow from our counts under a named convention.

    This tells whether two parties speak of the same data and the same formula. It says nothing of
    fairness: the checks assess the counts themselves, with their uncertainty.

    Args:
        name: ``fairlearn``, ``aif360``, ``aequitas`` or ``clarify``.
        groups: our counts.
        printed: the vendor's figures, each by the name (and group) that its engine gives it.
        reference: label of the reference group, for the conventions that have one.
        places: decimal places that the vendor printed; half a unit of the last is allowed.

    Raises:
        UsageError: an unknown convention, or a figure that it does not have.
    """
    chosen = convention(name)
    made = chosen.figures(groups, reference)
    others = [f for one in CONVENTIONS.values() for f in _made(one, groups, reference)]
    half = 0.5 * 10.0**-places
    return tuple(_one(chosen.name, theirs, made, others, half) for theirs in printed)


def _made(
    one: Convention, groups: Sequence[Confusion], reference: str | None
) -> list[tuple[str, Figure]]:
    if len(groups) < one.least or (one.needs_reference and reference is None):
        return []
    return [(one.name, figure) for figure in one.figures(groups, reference)]


def _one(
    chosen: str,
    theirs: Figure,
    made: Sequence[Figure],
    others: Sequence[tuple[str, Figure]],
    half: float,
) -> Reconciled:
    ours = [f for f in made if f.name == theirs.name and theirs.group in {f.group, None}]
    if len(ours) != 1:
        named = sorted({f.name for f in made})
        if theirs.name not in named:
            near = did_you_mean(theirs.name, named)
            raise UsageError(f"Convention {chosen!r} has no figure {theirs.name!r}.{near}")
        raise UsageError(
            f"Say which group the figure {theirs.name!r} is of, by one of your labels."
        )
    same = [
        name
        for name, f in others
        if ours[0].quantity
        and f.quantity == ours[0].quantity
        and (None in {f.group, ours[0].group} or f.group == ours[0].group)
        and _agree(theirs.value, f.value, half)
    ]
    return Reconciled(
        name=theirs.name,
        group=theirs.group,
        theirs=theirs.value,
        ours=ours[0].value,
        agrees=_agree(theirs.value, ours[0].value, half),
        given_by=tuple(dict.fromkeys(same)),
    )


def _agree(theirs: float | bool, ours: float | bool, half: float) -> bool:  # noqa: FBT001 - an engine prints either
    if isinstance(theirs, bool) or isinstance(ours, bool):
        return theirs is ours
    if math.isnan(theirs) or math.isnan(ours):
        return math.isnan(theirs) and math.isnan(ours)
    return theirs == ours or abs(theirs - ours) <= half * (1 + 1e-9)

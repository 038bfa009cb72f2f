"""Counts of predictions against the truth in one group, and figures that engines make of them."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, fields

from rai_check.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusion:
    """One group: people who needed the outcome or not, picked or not.

    Raises:
        UsageError: a count is not a whole number of at least 0, or there is nobody at all.
    """

    label: str
    tp: int
    """Needed it and were picked."""
    fp: int
    """Did not need it and were picked."""
    fn: int
    """Needed it and were not picked."""
    tn: int
    """Did not need it and were not picked."""

    def __post_init__(self) -> None:
        for field in fields(self)[1:]:
            value = getattr(self, field.name)
            if isinstance(value, bool) or not isinstance(value, int) or value < 0:
                raise UsageError(f"Confusion: {field.name} must be a whole number of at least 0.")
        if not self.n:
            raise UsageError("Confusion: a group with nobody in it has no figures; leave it out.")

    @property
    def n(self) -> int:
        """Everyone."""
        return self.tp + self.fp + self.fn + self.tn

    @property
    def needed(self) -> int:
        """Whose truth is positive."""
        return self.tp + self.fn

    @property
    def not_needed(self) -> int:
        """Whose truth is negative."""
        return self.fp + self.tn

    @property
    def picked(self) -> int:
        """Whose prediction is positive."""
        return self.tp + self.fp

    @property
    def passed_over(self) -> int:
        """Whose prediction is negative."""
        return self.fn + self.tn


def pooled(label: str, groups: Iterable[Confusion]) -> Confusion:
    """Several groups as one."""
    held = list(groups)
    return Confusion(
        label=label,
        tp=sum(g.tp for g in held),
        fp=sum(g.fp for g in held),
        fn=sum(g.fn for g in held),
        tn=sum(g.tn for g in held),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number (or a yes or no) as an engine prints it; NaN and infinity are the engine's own."""

    name: str
    """What that engine calls it."""
    value: float | bool
    group: str | None = None
    """Whose it is; None for a figure of all groups together."""
    quantity: str = ""
    """What it is a figure of, by a name that all conventions share; empty where it is alone."""


def ieee(top: float, bottom: float) -> float:
    """Divide as floating-point arithmetic does: 0/0 is NaN, x/0 infinite."""
    if bottom:
        return top / bottom
    return math.nan if not top or math.isnan(top) else math.copysign(math.inf, top)


def or_zero(top: float, bottom: float) -> float:
    """Divide, and take it for 0.0 where the denominator is empty."""
    return top / bottom if bottom else 0.0

"""The lines of a control as a shared report may show them: measurements with protected numbers."""

from dataclasses import dataclass
from typing import Literal

from rai_check.judgement import LimitUsed, ShownInterval
from rai_check.measurement import Asked, Where
from rai_check.outcome import Outcome
from rai_check.protected import Count, Part

Effect = Literal["ratio", "difference", "odds", "value", "change"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPlanning:
    """What a comparison could show, worked out from the sizes shown."""

    rate: float | None
    """None where what is compared is not a rate."""
    planned: bool
    """Whether the fairness plan named the rate; otherwise it is what was observed."""
    rows_needed: int | None
    below: float | None
    above: float | None
    """Smallest departures from equality that would have been seen; None where none would be,
    or the sizes may not be shown."""
    sized: bool
    """Whether the sizes may be shown, so that `below` and `above` were worked out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicMeasurement:
    """A measurement with protected numbers; what does not arise is None."""

    metric: str
    kind: str
    """Kind of the evidence, as in `rai_check.measurement`."""
    where: Where
    against: str | None
    members: tuple[str, ...]
    unit: str
    about_people: bool
    notes: tuple[str, ...]
    own: Part | None = None
    other: Part | None = None
    quantity: Count | None = None
    quantity_of: Literal["count", "value"] = "count"
    """Whether an exact quantity counts something, or was worked out from counts."""
    population: Count | None = None
    effect: float | None = None
    effect_of: Effect = "value"
    interval: ShownInterval | None = None
    known: Part | None = None
    undefined: str = ""
    undefined_code: str = ""
    """Why there is no number, as a sentence and as its code."""
    mendable: bool = False
    """Whether someone can put right what kept it from being measured."""
    asked: Asked | None = None
    left_out: bool = False
    """Whether the worst pair, or what is common to strata, was worked out without groups or
    strata whose numbers may not be shown."""
    before: tuple[Part, Part] | None = None
    """For a change: the two sides under today's process; `own` and `other` are the tool's."""
    strata: int = 0
    """Among how many strata a comparison was made; 0 where it was made on the whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicLine:
    """A line of a control without p values or true counts."""

    check: str
    outcome: Outcome
    code: str
    reason: str
    measurement: PublicMeasurement | None
    limit: LimitUsed | None
    tests: tuple[str, ...]
    """Names of the tests that were run."""
    decided_by: ShownInterval | None
    """The interval at the level of the rule that decided, where a test did."""
    planning: PublicPlanning | None
    leans: bool
    """Inconclusive, though its own unadjusted test says fail: no mitigation may cover it."""
    covered_by: tuple[str, ...]

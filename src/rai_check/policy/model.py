"""The typed model of a policy: controls with limits, severities, stages and sources."""

import re
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from rai_check.documents import Day, Document
from rai_check.outcome import Severity, Stage

Text = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
CONTROL_ID = r"^[A-Z]{2,5}-\d{2,3}$"
SLUG = r"^[a-z][a-z0-9\-]{0,63}$"


def _control_id(value: object) -> object:
    """Say in words what the pattern asks, before it is tried."""
    if isinstance(value, str) and not re.search(CONTROL_ID, value.strip()):
        raise ValueError(
            "a control's id is two to five capitals, a hyphen and two or three digits, "
            "such as FA-06"
        )
    return value


def _slug(value: object) -> object:
    """As `_control_id`, for the names of policies, checks and families."""
    if isinstance(value, str) and not re.search(SLUG, value.strip()):
        raise ValueError("a name is small letters, digits and hyphens, a letter first, at most 64")
    return value


ControlId = Annotated[str, StringConstraints(pattern=CONTROL_ID), BeforeValidator(_control_id)]
Slug = Annotated[str, StringConstraints(pattern=SLUG), BeforeValidator(_slug)]
Role = Text
LEAST = 1e-6
"""Least ratio that a limit can be of; its inverse is the largest."""


class Source(Document):
    """Where a control comes from, and when that was last checked."""

    title: Text
    reference: Text
    url: Text | None = None
    version: Text | None = None
    checked_on: Day
    review_by: Day


class Limit(Document):
    """What a measurement is held against. `min` and `max` are each a hypothesis of their own."""

    of: Literal["ratio", "difference", "odds", "value", "change"] = "value"
    """What is held: a ratio, difference or odds ratio of two rates, a number by itself, or how many
    times further from equality a ratio is than it was before."""
    min: float | None = None
    max: float | None = None
    breach: Literal["fail", "inconclusive"] = "fail"
    """What a value outside the limit means: a shortfall of people is not a failure."""
    prevalence: Annotated[float, Field(gt=0, lt=1)] | None = None
    """For scans that sampled: the largest share that may have gone unseen."""
    recall: Annotated[float, Field(gt=0, le=1)] = 1.0
    """For scans that sampled: share of real cases the scan finds; its bound is divided by it."""
    whose: Text
    """Who set this number: a statute, a convention, or us."""

    @model_validator(mode="after")
    def _has_a_bound(self) -> Self:
        if self.min is None and self.max is None:
            raise ValueError("a limit needs 'min', 'max' or both")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("'min' is above 'max': nothing could pass")
        for bound in (self.min, self.max):
            ratio = self.of in {"ratio", "odds", "change"}
            if ratio and bound is not None and not LEAST <= bound <= 1 / LEAST:
                raise ValueError(f"{self._name} limit must be above 0, from 0.000001 to 1000000")
        if self.of in {"ratio", "odds"} and not _around(1, self.min, self.max):
            raise ValueError(f"{self._name} limit must have 1 inside it: equal rates cannot fail")
        if self.of == "difference" and not _around(0, self.min, self.max):
            raise ValueError("a difference limit must have 0 inside it: equal rates cannot fail")
        if self.of == "change" and (self.min is not None or (self.max or 0) <= 1):
            raise ValueError("a change limit is a 'max' above 1: no change cannot fail")
        return self

    @property
    def _name(self) -> str:
        return "an odds" if self.of == "odds" else f"a {self.of}"


def _around(centre: float, low: float | None, high: float | None) -> bool:
    return (low is None or low < centre) and (high is None or high > centre)


class Floors(Document):
    """Least evidence for a pass, and where exact tests take over. Defaults: statistics.md 3."""

    units: Annotated[int, Field(ge=1)] = 10
    known_share: Annotated[float, Field(ge=0, le=1)] = 0.8
    exact_below_units: Annotated[int, Field(ge=50)] = 50
    exact_below_events: Annotated[float, Field(ge=5)] = 5


class Part(Document):
    """One check with its parameters and the limit its measurements are held against."""

    check: Slug
    with_: dict[str, str | tuple[str, ...]] = Field(default_factory=dict, alias="with")
    limit: Limit | None = None
    metric: Text | None = None
    """Hold only this metric against the limit; the check's others are shown for information."""
    applies_when: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class Waivable(Document):
    """Who may waive a control, and for how long."""

    roles: tuple[Role, ...] = Field(min_length=1)
    max_days: Annotated[int, Field(ge=1, le=366)] = 183


class Control(Document):
    """A rule the organisation sets."""

    title: Text
    why: Text
    source: Source
    severity: Severity
    stage: Stage
    per: Literal["project", "group"] = "project"
    """Whether it is judged once, or once for each group column of the decisions table."""
    parts: tuple[Part, ...] = Field(min_length=1)
    floors: Floors = Floors()
    family: Slug | None = None
    waivable: Waivable | Literal["never"] = "never"
    justifiable: tuple[Role, ...] = ()
    """Roles that may justify a confirmed disparity under section 19 of the Equality Act."""
    mitigable: tuple[Role, ...] = ()
    """Roles that may accept a mitigation for an inconclusive result."""
    owner: Role = "service owner"
    """Who owes what is missing."""
    theme: Literal["equalities", "data_protection", "other"] = "other"
    """Heading of a committee paper that it belongs under."""
    applies_when: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class Policy(Document):
    """A resolved policy: everything the judge may know of limits."""

    schema_: Literal["rai-policy/1"] = Field(alias="schema")
    id: Slug
    version: Text
    title: Text
    alpha: Annotated[float, Field(gt=0, le=0.2)] = 0.05
    level: Annotated[float, Field(ge=0.8, lt=1)] = 0.95
    """Level of the intervals that are shown."""
    gates: dict[Stage, tuple[Severity, ...]] = Field(default_factory=dict)
    families: dict[Slug, Annotated[int, Field(ge=1)]] = Field(default_factory=dict)
    """Size of each named family: how many tests it holds, counted before the data is seen."""
    max_attempts: Annotated[int, Field(ge=1)] | None = None
    """How many sets of data may be tried; after that nothing passes by a test."""
    controls: dict[ControlId, Control] = Field(min_length=1)

    @model_validator(mode="after")
    def _families_are_declared(self) -> Self:
        for name, control in self.controls.items():
            if control.family and control.family not in self.families:
                raise ValueError(f"{name}: the family {control.family!r} has no size in 'families'")
        return self

    def gating(self, stage: Stage) -> tuple[Severity, ...]:
        """Severities that decide the verdict at a stage."""
        return self.gates.get(stage, (Severity.BLOCKER, Severity.HIGH))

"""What a shared report may know: the assessment with protected numbers, as data.

`disclosure.public` makes it; nothing here holds a true count of people, or a p value.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rai_check.assessment import RunRecord
from rai_check.disclosed_inputs import PublicInput
from rai_check.judgement import LimitUsed, ShownInterval, StatementUse
from rai_check.measured import Subject
from rai_check.measurement import Asked, Where
from rai_check.outcome import Exit, Outcome, Severity, Stage, Verdict
from rai_check.protected import Count, Part

Effect = Literal["ratio", "difference", "odds", "value", "change"]
SETTLED = frozenset({Outcome.PASS, Outcome.NOT_APPLICABLE})
"""Outcomes of which nobody has to do anything."""
EACH_GROUP = " of each group"
EXTREMES = ", lowest against highest"
AGREED = "from fairlearn's rates"
"""Ends of the names under which checks give every group's own rate, the worst pair, and how far
the rates are from another library's."""
BY_TOOL, BY_TODAY = ", tool", ", today"
"""Ends of the names of the two disparities behind a change."""
COMPARED = frozenset({"two_proportions", "share", "strata", "paired", "change"})
"""Kinds of evidence that set one rate against another."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFinding:
    """Something found at a place, with its count protected where it is about people."""

    place: str
    kind: str
    shape: str
    count: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Powers:
    """Who may decide about a control, by the policy."""

    waivers: tuple[str, ...]
    """Roles that may waive it; none where the policy says never."""
    waiver_days: int
    justifiers: tuple[str, ...]
    mitigators: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicItem:
    """One control (for one group column) as it may be shown."""

    id: str
    control: str
    group: str | None
    title: str
    why: str
    source: str
    owner: str
    theme: str
    severity: Severity
    stage: Stage
    gates: bool
    outcome: Outcome
    standing: Outcome | None
    lines: tuple[PublicLine, ...]
    information: tuple[PublicMeasurement, ...]
    findings: tuple[PublicFinding, ...]
    family: str
    family_size: int
    """Tests that share an allowance; 0 where the number would tell an empty group from a small
    one."""
    powers: Powers
    known_share: float
    """Least share of known values that the policy asks for."""
    least_units: int
    """Fewest units on which the policy lets anything pass."""

    @property
    def covered_by(self) -> tuple[str, ...]:
        """Ids of the statements that cover any of its lines."""
        return tuple(sorted({s for line in self.lines for s in line.covered_by}))

    @property
    def is_open(self) -> bool:
        """Whether something of it neither passes, nor is covered, nor does not apply."""
        return self.standing is not None and self.standing not in SETTLED

    @property
    def fully_covered(self) -> bool:
        """Whether statements cover every line that does not pass."""
        return bool(self.covered_by) and not self.is_open

    @property
    def remaining(self) -> Outcome | None:
        """What is left once statements have covered what they may; None: they cover it all."""
        if self.fully_covered:
            return None
        return self.standing if self.is_open else self.outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPolicy:
    """Which policy judged."""

    id: str
    version: str
    title: str
    chain: tuple[str, ...]
    sha256: str
    alpha: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicAssessment:
    """Everything a report may show."""

    verdict: Verdict
    exit: Exit
    reason: str
    as_of: date
    audit: bool
    partial: tuple[str, ...]
    items: tuple[PublicItem, ...]
    not_judged: int
    """Controls of the policy at this stage that the run left out."""
    later: tuple[tuple[Stage, int], ...]
    """Stages after this one, with the number of the policy's controls that belong to each."""
    statements: tuple[StatementUse, ...]
    subject: Subject
    policy: PublicPolicy
    inputs: tuple[PublicInput, ...]
    tool: str
    versions: Mapping[str, str]
    seed: str
    measured_on: date
    first_run_on: date
    evidence_digest: str
    content_sha256: str
    run: RunRecord

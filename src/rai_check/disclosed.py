"""What a shared report may know: the assessment with protected numbers, as data.

`disclosure.public` makes it; nothing here holds a true count of people, or a p value.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rai_check.assessment import RunRecord
from rai_check.disclosed_inputs import PublicInput
from rai_check.disclosed_lines import Effect, PublicLine, PublicMeasurement, PublicPlanning
from rai_check.judgement import StatementUse
from rai_check.measured import Subject
from rai_check.outcome import Exit, Outcome, Severity, Stage, Verdict
from rai_check.protected import Count

__all__ = [
    "AGREED",
    "BY_TODAY",
    "BY_TOOL",
    "COMPARED",
    "EACH_GROUP",
    "EXTREMES",
    "SETTLED",
    "Effect",
    "Powers",
    "PublicAssessment",
    "PublicFinding",
    "PublicItem",
    "PublicLine",
    "PublicMeasurement",
    "PublicPlanning",
    "PublicPolicy",
]

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

"""What the judge says: hypotheses, the outcome of each line and control, the verdict."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rai_check.measurement import Measurement, Where
from rai_check.outcome import Exit, Outcome, Severity, Stage, Verdict

if TYPE_CHECKING:
    from rai_check.stats.interval import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownInterval:
    """An interval for the reader; None on a side means it has no end there."""

    low: float | None
    high: float | None
    level: float
    method: str

    @classmethod
    def of(cls, found: "Interval") -> "ShownInterval":
        """The same interval, with no end where it is infinite."""
        return cls(
            low=found.low if math.isfinite(found.low) else None,
            high=found.high if math.isfinite(found.high) else None,
            level=found.level,
            method=found.method,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """One bound of a limit, tested on both sides."""

    side: Literal["min", "max"]
    bound: float
    method: str
    p_fail: float
    """Small when the true value is shown to be beyond the bound."""
    p_fail_adjusted: float
    """The same after Holm's correction over the family. At or above alpha it is a lower bound where
    the p of any other member is."""
    p_pass: float
    """Small when the true value is shown to be inside the bound; needs no correction."""
    p_fail_bounded: bool = False
    """`p_fail` is a lower bound at or above alpha: the exact value is at least this, so it cannot
    fail the line and was not searched for. Then `p_fail_adjusted` is a lower bound too."""
    p_pass_bounded: bool = False
    """`p_pass` is a lower bound: the exact value is at least this, and could not let it pass."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planning:
    """What a comparison of this size could show; for planning, and nothing is judged by it."""

    rate: float | None
    """The base rate supposed for both sides; None where what is compared is not a rate."""
    planned: bool
    """Whether the fairness plan named that rate; otherwise it is the pooled rate observed."""
    rows_needed: int | None
    """Units of the group (of the metric's denominator) to show equal rates inside the harder
    bound of the limit with 80% power, its share staying as it is; None where no number is known
    that would do."""
    below: float | None
    above: float | None
    """Smallest departures from equality (below and above it, on the limit's scale) that a
    two-sided test would have seen with 80% power; None where not even the largest would."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitUsed:
    """The limit of the policy that a line was held against."""

    of: Literal["ratio", "difference", "odds", "value", "change"]
    min: float | None
    max: float | None
    prevalence: float | None
    breach: Literal["fail", "inconclusive"]
    whose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One measurement held against its limit, or one gap."""

    check: str
    outcome: Outcome
    code: str
    """Such as `decided`, `undecided`, `too_few`, `unknown_share`, `attempts` or `gap`."""
    reason: str
    """A sentence for the reader; empty where the numbers speak."""
    measurement: Measurement | None = None
    limit: LimitUsed | None = None
    estimate: float | None = None
    interval: ShownInterval | None = None
    hypotheses: tuple[Hypothesis, ...] = ()
    decided_by: ShownInterval | None = None
    """The interval that goes with the rule that decided: at level 1 - 2 alpha where the line
    passed by tests, adjusted as its p where one failed it; None where no test decided, or no
    interval goes with the test that did."""
    planning: Planning | None = None
    """What the comparison could show; None where it is not of two rates."""
    leans: bool = False
    """Inconclusive, though its own unadjusted test says fail: no mitigation may cover it."""
    covered_by: tuple[str, ...] = ()
    answered_by: str = ""
    """Id of the statement that answers what a person was asked."""

    @property
    def where(self) -> Where:
        """Where it was measured; empty for a gap."""
        return self.measurement.where if self.measurement else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The result of one control (for one group column)."""

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
    """The worst of its lines, whether covered or not."""
    standing: Outcome | None
    """The worst of the lines that no statement covers; None when every line is covered."""
    lines: tuple[Line, ...]
    information: tuple[Measurement, ...] = ()
    """Measurements that the policy holds against no limit."""
    family: str = ""
    family_size: int = 0
    """Tests over which Holm's correction ran."""

    @property
    def covered_by(self) -> tuple[str, ...]:
        """Ids of the statements that cover any of its lines."""
        return tuple(sorted({s for line in self.lines for s in line.covered_by}))


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementUse:
    """A statement, and what it did."""

    id: str
    kind: str
    control: str
    role: str
    text: str
    ends: str | None
    effect: str
    """Sentence: what it covers, or why it covers nothing."""
    used: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The whole answer."""

    verdict: Verdict
    exit: Exit
    reason: str
    items: tuple[Judged, ...]
    statements: tuple[StatementUse, ...] = ()

"""The closed vocabularies: outcome of a control, severity, stage, verdict of the whole.

Every other format (exit codes, JUnit, pytest, reader's words) is a mapping from these.
"""

from dataclasses import dataclass
from enum import Enum, StrEnum


class Outcome(StrEnum):
    """What became of one control. Absence is never `PASS`."""

    FAIL = "fail"
    ERROR = "error"
    MISSING = "missing"
    INCONCLUSIVE = "inconclusive"
    PASS = "pass"  # noqa: S105 - an outcome, not a password
    NOT_APPLICABLE = "not_applicable"

    @property
    def word(self) -> str:
        """The reader's words, the same in every report."""
        return _WORDS[self]

    @property
    def junit(self) -> str:
        """The JUnit element that carries it; an undecided control is never a JUnit pass."""
        return _JUNIT[self]

    @staticmethod
    def worst(outcomes: "list[Outcome]") -> "Outcome":
        """Return the worst of several, in the order the members are declared in.

        Raises:
            ValueError: when there is none: nothing measured is not a pass.
        """
        if not outcomes:
            raise ValueError("no outcome to choose from: a control with no parts decides nothing")
        order = list(Outcome)
        return min(outcomes, key=order.index)


_WORDS = {
    Outcome.FAIL: "Fail",
    Outcome.ERROR: "Could not run",
    Outcome.MISSING: "Missing",
    Outcome.INCONCLUSIVE: "Inconclusive",
    Outcome.PASS: "Pass",
    Outcome.NOT_APPLICABLE: "Not applicable",
}
_JUNIT = {
    Outcome.FAIL: "failure",
    Outcome.ERROR: "error",
    Outcome.MISSING: "failure",
    Outcome.INCONCLUSIVE: "failure",
    Outcome.PASS: "passed",
    Outcome.NOT_APPLICABLE: "skipped",
}


class Severity(StrEnum):
    """How much a control weighs; by default blocker and high gate the verdict."""

    BLOCKER = "blocker"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Stage(StrEnum):
    """The gates of a system's life; a stage includes the controls of the stages before it."""

    APPROVE = "approve"
    ASSURE = "assure"
    RELEASE = "release"
    OPERATE = "operate"

    def includes(self, other: "Stage") -> bool:
        """Whether an assessment at this stage runs the controls of `other`."""
        order = list(Stage)
        return order.index(other) <= order.index(self)

    @property
    def later(self) -> "tuple[Stage, ...]":
        """The stages that come after it."""
        return tuple(other for other in Stage if not self.includes(other))

    @property
    def words(self) -> "StageWords":
        """What is decided at this gate, in a board's words."""
        return _STAGE_WORDS[self]

    @property
    def passes(self) -> str:
        """What a board reads of a pass."""
        return self.words.passes

    @property
    def fails(self) -> str:
        """What a board reads of a fail."""
        return self.words.fails


@dataclass(frozen=True, slots=True, kw_only=True)
class StageWords:
    """The words of a gate; `{}` stands for the name and version of the system."""

    passes: str
    fails: str
    agree: str
    """What a board is asked to do after a pass."""
    refuse: str
    """The same after a fail."""
    wait: str
    """The same while something is missing or cannot be told."""
    stopped: str
    """What a control that gates can stop."""
    decision: str
    """What a partial assessment is not for."""


_STAGE_WORDS = {
    Stage.APPROVE: StageWords(
        passes="Approve: it may go on to assurance",
        fails="Do not approve",
        agree="Approve {}: it may go on to assurance",
        refuse="Do not approve {}",
        wait="Do not approve {} yet",
        stopped="an approval",
        decision="an approval decision",
    ),
    Stage.ASSURE: StageWords(
        passes="It may go on to release testing",
        fails="Do not go on",
        agree="Let {} go on to release testing",
        refuse="Do not let {} go on",
        wait="Do not let {} go on yet",
        stopped="the next stage",
        decision="a decision to go on",
    ),
    Stage.RELEASE: StageWords(
        passes="Release",
        fails="Do not release",
        agree="Release {}",
        refuse="Do not release {}",
        wait="Do not release {} yet",
        stopped="a release",
        decision="a release decision",
    ),
    Stage.OPERATE: StageWords(
        passes="It may stay in service",
        fails="Do not keep in service",
        agree="Keep {} in service",
        refuse="Do not keep {} in service",
        wait="Do not agree yet that {} may stay in service",
        stopped="its use",
        decision="a decision to keep it in service",
    ),
}


class Verdict(StrEnum):
    """The answer for the whole; `NONE` always comes with the reason there is no answer."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FAIL = "fail"
    REFER = "refer"
    NONE = "none"

    def words(self, stage: Stage) -> str:
        """What a board reads of an assessment at this stage."""
        if self is Verdict.PASS:
            return stage.passes
        return stage.fails if self is Verdict.FAIL else _VERDICT_WORDS[self]


_VERDICT_WORDS = {
    Verdict.REFER: "Refer: a person must decide or supply something first",
    Verdict.NONE: "No verdict",
}


class Exit(int, Enum):
    """Process exit codes. Everything but `PASS` means "no" to a pipeline."""

    PASS = 0
    FAIL = 1
    UNUSABLE = 2
    COULD_NOT_RUN = 3
    REFER = 4
    NOTHING_CHECKED = 5
    INCOMPLETE = 6
    INTERRUPTED = 130

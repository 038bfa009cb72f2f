"""The closed vocabularies: outcome of a control, severity, stage, verdict of the whole.

Every other format (exit codes, JUnit, pytest, reader's words) is a mapping from these.
"""

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


class Verdict(StrEnum):
    """The answer for the whole; `NONE` always comes with the reason there is no answer."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FAIL = "fail"
    REFER = "refer"
    NONE = "none"

    @property
    def words(self) -> str:
        """What a board reads."""
        return _VERDICT_WORDS[self]


_VERDICT_WORDS = {
    Verdict.PASS: "Release",
    Verdict.FAIL: "Do not release",
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

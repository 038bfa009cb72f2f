"""What a measuring run leaves behind for the judge: results by control, and nothing of a row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PureWindowsPath

from rai_check.measurement import CheckResult
from rai_check.outcome import Outcome, Stage
from rai_check.reading import ReadNote, StepNote


@dataclass(frozen=True, slots=True, kw_only=True)
class PartResult:
    """One check run for one control: its result, or why there is none."""

    check: str
    index: int
    """Which part of the control in the policy, from 0."""
    result: CheckResult | None = None
    outcome: Outcome | None = None
    """`missing`, `error` or `not_applicable` where there is no result."""
    reason: str = ""

    def __post_init__(self) -> None:
        if (self.result is None) == (self.outcome is None):
            raise ValueError("PartResult needs a result or an outcome, and not both")
        if self.outcome not in {None, Outcome.MISSING, Outcome.ERROR, Outcome.NOT_APPLICABLE}:
            raise ValueError("a part without a result is missing, error or not_applicable")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredItem:
    """A control, or a control for one group column."""

    control: str
    group: str | None
    parts: tuple[PartResult, ...]

    @property
    def id(self) -> str:
        """Stable id, such as ``FA-06[ethnicity]``."""
        return item_id(self.control, self.group)


def item_id(control: str, group: str | None) -> str:
    """Id of a control, or of a control for one group column."""
    return f"{control}[{group}]" if group else control


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The facts of the system that statements and reports speak of."""

    name: str
    version: str
    organisation: str
    purpose: str
    owner_role: str
    decides: str
    human_involvement: str
    stage: Stage
    groups: tuple[str, ...]
    """Group columns of the decisions table; controls judged per group have one item for each."""
    positions: Mapping[str, str] = field(default_factory=dict)
    """Protected characteristic → held, held_in_part, not_held, not_applicable or not stated."""
    reasons: Mapping[str, str] = field(default_factory=dict)
    """Protected characteristic → why it is not (fully) held, or not applicable in law."""
    positive_is: str = ""
    """`favourable` or `unfavourable`: what being picked by the tool means for the person."""
    harm: str = ""
    """From the fairness plan: what the harm is, and to whom."""
    changed_on: date | None = None


A_FRAME = "a data frame"
"""What an input is called that was measured from memory and has no file."""
OUTSIDE = "The file is not in the folder of the project; only its name is kept, not where it is."
"""The remark on an input whose path is not kept."""


def kept_path(path: str) -> str:
    """Return what a file is called in the evidence: its path within the project's folder.

    Of a file elsewhere it is the name only: where that is could name a person or a server.
    """
    parts = PureWindowsPath(path)  # which knows both separators, drives and servers
    depth = 0
    for part in parts.parts:
        depth += -1 if part == ".." else 1
        if depth < 0:
            return parts.name
    return parts.name if parts.drive or parts.root else path


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A file or frame that was measured, by hash; never its content."""

    name: str
    role: str
    file: str
    sha256: str
    rows: int | None
    read_as: str
    """Such as ``CSV, cp1252, comma``."""
    note: ReadNote | None = None
    """How it was read; None where it was not."""
    steps: tuple[StepNote, ...] = ()
    """What each step on its rows did, in their order."""

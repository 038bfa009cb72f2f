"""What people say, and the power the architecture gives each kind of statement."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from rai_check.documents import Day, Document

Text = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
ItemId = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,5}-\d{2,3}(\[[^\[\]]{1,128}\])?$")]
Place = dict[Text, Text]
"""Such as ``{ethnicity: Asian}``; empty for a control that is judged once."""


class Person(Document):
    """A role and a staff reference: enough to hold someone to account, not a name."""

    role: Text
    ref: Text


def _same_person(one: Person, other: Person) -> bool:
    """Whether two staff references are one, however they are written."""
    first, second = (
        "".join(c for c in person.ref.casefold() if c.isalnum()) for person in (one, other)
    )
    return first == second


class Evidence(Document):
    """A document that a statement rests on."""

    title: Text
    path: Text
    sha256: Digest
    dated: Day


class Scope(Document):
    """The system and version that a statement speaks of."""

    system: Text
    version: Text


class Stated(Document):
    """What every statement has; each kind says which of its fields play which part."""

    PERSON: ClassVar[str]
    TEXT: ClassVar[str]
    STARTS: ClassVar[str]
    ENDS: ClassVar[str | None]

    id: Text
    control: ItemId
    evidence: tuple[Evidence, ...] = ()

    @property
    def person(self) -> Person:
        """Who answers for it."""
        found: Person = getattr(self, self.PERSON)
        return found

    @property
    def text(self) -> str:
        """What it says, in short."""
        found: str = getattr(self, self.TEXT)
        return found

    @property
    def starts(self) -> date:
        """First day it holds."""
        found: date = getattr(self, self.STARTS)
        return found

    @property
    def ends(self) -> date | None:
        """Last day it holds; None where it ends with the evidence it speaks of."""
        found: date | None = getattr(self, self.ENDS) if self.ENDS else None
        return found


class Decided(Stated):
    """What a justification and a mitigation share."""

    PERSON, STARTS, ENDS = "decided_by", "decided_on", "valid_until"

    decided_by: Person
    decided_on: Day
    valid_until: Day


class Attestation(Stated):
    """A person states that something outside the data is so."""

    PERSON, TEXT, STARTS, ENDS = "made_by", "statement", "made_on", "valid_until"

    kind: Literal["attestation"]
    statement: Text
    made_by: Person
    made_on: Day
    valid_until: Day
    scope: Scope


class Waiver(Stated):
    """A failure or gap is accepted for a time, up to the worst value it was given for."""

    PERSON, TEXT, STARTS, ENDS = "approved_by", "reason", "raised_on", "expires"

    kind: Literal["waiver"]
    where: tuple[Place, ...] = ()
    worst: float | None = None
    """Required for a measured failure; a gap has no value."""
    metric: Text | None = None
    against: Text | None = None
    """Which value `worst` speaks of, where a control holds several at one place."""
    reason: Text
    raised_by: Person
    approved_by: Person
    raised_on: Day
    expires: Day

    @model_validator(mode="after")
    def _two_people(self) -> Self:
        if _same_person(self.raised_by, self.approved_by):
            raise ValueError("the approver must be someone other than the person who raised it")
        return self


class Justification(Decided):
    """A confirmed disparity is a proportionate means of a legitimate aim (Equality Act s19(2)(d)).

    Bound to the evidence digest: it speaks of the disparity that was measured, and no other.
    """

    TEXT = "aim"

    kind: Literal["justification"]
    where: tuple[Place, ...] = Field(min_length=1)
    aim: Text
    alternatives_tried: Text
    proportionate: Text
    evidence_digest: Digest


class Mitigation(Decided):
    """What will be done where the data cannot tell; the outcome stays inconclusive."""

    TEXT = "plan"

    kind: Literal["mitigation"]
    where: tuple[Place, ...] = ()
    means: Literal[
        "pool_more_periods",
        "coarser_groups",
        "case_by_case_review",
        "monitoring_date",
        "external_evidence",
    ]
    plan: Text


class SignOff(Stated):
    """A person with authority releases exactly the evidence whose digest is named."""

    PERSON, TEXT, STARTS, ENDS = "signed_by", "statement", "signed_on", None

    kind: Literal["sign-off"]
    statement: Text
    signed_by: Person
    signed_on: Day
    evidence_digest: Digest


AnyStatement = Attestation | Waiver | Justification | Mitigation | SignOff


class StatementsFile(Document):
    """One file of statements; their owners may keep several."""

    schema_: Literal["rai-statements/1"] = Field(alias="schema")
    statements: tuple[Annotated[AnyStatement, Field(discriminator="kind")], ...]

    @model_validator(mode="after")
    def _ids_once(self) -> Self:
        ids = [s.id for s in self.statements]
        if twice := sorted({i for i in ids if ids.count(i) > 1}):
            raise ValueError(f"the statement id {twice[0]!r} is used twice")
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A statement as read, and what is wrong with the documents it rests on."""

    statement: AnyStatement
    faults: tuple[str, ...] = ()
    """Why its documents do not support it; a statement with a fault covers nothing."""

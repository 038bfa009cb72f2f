"""What people say, and the power the architecture gives each kind of statement."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, Self

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


class Attestation(Document):
    """A person states that something outside the data is so."""

    kind: Literal["attestation"]
    id: Text
    control: ItemId
    statement: Text
    made_by: Person
    made_on: Day
    valid_until: Day
    scope: Scope
    evidence: tuple[Evidence, ...] = ()

    @property
    def person(self) -> Person:
        """Who answers for it."""
        return self.made_by

    @property
    def text(self) -> str:
        """What it says, in short."""
        return self.statement

    @property
    def starts(self) -> date:
        """First day it holds."""
        return self.made_on

    @property
    def ends(self) -> date | None:
        """Last day it holds."""
        return self.valid_until


class Waiver(Document):
    """A failure or gap is accepted for a time, up to the worst value it was given for."""

    kind: Literal["waiver"]
    id: Text
    control: ItemId
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
    evidence: tuple[Evidence, ...] = ()

    @model_validator(mode="after")
    def _two_people(self) -> Self:
        if _same_person(self.raised_by, self.approved_by):
            raise ValueError("the approver must be someone other than the person who raised it")
        return self

    @property
    def person(self) -> Person:
        """Who answers for it."""
        return self.approved_by

    @property
    def text(self) -> str:
        """What it says, in short."""
        return self.reason

    @property
    def starts(self) -> date:
        """First day it holds."""
        return self.raised_on

    @property
    def ends(self) -> date | None:
        """Last day it holds."""
        return self.expires


class Justification(Document):
    """A confirmed disparity is a proportionate means of a legitimate aim (Equality Act s19(2)(d)).

    Bound to the evidence digest: it speaks of the disparity that was measured, and no other.
    """

    kind: Literal["justification"]
    id: Text
    control: ItemId
    where: tuple[Place, ...] = Field(min_length=1)
    aim: Text
    alternatives_tried: Text
    proportionate: Text
    decided_by: Person
    decided_on: Day
    valid_until: Day
    evidence_digest: Digest
    evidence: tuple[Evidence, ...] = ()

    @property
    def person(self) -> Person:
        """Who answers for it."""
        return self.decided_by

    @property
    def text(self) -> str:
        """What it says, in short."""
        return self.aim

    @property
    def starts(self) -> date:
        """First day it holds."""
        return self.decided_on

    @property
    def ends(self) -> date | None:
        """Last day it holds."""
        return self.valid_until


class Mitigation(Document):
    """What will be done where the data cannot tell; the outcome stays inconclusive."""

    kind: Literal["mitigation"]
    id: Text
    control: ItemId
    where: tuple[Place, ...] = ()
    means: Literal[
        "pool_more_periods",
        "coarser_groups",
        "case_by_case_review",
        "monitoring_date",
        "external_evidence",
    ]
    plan: Text
    decided_by: Person
    decided_on: Day
    valid_until: Day
    evidence: tuple[Evidence, ...] = ()

    @property
    def person(self) -> Person:
        """Who answers for it."""
        return self.decided_by

    @property
    def text(self) -> str:
        """What it says, in short."""
        return self.plan

    @property
    def starts(self) -> date:
        """First day it holds."""
        return self.decided_on

    @property
    def ends(self) -> date | None:
        """Last day it holds."""
        return self.valid_until


class SignOff(Document):
    """A person with authority releases exactly the evidence whose digest is named."""

    kind: Literal["sign-off"]
    id: Text
    control: ItemId
    statement: Text
    signed_by: Person
    signed_on: Day
    evidence_digest: Digest
    evidence: tuple[Evidence, ...] = ()

    @property
    def person(self) -> Person:
        """Who answers for it."""
        return self.signed_by

    @property
    def text(self) -> str:
        """What it says, in short."""
        return self.statement

    @property
    def starts(self) -> date:
        """First day it holds."""
        return self.signed_on

    @property
    def ends(self) -> date | None:
        """A sign-off ends with the evidence it speaks of, not with a date."""
        return None


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

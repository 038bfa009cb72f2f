"""What a column of a table means, and what its values stand for. Declared, never guessed."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from rai_check.documents import Document
from rai_check.errors import UsageError
from rai_check.measurement import NOT_KNOWN, SMALL_GROUPS, UNDECLARED
from rai_check.tables.codes import CodeList, code_list
from rai_check.values import Written as Written  # noqa: PLC0414 - exported: a project file names it

Text = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Label = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_\-]{0,63}$")]


class Characteristic(StrEnum):
    """The nine protected characteristics of section 4 of the Equality Act 2010."""

    AGE = "age"
    DISABILITY = "disability"
    GENDER_REASSIGNMENT = "gender_reassignment"
    MARRIAGE_AND_CIVIL_PARTNERSHIP = "marriage_and_civil_partnership"
    PREGNANCY_AND_MATERNITY = "pregnancy_and_maternity"
    RACE = "race"
    RELIGION_OR_BELIEF = "religion_or_belief"
    SEX = "sex"
    SEXUAL_ORIENTATION = "sexual_orientation"

    @property
    def words(self) -> str:
        """As written in the Act."""
        return self.value.replace("_", " ")


class Meaning(StrEnum):
    """What a column holds."""

    GROUP = "group"
    PREDICTION = "prediction"
    TRUTH = "truth"
    SCORE = "score"
    REASON = "reason"
    UNIT = "unit"
    COUNT = "count"
    """How many records a row stands for, in a table that is already counts."""
    WEIGHT = "weight"
    """A sampling weight: how many of the population a row speaks for."""
    STRATUM = "stratum"
    """What cases are alike in before they are compared, such as the kind of request."""
    AMOUNT = "amount"
    """A number that the decision sets, such as hours or pounds."""
    WAIT = "wait"
    """How long the person waited, in days."""
    TODAY = "today"
    """What today's process decided in the same case."""
    CASE = "case"
    REQUIRED = "required"
    DATE = "date"
    FREE_TEXT = "free_text"
    OTHER = "other"


class Identifier(Document):
    """A personal identifier that the table holds on purpose."""

    kinds: tuple[Text, ...] = Field(min_length=1)
    why: Text


class ColumnFile(Document):
    """One column: its meaning, and what its values stand for."""

    means: Meaning
    characteristic: Characteristic | None = None
    """For a group: the protected characteristic it records, if it records one."""
    labels: dict[str, Label] = Field(default_factory=dict)
    """For a group: value in the file → group name; several values may share a name. Beside
    `codes` they add values that the list does not have."""
    codes: Text | None = None
    """For a group: a shipped code list, such as ``dfe-ethnicity-5``."""
    not_known: tuple[str, ...] = ()
    """Values that mean "not stated"; empty cells always do."""
    positive: tuple[Label, ...] = ()
    """For a prediction, a truth or today's decision: the values that count as positive."""
    negative: tuple[Label, ...] = ()
    """The values that count as not positive; needed where there is more than one."""
    positive_is: Literal["favourable", "unfavourable"] | None = None
    """For a prediction: what being positive means for the person."""
    at_least: float | None = None
    """For a prediction held as a score: the threshold that the system uses."""
    written: Written | None = None
    """How dates or numbers are written in the file; they are then read as such."""
    required: Literal["always"] | None = None
    """`always`: a row without a value is incomplete."""
    identifier: Identifier | None = None
    purpose: Text | None = None

    @model_validator(mode="after")
    def _is_a_whole_group(self) -> Self:
        group = self.means is Meaning.GROUP
        if self.labels and not (group or self.means is Meaning.STRATUM):
            raise ValueError("'labels' belong to 'means: group' or 'means: stratum'")
        if (self.codes or self.characteristic) and not group:
            raise ValueError("'codes' and 'characteristic' belong to 'means: group'")
        if self.codes:
            self._adds_to(_code_list(self.codes))
        if set(self.labels) & set(self.not_known):
            raise ValueError("a value is both in 'labels' and 'not_known'")
        if reserved := [label for label in self.labels.values() if _is_reserved(label)]:
            raise ValueError(f"the label {reserved[0]!r} has a meaning of its own; choose another")
        return self

    def _adds_to(self, codes: CodeList) -> None:
        """Labels and values that are not known add to a code list; they never overrule it."""
        if any(codes.read(value) for value in self.labels):
            raise ValueError("a value of 'labels' is in the code list; 'labels' only add to it")
        if any(codes.read(value) not in {None, NOT_KNOWN} for value in self.not_known):
            raise ValueError("'not_known' names a group of the code list")

    @model_validator(mode="after")
    def _is_a_whole_outcome(self) -> Self:
        judged = self.means in {Meaning.PREDICTION, Meaning.TRUTH, Meaning.TODAY}
        if (self.positive or self.at_least is not None) and not judged:
            raise ValueError("'positive' and 'at_least' belong to a prediction, truth or today")
        if judged and bool(self.positive) == (self.at_least is not None):
            raise ValueError(
                "say which values are positive with 'positive: [...]' (or, for a score, "
                "'at_least: NUMBER'); they are never guessed"
            )
        if self.means is Meaning.PREDICTION and self.positive_is is None:
            raise ValueError("add 'positive_is: favourable' or 'positive_is: unfavourable'")
        if set(self.positive) & set(self.not_known):
            raise ValueError("a value is both 'positive' and 'not_known'")
        if self.negative and not self.positive:
            raise ValueError("'negative' goes with 'positive'")
        if set(self.negative) & {*self.positive, *self.not_known}:
            raise ValueError("a value of 'negative' is also in 'positive' or 'not_known'")
        return self


def _is_reserved(label: str) -> bool:
    return label in {SMALL_GROUPS, NOT_KNOWN, "rest", "all-pairs"} or label.startswith(UNDECLARED)


def _code_list(name: str) -> CodeList:
    try:
        return code_list(name)
    except UsageError as unknown:
        raise ValueError(str(unknown)) from None

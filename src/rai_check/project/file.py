"""`rai.yaml`: the facts of a system, its tables and what their columns mean.

The favourable value, the groups and the harm are declared here, never guessed from data.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from rai_check.canonical import digest
from rai_check.documents import Day, Document, Loaded, read_yaml, typed
from rai_check.errors import UsageError, did_you_mean
from rai_check.measurement import SMALL_GROUPS, UNDECLARED
from rai_check.outcome import Stage
from rai_check.tables.codes import CodeList, code_list

Text = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Label = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_\-]{0,63}$")]

SCHEMA = "rai-project/1"
TODO = "TODO"
"""A value that starts with this counts as not given."""


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


class Role(StrEnum):
    """What a table is; checks ask for a role, never for a file."""

    DECISIONS = "decisions"
    CURRENT_PROCESS = "current_process"
    HELD_OUT = "held_out"
    BASELINE = "baseline"
    MONITORING = "monitoring"
    LOG = "log"
    GOLDEN_CASES = "golden_cases"


class Meaning(StrEnum):
    """What a column holds."""

    GROUP = "group"
    PREDICTION = "prediction"
    TRUTH = "truth"
    SCORE = "score"
    REASON = "reason"
    UNIT = "unit"
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
    """For a group: value in the file → group name; several values may share a name."""
    codes: Text | None = None
    """For a group: a shipped code list, such as ``dfe-ethnicity-5``."""
    not_known: tuple[str, ...] = ()
    """Values that mean "not stated"; empty cells always do."""
    positive: tuple[Label, ...] = ()
    """For a prediction or a truth: the values that count as positive."""
    negative: tuple[Label, ...] = ()
    """The values that count as not positive; needed where there is more than one."""
    positive_is: Literal["favourable", "unfavourable"] | None = None
    """For a prediction: what being positive means for the person."""
    at_least: float | None = None
    """For a prediction held as a score: the threshold that the system uses."""
    identifier: Identifier | None = None
    purpose: Text | None = None

    @model_validator(mode="after")
    def _is_a_whole_group(self) -> Self:
        group = self.means is Meaning.GROUP
        if (self.labels or self.codes or self.characteristic) and not group:
            raise ValueError("'labels', 'codes' and 'characteristic' belong to 'means: group'")
        if self.labels and self.codes:
            raise ValueError("give 'labels' or 'codes', not both")
        if set(self.labels) & set(self.not_known):
            raise ValueError("a value is both in 'labels' and 'not_known'")
        if self.codes and set(_code_list(self.codes).labels) & set(self.not_known):
            raise ValueError("'not_known' names a group of the code list")
        if reserved := [label for label in self.labels.values() if _is_reserved(label)]:
            raise ValueError(f"the label {reserved[0]!r} has a meaning of its own; choose another")
        return self

    @model_validator(mode="after")
    def _is_a_whole_outcome(self) -> Self:
        judged = self.means in {Meaning.PREDICTION, Meaning.TRUTH}
        if (self.positive or self.at_least is not None) and not judged:
            raise ValueError("'positive' and 'at_least' belong to a prediction or a truth")
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
    return label in {SMALL_GROUPS, "rest", "all-pairs"} or label.startswith(UNDECLARED)


def _code_list(name: str) -> CodeList:
    try:
        return code_list(name)
    except UsageError as unknown:
        raise ValueError(str(unknown)) from None


class TableFile(Document):
    """One table, its role and the columns that mean something."""

    path: Text
    role: Role
    encoding: Text | None = None
    delimiter: Annotated[str, StringConstraints(strip_whitespace=False, max_length=4)] | None = None
    outcome_known: Literal["all", "selected"] = "all"
    """Whether the truth is known for every row or only for those the tool selected."""
    columns: dict[Text, ColumnFile]

    @model_validator(mode="after")
    def _one_of_each(self) -> Self:
        single = (Meaning.PREDICTION, Meaning.TRUTH, Meaning.SCORE, Meaning.UNIT, Meaning.REQUIRED)
        for meaning in single:
            names = [n for n, c in self.columns.items() if c.means is meaning]
            if len(names) > 1:
                raise ValueError(f"{len(names)} columns mean {meaning.value!r}; only one can")
        return self


class Position(Document):
    """Where the organisation stands on one protected characteristic."""

    position: Literal["held", "held_in_part", "not_held", "not_applicable"]
    why: Text | None = None
    why_in_law: Text | None = None

    @model_validator(mode="after")
    def _gives_its_reason(self) -> Self:
        if self.position in {"held_in_part", "not_held"} and self.why is None:
            raise ValueError(f"a position of {self.position!r} needs 'why'")
        if self.position == "not_applicable" and self.why_in_law is None:
            raise ValueError("a position of 'not_applicable' needs 'why_in_law'")
        return self


class SystemFile(Document):
    """The system record: what is being assessed and who answers for it."""

    name: Text
    version: Text
    organisation: Text
    purpose: Text
    owner_role: Text
    decides: Text
    human_involvement: Text
    supplier: Text | None = None
    changed_on: Day | None = None
    """Date of the last material change of the system or its data."""


class PlanFile(Document):
    """The fairness plan: the question, chosen before the answer was seen."""

    question: Text
    harm: Text
    decided_on: Day
    decided_by_role: Text
    base_rate: float = Field(gt=0, lt=1)
    """Positive rate expected before the data was opened; used to plan sample sizes."""


class ModelFile(Document):
    """A model in a safe format, and the columns it is fed in their order."""

    path: Text
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None
    table: Name
    features: tuple[Text, ...] = Field(min_length=1)
    numeric: tuple[Text, ...] = ()
    """Features fed as numbers; the others are fed as text."""
    positive_class: Text

    @model_validator(mode="after")
    def _numeric_are_features(self) -> Self:
        if extra := sorted(set(self.numeric) - set(self.features)):
            raise ValueError(f"'numeric' names {extra[0]!r}, which is not among 'features'")
        return self


class ProjectFile(Document):
    """The whole of `rai.yaml`."""

    schema_: Literal["rai-project/1"] = Field(alias="schema")
    system: SystemFile
    stage: Stage = Stage.RELEASE
    policy: Text
    seed: Annotated[str, StringConstraints(max_length=64)] = "rai-check"
    tables: dict[Name, TableFile]
    characteristics: dict[Characteristic, Position] = Field(default_factory=dict)
    fairness_plan: PlanFile | None = None
    facts: dict[Name, Text] = Field(default_factory=dict)
    """Further facts that a policy's `applies_when` may ask for."""
    model: ModelFile | None = None
    statements: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _parts_agree(self) -> Self:
        roles = [t.role for t in self.tables.values()]
        if twice := {r.value for r in roles if roles.count(r) > 1}:
            raise ValueError(f"two tables have the role {min(twice)!r}; one each")
        for characteristic, position in self.characteristics.items():
            held = position.position in {"held", "held_in_part"}
            if held != bool(self.columns_of(characteristic)):
                raise ValueError(
                    f"characteristics.{characteristic.value} is {position.position!r} but "
                    f"{'no' if held else 'a'} column of the decisions table records it "
                    f"('means: group, characteristic: {characteristic.value}')"
                )
        if self.model and self.model.table not in self.tables:
            near = did_you_mean(self.model.table, self.tables)
            raise ValueError(f"model.table {self.model.table!r} is not among 'tables'.{near}")
        return self

    def stage_for(self, asked: Stage | None) -> Stage:
        """The stage to assess at: the project's own, or a later one that was asked for.

        Raises:
            UsageError: for an earlier one, which would leave controls out.
        """
        if asked is not None and not asked.includes(self.stage):
            own = self.stage.value
            raise UsageError(f"the project's stage is {own!r}; an earlier stage would loosen it.")
        return asked or self.stage

    def columns_of(self, characteristic: Characteristic) -> tuple[str, ...]:
        """Names of the columns of the decisions table that record a characteristic."""
        return tuple(
            name
            for table in self.tables.values()
            for name, column in table.columns.items()
            if table.role is Role.DECISIONS and column.characteristic is characteristic
        )


def project_digest(loaded: Loaded) -> str:
    """SHA-256 of the project file's content, without its list of statement files.

    A statement that is added must not undo a sign-off; a changed meaning of a column must.
    """
    return digest({k: v for k, v in loaded.content.items() if k != "statements"})


def read_project(path: Path) -> tuple[ProjectFile, Loaded]:
    """Read and validate `rai.yaml`.

    Raises:
        UsageError: one sentence with the file's name and line.
    """
    loaded = read_yaml(path)
    schema = loaded.content.get("schema")
    if schema != SCHEMA:
        got = f"got {schema!r}" if isinstance(schema, str) else "it has none"
        raise UsageError(f"{loaded.place(('schema',))}: 'schema' must be {SCHEMA!r}; {got}.")
    return typed(loaded, ProjectFile), loaded

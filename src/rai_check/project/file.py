"""`rai.yaml`: the facts of a system, its tables and what their columns mean.

The favourable value, the groups and the harm are declared here, never guessed from data.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from rai_check.canonical import digest
from rai_check.documents import Day, Document, Loaded, read_yaml, typed
from rai_check.errors import UsageError, did_you_mean
from rai_check.outcome import Stage
from rai_check.project.columns import Characteristic, Name, Text
from rai_check.project.table_file import Role, TableFile

SCHEMA = "rai-project/1"
TODO = "TODO"
"""A value that starts with this counts as not given."""


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
    base_rates: dict[Text, Annotated[float, Field(gt=0, lt=1)]] = Field(default_factory=dict)
    """The same for other metrics by their names, such as ``false negative rate``."""


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
        roles = [t.role for t in self.tables.values() if t.role is not Role.LOOKUP]
        if twice := {r.value for r in roles if roles.count(r) > 1}:
            raise ValueError(f"two tables have the role {min(twice)!r}; one each")
        ended: set[str] = set()
        for name in self.tables:
            _must_end(name, self.tables, (), ended)
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

    @property
    def declared_names(self) -> frozenset[str]:
        """Names of sheets and columns that the file itself gives, which reports may say."""
        found = [[t.sheet or "", *t.columns, *t.added] for t in self.tables.values()]
        return frozenset(name for names in found for name in names if name)

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


def _must_end(
    name: str, tables: Mapping[str, TableFile], waiting: tuple[str, ...], ended: set[str]
) -> None:
    """Refuse joins with tables that are not there, or that wait for each other's steps."""
    if name in ended:
        return
    for item in tables[name].derive:
        if item.join is None:
            continue
        other = item.join.with_
        if other not in tables:
            near = did_you_mean(other, tables)
            raise ValueError(f"tables.{name} joins {other!r}, which is not among 'tables'.{near}")
        if other in {*waiting, name}:
            way = " -> ".join([*waiting, name, other])
            raise ValueError(f"tables are joined in a circle ({way}); leave one of the joins out")
        _must_end(other, tables, (*waiting, name), ended)
    ended.add(name)


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

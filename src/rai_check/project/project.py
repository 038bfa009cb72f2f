"""The project at run time: its facts, and its tables opened on first use."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rai_check.capabilities import Capability, absent
from rai_check.check import Missing, Need
from rai_check.derive import Derived, Side, derived
from rai_check.errors import DataError
from rai_check.project.columns import Characteristic, ColumnFile, Meaning
from rai_check.project.file import TODO, ProjectFile
from rai_check.project.role_table import RoleTable
from rai_check.project.table_file import Role, TableFile

if TYPE_CHECKING:
    from rai_check.models import Model
    from rai_check.tables import Table


@dataclass(kw_only=True)
class Project:
    """What a check is given. Tables and the model are opened when first asked for."""

    file: ProjectFile
    folder: Path
    as_of: date
    first_run_on: date
    """Day of the first run recorded in the history, or of this one."""
    frames: Mapping[str, object] = field(default_factory=dict)
    """Data frames given in place of the files of tables, by table name."""
    _open: dict[str, RoleTable] = field(default_factory=dict, repr=False)
    _broken: dict[str, DataError] = field(default_factory=dict, repr=False)
    _model: "Model | None" = field(default=None, repr=False)

    @property
    def seed(self) -> str:
        """Key of every sample; from the project file, so that a rerun draws the same."""
        return self.file.seed

    @property
    def groups(self) -> tuple[str, ...]:
        """Group columns of the decisions table, sorted."""
        return tuple(
            sorted(
                name
                for table in self.file.tables.values()
                if table.role is Role.DECISIONS
                for name, column in table.columns.items()
                if column.means is Meaning.GROUP
            )
        )

    def has(self, role: Role) -> bool:
        """Whether the project declares a table of a role."""
        return any(table.role is role for table in self.file.tables.values())

    def table(self, role: Role) -> RoleTable:
        """The table of a role.

        Raises:
            Missing: when the project declares none.
            DataError: when its file cannot be read.
        """
        for name, spec in self.file.tables.items():
            if spec.role is role:
                return self.named(name)
        raise Missing(f"no table has the role {role.value!r}")

    def named(self, name: str) -> RoleTable:
        """The table of a name that the project file declares."""
        if name in self._broken:
            raise self._broken[name]
        if name not in self._open:
            self._open[name] = self._read(name)
        return self._open[name]

    def _read(self, name: str) -> RoleTable:
        spec = self.file.tables[name]
        counts = (c for c, column in spec.columns.items() if column.means is Meaning.COUNT)
        count = next(counts, None)  # the project file takes one at most
        try:
            if spec.is_worked_on:
                done = self._worked_on(self._opened(name, None), spec, count)
            else:
                done = Derived(table=self._opened(name, count), steps=(), unread={})
        except DataError as broken:
            self._broken[name] = broken  # a large broken file is not read again by every check
            raise
        return RoleTable(
            name=name, spec=spec, data=done.table, steps=done.steps, unread=done.unread
        )

    def _opened(self, name: str, count: str | None) -> "Table":
        from rai_check.tables import from_frame, open_table

        spec = self.file.tables[name]
        if name in self.frames:
            return from_frame(self.frames[name], name=name, count=count)
        return open_table(
            self.folder / spec.path,
            name=name,
            encoding=spec.encoding,
            delimiter=spec.delimiter,
            sheet=spec.sheet,
            header_row=spec.header_row,
            count=count,
        )

    def _worked_on(self, data: "Table", spec: TableFile, count: str | None) -> Derived:
        """The table after its `written` columns were read and its steps were done."""
        return derived(
            data,
            spec.derive,
            written={name: c.written for name, c in spec.columns.items() if c.written},
            not_known=spec.not_known,
            other=self._side,
            count=count,
        )

    def _side(self, name: str) -> Side:
        """Another table, for a join."""
        table = self.named(name)
        return Side(table=table.data, not_known=table.spec.not_known, unread=table.unread)

    def tables(self) -> Iterator[RoleTable]:
        """Every table, in the order of the project file."""
        return (self.named(name) for name in self.file.tables)

    def model(self) -> "Model":
        """The model, loaded once, from a safe format.

        Raises:
            Missing: when the project declares none.
            DataError: when it cannot be loaded.
        """
        from rai_check.models import load_model

        if self.file.model is None:
            raise Missing("the project declares no model")
        if lack := absent(Capability.MODELS):
            raise Missing(lack)
        if self._model is None:
            self._model = load_model(self.file.model, self.folder)
        return self._model

    def lacks(self, need: Need) -> str | None:
        """Why something a check needs is not there, or None. Nothing is opened."""
        roles = {"decisions": Role.DECISIONS, "golden_cases": Role.GOLDEN_CASES}
        if need in roles:
            return None if self.has(roles[need]) else f"no table has the role {roles[need].value!r}"
        if need == "model":
            none = "the project declares no model"
            return absent(Capability.MODELS) if self.file.model else none
        if need == "personal data":
            return absent(Capability.PERSONAL_DATA)
        if need == "tables":
            return None if self.file.tables else "the project declares no table"
        meaning = {"truth": Meaning.TRUTH, "reasons": Meaning.REASON}[need]
        found = self._records(meaning)
        return None if found else f"no column of the decisions table means {meaning.value!r}"

    def _decided(self) -> list[ColumnFile]:
        """What the project says of the columns of its decisions table."""
        tables = [t for t in self.file.tables.values() if t.role is Role.DECISIONS]
        return [column for table in tables for column in table.columns.values()]

    def _records(self, meaning: Meaning) -> bool:
        return any(column.means is meaning for column in self._decided())

    def _scores(self) -> bool:
        """Whether the prediction is a score with a threshold."""
        kinds = (Meaning.PREDICTION,)
        return any(c.means in kinds and c.at_least is not None for c in self._decided())

    def facts(self) -> dict[str, str]:
        """Facts that a policy's `applies_when` may ask for, computed ones and declared ones."""
        computed = {
            "has_model": _yes(self.file.model is not None),
            "has_truth": _yes(self.lacks("truth") is None),
            "has_golden_cases": _yes(self.has(Role.GOLDEN_CASES)),
            "has_score": _yes(self._records(Meaning.SCORE) or self._scores()),
            "has_amount": _yes(self._records(Meaning.AMOUNT)),
            "has_wait": _yes(self._records(Meaning.WAIT)),
            "has_strata": _yes(self._records(Meaning.STRATUM)),
            "has_today": _yes(self._records(Meaning.TODAY) or self.has(Role.CURRENT_PROCESS)),
            "has_several_groups": _yes(len(self.groups) > 1),
        }
        declared = {name: text for name, text in self.file.facts.items() if is_given(text)}
        return {**declared, **computed}

    def position(self, characteristic: Characteristic) -> str:
        """Where the project stands on a characteristic; `not_stated` where it is silent."""
        found = self.file.characteristics.get(characteristic)
        return found.position if found else "not_stated"

    def close(self) -> None:
        """Close every table; what they spilled to disk is removed."""
        for table in self._open.values():
            table.data.close()
        self._open.clear()


def _yes(value: bool) -> str:  # noqa: FBT001 - one word for one fact
    return "yes" if value else "no"


def is_given(text: str | None) -> bool:
    """Whether a fact was supplied: not empty, and not a TODO marker."""
    return bool(text and text.strip()) and not str(text).strip().upper().startswith(TODO)

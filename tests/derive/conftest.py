"""A table of a few rows, put through steps as a project would."""

from collections.abc import Callable
from typing import Any

import pytest

from projects import open_project
from rai_check.project import RoleTable
from rai_check.reading import LeftOut


@pytest.fixture
def through(tmp_path) -> Callable[..., RoleTable]:
    """Give the decisions table after its steps: `through("a,b", ["1,2"], [step, …])`."""

    def made(
        header: str,
        lines: list[str],
        derive: list[dict[str, Any]] | None = None,
        *,
        columns: dict[str, Any] | None = None,
        others: dict[str, tuple[list[str], dict[str, Any]]] | None = None,
    ) -> RoleTable:
        tables: dict[str, Any] = {
            "decisions": {
                "path": "decisions.csv",
                "role": "decisions",
                "derive": derive or [],
                "columns": columns or {},
            }
        }
        for name, (rows, spec) in (others or {}).items():
            (tmp_path / f"{name}.csv").write_text("\n".join(rows) + "\n", "utf-8")
            tables[name] = {"path": f"{name}.csv", "role": "lookup", "columns": {}, **spec}
        project = open_project(tmp_path, header=header, lines=lines, tables=tables)
        return project.named("decisions")

    return made


@pytest.fixture
def values() -> Callable[[RoleTable, str], list[str | None]]:
    """Give a column of a table, in the order of its rows."""

    def of(table: RoleTable, column: str) -> list[str | None]:
        return [v for batch in table.data.batches([column]) for v in batch.column(0).to_pylist()]

    return of


@pytest.fixture
def lines() -> Callable[[tuple[LeftOut, ...]], dict[str, int]]:
    """Give the lines of a note as why → rows."""
    return lambda told: {line.why: line.rows for line in told}

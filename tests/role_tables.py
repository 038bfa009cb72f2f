"""A table with what a project says of it, straight from a data frame."""

from __future__ import annotations

from typing import Any

import pandas as pd

from projects import PREDICTION, TRUTH
from rai_check.project import RoleTable
from rai_check.project.table_file import TableFile
from rai_check.tables import from_frame

GROUP = {"means": "group"}


def role_table(frame: pd.DataFrame, columns: dict[str, dict[str, Any]], **spec: Any) -> RoleTable:
    """What a check is given of a decisions table."""
    file = TableFile.model_validate(
        {"path": "unused.csv", "role": "decisions", "columns": columns, **spec}
    )
    count = next((name for name, c in file.columns.items() if c.means == "count"), None)
    return RoleTable(name="decisions", spec=file, data=from_frame(frame, name="t", count=count))


def labelled(values: str, **more: Any) -> dict[str, Any]:
    """A group column whose values are single letters, labelled in capitals."""
    return {**GROUP, "labels": {value: value.upper() for value in values}, **more}


def decided(
    rows: list[tuple[str | None, ...]], *names: str, **columns: dict[str, Any]
) -> RoleTable:
    """A table of text rows; columns called `says` and `truth` are what they usually are."""
    usual = {"says": PREDICTION, "truth": TRUTH}
    frame = pd.DataFrame(rows, columns=list(names), dtype="object")
    wanted = {name: columns.get(name) or usual[name] for name in names}
    return role_table(frame, wanted)

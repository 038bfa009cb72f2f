"""A whole project in a folder, in as few lines as a test can say it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from builders import EXACT, RATIO, SOURCE
from rai_check.project import Project, read_project

SYSTEM = {
    "name": "System",
    "version": "1",
    "organisation": "Northmere County Council (fictional)",
    "purpose": "p",
    "owner_role": "Head of service",
    "decides": "d",
    "human_involvement": "h",
    "changed_on": "2026-09-01",
}
PLAN = {
    "question": "q",
    "harm": "h",
    "decided_on": "2026-01-01",
    "decided_by_role": "Equality lead",
    "base_rate": "0.5",
}
PREDICTION = {"means": "prediction", "positive": ["yes"], "positive_is": "favourable"}
TRUTH = {"means": "truth", "positive": ["yes"]}
GROUP = {"means": "group", "labels": {"a": "Group A", "b": "Group B"}}


def rows(**counts: int) -> list[str]:
    """CSV lines from counts: ``a_yes=30`` gives 30 rows of group a, predicted yes."""
    return [line for key, n in counts.items() for line in [key.replace("_", ",")] * n]


def write_yaml(path: Path, content: dict[str, Any]) -> Path:
    """Write YAML without aliases."""
    plain = json.loads(json.dumps(content))
    path.write_text(yaml.safe_dump(plain, sort_keys=False, allow_unicode=True), "utf-8")
    return path


def decisions(**columns: dict[str, Any]) -> dict[str, Any]:
    """A decisions table with a group and a prediction unless told otherwise."""
    return {
        "path": "decisions.csv",
        "role": "decisions",
        "columns": columns or {"group": GROUP, "says": PREDICTION},
    }


def write_project(
    folder: Path,
    *,
    lines: list[str] | None = None,
    header: str = "group,says",
    controls: dict[str, Any] | None = None,
    tables: dict[str, Any] | None = None,
    **changes: Any,
) -> Path:
    """Write rai.yaml, policy.yaml and decisions.csv; returns the path of rai.yaml."""
    if lines is not None:
        (folder / "decisions.csv").write_text("\n".join([header, *lines]) + "\n", "utf-8")
    base = {"title": "T", "why": "W", "source": SOURCE, "severity": "high", "stage": "approve"}
    both = {
        "AA-01": {**base, "parts": [EXACT]},
        "AA-02": {**base, "per": "group", "parts": [RATIO]},
    }
    write_yaml(
        folder / "policy.yaml",
        {
            "schema": "rai-policy/1",
            "id": "p",
            "version": "1",
            "title": "P",
            "controls": both if controls is None else controls,
        },
    )
    content = {
        "schema": "rai-project/1",
        "system": SYSTEM,
        "policy": "policy.yaml",
        "tables": {"decisions": decisions()} if tables is None else tables,
        "fairness_plan": PLAN,
    }
    whole = {key: value for key, value in {**content, **changes}.items() if value is not None}
    return write_yaml(folder / "rai.yaml", whole)


def open_project(folder: Path, **kwargs: Any) -> Project:
    """Write a project and open it, for tests of a check."""
    path = write_project(folder, **kwargs)
    today = date(2026, 11, 23)
    return Project(file=read_project(path)[0], folder=folder, as_of=today, first_run_on=today)

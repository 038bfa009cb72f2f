"""Golden cases: recorded outcomes, a model's outcomes, and tables that cannot be used."""

import json
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.tree import DecisionTreeClassifier
from skops.io import dump

from rai_check.check import Missing
from rai_check.checks.golden_cases import LISTED, golden_cases
from rai_check.errors import DataError
from rai_check.measurement import CheckResult, Exact, Undefined
from rai_check.project import Project, read_project

DAY = date(2026, 11, 23)
PREDICTION = {"means": "prediction", "positive": ["yes"], "positive_is": "favourable"}
SYSTEM = {
    "name": "Triage",
    "version": "1",
    "organisation": "Northmere",
    "purpose": "Order the reviews",
    "owner_role": "head of service",
    "decides": "order",
    "human_involvement": "an officer decides",
}


def a_project(folder: Path, lines: str, said: dict[str, object] | None, **more: object) -> Project:
    columns: dict[str, object] = {"must": {"means": "required", "not_known": ["TBC"]}}
    if said is not None:
        columns["said"] = said
    table = {"path": "golden.csv", "role": "golden_cases", "columns": columns}
    content = {
        "schema": "rai-project/1",
        "policy": "council-release",
        "system": SYSTEM,
        "tables": {"golden": table},
    }
    (folder / "golden.csv").write_text(lines, encoding="utf-8")
    (folder / "rai.yaml").write_text(json.dumps(content | more), encoding="utf-8")
    file, _ = read_project(folder / "rai.yaml")
    return Project(file=file, folder=folder, as_of=DAY, first_run_on=DAY)


def unmet(result: CheckResult) -> float:
    (measured,) = result.measurements
    assert isinstance(measured.evidence, Exact)
    return measured.evidence.value


def test_cases_when_every_outcome_is_as_required(tmp_path: Path) -> None:
    project = a_project(tmp_path, "must,said\nyes,yes\nno, no \n1,1.0\nTrue,true\n", PREDICTION)
    result = golden_cases(project)
    assert unmet(result) == 0
    assert result.findings == ()
    assert result.measurements[0].notes[0] == "4 of 4 cases match."
    assert not result.measurements[0].about_people


def test_cases_when_some_outcomes_differ_or_are_missing(tmp_path: Path) -> None:
    # Line 3 differs, line 4 has none, line 5 has one that is declared as none, line 6 differs in
    # case only, which is a difference.
    lines = "must,said\nyes,yes\nno,yes\nno,\nunclear,unclear\nyes,Yes\n"
    result = golden_cases(a_project(tmp_path, lines, PREDICTION | {"not_known": ["unclear"]}))
    assert unmet(result) == 4
    assert result.measurements[0].notes[0] == "1 of 5 cases match."
    assert [f.place for f in result.findings] == [f"golden line {n}" for n in (3, 4, 5, 6)]
    assert {(f.kind, f.shape, f.count, f.about_people) for f in result.findings} == {
        ("required outcome not given", "", 1, False)
    }


def test_findings_when_there_are_more_than_are_listed(tmp_path: Path) -> None:
    result = golden_cases(a_project(tmp_path, "must,said\n" + "yes,no\n" * 57, PREDICTION))
    assert unmet(result) == 57
    assert len(result.findings) == LISTED + 1
    assert (result.findings[-1].place, result.findings[-1].count) == ("golden, further lines", 7)
    assert sum(f.count for f in result.findings) == 57


def test_cases_when_the_table_has_no_rows(tmp_path: Path) -> None:
    (measured,) = golden_cases(a_project(tmp_path, "must,said\n", PREDICTION)).measurements
    assert isinstance(measured.evidence, Undefined)
    assert measured.evidence.code == "no_cases"


def test_cases_when_a_required_outcome_is_missing(tmp_path: Path) -> None:
    lines = "must,said\nsecret,secret\n,secret\nTBC,TBC\n"
    with pytest.raises(DataError, match=r"no required outcome on line 3, 4; ") as refused:
        golden_cases(a_project(tmp_path, lines, PREDICTION))
    assert "secret" not in str(refused.value)
    assert "TBC" not in str(refused.value)


def test_cases_when_many_required_outcomes_are_missing(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"line 2, 3, 4, .*, 13 and 3 more"):
        golden_cases(a_project(tmp_path, "must,said\n" + ",yes\n" * 15, PREDICTION))


def test_cases_when_no_column_means_required(tmp_path: Path) -> None:
    project = a_project(tmp_path, "must,said\nyes,yes\n", PREDICTION)
    held = project.file.tables["golden"]
    others = {k: v for k, v in held.columns.items() if k != "must"}
    project.file.tables["golden"] = held.model_copy(update={"columns": others})
    with pytest.raises(Missing, match="'required'"):
        golden_cases(project)


def test_cases_when_the_recorded_outcome_is_a_score(tmp_path: Path) -> None:
    score = {"means": "prediction", "at_least": 0.5, "positive_is": "favourable"}
    with pytest.raises(DataError, match="'said' of table 'golden' is declared as a score"):
        golden_cases(a_project(tmp_path, "must,said\nyes,0.7\n", score))


def test_cases_when_nothing_gives_an_outcome(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="no column that means 'prediction'"):
        golden_cases(a_project(tmp_path, "must\nyes\n", None))


def a_model(folder: Path) -> dict[str, object]:
    """Fit and save a tree that says 1 (an integer) from ten weeks on, and declare it."""
    from hashlib import sha256

    weeks = pd.DataFrame({"weeks": np.arange(20.0), "plans": np.zeros(20)})
    model = DecisionTreeClassifier(random_state=0).fit(weeks, (weeks.weeks >= 10).astype(int))
    dump(model, folder / "model.skops")
    return {
        "path": "model.skops",
        "sha256": sha256((folder / "model.skops").read_bytes()).hexdigest(),
        "table": "golden",
        "features": ["weeks", "plans"],
        "numeric": ["weeks", "plans"],
        "positive_class": "1",
    }


def test_cases_when_the_model_gives_the_outcomes(tmp_path: Path) -> None:
    lines = "case,plans,weeks,must\na,1,3,0\nb,1,12,1\nc,,9,1\nd,2,10,1.0\n"
    result = golden_cases(a_project(tmp_path, lines, None, model=a_model(tmp_path)))
    assert unmet(result) == 1
    assert [f.place for f in result.findings] == ["golden line 4"]
    assert "Outcomes are those of the project's model." in result.measurements[0].notes


def test_cases_when_outcomes_are_recorded_the_model_is_not_asked(tmp_path: Path) -> None:
    lines = "plans,weeks,must,said\n1,3,0,1\n"
    project = a_project(tmp_path, lines, PREDICTION, model=a_model(tmp_path))
    (tmp_path / "model.skops").unlink()
    result = golden_cases(project)
    assert unmet(result) == 1
    assert result.measurements[0].notes[1] == "Outcomes are those recorded in 'said'."


def test_cases_when_the_table_lacks_a_column_of_the_model(tmp_path: Path) -> None:
    project = a_project(tmp_path, "weeks,must\n3,0\n", None, model=a_model(tmp_path))
    with pytest.raises(Missing, match=r"lacks column 'plans'.*\(1 of 2 are lacking\)"):
        golden_cases(project)

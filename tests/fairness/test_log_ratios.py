"""Log ratios under two processes where rows repeat people: widths that hold the truth."""

import math
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from projects import GROUP, PREDICTION, SYSTEM, decisions
from rai_check.fairness.log_ratios import change_of
from rai_check.fairness.today import processes
from rai_check.project import Project, ProjectFile

NOW = {"means": "today", "positive": ["1"]}
COLUMNS = {"group": GROUP, "says": {**PREDICTION, "positive": ["1"]}, "now": NOW}
UNIT = {"who": {"means": "unit"}}


def change(frame, **more):
    """Group A's change of gap."""
    tables = {"decisions": decisions(**COLUMNS, **more)}
    file = ProjectFile.model_validate(
        {"schema": "rai-project/1", "system": SYSTEM, "policy": "p.yaml", "tables": tables}
    )
    day = date(2026, 11, 23)
    project = Project(
        file=file, folder=Path(), as_of=day, first_run_on=day, frames={"decisions": frame}
    )
    both = processes(project, "group", pool_below=10)
    counted = both.tool.counted
    group = counted.groups[0]
    return change_of(both, both.side(group), both.side(counted.rest(group), group))


def made(rng, people, each):
    """People who lean one way by both answers; the tool picks group a at 0.8 of the rest's rate."""
    who = np.repeat(np.arange(people), each)
    group = np.where(who < people // 3, "a", "b")
    lean = rng.beta(1.2, 2.8, people)[who]  # mean 0.3, intra-class correlation 0.2
    says = rng.random(len(who)) < lean * np.where(group == "a", 0.8, 1.0)
    now = rng.random(len(who)) < lean
    return pd.DataFrame(
        {"group": group, "says": says.astype(int), "now": now.astype(int), "who": who}
    )


def test_people_of_one_row_each_are_as_good_as_rows():
    frame = made(np.random.default_rng(2), people=300, each=1)
    frame.loc[299, "who"] = 298  # one person twice, so that it is counted by people

    by_unit = change(frame, **UNIT)
    by_row = change(frame.drop(columns="who"))

    assert by_unit.now == pytest.approx(by_row.now)
    assert by_unit.now_se == pytest.approx(by_row.now_se, rel=0.05)
    assert by_unit.before_se == pytest.approx(by_row.before_se, rel=0.05)
    assert by_unit.correlation == pytest.approx(by_row.correlation, abs=0.03)


def test_fewer_than_ten_people_are_too_few():
    frame = made(np.random.default_rng(3), people=24, each=20)  # eight of them in group a

    found = change(frame, **UNIT)

    assert found.code == "too_few"


@pytest.mark.slow
def test_gap_and_its_change_lie_within_their_widths():
    rng, runs = np.random.default_rng(5), 250
    gaps = changes = 0
    truth = math.log(0.8)
    for _ in range(runs):
        found = change(made(rng, people=90, each=5), **UNIT)
        gaps += abs(found.now - truth) <= 1.96 * found.now_se
        covariance = found.correlation * found.now_se * found.before_se
        se = math.sqrt(found.now_se**2 + found.before_se**2 - 2 * covariance)
        changes += abs(found.now - found.before - truth) <= 1.96 * se

    assert gaps / runs > 0.91  # nominal 95%, one standard error 1.4%
    assert changes / runs > 0.91

"""The plan is whole, covers nine characteristics, and came first."""

from datetime import date

import pytest

from projects import GROUP, PLAN, PREDICTION, decisions, open_project
from rai_check.check import Missing
from rai_check.checks.fairness_plan import fairness_plan
from rai_check.project import Characteristic

NOT_HELD = {"position": "not_held", "why": "not collected"}
NINE = {c.value: NOT_HELD for c in Characteristic} | {"race": {"position": "held"}}
TABLES = {"decisions": decisions(group={**GROUP, "characteristic": "race"}, says=PREDICTION)}


def plan(folder, first_run_on=date(2026, 11, 23), **changes):
    content = {"tables": TABLES, "characteristics": NINE, **changes}
    project = open_project(folder, lines=[], **content)
    project.first_run_on = first_run_on
    return fairness_plan(project)


def late(folder, first_run_on, **changes):
    """Places of what came too late; what is absent is missing."""
    result = plan(folder, first_run_on, **changes)
    assert result.measurements[0].evidence.value == len(result.findings)
    return [(f.place, f.kind) for f in result.findings]


def test_whole_plan_has_no_gap(tmp_path):
    assert late(tmp_path, date(2026, 11, 23)) == []


def test_characteristic_nobody_mentions_is_missing(tmp_path):
    some = {k: v for k, v in NINE.items() if k != "age"}

    with pytest.raises(Missing, match=r"file: characteristics\.age$"):
        plan(tmp_path, characteristics=some)


def test_reason_that_is_a_todo_is_missing(tmp_path):
    nine = {**NINE, "age": {"position": "not_held", "why": "TODO"}}

    with pytest.raises(Missing, match=r"characteristics\.age$"):
        plan(tmp_path, characteristics=nine)


def test_plan_made_after_the_first_run_fails_whatever_else_is_absent(tmp_path):
    after = {**PLAN, "decided_on": "2026-11-24"}
    some = {k: v for k, v in NINE.items() if k != "age"}

    found = late(tmp_path, date(2026, 11, 23), fairness_plan=after)
    assert found == [("fairness_plan.decided_on", "later than the first run on record")]
    assert len(late(tmp_path, date(2026, 11, 23), fairness_plan=after, characteristics=some)) == 2
    assert late(tmp_path, date(2026, 11, 24), fairness_plan=after) == []


def test_no_plan_is_missing(tmp_path):
    with pytest.raises(Missing, match="fairness_plan"):
        plan(tmp_path, fairness_plan=None)


def test_todo_in_the_plan_is_missing(tmp_path):
    with pytest.raises(Missing, match=r"fairness_plan\.harm$"):
        plan(tmp_path, fairness_plan={**PLAN, "harm": "TODO"})

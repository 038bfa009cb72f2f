"""The plan is whole, covers nine characteristics, and came first."""

from datetime import date

from projects import GROUP, PLAN, PREDICTION, decisions, open_project
from rai_check.checks.fairness_plan import fairness_plan
from rai_check.project import Characteristic

NOT_HELD = {"position": "not_held", "why": "not collected"}
NINE = {c.value: NOT_HELD for c in Characteristic} | {"race": {"position": "held"}}
TABLES = {"decisions": decisions(group={**GROUP, "characteristic": "race"}, says=PREDICTION)}


def gaps(folder, first_run_on=date(2026, 11, 23), **changes):
    content = {"tables": TABLES, "characteristics": NINE, **changes}
    project = open_project(folder, lines=[], **content)
    project.first_run_on = first_run_on
    result = fairness_plan(project)
    assert result.measurements[0].evidence.value == len(result.findings)
    return [(f.place, f.kind) for f in result.findings]


def test_whole_plan_has_no_gap(tmp_path):
    assert gaps(tmp_path) == []


def test_characteristic_nobody_mentions_is_a_gap(tmp_path):
    some = {k: v for k, v in NINE.items() if k != "age"}

    assert gaps(tmp_path, characteristics=some) == [("characteristics.age", "no position taken")]


def test_reason_that_is_a_todo_is_a_gap(tmp_path):
    nine = {**NINE, "age": {"position": "not_held", "why": "TODO"}}

    assert gaps(tmp_path, characteristics=nine) == [("characteristics.age", "reason not supplied")]


def test_plan_made_after_the_first_run_is_a_gap(tmp_path):
    late = {**PLAN, "decided_on": "2026-11-24"}

    assert gaps(tmp_path, fairness_plan=late)[0][0] == "fairness_plan.decided_on"
    assert gaps(tmp_path, date(2026, 11, 24), fairness_plan=late) == []


def test_no_plan_is_a_gap(tmp_path):
    assert ("fairness_plan", "not supplied") in gaps(tmp_path, fairness_plan=None)


def test_todo_in_the_plan_is_a_gap(tmp_path):
    assert gaps(tmp_path, fairness_plan={**PLAN, "harm": "TODO"}) == [
        ("fairness_plan.harm", "not supplied")
    ]

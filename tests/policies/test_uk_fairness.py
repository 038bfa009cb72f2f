"""Each fairness control is red where a defect was seeded, and green on its clean twin."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from projects import GROUP, PREDICTION, TRUTH, decisions, rows, write_project
from rai_check.assess import run
from rai_check.documents import read_yaml
from rai_check.policy.load import find_policy

NOW = {"means": "today", "positive": ["yes"]}
SEX = {"means": "group", "labels": {"f": "Women", "m": "Men"}}
SCORE = {"means": "score"}


def outcome(folder: Path, name: str, lines: list[str], **columns: dict[str, Any]) -> set[str]:
    """Outcomes of one control of the shipped policy, as it is written there."""
    written = read_yaml(find_policy("uk-fairness", folder)).content["controls"][name]
    path = write_project(
        folder,
        lines=lines,
        header=",".join(columns),
        controls={name: written},
        tables={"decisions": decisions(**columns)},
        stage="release",
    )
    return {item.outcome.value for item in run(path).judgement.items}


def waits(a: int, b: int) -> list[str]:
    """1,000 people of each group, who wait 0 to 9 days beyond `a` and `b`."""
    return [f"{g},yes,{n + i % 10}" for g, n in (("a", a), ("b", b)) for i in range(1000)]


def scored(a: int, b: int) -> list[str]:
    """2,000 people of each group with a score of 0.5, of whom `a` and `b` needed it."""
    return [
        f"{g},yes,{'yes' if i < n else 'no'},0.5"
        for g, n in (("a", a), ("b", b))
        for i in range(2000)
    ]


def crossed(odd: int, even: int) -> list[str]:
    """1,000 people in each crossing: sexes and groups select alike, crossings may not."""
    picked = {"a,f": odd, "a,m": even, "b,f": even, "b,m": odd}
    return [f"{g},{'yes' if i < n else 'no'}" for g, n in picked.items() for i in range(1000)]


@pytest.mark.parametrize(
    ("a_picked", "expected"),
    [(400, "fail"), (700, "pass")],  # today both are picked 700 times in 1,000
)
def test_gap_that_the_tool_widens(tmp_path, a_picked, expected):
    # the tool picks 400 of a where today picks 700, and 700 of b either way; or changes nobody
    lines = rows(
        a_yes_yes=a_picked, a_no_yes=700 - a_picked, a_no_no=300, b_yes_yes=700, b_no_no=300
    )
    assert outcome(tmp_path, "FA-07", lines, group=GROUP, says=PREDICTION, now=NOW) == {expected}


@pytest.mark.parametrize("way", ["favourable", "unfavourable"])
@pytest.mark.parametrize(("a_wrong", "expected"), [(400, "fail"), (200, "pass")])
def test_wrong_decisions_to_pick(tmp_path, a_wrong, expected, way):
    # of 1,000 who did not need it, 400 (or 200) of a and 200 of b are picked; 800 picked rightly
    lines = rows(
        a_yes_no=a_wrong, a_no_no=1000 - a_wrong, a_yes_yes=800, a_no_yes=200,
        b_yes_no=200, b_no_no=800, b_yes_yes=800, b_no_yes=200,
    )  # fmt: skip
    says = {**PREDICTION, "positive_is": way}
    assert outcome(tmp_path, "FA-09", lines, group=GROUP, says=says, true=TRUTH) == {expected}


@pytest.mark.parametrize(("a_days", "expected"), [(20, "fail"), (10, "pass")])
def test_one_group_waits_longer(tmp_path, a_days, expected):
    # means of 24.5 and 14.5 days: a ratio of 1.69; or the same
    wait = {"means": "wait"}
    found = outcome(tmp_path, "FA-10", waits(a_days, 10), group=GROUP, says=PREDICTION, days=wait)
    assert found == {expected}


@pytest.mark.parametrize(("a_true", "expected"), [(600, "fail"), (1000, "pass")])
def test_score_that_means_less_for_one_group(tmp_path, a_true, expected):
    # a score of 0.5 comes true for 30% of a (or 50%) and 50% of b
    found = outcome(
        tmp_path, "FA-11", scored(a_true, 1000),
        group=GROUP, says=PREDICTION, true=TRUTH, score=SCORE,
    )  # fmt: skip
    assert found == {expected}


@pytest.mark.parametrize(("odd", "even", "expected"), [(300, 700, "fail"), (500, 500, "pass")])
def test_crossings_that_each_characteristic_hides(tmp_path, odd, even, expected):
    # 1,000 of 2,000 are picked of each sex and of each group, whatever the crossings are
    found = outcome(tmp_path, "FA-12", crossed(odd, even), group=GROUP, sex=SEX, says=PREDICTION)
    assert found == {expected}


def test_nothing_applies_where_nothing_is_recorded(tmp_path):
    lines = rows(a_yes=50, a_no=50, b_yes=50, b_no=50)
    assert outcome(tmp_path, "FA-10", lines, group=GROUP, says=PREDICTION) == {"not_applicable"}

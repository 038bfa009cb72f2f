"""The policies that come with the package: whole, sourced, and no looser than what they extend."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from rai_check.documents import read_yaml
from rai_check.outcome import Severity, Stage
from rai_check.policy.load import find_policy, load_policy, shipped
from rai_check.policy.model import Policy

HERE = Path(__file__).parent
B, H, M = Severity.BLOCKER, Severity.HIGH, Severity.MEDIUM
FAIRNESS = {"FA-07": H, "FA-09": H, "FA-10": H, "FA-11": M, "FA-12": M}
UK = {
    # the catalogue: severity, and the earliest gate (3 approve, 6 release; "all" approve)
    "DP-02": (B, Stage.APPROVE),
    "DP-03": (B, Stage.APPROVE),
    "DP-04": (H, Stage.APPROVE),
    "DP-12": (H, Stage.APPROVE),
    "DP-13": (M, Stage.APPROVE),
    "DP-14": (H, Stage.APPROVE),
    "FA-01": (B, Stage.APPROVE),
    "FA-03": (H, Stage.APPROVE),
    "FA-04": (M, Stage.APPROVE),
    "FA-06": (H, Stage.RELEASE),
    "FA-08": (H, Stage.RELEASE),
    "FA-16": (B, Stage.RELEASE),
    "GOV-01": (B, Stage.APPROVE),
    "GOV-09": (B, Stage.RELEASE),
    "MO-07": (B, Stage.APPROVE),
    "TE-04": (B, Stage.RELEASE),
    "TE-07": (H, Stage.RELEASE),
}
BASELINE = {"DP-03", "FA-01", "FA-03", "FA-06", "FA-08", "GOV-01", "TE-04", "TE-07"}


def policy(name: str) -> Policy:
    return load_policy(find_policy(name, HERE)).policy


@pytest.mark.parametrize("name", ["baseline", "uk-local-government", "uk-fairness"])
def test_policy_loads_under_its_own_name(name: str) -> None:
    assert name in shipped()
    assert policy(name).id == name


def test_uk_policy_has_the_seventeen_controls_of_the_catalogue() -> None:
    controls = policy("uk-local-government").controls
    assert {name: (c.severity, c.stage) for name, c in controls.items()} == UK


def test_baseline_has_the_eight_that_need_no_uk_law() -> None:
    assert set(policy("baseline").controls) == BASELINE
    text = find_policy("baseline", HERE).read_text("utf-8")
    assert not re.search(r"GDPR|Equality Act|\bUK\b|Act 20\d\d|\bICO\b", text)


def test_uk_policy_extends_the_baseline() -> None:
    assert load_policy(find_policy("uk-local-government", HERE)).chain == (
        "uk-local-government",
        "baseline",
    )


@pytest.mark.parametrize("name", ["baseline", "uk-local-government", "uk-fairness"])
def test_every_source_has_a_version_and_is_read_again_within_a_year(name: str) -> None:
    for control_id, control in policy(name).controls.items():
        source = control.source
        assert source.version, control_id
        due = source.review_by - source.checked_on
        assert timedelta(0) < due <= timedelta(days=366), control_id


def test_every_uk_source_is_given_whole() -> None:
    # merging is key by key, so a source given in part would be half the baseline's
    own = read_yaml(find_policy("uk-local-government", HERE)).content["controls"]
    whole = {"title", "reference", "version", "checked_on", "review_by"}
    assert [name for name in UK if not whole <= set(own[name]["source"])] == []
    assert [name for name in UK if not own[name]["why"].endswith(".")] == []


@pytest.mark.parametrize("name", ["baseline", "uk-local-government", "uk-fairness"])
def test_every_limit_says_whose_number_it_is(name: str) -> None:
    limits = [part.limit for c in policy(name).controls.values() for part in c.parts if part.limit]
    assert limits
    assert all(limit.whose == "ours" or "convention" in limit.whose for limit in limits)


def test_no_blocker_of_the_uk_policy_can_be_waived() -> None:
    controls = policy("uk-local-government").controls
    waivable = {n for n, c in controls.items() if c.waivable != "never"}
    assert waivable == {"DP-12", "DP-14", "FA-06", "FA-08", "TE-07"}
    assert {controls[n].severity for n in waivable} == {H}


def test_disparities_are_justified_by_the_role_that_fa16_asks() -> None:
    controls = policy("uk-local-government").controls
    asked = controls["FA-16"].parts[0].with_
    assert asked["covers"] == ("FA-06", "FA-08")
    for name in asked["covers"]:
        assert controls[name].justifiable == asked["roles"]


def test_fairness_policy_adds_its_controls_and_changes_none() -> None:
    own, parent = policy("uk-fairness").controls, policy("uk-local-government").controls
    assert load_policy(find_policy("uk-fairness", HERE)).chain == (
        "uk-fairness",
        "uk-local-government",
        "baseline",
    )
    added = {name: control for name, control in own.items() if name not in parent}
    assert {name: c.severity for name, c in added.items()} == FAIRNESS
    assert {c.stage for c in added.values()} == {Stage.RELEASE}
    assert {name: own[name] for name in parent} == dict(parent)


def test_each_added_control_applies_only_where_its_evidence_is_recorded() -> None:
    controls = policy("uk-fairness").controls
    assert {name: set(controls[name].applies_when) for name in FAIRNESS} == {
        "FA-07": {"has_today"},
        "FA-09": {"has_truth"},
        "FA-10": {"has_wait"},
        "FA-11": {"has_score", "has_truth"},
        "FA-12": {"has_several_groups"},
    }


def test_wrong_decisions_are_worded_for_both_kinds_of_outcome() -> None:
    control = policy("uk-fairness").controls["FA-09"]
    assert "flag" not in f"{control.title} {control.why}"
    assert "unfavourable" in control.why
    assert "Where it is favourable" in control.why.replace("\n", " ")

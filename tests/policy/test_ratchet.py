"""A child may tighten and never loosen."""

import pytest

from builders import EXACT, RATIO, control, policy
from rai_check.policy.ratchet import loosened

BASE = {
    "severity": "high",
    "stage": "assure",
    "parts": [RATIO],
    "per": "group",
    "waivable": {"roles": ["sro"], "max_days": "100"},
    "mitigable": ["lead"],
    "family": "f",
}
PARENT = policy({"AA-01": control(**BASE)}, families={"f": "20"})


def child(families=None, **changes):
    rule = control(**{**BASE, **changes})
    return policy({"AA-01": rule}, families=families or {"f": "20"})


def limit(**changes):
    return [{**RATIO, "limit": {**RATIO["limit"], **changes}}]


@pytest.mark.parametrize(
    "tighter",
    [
        {},
        {"severity": "blocker"},
        {"stage": "approve"},
        {"parts": limit(min="0.9")},
        {"parts": limit(max="1.1")},
        {"waivable": "never"},
        {"waivable": {"roles": ["sro"], "max_days": "30"}},
        {"mitigable": []},
        {"floors": {"units": "20", "known_share": "0.9"}},
        {"families": {"f": "10"}},
        {"title": "Another"},
    ],
)
def test_tightening_is_allowed(tighter):
    assert loosened(PARENT, child(**tighter)) is None


@pytest.mark.parametrize(
    ("looser", "at"),
    [
        ({"severity": "low"}, "severity"),
        ({"stage": "operate"}, "stage"),
        ({"parts": [RATIO, EXACT]}, "parts"),
        ({"parts": limit(prevalence="0.5")}, "parts"),
        ({"floors": {"exact_below_units": "5000"}}, "exact_below_units"),
        ({"parts": limit(min="0.7")}, "parts"),
        ({"parts": limit(max="1.3")}, "parts"),
        ({"parts": limit(min=None)}, "parts"),
        ({"parts": limit(breach="inconclusive")}, "parts"),
        ({"parts": [{**RATIO, "with": {"against": "all-pairs"}}]}, "parts"),
        ({"parts": [{**RATIO, "metric": "other"}]}, "parts"),
        ({"parts": [{**RATIO, "applies_when": {"has_model": ["yes"]}}]}, "parts"),
        ({"waivable": {"roles": ["sro", "anyone"], "max_days": "100"}}, "waivable"),
        ({"waivable": {"roles": ["sro"], "max_days": "101"}}, "waivable"),
        ({"mitigable": ["lead", "anyone"]}, "mitigable"),
        ({"justifiable": ["anyone"]}, "justifiable"),
        ({"applies_when": {"has_model": ["yes"]}}, "applies_when"),
        ({"floors": {"units": "5"}}, "units"),
        ({"floors": {"known_share": "0.1"}}, "known_share"),
        ({"families": {"f": "21"}}, "f"),
        ({"per": "project", "family": None}, "per"),
    ],
)
def test_loosening_is_named_with_its_place(looser, at):
    fault = loosened(PARENT, child(**looser))

    assert fault is not None
    assert at in fault[0]


def test_alpha_and_gates_stay():
    rules = {"AA-01": control()}
    parent = policy(rules)

    assert loosened(parent, policy(rules, alpha="0.1")) is not None
    assert loosened(parent, policy(rules, level="0.9")) is not None
    assert loosened(parent, policy(rules, gates={"release": ["blocker"]})) is not None
    assert loosened(parent, policy(rules, gates={"release": ["blocker", "high", "low"]})) is None


def test_control_that_could_not_be_waived_cannot_become_waivable():
    parent = policy({"AA-01": control(waivable="never")})

    fault = loosened(parent, policy({"AA-01": control(waivable={"roles": ["sro"]})}))

    assert fault is not None
    assert "never be waived" in fault[1]


@pytest.mark.parametrize(
    ("parent", "child", "is_looser"),
    [
        (None, None, False),
        (None, "3", False),
        ("3", "3", False),
        ("3", "2", False),
        ("3", "4", True),
        ("3", None, True),
    ],
)
def test_attempts_can_be_capped_and_the_cap_lowered_only(parent, child, is_looser):
    def capped(most):
        return policy({"AA-01": control()}, **({} if most is None else {"max_attempts": most}))

    fault = loosened(capped(parent), capped(child))

    assert (fault is not None) == is_looser
    if fault:
        assert fault == (("max_attempts",), "'max_attempts' cannot go above 3.")

"""Policies: found, extended, merged with origins, validated against their checks."""

import json

import pytest
import yaml

from builders import EXACT, RATIO, control
from rai_check.errors import UsageError
from rai_check.policy.load import find_policy, load_policy, shipped


def write(folder, name, controls, **more):
    content = {"schema": "rai-policy/1", "id": name, "version": "1", "title": "T", **more}
    path = folder / f"{name}.yaml"
    plain = json.loads(json.dumps({**content, "controls": controls}))  # no YAML aliases
    path.write_text(yaml.safe_dump(plain, sort_keys=False))
    return path


def limited(check, **limit):
    return {"check": check, "with": {"by": "x"}, "limit": {"whose": "o", **limit}}


def test_child_changes_a_value_and_its_origin_is_the_child(tmp_path):
    write(tmp_path, "parent", {"AA-01": control(severity="high"), "AA-02": control()})
    child = write(tmp_path, "child", {"AA-01": {"severity": "blocker"}}, extends="parent.yaml")

    found = load_policy(child)

    assert found.chain == ("child", "parent")
    assert found.policy.controls["AA-01"].severity.value == "blocker"
    origins = {key: place for key, _, place in found.origins()}
    assert origins["controls.AA-01.severity"].startswith("child.yaml line")
    assert origins["controls.AA-01.title"].startswith("parent.yaml line")
    assert origins["controls.AA-02.severity"].startswith("parent.yaml line")


def test_digest_follows_content_and_not_comments(tmp_path):
    path = write(tmp_path, "p", {"AA-01": control()})
    first = load_policy(path).sha256
    path.write_text("# a comment\n" + path.read_text())
    assert load_policy(path).sha256 == first
    path.write_text(path.read_text().replace("severity: high", "severity: low"))
    assert load_policy(path).sha256 != first


def test_policy_that_extends_itself_is_refused(tmp_path):
    path = write(tmp_path, "p", {}, extends="p.yaml")

    with pytest.raises(UsageError, match="cannot extend itself"):
        load_policy(path)


def test_circle_of_policies_is_refused(tmp_path):
    path = write(tmp_path, "a", {}, extends="b.yaml")
    write(tmp_path, "b", {}, extends="a.yaml")

    with pytest.raises(UsageError, match="a → b → a"):
        load_policy(path)


def test_fault_in_the_parent_names_the_parents_file(tmp_path):
    write(tmp_path, "parent", {"AA-01": control(severity="enormous")})
    child = write(tmp_path, "child", {"AA-02": control()}, extends="parent.yaml")

    with pytest.raises(UsageError, match=r"parent\.yaml line"):
        load_policy(child)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"parts": [{**EXACT, "check": "selection-rat"}]}, "Did you mean 'selection-rate'"),
        ({"parts": [{**EXACT, "with": {"x": "1"}}]}, "no parameter 'x'"),
        ({"parts": [{"check": "system-record"}]}, "needs a limit"),
        ({"parts": [{"check": "statement", "with": {"kind": "oath"}}]}, "parameter 'kind'"),
        ({"per": "group"}, "not run per group"),
        ({"per": "group", "parts": [{**RATIO, "with": {"by": "x"}}]}, "filled in"),
        ({"parts": [{**RATIO, "with": {"by": "x", "pool_below": "1"}}]}, "pool_below"),
        ({"parts": [{**EXACT, "limit": {"whose": "ours"}}]}, "'min', 'max' or both"),
        (
            {"parts": [{**EXACT, "limit": {"of": "ratio", "min": "1.1", "whose": "o"}}]},
            "must have 1 inside",
        ),
        ({"parts": [{**EXACT, "limit": {"max": "nan", "whose": "o"}}]}, "finite"),
        ({"family": "f"}, "has no size"),
        ({"parts": [{**EXACT, "limit": {"of": "ratio", "min": "0.8", "whose": "o"}}]}, "'value'"),
        ({"parts": [limited("selection-rate", max="1")]}, "'difference' or 'odds', not 'value'"),
        ({"parts": [limited("selection-rate", of="change", max="2")]}, "not 'change'"),
        ({"parts": [limited("selection-rate", of="difference", max="10")]}, "ten points are 0.10"),
        ({"parts": [limited("selection-rate", of="change", max="1")]}, "a 'max' above 1"),
        ({"parts": [limited("selection-rate", of="odds", min="1.1")]}, "an odds limit must have 1"),
        ({"parts": [limited("selection-rate", of="odds", min="0")]}, "an odds limit must be above"),
        ({"parts": [limited("auc", of="odds", min="0.8")]}, "'difference', not 'odds'"),
    ],
)
def test_policy_is_refused_before_any_data_is_read(tmp_path, changes, says):
    path = write(tmp_path, "p", {"AA-01": control(**changes)})

    with pytest.raises(UsageError, match=r"p\.yaml line") as caught:
        load_policy(path)

    assert says in str(caught.value)


def test_shipped_policies_load_and_the_uk_one_has_its_seventeen_controls():
    assert set(shipped()) >= {"baseline", "uk-local-government"}
    uk = load_policy(shipped()["uk-local-government"])
    assert set(uk.policy.controls) == {
        "GOV-01", "GOV-09", "DP-02", "DP-03", "DP-04", "DP-12", "DP-13", "DP-14",
        "FA-01", "FA-03", "FA-04", "FA-06", "FA-08", "FA-16", "TE-04", "TE-07", "MO-07",
    }  # fmt: skip
    limit = uk.policy.controls["FA-06"].parts[0].limit
    assert limit is not None
    assert (limit.of, limit.min, limit.max) == ("ratio", 0.80, 1.25)


def test_unknown_policy_suggests_a_near_name(tmp_path):
    with pytest.raises(UsageError, match="Did you mean 'baseline'"):
        find_policy("basline", tmp_path)

"""The files: their schemas, old versions still readable, digests that notice every change."""

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from rai_check.assess import rejudged
from rai_check.assessment import (
    Assessment,
    Measurements,
    faults,
    json_schema,
    read_assessment,
    read_measurements,
    save,
    to_json,
)
from rai_check.errors import UsageError
from rai_check.outcome import Verdict

ROOT = Path(__file__).parents[1]
OLD = Path(__file__).parent / "golden" / "assessment-1.json"


@pytest.mark.parametrize("kind", [Assessment, Measurements])
def test_published_schema_is_the_one_in_force(kind):
    published = json.loads((ROOT / "docs/schema" / f"{kind.__name__.lower()}-1.json").read_text())

    assert published == json_schema(kind)


def test_assessment_of_an_earlier_release_is_still_read_verified_and_judged_alike():
    old = read_assessment(OLD)

    jsonschema.Draft202012Validator(json_schema(Assessment)).validate(json.loads(OLD.read_text()))
    assert old.judgement.verdict is Verdict.FAIL
    again = rejudged(
        old.measurements, old.said, as_of=old.as_of, partial=old.partial, audit=old.audit
    )
    assert again.judgement == old.judgement


def test_reading_and_writing_changes_nothing():
    assert to_json(read_assessment(OLD)) == OLD.read_text("utf-8")


OPTIONAL = {"planning", "decided_by", "p_fail_bounded", "p_pass_bounded", "planned_rate", "design"}


def without(plain, names):
    if isinstance(plain, dict):
        return {k: without(v, names) for k, v in plain.items() if k not in names or v}
    return [without(v, names) for v in plain] if isinstance(plain, list) else plain


def test_file_from_before_an_optional_field_existed_is_still_read(tmp_path):
    plain = json.loads(OLD.read_text("utf-8"))
    older = without(plain, OPTIONAL)
    (tmp_path / "a.json").write_text(json.dumps(older))

    assert older != plain
    assert read_assessment(tmp_path / "a.json") == read_assessment(OLD)


def test_key_that_is_there_twice_is_refused(tmp_path):
    text = OLD.read_text("utf-8")
    twice = text.replace('"audit": false', '"audit": true, "audit": false')
    (tmp_path / "a.json").write_text(twice)

    with pytest.raises(UsageError, match="not JSON"):
        read_assessment(tmp_path / "a.json")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"x": 500', '"x": 501'),
        ('"verdict": "fail"', '"verdict": "pass"'),
        ('"max": "1.25"', '"max": "9.25"'),
        ('"as_of": "2026-', '"as_of": "2025-'),
        ('"measured_on": "2026-', '"measured_on": "2025-'),
        ('"harm": "h"', '"harm": "x"'),
    ],
)
def test_any_change_is_noticed(tmp_path, old, new):
    text = OLD.read_text("utf-8")
    assert old in text
    (tmp_path / "a.json").write_text(text.replace(old, new))

    with pytest.raises(UsageError, match="has been changed since it was written"):
        read_assessment(tmp_path / "a.json")


def test_digest_forged_together_with_a_looser_policy_is_noticed():
    old = read_assessment(OLD)
    content = {**old.measurements.policy.content, "alpha": "0.2"}
    policy = replace(old.measurements.policy, content=content)
    forged = replace(old, measurements=replace(old.measurements, policy=policy))

    assert any("policy" in fault for fault in faults(forged))


def test_evidence_digest_follows_evidence_and_not_statements_or_days():
    from rai_check.assessment import evidence_digest

    old = read_assessment(OLD).measurements
    same = replace(old, statements=("new.yaml",), measured_on=old.measured_on.replace(day=1))
    other = replace(old, seed="another")

    assert evidence_digest(same) == old.evidence_digest
    assert evidence_digest(other) != old.evidence_digest


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is not JSON"),
        ("{", "is not JSON"),
        ("[]", "is not a 'rai-measurements/1' file"),
        ('{"schema": "rai-measurements/2"}', "is not a 'rai-measurements/1' file"),
        ('{"schema": "rai-measurements/1"}', "does not fit its schema"),
        ("[" * 100_000, "is not JSON"),
    ],
)
def test_file_that_is_not_ours_is_one_line(tmp_path, text, says):
    (tmp_path / "m.json").write_text(text)

    with pytest.raises(UsageError, match=says) as caught:
        read_measurements(tmp_path / "m.json")

    assert "\n" not in str(caught.value)


def test_saved_file_says_that_it_is_internal(tmp_path):
    save(read_assessment(OLD), tmp_path / "a.json")

    assert json.loads((tmp_path / "a.json").read_text())["handling"].startswith("Internal")


@pytest.mark.parametrize("value", [None, False, {}, [], {"a": {}}, [None]])
@pytest.mark.parametrize("place", ["top", "measurements", "item"])
def test_unknown_key_is_refused_even_where_its_value_says_nothing(tmp_path, place, value):
    plain = json.loads(OLD.read_text("utf-8"))
    inside = {
        "top": plain,
        "measurements": plain["measurements"],
        "item": plain["measurements"]["items"][0],
    }
    inside[place]["unknown"] = value
    path = tmp_path / "assessment.json"
    path.write_text(json.dumps(plain), "utf-8")

    with pytest.raises(UsageError, match="not as this tool wrote it"):
        read_assessment(path)

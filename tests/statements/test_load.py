"""Statement files: broken ones stop the run with one line."""

import hashlib
import json

import pytest
import yaml

from rai_check.errors import UsageError
from rai_check.statements.load import read_statements

WAIVER = {
    "kind": "waiver",
    "id": "W-1",
    "control": "FA-06[ethnicity]",
    "where": [{"ethnicity": "Asian"}],
    "worst": 0.7,
    "reason": "r",
    "raised_by": {"role": "analyst", "ref": "S1"},
    "approved_by": {"role": "sro", "ref": "S2"},
    "raised_on": "2026-11-01",
    "expires": "2027-02-01",
}


def write(folder, *statements, name="statements.yaml"):
    path = folder / name
    content = {"schema": "rai-statements/1", "statements": list(statements)}
    path.write_text(yaml.safe_dump(json.loads(json.dumps(content)), sort_keys=False))
    return path


def test_waiver_is_read(tmp_path):
    (said,) = read_statements([write(tmp_path, WAIVER)])

    assert said.statement.kind == "waiver"
    assert said.faults == ()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"expires": "31/02/2027"}, "a date must be written YYYY-MM-DD; got '31/02/2027'"),
        ({"expires": "2027-02-31"}, "no such date"),
        ({"approved_by": {"role": "sro", "ref": "S1"}}, "someone other than"),
        ({"expries": "2027-01-01"}, "Did you mean 'expires'"),
        ({"kind": "waver"}, "waiver"),
        ({"control": "everything"}, "control"),
        ({"reason": ""}, "is empty"),
        ({"worst": "nan"}, "finite"),
    ],
)
def test_broken_statement_is_one_line_with_its_place(tmp_path, changes, says):
    path = write(tmp_path, {**WAIVER, **changes})

    with pytest.raises(UsageError, match=r"statements\.yaml line") as caught:
        read_statements([path])

    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_id_used_twice_in_one_file_or_two_is_refused(tmp_path):
    with pytest.raises(UsageError, match="used twice"):
        read_statements([write(tmp_path, WAIVER, dict(WAIVER))])
    paths = [write(tmp_path, WAIVER), write(tmp_path, WAIVER, name="other.yaml")]
    with pytest.raises(UsageError, match=r"already in statements\.yaml"):
        read_statements(paths)


def document(folder, content, **changes):
    (folder / "dpia.txt").write_bytes(content)
    found = hashlib.sha256(content).hexdigest()
    return {"title": "DPIA", "path": "dpia.txt", "sha256": found, "dated": "2026-10-01", **changes}


def test_document_is_held_against_its_hash(tmp_path):
    good = {**WAIVER, "evidence": [document(tmp_path, b"text")]}
    assert read_statements([write(tmp_path, good)])[0].faults == ()

    (tmp_path / "dpia.txt").write_bytes(b"other text")
    (said,) = read_statements([write(tmp_path, good)])
    assert "has changed" in said.faults[0]


def test_document_that_is_not_there_stops_the_run(tmp_path):
    gone = {**WAIVER, "evidence": [document(tmp_path, b"text", path="gone.txt")]}

    with pytest.raises(UsageError, match=r"there is no file 'gone.txt'"):
        read_statements([write(tmp_path, gone)])

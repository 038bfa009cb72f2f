"""The chain notices tampering; attempts count distinct evidence under one definition."""

import json
from datetime import date

import pytest

from rai_check.errors import UsageError
from rai_check.history import START, History, definitions


def append(folder, digest, **changes):
    plain = {
        "at": "2026-11-20T09:00:00+00:00",
        "kind": "run",
        "evidence": digest,
        "tried": digest,
        "verdict": "fail",
        "definitions": {"AA-01": "d1"},
    }
    History(folder).append(**{**plain, **changes})


def test_first_line_follows_the_start_and_each_next_the_one_before(tmp_path):
    append(tmp_path, "a")
    append(tmp_path, "b")

    lines = [json.loads(line) for line in (tmp_path / "history.jsonl").read_text().splitlines()]

    assert lines[0]["previous"] == START
    assert lines[1]["previous"] == History(tmp_path).entries[0].hash


def test_changed_line_stops_the_run(tmp_path):
    append(tmp_path, "a")
    append(tmp_path, "b")
    path = tmp_path / "history.jsonl"
    path.write_text(path.read_text().replace('"fail"', '"pass"', 1))

    with pytest.raises(UsageError, match="line 2 does not follow"):
        History(tmp_path)


def test_removed_line_stops_the_run(tmp_path):
    for digest in "abc":
        append(tmp_path, digest)
    path = tmp_path / "history.jsonl"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text(lines[0] + lines[2])

    with pytest.raises(UsageError, match="does not follow"):
        History(tmp_path)


@pytest.mark.parametrize("broken", ["{", "[]", '{"previous": 1}', "\x00"])
def test_line_that_is_no_entry_stops_the_run(tmp_path, broken):
    (tmp_path / "history.jsonl").write_text(broken + "\n")

    with pytest.raises(UsageError, match="line 1"):
        History(tmp_path)


def test_attempts_count_distinct_evidence_under_the_same_definition(tmp_path):
    same = {"AA-01": "d1"}
    assert History(tmp_path).attempt("a", same) == 1
    append(tmp_path, "a")
    append(tmp_path, "a")
    assert History(tmp_path).attempt("a", same) == 1
    assert History(tmp_path).attempt("b", same) == 2
    assert History(tmp_path).attempt("b", {"AA-01": "d2"}) == 1
    assert History(tmp_path).attempt("b", {"AA-01": "d1", "AA-02": "x"}) == 2


def test_aborted_run_is_on_record_and_is_no_attempt(tmp_path):
    append(tmp_path, "", kind="aborted", definitions={})

    assert len(History(tmp_path).entries) == 1
    assert History(tmp_path).attempt("a", {"AA-01": "d1"}) == 1


def test_first_run_is_the_first_line_or_today(tmp_path):
    assert History(tmp_path).first_run_on(date(2026, 11, 23)) == date(2026, 11, 23)
    append(tmp_path, "a")
    assert History(tmp_path).first_run_on(date(2026, 11, 23)) == date(2026, 11, 20)


def test_definition_of_one_control_does_not_depend_on_another():
    one = {"alpha": "0.05", "controls": {"A": {"parts": ["1"]}, "B": {"parts": ["1"]}}}
    two = {"alpha": "0.05", "controls": {"A": {"parts": ["1"]}, "B": {"parts": ["2"]}}}

    assert definitions(one)["A"] == definitions(two)["A"]
    assert definitions(one)["B"] != definitions(two)["B"]


def test_definition_is_what_decides_and_not_how_it_reads():
    one = {"alpha": "0.05", "controls": {"A": {"parts": ["1"], "title": "T"}}}
    two = {**one, "families": {"unused": "3"}, "controls": {"A": {"parts": ["1"], "title": "U"}}}
    three = {**one, "alpha": "0.01"}

    assert definitions(one) == definitions(two)
    assert definitions(one) != definitions(three)

"""Measure, judge, run: which attempt this is reaches the judge, and is judged again from record."""

from dataclasses import replace

import pytest
import yaml

from projects import rows, write_project, write_yaml
from rai_check.assess import judge, measure, rejudged, run
from rai_check.assessment import RunRecord
from rai_check.outcome import Outcome

ALIKE = {"a_yes": 1000, "a_no": 1000, "b_yes": 1000, "b_no": 1000}


def capped(folder, most, **counts):
    """A project with two groups alike, whose policy allows so many attempts."""
    path = write_project(folder, lines=rows(**{**ALIKE, **counts}))
    policy = yaml.safe_load((folder / "policy.yaml").read_text("utf-8"))
    write_yaml(folder / "policy.yaml", {**policy, "max_attempts": str(most)})
    return path


def codes(found):
    return {line.code for i in found.judgement.items if i.control == "AA-02" for line in i.lines}


def test_attempt_beyond_the_cap_is_inconclusive_and_the_same_data_is_no_new_attempt(tmp_path):
    first = run(capped(tmp_path, 1))
    again = run(capped(tmp_path, 1))
    second = run(capped(tmp_path, 1, a_yes=1001))

    assert [found.run.attempt for found in (first, again, second)] == [1, 1, 2]
    assert codes(first) == codes(again) == {"decided"}
    assert codes(second) == {"attempts"}


def test_measured_and_judged_apart_is_one_attempt(tmp_path):
    run(capped(tmp_path, 1))
    path = capped(tmp_path, 1, a_yes=1001)
    measurements = measure(path)

    found = judge(measurements, path)

    assert (found.run.attempt, codes(found)) == (2, {"attempts"})


@pytest.mark.parametrize("attempt", [1, 2])
def test_judging_again_uses_the_attempt_on_record(tmp_path, attempt):
    for extra in range(attempt):
        found = run(capped(tmp_path, 1, a_yes=1000 + extra))

    again = rejudged(
        found.measurements,
        found.said,
        as_of=found.as_of,
        partial=found.partial,
        audit=found.audit,
        attempt=found.run.attempt,
    )

    assert again.judgement == found.judgement
    other = 3 - attempt
    otherwise = rejudged(
        found.measurements,
        found.said,
        as_of=found.as_of,
        partial=found.partial,
        audit=found.audit,
        attempt=other,
    )
    assert otherwise.judgement != found.judgement


def test_verify_notices_an_attempt_number_that_was_changed(tmp_path):
    from click.testing import CliRunner

    from rai_check.assessment import save
    from rai_check.cli.verify_ import command

    run(capped(tmp_path, 1))
    found = run(capped(tmp_path, 1, a_yes=1001))
    save(found, tmp_path / "true.json")
    record = replace(found.run, attempt=1)
    save(replace(found, run=record), tmp_path / "forged.json")

    def verified(name):
        return CliRunner().invoke(command, [str(tmp_path / name), "--rejudge"])

    assert verified("true.json").exit_code == 0
    assert verified("forged.json").exit_code == 1
    assert "judged again" in verified("forged.json").output


def test_assessment_that_no_run_recorded_is_judged_as_a_first_attempt(tmp_path):
    found = run(capped(tmp_path, 1))

    blank = replace(found, run=RunRecord(started="", finished="", attempt=0, history_head=""))
    again = rejudged(
        blank.measurements,
        blank.said,
        as_of=blank.as_of,
        partial=blank.partial,
        audit=blank.audit,
        attempt=blank.run.attempt,
    )

    assert {i.outcome for i in again.judgement.items if i.control == "AA-02"} == {Outcome.PASS}

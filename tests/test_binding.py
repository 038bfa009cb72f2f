"""Measurements are refused as soon as anything they speak of has moved on."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from rai_check.assessment import Measurements, read_measurements, save, sealed
from rai_check.binding import check_bound
from rai_check.errors import UsageError
from rai_check.measured import OUTSIDE, Input, kept_path
from rai_check.outcome import Stage
from rai_check.policy.load import find_policy, load_policy
from rai_check.project import Project, project_digest, read_project
from rai_check.provenance import inputs, policy_record, subject

DAY = date(2026, 11, 23)
PROJECT = """\
schema: rai-project/1
system:
  name: Grant triage
  version: "1.0"
  organisation: Northbrook Council
  purpose: Order grant applications for officers.
  owner_role: head of grants
  decides: which applications an officer reads first
  human_involvement: an officer reads every application
stage: assure
policy: policy.yaml
statements: [statements.yaml]
tables:
  decisions:
    path: decisions.csv
    role: decisions
    columns:
      ethnicity: {means: group, labels: {a: Asian, w: White}}
"""
POLICY = """\
schema: rai-policy/1
id: tiny
version: "1"
title: A tiny policy
controls:
  GOV-01:
    title: System record complete
    why: Nobody can assure a tool that is not written down.
    source: {title: S, reference: R, checked_on: 2026-01-01, review_by: 2030-01-01}
    severity: blocker
    stage: approve
    parts:
      - check: system-record
        limit: {max: 0, whose: ours}
"""
DATA = "ethnicity\na\nw\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "policy.yaml").write_text(POLICY)
    (tmp_path / "decisions.csv").write_text(DATA)
    path = tmp_path / "rai.yaml"
    path.write_text(PROJECT)
    return path


@pytest.fixture
def measured(project: Path) -> Measurements:
    """As `measure` would leave them for this project, without running any check."""
    file, loaded = read_project(project)
    run = Project(file=file, folder=project.parent, as_of=DAY, first_run_on=DAY)
    return sealed(
        Measurements(
            tool="rai-check 0",
            versions={},
            subject=subject(run, file.stage),
            policy=policy_record(load_policy(find_policy(file.policy, project.parent))),
            inputs=(
                Input(
                    name="decisions", role="decisions", file="decisions.csv",
                    sha256=hashlib.sha256(DATA.encode()).hexdigest(), rows=2, read_as="utf-8",
                ),
            ),
            project_file=project.name,
            project_sha256=project_digest(loaded),
            statements=file.statements,
            seed="s",
            measured_on=DAY,
            first_run_on=DAY,
            partial=(),
            items=(),
        )
    )  # fmt: skip


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_unchanged_project_is_bound(project: Path, measured: Measurements) -> None:
    assert check_bound(measured, project, DAY) is None


def test_data_need_not_be_here(project: Path, measured: Measurements) -> None:
    (project.parent / "decisions.csv").unlink()
    assert check_bound(measured, project, DAY) is None


def test_comment_in_the_policy_changes_nothing(project: Path, measured: Measurements) -> None:
    _edit(project.parent / "policy.yaml", "controls:", "# a comment\ncontrols:")
    assert check_bound(measured, project, DAY) is None


def test_statement_file_added_since_is_fine(project: Path, measured: Measurements) -> None:
    _edit(project, "[statements.yaml]", "[statements.yaml, signed.yaml]")
    assert check_bound(measured, project, DAY) is None


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        ("policy.yaml", "max: 0", "max: 1", "made under the policy 'tiny' 1"),
        ("rai.yaml", "Grant triage", "Grant sorting", "'Grant triage' then, 'Grant sorting' now"),
        ("rai.yaml", '"1.0"', '"1.1"', "its version differs.*'1.0' then, '1.1' now"),
        ("rai.yaml", "stage: assure", "stage: release", "'assure' then, 'release' now"),
        ("rai.yaml", "an officer reads every", "nobody reads any", "its human involvement differs"),
        (
            "rai.yaml", "      ethnicity:", "      sex: {means: group}\n      ethnicity:",
            "its groups differs",
        ),
        ("rai.yaml", "[statements.yaml]", "[]", "'statements.yaml', which the project file no"),
        ("rai.yaml", "path: decisions.csv", "path: other.csv", "'decisions' .* is not the input"),
        ("decisions.csv", "a\n", "a\na\n", "'decisions.csv' has changed since it was measured"),
    ],
)  # fmt: skip
def test_anything_that_moved_on_is_refused(
    project: Path, measured: Measurements, file: str, old: str, new: str, sentence: str
) -> None:
    _edit(project.parent / file, old, new)
    with pytest.raises(UsageError, match=sentence):
        check_bound(measured, project, DAY)


def test_long_facts_are_named_and_not_quoted(project: Path, measured: Measurements) -> None:
    _edit(project, "an officer reads every", "nobody reads any")
    with pytest.raises(UsageError) as refused:
        check_bound(measured, project, DAY)
    assert "nobody" not in str(refused.value)


def test_loosened_policy_content_is_noticed_though_its_hash_is_kept(
    measured: Measurements, tmp_path: Path
) -> None:
    """The evidence digest covers the policy's hash, and reading holds the content against it."""
    content = dict(measured.policy.content)
    content["alpha"] = "0.2"
    loose = sealed(replace(measured, policy=replace(measured.policy, content=content)))
    assert loose.evidence_digest == measured.evidence_digest
    save(loose, tmp_path / "m.json")
    with pytest.raises(UsageError, match="changed since it was measured"):
        read_measurements(tmp_path / "m.json")


def test_date_that_was_moved_to_dodge_staleness_is_noticed(
    measured: Measurements, tmp_path: Path
) -> None:
    save(replace(measured, measured_on=DAY + timedelta(days=30)), tmp_path / "m.json")
    with pytest.raises(UsageError, match="changed since it was measured"):
        read_measurements(tmp_path / "m.json")


def test_meaning_of_a_column_that_changed_since_is_refused(
    project: Path, measured: Measurements
) -> None:
    _edit(project, "a: Asian", "a: White")
    with pytest.raises(UsageError, match=r"rai\.yaml has changed since it was measured"):
        check_bound(measured, project, DAY)


@pytest.mark.parametrize(
    ("later", "most", "refused"),
    [(0, 0, False), (31, 31, False), (32, 31, True), (1, 0, True), (-1, 31, True), (0, -1, True)],
)
def test_age_is_counted_in_days_and_the_future_is_refused(
    project: Path, measured: Measurements, later: int, most: int, *, refused: bool
) -> None:
    def check() -> None:
        check_bound(measured, project, DAY + timedelta(days=later), most)

    _expect(check, refused=refused)


def test_age_is_31_days_unless_told(project: Path, measured: Measurements) -> None:
    with pytest.raises(UsageError, match=r"stale: made on 2026-11-23, 32 days before 2026-12-25"):
        check_bound(measured, project, DAY + timedelta(days=32))


@pytest.mark.parametrize(
    ("then", "asked", "refused"),
    [
        (Stage.ASSURE, None, False),
        (Stage.RELEASE, Stage.RELEASE, False),
        (Stage.ASSURE, Stage.RELEASE, True),
        (Stage.RELEASE, None, True),
        (Stage.APPROVE, Stage.APPROVE, True),
    ],
)
def test_stage_is_the_one_asked_for_and_never_an_earlier_one(
    project: Path, measured: Measurements, then: Stage, asked: Stage | None, *, refused: bool
) -> None:
    at = sealed(replace(measured, subject=replace(measured.subject, stage=then)))
    _expect(lambda: check_bound(at, project, DAY, stage=asked), refused=refused)


def _expect(check: Callable[[], None], *, refused: bool) -> None:
    if refused:
        with pytest.raises(UsageError):
            check()
    else:
        assert check() is None


def test_frame_has_no_file_to_compare(project: Path, measured: Measurements) -> None:
    one = replace(measured.inputs[0], file="a data frame", sha256="0" * 64)
    assert check_bound(sealed(replace(measured, inputs=(one,))), project, DAY) is None


def test_file_that_was_not_read_when_measured_is_refused_once_it_is_here(
    project: Path, measured: Measurements
) -> None:
    one = replace(measured.inputs[0], sha256="", rows=None, read_as="not read")
    with pytest.raises(UsageError, match="could not be read when it was measured"):
        check_bound(sealed(replace(measured, inputs=(one,))), project, DAY)


def test_input_that_the_project_does_not_have_is_refused(
    project: Path, measured: Measurements
) -> None:
    more = replace(measured.inputs[0], name="log", role="log", file="log.csv")
    both = sealed(replace(measured, inputs=(*measured.inputs, more)))
    with pytest.raises(UsageError, match="'log' "):
        check_bound(both, project, DAY)


def test_file_outside_the_folder_is_named_and_still_compared(
    project: Path, measured: Measurements
) -> None:
    folder = project.parent / "a project"
    folder.mkdir()
    for name in ("rai.yaml", "policy.yaml"):
        (project.parent / name).rename(folder / name)
    inside = folder / project.name
    _edit(inside, "path: decisions.csv", "path: ../decisions.csv")
    (folder / "decisions.csv").write_text("another file of that name")
    file, loaded = read_project(inside)
    run = Project(file=file, folder=folder, as_of=DAY, first_run_on=DAY)
    found = inputs(run)
    assert [one.file for one in found] == ["decisions.csv"]
    assert found[0].note is not None
    assert [str(remark) for remark in found[0].note.remarks] == [OUTSIDE]
    now = sealed(replace(measured, inputs=found, project_sha256=project_digest(loaded)))
    assert check_bound(now, inside, DAY) is None
    (project.parent / "decisions.csv").write_text(DATA + "w\n")
    with pytest.raises(UsageError, match="has changed since it was measured"):
        check_bound(now, inside, DAY)


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("data/cases.csv", "data/cases.csv"),
        ("data/../cases.csv", "data/../cases.csv"),
        ("./cases.csv", "./cases.csv"),
        ("../cases.csv", "cases.csv"),
        ("data/../../Jo/cases.csv", "cases.csv"),
        ("/home/jo/cases.csv", "cases.csv"),
        ("C:\\Users\\Jo\\cases.csv", "cases.csv"),
        ("C:cases.csv", "cases.csv"),
        ("\\\\server\\share\\jo\\cases.csv", "cases.csv"),
        ("..\\jo\\cases.csv", "cases.csv"),
    ],
)
def test_path_is_kept_only_within_the_folder(path: str, kept: str) -> None:
    assert kept_path(path) == kept

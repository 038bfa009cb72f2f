"""Whether measurements made elsewhere, or earlier, still speak of the project as it is now.

A digest shows that a file was not changed by accident. It does not show that the file belongs
here: the policy, the facts of the system and the data may have moved on since it was written.
"""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from pathlib import Path

from rai_check.assessment import Measurements
from rai_check.errors import UsageError
from rai_check.files import sha256_of
from rai_check.measured import A_FRAME, Input, Subject, kept_path
from rai_check.outcome import Stage
from rai_check.policy.load import find_policy, load_policy
from rai_check.project import Project, ProjectFile, project_digest, read_project
from rai_check.provenance import policy_record, subject

MAX_AGE_DAYS = 31
_SHOWN = ("name", "version", "stage")
"""Facts short enough to quote in a message; the others are named only."""


def check_bound(
    measurements: Measurements,
    project_path: Path,
    as_of: date,
    max_age_days: int = MAX_AGE_DAYS,
    *,
    stage: Stage | None = None,
) -> None:
    """Refuse measurements that were not made of this project, this policy and this data.

    Args:
        measurements: as read by `read_measurements`, which checked their digest.
        project_path: the `rai.yaml` that is judged now.
        as_of: the day the judgement speaks of.
        max_age_days: whole days after which measurements are stale.
        stage: a later stage than the project file's, if one was asked for.

    Raises:
        UsageError: for the first thing that differs, with what to do next.
    """
    file, loaded = read_project(project_path)
    folder = project_path.parent
    _fresh(measurements.measured_on, as_of, max_age_days)
    _same_policy(measurements, file, folder)
    _same_subject(measurements, file, folder, stage)
    _same_statements(measurements, file)
    _same_tables(measurements.inputs, file)
    if measurements.project_sha256 != project_digest(loaded):
        raise UsageError(f"{project_path.name} has changed since it was measured; measure again.")
    paths = _paths(file)
    for one in measurements.inputs:
        if one.file != A_FRAME:
            _same_file(one, folder / paths[one.name, one.role])


def _fresh(measured_on: date, as_of: date, max_age_days: int) -> None:
    if max_age_days < 0:
        raise UsageError(f"the greatest age must be at least 0 days; got {max_age_days}.")
    age = (as_of - measured_on).days
    if age < 0:
        raise UsageError(f"the measurements are dated {measured_on}, after {as_of}; measure again.")
    if age > max_age_days:
        raise UsageError(
            f"the measurements are stale: made on {measured_on}, {age} days before {as_of}, "
            f"where at most {max_age_days} are allowed; measure again."
        )


def _same_policy(measurements: Measurements, file: ProjectFile, folder: Path) -> None:
    now, then = policy_record(load_policy(find_policy(file.policy, folder))), measurements.policy
    if then.sha256 != now.sha256:
        raise UsageError(
            f"the measurements were made under the policy {then.id!r} {then.version}, which is "
            f"not what the project file resolves to now ({now.id!r} {now.version}, "
            f"SHA-256 {now.sha256[:12]}); measure again."
        )


def _same_subject(
    measurements: Measurements, file: ProjectFile, folder: Path, stage: Stage | None
) -> None:
    wanted = file.stage_for(stage)
    day = measurements.measured_on
    project = Project(file=file, folder=folder, as_of=day, first_run_on=day)
    now, then = subject(project, wanted), measurements.subject
    for name in (f.name for f in fields(Subject)):
        old, new = getattr(then, name), getattr(now, name)
        if old != new:
            shown = f" ({str(old)!r} then, {str(new)!r} now)" if name in _SHOWN else ""
            raise UsageError(
                f"the measurements speak of another system: its {name.replace('_', ' ')} "
                f"differs from the project file's{shown}; measure again."
            )


def _same_statements(measurements: Measurements, file: ProjectFile) -> None:
    """A statement file may have been added since; one that was dropped may not come back."""
    if gone := sorted(set(measurements.statements) - set(file.statements)):
        raise UsageError(
            f"the measurements name the statement file {gone[0]!r}, which the project file "
            "no longer lists; measure again."
        )


def _same_tables(inputs: Iterable[Input], file: ProjectFile) -> None:
    now = {key: kept_path(path) for key, path in _paths(file).items()}
    then = {(one.name, one.role): one.file for one in inputs}
    for key in sorted({*now, *then}):
        old, new = then.get(key), now.get(key)
        if old is None or new is None or old not in {new, A_FRAME}:
            raise UsageError(
                f"the project file's {key[0]!r} (role {key[1]!r}) is not the input that was "
                "measured under this name; measure again."
            )


def _paths(file: ProjectFile) -> dict[tuple[str, str], str]:
    """Name and role → path of every input, as the project file has it."""
    paths = {(name, table.role.value): table.path for name, table in file.tables.items()}
    return paths | ({("model", "model"): file.model.path} if file.model else {})


def _same_file(one: Input, path: Path) -> None:
    """A file that is not here cannot be compared: data need not be where it is judged."""
    if not path.is_file():
        return
    if not one.sha256:
        raise UsageError(f"{one.file!r} is here, but could not be read when it was measured.")
    try:
        found = sha256_of(path)
    except OSError as refused:
        raise UsageError(f"{one.file!r} cannot be read ({refused.strerror}).") from None
    if found != one.sha256:
        raise UsageError(f"{one.file!r} has changed since it was measured; measure again.")

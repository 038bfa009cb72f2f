"""The only orchestration: measure, judge, run."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from rai_check.assessment import Assessment, Measurements, RunRecord, sealed
from rai_check.cover import Context
from rai_check.errors import UsageError
from rai_check.files import one_at_a_time
from rai_check.history import History, definitions
from rai_check.judge import judge as judge_items
from rai_check.measuring import Options, measure_project, now
from rai_check.policy.model import Policy
from rai_check.project import read_project
from rai_check.statements.load import Said, read_statements

FOLDER = ".rai"
DEFAULTS = Options()


def run(path: Path, options: Options = DEFAULTS) -> Assessment:
    """Measure and judge the project at `path` (a `rai.yaml`), and record the run.

    Raises:
        UsageError: when the project, policy, a statement or an option cannot be used.
    """
    folder = path.parent
    with one_at_a_time(folder / FOLDER):
        started = now()
        try:
            measurements = measure_project(path, options)
            paths = tuple(folder / name for name in measurements.statements)
            return _judged(measurements, folder, options, paths, _Run("run", started))
        except (KeyboardInterrupt, SystemExit):
            _record_abort(folder, started)
            raise


def measure(path: Path, options: Options = DEFAULTS) -> Measurements:
    """Measure only, where the data lives; the result holds no row.

    Raises:
        UsageError: as `run`.
    """
    folder = path.parent
    with one_at_a_time(folder / FOLDER):
        started = now()
        try:
            found = measure_project(path, options)
        except (KeyboardInterrupt, SystemExit):
            _record_abort(folder, started)
            raise
        _record(folder, _Run("measure", started), found, "")
        return found


def judge(
    measurements: Measurements,
    folder: Path,
    options: Options = DEFAULTS,
    *,
    statements: tuple[Path, ...] | None = None,
) -> Assessment:
    """Judge measurements made earlier, from them and the statements alone.

    Args:
        measurements: as read by `read_measurements`, so that their digest was checked.
        folder: of the project file; statement files and the history are found from there.
        options: `as_of` and `audit` are used.
        statements: files to read instead of those that the project lists.

    Raises:
        UsageError: when the policy recorded or a statement cannot be used.
    """
    with one_at_a_time(folder / FOLDER):
        paths = _statement_files(measurements, folder) if statements is None else statements
        return _judged(measurements, folder, options, paths, _Run("judge", now()))


def _statement_files(measurements: Measurements, folder: Path) -> tuple[Path, ...]:
    """Those that the project file lists today, or listed when it is no longer here."""
    project = folder / measurements.project_file
    today = read_project(project)[0].statements if project.is_file() else measurements.statements
    return tuple(folder / name for name in today)


@dataclass(frozen=True, slots=True)
class _Run:
    kind: str
    started: datetime


def _judged(
    measurements: Measurements,
    folder: Path,
    options: Options,
    statements: tuple[Path, ...],
    this: _Run,
) -> Assessment:
    today = now().date()
    as_of = options.as_of or max(today, measurements.measured_on)
    if as_of > max(today, measurements.measured_on):
        raise UsageError(f"the day asked for, {as_of}, is in the future.")
    partial = measurements.partial
    if as_of < today:
        partial = (*partial, f"a replay as of {as_of}")
    said = read_statements(statements)
    found = rejudged(measurements, said, as_of=as_of, partial=partial, audit=options.audit)
    history = History(folder / FOLDER)
    content = definitions(measurements.policy.content)
    attempt = history.attempt(measurements.evidence_digest, content)
    _record(folder, this, measurements, found.judgement.verdict.value)
    record = RunRecord(
        started=this.started.isoformat(timespec="seconds"),
        finished=now().isoformat(timespec="seconds"),
        attempt=attempt,
        history_head=History(folder / FOLDER).head,
    )
    return replace(found, run=record)


def rejudged(
    measurements: Measurements,
    said: tuple[Said, ...],
    *,
    as_of: date,
    partial: tuple[str, ...],
    audit: bool,
) -> Assessment:
    """Form the assessment from measurements and statements alone; nothing is recorded."""
    policy = Policy.model_validate(measurements.policy.content)
    subject = measurements.subject
    judgement = judge_items(
        policy,
        measurements.items,
        said,
        subject=subject,
        context=Context(
            as_of=as_of,
            evidence_digest=measurements.evidence_digest,
            system=subject.name,
            version=subject.version,
            alpha=policy.alpha,
        ),
        partial=partial,
        audit=audit,
    )
    return sealed(
        Assessment(
            as_of=as_of,
            audit=audit,
            partial=partial,
            judgement=judgement,
            measurements=measurements,
            said=said,
        )
    )


def _record(folder: Path, this: _Run, found: Measurements, verdict: str) -> None:
    History(folder / FOLDER).append(
        at=this.started.isoformat(timespec="seconds"),
        kind=this.kind,
        evidence=found.evidence_digest,
        verdict=verdict,
        definitions=definitions(found.policy.content),
    )


def _record_abort(folder: Path, at: datetime) -> None:
    History(folder / FOLDER).append(
        at=at.isoformat(timespec="seconds"), kind="aborted", evidence="", verdict="", definitions={}
    )

"""The only orchestration: measure, judge, run."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from rai_check.assessment import Assessment, Measurements, RunRecord, attempt_digest, sealed
from rai_check.binding import check_bound
from rai_check.cover import Context
from rai_check.errors import UsageError
from rai_check.files import one_at_a_time
from rai_check.history import History, definitions
from rai_check.judge import judge as judge_items
from rai_check.measuring import Options, measure_project, now
from rai_check.policy.model import Policy
from rai_check.project import read_project
from rai_check.statements.load import read_statements
from rai_check.statements.model import Said

FOLDER = ".rai"
DEFAULTS = Options()
Keep = Callable[[Assessment], None]


def _nothing(_: Assessment) -> None:
    """Keep nothing."""


def run(path: Path, options: Options = DEFAULTS, *, keep: Keep = _nothing) -> Assessment:
    """Measure and judge the project at `path` (a `rai.yaml`), and record the run.

    `keep` is given the result while the folder's lock is held, to save it.

    Raises:
        UsageError: when the project, policy, a statement or an option cannot be used.
    """
    folder = path.parent
    with one_at_a_time(folder / FOLDER):
        started = now()
        try:
            measurements = measure_project(path, options)
            paths = tuple(folder / name for name in measurements.statements)
            found = _judged(measurements, folder, options, paths, _Run("run", started))
        except (KeyboardInterrupt, SystemExit):
            _record_abort(folder, started)
            raise
        keep(found)
        return found


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
    project: Path,
    options: Options = DEFAULTS,
    *,
    statements: tuple[Path, ...] | None = None,
    keep: Keep = _nothing,
) -> Assessment:
    """Judge measurements made earlier, from them and the statements alone.

    Args:
        measurements: as read by `read_measurements`, so that their digests were checked.
        project: the project file. If it is there, the measurements must belong to it as it is
            now, and be no older than `options.max_age_days`.
        options: `as_of`, `stage`, `audit` and `max_age_days` are used.
        statements: files to read instead of those that the project lists.
        keep: is given the result while the folder's lock is held, to save it.

    Raises:
        UsageError: when the measurements do not belong to the project, or a statement cannot
            be used.
    """
    folder = project.parent
    names = measurements.statements
    if project.is_file():
        day = options.as_of or now().date()
        stage = options.stage or measurements.subject.stage
        check_bound(measurements, project, day, options.max_age_days, stage=stage)
        names = read_project(project)[0].statements
    paths = tuple(folder / name for name in names) if statements is None else statements
    with one_at_a_time(folder / FOLDER):
        found = _judged(measurements, folder, options, paths, _Run("judge", now()))
        keep(found)
        return found


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
    tried, content = attempt_digest(measurements), _definitions(measurements)
    attempt = History(folder / FOLDER).attempt(tried, content)
    found = rejudged(
        measurements,
        said,
        as_of=as_of,
        partial=partial,
        audit=options.audit,
        attempt=attempt,
    )
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
    attempt: int = 1,
) -> Assessment:
    """Form the assessment from measurements and statements alone; nothing is recorded.

    `attempt` is the one on record, which a policy may cap.
    """
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
            attempt=attempt,
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
        tried=attempt_digest(found),
        verdict=verdict,
        definitions=_definitions(found),
    )


def _definitions(found: Measurements) -> dict[str, str]:
    """Definitions of the controls that were measured; one left out was not tried."""
    measured = {item.control for item in found.items}
    every = definitions(found.policy.content)
    return {name: text for name, text in every.items() if name in measured}


def _record_abort(folder: Path, at: datetime) -> None:
    History(folder / FOLDER).append(
        at=at.isoformat(timespec="seconds"),
        kind="aborted",
        evidence="",
        tried="",
        verdict="",
        definitions={},
    )

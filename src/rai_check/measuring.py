"""Measure a project under its policy: run every check, hash every input, judge nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from rai_check.assessment import Measurements, sealed
from rai_check.binding import MAX_AGE_DAYS
from rai_check.check import Check, Missing, NotApplicable
from rai_check.errors import RaiCheckError, UsageError, did_you_mean, where_ours
from rai_check.history import History
from rai_check.measured import MeasuredItem, PartResult, Subject, item_id
from rai_check.measurement import CheckResult
from rai_check.outcome import Outcome, Stage
from rai_check.policy.load import find_policy, load_policy
from rai_check.policy.model import Part, Policy
from rai_check.project import Project, project_digest, read_project
from rai_check.promised import Promised, promised_items
from rai_check.provenance import inputs, policy_record, subject, version, versions
from rai_check.registry import get_check
from rai_check.statements.load import read_statements

Progress = Callable[[str], None]


def _quiet(_: str) -> None:
    """Say nothing."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """What a person may ask of a run; none of it can make a verdict better."""

    as_of: date | None = None
    """Day the run speaks of; a day in the past makes it a replay, which gives no verdict."""
    stage: Stage | None = None
    """A later stage than the project file's."""
    only: tuple[str, ...] = ()
    """Control ids; anything less than all gives no verdict."""
    audit: bool = False
    """Report only: the verdict is none."""
    max_age_days: int = MAX_AGE_DAYS
    """Days after which measurements made earlier are too old to judge."""
    frames: Mapping[str, object] = field(default_factory=dict)
    """Data frames to measure in place of the files of tables, by table name."""
    progress: Progress = _quiet
    """Called with the id of each control as it begins."""


def now() -> datetime:
    """Wall-clock time; the one place that asks for it."""
    return datetime.now(UTC)


def measure_project(path: Path, options: Options) -> Measurements:
    """Read a project and run every check that its policy names at its stage.

    Raises:
        UsageError: when the project, policy, a statement or an option cannot be used.
    """
    file, loaded = read_project(path)
    folder = path.parent
    stage, as_of = file.stage_for(options.stage), _day(options)
    resolved = load_policy(find_policy(file.policy, folder))
    _known_frames(options.frames, file.tables)
    read_statements(folder / name for name in file.statements)  # broken ones stop the run early
    project = Project(
        file=file,
        folder=folder,
        as_of=as_of,
        first_run_on=History(folder / ".rai").first_run_on(as_of),
        frames=options.frames,
    )
    facts = subject(project, stage)
    pairs, left_out = _chosen(resolved.policy, facts, options.only)
    if as_of < now().date():
        left_out = (*left_out, f"measured as of {as_of}, a past day")
    try:
        bench = _Bench(project, stage, options.progress)
        items = tuple(bench.item(resolved.policy, name, group) for name, group in pairs)
        measured = inputs(project)
    finally:
        project.close()
    return sealed(
        Measurements(
            tool=f"rai-check {version('rai-check')}",
            versions=versions(),
            subject=facts,
            policy=policy_record(resolved),
            inputs=measured,
            project_file=path.name,
            project_sha256=project_digest(loaded),
            statements=file.statements,
            seed=file.seed,
            measured_on=as_of,
            first_run_on=project.first_run_on,
            partial=left_out,
            items=items,
        )
    )


def _day(options: Options) -> date:
    today = now().date()
    if options.as_of and options.as_of > today:
        raise UsageError(f"the day asked for, {options.as_of}, is in the future.")
    return options.as_of or today


def _known_frames(frames: Mapping[str, object], tables: Mapping[str, object]) -> None:
    for name in frames:
        if name not in tables:
            near = did_you_mean(name, tables)
            raise UsageError(f"there is no table {name!r} in the project file.{near}")


def _chosen(
    policy: Policy, subject: Subject, only: tuple[str, ...]
) -> tuple[Promised, tuple[str, ...]]:
    pairs = promised_items(policy, subject)
    if not only:
        return pairs, ()
    ids = {item_id(c, g) for c, g in pairs} | {c for c, _ in pairs}
    for name in only:
        if name not in ids:
            raise UsageError(f"there is no control {name!r} here.{did_you_mean(name, ids)}")
    kept = tuple((c, g) for c, g in pairs if c in only or item_id(c, g) in only)
    if len(kept) == len(pairs):
        return pairs, ()
    return kept, (f"{len(kept)} of {len(pairs)} controls were chosen",)


class _Bench:
    """Runs checks on one project; the same check with the same parameters runs once."""

    def __init__(self, project: Project, stage: Stage, progress: Progress) -> None:
        self.project, self.progress = project, progress
        self.facts = {**project.facts(), "stage": stage.value}
        self.declared = project.file.declared_names
        self.done: dict[tuple[str, str], CheckResult | tuple[Outcome, str]] = {}

    def item(self, policy: Policy, name: str, group: str | None) -> MeasuredItem:
        """Measure one control (for one group column)."""
        self.progress(item_id(name, group))
        control = policy.controls[name]
        excuse = _not_applicable(control.applies_when, self.facts)
        parts = []
        for index, part in enumerate(control.parts):
            why = excuse or _not_applicable(part.applies_when, self.facts)
            found = (
                (Outcome.NOT_APPLICABLE, why) if why else self._measure(part, group, control.per)
            )
            parts.append(_part_result(part, index, found))
        return MeasuredItem(control=name, group=group, parts=tuple(parts))

    def _measure(
        self, part: Part, group: str | None, per: str
    ) -> CheckResult | tuple[Outcome, str]:
        parameters: dict[str, object] = dict(part.with_)
        if per == "group":
            if group is None:
                return Outcome.MISSING, "no column of the decisions table means 'group'"
            parameters["by"] = group
        key = (part.check, repr(sorted(parameters.items())))
        if key not in self.done:
            self.done[key] = self._run(get_check(part.check), parameters)
        return self.done[key]

    def _run(
        self, found: Check, parameters: dict[str, object]
    ) -> CheckResult | tuple[Outcome, str]:
        for need in found.needs:
            if lack := self.project.lacks(need):
                return Outcome.MISSING, lack
        try:
            return _checked(found, found(self.project, **parameters))
        except NotApplicable as reason:
            return Outcome.NOT_APPLICABLE, reason.shared(self.declared)
        except Missing as reason:
            return Outcome.MISSING, reason.shared(self.declared)
        except RaiCheckError as fault:
            return Outcome.ERROR, fault.shared(self.declared)
        except Exception as broken:  # noqa: BLE001 - whatever a check raises is an error of its control
            return Outcome.ERROR, f"the check {found.id!r} broke ({where_ours(broken)})"


def _part_result(part: Part, index: int, found: CheckResult | tuple[Outcome, str]) -> PartResult:
    if isinstance(found, CheckResult):
        return PartResult(check=part.check, index=index, result=found)
    outcome, reason = found
    return PartResult(check=part.check, index=index, outcome=outcome, reason=reason)


def _not_applicable(when: Mapping[str, tuple[str, ...]], facts: Mapping[str, str]) -> str | None:
    """Why a condition does not hold; a fact that is not known cannot excuse a control."""
    for fact, allowed in when.items():
        known = {word.casefold() for word in allowed}
        if fact in facts and facts[fact].casefold() not in known:
            return f"applies only where {fact} is {' or '.join(allowed)}"
    return None


def _checked(found: Check, result: object) -> CheckResult:
    if not isinstance(result, CheckResult):
        raise RaiCheckError(f"check {found.id!r} returned something other than a CheckResult.")
    if not result.measurements:
        raise RaiCheckError(f"check {found.id!r} measured nothing and did not say why.")
    if absent := result.absent():
        raise RaiCheckError(
            f"check {found.id!r} did not come back with {len(absent)} of the groups promised."
        )
    return result

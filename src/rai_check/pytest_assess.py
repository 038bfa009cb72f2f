"""What the options of `pytest --rai` ask for, and the one assessment that answers them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from rai_check import assess
from rai_check.assessment import Assessment, read_measurements
from rai_check.binding import MAX_AGE_DAYS
from rai_check.dates import iso_day
from rai_check.errors import RaiCheckError, UsageError, did_you_mean, where_ours
from rai_check.measured import item_id
from rai_check.measuring import Options, now
from rai_check.outcome import Stage
from rai_check.policy.load import find_policy, load_policy
from rai_check.project import Project, read_project
from rai_check.promised import promised_items
from rai_check.provenance import subject
from rai_check.pytest_items import Shown
from rai_check.reports.escape import visible


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the options of the command line ask for, as they were written."""

    project: Path
    measurements: Path | None = None
    stage: str | None = None
    as_of: str | None = None
    max_age_days: int | None = None

    def options(self) -> Options:
        """The same, typed.

        Raises:
            UsageError: for a stage or a day that there is none of.
        """
        age = MAX_AGE_DAYS if self.max_age_days is None else self.max_age_days
        return Options(stage=_stage(self.stage), as_of=_day(self.as_of), max_age_days=age)


def _stage(word: str | None) -> Stage | None:
    known = [stage.value for stage in Stage]
    if word is not None and word not in known:
        near = did_you_mean(word, known) or f" One of: {', '.join(known)}."
        raise UsageError(f"--rai-stage: there is no stage {word!r}.{near}")
    return Stage(word) if word is not None else None


def _day(word: str | None) -> date | None:
    if word is None:
        return None
    try:
        return iso_day(word)
    except ValueError as fault:
        raise UsageError(f"--rai-as-of: {fault}; got {word!r}.") from None


@contextmanager
def one_line() -> Iterator[None]:
    """Turn what goes wrong into one line of pytest's; a traceback may quote rows."""
    interrupted = False
    try:
        yield
    except KeyboardInterrupt:
        interrupted = (
            True  # raised anew below: pytest prints the arguments of frames it came through
        )
    except RaiCheckError as fault:
        raise pytest.UsageError(visible(fault)) from None
    except Exception as broken:  # noqa: BLE001 - whatever it is, its text may quote rows
        raise pytest.UsageError(
            f"the assessment broke ({where_ours(broken)}), so there is no verdict."
        ) from None
    if interrupted:
        raise KeyboardInterrupt from None


def assessed(asked: Asked) -> Assessment:
    """Assess the project, or judge the measurements given.

    Raises:
        pytest.UsageError: one line, when there can be no assessment.
    """
    with one_line():
        options = asked.options()
        if asked.measurements is None:
            return assess.run(asked.project, options)
        found = read_measurements(asked.measurements)
        stage = read_project(asked.project)[0].stage_for(options.stage)
        return assess.judge(found, asked.project, replace(options, stage=stage))


def listed(asked: Asked) -> tuple[Shown, ...]:
    """The controls that there would be; nothing is measured, judged or recorded.

    Raises:
        pytest.UsageError: as `assessed`.
    """
    with one_line():
        options, today = asked.options(), now().date()
        file, _ = read_project(asked.project)
        folder = asked.project.parent
        policy = load_policy(find_policy(file.policy, folder)).policy
        project = Project(file=file, folder=folder, as_of=today, first_run_on=today)
        facts = subject(project, file.stage_for(options.stage))
        ids = [item_id(control, group) for control, group in promised_items(policy, facts)]
        return tuple(Shown(id=one, name=visible(one)) for one in ids)

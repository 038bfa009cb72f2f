"""Assessments made by the real judge from measurements written by hand, and a project on disk."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import rai_check
from rai_check import assess, pytest_shown  # noqa: F401 - pytester forgets what a run inside imports
from rai_check.assessment import Assessment, Measurements, PolicyRecord, save, sealed
from rai_check.canonical import digest
from rai_check.measured import MeasuredItem, PartResult, Subject
from rai_check.measurement import CheckResult, Exact, Measurement, Undefined
from rai_check.outcome import Outcome, Stage
from rai_check.reports import terminal  # noqa: F401 - as pytest_shown
from rai_check.statements.model import Person, Said, Waiver

TODAY = date(2026, 11, 23)
SRC = Path(rai_check.__file__).parents[1]
PLUGIN = ("-p", "rai_check.pytest_plugin")
QUIETLY = ("-W", "ignore::pytest.PytestAssertRewriteWarning")
"""A run inside this process finds the plugin imported already, where it is installed."""

Assess = Callable[..., Assessment]
Run = Callable[..., pytest.RunResult]


def _control(severity: str, *, parts: int = 1, per: str = "project") -> dict[str, Any]:
    check = "group-size" if per == "group" else "system-record"
    source = {"title": "S", "reference": "R", "checked_on": "2026-01-01", "review_by": "2030-01-01"}
    return {
        "title": "Facts are written down",
        "why": "Nobody can assure what is not written down.",
        "source": source,
        "severity": severity,
        "stage": "approve",
        "per": per,
        "parts": [{"check": check, "limit": {"max": "0", "whose": "ours"}}] * parts,
        "waivable": {"roles": ["head of service"]},
    }


def _parts(outcome: str) -> tuple[PartResult, ...]:
    if outcome == "covered beside a pass":
        return _part("covered", 0), _part("pass", 1)
    return (_part(outcome, 0),)


def _part(outcome: str, index: int) -> PartResult:
    def with_value(evidence: Exact | Undefined) -> PartResult:
        one = Measurement(
            metric="facts not supplied", evidence=evidence, unit="facts", about_people=False
        )
        return PartResult(
            check="system-record", index=index, result=CheckResult(measurements=(one,))
        )

    if outcome in {"pass", "fail", "covered"}:
        return with_value(Exact(value=0 if outcome == "pass" else 1))
    if outcome == "inconclusive":
        return with_value(Undefined(code="undefined", text="there is nothing to divide by"))
    return PartResult(
        check="system-record", index=index, outcome=Outcome(outcome), reason=f"it is {outcome}"
    )


def _waiver(control: str) -> Said:
    return Said(
        statement=Waiver(
            kind="waiver",
            id=f"W-{control}",
            control=control,
            worst=1.0,
            reason="The register opens next month.",
            raised_by=Person(role="service owner", ref="A1"),
            approved_by=Person(role="head of service", ref="B2"),
            raised_on=TODAY,
            expires=TODAY + timedelta(days=30),
        )
    )


def _split(id_: str) -> tuple[str, str | None]:
    control, _, group = id_.partition("[")
    return control, group.removesuffix("]") or None


@pytest.fixture
def assessed() -> Assess:
    """Build an assessment from item ids and outcomes; `covered...` is a fail under a waiver."""

    def build(
        outcomes: Mapping[str, str],
        *,
        informs: tuple[str, ...] = (),
        partial: tuple[str, ...] = (),
    ) -> Assessment:
        pairs = [_split(id_) for id_ in outcomes]
        controls = {
            c: _control(
                "low" if c in informs else "high",
                parts=len(_parts(outcomes[id_])),
                per="group" if g else "project",
            )
            for id_, (c, g) in zip(outcomes, pairs, strict=True)
        }
        content = {
            "schema": "rai-policy/1",
            "id": "tiny",
            "version": "1",
            "title": "Tiny",
            "controls": controls,
        }
        measurements = Measurements(
            tool="rai-check 0",
            versions={},
            subject=Subject(
                name="Grant triage",
                version="1.0",
                organisation="Northbrook Council",
                purpose="Order applications.",
                owner_role="head of grants",
                decides="what is read first",
                human_involvement="an officer reads all",
                stage=Stage.RELEASE,
                groups=tuple(sorted({g for _, g in pairs if g})),
            ),
            policy=PolicyRecord(
                id="tiny", version="1", title="Tiny", chain=("tiny",),
                sha256=digest(content), content=content,
            ),
            inputs=(),
            project_file="rai.yaml",
            project_sha256="e" * 64,
            statements=(),
            seed="s",
            measured_on=TODAY,
            first_run_on=TODAY,
            partial=(),
            items=tuple(
                MeasuredItem(control=c, group=g, parts=_parts(outcomes[id_]))
                for id_, (c, g) in zip(outcomes, pairs, strict=True)
            ),
        )  # fmt: skip
        said = tuple(
            _waiver(id_) for id_, outcome in outcomes.items() if outcome.startswith("covered")
        )
        return assess.rejudged(
            sealed(measurements), said, as_of=TODAY, partial=partial, audit=False
        )

    return build


@pytest.fixture
def inside(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Assessment], tuple[Run, list[Path]]]:
    """Run pytest in this process, where assessing gives the assessment handed over."""

    def prepare(found: Assessment) -> tuple[Run, list[Path]]:
        calls: list[Path] = []

        def run(path: Path, _options: object) -> Assessment:
            calls.append(path)
            return found

        monkeypatch.setattr(assess, "run", run)
        monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # others' plugins cost seconds
        if not Path("rai.yaml").exists():
            pytester.path.joinpath("rai.yaml").write_text(_project(found), "utf-8")
        return lambda *args: pytester.runpytest_inprocess(*PLUGIN, *QUIETLY, *args), calls

    return prepare


def _project(found: Assessment) -> str:
    """A project file and policy of the same controls, for what does not assess."""
    import json

    Path("policy.yaml").write_text(json.dumps(found.measurements.policy.content), "utf-8")
    groups = {g: {"means": "group"} for g in found.measurements.subject.groups}
    table = {"path": "decisions.csv", "role": "decisions", "columns": groups}
    subject = found.measurements.subject
    system = {
        name: getattr(subject, name)
        for name in (
            "name", "version", "organisation", "purpose", "owner_role", "decides",
            "human_involvement",
        )
    }  # fmt: skip
    content = {
        "schema": "rai-project/1",
        "system": system,
        "policy": "policy.yaml",
        "tables": {"decisions": table},
    }
    return json.dumps(content)


@pytest.fixture
def outside(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Assessment], Run]:
    """Run pytest in another process, where every assessing leaves a line in `calls.txt`."""

    def prepare(found: Assessment) -> Run:
        pytest.importorskip("xdist")
        monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)  # these tests may run in one
        monkeypatch.setenv("PYTHONPATH", str(SRC))
        monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
        save(found, pytester.path / "assessment.json")
        pytester.path.joinpath("rai.yaml").write_text(_project(found), "utf-8")
        pytester.makeconftest(
            """
            import os
            from pathlib import Path

            def pytest_configure(config):
                from rai_check import assess
                from rai_check.assessment import read_assessment

                def run(path, options):
                    with Path("calls.txt").open("a") as stream:
                        stream.write(os.environ.get("PYTEST_XDIST_WORKER", "controller") + "\\n")
                    return read_assessment(Path("assessment.json"))

                assess.run = run
            """
        )
        return lambda *args: pytester.runpytest_subprocess(*PLUGIN, "-p", "xdist", *args)

    return prepare

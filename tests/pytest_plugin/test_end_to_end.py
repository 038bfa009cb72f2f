"""A real project, measured and judged by real checks, in processes of their own."""

import json
import sys
from pathlib import Path

import pytest

import rai_check
from rai_check.outcome import Exit

SRC = Path(rai_check.__file__).parents[1]
PLUGIN = ("-p", "rai_check.pytest_plugin")
NHS_NUMBER = "9434765919"
"""In the table; no output may hold it."""
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
  changed_on: 2026-01-15
policy: policy.yaml
tables:
  decisions:
    path: decisions.csv
    role: decisions
    columns:
      ethnicity: {means: group, characteristic: race, labels: {a: Asian, w: White}}
      selected: {means: prediction, positive: ["1"], positive_is: favourable}
characteristics:
  race: {position: held}
"""
SOURCE = "{title: S, reference: R, checked_on: 2026-01-01, review_by: 2030-01-01}"
POLICY = f"""\
schema: rai-policy/1
id: tiny
version: "1"
title: A tiny policy
controls:
  GOV-01:
    title: System record complete
    why: Nobody can assure a tool that is not written down.
    source: {SOURCE}
    severity: blocker
    stage: approve
    parts:
      - check: system-record
        limit: {{max: 0, whose: ours}}
  FA-06:
    title: Similar selection rates
    why: A tool that picks one group less may disadvantage it.
    source: {SOURCE}
    severity: high
    stage: assure
    per: group
    parts:
      - check: selection-rate
        metric: selection rate
        limit: {{of: ratio, min: 0.8, max: 1.25, whose: convention}}
"""


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Path:
    """1,000 people a group, half of each selected: equal rates can be shown to be close."""
    monkeypatch.setenv("PYTHONPATH", str(SRC))
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    folder = pytester.path
    (folder / "rai.yaml").write_text(PROJECT)
    (folder / "policy.yaml").write_text(POLICY)
    _decisions(folder, asian=500)
    pytester.mkdir("tests").joinpath("test_a.py").write_text("def test_a(): pass\n")
    return folder


def _decisions(folder: Path, asian: int) -> None:
    rows = ["a,1"] * asian + ["a,0"] * (1000 - asian) + ["w,1"] * 500 + ["w,0"] * 500
    lines = ["ethnicity,selected,nhs_number", *(f"{row},{NHS_NUMBER}" for row in rows)]
    (folder / "decisions.csv").write_text("\n".join(lines) + "\n")


def _core(pytester: pytest.Pytester, statement: str) -> int:
    """Do without pytest, in a process of its own: pytester forgets, and DuckDB loads once."""
    code = (
        "import sys; from pathlib import Path; from rai_check import assess; "
        "from rai_check.assessment import save; path = Path('rai.yaml'); "
    )
    return int(pytester.run(sys.executable, "-c", code + statement).ret)


def _runs(folder: Path) -> list[str]:
    lines = (folder / ".rai" / "history.jsonl").read_text().splitlines()
    return [json.loads(line)["kind"] for line in lines]


@pytest.mark.parametrize("extra", [(), ("-p", "xdist", "-n", "2")])
def test_equal_rates_release_and_exit_0(
    project: Path, pytester: pytest.Pytester, extra: tuple[str, ...]
) -> None:
    pytest.importorskip("xdist")
    result = pytester.runpytest_subprocess(*PLUGIN, "--rai", "-v", "tests", *extra)
    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(["*rai.yaml::FA-06[[]ethnicity]*", "Release.*"])
    assert result.ret == 0
    assert _runs(project) == ["run"]


def test_unequal_rates_fail_and_no_value_is_shown(project: Path, pytester: pytest.Pytester) -> None:
    _decisions(project, asian=200)
    result = pytester.runpytest_subprocess(
        *PLUGIN, "--rai", "-vv", "--tb=long", "-l", "--junitxml=out.xml"
    )
    result.stdout.fnmatch_lines(["rai.yaml::FA-06[[]ethnicity] FAIL *", "Do not release.*"])
    assert result.ret == 1
    shown = result.stdout.str() + result.stderr.str() + (project / "out.xml").read_text()
    assert NHS_NUMBER not in shown


def test_measurements_are_judged_without_their_data(
    project: Path, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By another process than measured: sets have another order there, the digest has not."""
    monkeypatch.setenv("PYTHONHASHSEED", "1")
    _core(pytester, "save(assess.measure(path), Path('measurements.json'))")
    (project / "decisions.csv").unlink()
    monkeypatch.setenv("PYTHONHASHSEED", "2")
    args = (*PLUGIN, "--rai", "--rai-measurements", "measurements.json")
    result = pytester.runpytest_subprocess(*args)
    result.assert_outcomes(passed=3)
    assert result.ret == 0
    assert _runs(project) == ["measure", "judge"]
    _decisions(project, asian=501)
    result = pytester.runpytest_subprocess(*args)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: 'decisions.csv' has changed since it was measured*"])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asian", "exit_"), [(500, Exit.PASS), (430, Exit.REFER), (200, Exit.FAIL)]
)
def test_verdict_agrees_with_the_one_of_the_core(
    project: Path, pytester: pytest.Pytester, asian: int, exit_: Exit
) -> None:
    _decisions(project, asian=asian)
    assert _core(pytester, "sys.exit(assess.run(path).judgement.exit)") == exit_
    result = pytester.runpytest_subprocess(*PLUGIN, "--rai", "tests")
    assert bool(result.ret) == bool(exit_)

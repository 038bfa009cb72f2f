"""Under pytest-xdist: one assessment, the same words, the same exit."""

from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest

from rai_check.assessment import Assessment

ALL = {
    "AA-01": "pass",
    "BB-01": "fail",
    "CC-01": "error",
    "DD-01": "missing",
    "EE-01": "inconclusive",
    "FF-01": "not_applicable",
    "GG-01": "covered",
    "HH-01[ethnicity]": "missing",
}
Assess = Callable[..., Assessment]
Outside = Callable[[Assessment], Callable[..., pytest.RunResult]]


def test_two_workers_show_the_same_and_only_the_controller_assesses(
    assessed: Assess, outside: Outside, pytester: pytest.Pytester
) -> None:
    pytester.mkdir("tests").joinpath("test_a.py").write_text("def test_a(): pass\n")
    run = outside(assessed(ALL, informs=("HH-01",)))
    result = run("--rai", "-v", "-n", "2", "--junitxml=out.xml", "tests")
    for id_, word in {
        "AA-01": "PASS",
        "BB-01": "FAIL",
        "CC-01": "COULD NOT RUN",
        "DD-01": "MISSING",
        "EE-01": "INCONCLUSIVE",
        "FF-01": "NOT APPLICABLE",
        "GG-01": "COVERED",
        "HH-01[[]ethnicity]": "MISSING (does not gate)",
    }.items():
        result.stdout.fnmatch_lines([f"[[]gw[01]] [[]*%] {word} rai.yaml::{id_}*"])
    assert result.ret == 1
    assert "Incomplete" not in result.stdout.str()
    assert (pytester.path / "calls.txt").read_text() == "controller\n"
    suite = ET.fromstring((pytester.path / "out.xml").read_text()).find("testsuite")  # noqa: S314 - our own file
    assert suite is not None
    counts = [int(suite.get(name, "")) for name in ("tests", "failures", "errors", "skipped")]
    assert counts == [9, 3, 1, 1]


def test_exit_is_0_when_all_is_well_and_closing_text_comes_once(
    assessed: Assess, outside: Outside
) -> None:
    run = outside(assessed({"AA-01": "pass", "BB-01": "fail"}, informs=("BB-01",)))
    result = run("--rai", "-n", "2")
    assert result.ret == 0
    assert sum(line.startswith("Release") for line in result.outlines) == 1


def test_run_is_incomplete_when_workers_deselect(assessed: Assess, outside: Outside) -> None:
    run = outside(assessed({"AA-01": "pass", "BB-01": "pass"}))
    result = run("--rai", "-n", "2", "-k", "AA-01")
    assert result.ret == 1
    result.stdout.fnmatch_lines(["Incomplete: 1 of 2 controls were run."])


def test_run_is_incomplete_when_a_worker_dies(
    assessed: Assess, outside: Outside, pytester: pytest.Pytester
) -> None:
    pytester.makepyfile("import os\ndef test_a(): os._exit(3)")
    run = outside(assessed({"AA-01": "pass", "BB-01": "pass"}))
    result = run("--rai", "-n", "1", "--max-worker-restart=0", ".", "-k", "test_a or AA-01")
    assert result.ret == 1
    result.stdout.fnmatch_lines(["Incomplete: * of 2 controls were run."])


def test_broken_project_is_one_line_and_starts_no_worker(
    assessed: Assess, outside: Outside, pytester: pytest.Pytester
) -> None:
    run = outside(assessed({"AA-01": "pass"}))
    (pytester.path / "conftest.py").unlink()
    (pytester.path / "rai.yaml").write_text("schema: rai-project/1\nsytem: {}\n")
    result = run("--rai", "-n", "2")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert next(line for line in result.errlines if line).startswith("ERROR: rai.yaml line")
    assert "Traceback" not in result.stdout.str() + result.stderr.str()

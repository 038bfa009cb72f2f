"""What cannot be used is one line and exit 4: nothing collected, no verdict, no traceback."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rai_check import assess
from rai_check.assessment import Assessment, save
from rai_check.errors import UsageError

ONE = {"AA-01": "pass"}
Assess = Callable[..., Assessment]
Inside = Callable[[Assessment], tuple[Callable[..., pytest.RunResult], list[Path]]]
Outside = Callable[[Assessment], Callable[..., pytest.RunResult]]


def _refused(result: pytest.RunResult, *sentence: str) -> None:
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    errors = [line for line in result.errlines if line]
    assert len(errors) == 1
    for part in ("ERROR: ", *sentence):
        assert part in errors[0]
    text = result.stdout.str()
    assert "Traceback" not in text
    assert "elease" not in text
    assert "passed" not in text


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("--rai-config", "nowhere.yaml"), "there is no file 'nowhere.yaml'"),
        (("--rai-stage", "relaese"), "there is no stage 'relaese'. Did you mean 'release'?"),
        (("--rai-stage", "x"), "One of: approve, assure, release, operate."),
        (("--rai-as-of", "23/11/2026"), "must be written YYYY-MM-DD; got '23/11/2026'"),
        (("--rai-as-of", "2026-02-30"), "no such date in the calendar; got '2026-02-30'"),
        (("--rai-measurements", "none.json"), "none.json cannot be read"),
    ],
)
def test_option_that_cannot_be_used_is_one_line(
    assessed: Assess,
    inside: Inside,
    pytester: pytest.Pytester,
    args: tuple[str, ...],
    sentence: str,
) -> None:
    pytester.makepyfile("def test_a(): pass")
    run, calls = inside(assessed(ONE))
    _refused(run("--rai", *args), sentence)
    assert calls == []


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("--rai-as-of", "2026-12-25"), "stale: made on 2026-11-23, 32 days before 2026-12-25"),
        (("--rai-as-of", "2026-11-24", "--rai-max-age", "0"), "at most 0 are allowed"),
        (("--rai-as-of", "2026-11-24"), "speak of another system"),
    ],
)
def test_measurements_that_do_not_belong_here_are_one_line(
    assessed: Assess,
    inside: Inside,
    pytester: pytest.Pytester,
    args: tuple[str, ...],
    sentence: str,
) -> None:
    """The builder's facts are not those of the project file beside it."""
    found = assessed(ONE)
    run, _ = inside(found)
    save(found.measurements, pytester.path / "measured.json")
    _refused(run("--rai", "--rai-measurements", "measured.json", *args), sentence)
    assert not (pytester.path / ".rai").exists()


def test_no_project_file_is_one_line(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    result = pytester.runpytest_inprocess("-p", "rai_check.pytest_plugin", "--rai")
    _refused(result, "there is no file 'rai.yaml'", "--rai-config PATH")


@pytest.mark.parametrize("extra", [(), ("--collect-only",)])
def test_broken_project_file_is_one_line_with_its_place(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, extra: tuple[str, ...]
) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makepyfile("def test_a(): pass")
    (pytester.path / "rai.yaml").write_text("schema: rai-project/1\nsystem: x\n")
    result = pytester.runpytest_inprocess("-p", "rai_check.pytest_plugin", "--rai", *extra)
    _refused(result, "rai.yaml line 2: ")


def test_broken_policy_is_one_line(
    assessed: Assess, inside: Inside, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = assess.run
    run, _ = inside(assessed(ONE))
    monkeypatch.setattr(assess, "run", real)
    (pytester.path / "policy.yaml").write_text("schema: rai-policy/1\nid: no\n")
    _refused(run("--rai"), "policy.yaml")


def test_message_of_several_lines_becomes_one(
    assessed: Assess, inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, _ = inside(assessed(ONE))

    def refuse(*_: object) -> None:
        raise UsageError("first\nsecond \x1b[2J third")

    monkeypatch.setattr(assess, "run", refuse)
    _refused(run("--rai", "--color=no"), r"first / second \x1b[2J third")


def test_broken_assessment_names_the_error_and_shows_no_value(
    assessed: Assess, inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, _ = inside(assessed(ONE))
    value = "943 476 5919"

    def broken(*_: object) -> None:
        raise RuntimeError(f"could not convert {value!r}")

    monkeypatch.setattr(assess, "run", broken)
    result = run("--rai", "-vv", "--tb=long", "-l")
    _refused(result, "the assessment broke (RuntimeError at pytest_assess.py:")
    assert value not in result.stdout.str() + result.stderr.str()


def test_interrupted_assessment_is_an_interrupted_run(
    assessed: Assess, outside: Outside, pytester: pytest.Pytester
) -> None:
    run = outside(assessed(ONE))
    with (pytester.path / "conftest.py").open("a") as stream:
        stream.write(
            "\n    def run(path, options): raise KeyboardInterrupt\n    assess.run = run\n"
        )
    result = run("--rai")
    assert result.ret == pytest.ExitCode.INTERRUPTED
    assert "rai-check:" not in result.stdout.str()


def test_options_without_rai_do_nothing(
    assessed: Assess, inside: Inside, pytester: pytest.Pytester
) -> None:
    pytester.makepyfile("def test_a(): pass")
    run, calls = inside(assessed(ONE))
    result = run("--rai-config", "nowhere.yaml", "--rai-stage", "x")
    result.assert_outcomes(passed=1)
    assert result.ret == 0
    assert calls == []

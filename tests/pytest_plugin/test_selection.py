"""Which items there are, how they are chosen, and what a run of fewer than all says."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rai_check.assessment import Assessment
from rai_check.outcome import Stage, Verdict

TWO = {"AA-01": "pass", "FA-06[ethnicity]": "pass", "FA-06[sex]": "pass"}
Assess = Callable[..., Assessment]
Inside = Callable[[Assessment], tuple[Callable[..., pytest.RunResult], list[Path]]]


def _incomplete(result: pytest.RunResult, run: int, of: int) -> None:
    text = result.stdout.str()
    assert result.ret != 0
    assert f"Incomplete: {run} of {of} controls were run." in text
    for verdict in (Verdict.PASS, Verdict.REFER):
        assert f"\n{verdict.words(Stage.RELEASE)}" not in text


@pytest.mark.parametrize(
    "args", [(), (".",), ("tests",), ("rai.yaml", "tests"), ("tests/test_a.py::test_a",)]
)
def test_every_control_is_there_once_whatever_the_arguments(
    assessed: Assess, inside: Inside, pytester: pytest.Pytester, args: tuple[str, ...]
) -> None:
    pytester.mkdir("tests").joinpath("test_a.py").write_text("def test_a(): pass\n")
    run, calls = inside(assessed(TWO))
    result = run("--rai", "-v", *args)
    result.assert_outcomes(passed=4)
    ids = [line.split(" ")[0] for line in result.outlines if line.startswith("rai.yaml::")]
    assert ids == [f"rai.yaml::{id_}" for id_ in TWO]
    assert result.ret == 0
    assert len(calls) == 1


def test_ids_are_relative_to_rootdir_when_the_config_is_elsewhere(
    assessed: Assess, inside: Inside, pytester: pytest.Pytester
) -> None:
    run, calls = inside(assessed(TWO))
    folder = pytester.mkdir("services")
    (pytester.path / "rai.yaml").rename(folder / "grants.yaml")
    pytester.makepyfile("def test_a(): pass")
    for args in ((), ("test_ids_are_relative_to_rootdir_when_the_config_is_elsewhere.py",)):
        result = run("--rai", "--rai-config", "services/grants.yaml", "-v", *args)
        result.stdout.fnmatch_lines(["services/grants.yaml::AA-01 PASS*"])
        assert result.ret == 0
    assert calls == [folder / "grants.yaml"] * 2


def test_config_of_rootdir_is_found_from_a_folder_below(
    assessed: Assess, inside: Inside, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytester.makeini("[pytest]")
    run, calls = inside(assessed(TWO))
    monkeypatch.chdir(pytester.mkdir("below"))
    result = run("--rai")
    assert result.ret == 0
    assert calls == [pytester.path / "rai.yaml"]


@pytest.mark.parametrize(
    ("args", "ran"),
    [
        (("rai.yaml::FA-06[ethnicity]",), 1),
        (("rai.yaml::FA-06",), 2),
        (("-k", "FA-06"), 2),
        (("-k", "ethnicity"), 1),
        (("-m", "not rai"), 0),
        (("--deselect", "rai.yaml::AA-01"), 2),
        (("--deselect", "rai.yaml"), 0),
    ],
)
def test_run_is_incomplete_when_controls_are_deselected(
    assessed: Assess, inside: Inside, args: tuple[str, ...], ran: int
) -> None:
    run, _ = inside(assessed(TWO))
    result = run("--rai", *args)
    if ran:
        result.assert_outcomes(passed=ran, deselected=0 if args[0].startswith("rai") else 3 - ran)
    _incomplete(result, ran, 3)


def test_mark_selects_controls_and_the_run_is_whole(
    assessed: Assess, inside: Inside, pytester: pytest.Pytester
) -> None:
    pytester.makepyfile("def test_a(): assert False")
    run, _ = inside(assessed(TWO))
    result = run("--rai", "-m", "rai", "--strict-markers")
    result.assert_outcomes(passed=3, deselected=1)
    assert result.ret == 0


def test_fail_among_few_stays_a_fail_and_says_incomplete(assessed: Assess, inside: Inside) -> None:
    run, _ = inside(assessed({"AA-01": "fail", "BB-01": "pass"}))
    result = run("--rai", "-k", "AA-01")
    _incomplete(result, 1, 2)
    assert "\nDo not release" in result.stdout.str()


@pytest.mark.parametrize("flag", ["-x", "--maxfail=1", "--stepwise"])
def test_run_is_incomplete_when_it_stops_early(assessed: Assess, inside: Inside, flag: str) -> None:
    run, _ = inside(assessed({"AA-01": "missing", "BB-01": "pass"}))
    result = run("--rai", flag)
    _incomplete(result, 1, 2)


def test_last_failed_runs_them_alone_and_is_incomplete(assessed: Assess, inside: Inside) -> None:
    run, _ = inside(assessed({"AA-01": "inconclusive", "BB-01": "pass"}))
    run("--rai")
    for arg in (".", "rai.yaml"):
        result = run("--rai", "--lf", arg)
        assert result.parseoutcomes()["inconclusive"] == 1
        _incomplete(result, 1, 2)


def test_run_is_incomplete_when_something_else_removes_skips_or_breaks(
    assessed: Assess, inside: Inside, pytester: pytest.Pytester
) -> None:
    run, _ = inside(assessed(TWO))
    pytester.makeconftest("def pytest_collection_modifyitems(items): del items[0]")
    _incomplete(run("--rai"), 2, 3)
    pytester.makeconftest(
        """
        import pytest

        def pytest_collection_modifyitems(items):
            items[0].add_marker(pytest.mark.skip(reason="not today"))
            items[1].add_marker(pytest.mark.xfail(run=False))
        """
    )
    _incomplete(run("--rai"), 1, 3)
    pytester.makeconftest(
        """
        def pytest_runtest_call(item):
            assert "sex" not in item.name
        """
    )
    _incomplete(run("--rai"), 2, 3)


def test_run_is_incomplete_when_ended_with_exit_0(
    assessed: Assess, inside: Inside, pytester: pytest.Pytester
) -> None:
    pytester.makepyfile("import pytest\ndef test_a(): pytest.exit('done', returncode=0)")
    run, _ = inside(assessed(TWO))
    name = "test_run_is_incomplete_when_ended_with_exit_0.py"
    assert run("--rai", name, "rai.yaml").ret == 1


def test_run_is_incomplete_when_nothing_is_called(assessed: Assess, inside: Inside) -> None:
    run, _ = inside(assessed(TWO))
    _incomplete(run("--rai", "--setup-plan"), 0, 3)


def test_run_is_incomplete_when_the_assessment_is(assessed: Assess, inside: Inside) -> None:
    run, _ = inside(assessed(TWO, partial=("a replay as of 2026-02-01",)))
    result = run("--rai")
    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(["Incomplete: a replay as of 1 February 2026."])
    assert result.ret == 1


def test_collect_only_lists_controls_and_assesses_nothing(
    assessed: Assess, inside: Inside, pytester: pytest.Pytester
) -> None:
    run, calls = inside(assessed(TWO | {"BB-01": "fail"}))
    result = run("--rai", "--collect-only", "-q")
    listed = [line for line in result.outlines if line.startswith("rai.yaml")]
    assert listed == [f"rai.yaml::{id_}" for id_ in sorted([*TWO, "BB-01"])]
    assert result.ret == 0
    assert calls == []
    assert "elease" not in result.stdout.str()
    assert not (pytester.path / ".rai").exists()


@pytest.mark.parametrize("flag", ["--fixtures", "--markers", "--help", "--cache-show"])
def test_asking_pytest_about_itself_assesses_nothing(
    assessed: Assess, inside: Inside, pytester: pytest.Pytester, flag: str
) -> None:
    run, calls = inside(assessed(TWO))
    (pytester.path / "rai.yaml").unlink()
    assert run("--rai", flag).ret == 0
    assert calls == []


def test_unknown_id_is_not_found(assessed: Assess, inside: Inside) -> None:
    run, _ = inside(assessed(TWO))
    result = run("--rai", "rai.yaml::ZZ-09")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: not found: *rai.yaml::ZZ-09"])

"""What pytest shows of each outcome, and what it exits with."""

import re
from collections.abc import Callable
from pathlib import Path
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
    "GG-02": "covered beside a pass",
    "HH-01[ethnicity]": "pass",
}
INFORMS = {"BB-02": "fail", "CC-02": "error", "DD-02": "missing", "EE-02": "inconclusive"}
Assess = Callable[..., Assessment]
Inside = Callable[[Assessment], tuple[Callable[..., pytest.RunResult], list[Path]]]


def _words(result: pytest.RunResult) -> dict[str, str]:
    lines = (re.match(r"rai\.yaml::(\S+) (.+?)\s+\[ *\d+%\]", line) for line in result.outlines)
    return {found[1]: found[2] for found in lines if found}


def test_words_are_those_of_the_reports_when_verbose(assessed: Assess, inside: Inside) -> None:
    run, _ = inside(assessed(ALL | INFORMS, informs=tuple(INFORMS)))
    result = run("--rai", "-v")
    assert _words(result) == {
        "AA-01": "PASS",
        "BB-01": "FAIL",
        "BB-02": "FAIL (does not gate)",
        "CC-01": "COULD NOT RUN",
        "CC-02": "COULD NOT RUN",
        "DD-01": "MISSING",
        "DD-02": "MISSING (does not gate)",
        "EE-01": "INCONCLUSIVE",
        "EE-02": "INCONCLUSIVE (does not gate)",
        "FF-01": "NOT APPLICABLE (it is not_applicable)",
        "GG-01": "COVERED",
        "GG-02": "COVERED",
        "HH-01[ethnicity]": "PASS",
    }


def test_letters_and_tally_tell_outcomes_apart_when_quiet(assessed: Assess, inside: Inside) -> None:
    run, _ = inside(assessed(ALL | INFORMS, informs=tuple(INFORMS)))
    result = run("--rai")
    result.stdout.fnmatch_lines(["rai.yaml .FfEEmmiiscc. *"])
    tally = re.search(r"=+ (.+) in [\d.]+s", result.outlines[-1])
    assert tally
    assert sorted(tally[1].split(", ")) == [
        "1 fail (does not gate)",
        "1 failed",
        "1 inconclusive",
        "1 inconclusive (does not gate)",
        "1 missing",
        "1 missing (does not gate)",
        "1 not applicable",
        "2 covered",
        "2 errors",
        "2 passed",
    ]


@pytest.mark.parametrize(
    ("outcomes", "informs", "exit_"),
    [
        ({"AA-01": "pass"}, (), 0),
        ({"AA-01": "pass", "BB-01": "not_applicable"}, (), 0),
        ({"AA-01": "pass", "BB-01": "covered"}, (), 0),
        ({"AA-01": "covered beside a pass"}, (), 0),
        ({"AA-01": "pass", "BB-01": "fail"}, ("BB-01",), 0),
        ({"AA-01": "pass", "BB-01": "missing", "CC-01": "inconclusive"}, ("BB-01", "CC-01"), 0),
        ({"AA-01": "pass", "BB-01": "error"}, ("BB-01",), 1),
        ({"AA-01": "pass", "BB-01": "fail"}, (), 1),
        ({"AA-01": "pass", "BB-01": "missing"}, (), 1),
        ({"AA-01": "pass", "BB-01": "inconclusive"}, (), 1),
        ({"AA-01": "not_applicable"}, (), 1),
        ({"AA-01": "pass"}, ("AA-01",), 1),
    ],
)
def test_exit_is_0_only_where_the_judge_says_so(
    assessed: Assess, inside: Inside, outcomes: dict[str, str], informs: tuple[str, ...], exit_: int
) -> None:
    found = assessed(outcomes, informs=informs)
    assert bool(found.judgement.exit) == bool(exit_)
    run, calls = inside(found)
    assert run("--rai").ret == exit_
    assert len(calls) == 1


def test_exit_is_1_when_another_test_fails(
    assessed: Assess, inside: Inside, pytester: pytest.Pytester
) -> None:
    pytester.makepyfile("def test_other(): assert False")
    run, _ = inside(assessed({"AA-01": "pass"}))
    assert run("--rai").ret == 1


def test_closing_text_ends_with_the_verdict_once(assessed: Assess, inside: Inside) -> None:
    run, _ = inside(assessed(ALL))
    lines = run("--rai").outlines
    closing = lines[next(i for i, line in enumerate(lines) if "= rai-check: rai.yaml" in line) :]
    assert closing[-2].startswith("Do not release")
    assert sum(line.startswith("Do not release") for line in lines) == 1
    assert closing.count("Who owes what") == 1


def test_closing_text_shows_passes_only_when_verbose(assessed: Assess, inside: Inside) -> None:
    run, _ = inside(assessed({"AA-01": "pass"}))
    assert "pass[AA-01]" not in run("--rai").stdout.str()
    assert "pass[AA-01]" in run("--rai", "-v").stdout.str()


def test_failure_text_is_plain_when_everything_is_asked_for(
    assessed: Assess, inside: Inside
) -> None:
    run, _ = inside(assessed(ALL))
    text = run("--rai", "-vv", "--tb=long", "-l", "-rA").stdout.str()
    assert "fail[BB-01]: Facts are written down" in text
    for trace in ("Traceback", "pytest_items.py", "self =", "site-packages", "shown ="):
        assert trace not in text


@pytest.mark.parametrize("style", ["auto", "long", "short", "line", "native", "no"])
def test_every_style_of_traceback_is_survived(assessed: Assess, inside: Inside, style: str) -> None:
    run, _ = inside(assessed(ALL))
    result = run("--rai", f"--tb={style}")
    assert result.ret == 1
    assert "Traceback" not in result.stdout.str()


def test_junit_tells_failures_errors_and_skips_apart(
    assessed: Assess, inside: Inside, pytester: pytest.Pytester
) -> None:
    run, _ = inside(assessed(ALL | INFORMS, informs=tuple(INFORMS)))
    run("--rai", "--junitxml=out.xml")
    cases = {}
    for case in ET.fromstring((pytester.path / "out.xml").read_text()).iter("testcase"):  # noqa: S314 - our own file
        kinds = [child.tag for child in case if child.tag != "properties"]
        properties = {p.get("name"): p.get("value") for p in case.iter("property")}
        assert case.get("classname") == "rai.yaml"
        cases[case.get("name")] = (kinds, properties)
    assert {name: kinds for name, (kinds, _) in cases.items()} == {
        "AA-01": [],
        "BB-01": ["failure"],
        "BB-02": [],
        "CC-01": ["error"],
        "CC-02": ["error"],
        "DD-01": ["failure"],
        "DD-02": [],
        "EE-01": ["failure"],
        "EE-02": [],
        "FF-01": ["skipped"],
        "GG-01": [],
        "GG-02": [],
        "HH-01[ethnicity]": [],
    }
    assert cases["BB-02"][1] == {
        "rai.outcome": "fail",
        "rai.severity": "low",
        "rai.gates": "no",
    }
    assert cases["GG-01"][1]["rai.covered_by"] == "W-GG-01"


def test_marks_of_a_conftest_do_not_change_a_result(
    assessed: Assess, inside: Inside, pytester: pytest.Pytester
) -> None:
    pytester.makeconftest(
        """
        import pytest

        def pytest_collection_modifyitems(items):
            for item in items:
                item.add_marker(pytest.mark.xfail(reason="known"))
        """
    )
    run, _ = inside(assessed({"AA-01": "pass", "BB-01": "fail"}))
    result = run("--rai", "-v")
    assert _words(result) == {"AA-01": "PASS", "BB-01": "FAIL"}
    assert result.ret == 1


def test_column_name_cannot_steer_the_terminal(assessed: Assess, inside: Inside) -> None:
    run, _ = inside(assessed({"AA-01[eth\x1b[2Jnic]": "pass"}))
    result = run("--rai", "-v", "--color=no")
    assert "\x1b" not in result.stdout.str()
    assert result.ret == 0


def test_works_without_cache_and_terminal(assessed: Assess, inside: Inside) -> None:
    run, _ = inside(assessed({"AA-01": "pass", "BB-01": "fail"}))
    assert run("--rai", "-p", "no:cacheprovider").ret == 1
    assert run("--rai", "-p", "no:terminal").ret == 1

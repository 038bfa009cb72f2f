from dataclasses import replace
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest

from rai_check.assessment import Assessment
from rai_check.outcome import Exit, Outcome, Verdict
from rai_check.reports import junit

RED = ("failure", "error")


def parsed(assessment: Assessment) -> ET.Element:
    suite = ET.fromstring(junit.render(assessment)).find("testsuite")  # noqa: S314 - our own text
    assert suite is not None
    return suite


def case_of(suite: ET.Element, start: str) -> ET.Element:
    (found,) = [c for c in suite.findall("testcase") if (c.get("name") or "").startswith(start)]
    return found


def properties(element: ET.Element) -> dict[str, str]:
    found = element.findall("properties/property")
    return {p.get("name", ""): p.get("value", "") for p in found}


def test_junit_of_the_suite_names_verdict_exit_and_digest(make: SimpleNamespace) -> None:
    found = properties(parsed(make.everything()))

    assert found["verdict"] == "fail"
    assert found["exit"] == "1"
    assert found["evidence_digest"] == "ab12" * 16


@pytest.mark.parametrize(
    ("start", "element", "type_"),
    [
        ("DP-03 ", "failure", "fail"),
        ("GOV-09 ", "failure", "missing"),
        ("FA-08[ethnic_group] ", "failure", "inconclusive"),
        ("TE-07 ", "error", "error"),
        ("FA-16 ", "skipped", None),
    ],
)
def test_junit_element_says_the_outcome(
    make: SimpleNamespace, start: str, element: str, type_: str | None
) -> None:
    found = case_of(parsed(make.everything()), start).find(element)

    assert found is not None
    assert found.get("type") == type_


def test_junit_when_it_does_not_gate_is_no_failure_but_says_so(make: SimpleNamespace) -> None:
    case = case_of(parsed(make.everything()), "FA-03")

    assert all(case.find(red) is None for red in RED)
    assert properties(case)["gates"] == "no"
    assert "Too few to tell" in (case.findtext("system-out") or "")


def test_junit_when_every_open_line_is_covered_passes_and_names_the_cover(
    make: SimpleNamespace,
) -> None:
    case = case_of(parsed(make.everything()), "TE-04")

    assert all(case.find(red) is None for red in RED)
    assert properties(case)["covered_by"] == "W-1"
    assert properties(case)["outcome"] == "fail"


def test_junit_classname_is_the_control(make: SimpleNamespace) -> None:
    assert case_of(parsed(make.everything()), "FA-08[sex]").get("classname") == "FA-08"


def test_junit_counts_agree_with_the_elements(case: tuple[str, Assessment]) -> None:
    suite = parsed(case[1])

    assert int(suite.get("tests", "")) == len(suite.findall("testcase"))
    assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure"))
    assert int(suite.get("errors", "")) == len(suite.findall("testcase/error"))
    assert int(suite.get("skipped", "")) == len(suite.findall("testcase/skipped"))


def test_junit_is_all_green_only_where_the_exit_code_is_nought(
    case: tuple[str, Assessment],
) -> None:
    suite = parsed(case[1])
    red = any(suite.find(f"testcase/{element}") is not None for element in RED)

    if case[1].judgement.exit is Exit.PASS and not case[1].audit:
        assert not red
    elif not case[1].audit:
        assert red


@pytest.mark.parametrize(
    ("code", "element"),
    [(Exit.INCOMPLETE, "error"), (Exit.NOTHING_CHECKED, "error"), (Exit.PASS, "skipped")],
)
def test_junit_without_a_verdict_has_a_case_that_says_so(
    make: SimpleNamespace, code: Exit, element: str
) -> None:
    suite = parsed(
        make.assessment(make.rules(), verdict=Verdict.NONE, exit=code, audit=code is Exit.PASS)
    )
    (last,) = [c for c in suite.findall("testcase") if c.get("classname") == "verdict"]

    assert last.find(element) is not None


def test_junit_when_an_error_does_not_gate_is_an_error_all_the_same(make: SimpleNamespace) -> None:
    lost = replace(make.item("TE-07", make.gap(Outcome.ERROR, "broke")), gates=False)

    assert case_of(parsed(make.assessment(lost)), "TE-07").find("error") is not None


def test_junit_when_text_is_hostile_is_still_xml(make: SimpleNamespace) -> None:
    text = junit.render(make.everything())

    assert "<script>" not in text
    assert "\x1b" not in text
    assert parsed(make.everything()).get("name") == "rai-check"

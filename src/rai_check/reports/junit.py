"""JUnit XML for pipelines: one test case for each control, never greener than the verdict.

A control that gates and is missing or inconclusive is a failure; one that does not gate never
is, but an error always is an error. Where there is no verdict a last test case says so.
"""

from collections.abc import Iterable, Mapping
from xml.etree import ElementTree as ET

from rai_check.assessment import Assessment
from rai_check.disclosed import PublicAssessment, PublicItem
from rai_check.disclosure import public
from rai_check.judgement import StatementUse
from rai_check.outcome import Exit, Outcome, Verdict
from rai_check.reports import board, conclusions, strata
from rai_check.reports.escape import xml
from rai_check.reports.summary import open_lines

_NO_FAULT = ("failures", "errors", "skipped")


def render(assessment: Assessment) -> str:
    """Return the report as XML text with its declaration."""
    shown = public(assessment)
    suite = ET.Element("testsuite", {"name": "rai-check"})
    _properties(suite, _of_suite(shown))
    statements = {use.id: use for use in shown.statements}
    for item in shown.items:
        _case(suite, item, statements)
    if shown.verdict is Verdict.NONE:
        _no_verdict(suite, shown)
    _count(suite)
    suites = ET.Element("testsuites", dict(suite.attrib))
    suites.append(suite)
    ET.indent(suites)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(suites, "unicode") + "\n"


def _of_suite(shown: PublicAssessment) -> Iterable[tuple[str, str]]:
    yield "verdict", shown.verdict.value
    yield "verdict_words", board.verdict_words(shown)
    yield "exit", str(int(shown.exit.value))
    yield "evidence_digest", shown.evidence_digest
    yield "policy", f"{shown.policy.id} {shown.policy.version}"
    yield "as_of", shown.as_of.isoformat()
    yield "attempt", str(shown.run.attempt)


def _properties(parent: ET.Element, pairs: Iterable[tuple[str, str]]) -> None:
    holder = ET.SubElement(parent, "properties")
    for name, value in pairs:
        ET.SubElement(holder, "property", {"name": name, "value": xml(value)})


def _case(suite: ET.Element, item: PublicItem, statements: Mapping[str, StatementUse]) -> None:
    name = xml(f"{item.id} {item.title}")
    case = ET.SubElement(suite, "testcase", {"classname": xml(item.control), "name": name})
    _properties(case, _of_case(item))
    lines = open_lines(item)
    rows = (*conclusions.said_with_limits(lines, item, statements), *strata.sentences(item))
    text = "\n".join(xml(said) for said in rows)
    standing = item.remaining or Outcome.PASS
    if standing.junit == "skipped":
        reason = xml(" ".join(conclusions.line_words(x, item) for x in item.lines))
        ET.SubElement(case, "skipped", {"message": reason})
    elif standing.junit == "error" or (standing.junit == "failure" and item.gates):
        kind = {"type": standing.value, "message": f"{standing.word}: {name}"}
        ET.SubElement(case, standing.junit, kind).text = text
    elif text:
        ET.SubElement(case, "system-out").text = text


def _of_case(item: PublicItem) -> Iterable[tuple[str, str]]:
    yield "outcome", item.outcome.value
    yield "gates", "yes" if item.gates else "no"
    yield "severity", item.severity.value
    yield "owner", item.owner
    if item.covered_by:
        yield "covered_by", " ".join(item.covered_by)


def _no_verdict(suite: ET.Element, shown: PublicAssessment) -> None:
    """Without a verdict nothing may look green, whatever the controls that ran came to."""
    case = ET.SubElement(suite, "testcase", {"classname": "verdict", "name": board.headline(shown)})
    reason = xml(board.verdict_reason(shown))
    if shown.exit is Exit.PASS:
        ET.SubElement(case, "skipped", {"message": reason})
    else:
        ET.SubElement(case, "error", {"type": "no-verdict", "message": reason})


def _count(suite: ET.Element) -> None:
    suite.set("tests", str(len(suite.findall("testcase"))))
    for plural in _NO_FAULT:
        suite.set(plural, str(len(suite.findall(f"testcase/{plural.removesuffix('s')}"))))

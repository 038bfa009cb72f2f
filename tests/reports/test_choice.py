"""Very large controls: what fails is said, the rest is counted, every number is behind it."""

import re
import time
from types import SimpleNamespace

import pytest

from rai_check.disclosed import PublicLine
from rai_check.disclosure import public
from rai_check.outcome import Outcome
from rai_check.reports import FORMATS, terminal
from rai_check.reports.choice import MOST_SAID, chosen


def lines(make: SimpleNamespace, n: int) -> tuple[PublicLine, ...]:
    return public(make.assessment(make.crossed(n))).items[0].lines


def test_every_line_is_said_of_a_control_that_is_not_large(make: SimpleNamespace) -> None:
    few = lines(make, MOST_SAID)

    assert chosen(few, few).lines == few
    assert chosen(few, few).rest == ""


def test_of_many_lines_what_fails_or_leans_is_said_and_all_are_counted(
    make: SimpleNamespace,
) -> None:
    many = lines(make, 252)
    found = chosen(many, many)

    assert [x.outcome for x in found.lines] == [Outcome.FAIL, Outcome.FAIL, Outcome.INCONCLUSIVE]
    assert found.lines[-1].leans
    assert found.rest == (
        "252 lines: 2 fail, 223 inconclusive and 27 pass, of which 1 leans to failing; the 3 worst "
        "are above, and the HTML report lists them all."
    )


def test_of_many_failures_the_worst_are_said(make: SimpleNamespace) -> None:
    failed = [
        make.versus(Outcome.FAIL, "decided", f"G{i}", (20 + i, 400, 1_500, 3_664))
        for i in range(40)
    ]
    many = public(make.assessment(make.item("FA-14", *failed))).items[0].lines
    found = chosen(many, many)

    assert len(found.lines) == MOST_SAID
    assert found.lines[0].measurement is not None
    assert found.lines[0].measurement.where == (("ethnic_group", "G0"),)
    assert found.rest.startswith("40 lines: 40 fail; the 30 worst are above")


def test_terminal_of_a_large_control_is_short_and_verbose_is_whole(make: SimpleNamespace) -> None:
    built = make.assessment(make.crossed())

    assert len(terminal.render(built).splitlines()) < 60
    assert terminal.render(built, verbose=True).count("Group 0") == 253  # one leans: named twice


def test_page_of_a_large_control_holds_every_number_once_by_outcome(make: SimpleNamespace) -> None:
    page = FORMATS["html"].render(make.assessment(make.crossed()))
    summaries = re.findall(r"<summary>(.*?)</summary>", page)

    assert summaries[:4] == [
        "Numbers of FA-14: 2 lines, fail",
        "Numbers of FA-14: 223 lines, inconclusive",
        "Numbers of FA-14: 27 lines, pass",
        "Numbers of FA-14 for information",
    ]
    assert page.count('<th scope="row">Group 0') == 252
    assert "<svg" not in page
    assert "252 groups are more than a chart can show" in page


@pytest.mark.parametrize("name", [n for n in FORMATS if n != "json"])
def test_reports_of_two_thousand_lines_are_quick(make: SimpleNamespace, name: str) -> None:
    built = make.assessment(make.crossed(2_000))
    FORMATS[name].render(make.passing())
    start = time.process_time()
    FORMATS[name].render(built)

    assert time.process_time() - start < 2
